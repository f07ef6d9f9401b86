"""What the words of a question say of time and content: years, actual or target, the words to look for, its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.lexicon import canonicalise, correct, from_english, indicators_in, pattern, regex, spread
from qa.operation import operation_of, without_operation
from qa.text import is_unit, years
from qa.types import Kind

REPORT_YEAR = re.compile(
    r"(20\d\d)年?的?(?:[\u4e00-\u9fff]{2,6}?)?的?(?:政府)?工作?报告|(20\d\d)年?(?:的)?报告"
)

EVERY = re.compile(
    r"各(?:个)?(?:市|地|县|省|城市|地区)|[二两三四五六七八九十\d]地(?![区块方面下上产形])|[二两三四五六七八九十\d]+份(?:政府)?(?:工作)?报告|[二两三四五六七八九十\d]+(?:个|座)?(?:城市|市|地市|地方|县|省)|哪(?:个|些|座|几个|几座)?(?:城市|市|地方|地区|县|省|地)|谁|[二两三四五六七八九十]市(?!场|政|区|级|县|民|值)|所有(?:的)?(?:城市|市|报告|地区)|which city|which cities|all (?:\w+ )?cities|each city|每个?(?:城市|市|地方)|(?:其他|其它|别的|另外)(?:几个|的)?(?:城市|市|地方|县|省)"
)

_RELATIVE = {
    -2: re.compile(r"前年|上上年|the year before last"),
    -1: re.compile(r"去年|上一?年(?!度?末|同期|增|提|下)|过去一年|last year"),
    0: re.compile(r"今年|本年度|this year"),
    1: re.compile(r"明年|next year"),
}


_WHICH_MORE = re.compile(
    r"(?:哪|谁)(?:个|座|家|市|边|方|地|里)?的?(?P<thing>.{0,14}?)更?(?:高|低|快|慢|多|少|大|小|好|差)(?:一些|一点|些|点)?(?:[，。？]|$)"
)


def asks_comparison(text: str) -> bool:
    """Whether a question over several places asks which, how they rank, or how far apart they are."""
    said = pattern("compare", "ask").search(text) or _WHICH_MORE.search(text)
    return bool(said) or operation_of(text).name != "list"


def relative_years(text: str) -> tuple[int, ...]:
    """Years said relative to the newest report's own: 去年 -1, 今年 0; () if none is said."""
    return tuple(shift for shift, said in _RELATIVE.items() if said.search(text))


def kind_of(text: str, relative: tuple[int, ...]) -> Kind | None:
    """What the question asks for; None when it does not say, or asks for both."""
    text = text.replace("主要", "  ")  # 主要做了 is no 要做
    if pattern("kind", "both").search(text) or {-1, 0} <= set(relative):
        return None
    if len(set(years(text))) > 1:
        return None
    target = pattern("kind", "target").search(text)
    actual = pattern("kind", "actual").search(text)
    if target and actual:
        return "target" if target[0] != "今年" and -1 not in relative else None
    return "target" if target else "actual" if actual else None


VERBS_ONLY = re.compile(
    r"(?:新增|增加|再增|建|提高|新建|改造|搞|办|做|干|变化|提升|更[长短高低多少大小快慢好差]|[长短]|又是?|目标|计划|增速|增长|下降|\s)+"
)


def blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    chars = list(text)
    quoted = [m.span() for m in re.finditer(r"[“‘《「][^”’》」]*[”’》」]", text)]
    for start, end in spans:
        if any(s < start and end < e for s, e in quoted):
            continue  # part of a name: “…一号”
        if re.match(r"[属级直]", text[end:]) and text[end - 1] in "市县区省":
            end -= 1
        chars[start:end] = " " * (end - start)
    joined = "".join(chars)
    return re.sub(
        r"(?<= )(?:市|省|县|自治区|区)(?![\u4e00-\u9fff]{0,1}[级属])(?=\s|[的有在去今20\d])", " ", joined
    )


