"""Two values of each place that a question holds against each other or adds.

今年的目标比去年实际高多少 (two times), 城镇居民收入比农村高多少 (two things), 人大建议加政协提案一共几件 (their sum).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from qa.horizons import MEAN, PLAN_NAMES, horizons_in, span_of, without_horizons
from qa.indicator_names import indicators_in, indicators_meant, sibling, spread
from qa.lexicon import indicators, pattern, piece, regex, words
from qa.operation import condition_in
from qa.quantity import MAGNITUDES
from qa.question_parts import parts_of, time_of
from qa.question_times import relative_years
from qa.text import is_unit, unit_family
from qa.text import years as named_years
from qa.types import Ask, Kind, Pair
from qa.wording import VERBS_ONLY, content_of
from qa.year_parts import YEAR_PART

PLACE = "\ue010"
"""Stands for each character of a place's name in the text that is read here."""

MAX_CHARS = 150
"""A longer question holds more than one pair, or none."""

_MEAN = re.compile(MEAN)
_ASKED = re.compile(r"多少|几")

_DEEDS = "|".join(words("subject", "verbs"))
_END = r"[^，。；？?]"
_TOTAL = piece("asked", "total")
_MORE, _LESS = piece("pair", "more"), piece("pair", "less")
_GAP = rf"(?<!多)(?P<gap>{_MORE}|{_LESS})(?:得|出|了|过)?(?:些|一些|一点)?(?=多少|[吗没最？?，。的\d]|几|还是|百分|{_END}{{1,6}}(?:多少|几)|$)"
_BOUNDS = "|".join(
    sorted({*words("condition", "above"), *words("condition", "below")} - {"过", "超", "突破"}, key=len)[::-1]
)

_NOT_WITH = "".join(rf"(?<![和与跟同]{year})" for year in ("[去今上前]年", r"\d{4}", r"\d{4}年"))
"""和去年比 has its first side before 和."""

_WITH = "和|与|跟|(?<![合共如相协连不等随会])同(?![期步样业学志类])"

_FORMS: tuple[tuple[Literal["difference", "total", "ratio"], re.Pattern[str]], ...] = (
    ("ratio", re.compile(rf"^(?P<a>.+?)是(?P<b>{_END}+?)的?(?:几|多少)倍(?P<tail>.*)$")),
    (
        "ratio",
        re.compile(
            rf"^(?P<a>.+?)[和与跟、](?P<b>{_END}+?)(?:之比|的?比值|的比(?![重，]|是?又?(?:[多少高低快慢]了|[多高快]还是|[增减升降涨跌]|[上下]调|调[高低]))|的?倍数)(?:是|为)?(?P<tail>.*)$"
        ),
    ),
    (
        "total",
        re.compile(
            rf"^(?P<a>.*?)(?:加上?|和|与|跟|及|以及|、|\+)(?P<b>{_END}+?)[，,]?[{PLACE}\s两者项]*{_TOTAL}(?P<tail>.*)$"
        ),
    ),
    (
        "total",
        re.compile(
            rf"^(?P<a>.+?)(?<![增追添参叠])(?:加上?(?![快大强工装入密])|\+)(?P<b>{_END}+?)(?:是|等于|有)?(?P<tail>(?:多少|几).*)$"
        ),
    ),
    (
        "difference",
        re.compile(
            rf"^(?P<a>.*?)[，,]?(?:{_WITH})(?P<b>{_END}{{1,24}}?)(?:相比较?|相较|比起来|比较|对比|比(?![重例率值]))(?P<tail>.*)$"
        ),
    ),
    (
        "difference",
        re.compile(
            rf"^(?P<a>.*?)(?:分别|各自?|都|又)?(?:[办建修做涨长增跌降]得)?{_NOT_WITH}(?<![占同环对之百相])(?:比起?(?![重例率值较])|相?较)(?P<b>{_END}+?)(?:实际)?(?:{piece('pair', 'most')}|是|更|要)?(?:{_GAP}|(?=呢|如何|怎么?样))(?P<tail>.*)$"
        ),
    ),
    (
        "difference",
        re.compile(
            rf"^(?P<a>.+?)(?P<bound>{_BOUNDS})了?(?P<b>{_END}+?)(?P<tail>(?:的|吗|多少|几|[？?，。]|$).*)$"
        ),
    ),
    (
        "difference",
        re.compile(rf"^从?(?P<a>.+?)到(?P<b>{_END}+?)(?:变化|{_GAP})(?P<tail>.*)$"),
    ),
    (
        "difference",
        re.compile(
            r"^(?P<a>.+? in \S+)(?P<both>.*?) (?:than|compared (?:with|to)) (?P<b>[^?？.]+)(?P<tail>.*)$"
        ),
    ),
)

