"""Hits -> quoted sentences: for what no row answers. The report's own words, cut to what was asked.

A sentence answers if it holds enough of the question's weight, counting the headings above it; the rarest
words decide, so a question about something the reports never name finds no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from qa.indicator_names import as_reports_write
from qa.lexicon import pattern, piece, regex, words
from qa.match import FigureTable, Library, Weights, pairs_of, whole_sentences
from qa.opposed import shuts_out, sides
from qa.text import fold, split_sentences
from qa.types import Evidence, Hit, Paragraph, Scope
from qa.wanted import Wanted, head_of
from qa.year_parts import parts_in

MIN_COVERAGE = 0.45
"""Least share of the question's weight in a sentence and its surroundings. Chosen on the dev questions."""
MIN_OWN = 0.38
"""Least share in the sentence itself."""
ALSO = 0.85
"""A further sentence is quoted if it covers this share of what the best one does."""
LEADS = 0.6
LEFT = 0.4
"""Least share of the question in the numbered lead of a paragraph that names its thing, and of the rest below it."""
MAX_LEAD = 60
MAX_QUOTE = 110
MIN_QUOTE = 30
MAX_LIST = 400
_CONTEXT = 0.6


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a report that answers; ``coverage`` in [0, 1], ``score`` orders quotes.

    ``fits`` whether it has the form that is asked for: a time for 何时, an enumeration for 是哪几个.
    """

    report_id: str
    paragraph: Paragraph
    start: int
    end: int
    coverage: float
    own: float
    score: float
    fits: bool = False

    @property
    def evidence(self) -> Evidence:
        """The quoted characters."""
        return Evidence(self.report_id, self.paragraph.number, self.start, self.end)


def quotes(
    hits: Sequence[Hit], library: Library, scope: Scope, asked: Wanted, table: FigureTable
) -> list[Quote]:
    """All sentences of the hits' paragraphs, the best first; ties in the order of the hits."""
    found: list[Quote] = []
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        key = (hit.chunk.report_id, hit.chunk.paragraph)
        if key in seen:
            continue
        seen.add(key)
        paragraph = library.paragraphs(hit.chunk.report_id)[hit.chunk.paragraph - 1]
        if _in_part(paragraph, scope):
            found += _paragraph_quotes(hit, paragraph, scope, asked, table)
    return sorted(found, key=lambda q: -q.score)


def _paragraph_quotes(
    hit: Hit, paragraph: Paragraph, scope: Scope, asked: Wanted, table: FigureTable
) -> Iterator[Quote]:
    """The sentences of one paragraph that name every anchor (and give a cause, if one is asked for)."""
    spans = split_sentences(paragraph.text)
    if scope.intent == "list":
        spans = whole_sentences(spans, paragraph.text)
    first = paragraph.text[: spans[0][1]] if spans else ""
    above = " ".join((*paragraph.section, first))
    question = fold(scope.question)
    definite = scope.intent == "list" and bool(regex("list", "definite").search(question))
    previous = ""
    for start, end in spans:
        sentence, before = paragraph.text[start:end], previous
        previous = sentence
        said = fold(sentence)
        if not _names_what(said, fold(above), question, asked):
            continue
        if not _tells_when(said, question, paragraph, asked, table):
            continue
        if asked.head and not _names_head(sentence, asked, table):
            continue
        if any(name.endswith("产量") for name in asked.indicators) and not _MADE.search(sentence):
            continue
        held, around = table.pairs_of(sentence), table.pairs_of(f"{above} {before}")
        if asked.thing and not asked.thing & (held | around):
            continue
        own, whole = _coverage(held, around, asked, table.weights)
        timed = bool(_asks_when(question) and TIMED.search(said))
        untimed = _asks_when(question) and not timed
        if untimed and (whole < NAMED_WHEN or not _names_thing(held, asked, table.weights)):
            continue
        if start and _NUMBERED.match(first) and len(first) <= MAX_LEAD:
            own = max(own, _under_lead(held, table.pairs_of(first), asked, table.weights))
        span = (paragraph.start + start, paragraph.start + end)
        near = 0.05 if hit.chunk.start <= span[0] < hit.chunk.end else 0.0
        lists = scope.intent == "list" and sentence.count("、") >= 2
        score = (
            whole
            + 0.25 * own
            + 0.1 / hit.rank
            + near
            + (LISTED if lists else 0.0)
            + (DATED if timed else 0.0)
        )
        fits = timed or (definite and lists)
        yield Quote(hit.chunk.report_id, paragraph, *span, coverage=whole, own=own, score=score, fits=fits)


def _stands(anchor: str, said: str) -> bool:
    """Whether a sentence names an anchor; a part of the year not only to hold another against it (比上半年加快)."""
    return bool(re.search(rf"(?<![比较]){re.escape(anchor)}", said)) if parts_in(anchor) else anchor in said


def _names_what(said: str, heading: str, question: str, asked: Wanted) -> bool:
    """Whether a sentence has every anchor, speaks of no opposite of what is asked, and gives a cause if one is asked for."""
    if not all(_stands(word, said) or _stands(word, heading) for word in asked.anchors):
        return False
    if shuts_out(asked.sides, sides(said)) and shuts_out(asked.sides, sides(said + heading)):
        return False
    return not pattern("cause", "ask").search(question) or bool(pattern("cause", "given").search(said))


