"""Report -> figures: every number with its subject, measure, unit, period and kind. Rules, no model.

The walk: paragraph -> sentences -> clauses (at ，：) -> groups of numbers ("4.9%、8.3%、4.4%") with the
words before and after them. The words before a group give the subject and the predicate; a clause that
has only a predicate ("增长2.1%") takes the subject of the clause before it; 分别 deals values out over
subjects or over reference points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.clauses import ATTRIBUTE, JOINT, RANKED_AMONG, Group, clauses, groups_of, noun_of, verb_of
from qa.lexicon import indicators_in, pattern, self_words, words
from qa.places import province_names, short_name
from qa.subjects import (
    ADDED,
    LEAD,
    WHOLE,
    Subject,
    canonical,
    deal,
    ends_in_predicate,
    falls,
    read_head,
    strip_subject,
    whole_of,
    without_level,
)
from qa.text import fold, ranks, split_sentences, years
from qa.types import Figure, Kind, Paragraph, Report

FIGURES_VERSION = "1"

_STEADY = re.compile(
    r"与(?:上一?年度?|去年|上年同期|经济增长|地区生产总值增长|国内生产总值增长)(?:增长)?(?:基本)?(?P<how>持平|同步)"
)


UNDEALT = "分列"
"""Comparator of a row whose values could not be told apart: its span holds them all, its value the first."""


def extract_figures(report: Report) -> list[Figure]:
    """All figures of a report in the order of the text.

    Headings are read too: a heading may state a figure. Returns [] for a report without numbers.
    """
    found: list[Figure] = []
    for paragraph in report.paragraphs:
        if paragraph.part != "head":
            found += _paragraph_figures(report, paragraph)
    return found


def _paragraph_figures(report: Report, paragraph: Paragraph) -> Iterator[Figure]:
    text = fold(paragraph.text)
    owner = ""
    for start, end in split_sentences(text):
        sentence = text[start:end]
        time = _time_of(report, paragraph, sentence)
        subject, first = Subject("", start), ""
        for clause_start, clause_end in clauses(text, start, end):
            time = _clause_time(report, text[clause_start:clause_end], time)
            rows, subject = _clause_rows(text, clause_start, clause_end, subject)
            first = first or (subject.text if rows else "")
            for row in rows:
                bare = owner and row.indicator in words("subject", "heads")
                yield _figure(
                    report, paragraph, replace(row, indicator=owner + row.indicator) if bare else row, time
                )
        owner = (_owner(first) or owner) if sentence.endswith("；") else ""


def _owner(subject: str) -> str:
    """Whose figure it is: 市属国有企业资产总额 -> 市属国有企业; the next 营业收入 after ； is theirs too."""
    if canonical(subject) or indicators_in(subject):
        return ""
    for head in ("资产总额", *words("subject", "heads")):
        if subject.endswith(head) and len(subject) - len(head) >= 3:
            return subject[: -len(head)]
    return ""


def _time_of(report: Report, paragraph: Paragraph, sentence: str) -> tuple[Kind, str]:
    """Kind and period of a sentence: its own year and cues first, else those of its part of the report."""
    if report.doc_kind == "统计公报":
        return "actual", str(report.year)
    heading = fold("".join(paragraph.section))
    planned = paragraph.part == "plan"
    base = report.year if planned else report.year - 1
    kind: Kind = "target" if planned else "actual"
    if not planned and re.search(r"(?:过去|这|五年来|近)五年|五年来|本届政府", heading + sentence[:14]):
        own = [year for year in years(sentence[:20]) if year < report.year]
        return kind, str(own[0]) if own else f"{report.year - 5}—{report.year - 1}"
    if planned and re.search(
        r"今后五年|未来五年|“?十[三四五六]五”?(?:时期|期间|奋斗目标)", heading + sentence[:14]
    ):
        return kind, f"{report.year}—{report.year + 4}"
    named = [year for year in years(sentence[:16]) if 1990 < year < 2100]
    if len(named) == 1 and re.match(rf"(?:——)?(?:到|至|截至)?{named[0]}年(?:度|底|末)?", sentence):
        base = named[0]
        if not planned and base > report.year:
            kind = "target"
    return kind, str(base)


def _clause_time(report: Report, clause: str, time: tuple[Kind, str]) -> tuple[Kind, str]:
    """A clause may say its own year: "去年新增42家，今年新增50家"; what follows keeps it."""
    said = re.match(
        r"(?:——)?(?:其中)?(?:(?P<past>去年|上年(?!末|底|同期)|过去一年)|(?P<now>今年|今后(?!五年|几年|一个时期)))",
        clause,
    )
    if said and report.doc_kind != "统计公报":
        return ("actual", str(report.year - 1)) if said["past"] else ("target", str(report.year))
    span = re.match(r"(?:——)?([12]\d{3})[—\-~至到]+([12]\d{3})年", clause)
    if span:
        return ("actual" if int(span[2]) < report.year else "target"), f"{span[1]}—{span[2]}"
    own = re.match(r"(?:——)?(?:其中)?(?:到|至|截至)?([12]\d{3})年(?:度|底|末)?", clause)
    if own and report.doc_kind != "统计公报":
        return ("actual" if int(own[1]) < report.year else "target"), own[1]
    return time


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure with offsets in its paragraph and the raw words it was read from."""

    indicator: str
    measure: str
    value: Decimal
    unit: str
    comparator: str
    start: int
    end: int
    clause_start: int
    clause_end: int
    period: str = ""


