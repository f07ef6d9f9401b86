"""What the words of a question say of content: the words to look for, without talk, time, degree and edges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from qa.horizons import MEAN, without_horizons
from qa.indicator_names import (
    as_named,
    as_statistics,
    asked_names_in,
    canonicalise,
    correct,
    from_english,
    indicators_in,
    spread,
)
from qa.lexicon import choice, pattern, piece, regex, words
from qa.operation import operation_of, without_operation
from qa.places import gazetteer, province_names
from qa.question_times import REPORT_YEAR, YEARS_AHEAD, YEARS_BACK
from qa.text import is_unit

EVERY = regex("asked", "every")


_WHICH_MORE = regex("content", "which_more")


def asks_comparison(text: str) -> bool:
    """Whether a question over several places asks which, how they rank, or how far apart they are."""
    return bool(_WHICH_MORE.search(text)) or operation_of(text).name != "list"


def does_together(text: str) -> bool:
    """Whether a question asks what places do together, not how they compare."""
    return bool(regex("place", "joint").search(text)) and not regex("place", "against").search(text)


def asks_mention(text: str) -> bool:
    """Whether a question asks who writes of something or has it; 要提到多少 is to be raised to how much."""
    said = re.sub(r"(?:要|将|会|能|再)提到|提到(?=多少|几|百分)", " ", text)
    return bool(pattern("mention", "ask").search(said) or regex("mention", "has").search(said)) or asks_title(
        said
    )


def asks_title(text: str) -> bool:
    """Whether a question asks which places have a title: 全国文明城市是哪些市."""
    return bool(regex("mention", "title").search(text))


def is_bare_measure(terms: Sequence[str]) -> bool:
    """Whether terms name a measure, and perhaps a deed, but nothing that they are of: 产值, 运营里程."""
    return all(regex("asked", "bare_measure").fullmatch(term) for term in terms)


VERBS_ONLY = re.compile(rf"{piece('asked', 'verbs')}+")


_GOES_ON = re.compile(rf"[属级直]|[外内](?={piece('asked', 'inside_or_outside')})")
"""What makes another word of the last character of a place: 市属, 市外务工."""
_OF_CITY = regex("asked", "of_city")
"""What 市 begins a word with, so that the place before it is named short: 海棠|市场主体."""


def blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with spaces for the spans of places, and for 市 or 县 that stands alone behind one.

    Its length stays. A place inside a quoted name is left, as is the last character of 市属, 县级.
    """
    chars = list(text)
    quoted = [m.span() for m in re.finditer(r"[“‘《「][^”’》」]*[”’》」]", text)]
    for start, end in spans:
        if any(s < start and end < e and (s + 1, e - 1) != (start, end) for s, e in quoted):
            continue  # part of a name: “…一号”
        begun = text[end - 1] == "市" and _OF_CITY.match(text, end)
        if begun or (_GOES_ON.match(text, end) and text[end - 1] in "市县区省"):
            end -= 1
        chars[start:end] = " " * (end - start)
    joined = "".join(chars)
    joined = re.sub(r"^(.*对)( +)(?=经济|gdp|地区生产总值)", r"\2\1", joined)  # 三产对|云岭|经济增长的贡献率
    return re.sub(
        r"(?<= )(?:市|省|县|自治区|区|州|旗|盟)(?![\u4e00-\u9fff]{0,1}[级属])(?=\s|[的有在去今20\d])",
        " ",
        joined,
    )


_COUNTED = re.compile(r"(?<!第)(?:多少|几|哪几)(?:多)?(?P<unit>(?:万亿|亿|万|千)?[\u4e00-\u9fff%]{0,4})")

HUNDRED_MILLIONS = re.compile(r"个亿(?!元?(?:级|以上|以下))元?")
"""The unit in 多少个亿; 多少个|亿元以上项目 counts what is of such a size."""

_PERCENT_ASKED = re.compile(r"百分之(?:几|多少)|几个(?:百分)?点")

_GENERIC = regex("asked", "generic")

_PUNCTUATION = re.compile(r"[？?。，,！!、；;：:（）()\"“”‘’《》~—'’]+")


_LAST_VERB = regex("content", "last_verb")
_DEED_OF = {"签": "签约", "招": "引进", "引": "引进"}