def _tells_by_part(paragraph: Paragraph, said: str, question: str, asked: Wanted, table: FigureTable) -> bool:
    """Whether a sentence without a time says when by where it stands: done, in the review; sure to be, in a plan.

    确保甲机场建成投运 in the plan of 2031 tells 甲机场何时投用; 推进甲机场建设 and 加快建成 do not.
    """
    said = regex("finish", "noun_of_deed").sub("", said)
    if paragraph.part == "review":
        return bool(_DONE.search(said))
    deed = _FINISHED if _FINISHED.search(question) else _BEGUN if _BEGUN.search(question) else None
    sure = regex("finish", "hastened").sub("", said)
    return deed is not None and _tells(deed, sure, asked, table, behind=0)


def _names_head(sentence: str, asked: Wanted, table: FigureTable) -> bool:
    """Whether a sentence names the noun asked for and at least half of what narrows it (旅游业 of 旅游业增加值)."""
    if asked.head not in as_reports_write(fold(sentence)):
        return False
    narrower = [pairs - pairs_of(asked.head) for pairs, _ in asked.readings]
    weights = table.weights
    held = table.pairs_of(sentence)
    thing = frozenset().union(*narrower)
    clauses = re.split("[，。；：]", sentence)
    about = max(clauses, key=lambda clause: weights.sum(thing & table.pairs_of(clause)))
    other = asked.head not in as_reports_write(fold(about)) and head_of(_UP_TO_NUMBER.sub("", fold(about)))
    if other and not any(_names_itself(clause, asked.head) for clause in clauses):
        return False  # 花椒种植面积46.5万亩，粮食产量52.8万吨 tells of no 花椒产量
    return any(weights.sum(pairs & held) >= 0.5 * weights.sum(pairs) for pairs in narrower)


_MADE = regex("subject", "made")
"""How an output may be told of: how many cars were sold or licensed is no 新能源汽车产量."""
_BARE = re.compile(piece("subject", "bare_measure"))
"""What may stand before a measure that is of what was told before: 全年实现|产值."""
_UP_TO_NUMBER = re.compile(r"(?:分别)?[达为至到]*\d.*$")


def _names_itself(clause: str, head: str) -> bool:
    """Whether a measure stands in a clause without a thing of its own: 产值1.9亿元, of what was told before."""
    said = as_reports_write(fold(clause))
    return any(_BARE.fullmatch(part.partition(head)[0]) for part in said.split("、") if head in part)


def _names_thing(held: frozenset[str], asked: Wanted, weights: Weights) -> bool:
    """Whether a sentence itself names the thing that something is asked of: 大桥通车 tells nothing of the 铁路 before it."""
    things = [pairs - _deed_pairs() for pairs, _ in asked.readings]
    return any(weights.sum(pairs & held) >= THING * weights.sum(pairs) for pairs in things)


@cache
def _deed_pairs() -> frozenset[str]:
    """The pairs of the words for what is finished or begun."""
    return frozenset().union(
        *(pairs_of(word) for key in ("finished", "begun") for word in words("finish", key))
    )


THING = 0.4
"""Least share of the words for a thing in a sentence that says by where it stands when it was done."""


def _asks_when(question: str) -> bool:
    return bool(pattern("when", "ask").search(question))


def _tells_when(said: str, question: str, paragraph: Paragraph, asked: Wanted, table: FigureTable) -> bool:
    """Whether a sentence says when, if that is asked: by a time, or by where it stands."""
    if not _asks_when(question):
        return True
    exact = next((given for asks, given in _EXACT if asks.search(question)), None)
    if exact and not exact.search(said):
        return False
    if not TIMED.search(said) and not _tells_by_part(paragraph, said, question, asked, table):
        return False
    return (
        not _FINISHED.search(question)
        or _tells(_FINISHED, said, asked, table)
        or _tells(_FINISHED_THEN, said, asked, table, behind=2)
    )


def _tells(deed: re.Pattern[str], said: str, asked: Wanted, table: FigureTable, *, behind: int = 1) -> bool:
    """Whether the clause that speaks of what is asked, or one of those ``behind`` it, says that it is or will be done."""
    wanted = frozenset().union(*(pairs for pairs, _ in asked.readings))
    clauses = re.split(r"[，；。]", said)
    weights = table.weights
    at = max(range(len(clauses)), key=lambda i: weights.sum(wanted & table.pairs_of(clauses[i])))
    return bool(deed.search("，".join(clauses[at : at + 1 + behind])))


