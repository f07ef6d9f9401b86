"""Report -> commitments: the promising clauses of its plan, each with kind, sector, names and period. Rules.

The walk: paragraph of the plan -> sentences -> clauses (at ，；。：, not within quotation marks or brackets).
A clause with a verb of doing of its own opens a commitment; one without joins the commitment before it; a
lead-in (坚持…, 围绕…) joins the one after. What a kind is told by stands in commitments.toml.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.commitment_clauses import Reading, announces_targets, counts, describes, lone_deed, read_clause
from qa.lexicon import regex
from qa.named_entities import names_in
from qa.periods import Time, clause_time, paragraph_times, sentence_time
from qa.text import fold, split_sentences
from qa.types import Commitment, Figure, Paragraph, Report
from qa.year_parts import tells_own_year

COMMITMENTS_VERSION = "2"


_SHIELD = re.compile(
    r"“[^“”\n]{1,60}”|‘[^‘’\n]{1,60}’|\"[^\"\n]{1,60}\"|「[^「」\n]{1,60}」|《[^《》\n]{1,80}》"
)
_BRACKET = re.compile(r"（[^（）\n]{1,80}）|\[[^\[\]\n]{1,80}\]")
_BREAK = re.compile(r"[，；。：！？\n](?!\d{3}(?!\d))")
_ITEM = re.compile(
    r"(?:——|--|[一二三四五六七八九十]{1,3}[是要]|第[一二三四五六七八九十]+[，、是]?"
    r"|（\s*[一二三四五六七八九十\d]{1,3}\s*）[、.]?|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"
    r"|\d{1,2}[.、](?!\d)|\d{1,2}）|[①-⑳]|[·•●■◆－-])\s*"
)


def extract_commitments(report: Report, figures: Sequence[Figure]) -> list[Commitment]:
    """All commitments of a report's plan in the order of the text; [] for a bulletin, which plans nothing.

    ``figures`` are the report's own; each commitment gets the targets whose values stand in its span.
    """
    if tells_own_year(report.doc_kind):
        return []
    times = paragraph_times(report)
    found = [
        commitment
        for paragraph in report.paragraphs
        if paragraph.part == "plan"
        for commitment in _of_paragraph(report, paragraph, times[paragraph.number])
    ]
    return with_figures(found, figures)


def with_figures(commitments: Sequence[Commitment], figures: Sequence[Figure]) -> list[Commitment]:
    """The commitments with the target figures whose values lie in their spans, in the order of the text."""
    targets = sorted((f for f in figures if f.kind == "target"), key=lambda f: (f.start, f.end))
    starts = [figure.start for figure in targets]
    made = []
    for commitment in commitments:
        low, high = bisect_left(starts, commitment.start), bisect_left(starts, commitment.end)
        inside = tuple(figure for figure in targets[low:high] if figure.end <= commitment.end)
        made.append(replace(commitment, figures=inside))
    return made


# ------------------------------------------------------------------ where and when


_NUMBER = re.compile(
    r"(?:第[一二三四五六七八九十百]+(?:部分|章|篇)|[一二三四五六七八九十]{1,3}[、.]|（\s*[一二三四五六七八九十\d]{1,3}\s*）[、.]?"
    r"|\d{1,2}[.、]|\d{1,2}）|[①-⑳]|——|--)\s*"
)


def sector_of(paragraph: Paragraph) -> str:
    """The innermost heading above a paragraph, without its number and closing mark; "" if there is none.

    A heading that is the whole paragraph (an item of a list), a bare number or a motto is passed over.
    """
    for heading in reversed(paragraph.section):
        folded = fold(heading)
        number = _NUMBER.match(folded)
        bare = heading[number.end() if number else 0 :].strip().rstrip("。；：:;！!？?，,.． ")
        whole = not paragraph.is_heading and heading.strip() == paragraph.text.strip()
        if bare and not whole and not regex("commitment", "described").search(fold(bare)):
            return bare
    return ""


_OWN_YEAR = re.compile(r"[^，\d]{0,6}?((?:19|20)\d\d)年(?!前|以前|以来|获得)")
"""Also behind a short subject, where a figure's clause has no year of its own: 首台机组力争2029年投产."""