def _as_deed(match: re.Match[str]) -> str:
    return f" {_DEED_OF.get(match['verb'], '')} "


_JOINED_OBJECT = regex("content", "joined_object")
_PAID = regex("content", "paid")
_SECOND_THOUGHT = regex("content", "second_thought")


def without_introduction(bare: str) -> str:
    """A question (places blanked) without the clause in which the asker says who he is or what for.

    Only where what follows names a thing of its own; what an introduction asks for (我想了解…) is kept.
    """
    said = regex("question", "introduction").match(bare)
    if not said or regex("question", "introduces").search(said[0]):
        return bare
    rest = bare[said.end() :]
    content = content_of(rest)
    return rest if content and not VERBS_ONLY.fullmatch(content) else bare


WITHIN = regex("content", "within")
"""Another word for a part of a name within it: ``main`` （``other``） ``rest``."""

_GLOSS = re.compile(r"(?:[a-z&][a-z'&-]*\s+){0,4}[a-z][a-z'&-]*\s*（(?P<own>[\u4e00-\u9fff][^a-z（）]*)）")


def _glossed(text: str) -> str:
    """An English name with the Chinese one in brackets (village plans（村庄规划）) by the Chinese one alone."""
    return _GLOSS.sub(lambda m: m[0] if is_unit(m["own"].lstrip("万亿千百")) else f" {m['own']} ", text)


_BROUGHT = regex("content", "brought")
_GAINED = regex("content", "gained")
_SIGNED = regex("content", "signed")
_LIGHT = regex("content", "light")
_PRODUCED = regex("content", "produced")
_PRODUCED_THINGS = regex("content", "produced_things")
_HELD_AT = regex("content", "held_at")
_FOR_WHOM = regex("content", "for_whom")
PAST_BOUND = regex("content", "past_bound")
"""有没有突破5000亿元: a bound to hold the value against; its unit is ``unit`` or ``said``."""
_OUT_OF = regex("content", "out_of")
_TOPIC_TAIL = regex("content", "topic_tail")
_THAN_AT_LARGE = regex("content", "than_at_large")
_DEGREES = tuple(regex("content", name) for name in ("by_how_much", "how_far_apart", "how_well"))
_TALK = regex("asked", "talk")

_YEARS_LONG = re.compile(
    rf"(?:{YEARS_BACK}|这[两二三四五六七八九十]+年)(?:以来|来|间|里|中)?(?!级|以[上下]|期)|{MEAN}"
)
"""How long a thing went on, and that its rate is a mean of years: no word of what it is."""


_PER = regex("content", "per")


@lru_cache(maxsize=1024)
def content_of(text: str) -> str:
    """The words of a question that a report would have to contain, separated by spaces."""
    text = _without_talk(_SECOND_THOUGHT.sub(" ", regex("question", "purpose").sub(" ", text.strip())))
    text = regex("asked", "which_place").sub(lambda m: "哪个 " if m[0][0] == "哪" else " ", text)
    text = _with_named_deeds(_without_degree(text))
    text = _WHICH_MORE.sub(lambda m: f" {m['thing']} ", without_operation(text))
    rest = EVERY.sub(" ", REPORT_YEAR.sub(" ", text))
    rest = _which().sub(" ", _modal().sub(" ", rest))
    rest = moved().sub(" ", rest)
    rest = _without_time(from_english(canonicalise(spread(rest))))
    rest = _OF_PROVINCE.sub(_as_area, _IN_PROVINCE.sub(_as_area, rest))
    rest = _AMONG.sub(r" \g<peers> ", rest)
    rest = _THAN_AT_LARGE.sub(" ", rest)
    rest = re.sub(r"[一二两三四五六七八九十百千\d]+(?:多(?!少)|[余几])[万亿]?(?=[\u4e00-\u9fff])", " ", rest)
    rest = _PER.sub(" ", rest)
    rest = _COUNTED.sub(_drop_unit, _PERCENT_ASKED.sub(" ", HUNDRED_MILLIONS.sub("亿", rest)))
    return _without_stop_words(canonicalise(correct(rest)))


