"""The parts of a question: its own questions, and the things that one question is asked of.

"去年新增多少，今年计划多少" asks twice; "小龙虾、食用菌的产量各涨了多少" asks the same of two things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.distributive import is_twin
from qa.horizons import PLAN_NAMES, asks_mean, horizons_in, span_of
from qa.indicator_names import canonicalise, indicators_in, indicators_meant, sibling, spread
from qa.lexicon import piece, regex, words
from qa.question_times import REPORT_YEAR, THAN_BEFORE, kind_of, relative_years, without_base_year
from qa.text import is_unit, unit_family, whole_number, years
from qa.types import Ask, Kind
from qa.wording import PAST_BOUND, VERBS_ONLY, content_of
from qa.year_parts import YEAR_PART

_SPLIT = re.compile(
    r"[，。；？！?\n：、]|以及|还有|\band\b"
    r"|(?:(?<=几[\u4e00-\u9fff])|(?<=多少)|(?<=多少[\u4e00-\u9fff]))(?=今年|去年|明年)"
)

_ALSO_MEASURE = regex("several", "also_measure")
_CUE = regex("several", "cue")
_ASKS = regex("several", "asks")
_MEASURE_LAST = regex("several", "measure_last")

_HEAPED = re.compile(r"目标[，。；、？！?\s]*(?:还有|以及)?$")
"""What ends a heap of key words that asks for its numbers without saying so: 粮食、茶叶产量目标 还有油茶面积."""

_NUMBERED = re.compile(r"\s*\n\s*(?:[（(]?\d{1,2}[.、)）．]|[①-⑨])\s*")


def in_clauses(question: str) -> str:
    """A question pasted as a numbered list as one of clauses: a heading, then what is asked of it line by line."""
    lines = _NUMBERED.split(question.strip())
    if len(lines) < 3:
        return question
    items = [re.sub(r"[，,；;。]+$", "", line) for line in lines[1:]]
    asked = [
        item
        if _CUE.search(item) or any(not _DEEDS.fullmatch(term) for term in _terms(item))
        else f"{item}多少"
        for item in items
    ]
    return f"{re.sub('[：:，,]$', '', lines[0])}：{'，'.join(asked)}"


_SET_OUT = regex("question", "set_out")
_RESTATED = regex("question", "restated")


def without_restated(question: str) -> str:
    """A question without how its answer is to be set out, and without the number of what it has just listed.

    甲、乙、丙产量（按此顺序） asks for the three; 工业、交通、能源三项投资 for 工业、交通、能源投资.
    """
    text = _SET_OUT.sub("", question)
    for match in reversed([*_RESTATED.finditer(text)]):
        listed = re.split(r"[，。；：？！,;:?!\s]", text[: match.start()])[-1]
        if len(re.split(r"、|以及|[和与及]", listed)) == whole_number(match["n"]):
            text = text[: match.start()] + text[match.end() :]
    return text


def asks_of(text: str, base: int) -> tuple[Ask, ...]:
    """Cut a question at its own questions; words before the first are its topic. () for bare key words."""
    cue = _ASKS if _CUE.search(text) else _HEAPED
    topic: tuple[str, ...] = ()
    heading = ""
    made: list[Ask] = []
    for segment in _segments(text, cue):
        if made and (others := _of_all(segment, made, base) or _swapped(segment, made, base)):
            made += others
            continue
        terms = _terms(segment)
        bare = segment.rstrip("，。；、")
        if not (_CUE.search(bare) or cue.search(segment)) and not (made and _MEASURE_LAST.search(segment)):
            if not made:
                topic, heading = terms, bare.rstrip("：")
            continue
        facts, kind, span = _when(segment, made, base)
        if not made:
            topic = topic or terms
        if made and _is_deed_then(segment, terms, made[-1], facts):
            terms = tuple(dict.fromkeys((*made[-1].terms, *terms)))
        terms = terms or (_taken(segment, made) if made else topic)
        under = () if made and topic == made[0].terms and _end_alike(terms, topic) else topic
        made.append(Ask(segment, terms, under, kind, facts, span=span))
    if len(made) > 1 and not made[0].years and NOW.search(made[0].text) and _is_before(made[1], base):
        made[0] = replace(made[0], years=(base - 1,), kind="actual")  # 现在多少，五年前多少
    return _with_parts(made, heading)


def _with_parts(asks: Sequence[Ask], heading: str) -> tuple[Ask, ...]:
    """Asks with the things each is asked of; 今年各多少 is asked of those of the ask before, or of the heading's."""
    done: list[Ask] = []
    for ask in asks:
        parts = parts_of(ask.text, ask)
        if not parts and not done and heading and "各" in ask.text:
            parts = parts_of(heading + ask.text.strip(), replace(ask, topic=ask.terms))
        if not parts and done and "各" in ask.text and ask.terms == done[-1].terms:
            parts = tuple(replace(p, kind=ask.kind, years=ask.years, span=ask.span) for p in done[-1].parts)
        done.append(replace(ask, parts=parts))
    return tuple(done)