def _period(report: Report, clause: str, time: Time) -> str:
    """The year or span of years that a promise is for: its clause's own, else that of its sentence (``time``).

    A time gone by (2021年获批的项目) is that of what the promise is about: the promise is for the report's year.
    """
    own = _OWN_YEAR.match(clause)
    period = own[1] if own else clause_time(report, clause, time)[1]
    return period if int(period[-4:]) >= report.year else str(report.year)


# ------------------------------------------------------------------ paragraph to clauses


def _of_paragraph(report: Report, paragraph: Paragraph, usual: Time) -> Iterator[Commitment]:
    text = fold(paragraph.text)
    shielded = _shield(text)
    begin = _after_heading(paragraph, text)
    if paragraph.is_heading and not counts(text):
        return
    sector = sector_of(paragraph)
    targets = False
    closing = text.startswith(("各位代表", "各位委员", "同志们", "让我们"))
    for start, end in split_sentences(shielded[begin:], begin):
        sentence = text[start:end]
        if closing and not counts(sentence):
            continue
        clauses = list(_clauses(text, shielded, start, end))
        if not targets and describes(sentence, shielded[start:end]):
            continue
        time = sentence_time(report, paragraph, usual, sentence)
        for first, last, clause in _grouped(shielded, clauses, targets=targets):
            yield Commitment(
                report_id=report.report_id,
                paragraph=paragraph.number,
                kind=clause.kind,
                verb=clause.verb,
                sector=sector,
                period=_period(report, text[first:last], time),
                names=names_in(paragraph.text[first:last], report.place),
                figures=(),
                start=paragraph.start + first,
                end=paragraph.start + last,
            )
        announced = any(announces_targets(shielded[a:b]) for a, b in clauses)
        targets = (targets or announced) and not sentence.rstrip("”’）").endswith(("。", "！", "？"))


def _shield(text: str) -> str:
    """The text with what stands in quotation marks and brackets blotted out, at the same length."""
    for paired in (_SHIELD, _BRACKET):
        text = paired.sub(lambda match: "□" * len(match[0]), text)
    return text


def _after_heading(paragraph: Paragraph, text: str) -> int:
    """Where a paragraph's own text begins: behind the heading that it starts with, if that states no target."""
    if not paragraph.section or paragraph.is_heading:
        return 0
    own = paragraph.section[-1]
    if not paragraph.text.startswith(own) or len(own) >= len(paragraph.text.rstrip()):
        return 0
    return 0 if counts(text[: len(own)]) else len(own)


def _clauses(text: str, shielded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the clauses between ``start`` and ``end``, trimmed, without the marks of an enumeration."""
    begin = start
    for match in [*_BREAK.finditer(shielded, start, end), None]:
        stop = match.start() if match else end
        item = _ITEM.match(text, begin, stop)
        low = item.end() if item else begin
        while low < stop and shielded[low] in " \n—":
            low += 1
        high = stop
        while high > low and shielded[high - 1] in " \n":
            high -= 1
        if low < high:
            yield low, high
        begin = match.end() if match else end


def _grouped(
    shielded: str, spans: Sequence[tuple[int, int]], *, targets: bool
) -> Iterator[tuple[int, int, Reading]]:
    """(start, end, the clause that opens it) of the commitments of one sentence."""
    opened: Reading | None = None
    begin = end = 0
    lead: int | None = None
    for i, (low, high) in enumerate(spans):
        following = shielded[slice(*spans[i + 1])] if i + 1 < len(spans) else ""
        targets = targets or (i > 0 and announces_targets(shielded[slice(*spans[i - 1])]))
        clause = read_clause(shielded[low:high], following, inside=opened is not None, targets=targets)
        if clause.role == "join" and lead is None:
            end = high if opened else end
        elif clause.role == "open":
            if opened:
                yield begin, end, opened
            begin, end, opened = (low if lead is None else lead), high, clause
            lead = None
        elif clause.role == "lead" or lead is not None:
            lead = low if lead is None else lead
        elif opened:
            yield begin, end, opened
            opened = None
    if opened:
        yield begin, (spans[-1][1] if lead is not None else end), opened
    elif lead is not None and (deed := lone_deed(shielded[lead : spans[-1][1]])):
        yield lead, spans[-1][1], deed
