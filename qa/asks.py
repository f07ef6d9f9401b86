"""The parts of a question: its own questions, and the things that one question is asked of.

"去年新增多少，今年计划多少" asks twice; "小龙虾、食用菌的产量各涨了多少" asks the same of two things.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.lexicon import canonicalise, indicators_in, words
from qa.text import years
from qa.types import Ask, Kind
from qa.wording import VERBS_ONLY, content_of, kind_of, relative_years

_SPLIT = re.compile(
    r"[，。；？！?\n：、]|以及|还有|\band\b"
    r"|(?:(?<=几[\u4e00-\u9fff])|(?<=多少)|(?<=多少[\u4e00-\u9fff]))(?=今年|去年|明年)"
)

_ALSO_MEASURE = re.compile(
    r"(?:以及|[及和、，\s])(?=其?(?:占[^，。、]{0,16}(?:比重|比例|多少)|占比|在?全[国区省市]的?(?:排名|位次|第几|排第几|排位)|排名|位次|增速|增幅|同比)|20\d\d年的?[^，。]{0,8}目标)"
)

_CUE = re.compile(
    r"[涨升增多高][了加长]?(?:还是|是|或)[跌降减少低]|呢[？。]?$|多少|几(?!乎)|哪|什么|多大|多高|多长|占比|比重|排名|how|what|which"
)


_MEASURE_LAST = re.compile(
    rf"(?:{'|'.join(words('subject', 'asked_heads'))}|率|比例|[数产销电容]量|总量|增速|增幅)[，。；、？！?\s]*$"
)
"""What ends so asks for a number even without 多少, once the question has asked for one."""


def asks_of(text: str, base: int) -> tuple[Ask, ...]:
    """Cut a question at its own questions; words before the first are its topic. () for bare key words."""
    segments: list[str] = []
    begin = 0
    for match in _SPLIT.finditer(text):
        before = text[begin : match.start()]
        if (
            _CUE.search(before)
            or match[0] == "："
            or (any(map(_CUE.search, segments)) and _MEASURE_LAST.search(before))
        ):
            segments.append(text[begin : match.end()])
            begin = match.end()
    segments.append(text[begin:])
    segments = [part for segment in segments for part in _by_measure(segment)]
    topic: tuple[str, ...] = ()
    made: list[Ask] = []
    for segment in segments:
        terms = _terms(segment)
        if not _CUE.search(segment) and not (made and _MEASURE_LAST.search(segment)):
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
    return tuple(replace(ask, parts=parts_of(ask.text, ask)) for ask in made)


def _terms(segment: str) -> tuple[str, ...]:
    content = content_of(segment)
    return () if VERBS_ONLY.fullmatch(content) else tuple(content.split())


_JOIN = re.compile(
    r"[、；/]+|以及|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff])"
)

_ENDING = re.compile(
    r"(?:今年|去年|20\d\d年?)?的?(?:目标|任务|计划)?(?:各自?|分别|都|一共)?(?:要|应|需|将|拟|力争|确保|计划)*"
    rf"(?:{'|'.join(words('subject', 'verbs'))}|是|有|为|达到?|增长|增加|涨|下?降|提高|[建修种发办]|\s)*了?"
    r"(?:多少|(?<!哪)几(?!乎)|多大|多高|百分之).*$"
)


def parts_of(segment: str, whole: Ask) -> tuple[Ask, ...]:
    """The things that one question is asked of, each as a question of its own; () for fewer than two.

    Each takes the question's ending, the noun that only the last one says (小龙虾、食用菌的产量), and as
    topic what stands before the first (高标准农田新建、改造).
    """
    ending = _ENDING.search(segment)
    body = segment[: ending.start()] if ending else segment
    names = [name for name in _JOIN.split(body) if name]
    names = [re.sub(r"^(.)的(?=[\u4e00-\u9fff]{2})", r"\1", name) for name in names]
    names = [name for name in names if content_of(name)]
    above = () if whole.topic == whole.terms else whole.topic
    if len(names) < 2 or (VERBS_ONLY.fullmatch(content_of(names[0])) and not above):
        return ()
    heads = (*words("subject", "asked_heads"), *words("subject", "heads"))
    shared = max((head for head in heads if names[-1].endswith(head)), key=len, default="")
    made: list[Ask] = []
    for name in names:
        full = name if name.endswith(heads) or indicators_in(canonicalise(name)) else name + shared
        terms = tuple(content_of(full).split())
        topic = (*above, *made[0].terms[:-1]) if made else above
        topic = tuple(term for term in dict.fromkeys(topic) if term not in terms)
        made.append(Ask(full + (ending[0] if ending else ""), terms, topic, whole.kind, whole.years))
    return tuple(made)


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
