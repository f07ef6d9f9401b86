"""What the words of a question say of time and content: years, actual or target, the words to look for, its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.lexicon import canonicalise, correct, from_english, indicators_in, pattern, spread
from qa.text import is_unit, years
from qa.types import Ask, Kind

REPORT_YEAR = re.compile(
    r"(20\d\d)年?的?(?:[\u4e00-\u9fff]{2,6}?)?的?(?:政府)?工作?报告|(20\d\d)年?(?:的)?报告"
)

EVERY = re.compile(
    r"各(?:个)?(?:市|地|县|省|城市|地区)|[二两三四五六七八九十\d]+(?:个|座)?(?:城市|市|地市|地方|县|省)|哪(?:个|些|座|几个|几座)?(?:城市|市|地方|地区|县|省|地)|谁|[二两三四五六七八九十]市(?!场|政|区|级|县|民|值)|所有(?:的)?(?:城市|市|报告|地区)|which city|which cities|all (?:five )?cities|each city|每个?(?:城市|市|地方)|(?:其他|其它|别的|另外)(?:几个|的)?(?:城市|市|地方|县|省)"
)

_RELATIVE = {
    -2: re.compile(r"前年|上上年|the year before last"),
    -1: re.compile(r"去年|上一?年(?!度?末|同期|增|提|下)|过去一年|last year"),
    0: re.compile(r"今年|本年度|this year"),
    1: re.compile(r"明年|next year"),
}


_WHICH_MORE = re.compile(
    r"(?:哪|谁)(?:个|座|家|市)?的?(?P<thing>.{0,14}?)更?(?:高|低|快|慢|多|少|大|小|好|差)(?:一些|一点|些|点)?(?:[，。？]|$)"
)


def asks_comparison(text: str) -> bool:
    """Whether a question over several places asks which, how they rank, or how far apart they are."""
    return bool(pattern("compare", "ask").search(text) or _WHICH_MORE.search(text))


def relative_years(text: str) -> tuple[int, ...]:
    """Years said relative to the newest report's own: 去年 -1, 今年 0; () if none is said."""
    return tuple(shift for shift, said in _RELATIVE.items() if said.search(text))


def kind_of(text: str, relative: tuple[int, ...]) -> Kind | None:
    """What the question asks for; None when it does not say, or asks for both."""
    if pattern("kind", "both").search(text) or {-1, 0} <= set(relative):
        return None
    target = pattern("kind", "target").search(text)
    actual = pattern("kind", "actual").search(text)
    if target and actual:
        return "target" if target[0] != "今年" and -1 not in relative else None
    return "target" if target else "actual" if actual else None


VERBS_ONLY = re.compile(
    r"(?:新增|增加|再增|建|提高|新建|改造|搞|办|做|干|变化|提升|目标|计划|增速|增长|下降|\s)+"
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
    r"目标|计划|预期|力争|安排|完成|实现|达到|取得|总额|总量|数额|总数|去年|今年|明年|承诺|拟|争取|方面|成效|最新"
)

_PUNCTUATION = re.compile(r"[？?。，,！!、；;：:（）()\"“”‘’《》~—'’]+")


