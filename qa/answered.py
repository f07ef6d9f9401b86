"""What an answer so far tells: which rows, of which reports, and whether that is of the part of a question it was made for."""

from __future__ import annotations

from qa.indicator_names import as_reports_write
from qa.match import own_words, pairs_of
from qa.sources import Sources
from qa.text import fold
from qa.types import Ask, Draft, Figure


def rows_of(made: Draft) -> frozenset[Figure]:
    """All rows that an answer shows."""
    return frozenset(row for claim in made.claims for row in claim.figures)


def rows_told(made: Draft) -> frozenset[Figure]:
    """The rows that stand in a table as answers, and not only as what there is instead."""
    return frozenset(row for claim in made.claims if "未提及" not in claim.text for row in claim.figures)


def reports_told(made: Draft) -> frozenset[str]:
    """The reports whose values stand in a table, and not only as what there is instead."""
    cited = (claim for claim in made.claims if "未提及" not in claim.text)
    return frozenset(row.report_id for claim in cited for row in claim.figures)


def is_named_so(ask: Ask, made: Draft) -> bool:
    """Whether an answer is of a row with just the name that a part of a question says."""
    said = as_reports_write(fold("".join(ask.terms)))
    return any(own_words(row) == said for row in rows_told(made))


def is_beside(ask: Ask, made: Draft) -> bool:
    """Whether a quote for a part has nothing of its own words, but only of those that it shares with the others."""
    own = pairs_of(" ".join(ask.terms)) - pairs_of(" ".join(ask.topic))
    held = frozenset().union(*(pairs_of(fold(claim.text)) for claim in made.claims))
    return bool(own) and not rows_told(made) and not own & held


HELD = 0.6
"""Share of a part's weight that an answer to the whole must hold to speak of it."""


def speaks_of_part(part: Ask, made: Draft, sources: Sources) -> bool:
    """Whether an answer holds most of the words of one of the things asked for, the rarer ones counting more."""
    wanted_pairs = pairs_of(" ".join(part.terms))
    held = frozenset().union(*(pairs_of(claim.text) for claim in made.claims))
    return sources.weights.sum(wanted_pairs & held) >= HELD * sources.weights.sum(wanted_pairs)
