"""Whether the numbers of a quoted sentence are of what a question asks, judged by the rows that they became.

A sentence may hold most words of a question and a number of something else: 发展壮大高新技术企业，完成科技型中小企业入库80家.
Where the rows that come nearest are of another thing, extent or deed, the sentence is no answer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.calibre import is_of_deed
from qa.indicator_fit import fits_extent
from qa.indicator_names import indicators_in
from qa.match import covered, names_no_thing, own_words, subject_pairs
from qa.measure_fit import fits_measure
from qa.narrowed import is_narrowed
from qa.sources import Sources
from qa.text import fold
from qa.types import Evidence, Figure, Scope
from qa.wanted import Wanted

NAMED = 0.2
"""Share of a question in the name of a row from which the row is taken to be about it."""
UNNAMED = 0.1
"""Share below which a row is of something else, unless its name is but a measure."""


def is_of_another(span: Evidence, scope: Scope, sources: Sources, asked: Wanted) -> bool:
    """Whether each row of a quote whose number could be the one asked for is of something else.

    Of several numbers asked for in one breath (多少亿实施了多少个) the unit says but one: any sentence may be of the others.
    """
    if len(_NUMBER.findall(fold(scope.question))) > 1:
        return False
    rows = [
        row
        for row in sources.library.figures(span.report_id)
        if span.start <= row.start < span.end and fits_measure(row, asked)
    ]
    held = {row: covered(subject_pairs(row), asked, sources.weights) for row in rows}
    top = max(held.values(), default=0.0)
    if rows and top < UNNAMED and _asks_any_number(scope, asked):
        return not any(names_no_thing(row) for row in rows)
    if top < NAMED:
        counted = bool(asked.families) or asked.measure == "amount"
        return counted and bool(rows) and all(_names_other(row, asked) for row in rows)
    return not any(_may_be(row, scope, sources, asked) for row in rows if held[row] >= NAMED)


def _asks_any_number(scope: Scope, asked: Wanted) -> bool:
    """Whether a question is for a number of no unit and no measure that it says."""
    return not asked.families and not asked.measure and bool(_NUMBER.search(fold(scope.question)))


_NUMBER = re.compile(r"多少|(?<!哪)几(?!乎)|多[大高长]")


def _names_other(row: Figure, asked: Wanted) -> bool:
    """Whether a row is of an indicator, and of none that is asked for."""
    named = {row.canonical, *indicators_in(own_words(row))} - {None}
    return bool(named) and not named & set(asked.indicators)


def _may_be(row: Figure, scope: Scope, sources: Sources, asked: Wanted) -> bool:
    """Whether a row may be of what is asked, as far as its name tells."""
    question, place = fold(scope.question), sources.info(row.report_id).place
    narrowed = is_narrowed(row, place, question, asked, quoted=True)
    extent = replace(asked, increment=counts_added(asked))
    return not narrowed and is_of_deed(row, question) and fits_extent(row, extent)


def counts_added(asked: Wanted) -> bool:
    """Whether a question counts what was added (增加了几家), and is not for how far an amount or a rate moved."""
    moved = {"money", "percent", "point", "tenth", "fraction"}
    return asked.increment and bool(asked.families) and moved.isdisjoint(asked.families)