def content_of(text: str) -> str:
    """The words of a question that a report would have to contain, separated by spaces."""
    rest = from_english(canonicalise(spread(EVERY.sub(" ", REPORT_YEAR.sub(" ", text)))))
    rest = re.sub(r"(?:19|20)\d\d年?度?", " ", _WHICH_MORE.sub(lambda m: m["thing"], rest))
    rest = re.sub(r"在?全[国区省市县](?=排|第|的?位次|的?排名|居|名列)", " ", rest)
    rest = re.sub(
        r"(?:比|超过|高于|高出|低于|快于|慢于)全[国区省市](?:平均)?(?:水平)?(?:高|低|快|慢|多|少)?", " ", rest
    )
    rest = _COUNTED.sub(_drop_unit, _PERCENT_ASKED.sub(" ", rest.replace("个亿", "亿")))
    kept = canonicalise(correct(rest))
    names = sorted(indicators_in(kept), key=len, reverse=True)
    for i, name in enumerate(names):  # an indicator's name is not to be eaten by the stop words inside it
        kept = kept.replace(name, f" \ue000{i}\ue001 ")
    for section, key in (("question", "ask"), ("question", "time"), ("compare", "ask"), ("kind", "both")):
        kept = pattern(section, key).sub(" ", kept)
    kept = _GENERIC.sub(" ", kept)
    kept = pattern("question", "particles").sub(" ", kept)
    kept = _PUNCTUATION.sub(" ", kept)
    edge = pattern("question", "single").pattern
    kept = " ".join(re.sub(rf"^(?:{edge})+|(?:{edge})+$", "", part) for part in kept.split())
    kept = re.sub("\ue000(\\d+)\ue001", lambda m: names[int(m[1])], kept)
    return " ".join(part for part in kept.split() if len(part) > 1 or part.isdigit())


def _drop_unit(match: re.Match[str]) -> str:
    """多少万吨 and 几家 ask for a unit; the unit is no word of the content."""
    for length in range(len(match["unit"]), 0, -1):
        if is_unit(match["unit"][:length]) or match["unit"][:length] in ("钱", "亿", "万", "万亿"):
            return match["unit"][length:]
    return match["unit"]


_SPLIT = re.compile(r"[，。；？！?\n：、]|以及|还有|\band\b")

_ALSO_MEASURE = re.compile(
    r"(?:以及|[及和、，\s])(?=其?(?:占[^，。、]{0,16}(?:比重|比例|多少)|占比|在?全[国区省市]的?(?:排名|位次|第几|排第几|排位)|排名|位次|增速|增幅|同比)|20\d\d年的?[^，。]{0,8}目标)"
)

_CUE = re.compile(r"呢[？。]?$|多少|几(?!乎)|哪|什么|多大|多高|多长|占比|比重|排名|how|what|which")


def asks_of(text: str, base: int) -> tuple[Ask, ...]:
    """Cut a question at its own questions; words before the first are its topic. One ask: ()."""
    segments, begin = [], 0
    for match in _SPLIT.finditer(text):
        if _CUE.search(text[begin : match.start()]) or match[0] == "：":
            segments.append(text[begin : match.end()])
            begin = match.end()
    segments.append(text[begin:])
    segments = [part for segment in segments for part in _by_measure(segment)]
    topic: tuple[str, ...] = ()
    made: list[Ask] = []
    for segment in segments:
        terms = tuple(content_of(segment).split())
        terms = () if VERBS_ONLY.fullmatch(" ".join(terms)) else terms
        if not _CUE.search(segment):
            if not made:
                topic = terms
            continue
        relative = relative_years(segment)
        facts = tuple(years(segment)) or tuple(base + shift for shift in relative)
        kind = kind_of(segment, relative)
        kind = kind or _kind_of_year(facts, base)
        if made and not facts:
            facts = made[-1].years if kind in (None, made[-1].kind) or len(made[-1].years) != 1 else ()
            facts = facts or _years_of(kind, base)
            kind = kind or made[-1].kind
        if not made:
            topic = topic or terms
        terms = terms or (made[-1].terms if made else topic)
        made.append(Ask(segment, terms, topic, kind, facts))
    return tuple(made) if len(made) > 1 else ()


def _years_of(kind: Kind | None, base: int) -> tuple[int, ...]:
    return () if kind is None else (base - 1,) if kind == "actual" else (base,)


def _by_measure(segment: str) -> list[str]:
    """ "民生支出总额及占一般公共预算支出比重" asks two things in one breath."""
    match = _ALSO_MEASURE.search(segment)
    if not match or not content_of(segment[: match.start()]):
        return [segment]
    return [segment[: match.start()] + "多少", segment[match.end() :] + "多少"]


def _kind_of_year(facts: tuple[int, ...], base: int) -> Kind | None:
    if len(facts) != 1:
        return None
    return "actual" if facts[0] < base else "target" if facts[0] == base else None
