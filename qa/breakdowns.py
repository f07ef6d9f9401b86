"""What lists of branches are of: 规模以上工业增加值增长4.1%。分门类看，采矿业下降6.8%，制造业增长5.6%.

A branch is told by its own word alone, and what is measured of it stands before: in the first branch of its
kind (采矿业增加值增长2%，制造业增长3%), or in the indicator that the list divides. All texts are folded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.clauses import clauses, verb_of
from qa.indicator_names import canonical, indicators_in, sibling
from qa.lexicon import piece, regex, words
from qa.predicates import LEAD
from qa.row import PARTS, Row
from qa.subjects import Subject, strip_subject
from qa.text import unit_family

_PART = re.compile(r"\d+(?:\.\d+)?")
_PARTS = re.compile(rf"{_PART.pattern}(?:[:：]{_PART.pattern}){{2,3}}(?![\d:：])")
_LEFT = re.compile(r"[由从](?:上年末?的?|(?P<year>[12]\d{3})年的?)?$")
_OF_YEAR = re.compile(r"(?:为|至|到|成)([12]\d{3})年的?$")
_MOVED = re.compile(r"(?:进一步|持续|逐步)*(?:优化|调整|演变|变化|改善)?$")
_OF_SECTORS = re.compile(
    r"(?:[全我][市县省区州旗盟国])?(?:三次|一二三次?)产业(?:增加值)?(?:结构|比例|比重|构成|之?比)"
)


def shares_of(text: str, start: int, end: int, before: Subject) -> list[Row]:
    """三次产业结构由34:29:37调整为33:30.5:36.5: the parts of a whole together and, of the three sectors, each by itself.

    ``before`` is the subject that text[start:end] may leave out.
    """
    found = list(_PARTS.finditer(text, start, end))
    left = _LEFT.search(text[start : found[0].start()]) if found else None
    if not found or len(found) > 2 or (len(found) == 2 and not left):
        return []
    own = _MOVED.sub("", strip_subject(text[start : start + left.start() if left else found[0].start()]))
    name, begun = (own, start) if own else (_MOVED.sub("", before.text), before.start)
    end -= len(text[start:end]) - len(text[start:end].rstrip("。！？；”’"))
    rows: list[Row] = []
    for said in found if name else ():
        earlier = len(found) == 2 and said is found[0]
        own_year = _OF_YEAR.search(text[start : said.start()])
        year = left["year"] or "" if left and earlier else own_year[1] if own_year else ""
        first, when = Decimal(re.split("[:：]", said[0])[0]), (year, earlier and not year)
        whole = Row(name, PARTS, first, "", PARTS, *said.span(), begun, end, *when)
        rows += [whole, *_sectors(whole, text)]
    return rows


def _sectors(whole: Row, text: str) -> list[Row]:
    """The share of each sector in a row of the three together; [] for a row of other parts."""
    parts = list(_PART.finditer(text, whole.start, whole.end))
    if len(parts) != 3 or not _OF_SECTORS.match(whole.indicator):
        return []
    share = replace(whole, measure="占比", unit="%", comparator="")
    return [
        replace(
            share,
            indicator=f"第{nth}产业增加值占地区生产总值比重",
            value=Decimal(part[0]),
            start=part.start(),
            end=part.end(),
        )
        for nth, part in zip("一二三", parts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Whole:
    """What was told so far: the last standard indicator and the unit families of its numbers.

    ``listed`` says that a list of its branches goes on; ``named`` are (name, family, name as written) told
    since the last 。. ``trader`` is whose trade was told of last (对东盟), where it is not the place's own.
    """

    name: str = ""
    families: frozenset[str] = frozenset()
    listed: bool = False
    named: tuple[tuple[str, str, str], ...] = ()
    trader: str = ""


def name_branches(text: str, span: tuple[int, int], rows: list[Row], whole: Whole) -> tuple[list[Row], Whole]:
    """The rows of one sentence, those of branches with what is measured of them; and what the next may divide."""
    made: list[Row] = []
    among = sided = other = False
    over = ("", "")
    if text[: span[0]].endswith("。") and not text.startswith("其中", span[0]):
        whole = replace(whole, trader="")
    for start, end in clauses(text, *span):
        clause = text[start:end]
        among = among or clause == "其中"
        if clause.startswith("其中"):
            over = whole.named[-1][:2] if whole.named else over
            other = bool(whole.named) and not whole.listed and over[0] != whole.name
        divided = branches_of(clause, whole.name)
        if divided is not None:
            same = whole.families if divided == whole.name else frozenset({"percent"})
            whole = Whole(divided, same, listed=True, trader=whole.trader)
        for row in (row for row in rows if start <= row.start < end):
            part = whole.listed or among or "其中" in text[start : row.start]
            trader = _trader(row.indicator)
            whole = whole if trader is None else replace(whole, trader="" if part else trader)
            if whole.trader and _SIDE.fullmatch(row.indicator):
                sided = True
                made.append(replace(row, indicator=whole.trader + row.indicator))
                continue
            name = _full_name(row, replace(whole, name="") if other else whole, part=part)
            if name == row.indicator and over[1] == unit_family(row.unit) == "money":
                name = _with_measure(name, over[0])
            if row.unit == "张" and over[0].endswith("床位") and "床位" not in name:
                name += "床位"  # 医疗机构床位2038张，其中医院1496张
            named = replace(row, indicator=name)
            whole = _told(named, row.indicator, whole, part=part)
            made.append(named)
    if text[: span[1]].endswith("；"):
        return made, whole if sided else replace(whole, trader="")
    goes_on = whole.listed and text.startswith("其中", span[1])
    return made, replace(whole, listed=goes_on, named=())


_TRADE = re.compile(r"(?P<trader>.*?)(?:货物|外贸|对外贸易)?进出口(?:贸易)?(?:总额|总值|额|值)?")
_SIDE = re.compile(r"(?:货物)?(?:出口|进口)(?:总?额|总值|总额)?")


def _trader(name: str) -> str | None:
    """Whose trade a name tells of, so that what is said of 出口 and 进口 next is theirs; None if of no trade."""
    match = _TRADE.fullmatch(name)
    if not match:
        return None
    return "" if _standard(name) == "外贸进出口总额" else match["trader"]


def _told(row: Row, written: str, whole: Whole, *, part: bool) -> Whole:
    family = unit_family(row.unit)
    named = (*whole.named, (row.indicator, family, written))
    if part or not _standard(row.indicator):
        return replace(whole, named=named)
    families = whole.families if row.indicator == whole.name else frozenset[str]()
    return Whole(row.indicator, families | {family}, named=named, trader=whole.trader)


_SECTOR = re.compile("第[一二三]产业")
AREA = re.compile(rf"(?!{piece('areas', 'none')})[\u4e00-\u9fff]{{1,6}}?{piece('areas', 'named')}")
"""A county or street by its name."""


def _full_name(row: Row, whole: Whole, *, part: bool) -> str:
    """The name of a row; ``part`` is whether it tells of a part of what was told before."""
    name, family = row.indicator, unit_family(row.unit)
    counted = row.unit.endswith(family)  # 52家 counts what is named
    share = part and name.endswith("占比") and not canonical(name)
    if share and whole.name:
        return part_of(whole.name, name)
    if part and _standard(whole.name) == "户籍人口" and "常住" in (canonical(name) or ""):
        return name.replace("人口", "户籍人口")  # 户籍人口46万人，其中|城镇人口15万人
    if not name or counted or is_measured(name):
        return name
    before = next((full for full, _, written in reversed(whole.named) if written == name), "")
    if before:
        return before
    if _SECTOR.fullmatch(name) and _standard(whole.name) == "地区生产总值" and family in ("percent", "money"):
        return part_of(whole.name, name)  # 地区生产总值增长12.6%，第一产业增长9.1%
    siblings = [one for one, of, _ in reversed(whole.named) if of == family]
    for one in siblings if AREA.fullmatch(name) else ():  # 东山区生产总值61亿元；西山县48亿元
        if (other_area := AREA.match(one)) and canonical(one[other_area.end() :]):
            return name + one[other_area.end() :]
    for one in siblings if name in ("城镇", "农村", "城市", "乡村") else ():  # 城镇居民恩格尔系数32%，农村34%
        if other := sibling(name, one):
            return other
    for one in siblings:
        if (full := _with_head(name, one, alike=2)) != name:
            return full
    goes_on = any(
        _kind(name) and _kind(one) == _kind(name) for one in siblings if one.startswith(f"{whole.name}中")
    )
    if (part or goes_on) and whole.name and family in whole.families:
        return part_of(whole.name, name)
    return next((full for one in siblings if (full := _with_head(name, one, alike=1)) != name), name)


def branches_of(clause: str, whole: str) -> str | None:
    """What the next clauses divide, where a clause says no more: 分行业看, 在规模以上工业中; None for any other.

    ``whole`` is what was told of last; a clause that names something else must say what is measured.
    """
    bare = LEAD.sub("", clause.strip())
    if regex("subject", "axis").fullmatch(bare):
        return whole
    match = re.fullmatch(r"在?([^，\d]{3,24}?)当?中", bare)
    if not match:
        return None
    return whole if match[1] in whole else match[1] if is_measured(match[1]) else None


def is_measured(name: str) -> bool:
    """Whether a name says what is measured (国有控股企业增加值) and not only of whom (采矿业, 私营企业)."""
    heads = tuple(word for word in words("subject", "heads") if word not in ("企业", "项目"))
    return bool(indicators_in(name) or canonical(name)) or name.endswith((*heads, "税"))


def _standard(name: str) -> str | None:
    """The standard indicator of a name, whosever it is: 全省规模以上工业增加值."""
    own = next((word for word in words("subject", "self") if name.startswith(word)), "")
    return canonical(name.removeprefix(own))


def _with_head(name: str, sibling: str, *, alike: int) -> str:
    """第二产业 after 第一产业用电量 is 第二产业用电量; a name of another kind (农村) stays as it is.

    ``alike`` is the least length of the word that tells the kind of both (产业, or only 业).
    """
    for head in words("subject", "heads"):
        stem = sibling.removesuffix(head)
        kind = _kind(stem)
        if (
            stem not in (sibling, kind)
            and len(kind) >= alike
            and name.endswith(kind)
            and name not in (kind, sibling)
        ):
            return name + head
    return name


def _with_measure(name: str, whole: str) -> str:
    """新能源汽车 among 五大集群产值 is 新能源汽车产值: a part tells of what its whole measures."""
    if not name or is_measured(name) or not re.fullmatch(r"[\u4e00-\u9fff]{2,8}", name) or verb_of(name):
        return name
    head = next(
        (word for word in words("subject", "money_heads") if whole.endswith(word) and whole != word), ""
    )
    return name + head


def _kind(name: str) -> str:
    """The word that tells of which kind a branch is: 高技术制造业 -> 业; "" if none does."""
    return next((word for word in words("subject", "kinds") if name.endswith(word)), "")


def part_of(whole: str, part: str) -> str:
    """采矿业 of 规模以上工业增加值; a part that is a standard indicator has its own name (第一产业增加值)."""
    whole = re.sub(r"（[^（）]*）$", "", whole)  # 固定资产投资（不含农户）
    pairs = (pair.partition("=") for pair in words("subject", "part_heads"))
    own = [head for of, _, head in pairs if _standard(whole) == of]
    heads = own + [head for head in words("subject", "heads") if whole.endswith(head)]
    for head in heads:
        if canonical(part + head) or (head in own and part.endswith("业")):
            return part + head
    return f"{whole}中{part}"