_APART = re.compile(
    rf"^(?P<a>.+?)(?:{_WITH}|、|vs\.?)(?P<b>{_END}+?)(?P<tail>(?:之间|相差|的?差距|的?差额|之差|的?差(?=多少|多[大远]|几|了|是|最)).*)$"
)
_BESIDE = re.compile(
    rf"^(?P<a>.+?)(?:{_WITH}|、|vs\.?)(?P<b>{_END}+?)(?P<tail>(?:哪一?{piece('pair', 'which')}|谁|变化).*)$"
)
"""Two things named side by side: held against each other where no places are."""

_BOTH_KINDS = re.compile(
    r"城乡(?:常住)?(?:居民)?(?P<thing>(?:人均)?(?:可支配)?收入)(?:之间)?的?(?:之|相)?(?P<how>差|比(?!重|例|上|值))"
)
"""城乡收入差多少 names two incomes."""

_NO_CONTENT = re.compile(rf"{piece('pair', 'no_content')}*")
_AT_LARGE = re.compile(
    r"^(?:年度|年初|预期|预定)?(?:全[国区省市县州]|同期|平均|目标|计划|预期)|多少|几"
    rf"|^{YEAR_PART}末?[加提]?$|^第[一二三四五六七八九十]名?$|^最[高低多少快慢大小]的"
)
"""A second side that is none: reports state 高于全国, and whether their own aim was met."""


_ATTAINED, _AIM, _OR_NOT = (piece("pair", key) for key in ("attained", "aim", "or_not"))
_MET = (
    re.compile(rf"^(?P<a>.+?)的?{_ATTAINED}(?P<thing>[^，。；？]{{0,12}}?){_AIM}{_OR_NOT}"),
    re.compile(rf"^(?P<a>.+?)(?P<thing>){_AIM}{_ATTAINED}{_OR_NOT}"),
    re.compile(
        rf"^(?P<a>.+?)(?P<thing>)比{_AIM}{piece('pair', 'beside_aim')}(?:出|了)?(?:多少|几)(?P<tail>.*)$"
    ),
)
"""电子信息产业完成目标了没, 粮食目标实现了吗: what came out beside what was aimed at."""


_GROWN = piece("pair", "grown")
_WENT = rf"(?P<how>{piece('pair', 'went')})出?了?(?:多少|几)(?P<tail>[^，。；？?]{{0,10}})[。？?]?$"
_SINCE = re.compile(
    rf"^(?P<of>.+?)[，,]?(?:比|较|跟|和|与)(?P<then>20\d\d年[末底]?|(?:{PLAN_NAMES})期?末|[三四五十]年前)(?:时|相?比)?[，,]?(?:{_WENT})"
)
_OVER = re.compile(rf"^(?P<of>.+?)(?:{_WENT})")
"""上市公司比2020年多了多少家, 高新技术企业五年增加了多少家: how far one thing went."""


def _moved(question: str, base: int) -> Pair | None:
    """What there was in the year reviewed and at the beginning of several years; None if the way is not asked for."""
    since = _SINCE.match(question)
    spans = [one for one in horizons_in(question, base) if one.span[-4:] == str(base - 1)]
    match = since or (_OVER.match(without_horizons(question)) if len(spans) == 1 else None)
    if match is None or re.search(r"\d{4}年|[去今前明上]年" if since else "比|较|目标", match["of"]):
        return None  # held against another time, or an aim
    starts = time_of(match["then"], base)[0] if since else (int(spans[0].span[:4]) - 1,)
    tail = match["tail"].replace(PLACE, " ")
    unit = next(
        (tail[:n] for n in range(len(tail), 0, -1) if is_unit(tail[:n]) or tail[:n] in MAGNITUDES), ""
    )
    rate = unit_family(unit) in ("percent", "point")
    if re.fullmatch(_GROWN, match["how"]) and (not unit or rate):
        return None  # 增长了多少 is a rate, which no difference is
    thing = f"{match['of'].replace(PLACE, ' ')} {tail[len(unit) :]}"
    asked = f"{' '.join(content_of(thing).split())} 多少{'' if rate else unit}"
    terms = tuple(content_of(thing).split())
    if len(starts) != 1 or starts[0] >= base - 1 or not terms or pattern("compare", "ask").search(thing):
        return None
    now = Ask(asked, terms, kind="actual", years=(base - 1,))
    return Pair("difference", (now, replace(now, years=starts)), moved=True)


