"""How well report text fits what a question asks: weighted overlap of characters in pairs.

Pairs of characters need no word list, survive a typo, and let a report's 农村居民 and a question's 农民
meet halfway. Each pair weighs by how rare it is in the indexed reports (inverse document frequency).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Protocol

from qa.bearers import names_county
from qa.indicator_names import as_reports_write
from qa.lexicon import regex, words
from qa.opposed import Side, shuts_out, sides
from qa.places import is_city
from qa.question_places import is_county
from qa.text import bigrams, fold, split_sentences, unit_factor
from qa.types import Figure, Paragraph
from qa.wanted import Wanted
from qa.wording import is_bare_measure
from qa.year_parts import part_of, parts_in

MAX_SAMPLE = 20_000
"""Texts that the weights are counted over; more change them little."""

UNKNOWN = 0.5
"""Weight of a pair that no report holds: it may be a name they are silent about, or only how users talk."""


_EVERYWHERE = 0.01
"""What a pair in every text still weighs: a short report alone says 地区生产总值 in each of its texts."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Inverse document frequencies of character pairs: from 1 for a rare pair to almost 0 for one in every text."""

    known: Mapping[str, float]

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> Weights:
        """Count over texts (as written); each text counts a pair once."""
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            counts.update(pairs_of(text))
            total += 1
            if total >= MAX_SAMPLE:
                break
        scale = math.log(total + 1) or 1.0
        known = {pair: math.log((total + 1) / (n + 1)) / scale for pair, n in counts.items()}
        return cls({pair: max(weight, _EVERYWHERE) for pair, weight in known.items()})

    def of(self, pair: str) -> float:
        """Weight of one pair; UNKNOWN for one that occurs nowhere."""
        return self.known.get(pair, UNKNOWN)

    def words(self, pairs: frozenset[str]) -> frozenset[str]:
        """Pairs without those that no report holds between two that they do: 交通|投资 has no word 通投."""
        ends = {pair[-1] for pair in pairs if pair in self.known and len(pair) == 2}
        starts = {pair[0] for pair in pairs if pair in self.known and len(pair) == 2}
        return frozenset(
            pair
            for pair in pairs
            if pair in self.known or len(pair) != 2 or pair[0] not in ends or pair[1] not in starts
        )

    def sum(self, pairs: Iterable[str]) -> float:
        """Weight of several pairs together, the same in whatever order a set gives them."""
        known = self.known
        return math.fsum(known.get(pair, UNKNOWN) for pair in pairs)


TOPIC_SHARE = 0.5
"""Least share of a question's opening topic in the paragraph that answers its later parts."""


CORE_SHARE = 0.2
"""Least share of a later part's own words in the clause of a row that answers it, besides the opening topic."""


class Library(Protocol):
    """What the answerers read of the index."""

    def text(self, report_id: str) -> str: ...
    def paragraphs(self, report_id: str) -> tuple[Paragraph, ...]: ...
    def figures(self, report_id: str) -> tuple[Figure, ...]: ...


@dataclass(frozen=True, slots=True)
class View:
    """A figure with the words that it can be found by; ``words`` are those of the subject, clause and context.

    ``told`` adds to the context the sentence before: what a bare measure (完成投资) may be of.
    """

    figure: Figure
    subject: frozenset[str]
    clause: frozenset[str]
    context: frozenset[str]
    words: frozenset[str]
    told: frozenset[str]
    paragraph: frozenset[str]
    around: str
    own: str
    sides: frozenset[Side]


_AGAINST = frozenset("比高低快慢好优")
"""First characters of the measures that name what a figure is held against: 比上半年变化, 高于全国."""