def _clause_rows(text: str, start: int, end: int, inherited: Subject) -> tuple[list[_Row], Subject]:
    clause = text[start:end]
    bounds = (start, start + len(clause.rstrip("。！？；”’")))
    rows: list[_Row] = []
    subject = inherited
    for group in groups_of(text, start, end):
        made, subject = _group_rows(text, group, subject, bounds)
        rows += made
    steady = _STEADY.search(clause)
    if steady:
        name = strip_subject(clause[: steady.start()]) or subject.text
        subject = Subject(name, start if strip_subject(clause[: steady.start()]) else subject.start)
        rows.append(
            _Row(
                name,
                "增速",
                Decimal(0),
                "%",
                steady[0],
                start + steady.start(),
                start + steady.end(),
                subject.start,
                bounds[1],
            )
        )
    for at, until, rank in ranks(clause):
        if re.search(r"(?:由|从)[^，、第]{0,6}$", clause[:at]):
            continue  # 由第61位上升到第57位
        head = (
            re.sub(
                r"(?:排名|排位|位居|位列|居|排|列|名列|跃居|稳居|保持)*(?:[\u4e00-\u9fff]{0,6})$",
                "",
                clause[:at],
            )
            if rows
            else clause[:at]
        )
        name = subject.text or strip_subject(RANKED_AMONG.split(head)[0])
        if rows and not name:
            continue
        rows.append(
            _Row(name, "排名", Decimal(rank), "位", "", start + at, start + until, subject.start, bounds[1])
        )
    if not rows and len(clause) > 2:
        topic = _topic(clause)
        subject = Subject(topic, start) if topic else subject
    return rows, subject


def _topic(clause: str) -> str:
    """A clause without a number may name what the next clauses are about ("工业方面")."""
    bare = without_level(re.sub(r"在[^，]*基础上$", "", LEAD.sub("", clause.strip("—"))))
    match = re.fullmatch(r"([^。！？；]{2,40}?)(?:方面|上|领域|中)?", bare)
    return match[1] if match else ""


