"""The time that each paragraph of a report tells of: a year or a span of years, done or planned.

Decided from the inside out: a clause's own year, the opening of its sentence, the opening of its paragraph, its
headings from the inner to the outer, and last the part of the report. A paragraph that announces others
("刚刚过去的2022年，我们办成了这些大事：") counts as a heading of what follows it in its section; so does, in a
section headed by two times (过去五年和2022年工作回顾), every paragraph that opens with one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.horizons import PLAN_NAMES, plan_years
from qa.lexicon import piece
from qa.sections import announces
from qa.text import YEAR_SAID, fold, split_sentences, whole_number, year_said, years
from qa.types import Kind, Paragraph, Report, looks_back_on
from qa.year_parts import BULLETIN, RELEASE, part_of, release_time, tells_own_year

Time = tuple[Kind, str]
"""Kind and period: ("actual", "2022"), ("target", "2023—2027")."""

PLAN = "规划纲要"
_OPENING = 14
"""How far into a sentence the words that say its time may begin."""
_SAYING = 48
_TOLD = re.compile(r"\d[^。；]*[。；]")
"""A sentence that states a figure: what opens the next one says nothing of it."""
_SAID = re.compile(
    r"(?:(?:过去|这|近|最近)的?(?P<past>[两三四五])年|(?P<since>[两三四五])年(?:多)?来|(?P<term>本届政府))"
    r"|(?:^|(?<=年[、和及与]))(?P<also>[三四五])年(?=来?的?主?要?工作|[、和及与来]|发展|成就)"
    r"|(?:今后|未来)的?(?P<ahead>[两三四五])年"
    r"|这是[^。，]{2,24}的(?P<were>[两三四五])年(?=[。，！；])"
    rf"|“?(?P<plan>{PLAN_NAMES})”?(?:时期|期间|奋斗目标|主要目标|发展|以来|(?=[和及、]))"
    r"|(?P<last>去年(?!末|底|同期)|(?:过去|这)的?一年|一年来)|(?P<now>今年|新的一年)"
    r"|(?P<state>清醒地?(?:看到|认识|意识))"
)
_YEAR_FIRST = re.compile(
    rf"(?:——)?(?:刚刚过去的|过去的)?(?P<by>到|至|截至)?(?P<year>{YEAR_SAID})年(?:度|底|末)?"
)
_NUMBERING = re.compile(r"^(?:第?[一二三四五六七八九十]+(?:部分[、.]?|[、.]|(?=\s))|（.{1,3}）|\d+[.、])\s*")
_CALLED = re.compile(r"^各位(?:代表|委员)[^！：，]{0,8}[！：，]")


def paragraph_times(report: Report) -> dict[int, Time]:
    """Time of each paragraph by number, before its sentences say their own."""
    times: dict[int, Time] = {}
    announced: _Announced | None = None
    for paragraph in report.paragraphs:
        if tells_own_year(report.doc_kind):
            part = report.doc_kind.removesuffix(RELEASE) if report.doc_kind != BULLETIN else ""
            times[paragraph.number] = ("actual", f"{report.year}年{part}" if part else str(report.year))
            continue
        if announced and paragraph.section[: len(announced.above)] != announced.above:
            announced = None
        headed, mixed = _headed(report, paragraph, announced)
        opened = _opened(report, paragraph)
        leads = announces(fold(paragraph.text))
        told = (_turned(report, paragraph, opened or headed) if leads else None) or opened
        late = (
            looks_back_on(report.year, report.given_on) == report.year
        )  # its paragraphs stand by themselves
        turns = _is_span(headed) and told == _default(report, paragraph) and _turns(paragraph)
        mixed = mixed or turns
        if told and not late and (mixed or leads):
            above = paragraph.section
            own = bool(above) and paragraph.text.startswith(above[-1])
            announced = _Announced(above[:-1] if own else above, told, mixed)
        times[paragraph.number] = opened or headed
    return times


def _turns(paragraph: Paragraph) -> bool:
    """Whether a paragraph in a review of several years turns to the last of them: 刚刚过去的2025年，…."""
    return bool(_TURN.match(_CALLED.sub("", _NUMBERING.sub("", fold(paragraph.text)))))


_TURN = re.compile(rf"(?:回顾)?(?:刚刚?过去的?(?:一年|{YEAR_SAID}年)|过去的?一年|过去的{YEAR_SAID}年|一年来)")


@dataclass(frozen=True, slots=True)
class _Announced:
    """The time of an announcing paragraph, for what follows it under the headings ``above``."""

    above: tuple[str, ...]
    time: Time
    mixed: bool


def _headed(report: Report, paragraph: Paragraph, announced: _Announced | None) -> tuple[Time, bool]:
    """The time that the headings of a paragraph give it, and whether the heading that says it names two."""
    planned = paragraph.part == "plan"
    for depth in range(len(paragraph.section), 0, -1):
        if announced and depth == len(announced.above):
            return announced.time, announced.mixed
        said = _times_in(report, _NUMBERING.sub("", fold(paragraph.section[depth - 1])), planned=planned)
        if said:
            return said[0], len(said) > 1
    return _default(report, paragraph), False


def _default(report: Report, paragraph: Paragraph) -> Time:
    if report.doc_kind == PLAN:
        begin = report.year if paragraph.part == "plan" else report.year - 5
        return ("target" if paragraph.part == "plan" else "actual"), f"{begin}—{begin + 4}"
    past = looks_back_on(report.year, report.given_on)
    return ("target", str(past + 1)) if paragraph.part == "plan" else ("actual", str(past))


def _opened(report: Report, paragraph: Paragraph) -> Time | None:
    """The time that a paragraph opens with and keeps: a span, or the one year of its part."""
    text = _CALLED.sub("", _NUMBERING.sub("", fold(paragraph.text)))
    drafted = _DRAFTED.search(text[:120])
    if drafted:
        start, end = plan_years(drafted["plan"] or drafted["nth"] + "五")
        if start >= report.year:
            return "target", f"{start}—{end}"
    said = _opening(report, text, planned=paragraph.part == "plan")
    by = _YEAR_FIRST.match(text)
    kept = said and (_is_span(said) or said == _default(report, paragraph))
    return said if kept and not (by and by["by"]) else None


def _is_span(time: Time) -> bool:
    return "—" in time[1]


def sentence_times(report: Report, paragraph: Paragraph, usual: Time) -> Iterator[tuple[int, int, Time]]:
    """The sentences of a paragraph of the ``usual`` time by start, end and time.

    到2030年，…；… says it of what follows ； too; 五年来，综合实力大幅跃升。… of the rest of the paragraph.
    """
    text, base = fold(paragraph.text), usual
    kept: Time | None = None
    for start, end in split_sentences(text):
        sentence = text[start:end]
        base = _of_last_year(usual) if _ONE_YEAR.match(sentence) else base
        base = usual if usual[0] == "target" and _AHEAD.search(sentence) else base
        time = sentence_time(report, paragraph, kept or base, sentence)
        base = _lasting(sentence, time, base, usual)
        kept = time if sentence.endswith("；") else None
        yield start, end, time


def _of_last_year(time: Time) -> Time:
    """全年 within a review of five years is the last of them."""
    return (time[0], time[1][-4:]) if _is_span(time) and time[0] == "actual" else time


def _turned(report: Report, paragraph: Paragraph, usual: Time) -> Time | None:
    """The span of years that a paragraph ends in, None where that is its own time."""
    *_, (_, _, last) = sentence_times(report, paragraph, usual)
    return last if last != usual and _is_span(last) else None


_YEARS_TOLD = 4
"""Fewer years together are told of in a sentence, not in the rest of a paragraph."""
_ONE_YEAR = re.compile(r"全年|当年|年[末内底]")
_BY_YEAR = re.compile(r"到|至|截至")
_AHEAD = re.compile(piece("time", "ahead"))


def _lasting(sentence: str, told: Time, base: Time, usual: Time) -> Time:
    """The time of what follows a sentence of the time ``told`` in its paragraph, so far of ``base``.

    五年来，综合实力大幅跃升 turns the rest to the five years; 五年来，新增学位62万个 tells of itself alone, but
    among plans (“十二五”时期，年均增长7.8%) the rest looks back with it.
    """
    if told == base or _BY_YEAR.match(sentence):
        return base
    if not _is_span(told) or told[0] != "actual":
        return usual
    first, _, last = told[1].partition("—")
    said = re.split("[，：]", sentence)
    whole = said[1] if len(said) > 1 else said[0]
    alone = re.search(r"\d", whole) and usual[0] != "target"
    turns = int(last) - int(first) + 1 >= _YEARS_TOLD and not alone
    return told if turns else base


def sentence_time(report: Report, paragraph: Paragraph, time: Time, sentence: str) -> Time:
    """The time of a folded sentence: the one that it opens with, else that of its paragraph."""
    if tells_own_year(report.doc_kind):
        noted = _NOTED_YEAR.match(sentence)
        told: Time = ("actual", noted["year"]) if noted and int(noted["year"]) < report.year else time
        return release_time(report.doc_kind, report.year, sentence[:_OPENING]) or told
    if _AS_OF.match(sentence):
        return "actual", str(report.year)
    return _opening(report, sentence, planned=paragraph.part == "plan") or time


_AS_OF = re.compile(r"截[至止](?:到)?(?:目前|现在|日前|(?:今年|本年)?\d{1,2}月\d{1,2}日)")
"""A day by which something was so, whatever part of the report says it: 截至4月25日，累计报告确诊病例11例."""

_NOTED_YEAR = re.compile(
    r"(?:\[\d+\])?(?P<year>[12]\d{3})年(?:度|末|底)?(?![—至\-~、和及以前]|的?(?:不变|可比)?价)"
)
"""The year that a note of a bulletin opens with: 2021年全市生产总值最终核实数为566亿元."""


def _opening(report: Report, text: str, *, planned: bool) -> Time | None:
    """The time that a folded text opens with; a year within a span is told before the span."""
    first = _YEAR_FIRST.match(text)
    named = [year for year in years(text[:16]) if 1990 < year < 2100]
    if first and named == [year := year_said(first["year"])]:
        return ("target" if planned or year > report.year else "actual"), str(year)
    said = _SAID.search(text[:_SAYING])
    if said is None or said.start() >= _OPENING or _TOLD.search(text[: said.start()]):
        return None
    time = _read(report, said, planned=planned)
    if time and time[0] == "actual" and _is_span(time):
        own = re.findall(r"(?:^|[，。—：])(?:到|至|截至)?(\d{4})年", text[:20])
        past_years = [year for year in own if int(year) <= looks_back_on(report.year, report.given_on)]
        return ("actual", past_years[0]) if past_years else time
    return time


def _times_in(report: Report, heading: str, *, planned: bool) -> list[Time]:
    """The times that a heading names, in its order: 过去五年和2022年工作回顾 names two."""
    found: list[tuple[int, Time]] = []
    for said in _SAID.finditer(heading):
        if time := _read(report, said, planned=planned):
            found.append((said.start(), time))
    for match in re.finditer(r"([12]\d{3})年(?!代)", heading):
        year, past = int(match[1]), looks_back_on(report.year, report.given_on)
        if past <= year <= past + 1:
            found.append((match.start(), ("actual" if year == past else "target", match[1])))
    return list(dict.fromkeys(time for _, time in sorted(found)))


def _read(report: Report, said: re.Match[str], *, planned: bool) -> Time | None:
    """The time of words that say it from where the report stands; None where its part would not speak of it."""
    now = looks_back_on(report.year, report.given_on) + 1
    if now > report.year and (said["term"] or said["now"]):
        return None
    if said["plan"]:
        start, end = plan_years(said["plan"])
        planned = (planned and end >= now) or start >= now
        end = end if planned else min(end, now - 1)
        return (("target" if planned else "actual"), f"{start}—{end}") if start < end else None
    if (planned or now > report.year) and said["ahead"]:
        return "target", f"{now}—{now + whole_number(said['ahead']) - 1}"
    if planned:
        return ("target", str(now)) if said["now"] else None
    many = "五" if said["term"] else said["past"] or said["since"] or said["were"] or said["also"]
    if many:
        return "actual", f"{now - whole_number(many)}—{now - 1}"
    return ("actual", str(now - 1)) if said["last"] or said["state"] else None


_AVERAGED = re.compile(r"年均|平均每年|每年平均")
_SINCE = re.compile(r"(?:比|较)([12]\d{3})年(?:底|末)?[^，]*$")
_LONG = re.compile(
    r"(?<![\d一二三四五六七八九十续连满每几第前后])(?P<many>[三五十]|10)年(?:来|间)?"
    rf"{piece('row', 'of_years')}"
)
"""How many years a figure is of: 十年增加近70万亿元."""
_MEAN_OF = re.compile(
    r"(?<![\d一二三四五六七八九十近前后每连满第])(?P<many>[两三四五])年平均(?:增[长速]|下降)?$"
)
"""Of how many years a growth is the mean: 增长8.3%、两年平均增长|6.2%."""
_DRAFTED = re.compile(
    rf"(?:编制|制定|形成)[^，；]{{0,16}}?(?:“?(?P<plan>{PLAN_NAMES})”?|第(?P<nth>十[一二三四五六七八九]?)个五年)(?:规划|计划)"
)


def growth_time(report: Report, paragraph: Paragraph, time: Time, *, clause: str, told: str) -> Time:
    """The time of a growth: 比2020年增加 of 2025 is of 2021—2025; of any figure of as many years as ``told`` before it.

    年均增长 is of no one year: in a section headed by a year and a span of years it is of the span.
    """
    since, end = _SINCE.search(clause), time[1][-4:]
    long = _MEAN_OF.search(told) or _LONG.search(told) if time[0] == "actual" else None
    if long and end == str(looks_back_on(report.year, report.given_on)):
        return time[0], f"{int(end) - whole_number(long['many']) + 1}—{end}"
    if since and end.isdigit() and int(since[1]) < int(end) - 1:
        return time[0], f"{int(since[1]) + 1}—{end}"
    if _is_span(time) or not _AVERAGED.search(clause):
        return time
    for heading in reversed(paragraph.section):
        said = _times_in(report, _NUMBERING.sub("", fold(heading)), planned=paragraph.part == "plan")
        if spans := [one for one in said if _is_span(one) and one[0] == time[0]]:
            return spans[0]
    return time


_CAME_TO = re.compile(
    r"(?:提高|提升|上升|增加|增长|扩大|发展|拓展|下降|降低|缩小|减少|缩短|压减|压缩|[降升增减缩])(?:到|至)(?:了|近|约)?$"
    r"|(?:整合|合并|归并|精简|压减|压缩|调整|优化|缩减)(?:为|成)$"
)
_REACHED = re.compile(r"(?:达到?|突破|超过)(?:了|近|约)?$")

_RATE = re.compile(r"(?:化|普及|覆盖|入学|入园|巩固|参保)率$")
"""A rate that says how things stand: 城镇化率61.61%, also told of five years; no 贡献率."""

_OF_ALL_YEARS = re.compile(
    r"投资|资金|累计|新增|新建|完成|实施|建设|改造|争取|引进|培训|发放|安排|投入|减税|救助|签约|成交|年均|总计|合计|出栏|转移"
)
"""What is added up over the years: 投资达到4380亿元 of five years is of no one year."""


_SHARING = re.compile(r"(?:\d[\d.]*[^，、；\d]{0,6}[、和及∶:︰：])+$")
"""The values before one in its group: 分别达到|91%、|97%."""


def level_time(time: Time, lead: str, measure: str) -> Time:
    """The time of a level that several years came to: 由612家增加到935家 in 2021—2025 is of 2025."""
    lead = _SHARING.sub("", lead)
    level = measure in ("总量", "比率", "占比", "结构") and _CAME_TO.search(lead)
    reached = measure in ("总量", "比率", "占比") and _REACHED.search(lead) and not _OF_ALL_YEARS.search(lead)
    stands = measure == "比率" and _RATE.search(lead) and not _OF_ALL_YEARS.search(lead)
    return (time[0], time[1][-4:]) if _is_span(time) and (level or reached or stands) else time


def clause_time(report: Report, clause: str, time: Time) -> Time:
    """A clause may say its own year: "去年新增42家，今年新增50家"; what follows keeps it."""
    bulletin = tells_own_year(report.doc_kind)
    if bulletin and (told := release_time(report.doc_kind, report.year, clause)):
        return told
    past = looks_back_on(report.year, report.given_on)
    said = re.match(
        r"(?:——)?(?:其中)?(?:(?P<past>去年|上年(?!末|底|同期)|过去一年)|(?P<now>今年|今后(?!五年|几年|一个时期)))",
        clause,
    )
    if said and not bulletin:
        year = report.year - 1 if said["past"] else report.year
        return ("actual" if year <= past else "target"), str(year)
    span = re.match(r"(?:——)?([12]\d{3})[—\-~至到]+([12]\d{3})年", clause)
    if span:
        return ("actual" if int(span[2]) <= past else "target"), f"{span[1]}—{span[2]}"
    closing = re.match(rf"(?:力争|确保|争取)?(?:到|至)?“?(?P<plan>{PLAN_NAMES})”?期?末", clause)
    if closing:
        last = plan_years(closing["plan"])[1]
        return ("actual" if last <= past else "target"), str(last)
    own = re.match(
        rf"(?:——)?(?:其中)?(?:力争|确保|争取|计划|预计)?(?:到|至|截至)?({YEAR_SAID})年(?:度|底|末)?",
        clause,
    )
    if own and not bulletin:
        year = year_said(own[1])
        running = year == past == report.year and re.match(r"[上下]半年|[一二三四]季度", clause[own.end() :])
        return ("actual" if year <= past and not running else "target"), str(year)
    if time == ("actual", str(past)) and _STRIVEN.match(clause):
        return "target", str(past + 1)  # whatever its part was taken for: 力争进出口总额增长8% was not done
    return time


_STRIVEN = re.compile("(?:——)?(?:全[年市省县区]|今年)?力争")


def year_before(time: Time) -> str:
    """The year that a value left behind is of: 由1.90%提高到2.08% in 2024 left 1.90% in 2023, 2018—2022 began after 2017."""
    start, part = time[1].partition("—")[0], part_of(time[1])
    if part:
        return f"{int(time[1][:4]) - 1}年{part}"
    return str(int(start) - 1) if start.isdigit() else ""
