"""Several pairs of values in one question, each clause taking from the one before what it leaves out.

城乡收入差多少钱，城里是农村的几倍; 旅游收入今年目标比去年多多少，游客要多多少; 2030年比2029年多几家，离今年目标还差几家.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.indicator_names import indicators_meant, sibling
from qa.lexicon import regex
from qa.pairing import MAX_CHARS, PLACE, pair_of
from qa.question_parts import time_of
from qa.types import Ask, Pair
from qa.wording import VERBS_ONLY, content_of

_CLAUSE = re.compile(r"(?<=[，。；？?])")


def pairs_of_clauses(question: str, base: int, *, several: bool, before: Ask) -> Pair | None:
    """The pair of the first clauses with those of all others ``then``, if each is one; else as ``pairing.pair_of``."""
    clauses = [part for part in _CLAUSE.split(question) if part.strip("，。；？? ")]
    for k in range(len(clauses) - 1, 0, -1) if len(question) <= MAX_CHARS else ():
        first = pair_of("".join(clauses[:k]), base, several=several, before=before)
        if first is None or first.bound or any(side.parts for side in first.sides):
            continue
        made = [first]
        for clause in clauses[k:]:
            following = _following(clause.strip("，。；？? ").replace(PLACE, " "), made[-1], base)
            made += [following] if following else []
        if len(made) == 1 + len(clauses[k:]):
            return replace(first, then=tuple(made[1:]))
    return pair_of(question, base, several=several, before=before)


def _following(clause: str, last: Pair, base: int) -> Pair | None:
    """The pair that a later clause asks for, given the one before it; None if it asks for something else."""
    one, other = last.sides
    of_one = one.terms == other.terms
    if (to_aim := regex("pair", "to_aim").search(clause)) and of_one:
        thing = tuple(content_of(to_aim["thing"]).split())
        one = replace(one, terms=thing, text=f"{' '.join(thing)} 多少") if thing else one
        aim = replace(one, kind="target", years=(base,), span="")
        return Pair("difference", (aim, replace(one, kind="actual", years=(base - 1,), span="")))
    rest = regex("pair", "going_on").sub(" ", clause)
    years, kind = time_of(rest, base)
    terms = () if VERBS_ONLY.fullmatch(content_of(rest) or "无") else tuple(content_of(rest).split())
    if rest == clause:
        return _of_two(clause, last)
    if not terms and (years or kind):
        then, beside = (replace(side, years=years, kind=kind, span="") for side in last.sides)
        if not of_one or last.how == "total":
            return replace(last, sides=(then, beside))
        return replace(last, sides=(then, one)) if years != one.years else None
    if not terms or years or kind or not of_one:
        return None
    said = " ".join((*terms, "多少"))
    return replace(last, sides=(replace(one, terms=terms, text=said), replace(other, terms=terms, text=said)))


_TWO = re.compile(
    r"(?P<a>[^，。；？]{0,6}?)(?:是(?P<base>[^，。；？]{1,6}?)的?(?:几|多少)倍|比(?P<than>[^，。；？]{1,6}?)[高多低少])"
)


def _of_two(clause: str, last: Pair) -> Pair | None:
    """Two things held against each other anew, by names that the clause before has in full: 城里是农村的几倍."""
    one = last.sides[0]
    names, match = indicators_meant(" ".join(one.terms)), _TWO.match(clause)
    if not match or not names:
        return None
    first = sibling(match["a"], names[0]) if match["a"] else names[0]
    second = sibling(match["base"] or match["than"], names[0])
    if not first or not second or first == second:
        return None
    sides = [replace(one, terms=(name,), text=f"{name} 多少") for name in (first, second)]
    return Pair("ratio" if match["base"] else "difference", (sides[0], sides[1]))