def _is_before(ask: Ask, base: int) -> bool:
    """Whether an ask is of years before the one that the newest report looks back on."""
    return bool(ask.years) and max(ask.years) < base - 1


def _segments(text: str, cue: re.Pattern[str]) -> list[str]:
    """A question cut behind each part that holds a ``cue``, behind a heading, and before a second measure."""
    segments: list[str] = []
    begin = 0
    for match in _SPLIT.finditer(text):
        before = text[begin : match.start()]
        asks = cue.search(before) or (any(map(cue.search, segments)) and _MEASURE_LAST.search(before))
        if asks or match[0] == "：":
            segments.append(text[begin : match.end()])
            begin = match.end()
    segments.append(text[begin:])
    segments = _named_alike(_english_joined(segments))
    return [part for segment in _with_times(segments) for part in _by_measure(segment)]


def _named_alike(segments: list[str]) -> list[str]:
    """多少个镇、|多少个村获评示范: what only the last of several counted things is said to be named is asked of each."""
    done = list(segments)
    for i in range(len(done) - 2, -1, -1):
        named = _NAMED.search(done[i + 1])
        if named and _COUNT_ALONE.search(done[i]):
            done[i] = done[i].rstrip("、，") + named[0]
    return done


_COUNT_ALONE = re.compile(r"(?:多少|几)[\u4e00-\u9fff]{1,5}、$")
_NAMED = re.compile(rf"(?:{piece('row', 'title')}|拿到?了?|获)(?![哪什多几])[^，；。？！、]{{2,}}")


def _end_alike(terms: Sequence[str], first: Sequence[str]) -> bool:
    """Whether a part asks of another thing what the first part asks of its own: 镇获评示范 and 村获评示范."""
    ends = [title[0] for said in (terms, first) if (title := _NAMED.search("".join(said)))]
    return len(ends) == 2 and ends[0] == ends[1]


def _when(segment: str, made: Sequence[Ask], base: int) -> tuple[tuple[int, ...], Kind | None, str]:
    """Years, kind and span of a part of a question: its own, else those of the part before."""
    facts, kind = _time_of(segment, base)
    if made and made[-1].span and not facts and _BEGAN.search(segment):
        facts, kind = (int(made[-1].span[:4]) - 1,), "actual"
    if made and not facts and _is_before(made[-1], base) and NOW.search(segment):
        facts, kind = (base - 1,), "actual"
    span, kind = _span_of(segment, made, base, kind, facts)
    if span:
        return (), kind, span
    if made and not facts:
        facts = made[-1].years if kind in (None, made[-1].kind) or len(made[-1].years) != 1 else ()
        facts = facts or _years_of(kind, base)
        kind = kind or made[-1].kind
    return facts, kind, ""


NOW = re.compile(r"现在|如今|目前|眼下|当前|现今")
"""After 五年前多少: as things stood at the end of the year that the newest report looks back on."""


