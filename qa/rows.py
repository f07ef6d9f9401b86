"""A clause -> rows: each of its numbers with the indicator and measure that its words give it.

Groups of numbers come from qa/clauses.py, the reading of the words before them from qa/subjects.py. A
clause hands on the subject that the next one may leave out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from qa.bounded_numbers import bounded, is_age, is_among, is_length_of_days, threshold
from qa.clauses import JOINT, Group, groups_of, noun_of
from qa.distributive import deal, each_of, jointly
from qa.horizons import PLAN_NAMES, plan_years
from qa.lexicon import piece, words
from qa.predicates import falls
from qa.quantity import BEFORE
from qa.ranking import ranked, ranked_before
from qa.row import UNDEALT, Row
from qa.row_reading import reading_of
from qa.subjects import (
    BASE,
    WHOLE,
    Subject,
    counted,
    strip_subject,
    whole_of,
    without_task,
    without_verb,
)
from qa.text import quantities
from qa.worded_rows import round_row, steady_row, topic_of, without_step


def clause_rows(text: str, start: int, end: int, inherited: Subject) -> tuple[list[Row], Subject]:
    """The rows of text[start:end], in order but for its ranks, and the subject of the next clause."""
    clause = text[start:end]
    bounds = (start, start + len(clause.rstrip("。！？；”’")))
    rows: list[Row] = []
    subject = inherited
    told: list[tuple[int, int]] = []
    aside = _ASIDE.search(clause)
    beside = (start + aside.start(), start + aside.end()) if aside else (start, start)
    for group in groups_of(text, start, end):
        if beside[0] <= group.values[0].start < beside[1] and any(
            q.start >= beside[1] - start for q in quantities(clause)
        ):
            told += [(value.start, value.end) for value in group.values]
            continue
        lead = _ASIDE.sub("", _lead_of(text, group, told))
        made, subject = _group_rows(_last_told(lead), group, subject, bounds)
        rows += made
        if not (group.counted_later and bounded(group)) and not is_age(group):
            told += [(value.start, value.end) for value in group.values]
    for reading in (steady_row, round_row):
        worded, subject = reading(clause, subject, bounds)
        rows += worded
    ends = [row.end - start for row in rows]
    for standing, name, after in list(ranked(clause, subject, start, ends)):
        subject = after
        at = (start + standing.start, start + standing.end)
        place = (Decimal(standing.place), "位", standing.comparator)
        rows += [Row(name, "排名", *place, *at, subject.start, bounds[1])] if name else []
    if not rows and len(clause) > 2:
        topic = topic_of(clause)
        subject = Subject(topic, start) if topic else subject
    if not rows:
        return rows, subject
    subject = without_step(clause, subject)
    return rows, replace(subject, text=without_task(subject.text) or subject.text)


_ASIDE = re.compile(
    r"(?<![现存所])在(?:[^，。；]{1,24}?的?(?:情况|条件|形势|背景)下|[^，。；]{1,24}?的?高?(?:基数|基础)之?上)"
)
"""外贸|在对美贸易下降超3成的情况下|增长12%: neither the name nor the value."""


def _group_rows(
    lead: str, group: Group, inherited: Subject, bounds: tuple[int, int]
) -> tuple[list[Row], Subject]:
    if is_among(lead, group) or is_age(group) or is_length_of_days(lead, group):
        return [], inherited
    if (bound := threshold(lead, group, inherited)) is not None:
        bounded = [_row(group, i, (bound, "总量"), inherited.start, bounds) for i in range(len(group.values))]
        return bounded, inherited
    if (base := _BASE_LEVEL.search(lead)) and inherited.text:
        period = base["year"] or str(plan_years(base["plan"])[1])
        at = replace(group, period=period)
        measure = inherited.measure if inherited.measure in ("比率", "占比") else "总量"
        rows = [
            _row(at, i, (inherited.text, measure), inherited.start, bounds) for i in range(len(group.values))
        ]
        return rows, inherited
    if group.values[0].unit in ("位", "名") and _RANKED_BEFORE.search(lead):
        return [], inherited
    if group.values[0].unit in ("位", "名") and (ranked_name := ranked_before(lead, inherited)):
        moved = (ranked_name, "变化")
        return [_row(group, 0, moved, inherited.start, bounds, lead=lead)], inherited
    if _AIMED.search(group.tail) and (aims := _aims(lead, group, inherited, bounds)):
        return aims, inherited
    if lead.endswith("连续") and group.values[0].family in ("duration", "次", "届", "个季度"):
        return _streak(lead, group, inherited, bounds)
    if group.values[0].unit == "个" and _STEP.match(group.tail):  # 连续迈上4个万亿元台阶 is no amount
        return [], Subject(re.sub("[三四五十]年(?:来|间)?$", "", strip_subject(lead)), group.piece_start)
    group = _as_meant(lead, group)
    name, measure, own = reading_of(lead, group, inherited)
    if group.inside:
        name = _in_brackets(name, group, inherited) if own else name
        rows = [_row(group, i, (name, measure), inherited.start, bounds) for i in range(len(group.values))]
        return rows, inherited
    group, names = _dealt(lead, group, (name, measure), inherited)
    start = group.piece_start if own else inherited.start
    subject = inherited
    if own and measure != "差距":
        subject = Subject(name, start)
    stripped = strip_subject(lead, group.values[0].family)
    if stripped in WHOLE and inherited.text:
        subject, start = Subject(whole_of(inherited.text, stripped), inherited.start), inherited.start
    subject = _carried(subject, inherited, names, own=own)
    if not own and "分别" in lead and len(group.values) > 1 and inherited.before and names[0][0] != name:
        start = min([start, *(at for one, at in inherited.before if one in {n for n, _ in names})])
    rows = [_row(group, i, named, start, bounds, lead=lead) for i, named in enumerate(names)]
    return rows, _with_last(subject, inherited, group, names[-1], own=own)


def _dealt(
    lead: str, group: Group, named: tuple[str, str], inherited: Subject
) -> tuple[Group, list[tuple[str, str]]]:
    """The values of a group with the name and measure of each; values that cannot be told apart are one."""
    name, measure = named
    each = (each_of(lead, name) or jointly(name, measure)) if len(group.values) == 1 else []
    dealt = [(one, measure) for one in each] or deal(lead, name, measure, group, inherited)
    group = replace(group, values=group.values * len(each)) if each else group
    names = [(one + _base_of(lead, group), how) for one, how in dealt]
    if len(group.values) > 1 and len(set(names)) == 1 and "分别" in lead:
        first = replace(group.values[0], end=group.values[-1].end, comparator=UNDEALT)
        return replace(group, values=(first,)), names[:1]
    return group, names


def _with_last(
    subject: Subject, inherited: Subject, group: Group, named: tuple[str, str], *, own: bool
) -> Subject:
    """The subject with what the last number of a group was of, which 其中 … goes on from."""
    value, (name, measure) = group.values[-1], named
    # 300万人，比上年末减少2万人，其中城镇180万人: of all there are, not of those that were added
    back = not own and measure == "增量" and inherited.measure == "总量"
    things = (name, value.family) if counted(value) else inherited.things
    listed = "" if own else inherited.listed
    if own and group.joined and value.family == inherited.family:
        listed = f"{inherited.listed or inherited.text}、{without_verb(name)}"
    last = "总量" if back else measure
    share = name if last == "占比" and not name.endswith("占比") else ""
    return replace(subject, measure=last, family=value.family, things=things, listed=listed, share=share)


_BASE_LEVEL = re.compile(rf"^[比较](?:(?P<year>[12]\d{{3}})年(?:底|末)?|“?(?P<plan>{PLAN_NAMES})”?期?末)的$")
"""较2020年的|30.2亿元|增加9.8亿元: what it was then."""

_RANKED_BEFORE = re.compile(r"连续[^，]*(?:居|列|排|进入|稳居|保持在)[^，]{0,6}前$")
"""增速连续30个月居全国前|10位 is a rank alone."""

_AIMED = re.compile(
    r"^(?:左右|以上)?的(?:年初|年度|全年|预期|既定|预定|规划|增长|增速)*(?:目标|任务|计划|预期)"
)
_OF_AIM = re.compile(
    r"(?P<of>.*?)但?(?P<met>(?:[未没](?:有|能)?|超额|如期|提前|圆满)*(?:完成|达到|实现|[低高好快慢]于|超过|超出|与|距离?|离)?"
    r"(?:年初|年度|全年|预期|既定|原定|确定的?|提出的?|[省市]定)*(?:增长|提高|上升)?)"
)
"""未完成年初增长|6%|的目标: the aim of what the clause before tells of, or of what stands before it."""
_SHORT_OF = re.compile(r"[未没]|低于|慢于|不及|距|离")


def _aims(lead: str, group: Group, inherited: Subject, bounds: tuple[int, int]) -> list[Row]:
    """The aims that a clause says were met or not; [] where it does not say of what, or only that something is aimed at."""
    said = _OF_AIM.fullmatch(lead)
    if said is None:
        return []
    of = strip_subject(said["of"])
    if of and not _SHORT_OF.search(said["met"]):
        return []
    rate = group.values[0].family in ("percent", "times")
    level = "比率" if _LEVELS.search(of or inherited.text) else "增速"
    measure = level if rate else inherited.measure or "总量"
    names = of.split("、") if of.count("、") == len(group.values) - 1 else [of] * len(group.values)
    names = [re.sub("(?:的?增[速幅]|增长)$", "", name) or inherited.text for name in names]
    if not all(names):
        return []
    start = group.piece_start if of else inherited.start
    rows = [_row(group, i, (name, measure), start, bounds) for i, name in enumerate(names)]
    return [replace(row, kind="target") for row in rows]


_LEVELS = re.compile("(?:率|比重|比例|占比|强度)$")

_STEP = re.compile(rf"的?{piece('row', 'step')}")


def _as_meant(lead: str, group: Group) -> Group:
    """跨越7万亿、8万亿两个大台阶 came to the last; 超过8万元、4.5万元 says 超过 of both, 近80家、50家 近 of the first."""
    if len(group.values) == 1:
        return group
    first, *rest = group.values
    if "分别" not in lead and _STEP.match(group.tail):
        return replace(group, values=group.values[-1:])
    spreads = lead.endswith("分别") or first.comparator not in ("近", "约")
    if spreads and re.fullmatch(BEFORE, first.comparator):
        both = tuple(replace(value, comparator=value.comparator or first.comparator) for value in rest)
        return replace(group, values=(first, *both))
    return group


def _in_brackets(name: str, group: Group, inherited: Subject) -> str:
    """社区食堂30个（城区18个、乡镇12个）: the parts of what stands before the brackets."""
    whole = without_verb(re.sub(r"^(?:全[国省区市州县])?(?:现有|拥有|共有|建有)?", "", inherited.text))
    part = group.values[0].family == inherited.family and name[-2:] != whole[-2:] and not group.noun
    return name + whole if part else name


def _base_of(lead: str, group: Group) -> str:
    """恢复到2019年的108% is no growth: the year it is held against belongs to the name."""
    base = re.search(
        rf"(?:恢复到|恢复至|相当于|是|为|达到?|有|及|^(?=全))({BASE}|上一?年|去年|全[国省市州区](?:平均)?)(?:同期|末|底)?(?:水平)?的$",
        lead,
    )
    return f"（相当于{base[1]}）" if base and group.values[0].family in ("percent", "times", "tenth") else ""


_FOR = re.compile(r"(?<![作成认变分])[为给]$")
"""Before a number that is told already: 为|34.36万人次|提取公积金|11.83亿元."""


def _lead_of(text: str, group: Group, told: list[tuple[int, int]]) -> str:
    """The words before a group that tell of it, without the numbers ``told`` already."""
    if group.rebuilt or group.period:
        return group.head.lstrip("、和及与")
    joined = JOINT.match(group.head)
    if joined and group.joined:
        return _behind_open_bracket(group.head[joined.end() :])
    begin = group.piece_start
    pieces = []
    for start, end in told:
        if start >= begin:
            pieces.append(_FOR.sub("", text[begin:start]))
            begin = end
    lead = "".join((*pieces, text[begin : group.values[0].start]))
    return lead.rpartition("（")[2] if group.inside else lead


_OVER = re.compile(
    rf"^(?P<thing>[^、，]{{2,}}?){piece('row', 'over')}+、(?!{piece('row', 'over')})(?P<rest>[^、，]+)$"
)


def _last_told(lead: str) -> str:
    """北环路竣工、南环路完成投资 (6亿元) tells of the last alone; a bare measure is of the thing before it."""
    over = _OVER.match(lead)
    if not over or lead.endswith("分别"):
        return lead
    bare = strip_subject(over["rest"]) in words("head", "bare_measure")
    return strip_subject(over["thing"]) + over["rest"] if bare else over["rest"]


def _behind_open_bracket(text: str) -> str:
    """What stands behind a bracket that is still open; 绿色（低碳）工厂 is whole."""
    return text.rpartition("（")[2] if text.rfind("（") > text.rfind("）") else text


def _streak(
    lead: str, group: Group, inherited: Subject, bounds: tuple[int, int]
) -> tuple[list[Row], Subject]:
    """连续三年排名第一: how long; what it is of stays the subject."""
    own = strip_subject(re.sub(r"(?:成为|是|在[^，]*开始|自[^，]*以?来).*$", "", lead.removesuffix("连续")))
    own += "增速" if re.search(r"增[速幅]连续$", lead) and own else ""
    subject = inherited
    if own.startswith("占") and inherited.text:
        subject = replace(inherited, text=inherited.text + own)
    elif own and own not in WHOLE:
        before = (*inherited.before, (inherited.text, inherited.start)) if inherited.text else ()
        subject = Subject(own, group.piece_start, before)
    names = subject.text.split("、")
    if len(names) != len(group.values):
        names = [subject.text or noun_of(group.tail)] * len(group.values)
    ends = [f"连续{value.unit.removeprefix('个')}数" for value in group.values]
    rows = [
        _row(group, i, (names[i] + ends[i], "总量"), subject.start, bounds) for i in range(len(group.values))
    ]
    return rows, subject


def _carried(subject: Subject, inherited: Subject, names: list[tuple[str, str]], *, own: bool) -> Subject:
    """The subject for what follows: 城镇、农村居民…收入 in its complete names, the one before behind it."""
    dealt = list(dict.fromkeys(one for one, _ in names))
    if own and len(dealt) > 1:
        subject = replace(subject, text="、".join(dealt))
    if own and subject is not inherited and inherited.text:
        subject = replace(subject, before=(*inherited.before, (inherited.text, inherited.start)))
    return subject


def _row(
    group: Group,
    at: int,
    named: tuple[str, str],
    start: int,
    bounds: tuple[int, int],
    *,
    lead: str = "",
) -> Row:
    value, (name, measure) = group.values[at], named
    fallen = measure == "降幅" or (measure.endswith(("变化", "增量")) and falls(lead))
    comparator = "迈上" if _STEP.match(group.tail) else value.comparator
    if value.high is not None:
        comparator = f"—{value.high}{value.comparator}"
    signed = -value.value if fallen else value.value
    at_text = (value.start, value.end, start, bounds[1])
    if measure in ("增速", "降幅") and signed:
        measure = "降幅" if signed < 0 else "增速"
    return Row(name, measure, signed, value.unit, comparator, *at_text, group.period, group.earlier)