_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,2}是|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|——)")
TIMED = regex("asked", "timed")
NAMED_WHEN = 0.68
"""Share of a question when that a sentence without a time must hold: 甲水利枢纽何时建成 is not told by what was built of 乙水利枢纽."""
DATED = 0.2
"""What a sentence that gives a time gains, for a question when, before one that only says it is done."""
LISTED = 0.1
"""What a sentence that sets things side by side gains, for a question for a list."""
_EXACT = (
    (regex("when", "day_asked"), regex("when", "day")),
    (regex("when", "month_asked"), regex("when", "month")),
)
"""A question for a day or a month, and what gives one: not told by 年内."""
_FINISHED = pattern("finish", "finished")
"""A question when a thing will be ready is not answered by when it was begun."""
_FINISHED_THEN = re.compile(rf"(?:{TIMED.pattern})[^，；。]{{0,8}}(?:{_FINISHED.pattern})")
"""A clause farther behind tells it only with the time: 搬迁，6月完成封顶，2026年投入使用."""
_BEGUN = pattern("finish", "begun")
_DONE = pattern("finish", "done")


def _in_part(paragraph: Paragraph, scope: Scope) -> bool:
    """Results are sought in the review, targets in the plan: the right words of the wrong year mislead."""
    part = scope.part
    return part is None or paragraph.part == part


def _coverage(
    held: frozenset[str], around: frozenset[str], asked: Wanted, weights: Weights
) -> tuple[float, float]:
    """(share in the sentence, share with its surroundings) of the question's weight, best reading."""
    best = (0.0, 0.0)
    for reading, worth in asked.readings:
        total = weights.sum(reading) / worth or 1.0
        own = weights.sum(reading & held) / total
        whole = own + _CONTEXT * weights.sum(reading & (around - held)) / total
        best = max(best, (own, whole), key=lambda pair: pair[1])
    return best


def _under_lead(held: frozenset[str], lead: frozenset[str], asked: Wanted, weights: Weights) -> float:
    """Share in a sentence of what its numbered lead leaves out, where the lead names the thing: 四是…项目获批。…投产."""
    best = 0.0
    for reading, _ in asked.readings:
        left = weights.words(reading) - lead
        total, rest = weights.sum(reading) or 1.0, weights.sum(left)
        if rest and weights.sum(reading & lead) >= LEADS * total:
            best = max(best, weights.sum(left & held) / rest)
    return best if best >= LEFT else 0.0


def is_good(quote: Quote) -> bool:
    """Whether a quote holds enough of a question to answer it."""
    return quote.coverage >= MIN_COVERAGE and quote.own >= MIN_OWN


def choose(found: Sequence[Quote], *, limit: int) -> list[Quote]:
    """The best sentence if it is good enough, and its equals; in the order of the text within a report."""
    good = [quote for quote in found if is_good(quote)]
    if not good:
        return []
    best = good[0]
    chosen = [best]
    for quote in good[1:]:
        alike = quote.coverage >= ALSO * best.coverage and quote.own >= ALSO * best.own
        if best.fits and not quote.fits:
            continue
        if alike and len(chosen) < limit and quote.report_id == best.report_id:
            chosen.append(quote)
    return sorted(chosen, key=lambda q: q.start)


def trim(
    quote: Quote, text: str, asked: Wanted, weights: Weights, *, limit: int = MAX_QUOTE
) -> tuple[int, int]:
    """Cut an over-long sentence to the run of clauses that holds what was asked, and no more."""
    if quote.end - quote.start <= limit:
        return quote.start, quote.end
    clauses = _clauses(text, quote.start, quote.end)
    wanted = frozenset().union(*(pairs for pairs, _ in asked.readings))
    held = [wanted & pairs_of(text[s:e]) for s, e in clauses]
    low = high = max(range(len(clauses)), key=lambda i: weights.sum(held[i]))
    top = weights.sum(held[low]) or 1.0
    got = set(held[low])
    while True:
        sides = [(low - 1, held[low - 1] - got)] if low else []
        sides += [(high + 1, held[high + 1] - got)] if high + 1 < len(clauses) else []
        short = clauses[high][1] - clauses[low][0] < MIN_QUOTE
        sides = [side for side in sides if side[1] or short or weights.sum(held[side[0]]) >= EQUAL * top]
        if not sides:
            break
        at, new = max(sides, key=lambda side: weights.sum(side[1]))
        start, end = clauses[min(low, at)][0], clauses[max(high, at)][1]
        if end - start > limit:
            break
        low, high = min(low, at), max(high, at)
        got |= new
    return clauses[low][0], _end_of_run(text, clauses[high][1], quote.end)


EQUAL = 0.9
"""Share of what the best clause holds from which one beside it tells as much: 一期建成，…，二期开工."""

MAX_RUN = 80
"""Characters by which a quote may grow so as not to end within an enumeration."""


def _end_of_run(text: str, end: int, limit: int) -> int:
    """Where the enumeration ends that a quote would break off after a 、."""
    if text[end - 1] != "、":
        return end
    found = re.search(r"[，；：。！？]", text[end:limit])
    stop = end + found.end() if found else limit
    return stop if stop - end <= MAX_RUN else end


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, begin = [], start
    for match in re.finditer(r"[，；：、](?!\d)", text[start:end]):
        if match[0] == "、" and start + match.end() - begin < 40:
            continue
        spans.append((begin, start + match.end()))
        begin = start + match.end()
    if begin < end:
        spans.append((begin, end))
    return spans
