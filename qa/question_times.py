"""What the words of a question say of time: its years, and whether it asks for what came out or what is aimed at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.indicator_names import indicators_in
from qa.lexicon import pattern, regex
from qa.text import fold, whole_number, years
from qa.types import Kind

REPORT_YEAR = re.compile(
    r"(20\d\d)年?的?\s*(?:[\u4e00-\u9fff]{2,6}?)?的?(?:政府)?工作?报告"
    r"|(20\d\d)年?的?\s*(?:那份|国务院|中央|政府|[\u4e00-\u9fff]{0,3}(?:总理|[省市县区州盟]长|主席)|[\u4e00-\u9fff]{2,4}(?=[作做]?的报告))?[作做]?的?报告"
)

_SHORT_YEAR = re.compile(
    r"(?<![\d.第前近满续去来后时达约超过成用了这共])(?P<year>(?![123]0年的)[123]\d)(?=年(?![代来内间后前期限多余以]|左右)|[和与及跟、/到至—\-~][123]\d年(?![代来内间后前期限多余以]|左右))"
)

_BARE_YEARS = re.compile(
    r"(?<![\d.])(?P<one>20[0-4]\d)(?P<by>年?(?:[比较和与跟、/~]|相比|对比|[vV][sS])+)(?P<other>20[0-4]\d)(?![\d.%,，年]|[万亿千百]?[元人家户吨亩])"
)


_FEW_YEARS = re.compile(
    r"(?<=过去|未来|今后|往后|最近)(?:[1-9]|10)(?=年)|(?<![\d.第满])(?:[1-9]|10)(?=年(?:以?来|之?[前后]|间))"
)
"""过去5年 and 5年前 are written in words as all other times of several years."""


def with_full_years(text: str, told: Sequence[int]) -> str:
    """A question with 23年和24年 as 2023年和2024年, if near the years ``told`` of, 5年前 as 五年前; 连续23年 stays.

    Two years held against each other are so without 年 too: GDP2024比2023多多少.
    """

    def near(year: int) -> bool:
        return any(abs(year - one) <= 6 for one in told)

    def full(match: re.Match[str]) -> str:
        year = 2000 + int(match["year"])
        return str(year) if near(year) else match[0]

    def named(match: re.Match[str]) -> str:
        one, by, other = match["one"], match["by"].removeprefix("年"), match["other"]
        return f"{one}年{by}{other}年" if near(int(one)) and near(int(other)) else match[0]

    text = _FEW_YEARS.sub(lambda m: "一二三四五六七八九十"[int(m[0]) - 1], text)
    return _BARE_YEARS.sub(named, _SHORT_YEAR.sub(full, text))


_PLAIN_YEAR = re.compile(
    r"(?<![\d—\-~至到比较])(?P<year>20\d\d)年(?![度底末初\d—\-~至到比较前]|以[来后前]|[上下]半年|第?[一二三四]季|[^，。；？]{0,10}报告)"
)


def with_years_called(text: str, this_year: int) -> str:
    """A question of nothing but the year that its reports look back on and the one they plan, in their words: 去年, 今年."""
    called = {this_year - 1: "去年", this_year: "今年"}
    said = set(years(text))
    if not this_year or not said <= {*called}:
        return text
    if said == {this_year} and "去年" not in text:
        return text  # by its number a year may be asked for what it came to: 2024年实际增长多少
    return _PLAIN_YEAR.sub(lambda match: called[int(match["year"])], text)


_MIDDLE_YEAR = re.compile(
    r"(?P<left>(?:^|(?<=[，、；？]))[^，、；？\d]*?[\u4e00-\u9fff]{2})(?P<year>(?:(?:19|20)\d\d|[去今])年)(?:全年|[末底])?的?(?P<right>[\u4e00-\u9fff]{2,})"
)


def with_year_before(text: str) -> str:
    """A question whose year stands inside a statistic's name (水泥2024年的产量), with the year before it."""

    def moved(match: re.Match[str]) -> str:
        left, right = match["left"], match["right"]
        apart = {*indicators_in(fold(left)), *indicators_in(fold(right))}
        apart |= {*indicators_in(fold(left[-1] + right))}  # 除险加固今年投多少 is of no 固投
        named = set(indicators_in(fold(left + right))) - apart
        return f"{match['year']}{left}{right}" if named else match[0]

    return _MIDDLE_YEAR.sub(moved, text)


_RELATIVE = {
    -2: re.compile(r"前年|上上年|the year before last"),
    -1: re.compile(r"去年|(?:上一?|(?<=[比较])[前头]一)年(?!度?末|同期|增|提|下)|过去一年|last year"),
    0: re.compile(r"今年|本年度|this year"),
    1: re.compile(r"明年|next year"),
}

YEARS_AHEAD = re.compile(r"(?P<many>[一二两三四五])年(?:以后|之后|后)")
"""Years that begin with the one after the report's own: 五年后."""


def relative_years(text: str) -> tuple[int, ...]:
    """Years said relative to the newest report's own: 去年 -1, 今年 0; () if none is said."""
    ahead = YEARS_AHEAD.search(text)
    near = tuple(shift for shift, said in _RELATIVE.items() if said.search(text))
    return near + tuple(range(1, whole_number(ahead["many"]) + 1)) if ahead else near


