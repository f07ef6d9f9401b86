"""Metrics: pure functions of plain values. Not applicable is None, never 0; every mean names its denominator.

Sources: recall and MRR as in TREC (Voorhees 1999, "The TREC-8 Question Answering Track Report"), nDCG as in
Järvelin and Kekäläinen 2002 ("Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4)), here over
gold spans instead of documents. Citation recall and precision follow ALCE (Gao et al. 2023, arXiv
2305.14627), decided by gold spans instead of an entailment model. Rejection and false refusal as in RGB
(Chen et al. 2023, arXiv 2309.01431). Means, intervals and percentiles of these are in ``eval.stats``, the
rows of figures in ``eval.extraction``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from math import log2

from eval.number_match import (
    Number,
    in_order,
    normal,
    numbers,
    says,
    stated_in,
    stated_in_ratio,
    stated_in_table,
)
from eval.questions import Gold, Occurrence, Question, Span
from eval.stats import interval as interval
from eval.stats import mean as mean
from eval.stats import percentile as percentile
from qa.types import Answer, Citation

HELD = 0.5
"""Share of a gold text that one chunk must hold to count as having found it."""

_MARKER = re.compile(r"【(\d+)】")


# ------------------------------------------------------------------ retrieval


def found_rank(gold: Gold, ranked: Sequence[Span]) -> int | None:
    """Smallest k at which the top k chunks have the gold text; None if no k does.

    They have it when one of them overlaps at least half of its characters (a text that crosses a chunk
    border belongs to the chunk with the larger part), or when all k together cover it whole. White space
    does not count. Of several places in the report the first one found counts.

    A text in a heading is also found with any chunk of the paragraphs whose section path ends in that heading
    (``Occurrence.under``): a heading is no chunk of its own, but every chunk below it is indexed and shown
    with it. One chunk is enough, as it carries the heading whole.
    """
    ranks = [rank for place in gold.occurrences if (rank := _place_rank(place, ranked)) is not None]
    return min(ranks, default=None)


def _place_rank(place: Occurrence, ranked: Sequence[Span]) -> int | None:
    missing = {i for piece in place.pieces for i in range(piece.start, piece.end)}
    size = len(missing)
    for rank, chunk in enumerate(ranked, 1):
        if any(paragraph.overlap(chunk) for paragraph in place.under):
            return rank
        held = sum(piece.overlap(chunk) for piece in place.pieces)
        if not held:
            continue
        missing -= set(range(chunk.start, chunk.end))
        if held >= HELD * size or not missing:
            return rank
    return None


def recall_at(k: int, gold: Sequence[Gold], ranked: Sequence[Span]) -> float | None:
    """Share of gold texts found in the top of the ranking.

    Formula: |{g : found_rank(g) <= k * n}| / |gold|, n = number of reports that hold gold texts: a question
    over five reports is given k chunks per report, any other question k. Denominator: the question's gold
    texts. No gold text: None. Nothing retrieved: 0.
    """
    if not gold:
        return None
    depth = k * len({item.report for item in gold})
    ranks = [found_rank(item, ranked) for item in gold]
    return sum(rank is not None and rank <= depth for rank in ranks) / len(gold)


def reciprocal_rank(gold: Sequence[Gold], ranked: Sequence[Span]) -> float | None:
    """1 / rank at which the first gold text is found; its mean over questions is MRR.

    No gold text: None. Never found: 0. The rank is that of the flat list, also for several reports.
    """
    if not gold:
        return None
    ranks = [rank for item in gold if (rank := found_rank(item, ranked)) is not None]
    return 1 / min(ranks) if ranks else 0.0


def ndcg_at(k: int, gold: Sequence[Gold], ranked: Sequence[Span]) -> float | None:
    """Normalised discounted cumulated gain of the top of the ranking, 0 to 1.

    Formula: DCG / IDCG, DCG = sum of 1 / log2(1 + rank) over the chunks at which a gold text is found (gain
    1 whether it is one or several), down to depth k * n as in ``recall_at``. IDCG is the DCG of the same
    chunks at the top, with one chunk more for each gold text that is never found. So 1 means: nothing
    before or between the chunks that are needed. No gold text: None. Nothing retrieved: 0.
    """
    if not gold:
        return None
    depth = k * len({item.report for item in gold})
    ranks = [found_rank(item, ranked) for item in gold]
    useful = {rank for rank in ranks if rank is not None}
    wanted = min(depth, len(useful) + ranks.count(None))
    ideal = sum(1 / log2(1 + rank) for rank in range(1, wanted + 1))
    return sum(1 / log2(1 + rank) for rank in useful if rank <= depth) / ideal


def retrieval_scores(gold: Sequence[Gold], ranked: Sequence[Span]) -> dict[str, float | None]:
    """recall@1, @5, @10, rr and ndcg@10 of one question; all None without gold texts."""
    scores = {f"recall@{k}": recall_at(k, gold, ranked) for k in (1, 5, 10)}
    return {**scores, "rr": reciprocal_rank(gold, ranked), "ndcg@10": ndcg_at(10, gold, ranked)}


# ------------------------------------------------------------------ answers


_QUOTED = re.compile(r"“[^”]{12,}”|「[^」]{12,}」")
"""Quotations, but not names in quotation marks (“桂惠贷”, “八件大事”)."""


def direct_statement(text: str) -> str:
    """The first sentence of an answer, quotations of 12 characters or more and ``>`` lines left out.

    It ends at 。！？ or the line end (not at ；). "" if there is none.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith((">", "#"))]
    return re.split(r"(?<=[。！？])", _QUOTED.sub("", lines[0]))[0] if lines else ""