def _english_joined(segments: Sequence[str]) -> list[str]:
    """ "how much did A and B grow" is one question: what follows "and" without asking belongs to the part before."""
    joined: list[str] = []
    for segment in segments:
        if joined and re.search(r"\band$", joined[-1]) and not _CUE.search(segment):
            joined[-1] += segment
        else:
            joined.append(segment)
    return joined


def _is_deed_then(segment: str, terms: Sequence[str], last: Ask, facts: Sequence[int]) -> bool:
    """今年新增示范区几个，去年培育了几个: only a deed, counted alike at another time, is of the thing asked about before."""
    deed = terms and all(map(_DEEDS.fullmatch, terms))
    return bool(
        deed and _counted(segment) and _counted(segment) == _counted(last.text) and facts != last.years
    )


_BEGAN = regex("several", "began")


def _span_of(
    segment: str, made: Sequence[Ask], base: int, kind: Kind | None, facts: Sequence[int]
) -> tuple[str, Kind | None]:
    """The span of years that a part of a question is about, its own or that of the part before; and the kind."""
    own = span_of(segment, base)
    if own and not facts:
        return own.span, own.kind or kind
    if made and made[-1].span and not facts and kind in (None, made[-1].kind):
        return made[-1].span, made[-1].kind
    return "", kind


def time_of(segment: str, base: int) -> tuple[tuple[int, ...], Kind | None]:
    """The years and the kind that a part of a question names; a kind alone is of its year."""
    facts, kind = _time_of(segment, base)
    return facts or _years_of(kind, base), kind


def _terms(segment: str) -> tuple[str, ...]:
    content = content_of(segment)
    return () if VERBS_ONLY.fullmatch(content) else tuple(content.split())


def _time_of(segment: str, base: int) -> tuple[tuple[int, ...], Kind | None]:
    segment = THAN_BEFORE.sub(" ", without_base_year(REPORT_YEAR.sub(" ", segment), base))
    relative = relative_years(segment)
    ends = (time.year for time in horizons_in(segment, base) if time.year)
    facts = (*years(segment), *ends) or tuple(base + shift for shift in relative)
    return facts, kind_of(segment, relative) or _kind_of_year(facts, base)


_COUNTED = re.compile(r"(?:多少|(?<!哪)几)(?P<unit>[\u4e00-\u9fff]?)")

_DEEDS = re.compile(rf"(?:{'|'.join(words('subject', 'verbs'))}|提升|{VERBS_ONLY.pattern})+")
"""A word for what was done and nothing else: 改造提升."""


def _taken(segment: str, made: Sequence[Ask]) -> tuple[str, ...]:
    """What an ask without a thing of its own is of: the thing last asked about, counted in the same unit.

    A deed of its own takes the place of the one before: 新建多少、改造提升多少.
    """
    unit = _counted(segment)
    alike = (ask for ask in reversed(made) if unit and _counted(ask.text) in (unit, ""))
    before = next(alike, made[-1])
    deed = content_of(segment).split()
    if not _DEED.search(segment) or all(word in "".join(before.terms) for word in deed):
        return before.terms
    things = [term for term in before.terms if not _DEEDS.fullmatch(term)]
    return (*(things or [term for term in before.topic if not _DEEDS.fullmatch(term)]), *deed)


_DEED = regex("several", "deed")


def _counted(text: str) -> str:
    match = _COUNTED.search(text)
    return match["unit"] if match and is_unit(match["unit"]) else ""


# ------------------------------------------------------------------ asks that leave out what was said before

_ELLIPTIC = re.compile(r"(?:那么?)?[^，。；？！]{1,16}呢(?:[，。；？！、]|$)")
"""Another thing, asked about as before: 对东盟的呢？"""


def _with_times(segments: Sequence[str]) -> list[str]:
    """Join to 对东盟的呢， the times or the measure that come behind it: 去年和今年分别, 去年增长多少."""
    joined: list[str] = []
    for segment in segments:
        if joined and joined[-1] and _ELLIPTIC.fullmatch(joined[-1]) and not _terms(segment):
            joined[-1] += segment
        else:
            joined.append(segment)
    return joined


