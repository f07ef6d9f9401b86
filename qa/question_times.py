"""What the words of a question say of time: its years, and whether it asks for what came out or what is aimed at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.lexicon import pattern, regex
from qa.text import whole_number, years
from qa.types import Kind

REPORT_YEAR = re.compile(
    r"(20\d\d)年?的?(?:[\u4e00-\u9fff]{2,6}?)?的?(?:政府)?工作?报告|(20\d\d)年?(?:的)?报告"
)

_SHORT_YEAR = re.compile(
    r"(?<![\d.第前近满续去来后时达约超过成用了这共])(?P<year>[123]\d)(?=年(?![代来内间后前期限多余以的]|左右)|[和与及跟、/到至—\-~][123]\d年(?![代来内间后前期限多余以]|左右))"
)

_BARE_YEARS = re.compile(
    r"(?<![\d.])(?P<one>20[0-4]\d)(?P<by>年?(?:[比较和与跟、/~]|相比|对比|[vV][sS])+)(?P<other>20[0-4]\d)(?![\d.%,，年]|[万亿千百]?[元人家户吨亩])"
)


def with_full_years(text: str, told: Sequence[int]) -> str:
    """A question with 23年和24年 as 2023年和2024年, if they are near the years ``told`` of; 连续23年 stays.

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

    return _BARE_YEARS.sub(named, _SHORT_YEAR.sub(full, text))


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

_LEVEL_WITH = regex("content", "level_with")

_RECOVERED = re.compile(
    r"(?:恢复|回|涨|升|增长)[到至]20\d\d年(?:同期|同时|疫情前)?的?(?:水平)?的?(?=几|多少|百分|[一-龥]{0,2}成)"
)
"""恢复到2019年的几成: the year that a value is held against, of which nothing is asked."""


def asked_times(text: str) -> str:
    """The question without the year that a growth is counted from, if it names another time."""
    text = _RECOVERED.sub(" ", text)
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


_SCHEME = re.compile(
    r"(?:人才|入境|资助|津贴|加速|先导|担保|通行证|培训|就业|行动|专项|[三五]年|扶持|支援|试验|奖励|帮扶|宿舍|照顾)[\u4e00-\u9fff]{0,2}计划"
)
"""A scheme by its name is no aim: 人才计划收到几宗申请."""


def kind_of(text: str, relative: tuple[int, ...]) -> Kind | None:
    """What the question asks for; None when it does not say, or asks for both."""
    text = text.replace("主要", "  ").replace("预期寿命", "寿命")  # 主要做了 is no 要做, nor 预期寿命 an aim
    text = _SCHEME.sub(" ", SHARE_DONE.sub(" ", text))
    if pattern("kind", "both").search(text) or {-1, 0} <= set(relative):
        return None
    if len(set(years(text))) > 1 or (not relative and _WHETHER.search(text)):
        return None
    if relative and min(relative) > 0:
        return "target"
    target = pattern("kind", "target").search(text) or _OWED.search(text)
    actual = pattern("kind", "actual").search(text) or _BEHIND.search(text)
    if target and actual:
        return "target" if target[0] != "今年" and -1 not in relative else None
    return "target" if target else "actual" if actual else None


YEARS_BACK = r"(?:刚?过去|(?<![附远])近|前|头|最近)的?这?[两二三四五六七八九十]+年"

_BEHIND = re.compile(rf"{YEARS_BACK}(?!级|内|后)")
"""The years that a report looks back on: 过去五年."""

_WHETHER = re.compile(r"了(?:吗|么|没有?)[？。！\s]*$")
"""建了吗 is answered by what was done and by what is planned."""

_OWED = re.compile(r"(?<![主重需必只纪提摘概简首])要(?![素点求闻领件是不])[^，。、]{1,4}(?:多少|几)")
"""What is still to be done: 要达到多少, 要签几个."""
