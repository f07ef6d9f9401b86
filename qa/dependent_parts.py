"""A part of a question answered beside another part: 竣工112个，完成投资534亿元 stands in one sentence.

A part that names only a measure or a deed (完成投资多少) is of what the part before was of. The sentence that
answered one part is read first for such a part, and again for any part that found no answer elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.figure_answer import Found, claims
from qa.indicator_fit import fits_extent
from qa.lexicon import indicators, pattern, regex
from qa.match import FAR, LEAST_COVERAGE, pairs_of, subject_pairs, whole_sentences
from qa.measure_fit import fits_measure, fits_time
from qa.operation import operation_of, operation_said
from qa.row_choice import PASSED
from qa.sources import Sources, asked_for, quoted
from qa.text import fold, split_sentences
from qa.text_answer import TIMED, Quote
from qa.types import Ask, Claim, Draft, Evidence, Figure, Paragraph, Scope
from qa.wanted import Wanted, wanted_of
from qa.wording import content_of, is_bare_measure

SPECIFIC = 2.0
"""Weight of an ask's own words (about four rare characters) from which it needs no topic to be understood."""

EQUAL = 0.02
"""Difference in what they hold of a part's words up to which the nearer row is meant."""

FARTHER = 0.15
"""How much more a row of the whole sentence must hold of a part's words to be meant before one of the clause."""

HELD = FAR + 0.01
"""Least share of a part's own words that a row beside another part's answer must hold: more than its context can."""


def is_specific(ask: Ask, sources: Sources) -> bool:
    """Whether a part's own words tell what it is of: more than a deed and a measure (运营里程)."""
    if is_bare_measure(ask.terms):
        return False
    known = sources.weights.known
    return sources.weights.sum(pair for pair in pairs_of(" ".join(ask.terms)) if pair in known) >= SPECIFIC


def leans(ask: Ask, scope: Scope, sources: Sources) -> bool:
    """Whether a part is told only by a measure or a deed, and so is of what the part before was of."""
    if ask.terms and not ask.parts and not content_of(ask.text):
        return _counts_otherwise(ask, scope)
    if not ask.terms or ask.parts or ask.terms == ask.topic or is_specific(ask, sources):
        return False
    return not any(want.indicators for want in wanted_of(replace(ask, topic=()), scope))


def _counts_otherwise(ask: Ask, scope: Scope) -> bool:
    """Whether a part without words of its own asks for an amount in a unit, and of no statistic."""
    wants = wanted_of(ask, scope)
    statistics = (name for want in wants for name in want.indicators if indicators()[name].statistical)
    return bool(wants[0].families) and wants[0].measure in ("", "amount") and not any(statistics)


def beside(ask: Ask, scope: Scope, told: Draft, sources: Sources) -> Draft | None:
    """The row of a part in the sentence that answered another one: within its clause if it can be, else behind it.

    ``scope`` is that of the part. None where the other answer is of several reports or no row fits.
    """
    if asks_in_words(ask) or len({span.report_id for claim in told.claims for span in claim.evidence}) != 1:
        return None
    part = replace(ask, topic=()) if ask.terms != ask.topic else _of_last(ask)
    asked = asked_for(wanted_of(part, scope), sources)
    topic = pairs_of(" ".join(ask.topic if ask.terms != ask.topic else ()))
    for claim in reversed(told.claims) if len(asked) == 1 else ():
        for span in claim.evidence:
            last = max(
                (row.end for row in claim.figures if row.paragraph == span.paragraph), default=span.end
            )
            held = LEAST_COVERAGE if asked[0].families and not content_of(ask.text) else HELD
            row = _row_in(replace(span, end=last), told, (asked[0], held, topic), scope, sources)
            if row is not None:
                place = next(info.place for info in sources.reports if info.report_id == row.report_id)
                found = Found(row.report_id, place, rows=_with_earlier(row, ask, sources))
                return Draft(tuple(claims(found, sources.library)))
    return None


def _with_earlier(row: Figure, ask: Ask, sources: Sources) -> tuple[Figure, ...]:
    """A row, and what it came from or to in the same clause where a part asks for both: 占比从多少提高到多少."""
    if not _FROM_TO.search(fold(ask.text)):
        return (row,)
    like = (row.paragraph, row.clause_start, row.indicator, row.measure, row.kind)
    rows = sources.library.figures(row.report_id)
    same = (
        one for one in rows if (one.paragraph, one.clause_start, one.indicator, one.measure, one.kind) == like
    )
    return tuple(sorted(same, key=lambda one: one.start))


_FROM_TO = regex("named", "from_to")


def _of_last(ask: Ask) -> Ask:
    """The first part of a question: its last word is asked for, the others tell what it is of."""
    return replace(ask, terms=ask.terms[-1:], topic=ask.terms[:-1])


