"""Does the cited evidence carry a number of a generated statement? Rows first, then sentences, then arithmetic.

A number that merely occurs in the cited passage is not support: where it is a row's, the row's indicator,
place, period, kind, direction and bound must be those claimed, and no other row may fit the words better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.match import pairs_of, subject_pairs
from qa.numerals import arabic
from qa.prompt import Passage
from qa.recompute import equal, ordered, results
from qa.row import UNDEALT
from qa.sources import Sources
from qa.stated_numbers import COMPUTED, FALL_WORDS, ORDINAL, RANK, RISE_WORDS, Said, last_ordinal
from qa.text import fold, quantities, ranks, split_sentences, unit_factor, unit_family
from qa.types import Derived, Evidence, Figure
from qa.verify import meaning

FORWARD, BACK = 0.6, 0.5
"""Least share of the statement's words in a row with its sentence, and of the row's own in statement and question."""
BETTER = 0.15
"""A row of another value that fits the words better by this much is the one that was meant."""
SENTENCE = 0.6
"""Least share of a clause's words in a sentence that states its number without a row."""
MAX_OPERANDS = 12


@dataclass(frozen=True, slots=True)
class Support:
    """What carries a number: rows, a sentence, or a computation; or the objection to it."""

    rows: tuple[Figure, ...] = ()
    spans: tuple[Evidence, ...] = ()
    derived: Derived | None = None
    objection: str = ""