_COUNTED = re.compile(r"(?<!第)(?:多少|几|哪几)(?:多)?(?P<unit>(?:万亿|亿|万|千)?[\u4e00-\u9fff%]{0,4})")

_PERCENT_ASKED = re.compile(r"百分之(?:几|多少)|几个(?:百分)?点")

_GENERIC = re.compile(
    r"目标|计划|主要|[个件]数|预期|力争|安排|完成|实现|达到|取得|任务|总额|总量|数额|总数|去年|今年|明年|承诺|拟|争取|方面|成效|最新"
)

_PUNCTUATION = re.compile(r"[？?。，,！!、；;：:（）()\"“”‘’《》~—'’]+")


def content_of(text: str) -> str:
    """The words of a question that a report would have to contain, separated by spaces."""
    text = regex("question", "purpose").sub(" ", text.strip())
    text = re.sub(r"(?<![最提升增降减至])[高低快慢多少重大小](?=(?:了|出|过)?(?:几|多少))", " ", text)
    rest = EVERY.sub(" ", REPORT_YEAR.sub(" ", without_operation(text)))
    rest = from_english(canonicalise(spread(rest)))
    rest = re.sub(r"一年(?=人均|平均|收入)", "", rest)
    rest = re.sub(r"(?:19|20)\d\d年?度?", " ", _WHICH_MORE.sub(lambda m: m["thing"], rest))
    rest = re.sub(r"在?(全[国区省市县])(?=排|第|的?位次|的?排名|居|名列)", r" \1 ", rest)
    rest = re.sub(
        r"(?:比|超过|高于|高出|低于|快于|慢于)全[国区省市](?:平均)?(?:水平)?(?:高|低|快|慢|多|少)?", " ", rest
    )
    rest = re.sub(r"[一二两三四五六七八九十百千\d]+[多余几][万亿]?(?=[\u4e00-\u9fff])", " ", rest)
    rest = _COUNTED.sub(_drop_unit, _PERCENT_ASKED.sub(" ", rest.replace("个亿", "亿")))
    kept = canonicalise(correct(rest))
    names = sorted(indicators_in(kept), key=len, reverse=True)
    for i, name in enumerate(names):  # an indicator's name is not to be eaten by the stop words inside it
        kept = kept.replace(name, f" \ue000{i}\ue001 ")
    for section, key in (
        ("when", "ask"),
        ("question", "ask"),
        ("question", "time"),
        ("compare", "ask"),
        ("compare", "total"),
        ("kind", "both"),
    ):
        kept = pattern(section, key).sub(" ", kept)
    kept = _GENERIC.sub(" ", kept)
    kept = pattern("question", "particles").sub(" ", kept)
    kept = _PUNCTUATION.sub(" ", kept)
    edge = pattern("question", "single").pattern
    kept = " ".join(re.sub(rf"^(?:{edge})+|(?:{edge})+$", "", part) for part in kept.split())
    kept = re.sub("\ue000(\\d+)\ue001", lambda m: names[int(m[1])], kept)
    return " ".join(
        part
        for part in kept.split()
        if (len(part) > 1 or part.isdigit()) and not _PLACES_AT_LARGE.fullmatch(part)
    )


_PLACES_AT_LARGE = re.compile(
    r"(?:地级|县级)?(?:城市|地市|地方|地区|省份|市县|区县|县区|报告)|[一二两三四五六七八九十\d]+(?:个|条|项|点|步)"
)
"""Whole terms without content: places at large, bare counts (哪四条)."""


def _drop_unit(match: re.Match[str]) -> str:
    """多少万吨 and 几家 ask for a unit; the unit is no word of the content."""
    gap = " " if match[0].startswith("哪") else ""  # 种多少树 is 种树, 实施哪几种招商方式 two words
    for length in range(len(match["unit"]), 0, -1):
        if is_unit(match["unit"][:length]) or match["unit"][:length] in ("钱", "亿", "万", "万亿"):
            return gap + match["unit"][length:]
    return gap + match["unit"]
