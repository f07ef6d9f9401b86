"""Whether rows of several reports may stand in one order or sum: one deed, one bearer, nothing bundled in.

新建 is not 改造, 累计 not 新增, 中心城区 not the whole place, and 低保和特困 together not 低保.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from qa.indicator_names import as_reports_write, indicators_in
from qa.lexicon import any_of, pattern, regex, sections, words
from qa.match import pairs_of
from qa.text import bigrams, fold, unit_family
from qa.types import Figure


def deeds(folded: str) -> frozenset[str]:
    """The classes of deeds that a folded text names: 新建和改造提升 two, 新增建设 one."""
    said, classes = _deed_words()
    found = frozenset(name for match in said.finditer(as_reports_write(folded)) for name in classes[match[0]])
    return (found - _VAGUE) or found & _VAGUE - {"无"}


_VAGUE = frozenset({"实施", "无"})
"""Classes that tell of nothing beside another: 实施老旧小区改造 is 改造, and 建成区 no deed at all."""


@cache
def _deed_words() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    classes: dict[str, tuple[str, ...]] = {}
    for name in sections("deed"):
        for word in words("deed", name):
            classes[word] = (*classes.get(word, ()), name)
    return any_of(classes), classes


def deeds_of(row: Figure) -> frozenset[str]:
    """What was done, where that makes another amount of a thing; a rate has no deed of its own, and 累计 makes no other
    amount of several years."""
    if not row.is_amount:
        return frozenset()
    named = deeds(fold(row.indicator))
    if named & FLOWS:
        return named - {"新增", "累计"}
    if "—" in row.period:
        return named - {"累计"}
    return named | {"累计"} if row.measure == "累计" else named


FLOWS = frozenset({"投放", "造林", "减税"})
"""Deeds whose amounts are of one year anyhow: 全年累计投放 is what was lent in it."""


def of_a_year(row: Figure) -> bool:
    """Whether a row is of what was done within a year, even where its report calls it 累计."""
    return row.measure != "累计" or bool(deeds_of(row) & FLOWS)


def of_one_calibre(rows: Sequence[Figure]) -> bool:
    """Whether nothing speaks against ranking and adding rows: no two tell of different deeds.

    A row that names none goes with any, but all there is goes not with what was added.
    """
    named = {deed for row in rows if (deed := deeds_of(row))}
    return of_one_unit(rows) and len(named) < 2 and not (named & _PARTS and _tells_stock(rows))


_REACHED = frozenset({"惠及"})
_PARTS = {frozenset({"新增"}), _REACHED}
"""Deeds that are done to a part: what was added, whom something reached."""


def of_near_calibre(rows: Sequence[Figure]) -> bool:
    """Whether rows of named places may be computed with all the same, said to be of calibres that differ a little.

    Their deeds overlap (新建 and 新建及改造), or all tell of what was newly acknowledged (认定, 入库, 新增).
    """
    told = [deed for row in rows if (deed := deeds_of(row) - {"实施"})]
    acknowledged = frozenset(words("same", "acknowledged"))
    near = all(one & other or one | other <= acknowledged for one in told for other in told)
    summed = {row.measure == "累计" for row in rows}
    of_stock = _tells_stock(rows) and any("新增" in deed for deed in told)
    return near and len(summed) == 1 and not of_stock and of_one_unit(rows)


def _tells_stock(rows: Sequence[Figure]) -> bool:
    """Whether a row is of all there is: an amount that no deed made."""
    return any(row.measure == "总量" and not deeds_of(row) for row in rows)


def told_apart(row: Figure, told: Sequence[Figure]) -> bool:
    """Whether a report gives another amount for another deed of a row's thing: 新建25.2万亩、改造提升20.3万亩高标准农田."""
    thing, own = _thing(row), deeds_of(row)
    alike = (one for one in told if (one.unit, one.period, one.kind) == (row.unit, row.period, row.kind))
    return bool(own) and any(
        deeds_of(one) not in (own, frozenset()) and _thing(one) == thing for one in alike
    )


def _thing(row: Figure) -> str:
    return _deed_words()[0].sub("", as_reports_write(fold(row.indicator)))


def counted_alike(families: frozenset[str]) -> bool:
    """Whether numbers of these unit families count one kind of thing: 充电桩 in 个 and in 台, but no 套 or 户."""
    units = families - {"number"}  # 478.7万 leaves out 人
    anything, things = words("counter", "anything"), words("counter", "things")
    return len(units) < 2 or (units <= {*anything, *things} and len(units - {*anything}) < 2)


def of_one_unit(rows: Sequence[Figure]) -> bool:
    """Whether rows are in one unit, or count in 个 and another plain counter (充电桩300台, 1169个); of a month or of a year alike."""
    paid = {row.per for row in rows if row.per}
    return len(paid) < 2 and counted_alike(frozenset(unit_family(row.unit) for row in rows))


OTHER = 3
"""Unasked pairs (four characters) from which a row is of something narrower or else."""


