"""What a generated statement claims of each of its numbers: place, year, kind, indicator, direction.

The words are read as the rows of reports are read (qa/figures.py), after places, years and words of talk are
taken out; what a sentence leaves unsaid it takes from the one before, and at the start from the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.figures import extract_figures
from qa.indicator_names import as_reports_write, indicators_in
from qa.lexicon import pattern, regex
from qa.places import places_in, short_name
from qa.statements import Statement
from qa.text import Quantity, fold, quantities, ranks
from qa.types import Figure, Kind, Paragraph, Report, Scope

GROWTH_WORDS = regex("claim", "growth")
FALL_WORDS = pattern("claim", "fall")
RISE_WORDS = regex("claim", "rise")
COMPUTED = regex("claim", "computed")
_RESULT = regex("claim", "result")
TARGET = regex("claim", "target")
_AIMED = regex("claim", "aimed")
ORDINAL = regex("claim", "ordinal")
LEVEL = regex("claim", "level")
TALK = regex("claim", "talk")
_YEAR = re.compile(
    r"(?<!比)(?<!较)(?<!于)(?P<year>(?:19|20)\d{2})年|(?P<past>去年|上年(?!同期|末|底))|(?P<now>今年|本年)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a statement: a report's place, or ``report_place`` is "" for another one."""

    start: int
    end: int
    name: str
    report_place: str


@dataclass(frozen=True, slots=True)
class Context:
    """What earlier statements, or the question, have said."""

    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kind: Kind | None = None
    indicator: str = ""

    @classmethod
    def of(cls, scope: Scope) -> Context:
        """What a question says of the figures in a sentence that leaves it out."""
        words = "、".join(scope.indicators) or "".join(scope.terms)
        return cls(scope.places, scope.years, scope.kind, words)


@dataclass(frozen=True, slots=True)
class Said:
    """One number of a statement with what it is claimed to be.

    ``years`` holds years, or -1 for "last year" and 0 for "this year" of the report. Empty or None where
    neither statement nor context says. ``group`` is growth, share, amount, rank or "". ``ordinal`` is the
    last 一期, 上半年 … before the number.
    """

    number: Quantity
    marks: tuple[int, ...]
    places: tuple[str, ...]
    years: tuple[int, ...]
    kind: Kind | None
    aimed: bool
    indicator: str
    names: tuple[str, ...]
    group: str
    falls: bool | None
    clause: str
    ordinal: str

    @property
    def is_rank(self) -> bool:
        """Whether it is a place in an order (第三) and not an amount."""
        return self.group == "rank"


def last_ordinal(text: str) -> str:
    """The last 一期, 上半年, 2号线 … of a folded text; "" if there is none."""
    found = [match[0] for match in ORDINAL.finditer(text)]
    return found[-1] if found else ""


def mentions(said: str, places: Sequence[str], cited: str) -> list[Mention]:
    """Places named in a folded text, by position.

    A name that stands in ``cited`` (folded text of the cited passages) with the two characters after it is
    part of what the passage says, as in 南山师范大学, and left out unless it is the place of a report alone.
    """
    found: list[Mention] = []
    for place in sorted(places, key=len, reverse=True):
        for form in dict.fromkeys((fold(place), short_name(place))):
            for match in re.finditer(re.escape(form), said):
                if not any(m.start < match.end() and match.start() < m.end for m in found):
                    found.append(Mention(match.start(), match.end(), place, place))
    for start, end, item in places_in(said):
        if not any(m.start < end and start < m.end for m in found):
            found.append(Mention(start, end, item.name, ""))
    kept = [m for m in found if m.report_place or said[m.start : m.end] not in cited]
    return sorted(
        (
            m
            for m in kept
            if not (said[m.end : m.end + 1] not in "市的，、和与" and said[m.start : m.end + 2] in cited)
        ),
        key=lambda m: m.start,
    )


def claimed(statement: Statement, named: Sequence[Mention], context: Context) -> tuple[list[Said], Context]:
    """The numbers of a statement in order, and the context for the next statement."""
    said = statement.said
    rows = _rows(said, named)
    found = [*quantities(said), *_ranks(said)]
    found.sort(key=lambda item: item.start)
    own = [m for m in named if m.report_place]
    made: list[Said] = []
    last = context
    dealt = [n for n in found if not _RESULT.search(_clause(said, n))]
    for number in found:
        row = next((r for r in rows if r.start <= number.number_start < max(r.end, r.start + 1)), None)
        clause = _clause(said, number)
        kind, aimed = _kind(said, number, context)
        indicator, names = _indicator(row, said, number, last)
        item = Said(
            number=number,
            marks=statement.numbers_at(number.end - 1),
            places=_places_of(number, dealt, own, said) or context.places,
            years=_years_of(said, number) or context.years,
            kind=kind,
            aimed=aimed,
            indicator=indicator,
            names=names,
            group="rank" if number.unit == RANK else _group(row, clause, number),
            falls=_falls(row, clause, said, number),
            clause=clause,
            ordinal=last_ordinal(said[: number.start]),
        )
        made.append(item)
        last = replace(last, indicator=indicator)
    here = tuple(dict.fromkeys(m.report_place for m in own))
    last_year = _years_of(said, None)
    return made, replace(
        last,
        places=here[-1:] or context.places,
        years=last_year or context.years,
        kind=made[-1].kind if made and made[-1].kind else context.kind,
    )