def missing_groups(question: Question, text: str) -> list[str]:
    """Groups that the text does not say, by their first alternative; order not considered.

    ``must`` in the whole text, ``direct`` in the direct statement (shown with "首句").
    """
    first = direct_statement(text)
    missing = [group[0] for group in question.must if not any(says(item, text) for item in group)]
    missing += [f"首句 {g[0]}" for g in question.direct if not any(says(item, first) for item in g)]
    return missing


def forbidden_said(question: Question, text: str) -> list[str]:
    """The ``must_not`` items that the direct statement says, by the same rule as ``must``.

    Only there: a sentence of the report that names both figures may be quoted whole below.
    """
    first = direct_statement(text)
    return [item for item in question.must_not if says(item, first)]


def completeness(question: Question, answer: Answer) -> float | None:
    """Share of ``must`` groups said: of a list, how much of it came.

    Denominator: groups. None without groups or for a question to refuse; a refusal of any other: 0.
    """
    if question.abstain or not question.must:
        return None
    if answer.abstained:
        return 0.0
    said = sum(any(says(item, answer.answer) for item in group) for group in question.must)
    return said / len(question.must)


def answer_right(question: Question, answer: Answer) -> bool | None:
    """Whether an answerable question was answered, with all of ``must`` and ``direct``, none of ``must_not``.

    Numbers count with unit and bound, see ``eval.number_match.find``; with ``ordered`` the groups must come
    in order. None for a question that is to be refused: ``rejected`` judges it. Abstaining is not right.
    """
    if question.abstain:
        return None
    text = answer.answer
    if answer.abstained or forbidden_said(question, text) or missing_groups(question, text):
        return False
    return in_order(question.must, text) if question.ordered else True


def rejected(question: Question, answer: Answer) -> bool | None:
    """Whether a question that the reports do not answer was refused. Mean = rejection; None if answerable."""
    return answer.abstained if question.abstain else None


def rightly_refused(question: Question, answer: Answer) -> bool | None:
    """Whether a refusal was due. Mean = abstain_precision (``rejected`` is its recall); None if answered."""
    return question.abstain if answer.abstained else None


def falsely_refused(question: Question, answer: Answer) -> bool | None:
    """Whether an answerable question was refused. Mean = false refusal; None for a question to refuse."""
    return None if question.abstain else answer.abstained


def reason_right(question: Question, answer: Answer) -> bool | None:
    """Whether a refused question to refuse carries the right reason.

    None unless both refuse, and for a set that names no reason.
    """
    if not (question.abstain and answer.abstained and question.reason):
        return None
    return answer.reason == question.reason