def _group_rows(
    text: str, group: Group, inherited: Subject, bounds: tuple[int, int]
) -> tuple[list[_Row], Subject]:
    first = group.values[0]
    head = group.head
    follows = bool(ATTRIBUTE.match(group.tail)) and not re.match(
        r"(?:和|及|与|以上|左右|水平|的?台阶|大关|关口|增加|提高|上升|下降|减少)", group.tail
    )
    if (
        follows
        and first.comparator in ("以上", "以下", "以内")
        and noun_of(group.tail)
        and not pattern("predicate", "reach").match(group.tail)
    ):
        return [], inherited  # 投资2000万元以上设施农业项目123个: a threshold, no figure of its own
    joined = JOINT.match(head)
    lead = text[group.piece_start : first.start] if not joined else head[joined.end() :]
    if group.rebuilt or group.period:
        lead = head.lstrip("、和及与")
    name, measure = read_head(lead, first, inherited)
    noun = noun_of(group.tail) if follows else ""
    own = (
        bool(strip_subject(lead, first.family))
        and not (inherited.text and name.startswith(inherited.text))
        and name != inherited.text
    )
    if noun and not ends_in_predicate(lead, first.family):
        name = strip_subject(lead, first.family) + noun
        own = True
    start = group.piece_start if own else inherited.start
    if joined and own:
        verb = verb_of(inherited.text)
        if verb and not verb_of(name):
            name = verb + name
            measure = "增量" if measure == "总量" and ADDED.match(verb) else measure
        elif verb_of(name) == name and inherited.text != verb:
            name += inherited.text.removeprefix(verb)
    subject = Subject(name, start) if own and measure != "差距" else inherited
    if strip_subject(lead, first.family) in WHOLE and inherited.text:
        subject = Subject(whole_of(inherited.text, strip_subject(lead, first.family)), inherited.start)
        start = inherited.start
    names = deal(lead, name, measure, group, inherited)
    if len(group.values) > 1 and len(set(names)) == 1 and "分别" in lead:
        group = replace(group, values=(replace(first, end=group.values[-1].end, comparator=UNDEALT),))
        names = names[:1]
    dealt = list(dict.fromkeys(one for one, _ in names))
    if own and len(dealt) > 1:  # 城镇、农村居民…收入: what follows counts on in the complete names
        subject = Subject("、".join(dealt), start)
    if own and subject is not inherited and inherited.text:
        subject = replace(subject, before=(*inherited.before, (inherited.text, inherited.start)))
    if not own and "分别" in lead and len(group.values) > 1 and inherited.before and names[0][0] != name:
        start = min([start, *(at for text_, at in inherited.before if text_ in {one for one, _ in names})])
    rows = []
    for value, (one, how) in zip(group.values, names, strict=True):
        fallen = how == "降幅" or (how.endswith("变化") and falls(lead))
        signed = -value.value if fallen else value.value
        rows.append(
            _Row(
                one,
                how,
                signed,
                value.unit,
                "迈上" if re.match(r"的?台阶|大关|关口", group.tail) else value.comparator,
                value.start,
                value.end,
                start,
                bounds[1],
                group.period,
            )
        )
        if value.high is not None:
            rows[-1] = _Row(
                one,
                how,
                signed,
                value.unit,
                f"—{value.high}{value.comparator}",
                value.start,
                value.end,
                start,
                bounds[1],
            )
    return rows, subject


def _figure(report: Report, paragraph: Paragraph, row: _Row, time: tuple[Kind, str]) -> Figure:
    kind, period = time
    name = _balanced(row.indicator.strip("—的 "))
    bearer, bare = _bearer(name, report.place)
    offset = paragraph.start
    return Figure(
        report_id=report.report_id,
        paragraph=paragraph.number,
        indicator=_as_written(bare or name, paragraph.text),
        canonical=canonical(bare),
        measure=row.measure,
        value=row.value,
        unit=row.unit,
        comparator=row.comparator,
        subject=bearer,
        period=row.period or period,
        kind="actual" if row.period and int(row.period) < report.year else kind,
        start=offset + row.start,
        end=offset + row.end,
        clause_start=offset + row.clause_start,
        clause_end=offset + row.clause_end,
    )


def _bearer(name: str, place: str) -> tuple[str, str]:
    """(who, what): 全国粮食产量 -> (全国, 粮食产量); the report's own 全市 and 我市 give ""."""
    own = sorted({*self_words(place), place, short_name(place)}, key=len, reverse=True)
    while True:
        bare = re.sub(
            r"^(?:完成|实现|达到|力争|确保|预计|推动|保持|争取|全年|年内)+(?=[\u4e00-\u9fff]{3})", "", name
        )
        word = next((w for w in own if bare.startswith(w) and _is_owner(w, bare[len(w) :], place)), "")
        if bare == name and not word:
            break
        name = bare[len(word) :]
    for word in (*words("subject", "narrower"), *words("subject", "wider"), *province_names()):
        if name.startswith(word) and len(name) > len(word):
            return word, name[len(word) :]
    return "", name


def _is_owner(word: str, rest: str, place: str) -> bool:
    """Whether a name begins with its owner: 合肥地区生产总值, but not 合肥港货物吞吐量."""
    return bool(rest) and (word != short_name(place) or word == place or bool(canonical(rest)))


def _balanced(name: str) -> str:
    """A name without the quotation mark whose partner was cut off."""
    if name.count("“") != name.count("”"):
        name = name.replace("“", "").replace("”", "")
    return name.removeprefix("“").removesuffix("”") if name.startswith("“") and name.endswith("”") else name


def _as_written(name: str, text: str) -> str:
    """Latin words of a folded name in the letters of the text: rcep -> RCEP."""

    def original(match: re.Match[str]) -> str:
        found = re.search(re.escape(match[0]), text, re.IGNORECASE)
        return found[0] if found else match[0]

    return re.sub(r"[a-z][a-z&+]*", original, name)
