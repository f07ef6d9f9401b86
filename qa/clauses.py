"""Sentences to groups of numbers: what stands together, and the words before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.counts import counts
from qa.lexicon import pattern, piece, words
from qa.text import YEAR_SAID, Quantity, quantities, year_said

RATES = ("percent", "point", "times", "tenth", "double")
"""Families of values that tell how much something changed or what share it has, not how much there is."""

_CLAUSE = re.compile(r"，(?!(?<=\d，)\d{3}(?!\d))|：(?!(?<=\d：)\d)")

_LIST_NUMBER = re.compile(r"[\s—（(]*\d+[.、)）]\s*[\u4e00-\u9fff“]?")

_LIST = re.compile(r"^(?:[、和及与以及并]|甚至|乃至)+(?:每人每[年月])?$")

JOINT = re.compile(
    rf"）?(?!与[^，、\d]{{2,14}}之比)(?:（[\u4e00-\u9fff]{{1,2}}）)?(?:的?{piece('row', 'step')})?[、和及与]+"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that stand together, and the words around them within their clause.

    ``head`` are the words since the number before; ``piece_start`` is where the group's own words begin.
    ``noun`` is what the numbers count, where it stands behind them. ``joined`` says that the group goes on
    with the enumeration of the one before. ``counted_later`` is whether a later number of the clause counts
    this one's noun: 投资5000万元以上项目|200个. ``inside`` says that it stands in brackets.
    """

    values: tuple[Quantity, ...]
    head: str
    head_start: int
    tail: str
    piece_start: int
    period: str = ""
    earlier: bool = False
    rebuilt: bool = False
    noun: str = ""
    joined: bool = False
    counted_later: bool = False
    inside: bool = False


_ASIDE = re.compile(r"（[^（）\d]{1,16}，[^（）\d]{1,16}）")


def clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans between ， and ：; an aside in brackets (预计数，下同) is no place to cut."""
    begin = start
    asides = [match.span() for match in _ASIDE.finditer(text, start, end)]
    for match in _CLAUSE.finditer(text, start, end):
        if any(low < match.start() < high for low, high in asides):
            continue
        yield begin, match.start()
        begin = match.end()
    if begin < end:
        yield begin, end


def groups_of(text: str, start: int, end: int) -> list[Group]:
    """The groups of a clause, in order; offsets are those of ``text``."""
    gathered = _gather(text[start:end])
    result: list[Group] = []
    cursor = piece = start
    for i, values in enumerate(gathered):
        head_start, number_start = cursor, start + values[0].start
        after_end = start + gathered[i + 1][0].start if i + 1 < len(gathered) else end
        cursor = start + values[-1].end
        tail = text[cursor:after_end].rstrip("。！？；”’")
        head = text[head_start:number_start]
        noun = noun_of(tail)
        joint = JOINT.match(head) if result else None  # 和美乡村 begins a clause
        after_noun = result and result[-1].noun and noun and re.search(r"(?:[、和及与]|以及)$", head)
        deeds = _NEXT_DEED.match(head) if result and result[-1].noun else None
        if deeds and (
            verb_of(deeds["deed"]) or pattern("subject", "own_verbs").match(deeds["deed"])
        ):  # 技改100个重点项目、培育100户企业
            piece = head_start + deeds.start("deed")
        elif after_noun:  # 707万亩耕地红线和602万亩永久基本农田红线
            piece = number_start
        elif joint:
            piece = head_start + joint.end()
        group = Group(tuple(_shift(v, start) for v in values), head, head_start, tail, piece, noun=noun)
        before = text[start:number_start]
        inside = before.rfind("（") > before.rfind("）")
        result.append(replace(group, joined=bool(joint or after_noun), inside=inside))
    result = [_borrow(group, result[i + 1 :]) for i, group in enumerate(result)]
    result = _attributes(_turned(_arrivals(_bases(_named_together(_side_by_side(result))))))
    return [
        replace(group, counted_later=_counts(result[i + 1], group)) if i + 1 < len(result) else group
        for i, group in enumerate(result)
    ]


_NEXT_DEED = re.compile(r"[^、，]+、(?P<deed>[\u4e00-\u9fff]{2,8})$")
_DEALT = re.compile(
    rf"分别[^，、\d]{{0,6}}$|[\u4e00-\u9fff）][、和及与][\u4e00-\u9fff（）]+?{piece('row', 'joins')}$"
)
"""The end of several subjects that the amounts after it are dealt out over: …分别, or 客运量、货运量完成."""
_TURNED = re.compile(r"[、和及与]+(?:同比)?(?P<verb>[\u4e00-\u9fff]{2,4})")


TITLED = re.compile(rf"{piece('row', 'titled')}[^，。；、]{{2,}}")
"""新建公园42处、3处|获评全省最美公园: what some of the things told of before were named."""


def _gather(clause: str) -> list[list[Quantity]]:
    """The numbers of a clause, those of one kind with nothing but 、 or 和 between them together.

    Behind 分别, or behind a list, amounts of two kinds are together too: 旅客和货邮吞吐量分别达到1.35亿人次、453.8万吨; and a rate
    that goes the other way, below 0 there: 分别增长5.0%、6.6%和下降0.9%.
    """
    found = [q for q in quantities(clause) if q.unit or not _LIST_NUMBER.fullmatch(clause[: q.end + 2])]
    found += [q for q in counts(clause) if not any(q.start < r.end and r.start < q.end for r in found)]
    groups: list[list[Quantity]] = []
    counted = {q.end for q in found}
    aged = [q for q in found if q.start in counted and re.match(_AGED, clause[q.number_start :])]
    found = [q for q in found if q not in aged]  # 1.2万名|65岁以上老年人: whom the 1.2万 are
    for item in sorted(found, key=lambda q: q.start):
        between = clause[groups[-1][-1].end : item.start] if groups else "x"
        alike = bool(groups) and (item.family == groups[-1][-1].family or not groups[-1][-1].unit)
        amounts = item.unit and item.family not in RATES
        dealt = bool(groups) and amounts and groups[-1][0].family not in RATES
        dealt = dealt and bool(_DEALT.search(clause[: groups[-1][0].number_start]))
        dealt = dealt and ("分别" in clause or not _ATTRIBUTE.match(clause[item.end :]))
        some = TITLED.match(clause[item.end :]) and "分别" not in clause[: item.start]
        if alike and item.family in RATES and _turns(clause, groups[-1], between):
            groups[-1].append(replace(item, value=-item.value))
        elif (alike or dealt) and not some and _LIST.match(between):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _turns(clause: str, group: list[Quantity], between: str) -> bool:
    """Whether a rate behind 分别 goes the other way than those of its group: 分别增长5%|和下降|2%."""
    turned, dealt = _TURNED.fullmatch(between), re.search(r"分别([^，、\d]{2,6})$", clause[: group[0].start])
    if not turned or not dealt:
        return False
    ways = [word.endswith(words("predicate", "growth_down")) for word in (dealt[1], turned["verb"])]
    return ways[0] != ways[1]


def _counts(later: Group, group: Group) -> bool:
    """Whether a later number counts the noun behind this one: 投资5000万元以上|项目|超200个, 6个月以上|的|1890人."""
    return (
        bool(group.noun or group.tail == "的")
        and group.tail == later.head
        and not re.search(r"[、和及与]", later.head)
    )


_OF_YEAR_BEFORE = re.compile(
    rf"[较比](?:上年|去年|上一年|(?P<year>{YEAR_SAID})年(?:底|末)?)(?:同期)?(?:实绩|实际|完成|决算|执行)?数?的?$"
)
_OF_BUDGET = re.compile(rf"{piece('row', 'done_of')}$")


_MOVED = re.compile(
    rf"(?:{'|'.join((*words('predicate', 'growth_up'), *words('predicate', 'growth_down')))})"
)


def _bases(groups: list[Group]) -> list[Group]:
    """What a rate in the same clause is held against: 较上年28899万元|增长9.9% of the year before, 完成预算31220万元|的101.7%.

    The first is a value of that year; the second goes, so that what was done of the budget is all that is told.
    """
    kept: list[Group] = []
    for i, group in enumerate(groups):
        last = kept[-1] if kept else None
        rate = group.values[0].family in RATES
        if last and rate and group.head == "的" and _OF_BUDGET.search(last.head):
            kept.pop()
            head = last.head + "的"
            group = replace(
                group, head=head, head_start=last.head_start, piece_start=last.piece_start, rebuilt=True
            )
        before = _OF_YEAR_BEFORE.search(group.head)
        moved = i + 1 < len(groups) and _MOVED.match(groups[i + 1].head)
        if before and moved and group.values[-1].family not in RATES:
            head, year = group.head[: before.start()] + "为", before["year"]
            when = str(year_said(year)) if year else ""
            group = replace(group, head=head, rebuilt=True, period=when, earlier=not year, noun="", tail="")
        kept.append(group)
    return kept


_FROM = re.compile(
    rf"(?:由|从)(?:(?P<year>{YEAR_SAID})年(?:底|末|\d{{1,2}}月底?)?的?|上年末?的?|(?:每人)?每[月年人]|(?P<per>每[十百千万]+(?:名|位)?[人户](?:口)?)|(?P<other>[^，、由从]{{0,6}}?))$"
)

_ARRIVES = re.compile(
    rf"^(?:以上|左右)?(?:[\u4e00-\u9fff]{{0,6}}?)(?:到|至|为|了|成)(?:(?P<year>{YEAR_SAID})年(?:底|末|\d{{1,2}}月底?)?的?|(?:每人)?每[月年人])?$"
)

_WAYS = "|".join((*words("predicate", "growth_up"), *words("predicate", "growth_down")))
_TURNED_FROM = re.compile(
    rf"(?:由|从)(?:(?:上年|去年)(?:同期)?|(?P<year>{YEAR_SAID})年|(?P<other>[^，、由从]{{0,8}}?))的?(?P<way>{_WAYS})$"
)
_TURNED_TO = re.compile(rf"^转(?:为|而)?(?P<way>{_WAYS})$")


def _turned(groups: list[Group]) -> list[Group]:
    """由上年下降2.6%转为增长0.8%: a growth of the year before and one of this year, of the same thing.

    A growth of another time (由一季度下降) is left out.
    """
    kept: list[Group] = []
    for group in groups:
        before = _TURNED_FROM.search(kept[-1].head) if kept else None
        turned = _TURNED_TO.match(group.head)
        if before and turned:
            left = kept.pop()
            subject = left.head[: before.start()]
            year = str(year_said(before["year"])) if before["year"] else ""
            if subject and (year or not before["other"]):
                kept.append(
                    replace(left, head=subject + before["way"], rebuilt=True, period=year, earlier=not year)
                )
            group = replace(
                group,
                head=subject + turned["way"],
                head_start=left.head_start,
                piece_start=left.piece_start,
                rebuilt=True,
                joined=False,
            )
        kept.append(group)
    return kept


_HAS_NOW = re.compile(r"(?:现行|现有|原有|原定|原来?)的?$")
_BETWEEN = re.compile(rf"^的(?P<thing>[\u4e00-\u9fff]{{2,6}}?)(?:再)?(?:{_WAYS}|下调|上调|调整)(?:到|至|为)$")


def _named_between(head: str, between: str) -> str:
    """The name of both values of 制造业现行16%的税率降至13%: 制造业的税率; "" for anything else."""
    now, thing = _HAS_NOW.search(head), _BETWEEN.match(between)
    return head[: now.start()] + thing["thing"] if now and thing else ""


_TO_NOTHING = re.compile(r"[\u4e00-\u9fff]{0,3}(?:到|至|为)(零)(?![一二三四五六七八九])")


def _arrivals(groups: list[Group]) -> list[Group]:
    """由21家增加到98家: the value reached and the one left, which is of the year said or of the one before.

    A value left at another time (由最初的2家), or a time limit (由15天压缩到1天), is of no year and is left out.
    """
    kept: list[Group] = []
    for group in groups:
        before = _FROM.search(kept[-1].head) if kept else None
        reached = _ARRIVES.match(group.head)
        if kept and not before and (named := _named_between(kept[-1].head, group.head)):
            left = kept[-1]
            kept[-1] = replace(left, head=named + "为", rebuilt=True, earlier=True, noun="", tail="")
            group = replace(
                group,
                head=named + "为",
                head_start=left.head_start,
                piece_start=left.piece_start,
                rebuilt=True,
            )
        elif before and reached:
            left = kept[-1]
            subject = (before["per"] or "") + left.head[: before.start()]
            if before["year"]:
                kept[-1] = replace(left, head=subject + "为", period=str(year_said(before["year"])), noun="")
            elif not before["other"] and subject and left.values[0].family != "duration":
                kept[-1] = replace(left, head=subject + "为", rebuilt=True, earlier=True, noun="")
            else:
                kept.pop()
            alike = len(group.values) == 1 and "分别" in left.head
            group = replace(
                group,
                values=group.values * (len(left.values) if alike else 1),
                head=subject + "为",
                head_start=left.head_start,
                piece_start=left.piece_start,
                period=str(year_said(reached["year"])) if reached["year"] else "",
                rebuilt=True,
                joined=False,
            )
        kept.append(_nothing_left(group))
    return kept


def _nothing_left(group: Group) -> Group:
    """贫困发生率由11.3%降为零: the value reached is 0."""
    before, gone = _FROM.search(group.head), _TO_NOTHING.match(group.tail)
    if not before or not gone:
        return group
    last = group.values[-1]
    at = last.end + gone.start(1)
    value = Quantity(at, at + 1, at, Decimal(0), None, last.unit, "")
    head = group.head[: before.start()] + "为"
    return replace(group, values=(value,), head=head, tail="", rebuilt=True, noun="")


def _borrow(group: Group, later: list[Group]) -> Group:
    """新建25.2万亩、改造提升20.3万亩高标准农田: the noun behind the last number counts for both."""
    bare = re.sub(r"^.{0,4}(?:累计|共|全年)", "", group.head.strip("、和及与"))
    if (
        not later
        or group.noun
        or not re.fullmatch(r"[、和及与]?.{0,6}", later[0].head)
        or verb_of(bare) != bare
        or not bare
    ):
        return group
    last = later[0]
    same = group.values[-1].family == last.values[-1].family and group.tail == last.head
    if not last.noun or not same:
        return group
    return replace(group, tail=last.noun, noun=last.noun)


def _side_by_side(groups: list[Group]) -> list[Group]:
    """1520户|3610人|增收: what stands behind two counts with nothing between them is of both."""
    done = list(groups)
    for i in range(len(done) - 2, -1, -1):
        one, following = done[i], done[i + 1]
        if (
            not one.tail
            and following.noun
            and one.values[-1].family == "户"
            and following.values[0].family == "people"
        ):
            done[i] = replace(one, tail=following.tail, noun=following.noun)
    return done


def _named_together(groups: list[Group]) -> list[Group]:
    """4个|镇|、40个|村获评特色旅游示范: what several counted things were named stands behind the last."""
    done = list(groups)
    for i in range(len(done) - 2, -1, -1):
        one, following = done[i], done[i + 1]
        title = TITLED.search(following.noun)
        if (
            title
            and title.start()
            and one.noun
            and re.fullmatch(AND_MORE, following.head.removeprefix(one.noun))
        ):
            done[i] = replace(one, tail=one.noun + title[0], noun=one.noun + title[0])
    return done


AND_MORE = "(?:[、和及与]|以及)"


def _attributes(groups: list[Group]) -> list[Group]:
    """29处、覆盖88.4万人、投资34亿元的供水工程: the noun after the last 的 is what all of them tell of."""
    done = list(groups)
    for i in range(len(done) - 2, -1, -1):
        following = done[i + 1]
        verbal = re.fullmatch(r"、[\u4e00-\u9fff]{1,6}", following.head)
        if verbal and following.noun and following.tail.startswith("的") and not done[i].noun:
            tail = "的" + following.noun
            done[i] = replace(done[i], noun=following.noun, tail=tail if i else done[i].tail)
    return done


def _shift(q: Quantity, by: int) -> Quantity:
    return replace(q, start=q.start + by, end=q.end + by, number_start=q.number_start + by)


_UNIT_NOTE = re.compile(r"^（[^）、，]{1,4}）")
_AGED = r"\d+(?:[—\-~至]\d+)?周?岁"
_ATTRIBUTE = re.compile(rf"^的?(?:[\u4e00-\u9fff“a-z]|{_AGED})")
_NO_NOUN = re.compile(rf"的?{piece('row', 'no_noun')}")


def noun_of(tail: str) -> str:
    """The counted noun behind a number: 88个|项目|开工. "" where something else follows."""
    behind = _UNIT_NOTE.sub("", tail)
    if not _ATTRIBUTE.match(behind) or _NO_NOUN.match(behind):
        return ""
    noun = re.split(r"[、，。；：！？（]", behind.removeprefix("的"))[0][:24]
    return re.sub(r"(?:以及|[和及与])$", "", noun)


def verb_of(text: str) -> str:
    """The verb of reports that a text begins with (新建, 完成); "" if there is none."""
    match = pattern("subject", "verbs").match(text)
    return match[0] if match and not text.startswith(words("subject", "no_verbs")) else ""