def marked(text: str, bare: str) -> str:
    """A folded question with PLACE for what is blank only in ``bare``; ``bare`` where it was put together anew."""
    if len(text) != len(bare):
        return bare
    return "".join(PLACE if blank == " " != said else said for said, blank in zip(text, bare, strict=True))


_PLACE_LAST = re.compile(rf"^(?P<years>20\d\d年[和与跟、]20\d\d年)的?(?P<place>{PLACE}+)")
"""2030年和2032年某市的…: the place before its two years."""


def pair_of(question: str, base: int, *, several: bool, before: Ask) -> Pair | None:
    """Read a folded question with PLACE for the characters of places; None if it holds no two values together.

    ``base`` is the year of the newest report, ``several`` whether the question is about more than one place,
    ``before`` has the time, and of a follow-up the content, that it leaves out.
    """
    if len(question) > MAX_CHARS or pattern("cause", "ask").search(question):
        return None
    question = regex("pair", "at_least").sub("", question)
    text = question = _PLACE_LAST.sub(r"\g<place>\g<years>", question)
    if margin := condition_in(
        question
    ):  # 高2个百分点以上的市: a bound of the difference, the sum, or the values
        if not re.search(rf"(?:{_MORE}|{_LESS})(?:出|了)?$|{_TOTAL}$", question[: margin.start]):
            return None
        text = question[: margin.start] + question[margin.end :]
    if not several and (found := _met(text, base, before) or _moved(text, base)):
        return found
    text, kinds = _BOTH_KINDS.subn(r"城镇居民\g<thing>和农村居民\g<thing>的\g<how>", spread(text))
    side_by_side = (_APART,) if kinds or "最" in text else ()
    for how, form in (
        *_FORMS,
        *(("difference", one) for one in (side_by_side if several else (_APART, _BESIDE))),
    ):
        if (match := form.match(text)) and (sides := _sides(match, base, before)):
            return Pair(how, _in_parts(sides, match), _bound(match))
    return None


_EACH = re.compile(r"各|分别|都")


def _in_parts(sides: tuple[Ask, Ask], match: re.Match[str]) -> tuple[Ask, Ask]:
    """Both sides with the several things that a difference is asked of each: A、B今年的目标各比去年少几家."""
    several = len(indicators_meant(spread(" ".join(sides[0].terms)))) > 1
    if sides[0].terms != sides[1].terms or not (several or _EACH.search(match[0])):
        return sides
    named = _EACH.sub("", match["a"]).replace(PLACE, " ").rstrip("，, ")
    parts = parts_of(f"{named}多少", Ask("", ()))
    asked = match["tail"].replace(PLACE, " ")
    first, second = (
        replace(
            side,
            parts=tuple(
                replace(side, text=f"{' '.join(part.terms)} {asked}", terms=part.terms) for part in parts
            ),
        )
        for side in sides
    )
    return first, second


def _met(question: str, base: int, before: Ask) -> Pair | None:
    """The result and the aim of one past year, for whether the aim was met."""
    match = next(filter(None, (form.match(question) for form in _MET)), None)
    if match is None or not _plain_tail(match["tail"].replace(PLACE, " ")):
        return None
    if re.search(
        r"多少|几|哪|什么|怎", match["a"] + match["thing"]
    ):  # 完成了多少任务 asks for the result alone
        return None
    asked = _side((match["a"] + match["thing"]).replace(PLACE, " "), base)
    years = asked.years or before.years or (base - 1,)
    if not asked.terms or len(years) != 1 or years[0] >= base:
        return None
    result = replace(asked, text=" ".join(asked.terms), years=years, kind="actual")
    return Pair("difference", (result, replace(result, kind="target")), "")