def _swapped(segment: str, made: Sequence[Ask], base: int) -> list[Ask]:
    """对东盟的呢: that thing by the measure of the one before, in all its years unless others are said; else []."""
    if not _ELLIPTIC.match(segment):
        return []
    terms, last = _terms(segment), made[-1]
    if not terms and not (_TIME.search(segment) or span_of(segment, base)):
        return []
    same = [ask for ask in made if ask.terms == last.terms]
    times = dict.fromkeys((year, ask.kind) for ask in same for year in ask.years)
    own, kind = _time_of(segment, base)
    if (over := span_of(segment, base)) and not own and terms in ((), ("累计",)):  # 五年累计呢
        return [replace(last, kind=over.kind or kind, years=(), span=over.span)]
    if own:
        times = dict.fromkeys((year, kind or _kind_of_year((year,), base)) for year in own)
    known = indicators_meant(" ".join(last.terms))
    names = (sibling("".join(terms), name) for name in known)
    other = next((name for name in names if name), None)
    told = _COUNTED.search(segment) or _RATE.search(segment) or (indicators_in(" ".join(terms)) and not other)
    measure = None if told else _ENDING.search(same[0].text)
    measure = None if measure and measure[0].startswith(("谁", "哪")) else measure
    said = segment.strip("，。；？！、")
    asked = _TIME.sub("", measure[0] if measure else "")
    asked = asked if other else _COUNTER.sub(_without_counter, asked)
    text = (said if len(times) == 1 else _TIME.sub("", said)) + asked
    topic = () if other else last.terms if terms else last.topic
    span = "" if own else last.span
    text = f"年均{text}" if span and asks_mean(same[0].text) else text
    ask = Ask(text, (other,) if other else terms or last.terms, topic, last.kind, span=span)
    return [replace(ask, kind=kind, years=(year,)) for year, kind in times] or [ask]


_COUNTER = re.compile(r"(?<=多少|.几)(?P<unit>[\u4e00-\u9fff]{1,2})")


def _without_counter(said: re.Match[str]) -> str:
    """What another thing is asked by, without what the one before is counted in: 邮轮有多少艘次，旅客呢."""
    sizes = (said["unit"], said["unit"][:1])
    unit = next((one for one in sizes if is_unit(one) and unit_family(one) == one), "")
    return said[0][len(unit) :]


_RATE = re.compile(r"[\u4e00-\u9fff]{2}(?<![增占倍汇])率呢")
"""Another measure of the thing just asked about: 采了多少户？采集率呢."""

_TIME = re.compile(r"去年|今年|明年|前年|(?:到|至)?(?:19|20)\d\d年")


def _of_all(segment: str, made: Sequence[Ask], base: int) -> list[Ask]:
    """ "…多少、…多少，今年目标各多少": the things asked about so far, at another time or by another measure; [] if not."""
    facts, kind = _time_of(segment, base)
    things = [ask for ask in made if ask.years == made[-1].years]
    if len(things) < 2 or content_of(segment):
        return []
    if not facts and re.search(r"各|分别", segment) and _CUE.search(segment):
        return [replace(ask, text=re.sub(r"各自?|分别", "", segment)) for ask in things]
    if not facts or facts == made[-1].years or not re.search(r"各|分别|都|呢", segment):
        return []
    return [replace(ask, text=_TIME.sub("", ask.text), kind=kind, years=facts) for ask in things]


_JOIN = re.compile(
    r"[、；/]+|以及|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff”」a-z）])[和与及](?=[\u4e00-\u9fff“「a-z])|\s+and\s+"
    r"|(?<=[”」])(?=[“「])"
)

_ENDING = regex("several", "ending")


