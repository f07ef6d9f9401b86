"""What the words of a report leave unsaid: 5个园区实现“八个一”标准 does not tell what the eight are.

An answer in those words is turned into a refusal that says so beside them: where they only name a set that is
asked about (“八个一”是哪八个) or count it (2个村叫什么), give no place (落在哪个县) or no maker (哪家公司在修).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.lexicon import piece, regex
from qa.match import pairs_of
from qa.named_entities import names_in
from qa.places import county_shorts, province_of, short_name
from qa.sources import Sources, quoted
from qa.text import ONE_TO_TEN, fold, split_sentences, whole_number
from qa.text_answer import Quote
from qa.types import Claim, Draft, Scope
from qa.wanted import Wanted

_NUMBER = rf"(?:\d{{1,4}}|[{ONE_TO_TEN}两]{{1,3}})"
_COUNTER = piece("question", "counters")
_LABEL = re.compile(rf"“([一两{ONE_TO_TEN}\d][^“”，。；]{{1,9}})”")
_STANDS_FOR = piece("unsaid", "stands_for")
_COUNT = re.compile(
    rf"(?<![第{ONE_TO_TEN}\d.])(?P<n>{_NUMBER})(?P<of>{_COUNTER})(?P<noun>[^，。？！\s]{{1,18}}?)(?:（[^（）]*）)?{piece('unsaid', 'named')}"
)
_LISTS_BEHIND = re.compile(r"[”’]?[^，。；：、（“”]{0,10}?(?:（|：|——|，?(?:即|包括|分别|也就是|指的?是))")
_ASKS_WHERE, _WHERE_SAID = regex("unsaid", "asks_where"), regex("unsaid", "where_said")
_ASKS_WHO, _WHO_SAID = regex("unsaid", "asks_who"), regex("unsaid", "who_said")
_ASKS_PROCEDURE, _PROCEDURE_SAID = regex("unsaid", "asks_procedure"), regex("unsaid", "procedure_said")
_NAMES_ASKED = regex("unsaid", "names_asked")
_BESIDE = regex("unsaid", "beside")
_AND_OTHERS = re.compile(r"(?<![高平优中初上])等[^，。；、]{0,10}$")


@dataclass(frozen=True, slots=True)
class _Counted:
    """A set asked about by how many it has: the number, and the noun for one of them."""

    said: str
    number: int
    head: str


def left_unsaid(scope: Scope, made: Draft, sources: Sources) -> Draft | None:
    """The refusal for an answer whose words hold what is asked about and not what is asked; None for any other."""
    if made.reason or not any(claim.evidence for claim in made.claims):
        return None
    return (
        _only_announced(scope, made, sources)
        or _only_named(scope, made, sources)
        or _without_detail(scope, made, sources)
    )


_ANNOUNCES = regex("unsaid", "announces")


def _only_announced(scope: Scope, made: Draft, sources: Sources) -> Draft | None:
    """Of an answer that says a list is to come, and no more: 为民办实事项目如下."""
    said = [claim.text.strip("。：:") for claim in made.claims if claim.evidence]
    if len(said) != len(made.claims) or not all(map(_ANNOUNCES.search, said)):
        return None
    why = "只说有这样一份清单，没有找到清单的内容。"
    return _refused(why, why, scope, made, sources)


def _only_named(scope: Scope, made: Draft, sources: Sources) -> Draft | None:
    """Of an answer that names or counts the set asked about and none of its members."""
    question = fold(scope.question)
    valued = any(claim.figures for claim in made.claims)
    if label := "" if valued else _label_asked(question, scope, sources):
        told = _sentences_naming(label, scope, sources)
        return _refused(f"提到“{label}”，没有说明它具体指什么。", label, scope, Draft(tuple(told)), sources)
    spans = [span for claim in made.claims for span in claim.evidence]
    texts = [fold(sources.library.text(span.report_id)[span.start : span.end]) for span in spans]
    if counted := _count_asked(question):
        if sum(claim.text.startswith("- ") for claim in made.claims) >= counted.number:
            return None  # listed one by one
        found = [(text, at) for text in texts for at in _counts(text, counted)]
        why = f"只写了“{counted.said}”，没有写明是哪些。"
    else:
        found = [one for text in texts for one in _counts_of_named(text, question, scope, sources)]
        found = found if len(found) == len(texts) else []
        why = "只写了数目，没有写明是哪些。"
    if not found or any(_names_some(text, at) for text, at in found):
        return None
    return _refused(why, why, scope, made, sources)


def _refused(why: str, echo: str, scope: Scope, made: Draft, sources: Sources) -> Draft:
    places = "、".join(dict.fromkeys(info.place for info in sources.chosen(scope)[:6]))
    first = Claim(f"资料中未提及：{places}的报告{why}", echo=echo)
    near = [replace(claim, text=_as_sentence(claim.text)) for claim in made.claims if claim.evidence]
    near[0] = replace(near[0], text=f"最接近的段落是——{near[0].text}")
    return Draft((first, *near), reason="not_stated")


def _as_sentence(said: str) -> str:
    """A line of a list as a sentence."""
    return said.removeprefix("- ") + "。" if said.startswith("- ") else said


# ------------------------------------------------------------------ a name that is a number: “八个一”, “12344”


def _label_asked(question: str, scope: Scope, sources: Sources) -> str:
    """The name of a set that a question asks the meaning of, where no report in scope gives its members; else ""."""
    texts = [fold(sources.library.text(info.report_id)) for info in sources.chosen(scope)]
    quoted = {name for text in texts for name in _LABEL.findall(text)} | set(_LABEL.findall(question))
    for name in sorted(quoted, key=len, reverse=True):
        if not re.search(rf"{_whole(name)}[”’」]?(?:[、和与及][^，。？]{{2,10}})?{_STANDS_FOR}", question):
            continue
        mentions = [(text, at) for text in texts for at in re.finditer(_whole(name), text)]
        return name if mentions and not any(_defines(text, at) for text, at in mentions) else ""
    return ""


def _sentences_naming(name: str, scope: Scope, sources: Sources) -> list[Claim]:
    """The first sentences of the reports in scope that name a set, cut to what stands around it."""
    found: list[Quote] = []
    for info in sources.chosen(scope):
        for paragraph in sources.library.paragraphs(info.report_id):
            for start, end in split_sentences(paragraph.text, paragraph.start):
                said = fold(sources.library.text(info.report_id)[start:end])
                if not paragraph.is_heading and re.search(_whole(name), said):
                    found.append(Quote(info.report_id, paragraph, start, end, 1.0, 1.0, 1.0))
    return quoted(found[:MOST_QUOTED], Wanted(((pairs_of(name), 1.0),), (), "", ()), sources)


def _whole(name: str) -> str:
    """The expression for a name that is no part of a longer number: 123 does not stand in 12345."""
    return rf"(?<!\d){re.escape(name)}(?!\d)"


MOST_QUOTED = 3
"""Sentences shown that name a set."""


def _defines(text: str, at: re.Match[str]) -> bool:
    """Whether what a name stands for is set before or behind it: 甲、乙等“两大工程”; “两个全覆盖”，即…."""
    if _names_some(text, at):
        return True
    told = re.match(r"[”’]?，([^，。；：]+)", text[at.end() :])
    if told and told[1].count("、") and all(set(at[0][:2]) <= set(one) for one in told[1].split("、")):
        return True  # “一线工作法”，情况在一线掌握、问题在一线解决
    count = re.match(rf"[{ONE_TO_TEN[1:]}两](?!\d)", at[0])
    behind = re.match(r"[”’]?[^，。；：、“”]{0,6}，([^，。；：]+)", text[at.end() :])
    if count is None or behind is None:
        return False
    return behind[1].count("、") + 1 == whole_number(count[0])


# ------------------------------------------------------------------ a count: 13所续建学校


def _count_asked(question: str) -> _Counted | None:
    """The number of things that a question asks the names of."""
    said = _COUNT.search(question)
    if said is None:
        return None
    noun = re.sub(r"[“”的]", "", said["noun"])
    return _Counted(said["n"] + said["of"] + noun, whole_number(said["n"]), noun[-2:])


def _counts(text: str, counted: _Counted) -> Iterator[re.Match[str]]:
    """Where a text counts just so many of the things: 2个村, 项目25个."""
    number = rf"(?<![第{ONE_TO_TEN}\d.])(?P<n>{_NUMBER}){_COUNTER}"
    head = re.escape(counted.head)
    for form in (rf"{number}[^，。；、]{{0,16}}?{head}", rf"{head}[^，。；、]{{0,3}}?{number}"):
        for found in re.finditer(form, text):
            if whole_number(found["n"]) == counted.number:
                yield found


def _counts_of_named(
    text: str, question: str, scope: Scope, sources: Sources
) -> Iterator[tuple[str, re.Match[str]]]:
    """Where the clause of a text that holds most of a question for names (哪些企业上榜) counts those things (7家企业上榜)."""
    asked = _NAMES_ASKED.search(question)
    wanted = pairs_of(" ".join(scope.terms))
    clauses = re.split("(?<=[，。；])", text) if asked else []
    best = max(clauses, key=lambda clause: sources.weights.sum(wanted & pairs_of(clause)), default="")
    thing = (asked["thing"] or asked["before"]) if asked else ""
    number, thing = rf"(?<![第{ONE_TO_TEN}\d.]){_NUMBER}{_COUNTER}", re.escape(thing)
    if thing and (found := re.search(rf"{number}[^，。；、]{{0,8}}?{thing}|{thing}[”’]?{number}", best)):
        yield best, found


def _names_some(text: str, at: re.Match[str]) -> bool:
    """Whether members are set side by side before a count or name, or behind it."""
    if _LISTS_BEHIND.match(text, at.end()):
        return True
    before = re.split(r"[，。；：（\s]", text[: at.start()])[-1].rstrip("“‘")
    if _AND_OTHERS.search(before):
        return True
    beside = _BESIDE.split(before)[:-1]
    return any(len(one) > 1 and not re.search(rf"\d{_COUNTER}", one) for one in beside)


# ------------------------------------------------------------------ a place or a maker that is not told


def _without_detail(scope: Scope, made: Draft, sources: Sources) -> Draft | None:
    """Of an answer that gives no place where one is asked for, nobody who does what is done, or no way to apply for it."""
    question = fold(scope.question)
    for place in scope.places:
        question = re.sub(f"{re.escape(fold(place))}|{re.escape(fold(short_name(place)))}市?", "", question)
    near = [_around(claim, scope, sources) for claim in made.claims if claim.evidence]
    where = _ASKS_WHERE.search(question) and not _named_after_place(fold(scope.question), made, sources)
    if where and not any(_tells_where(said, scope, sources) for said in near):
        return _refused("没有写明地点。", "", scope, made, sources)
    if _ASKS_WHO.search(question) and not any(_WHO_SAID.search(said) for said in near):
        return _refused("没有写明由谁来做。", "", scope, made, sources)
    applied = asks_procedure(question)
    if applied and not any(applied in said or _PROCEDURE_SAID.search(said) for said in near):
        why = "没有写明怎么办理，这要问当地的政务服务部门。"
        return _refused(why, why, scope, made, sources)
    return None


def asks_procedure(question: str) -> str:
    """What a folded question asks how to do as one who needs it: 申请 of 低保怎么申请; "" for any other."""
    asked = _ASKS_PROCEDURE.search(question)
    return next(filter(None, asked.groups()), "") if asked else ""


def _around(claim: Claim, scope: Scope, sources: Sources) -> str:
    """The clause of a claim that holds most of the question and those beside it, without the question's own words."""
    span = claim.evidence[0]
    clauses = re.split("[，。；]", fold(sources.library.text(span.report_id)[span.start : span.end]))
    wanted = pairs_of(" ".join(scope.terms))
    held = [sources.weights.sum(wanted & pairs_of(clause)) for clause in clauses]
    at = held.index(max(held))
    said = "，".join(clauses[max(0, at - 1) : at + 2])
    for word in (*scope.terms, *scope.anchors):
        said = said.replace(word, " ")
    return said


def _named_after_place(question: str, made: Draft, sources: Sources) -> bool:
    """Whether a name in a claim says more than the question before what is asked of: 河口国家公园 for 国家公园."""
    spans = (claim.evidence[0] for claim in made.claims if claim.evidence)
    names = (
        name for s in spans for name in names_in(fold(sources.library.text(s.report_id)[s.start : s.end]))
    )
    for name in names:
        asked = next((at for at in range(len(name) - 1) if name[at:] in question), 0)
        if name[:asked] and name[:asked] not in question:
            return True
    return False


def _tells_where(said: str, scope: Scope, sources: Sources) -> bool:
    provinces = {province_of(info.place) for info in sources.chosen(scope)}
    counties = (short for short, place in county_shorts().items() if place.code[:2] in provinces)
    return bool(_WHERE_SAID.search(said)) or any(short in said for short in counties)