_AMONG = re.compile(
    rf"在?(?P<peers>全[国区省市县州盟]|{piece('asked', 'peers')}(?:城市|市)?)(?:里面?|之?中|当中)?(?=排|第|的?位次|的?排名|居|名列)"
)
"""Among whom a rank is asked for: 在全省排第几, 在省会里排第几."""
_IN_PROVINCE = re.compile(
    rf"在?(?P<province>{'|'.join(province_names())})(?:省|市|自治区)?(?:里|中|内)?(?=排|第[几一二三]|的?位次|的?排名|居|名列)"
)
_OF_PROVINCE = re.compile(
    rf"(?<=占)了?(?P<province>{'|'.join(province_names())})(?:全?[省市区]|自治区)?的?(?=多少|几|百分之|多大|比[例重]|份额)"
)
"""Of what a share is asked for: 占广西的几成, of a district of 北京 占北京市多少."""


def _as_area(ranked: re.Match[str]) -> str:
    """广西 of a place in the order of its province, as reports write it: 全区."""
    whole = next(
        place for place in gazetteer() if place.level == "province" and place.short == ranked["province"]
    )
    return f"全{whole.name[-1]}"


def _without_talk(text: str) -> str:
    """The text without talk, bounds, horizons and the set or topic that a thing is named under; names whole."""
    text = _TALK.sub(" ", PAST_BOUND.sub(" ", _TOPIC_TAIL.sub("", _OUT_OF.sub(" ", without_horizons(text)))))
    return regex("question", "stated").sub(" ", as_named(text))


_FROM_TO = regex("content", "from_to")


def _without_degree(text: str) -> str:
    """The text without words for how much, how far apart and how well: 高了几, 差多少, 增得最猛."""
    text = _FROM_TO.sub("多少", text)
    for degree in _DEGREES:
        text = degree.sub(" ", text)
    return text


def _with_named_deeds(text: str) -> str:
    """The text with verbs of talk as the deeds of reports (拉来 is 引进), or without them (搞, 控制在)."""
    text = _SIGNED.sub("签约", _GAINED.sub(" 新增多少", text))
    text = _BROUGHT.sub("引进", WITHIN.sub(r"\g<main>\g<rest>", _glossed(text)))
    text = _LAST_VERB.sub(_as_deed, _JOINED_OBJECT.sub(r"\1", _PAID.sub(" ", text)))
    text = _PRODUCED.sub("产量", _PRODUCED_THINGS.sub(_as_output, as_statistics(text)))
    return _LIGHT.sub(" ", _HELD_AT.sub(" ", text))


def _as_output(produced: re.Match[str]) -> str:
    """What was produced as the statistic of it, if there is one or it is weighed or counted: 产了多少吨花椒 is 花椒产量."""
    named = f"{produced['thing']}产量"
    counted = produced["unit"] or indicators_in(canonicalise(named))
    return f" {named}" if counted else produced[0]


def _without_time(text: str) -> str:
    text = re.sub(
        r"一年(?=人均|平均|收入)|(?<=[\u4e00-\u9fff]{2})(?:月均|每月)(?=标准|补助|补贴)",
        "",
        YEARS_AHEAD.sub(" ", _FOR_WHOM.sub(" ", text)),
    )
    return re.sub(r"(?:19|20)\d\d(?:年[末底]|年?度?)|年均(?=[增递下降提新])", " ", _YEARS_LONG.sub(" ", text))


_COUNTED_ALL = re.compile(rf"\ue001(?={piece('follow', 'all_of_it')})")
"""A users' word before how many there are of it: 高新企业|保有量."""

_STOP_WORDS = (
    ("when", "ask"),
    ("question", "ask"),
    ("question", "english"),
    ("question", "time"),
    ("compare", "ask"),
    ("compare", "total"),
    ("compare", "ends"),
    ("kind", "both"),
)
"""Lists of words without content, in the order in which they are taken out."""