def _row_in(
    span: Evidence,
    told: Draft,
    wanted: tuple[Wanted, float, frozenset[str]],
    scope: Scope,
    sources: Sources,
) -> Figure | None:
    """``span`` ends where the other part's value does.

    ``wanted`` is the part, the least of it that a row must hold, and the pairs of what the part is of: of two rows
    that hold as much of the part the one of that is meant.
    """
    asked, held, topic = wanted
    given = {row for claim in told.claims for row in claim.figures}
    names = {row.indicator for row in given}
    near = [
        match
        for match in sources.table.matches(span.report_id, asked)
        if match.figure.paragraph == span.paragraph
        and match.figure not in given
        and match.coverage >= held
        and fits_extent(match.figure, asked)
        and match.figure.canonical in (None, *asked.indicators, *(row.canonical for row in given))
        and fits_time(match.figure, scope)
        and fits_measure(match.figure, asked)
        and not (_is_growth_by_count(match.figure, asked) and match.figure.indicator not in names)
    ]
    clauses = list(_around(span, sources))
    whole = clauses[-1]
    top = max((m.coverage for m in near if whole[0] <= m.figure.start < whole[1]), default=0.0)
    for start, end in clauses:
        inside = [match for match in near if start <= match.figure.start < end]
        if inside:
            inside = [match for match in inside if match.figure.indicator in names] or inside
            best = max(match.coverage for match in inside)
            if best < top - FARTHER:
                continue
            rows = [match.figure for match in inside if match.coverage >= best - EQUAL]
            return min(rows, key=lambda row: _distance(row, span, asked, topic))
    return None


def _is_growth_by_count(figure: Figure, asked: Wanted) -> bool:
    """Whether a row tells how many of something came about, where a growth is asked for."""
    return asked.measure == "growth" and figure.measure == "增量"


def _distance(
    row: Figure, span: Evidence, asked: Wanted, topic: frozenset[str]
) -> tuple[bool, int, bool, bool, int]:
    """How far a row is from being meant: an amount before a growth, what comes behind before what came first."""
    growth = not asked.measure and row.measure in ("增速", "降幅", "变化")
    of_topic = len(subject_pairs(row) & topic)
    return growth, -of_topic, row.start < span.end, row.comparator in PASSED, abs(row.start - span.end)


def _around(span: Evidence, sources: Sources) -> Iterator[tuple[int, int]]:
    """The clause between ； that a span begins in, then its whole sentence."""
    paragraph = _paragraph(span, sources)
    clauses = split_sentences(paragraph.text, paragraph.start)
    text = sources.library.text(span.report_id)
    for spans in (clauses, whole_sentences(clauses, text)):
        yield next(
            ((start, end) for start, end in spans if start <= span.start < end), (span.start, span.end)
        )


def _paragraph(span: Evidence, sources: Sources) -> Paragraph:
    return sources.library.paragraphs(span.report_id)[span.paragraph - 1]


_NUMBER = re.compile(r"多少|(?<!哪)几(?!乎|月|时)|多大|多高|多长")


def asks_in_words(ask: Ask) -> bool:
    """Whether a part asks when, where, who, how or which of its things, and for no number."""
    said = fold(ask.text)
    in_words = pattern("when", "ask").search(said) or pattern("circumstance", "ask").search(said)
    in_words = in_words or regex("circumstance", "which_thing").search(said)
    return bool(in_words) and not _NUMBER.search(said)


def sentence_of(ask: Ask, scope: Scope, told: Draft, sources: Sources) -> Draft | None:
    """The whole sentence of another part's answer, for a part that asks when, where or who of it."""
    spans = {span for claim in told.claims for span in claim.evidence}
    if not asks_in_words(ask) or len({span.report_id for span in spans}) != 1:
        return None
    text = sources.library.text(next(iter(spans)).report_id)
    own = pairs_of(" ".join(ask.terms if ask.terms != ask.topic else ()))
    for span in sorted(spans, key=lambda span: -span.start):
        start, end = list(_around(span, sources))[-1]
        said = text[start:end]
        timed = bool(pattern("when", "ask").search(fold(ask.text)))
        if (own and sources.weights.sum(own & pairs_of(said)) < HELD * sources.weights.sum(own)) or (
            timed and not TIMED.search(fold(said))
        ):
            continue
        quote = Quote(span.report_id, _paragraph(span, sources), start, end, 1.0, 1.0, 1.0)
        return Draft(tuple(quoted([quote], wanted_of(ask, scope)[0], sources)))
    return None


WITH_OPERATION = " \u200b"
"""Stands between an ask as it was put and the words for what is to be done, which it leaves to the ask before."""


def with_things(asks: Sequence[Ask]) -> tuple[Ask, ...]:
    """The asks of a comparison, the first with the thing that only the second names (哪个更高，两市的增速), and 规上工业呢
    with what the ask before wants done."""
    made = list(asks)
    if not made[0].terms and not made[0].topic:
        made[1:2] = [replace(made[1], text=made[0].text + made[1].text)]
        made = made[1:]
    for i in range(1, len(made)):
        if (
            made[i].text.rstrip("，。；？?！").endswith("呢")
            and operation_of(fold(made[i].text)).name == "list"
        ):
            made[i] = replace(
                made[i], text=f"{made[i].text}{WITH_OPERATION}{operation_said(fold(made[i - 1].text))}"
            )
    return tuple(made)


def is_again(made: Draft, before: Draft) -> bool:
    """Whether an answer to a part says nothing but what was said for the one before."""
    return all(claim in before.claims for claim in made.claims)


def without_table_again(made: Draft, told: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of an answer to a part, without its table where that stands above already."""
    lines = [claim for claim in made.claims if claim.text.startswith("|")]
    again = bool(lines) and all(line in told for line in lines)
    return tuple(claim for claim in made.claims if not again or claim not in lines)
