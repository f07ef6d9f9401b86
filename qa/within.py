"""Two streets, counties or zones of one place held against each other: 甲街道和乙街道哪个人口多 -> 甲街道人口和乙街道人口相差多少.

Reports give such values by name, in a sentence or a table. Which report it is, is told by who names both.
"""

from __future__ import annotations

import re

from qa.indicator_names import canonicalise, indicators_in
from qa.lexicon import piece
from qa.question_places import Catalogue, find_places
from qa.text import fold

_NAME = rf"[\u4e00-\u9fff]{{1,4}}?{piece('several', 'kinds')}"
_TIME = r"(?:19|20)\d\d年末?|去年末?|今年"
_AND = "[和与跟、]"
_MORE = piece("within", "more")
_THING = r"[\u4e00-\u9fffa-zA-Z]{2,14}?"
_HELD = re.compile(
    rf"(?P<a>{_NAME}){_AND}(?P<b>{_NAME})(?P<time>{_TIME})?的?"
    rf"(?:(?:谁|哪一?[个家座边])的?(?P<thing>{_THING})|(?P<other>{_THING})(?:谁|哪一?[个家座边]))"
    rf"{_MORE}(?:[，,]?{piece('within', 'by_how_much')})?[？?。]?$"
)
_THAN = re.compile(
    rf"(?P<a>{_NAME})(?P<time>{_TIME})?的?(?P<thing>{_THING})比(?P<b>{_NAME}){_MORE}(?:了|出)?多少[^，。]{{0,4}}[？?。]?$"
)


def of_two_parts(question: str, catalogue: Catalogue) -> str:
    """A question that holds two parts of a place against each other, with the value asked for said of both; else as it is.

    Only its first clauses may do so: 东区和西区哪个GDP增速快，快几个点？|总量差多少.
    """
    clauses = [part for part in _CLAUSE.split(question) if part.strip()]
    for k in range(len(clauses), 0, -1):
        begun, rest = "".join(clauses[:k]).rstrip("，,；;"), "".join(clauses[k:])
        if (made := _of_two(begun, catalogue)) != begun:
            return f"{made}，{rest}" if rest else made
    return question


_CLAUSE = re.compile(r"(?<=[，。；？！,;?!])")


def _of_two(question: str, catalogue: Catalogue) -> str:
    """The same of a question all of which does so."""
    folded = fold(question)
    held = _HELD.search(folded) or _THAN.search(folded)
    if held is None:
        return question
    said = held.groupdict()
    a, b, thing = _own_name(said["a"], catalogue), said["b"], said["thing"] or said["other"]
    if not (a and catalogue.mentions(b) and indicators_in(canonicalise(thing))):
        return question
    before = folded[: held.start("a")] + said["a"].removesuffix(a)
    telling = [
        info.place
        for info in catalogue.reports
        if all(catalogue.holds(info.report_id, name) for name in (a, b))
    ]
    if {a, b} & set(catalogue.places) or not telling:
        return question
    if not find_places(before, catalogue)[0] and len(set(telling)) == 1:
        before = telling[0] + before
    return f"{before}{said['time'] or ''}{a}{thing}和{b}{thing}相差多少"


def _own_name(said: str, catalogue: Catalogue) -> str:
    """The name itself, without the place that it is part of and that stands before it: 甲市|乙区; "" if no report has it."""
    return next((said[at:] for at in range(len(said) - 1) if catalogue.mentions(said[at:])), "")
