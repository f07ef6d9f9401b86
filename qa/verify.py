"""Draft -> Answer: nothing leaves that its cited spans do not carry.

Every number of a claim must stand in the spans that the claim cites (equal value and unit family; 万, 亿
and full width alike), or be derived from figures that do. A claim that fails is left out; if no claim is
left, the answer is an abstention. Citation numbers are given here and nowhere else.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from qa.joining import run_on
from qa.match import Library
from qa.numerals import arabic
from qa.phrasing import unit_lines
from qa.text import Quantity, fold, quantities, ranks, unit_factor, unit_family, years
from qa.types import (
    AnswerFigure,
    Citation,
    Claim,
    Draft,
    Evidence,
    Figure,
    Reason,
    ReportInfo,
)

log = logging.getLogger(__name__)

MARKER = re.compile(r"【(\d{1,3})】")
_EMPTY = "资料中未提及：没有找到能用原文证明的内容。"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a draft comes to: text with markers, citations and figures."""

    answer: str
    reason: Reason | None
    citations: tuple[Citation, ...]
    figures: tuple[AnswerFigure, ...]
    struck: tuple[str, ...]


@dataclass(slots=True)
class _Numbers:
    """Citation numbers in the order of first use; equal spans share one."""

    given: dict[Evidence, int] = field(default_factory=dict)

    def of(self, span: Evidence) -> int:
        return self.given.setdefault(span, len(self.given) + 1)


def verify(draft: Draft, library: Library, reports: Mapping[str, ReportInfo]) -> Verified:
    """Check a draft claim by claim. ``reports`` is the catalogue by report_id."""
    numbers = _Numbers()
    lines: list[str] = []
    figures: list[AnswerFigure] = []
    struck: list[str] = []
    proven: list[Claim] = []
    for claim in draft.claims:
        reason = objection(claim, library)
        if reason:
            log.warning("claim left out: %s", reason)
            struck.append(claim.text)
        else:
            proven.append(claim)
    for claim in run_on(proven, reports):
        marks = [numbers.of(span) for span in with_units(claim, library)]
        lines.append(_marked(claim.text.replace("\t", " "), marks))  # between the cells of a table
        figures += _figures(claim, numbers, reports)
    citations = tuple(
        _citation(n, span, library, reports[span.report_id]) for span, n in numbers.given.items()
    )
    if not lines or (struck and not citations and draft.reason is None):
        return Verified(_EMPTY, "not_stated", (), (), tuple(struck))
    return Verified(_join(lines), draft.reason, citations, tuple(figures), tuple(struck))


def with_units(claim: Claim, library: Library) -> tuple[Evidence, ...]:
    """What a claim stands on, and for cells of a table the lines that give their units."""
    return (*claim.evidence, *(span for row in claim.figures for span in unit_lines(row, library)))


def objection(claim: Claim, library: Library) -> str | None:
    """Why a claim may not be shown, or None: bad span, or a number that its spans do not hold."""
    for span in claim.evidence:
        text = library.text(span.report_id)
        if not 0 <= span.start < span.end <= len(text):
            return f"span {span} is outside its report"
    quotes = [fold(library.text(span.report_id)[span.start : span.end]) for span in claim.evidence]
    held = [meaning(q) for quote in quotes for said in (quote, arabic(quote)) for q in quantities(said)]
    held += [(d.value * unit_factor(d.unit), None, unit_family(d.unit), "") for d in claim.derived]
    held += [
        (abs(row.value) * unit_factor(row.unit), None, unit_family(row.unit), bound)
        for row in claim.figures
        if (bound := _bare_cell(row, claim, library)) is not None
    ]
    said = fold(claim.text.replace(claim.echo, "") if claim.echo else claim.text)
    computed = {d.value for d in claim.derived if d.measure == "名次"}
    for start, end, rank in ranks(said):
        if rank not in computed and all(rank != other for quote in quotes for _, _, other in ranks(quote)):
            return f"rank {said[start:end]} is not in the cited span"
    missing = _missing(said, held)
    return missing if missing and _missing(arabic(said), held) else None


def _bare_cell(row: Figure, claim: Claim, library: Library) -> str | None:
    """What bounds a row's number (左右) that stands in a cited span without its unit, which a table's other cell or header gives.

    None where it does not stand so.
    """
    inside = any(
        e.report_id == row.report_id and e.start <= row.start and row.end <= e.end for e in claim.evidence
    )
    written = fold(library.text(row.report_id)[row.start : row.end])
    written = written.replace(",", "").rstrip("%").lstrip("≥≤><")
    bound = row.comparator if row.comparator and written.endswith(row.comparator) else ""
    return bound if inside and written.removesuffix(bound) == str(abs(row.value)) else None


