"""One figure in words: place, period, subject and the value as the report writes it."""

from __future__ import annotations

import re

from qa.breakdowns import is_measured
from qa.clauses import verb_of
from qa.indicator_names import as_reports_write, indicators_in, self_words
from qa.match import Library
from qa.places import short_name
from qa.row import UNDEALT
from qa.text import MAGNITUDES, fold, quantities
from qa.types import Evidence, Figure


def sentence(figure: Figure, place: str, library: Library) -> str:
    """ "2023年，合肥市地区生产总值增长6.1%": place, period, subject and the value as the report writes it."""
    return timed(figure, place, phrase(figure, place, library.text(figure.report_id)))


def timed(figure: Figure, place: str, said: str) -> str:
    """``said`` of a row with its place and year before it, as a target where it is one."""
    when = f"{figure.period}年" if figure.period else ""
    if figure.kind == "target":
        return f"{place}{when}的目标是：{said}"
    return f"{when}，{place}{said}" if when else f"{place}{said}"


def phrase(figure: Figure, place: str, text: str) -> str:
    """Subject and value: the report's own clause where it stands alone, else put together from the row."""
    clause = text[figure.clause_start : figure.end]
    if figure.measure == "排名" and "分别" in clause:
        clause = text[
            figure.clause_start : figure.clause_end
        ]  # 总量、增速分别居第六、第二: one place alone misleads
    clause = re.sub(
        rf"^{figure.period or '-'}年，?(?![末底初度内])", "", clause
    )  # it is said before the place
    if figure.measure == "排名" and len(clause) <= 70 and "。" not in clause:
        return bare(clause, place)
    if _TO_WHOM.fullmatch(whole := text[figure.clause_start : figure.clause_end].rstrip("，；。、 ")):
        return bare(whole, place)
    before = text[figure.clause_start : figure.start]
    rest = _noun_after(text, figure)
    alone = (
        not re.search(r"[由从][^，]*$", before)
        and not quantities(fold(before))
        and ("分别" not in before or figure.comparator == UNDEALT)
        and "。" not in before
        and len(clause) <= 70
        and names_itself(figure, clause + rest)
        and not unit_elsewhere(figure, text)
    )
    if alone and not _follows_list(text, figure):
        return bare(clause + rest, place)
    name, value = f"{figure.subject}{figure.indicator}", value_of(figure, text)
    if _is_gap_of_growth(figure):
        name += "增速"
    if held := HELD_AGAINST.search(name):
        return f"{name[: held.start()]}是{held['base']}的{value}"
    said = re.match(r"突破|超|近|约|不|逾|达", value) or verb_of(figure.indicator)
    verb = "" if said and _verb(figure) in ("为", "增加") else _verb(figure)
    verb = averaged(figure, text) + verb
    return f"{name}{verb}{value}"


_TO_WHOM = re.compile(
    r"[向为给对][\d.０-９]+[万亿]?[户人名家][^\d，。；、]{2,24}[\d.０-９]+[万亿]?[元套张个份台件]"
)
"""A clause of how many got how much, which is only whole together: 向9031户家庭发放补贴1905万元."""

HELD_AGAINST = re.compile(r"（相当于(?P<base>[^）]+)）$")
"""The end of the name of a value that is so many times, or so much of, that of another time (qa/rows.py)."""


def averaged(figure: Figure, text: str) -> str:
    """年均 where a growth is one a year over several: of 年均分别增长4.5%、3% each is."""
    said = re.split(r"[，；。]", text[figure.clause_start : figure.start])[-1]
    growth = figure.measure in ("增速", "降幅", "增量") and "年均" not in figure.indicator
    return "年均" if growth and "年均" in said else ""


def names_itself(figure: Figure, clause: str) -> bool:
    """Whether the clause says its whole subject, and does not leave its beginning to the one before."""
    if figure.comparator == UNDEALT:
        return True
    said = fold(clause)
    calibre = re.search(r"（(.+)）$", figure.indicator)
    if calibre and fold(calibre[1]) not in said:
        return False  # 排除水电行业影响 stands in a clause of its own, before
    name = fold(figure.indicator)
    told = re.split(r"\d", said)[0].removeprefix("其中")
    if told and told != name and verb_of(told) == told:
        return False  # 续建128个 leaves out of what
    whole = name[:2] in said and (name[-2:] in said or not is_measured(name))  # 第三产业16.9亿千瓦时 does not
    return whole or bool(figure.canonical and figure.canonical in as_reports_write(said))


_GAPS = ("高于", "低于", "快于", "慢于", "好于", "优于", "高出", "低出")
_RATES = ("率", "度", "比重", "占比", "比例", "增速", "增幅", "涨幅", "降幅", "指数", "水平", "强度", "比值")