def _bound(match: re.Match[str]) -> Literal["", "above", "below"]:
    """Whether places are picked: 目标低于去年实绩的市, 今年比去年少的有哪些."""
    said = match.groupdict().get("bound")
    if said and not _ASKED.match(match["tail"]):
        return "above" if said in words("condition", "above") else "below"
    gap = match.groupdict().get("gap")
    if gap and match[0][: match.start("gap")].endswith("最"):
        return ""  # 提得最多的是哪个市: all in their order
    if gap and re.match(r"的|[？?，。]?$", match["tail"]):
        return "above" if re.fullmatch(_MORE.replace("(?!少)", ""), gap) else "below"
    return ""


def _sides(match: re.Match[str], base: int, before: Ask) -> tuple[Ask, Ask] | None:
    """Both sides with what one leaves to the other: its content, its time, the end of its name."""
    if PLACE in match["b"] or _AT_LARGE.search(match["b"]) or regex("group", "every").search(match["b"]):
        return None  # places are held against each other, or against the country
    one, other, tail = _read(match, base)
    if not one.terms and before.terms:  # 比农村高多少, 和去年比 after a question
        one = replace(one, terms=before.terms) if one.years or one.kind else before
    if not one.terms and not other.terms:  # 2024年比2023年多接待多少游客
        one = replace(one, terms=tuple(content_of(tail).split()))
    elif not _plain_tail(tail):
        return None
    one, other = _deed_left(one, other), _deed_left(other, one)
    if one.years and re.match(r"(?:上一?|[前头]一)年", match["b"].replace(PLACE, "")):
        if one.kind != "target":
            return None  # 2023年比上年减少多少: the report of that year says it
        other = replace(other, years=(one.years[0] - 1,), kind=other.kind or "actual")
    own = before if _time(before) not in (_time(Ask("", ())), _time(other)) else other
    one, other = _timed(one, own, before), _timed(other, one, before)  # 进出口呢，比去年高还是低 after an aim
    if one.terms and other.terms:
        named = _named(one, other)
    else:
        terms, text = one.terms or other.terms, f"{one.text} {other.text}"
        named = replace(one, terms=terms, text=text), replace(other, terms=terms, text=text)
    if named is None or not named[0].terms or _same(*named):
        return None
    asked = re.sub(rf"还是|{_TOTAL}|(?:几|多少)个?(?:百分)?点", " ", tail)
    money = [name for name in indicators_in(" ".join(named[0].terms)) if indicators()[name].unit == "money"]
    if money and match.groupdict().get("gap") in ("多", "少") and not re.search("点|%|百分|增", match[0]):
        asked += " 总量"  # GDP比去年多多少 is told by no growth
    first, second = (
        replace(side, text=f"{side.text if side.span else _MEAN.sub(' ', side.text)} {asked}")
        for side in named
    )
    return first, second


def _deed_left(side: Ask, other: Ask) -> Ask:
    """A side of only a deed or a measure and its own time is of what the other names: 今年的贷款目标 beside 去年投放的."""
    bare = rf"(?:{_DEEDS}|{piece('pair', 'how_much')})+"
    alone = side.terms and all(re.fullmatch(bare, term) for term in side.terms)
    timed = (side.years, side.kind) not in (((), None), (other.years, other.kind))
    return replace(side, terms=()) if alone and timed and other.terms else side


def _time(side: Ask) -> tuple[Kind | None, tuple[int, ...], str]:
    return side.kind, side.years, side.span


def _same(one: Ask, other: Ask) -> bool:
    return one.terms == other.terms and _time(one) == _time(other)


def _read(match: re.Match[str], base: int) -> tuple[Ask, Ask, str]:
    """The sides as said, and what follows; with nothing before 和去年比 the first stands behind it."""
    first, second, tail = (match[part].replace(PLACE, " ") for part in ("a", "b", "tail"))
    if not content_of(first) and not time_of(first, base)[0]:
        gap = re.search(_GAP, tail)
        cut = gap.start() if gap else len(tail)
        first, tail = tail[:cut], tail[cut:]
    one, other = _side(_with_noun(first, second), base), _side(_with_noun(second, first), base)
    if one.kind == "target" and re.fullmatch(r"\D{0,2}(?:\d{4}年|[去前今明上]一?年)度?的", second.strip()):
        other = replace(other, kind="target")  # 今年的目标比去年的: 去年的目标
    return one, other, tail