def helpfully_refused(question: Question, answer: Answer) -> bool | None:
    """Whether a right refusal says all that a helpful one mentions (``must``).

    None for an answerable question, without ``must``, and if the question was answered.
    """
    if not (question.abstain and answer.abstained and question.must):
        return None
    return not missing_groups(question, answer.answer)


def wrongly_answered(question: Question, answer: Answer) -> bool:
    """Whether a user was told something false: answered, and not right or to be refused. Denominator: all."""
    return not answer.abstained and answer_right(question, answer) is not True


def correct(question: Question, answer: Answer) -> bool:
    """Right if answerable; refused, and nothing of ``must_not`` said, if not. Denominator: all questions."""
    if question.abstain:
        return answer.abstained and not forbidden_said(question, answer.answer)
    return answer_right(question, answer) is True


# ------------------------------------------------------------------ support of numbers

_STATEMENT = re.compile(r"[^。！？；]+(?:[。！？；]+[”’」』）)*]*(?:【\d+】)*)?")
_LIST_NUMBER = re.compile(r"^\s*(?:\d+(?:\.(?!\d)|[、)）])|（\d+）|\(\d+\))\s*")
# Talk about the reports themselves, not from them: 5份报告, 第12段.
_META = re.compile(r"第\s*\d+\s*(?:自然)?段|\d+\s*(?:份|篇|个)(?:政府工作)?报告")


def unsupported_numbers(answer: Answer, catalogue_years: Collection[int] = ()) -> list[str]:
    """Numbers in the answer that no citation of their statement has, in order, with what follows them.

    A statement ends at 。！？； or a line end, behind its markers. Its sources are quote and paragraph of
    the citations marked in it, else of those marked in its line; with no marker nothing supports it. Left
    out: list numbering, 第n段 and n份报告, years that are the scope's, a cited report's or the one before it,
    or a figure's period, numbers marked derived; in a refusal also the question's numbers and
    ``catalogue_years``, for it names what there is.
    """
    cited = {citation.n: citation for citation in answer.citations}
    allowed = _allowed_years(answer) | set(catalogue_years if answer.abstained else ())
    free = [
        item for figure in answer.figures if figure.derived for item in numbers(figure.value + figure.unit)
    ]
    echoed = numbers(answer.question) if answer.abstained else ()
    found = []
    for line in answer.answer.splitlines():
        for statement in _STATEMENT.findall(line):
            marks = _MARKER.findall(statement) or _MARKER.findall(line)
            citations = [cited[int(n)] for n in marks if int(n) in cited]
            sources, quotes = _sources(citations), [citation.quote for citation in citations]
            text = _META.sub("", _LIST_NUMBER.sub("", statement))
            for number in numbers(text):
                if _is_year(number, allowed) or any(number.value == item.value for item in echoed):
                    continue
                derived = any(_derived(number, item) for item in free)
                stated = stated_in(number, sources) or stated_in_table(number, quotes)
                if not (derived or stated or stated_in_ratio(number, quotes)):
                    found.append(normal(text)[number.start : number.end + 2])
    return found


def _sources(citations: Sequence[Citation]) -> list[str]:
    return [text for citation in citations for text in (citation.quote, citation.paragraph_text)]


def _allowed_years(answer: Answer) -> set[int]:
    spans = (answer.scope.span, *(ask.span for ask in answer.scope.asks))
    years = {*answer.scope.years, *(int(year) for span in spans for year in re.findall(r"\d{4}", span))}
    for citation in answer.citations:
        years |= {citation.year, citation.year - 1}
    for figure in answer.figures:
        years |= {int(found) for found in re.findall(r"\d{4}", figure.period)}
    return years


def _is_year(number: Number, allowed: Collection[int]) -> bool:
    return (
        number.raw in allowed and number.raw == number.value and re.match(r"[%‰.元个人]", number.tail) is None
    )


def _derived(number: Number, figure: Number) -> bool:
    return number.value == figure.value or (number.raw == figure.raw and not number.tail[:1].strip())


# ------------------------------------------------------------------ citations