def _missing(said: str, held: Sequence[object]) -> str | None:
    for number in quantities(said):
        if not number.unit and number.value in map(Decimal, years(said + "年")):
            continue
        if meaning(number) not in held:
            return f"number {said[number.start : number.end]} is not in the cited span"
    return None


def meaning(number: Quantity) -> tuple[Decimal, Decimal | None, str, str]:
    """What must agree: value and upper end in base units, unit family, comparator (超过 is 突破)."""
    factor = unit_factor(number.unit)
    high = None if number.high is None else number.high * factor
    comparator = re.sub(r"突破|超出|超|逾", "超过", number.comparator).replace("余", "多")
    return (
        number.value * factor,
        high,
        number.family,
        re.sub(r"超过+", "超过", comparator.replace("超过过", "超过")),
    )


def _marked(text: str, marks: Sequence[int]) -> str:
    """Put markers before the closing punctuation, or inside the last cell of a table row."""
    text = MARKER.sub(lambda match: f"〔{match[1]}〕", text)  # a report's own 【1】 is no citation of ours
    if not marks:
        return text
    tail = "".join(f"【{n}】" for n in dict.fromkeys(marks))
    cell = re.search(r"\s*\|\s*$", text)
    if cell:
        return f"{text[: cell.start()]}{tail} |"
    end = re.search(r"[，。！？：；]+$", text)
    return f"{text[: end.start()]}{tail}{end[0]}" if end else text + tail


def _join(lines: Sequence[str]) -> str:
    """Sentences run on; list items and table rows stand on lines of their own."""
    joined = ""
    for line in lines:
        block = line.startswith(("- ", "| "))
        before = joined.rsplit("\n", 1)[-1]
        same = before.startswith(("- ", "| ")) and block and before[0] == line[0]
        if not joined:
            joined = line
        elif same:
            joined += "\n" + line
        elif block or before.startswith(("- ", "| ")):
            joined += "\n\n" + line
        else:
            joined += line
    return joined


def _figures(claim: Claim, numbers: _Numbers, reports: Mapping[str, ReportInfo]) -> list[AnswerFigure]:
    own = {row: numbers.of(_span_of(row, claim)) for row in claim.figures}
    made = [_stated(row, n, reports[row.report_id].place) for row, n in own.items()]
    for derived in claim.derived:
        operands = tuple(own[row] for row in derived.operands if row in own)
        first = derived.operands[0]
        made.append(
            AnswerFigure(
                indicator=derived.indicator,
                measure=derived.measure,
                value=str(derived.value),
                unit=derived.unit,
                comparator="",
                place="、".join(dict.fromkeys(reports[row.report_id].place for row in derived.operands)),
                period=first.period,
                kind=first.kind,
                derived=True,
                citation=operands[0] if operands else numbers.of(claim.evidence[0]),
                verdict="supported",
                operands=operands,
            )
        )
    return made


def _span_of(row: Figure, claim: Claim) -> Evidence:
    return next(
        (
            e
            for e in claim.evidence
            if e.report_id == row.report_id and e.start <= row.start and row.end <= e.end
        ),
        claim.evidence[0],
    )


def _stated(row: Figure, citation: int, place: str) -> AnswerFigure:
    return AnswerFigure(
        indicator=row.canonical or row.indicator,
        measure=row.measure,
        value=str(abs(row.value)) if row.measure == "降幅" else str(row.value),
        unit=row.unit,
        comparator=row.comparator,
        place=f"{place}{row.subject}" if row.subject else place,
        period=row.period,
        kind=row.kind,
        derived=False,
        citation=citation,
        verdict="supported",
    )


def _citation(n: int, span: Evidence, library: Library, info: ReportInfo) -> Citation:
    paragraph = library.paragraphs(span.report_id)[span.paragraph - 1]
    return Citation(
        n=n,
        report_id=span.report_id,
        place=info.place,
        year=info.year,
        title=info.title,
        section=paragraph.section,
        paragraph=paragraph.number,
        start=span.start,
        end=span.end,
        quote=library.text(span.report_id)[span.start : span.end],
        paragraph_text=paragraph.text,
    )