def view(figure: Figure, text: str, context: str, before: str, paragraph: frozenset[str]) -> View:
    """``text`` is the report's; ``context`` the sentence and headings around the figure, ``before`` the sentence before it, folded."""
    clause = as_reports_write(fold(text[figure.clause_start : figure.clause_end]))
    against = figure.measure[1:] if figure.measure[:1] in _AGAINST and len(figure.measure) > 2 else ""
    peers = (
        re.split(r"[，、；。]", fold(text[figure.clause_start : figure.start]))[-1]
        if figure.measure == "排名"
        else ""
    )
    subject = own_words(figure) + as_reports_write(f"{against} {peers}")
    standard = bigrams(figure.canonical) if figure.canonical else []  # 到位资金 is found by 招商引资到位资金
    own, near = frozenset((*bigrams(subject), *standard)), frozenset(bigrams(clause))
    around = frozenset(bigrams(as_reports_write(context)))
    return View(
        figure,
        own,
        near,
        around,
        own | near | around,
        around | frozenset(bigrams(as_reports_write(before))),
        paragraph,
        context,
        subject,
        sides(own_words(figure)),
    )


def subject_pairs(figure: Figure) -> frozenset[str]:
    """The pairs of a row's own subject."""
    return frozenset(bigrams(own_words(figure)))


_DEED_NOUN = re.compile(
    r"^(?P<deed>生产|出产|销售|出栏|存栏)(?!性|总值|力|线|能力)(?P<thing>[\u4e00-\u9fff]{2,10})$"
)


def own_words(figure: Figure) -> str:
    """The words of a row's own subject, as reports write; a deed also by its noun: 生产碳酸锂 is 碳酸锂产量."""
    own = as_reports_write(fold(figure.subject + figure.indicator))
    deed = _DEED_NOUN.match(own)
    noun = "产" if deed and deed["deed"].endswith("产") else deed["deed"] if deed else ""
    return f"{own} {deed['thing']}{noun}量" if deed else own


def abbreviated(pair: str, text: str) -> bool:
    """Whether a text has both characters of a pair within one word or two: 益岗 in 公益性岗位."""
    if len(pair) != 2 or pair[0] not in text or pair[1] not in text:
        return False
    return bool(re.search(rf"{re.escape(pair[0])}[\u4e00-\u9fff]{{1,2}}{re.escape(pair[1])}", text))


@dataclass(frozen=True, slots=True)
class Match:
    """A figure that fits a question; ``score`` and ``coverage`` in [0, 1], larger is better.

    ``left`` is the share of the question in words that the reports know but this row does not hold; ``part``
    the share, held by the row's subject, of the words beside the indicator (秋粮 of 粮食产量里秋粮);
    ``narrower`` whether there are such words, known to the reports, that the subject lacks; ``lacking``
    whether the row's whole clause lacks them.
    """

    figure: Figure
    score: float
    coverage: float
    left: float = 0.0
    part: float = 0.0
    narrower: bool = False
    lacking: bool = False


LEAST_COVERAGE = 0.3

LACKING = 0.12
"""Share of the question in narrower words above which a row without them is of something else."""

NEAR, FAR = 0.85, 0.55
"""Worth of a pair found in the row's clause, and only in its sentence or headings."""


@cache
def _deeds() -> frozenset[str]:
    """The pairs of words for what was done: 新增, 改造."""
    return frozenset(pair for word in words("subject", "verbs") for pair in bigrams(word))


BRIDGE = 0.5
"""Worth of a missing pair between two that the subject has: 交通投资 of 交通项目投资."""


def bridges(pair: str, held: frozenset[str], near: frozenset[str]) -> bool:
    """Whether a pair only joins a word that stands there or around (``near``) to one of the subject (``held``)."""
    return any(one[-1] == pair[0] for one in near) and any(one[0] == pair[-1] for one in held)