def _without_stop_words(text: str) -> str:
    """The terms of a text: without the words that ask, but for those inside a name of an indicator."""
    standard = indicators_in(text)
    compounds = pattern("question", "compounds").findall(text)
    names = sorted(dict.fromkeys((*standard, *asked_names_in(text), *compounds)), key=len, reverse=True)
    for i, name in enumerate(names):
        gap = " " if name in standard else ""  # users' words may end a longer name: 第三产业用电量
        text = text.replace(name, f"{gap}\ue000{i}\ue001{gap}")
    text = _COUNTED_ALL.sub(r"\g<0> ", text)
    for section, key in _STOP_WORDS:
        text = pattern(section, key).sub(" ", text)
    text = pattern("question", "particles").sub(" ", _GENERIC.sub(" ", text))
    text = _PUNCTUATION.sub(" ", text)
    text = " ".join(map(_without_edges, text.split()))
    text = re.sub("\ue000(\\d+)\ue001", lambda m: names[int(m[1])], text)
    return " ".join(
        part
        for part in text.split()
        if (len(part) > 1 or part.isdigit() or part in words("question", "one_character"))
        and not _PLACES_AT_LARGE.fullmatch(part)
    )


def _without_edges(part: str) -> str:
    """A term without the small words at its ends, unless they begin or end a word of its own (有色, 展会)."""
    edges, whole = words("question", "single"), words("question", "whole")
    while edge := next((e for e in edges if part.startswith(e) and not part.startswith(whole)), ""):
        part = part[len(edge) :]
    while edge := next((e for e in edges if part.endswith(e) and not part.endswith(whole)), ""):
        part = part[: -len(edge)]
    return part


@cache
def moved() -> re.Pattern[str]:
    """压减了多少, 提高几: how far something moved. What moved is the thing asked about, not the moving."""
    others = {"减", "降", "改善", *words("growth", "ask")}
    verbs = {*words("predicate", "growth_up"), *words("predicate", "growth_down")} - others
    return re.compile(
        rf"[增减][产收]了?(?=多少|几)|净增了?(?=(?:多少|几)[\u4e00-\u9fff]?(?:[，。？！\s]|$))|(?<!改造)(?:{choice(verbs)})了?(?=(?:多少|几)(?:个?(?:百分|点)|[%元人亿万倍天成，。？！\s]|$)|百分之)"
    )


@cache
def _which() -> re.Pattern[str]:
    """哪条高速, 哪一家医院: the counter asks, the noun is content."""
    return re.compile(rf"哪[一两二三四五六七八九十]?(?:{'|'.join(words('question', 'counters'))})(?![季月])")


@cache
def _modal() -> re.Pattern[str]:
    """高速要建成 is 高速 and 建成; 需要, 重要 and 博览会 are words of their own."""
    verbs = "|".join(
        (*words("subject", "verbs"), *words("subject", "own_verbs"), *words("finish", "finished"))
    )
    named = "".join(f"(?<!{word[:-1]})" for word in words("question", "whole") if word.endswith("会"))
    owed = (
        rf"(?<![需重主必将还])(?:各|都|还|再|又|总共|一共|共)?(?:要|将要?|{named}会|能够?)(?:再|确保|力争)?"
    )
    counted = r"要(?![稳控保达到提降增涨升减争])(?=[\u4e00-\u9fff]{1,3}(?:多少|几[^乎何]))"  # 生猪要出栏多少
    deeds = rf"(?:{owed}|(?:又|还|再|各|各自)(?=新|改|扩|增|建))(?={verbs}|新)"
    return re.compile(rf"(?<=[\u4e00-\u9fff])(?:{deeds}|(?<![需重主必将还]){counted})")


_PLACES_AT_LARGE = regex("asked", "large")


def _drop_unit(match: re.Match[str]) -> str:
    """多少万吨 and 几家 ask for a unit; the unit is no word of the content."""
    thing = match["unit"].lstrip("万亿千")
    if thing.startswith(words("question", "whole_things")):
        return thing  # 签约多少项目: 项 is no unit there
    gap = " " if match[0].startswith("哪") else ""  # 种多少树 is 种树, 实施哪几种招商方式 two words
    for length in range(len(match["unit"]), 0, -1):
        if is_unit(match["unit"][:length]) or match["unit"][:length] in ("钱", "亿", "万", "万亿"):
            rest = match["unit"][length:].removeprefix("级")  # 多少吨级的船
            run_on = (
                match.string[match.start() - 1 : match.start()] + (rest or match.string[match.end() :])[:1]
            )
            return (" " if run_on in words("question", "whole") else gap) + rest  # 有几个机场 is of no 有机
    return gap + match["unit"]
