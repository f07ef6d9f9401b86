"""Several questions in one message: each answered by itself, where an answer to all together leaves one of them out.

"今年城镇新增就业多少，抵边小镇推进几个，在哪些地方" asks of two things that have nothing to do with each other, the
second in two clauses. Questions that share a thing, or reckon with each other's values, are answered together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from qa.dependent_parts import is_specific
from qa.indicator_names import asked_names_in, canonicalise, indicators_in
from qa.joining import without_repeats
from qa.lexicon import choice, regex, words
from qa.match import pairs_of
from qa.opposed import sides
from qa.places import short_name
from qa.question_times import relative_years
from qa.refusal import year_not_covered
from qa.sources import Sources
from qa.text import fold, years
from qa.types import Ask, Claim, Draft, Part, Scope
from qa.wording import VERBS_ONLY, content_of, is_bare_measure

AnswerTo = Callable[[str, Sequence[str] | None], Draft]
"""The draft for one question, given those before it in the message; None: without the conversation too."""

MAX_QUESTIONS = 4
"""Questions of one message that are answered one by one."""

HELD = 0.6
"""Share of a question's weight that an answer must hold to speak of it."""

_CLAUSE = re.compile(r"[^，。；？！,;?!\n]+[，。；？！,;?!\n]*")
_CUE = regex("several", "asked_apart")
_ASKS, _MEASURE_LAST = regex("several", "asks"), regex("several", "measure_last")
_LEANS_BACK = regex("several", "leans_back")
_ALSO = regex("several", "also")
_TURN = re.compile(rf"(?<=[？?])\s*{_ALSO.pattern}")
_TIMED = regex("courtesy", "time")
_DEEDS = re.compile(f"(?:新?(?:{VERBS_ONLY.pattern}|{choice(words('subject', 'verbs'))}))+")


def one_by_one(question: str, scope: Scope, found: Draft, sources: Sources, answer_to: AnswerTo) -> Draft:
    """The answer ``found`` to a question as a whole, or a fuller one to its questions one by one."""
    return (
        _and_the_other(question, scope, found, answer_to)
        or _in_turn(question if scope.tally else scope.question, scope, found, answer_to)
        or _apart(scope, found, sources, answer_to)
        or _anew(question, scope, found, answer_to)
        or found
    )


_AND_THAT = regex("several", "and_that")


def _and_the_other(message: str, scope: Scope, found: Draft, answer_to: AnswerTo) -> Draft | None:
    """What is asked, and the same of the other side that the last words name (二期几月交付？三期呢), where the answer to
    all together says nothing of it; else None."""
    last = _AND_THAT.search(message)
    if last is None or found.reason or len(scope.places) != 1 or not sides(fold(last["side"])):
        return None
    if any(last["side"] in claim.text for claim in found.claims):
        return None
    begun, side = message[: last.start()], last["side"]
    drafts = answer_to(begun, ()), answer_to(f"{side}呢", (begun,))
    if drafts[0].reason:
        return None
    return Draft(tuple(without_repeats([*drafts[0].claims, *_told(side, drafts[1])])))


def _in_turn(message: str, scope: Scope, found: Draft, answer_to: AnswerTo) -> Draft | None:
    """The answers to whole questions that 另外 behind a question mark keeps apart, if each has one; else None."""
    turns = _TURN.split(message)
    own = [_terms(turn, scope) for turn in turns]
    if not 1 < len(turns) <= MAX_QUESTIONS or len(scope.places) != 1 or scope.missing_places:
        return None
    if found.reason == "off_topic" or any(
        _LEANS_BACK.match(fold(turn)) or not words - own[i] or is_bare_measure(tuple(words))
        for i, (turn, words) in enumerate(zip(turns[1:], own[1:], strict=True))
    ):
        return None
    drafts = [_fresh(turn, turns[:i], scope, answer_to) for i, turn in enumerate(turns)]
    if any(made.reason or any(map(is_refusal, made.claims)) for made in drafts):
        return None
    return Draft(tuple(without_repeats([claim for made in drafts for claim in made.claims])))


def _apart(scope: Scope, found: Draft, sources: Sources, answer_to: AnswerTo) -> Draft | None:
    """The questions of a message answered one by one, if that leaves fewer of them out than ``found``; else None."""
    if scope.intent == "off_topic" or scope.pair or scope.tally or scope.item or scope.missing_places:
        return None
    if found.reason not in (None, "not_stated") or year_not_covered(scope, sources):
        return None
    questions = tuple(separate(scope, sources))
    if not 1 < len(questions) <= MAX_QUESTIONS:
        return None
    left = len(questions) if found.reason else sum(map(is_refusal, found.claims))
    if not left and (
        scope.inherited or all(_speaks_of(found, question, scope, sources) for question in questions)
    ):
        return None
    drafts = [_answer(question, questions[:i], scope, answer_to) for i, question in enumerate(questions)]
    if found.reason is None and not left:  # what the whole answer tells of a question is not lost
        drafts = [
            found if made.reason and _speaks_of(found, question, scope, sources) else made
            for question, made in zip(questions, drafts, strict=True)
        ]
    refused = sum(made.reason is not None for made in drafts)
    if refused >= max(left, 1):
        return None
    claims = [
        claim for question, made in zip(questions, drafts, strict=True) for claim in _told(question, made)
    ]
    return Draft(tuple(without_repeats(claims)))


def _fresh(question: str, before: Sequence[str], scope: Scope, answer_to: AnswerTo) -> Draft:
    """As one of the place alone, of the time of all first; else as one that follows those before it."""
    made = answer_to(_placed(question, scope), None) if before else answer_to(question, before)
    return _answer(question, before, scope, answer_to) if made.reason and before else made


