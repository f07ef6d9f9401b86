"""A statistic that a question asks for without its name: 老百姓在银行存了多少 -> 住户存款余额.

The rules stand in qa/data/everyday.toml. Each holds for one clause, which is then asked by the name: with the place,
the time and the measure that it says. A clause of more content than its rule tells of is left as it is: it may ask for
something narrower.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from qa.indicator_names import as_reports_write, indicators_in, indicators_meant
from qa.lexicon import everyday, regex
from qa.question_places import Catalogue, find_places
from qa.wording import content_of


@dataclass(frozen=True, slots=True)
class Rule:
    """What a clause must hold, one of each of ``groups``, and what it must not, for a question for ``name``."""

    name: str
    groups: tuple[re.Pattern[str], ...]
    none: re.Pattern[str] | None

    def held(self, clause: str) -> list[tuple[int, int]]:
        """Wherever a clause holds the groups; [] if it does not hold them all, or what the rule shuts out."""
        found = [[match.span() for match in group.finditer(clause)] for group in self.groups]
        if not all(found) or (self.none and self.none.search(clause)):
            return []
        return [span for spans in found for span in spans]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of their file."""
    made = []
    for name, texts in everyday().items():
        groups = tuple(re.compile(text) for text in texts if text[0] != "!")
        none = "|".join(text[1:] for text in texts if text[0] == "!")
        made.append(Rule(name, groups, re.compile(none) if none else None))
    return tuple(made)


def statistics_meant(clause: str) -> dict[str, list[tuple[int, int]]]:
    """The statistics that a folded clause may ask for, and where it says so; more than one if it is not definite."""
    return {rule.name: spans for rule in rules() if (spans := rule.held(clause))}


class Exchange(NamedTuple):
    """A part of a folded question, the words in it that are read otherwise, and what is put for the part."""

    start: int
    end: int
    said: str
    name: str
    written: str

    @property
    def of_growth(self) -> bool:
        """Whether the part asks by how much the statistic grew."""
        return self.written.endswith((_growth(self.name), _AIMED_GROWTH))


MAX_LEFT = 3
"""Characters of content that a clause may hold besides what its rule tells of; none of a word that reports write."""


def by_names(question: str, catalogue: Catalogue, *, anew: bool) -> tuple[Exchange, ...]:
    """The clauses of a folded question that ask for a statistic in other words, each with how it is asked by its name.

    A clause that names a statistic is read otherwise only ``anew``: where that had no answer.
    """
    places = find_places(question, catalogue)[2]
    made: list[Exchange] = []
    for clause in _CLAUSE.finditer(question):
        own = [(start - clause.start(), end - clause.start()) for start, end in places]
        own = [(start, end) for start, end in own if 0 <= start < len(clause[0])]
        read = _read(clause[0], own, catalogue, anew=anew)
        read = read or (_of_topic(question[: clause.start()], clause[0]) if anew and clause.start() else None)
        if read:
            made.append(Exchange(*clause.span(), *read))
        elif made and made[-1].end + 1 == clause.start() and _is_growth_of_it(clause[0]):
            made.append(Exchange(*clause.span(), "", made[-1].name, _growth(made[-1].name)))
    return tuple(made)


def _read(
    clause: str, places: Sequence[tuple[int, int]], catalogue: Catalogue, *, anew: bool
) -> tuple[str, str, str] | None:
    """The words of a clause that ask for a statistic without its name, the name, and the clause with it; None if none do."""
    named = {*indicators_meant(clause), *indicators_in(as_reports_write(clause))}
    if (named and not anew) or _COMPARED.search(clause) or not _CUE.search(clause):
        return None
    meant = statistics_meant(clause)
    if len(meant) != 1:
        return None
    ((name, spans),) = meant.items()
    left = _left(clause, (*spans, *places))
    if len("".join(left)) > MAX_LEFT or any(len(word) > 1 and catalogue.mentions(word) for word in left):
        return None
    said = clause[min(start for start, _ in spans) : max(end for _, end in spans)]
    where = "".join(clause[start:end] for start, end in places)
    return said, name, where + _asked(clause, name)


def _of_topic(before: str, clause: str) -> tuple[str, str, str] | None:
    """The same of a clause that leaves its thing to the first one: 来玩的人多吗，|赚了多少钱."""
    topic = _CLAUSE.match(before)
    if topic is None or statistics_meant(clause) or not _CUE.search(clause) or _COMPARED.search(clause):
        return None
    if regex("pair", "again").fullmatch(clause):
        return None  # 社零增速目标多少，|幅度多少
    meant = {name for name in statistics_meant(topic[0] + clause) if name not in statistics_meant(topic[0])}
    if len(meant) != 1 or len("".join(_left(clause, ()))) > MAX_LEFT:
        return None
    (name,) = meant
    return clause, name, _asked(clause, name)


def _is_growth_of_it(clause: str) -> bool:
    """Whether a clause asks how what the one before named has grown, and names nothing of its own: 比上年多花了百分之几."""
    own = statistics_meant(clause) or indicators_meant(clause)
    return bool(_GROWTH.search(clause)) and not own and len("".join(_left(clause, ()))) <= MAX_LEFT


def _left(clause: str, told: Sequence[tuple[int, int]]) -> list[str]:
    """The words of content of a clause besides what stands at ``told``."""
    chars = list(clause)
    for start, end in told:
        chars[start:end] = " " * (end - start)
    return content_of("".join(chars)).split()


def _asked(clause: str, name: str) -> str:
    """The statistic by its name, with the time and the measure of a clause."""
    times = "".join(match[0] for match in _TIME.finditer(clause))
    aim = "目标" if _AIM.search(clause) else ""
    if _RANK.search(clause):
        return f"{times}{name}{aim}排第几"
    if _FROM_TO.search(clause):
        return f"{times}{name}从多少变到多少"
    if _GROWTH.search(clause) and not _REACHED.search(clause):
        return f"{times}{name}{_AIMED_GROWTH}" if aim else f"{times}{_growth(name)}"
    share = _SHARE.search(clause) and not _IS_SHARE.search(name)
    count = None if share else _COUNT.search(clause)
    return f"{times}{name}{aim}{'占比' if share else ''}{count[0] if count else '多少'}"


def _growth(name: str) -> str:
    return f"{name}{'上涨' if name.endswith('价格指数') else '增长'}多少"


_AIMED_GROWTH = "增长目标多少"
_CUE = regex("several", "cue")
_CLAUSE = re.compile("[^，。？；！?!：\n]+")
_TIME, _AIM, _RANK = regex("named", "time"), regex("named", "aim"), regex("named", "rank")
_GROWTH, _REACHED, _SHARE = regex("named", "growth"), regex("named", "reached"), regex("named", "share")
_COMPARED, _COUNT = regex("named", "compared"), regex("named", "count")
_IS_SHARE, _FROM_TO = regex("named", "is_share"), regex("named", "from_to")