@dataclass(frozen=True, slots=True)
class _Bound:
    """What tells most rows from those that can cover LEAST_COVERAGE of a reading, without their scores."""

    weights: Mapping[str, float]
    pairs: frozenset[str]
    total: float
    unknown: float
    least: float

    @classmethod
    def of(cls, reading: frozenset[str], worth: float, weights: Weights) -> _Bound:
        each = {pair: weights.of(pair) for pair in reading}
        total = sum(each.values())
        unknown = UNKNOWN * sum(pair not in weights.known for pair in reading)
        # A little less than the least, lest rounding leaves a row out.
        return cls(each, reading, total, unknown, 0.999 * LEAST_COVERAGE * total / worth)

    def lets_in(self, row: View) -> bool:
        """Whether the pairs around a row, and at best all that it could bridge or abbreviate, are enough."""
        near = row.words & self.pairs
        most = sum([self.weights[pair] for pair in near])
        if not near.isdisjoint(row.subject):
            most += BRIDGE * (self.total - most)
        return most + NEAR * self.unknown >= self.least


def score(row: View, asked: Wanted, weights: Weights) -> Match:
    """Best reading's coverage of the question by the row, less what the row narrows unasked."""
    best = Match(row.figure, 0.0, 0.0)
    for reading, worth in asked.readings:
        total = weights.sum(reading) or 1.0
        held = row.subject & reading
        near = row.words & reading
        got = left = 0.0
        for pair in reading:
            weight = weights.of(pair)
            if pair in held:
                got += weight
            elif pair in row.clause:
                got += NEAR * weight
            elif pair in row.context:
                got += FAR * weight
            elif bridges(pair, held, near):
                got += BRIDGE * weight
            elif pair not in weights.known and abbreviated(pair, row.own):
                got += NEAR * weight
            elif pair in weights.known:
                left += weight
        coverage = worth * got / total
        own = weights.sum(row.subject) or 1.0
        focus = weights.sum(held) / own
        value = coverage * (0.7 + 0.3 * focus)
        if value > best.score:
            named = asked.named
            narrower = frozenset(pair for pair in reading - named if not pair[0].isdigit())
            things = narrower - _deeds()  # 新增 tells of no part of an indicator
            part = weights.sum(things & row.subject) / (weights.sum(things) or 1.0) if named else 0.0
            lacking = any(pair in weights.known for pair in narrower - row.subject) and bool(named)
            absent = [pair for pair in narrower - row.subject - row.clause if pair in weights.known]
            short = bool(named) and weights.sum(absent) > LACKING * total
            best = Match(row.figure, value, coverage, left / total, part, lacking, short)
    return best


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of a text as matched: folded, in the words of reports."""
    return frozenset(bigrams(as_reports_write(fold(text))))


def covered(held: frozenset[str], asked: Wanted, weights: Weights) -> float:
    """Share of the question's weight in the pairs of a text, best reading; 0.0 without content words."""
    shares = [
        weights.sum(held & pairs) / (weights.sum(pairs) or 1.0) * worth for pairs, worth in asked.readings
    ]
    return max(shares, default=0.0)


def signed(figure: Figure) -> Decimal:
    """The figure's value in base units, for comparing: 下降8.8% is below 增长0.1%."""
    return figure.value * unit_factor(figure.unit)