def unasked(row: Figure, question: str) -> list[str]:
    """The pairs of a row's name beside its indicator and deed that were not asked: 老旧小区“瓶改管”改造.

    A level that was not asked (市层面重大项目) makes it another thing by itself.
    """
    if row.canonical:
        return []
    own = as_reports_write(fold(row.indicator))
    own = of_thing(own, (*indicators_in(BESIDE.sub(" ", own)), *words("subject", "verbs")))
    said = pairs_of(question)
    level = ["层面"] * OTHER if "层面" in row.indicator and "层面" not in question else []
    return level + [pair for pair in bigrams(own) if len(pair) > 1 and pair not in said]


def of_thing(name: str, without: Iterable[str] = ()) -> str:
    """What a name is of: without adverbs, levels, brackets and deeds, and without some words."""
    bare = BESIDE.sub(" ", name)
    for word in without:
        bare = bare.replace(word, " ")
    return pattern("predicate", "reach").sub(" ", _deed_words()[0].sub(" ", PHRASING.sub("", bare)))


ADVERBS = regex("same", "adverbs")
BESIDE = re.compile(rf"{ADVERBS.pattern}|层面|(?:国家|自治区|省|市|县|区)级?")
"""What makes no other thing of it: adverbs, levels, whom it is for."""

PHRASING = regex("same", "phrasing")
"""Brackets and words that narrow nothing: 企业提出的问题."""


def comparable(
    rows: Sequence[Figure], question: str, dealt: frozenset[Figure] = frozenset(), *, near: bool = False
) -> list[Figure]:
    """The rows of what the folded question names, as far as any are: its bearer, its deed, and it alone.

    ``dealt`` are rows of several things that have the value each: 蔬菜基地、示范区各6个. With ``near`` a deed
    may differ a little.
    """
    kept = _of_bearer(rows, question)
    plain = [row for row in kept if row in dealt or len(unasked(row, question)) < OTHER] or kept
    alone = [row for row in plain if row in dealt or not _bundled(row, pairs_of(question))] or plain
    alone = of_stage(alone, question) or alone
    of_deed = [row for row in alone if is_of_deed(row, question)]
    return alone if near and of_near_calibre(alone) else of_deed or alone


_SIGNED = re.compile(r"签约|合同|协议|总投资|投资总额")


def of_stage(rows: Sequence[Figure], question: str) -> list[Figure]:
    """Where the question is after what was signed for, the rows of that: not what was spent (完成投资)."""
    if not re.search(r"签约|合同|协议", question):
        return list(rows)
    return [row for row in rows if unit_family(row.unit) != "money" or _SIGNED.search(row.indicator)]


def is_of_deed(row: Figure, question: str) -> bool:
    """Whether a row is of the deed that the folded question names, if it names one and the row does.

    Whom something reached (惠及企业2万户) is no number of all there are, nor is what came in a year, where
    有多少 is asked.
    """
    asked, own = deeds(question), deeds_of(row)
    of_all = regex("asked", "there_is").search(question) and not regex("same", "in_a_year").search(question)
    if not asked and own & {*words("same", "came")} and of_all:
        return False
    return own in (asked, frozenset()) or (not asked and own != _REACHED)


def _of_bearer(rows: Sequence[Figure], question: str) -> list[Figure]:
    """Rows of the part of a place that the question names (中心城区), else of whole places, else all."""
    whole = [row for row in rows if not row.subject or is_measured_in_town(row)]
    named = [row for row in rows if row not in whole and row.subject in question]
    return named or whole or list(rows)


def is_measured_in_town(row: Figure) -> bool:
    """Whether a value that is measured in the town stands for the whole place: 市区PM2.5平均浓度."""
    return row.canonical in words("figure", "of_town") and bool(_TOWN.fullmatch(row.subject))


_TOWN = re.compile("市区|城区|中心城区|主城区|县城|城市(?:环境)?")


def _bundled(row: Figure, said: frozenset[str]) -> bool:
    """Whether an amount is of several things together, one of them unasked: 减税降费及退税缓费."""
    if not row.is_amount:
        return False
    bare = pattern("subject", "verbs").sub(" ", _deed_words()[0].sub(" ", fold(row.indicator)))
    members = [part.strip() for part in re.split(r"[、和及与]|以及", re.sub(r"（[^）]*）", "", bare))]
    if len([part for part in members if len(part) > 1]) < 2:
        return False
    begun = {pair[0] for pair in said}
    return any(
        len(part) > 1
        and not said & {*bigrams(part), *pairs_of(part)}
        and not (len(part) == 2 and part[0] in begun)  # 风力 for 风电
        for part in members
    )


_STAGE = re.compile(r"(?:新开工|开工|续建|竣工|投产)(?=[\u4e00-\u9fff])")
_GROWTH = re.compile(r"增速|增幅|涨幅|增长率")
OTHER_STAGE = 0.1
OTHER_RANK = 0.3


def aside(row: Figure, question: str) -> float:
    """What a row loses that tells of another stage than the question, or of the place of a growth and not of the amount.

    竣工重点项目 is aside for 重点项目, 总量居第六 for 增速排第几; either answers where there is no other.
    """
    stage = _STAGE.match(row.indicator)
    lost = OTHER_STAGE if stage and stage[0].removeprefix("新") not in question else 0.0
    grown = bool(_GROWTH.search(row.indicator)) != bool(_GROWTH.search(question))
    return lost + (OTHER_RANK if row.measure == "排名" and grown else 0.0)