RANK = "名次"
"""The unit that ranks (第三位) carry among the numbers of a statement."""


def _ranks(said: str) -> list[Quantity]:
    return [Quantity(start, end, start, Decimal(rank), None, RANK, "") for start, end, rank in ranks(said)]


def _rows(said: str, named: Sequence[Mention]) -> list[Figure]:
    """The rows that the statement would be as a report, with offsets in ``said``."""
    cut = [(m.start, m.end) for m in named] + [match.span() for match in TALK.finditer(said)]
    kept = [i for i in range(len(said)) if not any(start <= i < end for start, end in cut)]
    kept = [i for at, i in enumerate(kept) if not (said[i] == "的" and at and kept[at - 1] != i - 1)]
    masked = "".join(said[i] for i in kept)
    if not masked:
        return []
    where = [*kept, len(said)]
    paragraph = Paragraph(1, 0, len(masked), masked, (), "review")
    report = Report("", "", 2000, "", masked, (paragraph,), "", "")
    return [
        replace(row, start=where[row.start], end=where[max(row.start, row.end - 1)] + 1)
        for row in extract_figures(report)
    ]


def _clause(said: str, number: Quantity) -> str:
    start = max((m.end() for m in re.finditer(r"[，；：。](?!\d)", said[: number.start])), default=0)
    after = re.search(r"[，；：。、](?!\d)", said[number.end :])
    return said[start : number.end + (after.start() if after else len(said))]


def _places_of(
    number: Quantity, dealt: Sequence[Quantity], own: Sequence[Mention], said: str
) -> tuple[str, ...]:
    """The report place a number is said of: with 分别 the one of its turn, else the nearest before it.

    ``dealt`` are the numbers that 分别 deals out; a computed one beside them is nobody's own.
    """
    if not own:
        return ()
    if "分别" in said and len(own) > 1 and own[-1].end <= said.index("分别"):
        if number not in dealt:
            return ()
        return (own[dealt.index(number)].report_place,) if len(own) == len(dealt) else ("?",)
    before = [m for m in own if m.end <= number.start]
    return ((before or own)[-1 if before else 0].report_place,)


def _years_of(said: str, number: Quantity | None) -> tuple[int, ...]:
    at = len(said) if number is None else number.start
    found = list(_YEAR.finditer(said))
    before = [match for match in found if match.start() < at]
    match = before[-1] if before else found[0] if found else None
    if match is None:
        return ()
    return (int(match["year"]),) if match["year"] else (-1,) if match["past"] else (0,)


def _kind(said: str, number: Quantity, context: Context) -> tuple[Kind | None, bool]:
    """The kind that the words around a number say, else that of the context; whether they say it is a target."""
    starts = [m.start() for m in _YEAR.finditer(said) if m.start() < number.start]
    start = starts[-1] if starts else 0
    after = re.search(r"[，；。]", said[number.end :])
    words = said[start : number.end + (after.start() if after else len(said))]
    if TARGET.search(words):
        return "target", bool(_AIMED.search(words))
    years = _years_of(said, number)
    this_year = (years, context.kind) in (((0,), "target"), ((-1,), "actual"))
    same = not starts or years == context.years or this_year
    return (context.kind if same else None), False


def _indicator(
    row: Figure | None, said: str, number: Quantity, before: Context
) -> tuple[str, tuple[str, ...]]:
    """The words of what a number measures, and the standard names among them."""
    if row is not None and row.indicator:
        words = row.subject + row.indicator
        names = (
            (row.canonical,)
            if row.canonical and not row.subject
            else indicators_in(as_reports_write(fold(words)))
        )
        computed = before.indicator and COMPUTED.search(words)
        if names or (len(re.sub(r"\W|\d", "", words)) >= 3 and not computed):
            return words, names
    if before.indicator and COMPUTED.search(_clause(said, number)):
        return before.indicator, indicators_in(as_reports_write(fold(before.indicator)))
    head = TALK.sub("", said[: number.start])
    names = indicators_in(as_reports_write(head))
    if names:
        return names[-1], names[-1:]
    bare = re.split(r"[，；：。]", head)[-1]
    if len(GROWTH_WORDS.sub("", bare)) >= 4:
        return bare, ()
    return before.indicator, indicators_in(as_reports_write(fold(before.indicator)))


def _group(row: Figure | None, clause: str, number: Quantity) -> str:
    relative = number.family in ("percent", "point", "tenth", "fraction", "倍", "番")
    if LEVEL.search(clause[: clause.find(str(number.value))]):
        return "share" if relative else "amount"
    if row is not None and row.measure in ("增速", "降幅", "变化", "倍数") and relative:
        return "growth"
    if row is not None and row.measure == "占比":
        return "share"
    if relative:
        if GROWTH_WORDS.search(clause):
            return "growth"
        return "share" if len(re.findall(r"[\u4e00-\u9fff]", TALK.sub("", clause))) >= 6 else ""
    return "amount"


def _falls(row: Figure | None, clause: str, said: str, number: Quantity) -> bool | None:
    """Whether a change is said to go down; None where no direction is said."""
    before = said[max(0, number.start - 8) : number.start]
    if LEVEL.search(before):
        return None
    for words in (before, clause):
        down, up = FALL_WORDS.search(words), RISE_WORDS.search(words)
        if bool(down) != bool(up):
            return bool(down)
    if row is not None and row.is_growth:
        return row.measure == "降幅"
    return None