def _anew(question: str, scope: Scope, found: Draft, answer_to: AnswerTo) -> Draft | None:
    """A question that followed another of a time, but has a thing of its own, asked of its place alone; else None.

    那信用村占比多少 after an aim of this year: its report may tell only what came of it.
    """
    if found.reason != "not_stated" or "time" not in scope.inherited or "content" in scope.inherited:
        return None
    if len(scope.places) != 1 or not _CUE.search(fold(question).rstrip("呢？?。")):
        return None
    made = answer_to(scope.places[0] + regex("follow", "lead").sub("", question), None)
    return None if made.reason else made


def _answer(question: str, before: Sequence[str], scope: Scope, answer_to: AnswerTo) -> Draft:
    """As one that follows those before it, of their time; if that says too little, of their place alone; behind an
    aim of any time too: 今年自来水普及率要到多少？另外，高新技术企业有多少家."""
    when = _time_of_all(scope, question) if before else ""
    made = answer_to(when + question, before)
    for time in dict.fromkeys((when, "" if scope.kind == "target" else when)):
        if made.reason is None or not before or len(scope.places) != 1:
            return made
        alone = answer_to(f"{scope.places[0]}{time}{question}", None)
        made = made if alone.reason else alone
    return made


def _placed(question: str, scope: Scope) -> str:
    return f"{scope.places[0]}{_time_of_all(scope, question)}{question}"


def _time_of_all(scope: Scope, question: str) -> str:
    """The year of a message that speaks of one alone, for a question of it that names none; else ""."""
    if relative_years(fold(question)) or years(question):
        return ""
    times = {(scope.kind, scope.years), *((ask.kind, ask.years) for ask in scope.asks)}
    return f"{scope.years[0]}年" if len(times) == 1 and len(scope.years) == 1 else ""


def separate(scope: Scope, sources: Sources) -> Iterator[str]:
    """The questions of a message: each with the clauses behind it that name no thing of their own."""
    begun, terms, added = "", frozenset[str](), False
    for clause in _CLAUSE.findall(scope.question):
        also = _ALSO.match(clause)
        said = clause[also.end() :] if also else clause
        added = added or bool(also)
        if not said.strip("，。；？！,;?! "):
            continue  # 另外，
        own = _terms(said, scope)
        if (
            begun
            and (begun.endswith(("？", "?")) or _asks(begun))
            and _names_its_own(said, own - terms, sources, added=added)
        ):
            yield begun.rstrip("，；,; ")
            begun, terms = "", frozenset()
        begun += said if not begun else clause
        terms, added = terms | own, False
    if begun:
        yield begun


def _asks(clause: str) -> bool:
    said = fold(clause)
    return any(asks.search(said) for asks in (_CUE, _ASKS, _MEASURE_LAST))


def _names_its_own(clause: str, own: frozenset[str], sources: Sources, *, added: bool) -> bool:
    """Whether a clause asks of a thing that it names and no clause before it does, and leans on none of them.

    ``added``: 另外 or 还有 begins it.
    """
    said = fold(clause)
    effect = regex("follow", "effects").search(said)  # 带动消费多少
    if (
        _LEANS_BACK.search(said)
        or effect
        or all(_DEEDS.fullmatch(term) or is_bare_measure((term,)) for term in own)
    ):
        return False
    if added:
        return True
    if not _asks(clause):
        return False
    told = " ".join(own)
    named = indicators_in(canonicalise(told)) or asked_names_in(told) or _TIMED.match(said)
    return bool(named) or is_specific(Ask(clause, tuple(own)), sources)


def _terms(clause: str, scope: Scope) -> frozenset[str]:
    """The words of a clause that say what it asks of, without the places of the question."""
    said = fold(clause)
    for place in scope.places:
        said = said.replace(fold(place), " ").replace(fold(short_name(place)), " ")
    return frozenset(content_of(said).split())


def is_refusal(claim: Claim) -> bool:
    """Whether a statement only says that something is not stated."""
    return not claim.evidence and bool(regex("several", "refusal").search(claim.text))


def _speaks_of(made: Draft, question: str, scope: Scope, sources: Sources) -> bool:
    """Whether the answer, or what it cites of the time asked for, holds most of the words of a question, the rarer ones
    counting more."""
    asked = pairs_of(" ".join(_terms(question, scope)))
    told = [
        claim
        for claim in made.claims
        if _is_of_part(claim, _PARTS.get(relative_years(fold(question))), sources)
    ]
    cited = (sources.library.text(s.report_id)[s.start : s.end] for c in told for s in c.evidence)
    held = frozenset().union(
        *(pairs_of(canonicalise(fold(text))) for text in (*cited, *(c.text for c in told)))
    )
    return not asked or sources.weights.sum(asked & held) >= HELD * sources.weights.sum(asked) > 0


_PARTS: dict[tuple[int, ...], Part] = {(-1,): "review", (0,): "plan"}
"""The part of a report that tells of 去年, and of 今年."""


def _is_of_part(claim: Claim, part: Part | None, sources: Sources) -> bool:
    """Whether a statement cites that part of a report; of no part, or of rows, each may be."""
    spans = [] if part is None or claim.figures else claim.evidence
    parts = {sources.library.paragraphs(span.report_id)[span.paragraph - 1].part for span in spans}
    return not parts or part in parts


def _told(question: str, made: Draft) -> Sequence[Claim]:
    if made.reason is None:
        return made.claims
    said = re.sub(r"[“”]", "", question).strip("，。；？！,;?! \n")
    return (Claim(f"“{said}”：资料中未提及。", echo=said),)
