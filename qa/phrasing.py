"""One figure in words: place, period, subject and the value as the report writes it."""

from __future__ import annotations

import re
from functools import cache

from qa.breakdowns import is_measured
from qa.clauses import AND_MORE, TITLED, verb_of
from qa.indicator_names import as_reports_write, indicators_in, self_words
from qa.lexicon import regex, words
from qa.match import Library
from qa.places import gazetteer, short_name
from qa.row import UNDEALT
from qa.subjects import counted_noun
from qa.text import MAGNITUDES, fold, quantities
from qa.types import Evidence, Figure
from qa.year_parts import part_of


def sentence(figure: Figure, place: str, library: Library) -> str:
    """ "2023年，合肥市地区生产总值增长6.1%": place, period, subject and the value as the report writes it."""
    return timed(figure, place, phrase(figure, place, library.text(figure.report_id)))


def timed(figure: Figure, place: str, said: str) -> str:
    """``said`` of a row with its place and year before it, as a target where it is one."""
    when = figure.when
    if figure.kind == "target":
        return f"{place}{when}的目标是：{said}"
    counted = re.match(r"\d", said) and not re.match(r"\d", figure.subject + figure.indicator)
    said = f"有{said}" if counted else said  # 有15家企业入围…, but 5G用户18万户
    own = said.startswith((short_name(place), *_provinces()))  # 云岭|云岭教育园区已有学校13所
    named = "" if own else place
    return f"{when}，{named}{said}" if when else f"{named}{said}"


@cache
def _provinces() -> tuple[str, ...]:
    """Provinces in full, which another one's report may tell of: 浙江省投入帮扶资金33.9亿元."""
    return tuple(place.name for place in gazetteer() if place.level == "province")