_GROWN_FROM = regex("content", "grown_from")

THAN_BEFORE = re.compile(r"[比较](?:去年|上一?年|[前头]一年)(?:度|同期|预算)?(?=[^，。]{0,8}?(?:多少|几))")
"""What a value is held against within its own report (比上年高多少); the year itself is not asked about."""

_OVER_A_YEAR = re.compile(rf"{THAN_BEFORE.pattern}[^，。]*")


def without_year_before(text: str) -> str:
    """A question without what it holds against the year before (比上年多了百分之几): no comparison of places."""
    return _OVER_A_YEAR.sub(" ", text)


_LEVEL_WITH = regex("content", "level_with")


def asked_times(text: str) -> str:
    """The question without the year that a growth is counted from, if it names another time."""
    rest = _LEVEL_WITH.sub(" ", _GROWN_FROM.sub(" ", text))
    return rest if years(rest) or relative_years(rest) else text


def with_year_grown(text: str, newest: int) -> str:
    """A question that names only the year before the one it means (比前年增长多少), with that year: 去年比前年….

    ``newest`` is the year that the reports call 今年; a growth over a later year stays as it is.
    """
    said = _GROWN_FROM.search(text)
    if said is None or without_base_year(text, newest) == text or asked_times(text) != text:
        return text
    named = years(said["year"])
    return f"{text[: said.start()]}{f'{named[0] + 1}年' if named else '去年'}{text[said.start() :]}"


def without_base_year(text: str, newest: int) -> str:
    """A part of a question without the year that a growth is counted from, if that is the year before last."""
    said = _GROWN_FROM.search(text)
    old = said and (said["year"] == "前年" or years(said["year"]) == [newest - 2])
    return text[: said.start()] + " " + text[said.end() :] if said and old else text


SHARE_DONE = re.compile(
    r"(?:超额)?(?:完成|达到|占)了?[^，。；？\s\d多几]{0,8}(?:计划|预算|目标|任务)(?:数|任务)?(?:了|的)?(?:多少|几成|百分之|比例|比重)"
)
"""What part of a plan was done: 完成年度计划的多少 asks for no aim."""


AGAINST_PLAN = re.compile(
    r"(?:[比和与跟]|超过?|高[于出]|低[于出]|快于|慢于|相差|距离?)(?:当|全)?(?:年[度初]?)?(?:预期|增长|原定|既定)?的?(?P<plan>计划|目标|预期)(?:值|数|进度)?"
    r"(?:了|相差|差|还差|[高低快慢多少](?:了|出)?|超了?)?(?:多少|几)个?"
)
"""What was done held against the plan of its year: 比年度计划低几个点, 低于目标多少."""


def kind_of(text: str, relative: tuple[int, ...]) -> Kind | None:
    """What the question asks for; None when it does not say, or asks for both."""
    # 主要做了 is no 要做, nor 预期寿命 an aim; 实际增长 is a growth without that of prices
    text = text.replace("主要", "  ").replace("预期寿命", "寿命").replace("实际增", "增")
    text = AGAINST_PLAN.sub(" ", SHARE_DONE.sub(" ", text))
    if pattern("kind", "both").search(text) or {-1, 0} <= set(relative):
        return None
    if len(set(years(text))) > 1 or (not relative and _WHETHER.search(text)):
        return None
    if relative and min(relative) > 0:
        return "target"
    target = pattern("kind", "target").search(text) or _OWED.search(text)
    done = (pattern("kind", "actual"), _BEHIND, _HAPPENED, regex("kind", "standing"))
    actual = next(filter(None, (form.search(text) for form in done)), None)
    if target and actual:
        if (
            -1 in relative
            and _LAST_AIM.search(text)
            and not pattern("kind", "actual").search(_LAST.sub("", text))
        ):
            return "target"  # 去年的目标是多少 asks what was aimed at, in the report before the newest
        return "target" if target[0] != "今年" and -1 not in relative else None
    return "target" if target else "actual" if actual else None


_LAST = re.compile(r"去年|上一?年|过去一年")
_LAST_AIM = re.compile(
    r"(?:目标|任务|计划数?)(?:(?:定|设|列|安排)?[的得了]?(?:是|为|在|成)?(?:多少|几|什么|哪)|[呢是]?[？?。，]|$)"
    r"|(?:目标|计划|任务)(?:是)?(?:新增|新建|增长|改造|达到|完成)?(?:多少|几)"
)

YEARS_BACK = r"(?:刚?过去|(?<![附远])近|前|头|最近)的?这?[两二三四五六七八九十]+年"

_BEHIND = re.compile(rf"{YEARS_BACK}(?!级|内|后)")
"""The years that a report looks back on: 过去五年."""

_HAPPENED = re.compile(r"[建改修编开治造拆种植装招签发投办引训增]了(?:多少|几)")
"""编了几个, 改了多少: a deed that is over."""

_WHETHER = re.compile(r"了(?:吗|么|没有?)[？。！\s]*$")
"""建了吗 is answered by what was done and by what is planned."""

_OWED = re.compile(r"(?<![主重需必只纪提摘概简首])要(?![素点求闻领件是不])[^，。、]{1,4}(?:多少|几)")
"""What is still to be done: 要达到多少, 要签几个."""