def _with_noun(side: str, other: str) -> str:
    """A deed alone is done to what the other side names: 新建 beside 改造提升高标准农田, 投放的 beside 普惠贷款."""
    own, named = ("".join(content_of(text).split()) for text in (side, other))
    noun = re.fullmatch(rf"(?:{_DEEDS})*的?(?P<noun>[\u4e00-\u9fff]{{2,}}?)的?(?:{_DEEDS})*", named)
    return f"{side}{noun['noun']}" if noun and re.fullmatch(rf"(?:{_DEEDS})+", own) else side


def _plain_tail(tail: str) -> bool:
    """Whether what follows asks nothing else: 多少万人次, 差多少亿？把数列出来."""
    chinese = re.search(r"[\u4e00-\u9fff]", tail)
    return not chinese or all(map(_NO_CONTENT.fullmatch, content_of(tail).split()))


def _side(text: str, base: int) -> Ask:
    said = text.strip("，。 ")
    years, kind = time_of(said, base)
    measured = said if _ASKED.search(said) else f"{said}多少"  # then the bare name of a plan is its time
    over = None if named_years(said) or relative_years(said) else span_of(measured, base)
    content = content_of(measured if over else said)
    terms = () if VERBS_ONLY.fullmatch(content) else tuple(content.split())
    if over:
        return Ask(said, terms, kind=kind or over.kind, span=over.span)
    return Ask(said, terms, kind=kind, years=years)


def _timed(one: Ask, other: Ask, before: Ask) -> Ask:
    """With the other's time, or the question's, where it has none of its own."""
    if one.years or one.kind or one.span:
        return one
    taken = other if other.years or other.kind or other.span else before
    return replace(one, years=taken.years, kind=taken.kind, span=taken.span)


_RESIDENTS = re.compile("(?:城镇|农村|城市|全体|城乡)(?:常住)?居民")
"""Of whom alone a side is: 农村居民 beside 城镇居民居住支出."""


_SHARE = "占比"


def _named(one: Ask, other: Ask) -> tuple[Ask, Ask] | None:
    """Two things by their full names: 农村 beside 城镇居民收入, the 产量 that only the second says."""
    sides = [one, other]
    for i, j in ((0, 1), (1, 0)):
        names = indicators_in(" ".join(sides[j].terms))
        if names and not indicators_in(" ".join(sides[i].terms)):
            full = sibling("".join(sides[i].terms), names[0])
            sides[i] = replace(sides[i], terms=(full,) if full else sides[i].terms)
    named = ["、".join(indicators_in(" ".join(side.terms))) for side in sides]
    for i, j in ((0, 1), (1, 0)):  # 三产比二产占比高多少
        if named[j].endswith(_SHARE) and f"{named[i]}{_SHARE}" in indicators():
            named[i] = f"{named[i]}{_SHARE}"
            sides[i] = replace(sides[i], terms=(named[i],))
    for i, j in ((0, 1), (1, 0)):
        own, full = ("".join(sides[at].terms) for at in (i, j))
        of_whom = _RESIDENTS.match(full)
        if _RESIDENTS.fullmatch(own) and of_whom and of_whom.end() < len(full):
            sides[i] = replace(sides[i], terms=(own + full[of_whom.end() :],))
    if all(name.endswith(_SHARE) and side.terms == (name,) for name, side in zip(named, sides, strict=True)):
        parts: Sequence[Ask] = sides
    else:
        parts = parts_of("、".join("".join(side.terms) for side in sides) + "多少", Ask("", ()))
    if len(parts) != 2:
        return None
    growth = next((m[0] for side in sides if (m := pattern("growth", "ask").search(side.text))), "")
    made = [
        replace(side, terms=part.terms, text=f"{' '.join(part.terms)} {growth}")
        for side, part in zip(sides, parts, strict=True)
    ]
    return made[0], made[1]