def phrase(figure: Figure, place: str, text: str) -> str:
    """Subject and value: the report's own clause where it stands alone, else put together from the row."""
    clause = text[figure.clause_start : figure.end]
    if figure.measure == "排名" and "分别" in clause:
        clause = text[
            figure.clause_start : figure.clause_end
        ]  # 总量、增速分别居第六、第二: one place alone misleads
    clause = without_time(figure, clause)
    if figure.measure == "排名" and len(clause) <= 70 and "。" not in clause:
        return bare(clause, place)
    whole = text[figure.clause_start : figure.clause_end].rstrip("，；。、,; ")
    if _TO_WHOM.fullmatch(fold(whole)):
        return bare(whole, place)
    if _is_named_with_others(figure, text):
        return f"{value_of(figure, text)}{figure.indicator}"
    if streak := _STREAK.search(figure.indicator):
        return f"{figure.subject}{figure.indicator[: streak.start()]}{_for_how_long(figure, text)}"
    before = text[figure.clause_start : figure.start]
    rest = _noun_after(text, figure)
    alone = (
        not re.search(r"[由从][^，]*$", before)
        and not quantities(fold(before))
        and ("分别" not in before or figure.comparator == UNDEALT)
        and not (figure.measure == "增量" and figure.canonical and fold(before).startswith("其中"))
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
    if TITLED.match(fold(text[figure.end : figure.clause_end])) and figure.measure == "总量":
        return f"{value}{name}"
    if held := HELD_AGAINST.search(name):
        return f"{name[: held.start()]}是{held['base']}的{value}"
    said = re.match(r"突破|超|近|约|不|逾|达", value) or verb_of(figure.indicator)
    verb = "" if said and _verb(figure) in ("为", "增加") else _verb(figure)
    verb = averaged(figure, text) + verb
    return f"{name}{verb}{value}"


_STREAK = re.compile(r"(?<=[\u4e00-\u9fff）])连续[\u4e00-\u9fff]{1,2}数$")


def _for_how_long(figure: Figure, text: str) -> str:
    """连续4年保持两位数增幅: how long, and what went on for so long."""
    begin = text.rfind("连续", figure.clause_start, figure.start)
    tail = re.match(r"[^，。；：！？]*", fold(text[figure.end : figure.end + 80]))
    told = re.sub("的(?:设区市|城市|市|县|区)$", "", tail[0]) if tail else ""
    return text[begin if begin >= 0 else figure.start : figure.end] + told


def without_time(figure: Figure, clause: str) -> str:
    """A clause of a figure without the time that it opens with, which is said before the place."""
    said = "|".join(filter(None, (figure.when, part_of(figure.period)))) or "-"
    own = figure.kind == "target" and figure.period == figure.report_id[:4]
    clause = re.sub(r"^今年，?(?![末底初内以])", "", clause) if own else clause
    return re.sub(rf"^(?:去年[末底]|(?:{said})，?(?![末底初度内]))", "", clause)


def _is_named_with_others(figure: Figure, text: str) -> bool:
    """Whether what a number counts was named something that stands behind the next: 4个|镇、40个村获评示范."""
    title = TITLED.search(figure.indicator)
    if title is None or not title.start() or figure.measure != "总量":
        return False
    after = fold(text[figure.end : figure.clause_end])
    return bool(re.match(re.escape(figure.indicator[: title.start()]) + AND_MORE, after))


_TO_WHOM = re.compile(
    r"[向为给对][\d.]+[万亿]?(?:户|人次?|名|家)[^\d，。；、]{2,24}[\d.]+[万亿]?(?:元(?:人民币)?|[套张个份台件])"
)
"""A clause of how many got how much, which is only whole together: 向9031户家庭发放补贴1905万元."""

_SAYS_GAIN = ("增收", "增产", "增值", "增幅", "减收", "减产", "减负")
"""Ends of names that say themselves that it is a gain or a loss: 户均增收4200元."""

HELD_AGAINST = re.compile(r"（相当于(?P<base>[^）]+)）$")
"""The end of the name of a value that is so many times, or so much of, that of another time (qa/rows.py)."""


def averaged(figure: Figure, text: str) -> str:
    """年均 where a growth is one a year over several: of 年均分别增长4.5%、3% each is."""
    said = re.split(r"[，；。]", fold(text[figure.clause_start : figure.start]))[-1]
    growth = figure.measure in ("增速", "降幅", "增量") and "年均" not in figure.indicator
    return "年均" if growth and re.search("年(?:均|平均)", said) else ""


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


_GAP = regex("head", "held_against")


def _is_gap_of_growth(figure: Figure) -> bool:
    """Whether points are those of growths: 地区生产总值增长6.1%，高于全国0.9个百分点、比上年提高2个百分点."""
    moved = figure.measure.startswith("变化") or _GAP.match(figure.measure)
    return bool(moved) and "百分点" in figure.unit and not figure.indicator.endswith(words("figure", "rates"))


def _follows_list(text: str, figure: Figure) -> bool:
    """Whether the value is one of several that stand together: 4.9%、8.3%、4.4%."""
    after = text[figure.end : figure.end + 1]
    return after in "、和" and bool(re.match(r"[、和]\s*[\d０-９]", text[figure.end : figure.end + 3]))


def _noun_after(text: str, figure: Figure) -> str:
    """What a number counts, when the noun stands behind it: 88个|项目开工."""
    behind = text[figure.end : figure.clause_end]
    tail = re.match(r"[^，。；：！？]{0,40}", fold(behind))
    rest = re.sub(r"[（(][^）)]*$|[“「][^”」]*$", "", behind[: tail.end()]) if tail else ""
    if further := quantities(fold(rest)):  # 等5个|保障性住房和鸡村等8个项目, 195所|学校243个校区
        rest = counted_noun(re.split(r"[、和及与]", rest[: further[0].start])[0])
        rest = rest if 2 <= len(rest) <= MAX_NOUN and not quantities(fold(rest)) else ""
    return rest if rest and not rest.startswith(("、", "和", "，")) else ""


MAX_NOUN = 12
"""Characters of the noun behind a number where further things are counted behind it."""


def bare(clause: str, place: str) -> str:
    """A clause without 其中 and the like and without the name of the report's own place."""
    done = re.sub(r"^(?:[—\-\s、，]|其中[，：]?|此外，?|同时，?)+", "", clause)
    for word in sorted({*self_words(place), place}, key=len, reverse=True):
        if done.startswith(word):
            return done[len(word) :]
    short = short_name(place)
    rest = done.removeprefix(short)
    standard = as_reports_write(fold(rest))
    named = standard.startswith(indicators_in(standard[:16]))
    return rest if named and done.startswith(short) else done  # 海棠港货物吞吐量 keeps its 海棠


def _verb(figure: Figure) -> str:
    if figure.is_growth:
        if "持平" in figure.comparator or "同步" in figure.comparator:
            return ""
        if figure.comparator == "翻番":
            return "实现"
        return "下降" if figure.measure == "降幅" else "增长"
    if _GAP.match(figure.measure):
        return figure.measure
    if figure.measure.startswith("比") and figure.measure != "比率":
        return re.sub(r"(?:变化|增速|降幅)$", "提升", figure.measure)
    if figure.measure == "增量" and figure.indicator.endswith(_SAYS_GAIN):
        return ""
    if figure.measure == "增量":
        return "减少" if figure.value < 0 else "增加"
    if figure.measure == "占比" and _PART_OF.search(figure.indicator):
        return "的"
    return {"排名": "排名", "变化": "下降" if figure.value < 0 else "提高", "占比": "为"}.get(
        figure.measure, "为"
    )


_PART_OF = re.compile(r"占[^，]+(?<!比)(?<!比重)(?<!比例)(?<!份额)$|完成[^，]*(?:任务|计划)$")
"""The end of a name whose value is a part of what it ends in: 产量占全国|的83%."""


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