def citation_recall(gold: Sequence[Gold], answer: Answer) -> float | None:
    """Share of gold texts that some citation overlaps, in the right report.

    Denominator: the question's gold texts. No gold text: None. No citation, or a refusal: 0.
    """
    if not gold:
        return None
    spans = [_span(citation) for citation in answer.citations]
    if answer.abstained:
        return 0.0
    return sum(any(_touches(item, span) for span in spans) for item in gold) / len(gold)


def citation_precision(gold: Sequence[Gold], answer: Answer) -> float | None:
    """Share of citations that overlap a sentence holding a gold text, or give the unit of a number of one in a table.

    Denominator: citations, also those whose report does not exist. No gold text, or a refusal: None. An
    answer without citation: 0 (it is not left out of the mean). As in ALCE a citation without which its
    statement would not be supported is no wrong one: a header with （万人）, beside the cell that holds the gold.
    """
    if not gold or answer.abstained:
        return None
    if not answer.citations:
        return 0.0
    spans = {citation.n: _span(citation) for citation in answer.citations}
    good = {
        n
        for n, span in spans.items()
        if any(place.sentence.overlap(span) for g in gold for place in g.occurrences)
    }
    return (len(good) + len(_unit_lines(answer, good))) / len(answer.citations)


def _unit_lines(answer: Answer, good: Collection[int]) -> set[int]:
    """The citations without which a number of a statement that cites one of ``good`` would have no unit."""
    quotes = {citation.n: citation.quote for citation in answer.citations}
    found: set[int] = set()
    for line in answer.answer.splitlines():
        for statement in _STATEMENT.findall(line):
            marks = {int(n) for n in _MARKER.findall(statement) or _MARKER.findall(line)} & quotes.keys()
            for n in marks - set(good) if marks & set(good) else ():
                others = [quotes[m] for m in marks - {n}]
                found |= {
                    n
                    for number in numbers(statement)
                    if not (stated_in(number, others) or stated_in_table(number, others))
                    and stated_in_table(number, [*others, quotes[n]])
                }
    return found


def citation_focus(gold: Sequence[Gold], answer: Answer) -> float | None:
    """Share of the cited text that stands in a sentence holding a gold text.

    Without it an answer that quotes whole paragraphs, or the whole report as one citation, passes every
    other metric. Formula: |C and S| / |C|, C the characters of all citations, each once, S those of the
    sentences of the gold texts, all their places. Denominator: characters cited, also of reports that do
    not exist. No gold text, or a refusal: None. Nothing cited: 0.
    """
    if not gold or answer.abstained:
        return None
    cited = {(c.report_id, at) for c in answer.citations for at in range(c.start, c.end)}
    spans = [place.sentence for item in gold for place in item.occurrences]
    wanted = {(span.report, at) for span in spans for at in range(span.start, span.end)}
    return len(cited & wanted) / len(cited) if cited else 0.0


def _span(citation: Citation) -> Span:
    return Span(citation.report_id, citation.start, citation.end)


def _touches(gold: Gold, span: Span) -> bool:
    return any(piece.overlap(span) for place in gold.occurrences for piece in place.pieces)


def citation_faults(answer: Answer, texts: Mapping[str, str]) -> list[str]:
    """What is invalid in the citations; empty when all is well. Share of answers with none = span validity.

    Checked: the report exists, ``quote`` is exactly ``text[start:end]`` and not empty, citations are
    numbered 1..n, and the markers in the answer are exactly 1..n, each used.
    """
    faults = []
    for citation in answer.citations:
        text = texts.get(citation.report_id)
        if text is None:
            faults.append(f"【{citation.n}】的报告 {citation.report_id} 不存在")
        elif not citation.quote or text[citation.start : citation.end] != citation.quote:
            faults.append(f"【{citation.n}】的引文与原文 {citation.start}-{citation.end} 不一致")
    expected = list(range(1, len(answer.citations) + 1))
    if [citation.n for citation in answer.citations] != expected:
        faults.append("引用编号不是从 1 起连续")
    if sorted({int(n) for n in _MARKER.findall(answer.answer)}) != expected:
        faults.append("答案中的标记与引用不一一对应")
    return faults