class FigureTable:
    """The rows of an index, ready to be matched; views are built once a report and kept."""

    def __init__(self, library: Library, weights: Weights) -> None:
        self._library = library
        self.weights = weights
        self._views = lru_cache(maxsize=512)(self._build)
        self.matches = lru_cache(maxsize=256)(self._matches)
        self.pairs_of = lru_cache(maxsize=20_000)(pairs_of)

    def _build(self, report_id: str) -> tuple[View, ...]:
        text = self._library.text(report_id)
        folded = fold(text)
        paragraphs = {p.number: p for p in self._library.paragraphs(report_id)}
        contexts = {n: _contexts(p, folded) for n, p in paragraphs.items()}
        wholes = {
            n: frozenset(bigrams(as_reports_write(fold(" ".join((*p.section, p.text))))))
            for n, p in paragraphs.items()
        }
        views = []
        for figure in self._library.figures(report_id):
            near = ((c, b) for s, e, c, b in contexts[figure.paragraph] if s <= figure.start < e)
            views.append(view(figure, text, *next(near, ("", "")), wholes[figure.paragraph]))
        return tuple(views)

    def of_paragraph(self, row: Figure) -> tuple[Figure, ...]:
        """The rows of the paragraph that a row stands in, in the order in which they were read."""
        views = self._views(row.report_id)
        return tuple(view.figure for view in views if view.figure.paragraph == row.paragraph)

    def warm(self, report_ids: Iterable[str]) -> None:
        """Build the rows of some reports ahead of the first question."""
        for report_id in report_ids:
            self._views(report_id)

    def _matches(self, report_id: str, asked: Wanted) -> list[Match]:
        """Rows of one report that share words with a question, best first; ties in order of the text."""
        weights = self.weights
        rows: Sequence[View] = self._views(report_id)
        bounds = [_Bound.of(pairs, worth, weights) for pairs, worth in asked.readings]
        rows = [row for row in rows if any([bound.lets_in(row) for bound in bounds])]
        found = [score(row, asked, weights) for row in rows if self._is_about(row, asked)]
        return sorted(
            (m for m in found if m.coverage >= LEAST_COVERAGE), key=lambda m: (-m.score, m.figure.start)
        )

    def _is_about(self, row: View, asked: Wanted) -> bool:
        times = (f"{row.figure.period[-4:]}年", part_of(row.figure.period))
        # 由…提高到: the year of the value left behind need not be said, nor the part of the year of a release.
        if not all(word in row.around or word in (*times, *parts_in(row.around)) for word in asked.anchors):
            return False
        if _of_other_county(row.figure, asked) or shuts_out(asked.sides, row.sides):
            return False
        cities = (frozenset(bigrams(word)) for word in asked.anchors if is_city(word))
        if not all(city <= row.subject | row.clause for city in cities):
            return False  # the next clause may tell of the whole province
        if not asked.topic:
            return True
        own = row.subject | row.clause
        if self.weights.sum(own & asked.core) < CORE_SHARE * self.weights.sum(asked.core):
            return False
        if asked.bare and not (row.subject & asked.topic or names_no_thing(row.figure)):
            return False
        near = row.told if asked.bare else row.paragraph
        return self.weights.sum(near & asked.topic) >= TOPIC_SHARE * self.weights.sum(asked.topic)


def names_no_thing(row: Figure) -> bool:
    """Whether a row's own name is but a measure (完成投资, 一期总投资) and not that of another thing (能源投资)."""
    return is_bare_measure((regex("asked", "of_a_thing").sub("", own_words(row)),))


def _of_other_county(row: Figure, asked: Wanted) -> bool:
    """Whether a row is of a county while the question names another: one sentence may tell of all of a city's counties."""
    counties = [word for word in asked.anchors if is_county(word)]
    name = fold(row.subject + row.indicator)
    other = row.subject.endswith(("县", "縣", "旗")) or names_county(name)
    return bool(counties) and other and not any(word in name for word in counties)


def _contexts(paragraph: Paragraph, folded: str) -> list[tuple[int, int, str, str]]:
    """(start, end, words around, words before) of each sentence: itself, its paragraph's first, the headings above; the one before."""
    spans = whole_sentences(split_sentences(paragraph.text, paragraph.start), folded)
    lead = folded[spans[0][0] : spans[0][1]] if spans and len(spans) > 1 else ""
    headings = fold(" ".join(paragraph.section)) + " " + lead
    before = ["", *(folded[s:e] for s, e in spans)]
    return [(s, e, folded[s:e] + " " + headings, last) for (s, e), last in zip(spans, before, strict=False)]


def whole_sentences(spans: list[tuple[int, int]], text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Join what only ； parts: the subject of such a clause often stands before it, and a list runs on."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and text[joined[-1][1] - 1 - offset] in "；;":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