_OF_SECTORS = re.compile("三[次大]产业")
_TIME_ONLY = re.compile(
    rf"(?:去年|今年|(?:19|20)\d\d年|\s)*(?:{YEAR_PART})?|(?:{PLAN_NAMES})”?(?:时期|期间|以来)?|(?:过去|近|这)?[三五十]年(?:来|间)?"
)
"""A part of a year is none of the things asked of: 去年第四季度|全国经济增速."""


def parts_of(segment: str, whole: Ask) -> tuple[Ask, ...]:
    """The things that one question is asked of, each as a question of its own; () for fewer than two.

    Each takes the question's ending, the noun that only the last one says (小龙虾、食用菌的产量), and as
    topic what stands before the first (高标准农田新建、改造).
    """
    segment = spread(segment) if _OF_SECTORS.search(segment) else segment
    ending = _ENDING.search(segment)
    body = segment[: ending.start()] if ending else segment
    names = [name for name in _JOIN.split(spread(body)) if name]
    names = [re.sub(r"^(.)的(?=[\u4e00-\u9fff]{2})", r"\1", name) for name in names]
    names = [name for name in names if content_of(name) and not _TIME_ONLY.fullmatch(name.strip("“” "))]
    above = () if whole.topic == whole.terms else whole.topic
    if len(names) < 2 or (VERBS_ONLY.fullmatch(content_of(names[0])) and not above):
        return ()
    if _FOR_WHOM.search(names[0]):
        return ()  # 为企业和个人减税: one deed for both
    heads = (*words("subject", "asked_heads"), *words("subject", "heads"))
    shared = max((head for head in heads if names[-1].endswith(head)), key=len, default="")
    made: list[Ask] = []
    for name in names:
        said = re.split(r"[，\s]", name)[-1]
        twin = name + names[-1][len(said) :] if is_twin(said, names[-1]) else ""
        twin = twin or (
            name + tail if name != names[-1] and (tail := _measure_of_kind(said, names[-1])) else ""
        )
        full = twin or (
            name if name.endswith((*heads, "数")) or indicators_in(canonicalise(name)) else name + shared
        )
        terms = tuple(content_of(full).split())
        whole_name = bool(made) and terms[-1:] == made[0].terms[-1:]  # “甲”项目、“乙”项目: two of one kind
        topic = (*above, *made[0].terms[:-1]) if made and not whole_name else above
        topic = tuple(term for term in dict.fromkeys(topic) if term not in terms)
        made.append(
            Ask(full + (ending[0] if ending else ""), terms, topic, whole.kind, whole.years, span=whole.span)
        )
    return tuple(made)


_FOR_WHOM = re.compile(rf"{piece('several', 'for_whom')}$")
_KINDS = re.compile(f"[\u4e00-\u9fff]{{2,4}}?{piece('several', 'kinds')}")
"""A name that ends in what kind of place it is: 东湖街道."""


def _measure_of_kind(said: str, last: str) -> str:
    """What the last of several places is asked by, for the others too: 东湖街道和|西山街道|常住人口哪个多; "" if nothing."""
    kind = _KINDS.match(last)
    tail = last[kind.end() :] if kind and _KINDS.fullmatch(said) else ""
    return tail if indicators_in(canonicalise(tail)) else ""


def _years_of(kind: Kind | None, base: int) -> tuple[int, ...]:
    return () if kind is None else (base - 1,) if kind == "actual" else (base,)


def _by_measure(segment: str) -> list[str]:
    """ "民生支出总额及占一般公共预算支出比重" asks two things in one breath."""
    found = _ALSO_MEASURE.finditer(segment)
    match = next((one for one in found if content_of(segment[: one.start()])), None)
    if not match:
        return [segment]
    before = segment[: match.start()]
    after = segment[match.end() :]
    told = PAST_BOUND.search(before) or _CUE.search(before)
    return [before + ("" if told else "多少"), f"{after}多少" if not _COUNTED.search(after) else after]


def _kind_of_year(facts: tuple[int, ...], base: int) -> Kind | None:
    if len(facts) != 1:
        return None
    return "actual" if facts[0] < base else "target" if facts[0] == base else None
