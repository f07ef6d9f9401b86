"""A comparison's further look at silent reports: the same thing in other words than the question's or another report's.

Every report words a figure its own way (发放低保金, 累计发放城乡低保金). A row that is too little of the question to
answer it alone still belongs beside the others if it names nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from qa.calibre import ADVERBS, PHRASING, counted_alike, is_of_deed
from qa.figure_answer import MAX_LEFT, Found
from qa.indicator_fit import names_fit
from qa.indicator_names import as_reports_write
from qa.lexicon import any_of, words
from qa.match import FigureTable, Match, Weights, bridges, subject_pairs
from qa.measure_fit import fits_measure, fits_time
from qa.narrowed import is_narrowed
from qa.row_choice import pick
from qa.text import bigrams, fold, unit_family
from qa.types import Figure, Scope
from qa.wanted import Wanted

COVERAGE = 0.5
"""Share of the question that such a row must hold with its clause and headings."""

OWN = 0.8
"""Share of the row's name, without its verbs, that the question or the other rows must hold."""

ALL_OWN, ALL_COVERAGE, NOTHING = 0.5, 0.65, 0.02
"""The same of a row whose surroundings leave next to nothing of the question: 案件化解率 in a sentence on 信访积案."""


def agreed(table: FigureTable, found: Sequence[Found], scope: Scope, asked: Wanted) -> list[Found]:
    """What each report has, the silent ones looked through again for what others tell in other words."""
    if len(found) < 2 or all(item.rows for item in found):
        return list(found)
    told = [item.rows[0] for item in found if item.rows]
    things = _of_things(asked)
    if not told:  # no report has all the words: those that name nothing but the thing asked for
        found = [_again(table, item, scope, things, ()) for item in found]
        told = [item.rows[0] for item in found if item.rows]
    having = {item.place for item in found if item.rows}  # of two reports of a place one is enough
    return [
        item if item.place in having or not told else _again(table, item, scope, things, told)
        for item in found
    ]


def _again(table: FigureTable, silent: Found, scope: Scope, asked: Wanted, told: Sequence[Figure]) -> Found:
    said = frozenset().union(*(pairs for pairs, _ in asked.readings), *map(subject_pairs, told))
    families = [unit_family(row.unit) for row in told]
    alike = [
        match
        for match in table.matches(silent.report_id, asked)
        if _says_the_same(match, said, table.weights)
        and _counts_the_same(match.figure, families)
        and fits_time(match.figure, scope)
        and fits_measure(match.figure, asked)
        and names_fit(match, asked)
        and is_of_deed(match.figure, fold(scope.question))
        and not is_narrowed(match.figure, silent.place, fold(scope.question), asked)
    ]
    rows = pick((alike, []), scope, asked, table.weights)[:1] if alike else ()
    return Found(silent.report_id, silent.place, rows=rows) if rows else silent


def _counts_the_same(row: Figure, families: Sequence[str]) -> bool:
    """Whether a row's unit goes with one that others have, if any are told of."""
    own = unit_family(row.unit)
    return not families or any(counted_alike(frozenset({own, one})) for one in families)


def _says_the_same(match: Match, said: frozenset[str], weights: Weights) -> bool:
    """Whether a row names little that was not ``said``, and its surroundings lack little of the question."""
    own = _own(match.figure)
    if any(word in match.figure.indicator and not {*bigrams(word)} <= said for word in _STAGES):
        return False
    held = weights.sum(pair for pair in own if pair in said or bridges(pair, own & said, own & said))
    share = held / (weights.sum(own) or 1.0)
    if match.left <= NOTHING and match.coverage >= ALL_COVERAGE and share >= ALL_OWN:
        return True
    return match.coverage >= COVERAGE and match.left <= MAX_LEFT and share >= OWN


_STAGES = words("same", "stages")
"""What is planned, kept in store or signed for is not what was done."""


def _own(row: Figure) -> frozenset[str]:
    """The pairs of a row's name without verbs and adverbs; of the whole name if it is nothing but those."""
    name = as_reports_write(fold(row.subject + row.indicator))
    bare = _verbs().sub(" ", ADVERBS.sub(" ", PHRASING.sub("", re.sub("[“”]", " ", name))))
    pairs = frozenset(pair for pair in bigrams(bare) if len(pair) > 1)
    return pairs or frozenset(bigrams(name))


@cache
def _verbs() -> re.Pattern[str]:
    verbs = {*words("subject", "verbs"), *words("subject", "own_verbs"), "累计", "帮助"}
    return any_of(verbs)


def _of_things(asked: Wanted) -> Wanted:
    """What is asked without the words for what was done (停车位|建设): the deed is compared by its class."""
    readings = dict.fromkeys((_without_deeds(pairs), worth) for pairs, worth in asked.readings)
    return replace(asked, readings=tuple(readings))


def _without_deeds(pairs: frozenset[str]) -> frozenset[str]:
    deeds = {pair for pair in pairs if pair in words("subject", "verbs")}
    rest = frozenset(
        pair
        for pair in pairs - deeds
        if pair[-1] not in {deed[0] for deed in deeds} and pair[0] not in {deed[1] for deed in deeds}
    )
    return rest or pairs