class Judge:
    """Decides over the passages of one request. ``asked`` are the words of the question as pairs."""

    def __init__(self, passages: Sequence[Passage], sources: Sources, question: str) -> None:
        self.passages = {passage.n: passage for passage in passages}
        self.sources = sources
        self.weights = sources.weights
        self.asked = pairs_of(question)
        self.sentence_of = lru_cache(maxsize=4096)(self._sentence_of)

    # -------------------------------------------------------------- numbers

    def number(self, said: Said, whole: str, all_marks: Sequence[int]) -> Support:
        """Support for one number; ``whole`` is the statement as compared, ``all_marks`` all its citations."""
        cited = [self.passages[n] for n in said.marks if n in self.passages]
        same = [(p, row) for p in cited for row in p.rows if self._same_value(said, row)]
        fit = [(p, row) for p, row in same if not self.wrong(said, row, p, whole)]
        if fit:
            row = max((row for _, row in fit), key=lambda r: self._likeness(said, r))
            rival = self._rival(said, row, cited, whole)
            if rival is None:
                return Support((row,), (self.span(row),))
            return Support(objection=f"“{_written(said)}”不是这一项的数：{self._tell(rival)}")
        spans = [span for p in cited for span in self._stated(said, p)]
        if spans:
            return Support((), tuple(spans[:1]))
        computed = self._computed(said, whole, all_marks)
        if computed is not None:
            return computed
        if same:
            passage, row = same[0]
            why = self.wrong(said, row, passage, whole)
            return Support(objection=f"“{_written(said)}”{why}：【{passage.n}】里它是{self._tell(row)}")
        marks = "".join(f"【{n}】" for n in said.marks)
        near = self._nearest(said, cited, whole)
        more = f"，那里写的是{self._tell(near)}" if near is not None else ""
        return Support(objection=f"“{_written(said)}”在{marks}里没有{more}")

    def _same_value(self, said: Said, row: Figure) -> bool:
        if row.comparator == UNDEALT:
            return False
        if said.is_rank:
            return row.measure == "排名" and row.value == said.number.value
        if row.measure == "排名":
            return False
        written = fold(self.sources.library.text(row.report_id)[row.start : row.end])
        own = meaning(said.number)
        if any(meaning(q) == own for q in quantities(written)):
            return True
        factor = unit_factor(row.unit)
        return (abs(row.value) * factor, unit_family(row.unit), row.comparator) == (
            own[0],
            own[2],
            own[3],
        ) and (said.number.high is None)

    def wrong(self, said: Said, row: Figure, passage: Passage, whole: str) -> str:
        """In which respect a row of the right value is not what is claimed; "" if it is."""
        if said.places and passage.info.place not in said.places:
            return (
                "不是" + "、".join(p for p in said.places if p != "?") + "的数"
                if "?" not in said.places
                else "与地区对不上"
            )
        return self._wrong_time(said, row, passage) or self._wrong_words(said, row, whole)

    def _wrong_time(self, said: Said, row: Figure, passage: Passage) -> str:
        year = passage.info.year
        claimed = {year + y if y in (0, -1) else y for y in said.years}
        known = {int(y) for y in re.findall(r"\d{4}", row.period)}
        if claimed and known and not claimed & known:
            return "不是" + "、".join(f"{y}年" for y in sorted(claimed)) + "的数"
        if row.kind == "target" and said.kind != "target":
            return "是目标，要写明是目标"
        if row.kind == "actual" and said.kind == "target" and (said.aimed or not said.years):
            return "是实绩，不是目标"
        return ""

    def _wrong_words(self, said: Said, row: Figure, whole: str) -> str:
        if said.falls is not None and _row_falls(row) is not None and said.falls != _row_falls(row):
            return "的增减方向不对"
        if said.group == "growth" and _row_group(row) == "share" and not _changes(row):
            return "不是增长的幅度"
        if said.group == "share" and _row_group(row) == "growth" and row.measure in ("增速", "降幅", "变化"):
            return "是增长的幅度，不是数额或占比"
        if said.ordinal != self._ordinal(row, near=not said.ordinal):
            return f"不是{said.ordinal or '全部'}的数"
        if row.subject and fold(row.subject) not in whole:
            return f"是{row.subject}的数"
        if row.canonical and said.names:
            return "" if row.canonical in said.names else "不是" + "、".join(said.names) + "的数"
        return "" if self._about(said, row, whole) else "不是这一项的数"

    def _about(self, said: Said, row: Figure, whole: str) -> bool:
        """Whether the words claimed are the row's (with its sentence), and the row's own are claimed or asked."""
        sum_of = self.weights.sum
        words = pairs_of(said.indicator) or pairs_of(said.clause)
        own = subject_pairs(row)
        around = self.sources.table.pairs_of(self.sentence_of(row)[0])
        forward = sum_of(words & (own | around)) / (sum_of(words) or 1.0)
        told = words | pairs_of(said.clause) | pairs_of(whole[: said.number.end]) | self.asked
        back = sum_of(own & told) / (sum_of(own) or 1.0)
        return forward >= FORWARD and back >= BACK

    def _likeness(self, said: Said, row: Figure) -> float:
        """How alike claimed words and the row's own are, in [0, 1] (harmonic mean of both shares)."""
        words, own = pairs_of(said.indicator), subject_pairs(row) | pairs_of(row.canonical or "")
        shared = 2 * self.weights.sum(words & own)
        return shared / ((self.weights.sum(words) + self.weights.sum(own)) or 1.0)

    def _rival(self, said: Said, chosen: Figure, cited: Sequence[Passage], whole: str) -> Figure | None:
        """A row of another value that the words fit better: what was asked of one project told of the next."""
        if chosen.canonical and chosen.canonical in said.names:
            return None
        least = self._likeness(said, chosen) + BETTER
        for passage in cited:
            for row in passage.rows:
                alike = unit_family(row.unit) == unit_family(chosen.unit) and _row_group(row) == _row_group(
                    chosen
                )
                differs = (
                    row.value != chosen.value and row.kind == chosen.kind and row.period == chosen.period
                )
                if (
                    alike
                    and differs
                    and self._likeness(said, row) > least
                    and not self._wrong_words(said, row, whole)
                ):
                    return row
        return None

    def _nearest(self, said: Said, cited: Sequence[Passage], whole: str) -> Figure | None:
        """The row that the words mean, for telling the model and the user what the passage says instead."""
        rows = [
            row
            for p in cited
            for row in p.rows
            if _row_group(row) == (said.group or "growth") and not self.wrong(said, row, p, whole)
        ]
        return max(rows, key=lambda row: self._likeness(said, row), default=None)

    # -------------------------------------------------------------- sentences without a row

    def _stated(self, said: Said, passage: Passage) -> Iterable[Evidence]:
        """Sentences of a passage that state the number outside any row, in the words of the clause."""
        if said.places and passage.info.place not in said.places:
            return
        if _wrong_part(said, passage):
            return
        words = pairs_of(said.clause) | pairs_of(said.indicator)
        for start, end in split_sentences(passage.text, passage.start):
            text = passage.text[start - passage.start : end - passage.start]
            folded = fold(text)
            covered = [(r.start - start, r.end - start) for r in passage.rows if r.comparator != UNDEALT]
            if not any(_free(s, e, covered) for s, e in _places_of_number(said, folded)):
                continue
            if _opposite(said.clause, folded) or not _ordinals_fit(said, folded):
                continue
            held = (
                self.sources.table.pairs_of(text)
                | pairs_of(" ".join(passage.paragraph.section))
                | self.place(passage)
            )
            content = frozenset(pair for pair in words if not re.search(r"\d", pair))
            if self.weights.sum(content & held) >= SENTENCE * (self.weights.sum(content) or 1.0):
                yield Evidence(passage.info.report_id, passage.paragraph.number, start, end)

    # -------------------------------------------------------------- arithmetic

    def _computed(self, said: Said, whole: str, marks: Sequence[int]) -> Support | None:
        """Compute a difference, sum or mean again from the cited rows of the same indicator."""
        word = COMPUTED.search(said.clause) or COMPUTED.search(whole)
        if word is None or said.is_rank or said.number.high is not None:
            return None
        rows = self.operands(said, whole, marks)
        for operands, measure, value in results(rows, whole):
            unit = (
                "个百分点"
                if unit_family(operands[0].unit) == "percent" and measure == "差"
                else said.number.unit
            )
            family = unit_family(unit)
            if family != said.number.family or not equal(
                value / unit_factor(said.number.unit), said.number.value
            ):
                continue
            if measure == "差" and not ordered(operands, whole, self.sources):
                continue
            name = operands[0].canonical or operands[0].indicator
            derived = Derived(name, measure, said.number.value, unit, operands)
            return Support(operands, tuple(self.span(row) for row in operands), derived)
        return None

    def operands(self, said: Said, whole: str, marks: Sequence[int]) -> list[Figure]:
        """The row of each cited report and period that the words mean, in the order of the citations."""
        free = replace(said, places=(), years=(), falls=None, group="")
        best: dict[tuple[str, str], Figure] = {}
        for n in marks:
            passage = self.passages.get(n)
            for row in passage.rows if passage else ():
                if _row_group(row) == "rank" or self._wrong_words(free, row, whole):
                    continue
                key = (row.report_id, row.period)
                percent = unit_family(row.unit) in ("percent", "point")
                if percent != (said.number.family in ("percent", "point")):
                    continue
                if key not in best or self._likeness(said, row) > self._likeness(said, best[key]):
                    best[key] = row
        return list(best.values())[:MAX_OPERANDS]

    # -------------------------------------------------------------- spans and words

    def _sentence_of(self, row: Figure) -> tuple[str, int, int]:
        paragraph = self.sources.library.paragraphs(row.report_id)[row.paragraph - 1]
        for start, end in split_sentences(paragraph.text, paragraph.start):
            if start <= row.start < end:
                return paragraph.text[start - paragraph.start : end - paragraph.start], start, end
        return paragraph.text, paragraph.start, paragraph.end

    def span(self, row: Figure) -> Evidence:
        """The sentence that a row stands in."""
        _, start, end = self.sentence_of(row)
        return Evidence(row.report_id, row.paragraph, start, end)

    def _ordinal(self, row: Figure, *, near: bool) -> str:
        """The last 一期, 上半年 … before a row in its sentence; ``near``: in its own clause only."""
        text, start, _ = self.sentence_of(row)
        if near:
            text, start = (
                self.sources.library.text(row.report_id)[row.clause_start : row.end],
                row.clause_start,
            )
        return last_ordinal(fold(text[: row.start - start]))

    def place(self, passage: Passage) -> frozenset[str]:
        """What the header of a passage says: place and year."""
        return pairs_of(f"{passage.info.place}{passage.info.year}年{passage.info.year - 1}年全市")

    def _tell(self, row: Figure) -> str:
        info = next(r for r in self.sources.reports if r.report_id == row.report_id)
        written = self.sources.library.text(row.report_id)[row.start : row.end]
        kind = "目标" if row.kind == "target" else ""
        return f"{info.place}{row.when}{row.subject}{row.indicator}{kind}“{written}”"


