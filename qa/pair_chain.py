"""Several pairs of values in one question, each clause taking from the one before what it leaves out.

城乡收入差多少钱，城里是农村的几倍; 旅游收入今年目标比去年多多少，游客要多多少; 2030年比2029年多几家，离今年目标还差几家.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.indicator_names import indicators_meant, sibling
from qa.lexicon import pattern, regex, rewrites
from qa.pairing import MAX_CHARS, PLACE, pair_of
from qa.question_parts import time_of
from qa.two_years import pair_of_years
from qa.types import Ask, Pair
from qa.wording import VERBS_ONLY, asks_comparison, content_of, is_bare_measure

_CLAUSE = re.compile(r"(?<=[，。；？?])")


def pairs_of_clauses(question: str, base: int, *, several: bool, before: Ask) -> Pair | None:
    """The pair of the first clauses with those of all others ``then``, if each is one; else as ``pairing.pair_of``."""
    if not several and (of_years := pair_of_years(question)):
        return of_years
    clauses = [part for part in _CLAUSE.split(question) if part.strip("，。；？? ")]
    for k in range(1, len(clauses)) if len(question) <= MAX_CHARS else ():
        first = pair_of("".join(clauses[:k]), base, several=several, before=before)
        if first is None or first.bound:
            continue
        if any(side.parts for side in first.sides):
            if all(map(_asks_again, clauses[k:])):
                return first
            continue
        made = [first]
        for clause in clauses[k:]:
            following = _following(clause.strip("，。；？? ").replace(PLACE, " "), made[-1], base)
            made += [following] if following else []
        if len(made) == 1 + len(clauses[k:]):
            return replace(first, then=tuple(pair for pair in dict.fromkeys(made) if pair != first))
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
    if _asks_again(clause):
        return last
    if (anew := pair_of(clause, base, several=False, before=_time_of(one))) and not _of_one_thing(anew):
        return anew
    named = tuple(content_of(clause).split())
    bare = regex("asked", "growth_alone").fullmatch(" ".join(named)) or is_bare_measure(named)
    untimed = time_of(clause, base) == ((), None)
    if bare and untimed and last.how == "difference" and asks_comparison(clause):
        return _by_measure(clause, last)
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


def _asks_again(clause: str) -> bool:
    """Whether a clause only asks once more how two things stand to each other: 哪个调高了、哪个调低了，幅度多少."""
    return bool(regex("pair", "again").fullmatch(clause.strip("，。；？? ").replace(PLACE, " ")))


def _time_of(side: Ask) -> Ask:
    return replace(side, text="", terms=())


def _of_one_thing(pair: Pair) -> bool:
    return pair.sides[0].terms == pair.sides[1].terms


def _by_measure(clause: str, last: Pair) -> Pair:
    """The same two by another measure: 增速哪个快 after 存款和贷款哪个多; the pair itself where it asks for the same once more (差几个点)."""
    growth = pattern("growth", "ask")
    grown = bool(growth.search(clause) or regex("pair", "by_growth").search(clause))
    if grown == bool(growth.search(last.sides[0].text)):
        return last
    asked = "增速" if grown else "多少"
    first, second = (
        replace(side, terms=terms, text=f"{' '.join(terms)} {asked}")
        for side in last.sides
        for terms in (tuple(term for term in side.terms if not growth.fullmatch(term)) or side.terms,)
    )
    return replace(last, sides=(first, second), then=())


_TWO = re.compile(
    r"(?P<a>[^，。；？]{0,6}?)(?:是(?P<base>[^，。；？]{1,6}?)的?(?:几|多少)倍|比(?P<than>[^，。；？]{1,6}?)[高多低少])"
)


def _of_two(clause: str, last: Pair) -> Pair | None:
    """Two things held against each other anew, by names that the clause before has in full: 城里是农村的几倍."""
    one = last.sides[0]
    names, match = indicators_meant(" ".join(one.terms)), _TWO.match(clause)
    if not match or not names:
        return None
    first = _sibling(match["a"], names[0]) if match["a"] else names[0]
    second = _sibling(match["base"] or match["than"], names[0])
    if not first or not second or first == second:
        return None
    sides = [replace(one, terms=(name,), text=f"{name} 多少") for name in (first, second)]
    return Pair("ratio" if match["base"] else "difference", (sides[0], sides[1]))


def _sibling(said: str, name: str) -> str | None:
    """The statistic like ``name`` of whom users' words mean: 城镇居民收入 of 城里的."""
    whom = said.removesuffix("的")
    return sibling(rewrites("resident").get(whom, whom), name)