def _is_gap_of_growth(figure: Figure) -> bool:
    """Whether points are those of growths: 地区生产总值增长6.1%，高于全国0.9个百分点、比上年提高2个百分点."""
    moved = figure.measure.startswith((*_GAPS, "变化"))
    return moved and "百分点" in figure.unit and not figure.indicator.endswith(_RATES)


def _follows_list(text: str, figure: Figure) -> bool:
    """Whether the value is one of several that stand together: 4.9%、8.3%、4.4%."""
    after = text[figure.end : figure.end + 1]
    return after in "、和" and bool(re.match(r"[、和]\s*[\d０-９]", text[figure.end : figure.end + 3]))


def _noun_after(text: str, figure: Figure) -> str:
    """What a number counts, when the noun stands behind it: 88个|项目开工."""
    tail = re.match(r"[^，。；：！？]{0,40}", text[figure.end : figure.clause_end])
    rest = re.sub(r"（[^）]*$|“[^”]*$", "", tail[0]) if tail else ""
    if further := quantities(fold(rest)):  # 等5个|保障性住房和鸡村等8个项目, 195所|学校243个校区
        rest = re.split(r"[、和及与]", rest[: further[0].start])[0]
        rest = rest if 2 <= len(rest) <= MAX_NOUN and not quantities(fold(rest)) else ""
    return rest if rest and not rest.startswith(("、", "和", "，")) else ""


MAX_NOUN = 12
"""Characters of the noun behind a number where further things are counted behind it."""


def bare(clause: str, place: str) -> str:
    """A clause without 其中 and the like and without the name of the report's own place."""
    done = re.sub(r"^(?:[—\-\s]|其中[，：]?|此外，?|同时，?)+", "", clause)
    for word in sorted({*self_words(place), place}, key=len, reverse=True):
        if done.startswith(word):
            return done[len(word) :]
    short = short_name(place)
    rest = done.removeprefix(short)
    standard = as_reports_write(fold(rest))
    named = standard.startswith(indicators_in(standard[:16]))
    return rest if named and done.startswith(short) else done  # 海棠港货物吞吐量 keeps its 海棠


def _verb(figure: Figure) -> str:
    if figure.measure in ("增速", "降幅"):
        if "持平" in figure.comparator or "同步" in figure.comparator:
            return ""
        if figure.comparator == "翻番":
            return "实现"
        return "下降" if figure.measure == "降幅" else "增长"
    if figure.measure.startswith(_GAPS):
        return figure.measure
    if figure.measure.startswith("比") and figure.measure != "比率":
        return re.sub(r"(?:变化|增速|降幅)$", "提升", figure.measure)
    if figure.measure == "增量":
        return "减少" if figure.value < 0 else "增加"
    return {"排名": "排名", "变化": "下降" if figure.value < 0 else "提高", "占比": "为"}.get(
        figure.measure, "为"
    )


def value_of(figure: Figure, text: str) -> str:
    """The value phrase as written, with the unit it shares with its neighbours: 0.9个百分点, 10.6万平方公里."""
    written = text[figure.start : figure.end]
    if not unit_elsewhere(figure, text):
        return written
    found = quantities(fold(written))
    unit = figure.unit[len(found[0].unit) if found else 0 :]
    bound = figure.comparator if written.endswith(figure.comparator) else ""
    return f"{written.removesuffix(bound)}{unit}{bound}"  # 6左右 of a cell: 6%左右


def unit_elsewhere(figure: Figure, text: str) -> bool:
    """Whether a value has its unit from a neighbour, or from a cell or the header of a table."""
    written = fold(text[figure.start : figure.end])
    found = quantities(written) or re.fullmatch(r"[\d.,]+", written)
    shared = found[0].unit if isinstance(found, list) else ""
    short = shared in MAGNITUDES and shared != figure.unit and figure.unit.startswith(shared)
    return bool(figure.unit and found and (not shared or short))


MAX_ABOVE = 60
"""Lines of a table that may stand between a cell and its header."""


def unit_lines(figure: Figure, library: Library) -> list[Evidence]:
    """The line above a table's cell that gives its unit: a header with （%）, a title with 单位：元; [] for other rows."""
    if not unit_elsewhere(figure, library.text(figure.report_id)):
        return []
    above = library.paragraphs(figure.report_id)[
        max(0, figure.paragraph - 1 - MAX_ABOVE) : figure.paragraph - 1
    ]
    for line in reversed(above):
        if "。" in line.text:
            break
        if _UNIT_GIVEN.search(line.text) and figure.unit.lstrip("万亿") in line.text:
            return [Evidence(figure.report_id, line.number, line.start, line.end)]
    return []


_UNIT_GIVEN = re.compile(r"单位|[（(][^（）()]*[)）]")