def _written(said: Said) -> str:
    number = said.number
    if number.unit == RANK:
        return f"第{number.value}位"
    high = f"—{number.high}" if number.high is not None else ""
    return f"{number.value}{high}{number.unit}"


def _row_falls(row: Figure) -> bool | None:
    if row.is_growth:
        return (
            None
            if "持平" in row.comparator or "同步" in row.comparator
            else row.measure == "降幅" or row.value < 0
        )
    if row.measure == "变化":
        return row.value < 0
    return None


def _row_group(row: Figure) -> str:
    measure = row.measure
    if measure == "排名":
        return "rank"
    compared = measure[:2] in ("高于", "低于", "快于", "慢于", "高出", "好于", "优于")
    if measure in ("增速", "降幅", "变化", "倍数") or compared or (measure[0] == "比" and measure != "比率"):
        return "growth"
    return "share" if unit_family(row.unit) in ("percent", "point", "tenth", "fraction") else "amount"


def _changes(row: Figure) -> bool:
    """Whether a share is one of change by its words: 年均增速6%."""
    return bool(re.search(r"增|降|减|提升|提高", row.indicator))


def _wrong_part(said: Said, passage: Passage) -> bool:
    """Whether a passage of the plan is told as a result, a passage of the review as a target, or of another year."""
    part, year = passage.paragraph.part, passage.info.year
    if part == "plan" and said.kind != "target":
        return True
    if part == "review" and said.kind == "target" and (said.aimed or not said.years):
        return True
    claimed = {year + y if y in (0, -1) else y for y in said.years}
    named = {int(y) for y in re.findall(r"(\d{4})年", fold(passage.text))}
    own = {year} if part == "plan" else {year - 1, year}
    return bool(claimed) and not claimed & (own | named)


def _places_of_number(said: Said, folded: str) -> list[tuple[int, int]]:
    """Where a folded sentence states the number, with equal value, unit and bound. Spans in the sentence."""
    if said.is_rank:
        return [(s, e) for s, e, rank in ranks(folded) if rank == said.number.value]
    own = meaning(said.number)
    found = [(q.start, q.end) for q in quantities(folded) if meaning(q) == own]
    if not found and any(meaning(q) == own for q in quantities(arabic(folded))):
        return [(0, 0)]  # written in Chinese numerals, which no row is read from
    return found


def _free(start: int, end: int, covered: Sequence[tuple[int, int]]) -> bool:
    return not any(s < end and start < e for s, e in covered)


def _opposite(clause: str, sentence: str) -> bool:
    """Whether a clause says only the one direction and the sentence only the other."""
    up, down = bool(RISE_WORDS.search(clause)), bool(FALL_WORDS.search(clause))
    rises, falls = bool(RISE_WORDS.search(sentence)), bool(FALL_WORDS.search(sentence))
    return (up and not down and falls and not rises) or (down and not up and rises and not falls)


def _ordinals_fit(said: Said, sentence: str) -> bool:
    found = ORDINAL.findall(sentence)
    return said.ordinal in found if said.ordinal else not found
