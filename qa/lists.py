"""List questions: complete enumerations, in order, each item with its own span.

Four forms of such reports: headings under an announcing sentence ("重点抓好以下工作："), numbered or
dashed paragraphs, 一是…二是… inside a paragraph, and the lead sentences of a section.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.inline_lists import inline_lists, marks, spans_of, style_of
from qa.lexicon import pattern, regex
from qa.list_asks import MAX_ITEMS, Form, expected_count
from qa.match import Library, Weights, covered, pairs_of
from qa.text import fold, split_sentences, whole_number
from qa.types import Evidence, Paragraph, Scope
from qa.wanted import Wanted

_ANNOUNCES = re.compile(
    r"(?:以下|下列|如下|下面|这样?几|[二三四五六七八九十\d]+(?:个方面|件|项|方面|大).{0,12})[^。：]{0,16}[。：]?$"
)
NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}是|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]+[，、]|[①-⑳]|——|[●▪■•·])"
)
_TOLD = re.compile(r"(?:工作|措施|举措|任务|方面)[^，。：]{0,4}$")

ENOUGH = 0.75
"""Least share of the question in the words above a list."""

AROUND = 0.85
"""Worth of the words above an announcement: the headings, and the first sentence of its paragraph."""

LEAD_CHARS = 60
"""A first sentence up to this long may head its paragraph."""

_GENERIC = re.compile(
    rf"^(?:[二三四五六七八九十]+(?:个|项)?|\d+(?:个|项)|{pattern('heading', 'generic').pattern}|\s)+$"
)


@dataclass(frozen=True, slots=True)
class Enumeration:
    """An announcing span (or None) and the items' spans, in order.

    ``coverage`` is the share of the question that the words above the list hold; ``form`` how it is set;
    ``name`` what the report calls a set (“三个提升”).
    """

    intro: Evidence | None
    items: tuple[Evidence, ...]
    coverage: float
    form: Form = ""
    name: str = ""


def is_generic(scope: Scope) -> bool:
    """Whether a list question asks for the report's own structure ("今年重点抓哪几项工作")."""
    return not scope.anchors and bool(_GENERIC.match(" ".join(scope.terms) or "工作"))


def outline(
    report_id: str, library: Library, scope: Scope, *, expected: int | None = None
) -> Enumeration | None:
    """What a report's plan (or review) says it works on: its numbered headings, else its leads, else 一是…二是…."""
    part = "review" if scope.kind == "actual" else "plan"
    own = [p for p in library.paragraphs(report_id) if p.part == part]
    headed = _of_years_first(heading_runs(report_id, own), own, scope)
    found = [*(headed or [_leads(report_id, own)]), *_told(report_id, own)]
    made = [Enumeration(None, tuple(items), 1.0) for items in found if len(items) >= 2]
    return next((e for e in made if len(e.items) == expected), made[0] if made else None)


def _of_years_first(
    runs: list[list[Evidence]], paragraphs: Sequence[Paragraph], scope: Scope
) -> list[list[Evidence]]:
    """Runs of headings, those before the others that stand under a top heading with a year asked about."""
    top = {p.number: p.section[0] for p in paragraphs if p.section}
    named = re.compile("|".join(["今年|本年", *(f"{year}年" for year in scope.years)]))
    return sorted(runs, key=lambda run: not named.search(fold(top.get(run[0].paragraph, ""))))


def heading_runs(report_id: str, paragraphs: Sequence[Paragraph]) -> list[list[Evidence]]:
    """The headings （一）（二）… of one part; a numbering that begins anew, or under another top heading, is another list."""
    lists: list[list[Evidence]] = []
    last, above = 0, ""
    for paragraph in paragraphs:
        numbered = re.match(r"^[（(](?P<n>[一二三四五六七八九十]+)[）)]", paragraph.text)
        if numbered and (not lists or _level(paragraph) == (2 if above else 1)):
            number, top = whole_number(numbered["n"]), paragraph.section[0] if paragraph.section else ""
            if number <= last or top != above or not lists:
                lists.append([])
            lists[-1].append(heading_span(report_id, paragraph))
            last, above = number, top
    return lists


def _leads(report_id: str, paragraphs: Sequence[Paragraph]) -> list[Evidence]:
    """The first sentences that head the paragraphs right under the first heading of a part."""
    leads = [p for p in paragraphs if len(p.section) == 2 and p.text.startswith(p.section[1])]
    first = [p for p in leads if p.section[0] == leads[0].section[0]]
    return [heading_span(report_id, p) for p in first]


def _told(report_id: str, paragraphs: Sequence[Paragraph]) -> list[list[Evidence]]:
    """一是…二是… or ①…② after a sentence that says what was done or is to be done."""
    made = []
    for paragraph in paragraphs:
        for starts in marks(paragraph.text):
            before = paragraph.text[: starts[0]].rstrip("：。，")
            if _TOLD.search(before[max(before.rfind("。"), 0) :]):
                made.append(spans_of(report_id, paragraph, starts))
    return made


def _level(paragraph: Paragraph) -> int:
    return len([h for h in paragraph.section if NUMBERED.match(h)]) + (1 if paragraph.is_heading else 0)


def heading_span(report_id: str, paragraph: Paragraph) -> Evidence:
    """The first sentence of a paragraph."""
    start, end = split_sentences(paragraph.text, paragraph.start)[0]
    return Evidence(report_id, paragraph.number, start, end)


def enumeration(
    report_id: str, paragraphs: Sequence[Paragraph], asked: Wanted, weights: Weights, *, expected: int | None
) -> Enumeration | None:
    """The best list of a report for a question; ``expected`` is the number it names (八件大事: 8)."""
    found = candidates(report_id, paragraphs, asked, weights, expected=expected)
    good = [e for e in found if e.coverage >= ENOUGH and 2 <= len(e.items) <= MAX_ITEMS]
    if expected:
        good = [e for e in good if len(e.items) == expected]
    return max(good, key=lambda e: e.coverage, default=None)


def candidates(
    report_id: str, paragraphs: Sequence[Paragraph], asked: Wanted, weights: Weights, *, expected: int | None
) -> list[Enumeration]:
    """Every list of a report, whatever it is of."""
    found = [
        *_announced(report_id, paragraphs, asked, weights),
        *_inline(report_id, paragraphs, asked, weights),
        *_sections(report_id, paragraphs, asked, weights, expected=expected),
    ]
    found = [e for e in found if _names_anchors(e, paragraphs, asked.anchors)]
    for word in asked.anchors:
        found += _repeated(report_id, paragraphs, word)
    return found


def _names_anchors(found: Enumeration, paragraphs: Sequence[Paragraph], anchors: Sequence[str]) -> bool:
    """Whether the items of a list, or what announces and heads them, have every word that what answers must have."""
    if not anchors:
        return True
    by_number = {p.number: p for p in paragraphs}
    head = by_number[(found.intro or found.items[0]).paragraph]
    until = found.items[0].start - head.start if found.intro is None else len(head.text)
    items = (
        by_number[e.paragraph].text[e.start - by_number[e.paragraph].start :][: e.end - e.start]
        for e in found.items
    )
    said = fold(" ".join((*head.section, head.text[:until], *items)))
    return all(word in said for word in anchors)


def set_as(
    form: Form,
    report_id: str,
    paragraphs: Sequence[Paragraph],
    asked: Wanted,
    weights: Weights,
    *,
    expected: int | None,
) -> Enumeration | None:
    """The list that a question knows by its form (那五条“——”): of its count, else the first that has its words."""
    if form == "dash":
        found = _dashed(report_id, paragraphs, asked, weights)
    else:
        found = [e for e in _inline(report_id, paragraphs, asked, weights) if e.form == form]
    found = [e for e in found if len(e.items) == (expected or len(e.items))]
    return max(found, key=lambda e: e.coverage, default=None)


def _announced(
    report_id: str, paragraphs: Sequence[Paragraph], asked: Wanted, weights: Weights
) -> list[Enumeration]:
    """An announcing sentence at the end of a paragraph, and the numbered paragraphs after it."""
    made = []
    for i, paragraph in enumerate(paragraphs[:-1]):
        intro, following = _announcing(report_id, paragraph), paragraphs[i + 1]
        if intro is None:
            continue
        inside = inline_lists(report_id, paragraphs[i + 1 : i + 1 + RUN_ON])
        items = next((items for items in inside if items[0].start == following.start), [])
        items = items or numbered_below(report_id, paragraphs[i + 1 :])
        if len(items) >= 2:
            last = paragraph.text[intro.start - paragraph.start :]
            form: Form = "dash" if following.text.startswith("——") else ""
            lead = paragraph.text[: heading_span(report_id, paragraph).end - paragraph.start]
            around = " ".join((*paragraph.section, lead if len(lead) <= LEAD_CHARS else "", last))
            own = covered(pairs_of(last), asked, weights)
            coverage = max(own, AROUND * covered(pairs_of(around), asked, weights))
            made.append(Enumeration(intro, tuple(items), coverage, form))
    return made


RUN_ON = 4
"""Paragraphs over which a list that is set inside them may go on."""


def _announcing(report_id: str, paragraph: Paragraph) -> Evidence | None:
    """The last sentence of a paragraph, if it announces a list."""
    spans = split_sentences(paragraph.text, paragraph.start)
    if not spans:
        return None
    start, end = spans[-1]
    last = paragraph.text[start - paragraph.start :]
    announces = _ANNOUNCES.search(last) or last.rstrip().endswith("：")
    return Evidence(report_id, paragraph.number, start, end) if announces else None


def _dashed(
    report_id: str, paragraphs: Sequence[Paragraph], asked: Wanted, weights: Weights
) -> list[Enumeration]:
    """Runs of paragraphs that begin with ——, within one top section, whatever stands between them."""
    runs: dict[tuple[str, ...], list[Paragraph]] = {}
    for paragraph in paragraphs:
        if paragraph.part != "head" and paragraph.text.startswith(("——", "--")):
            runs.setdefault(_above(paragraph), []).append(paragraph)
    made = []
    for section, run in runs.items():
        items = tuple(heading_span(report_id, p) for p in run)
        said = " ".join((*section, *(p.text[: e.end - e.start] for p, e in zip(run, items, strict=True))))
        made.append(Enumeration(None, items, covered(pairs_of(said), asked, weights), "dash"))
    return [e for e in made if len(e.items) >= 2]


def _above(paragraph: Paragraph) -> tuple[str, ...]:
    """The headings above a paragraph that begin neither it nor another item of its list."""
    return tuple(title for title in paragraph.section if not title.startswith(("——", "--")))


def numbered_below(report_id: str, paragraphs: Sequence[Paragraph]) -> list[Evidence]:
    """Paragraphs of one numbering style from here on; bodies between numbered headings are passed over."""
    items: list[Evidence] = []
    style = ""
    for paragraph in paragraphs:
        mark = NUMBERED.match(paragraph.text)
        this = style_of(mark[0]) if mark else ""
        if not items:
            if not mark:
                return []
            style = this
        if this == style:
            items.append(heading_span(report_id, paragraph))
        elif re.match(r"^[一二三四五六七八九十]+、", paragraph.text):
            break
    return items


def _inline(
    report_id: str, paragraphs: Sequence[Paragraph], asked: Wanted, weights: Weights
) -> list[Enumeration]:
    """一是…；二是…。 or 1.…；2.…。 inside one paragraph; marks of one style make one list."""
    made = []
    by_number = {p.number: p for p in paragraphs}
    for items in inline_lists(report_id, paragraphs):
        paragraph = by_number[items[0].paragraph]
        starts = [items[0].start - paragraph.start]
        head = paragraph.text[: starts[0]] + " ".join(paragraph.section)
        form: Form = "ordinal" if paragraph.text.startswith("一是", starts[0]) else ""
        made.append(Enumeration(None, tuple(items), covered(pairs_of(head), asked, weights), form))
    return made


def _sections(
    report_id: str, paragraphs: Sequence[Paragraph], asked: Wanted, weights: Weights, *, expected: int | None
) -> list[Enumeration]:
    """A heading that holds the question, and the lead sentences under it, or as many paragraphs as it counts."""
    made = []
    for i, paragraph in enumerate(paragraphs):
        title = _title(paragraph)
        if not title:
            continue
        below = list(itertools.takewhile(lambda p: not p.is_heading, paragraphs[i + 1 :]))
        leads = [p for p in below if title in p.section and p.section[-1] != title]
        items = [heading_span(report_id, p) for p in _without_opening(leads, expected)]
        if title == paragraph.text and len(leads) < (expected or 2):
            items = _plain(report_id, below, expected_count(title) or expected, expected) or items
        if len(items) >= 2:
            coverage = 0.95 * covered(pairs_of(title), asked, weights)
            made.append(Enumeration(None, tuple(items), coverage))
    return made


def _plain(
    report_id: str, below: Sequence[Paragraph], count: int | None, expected: int | None
) -> list[Evidence]:
    """As many paragraphs below a heading as it (or else the question) counts, if they are set alike."""
    chosen = below[: count or 0]
    if not chosen or len(chosen) != count or expected not in (None, count):
        return []
    alike = len({bool(NUMBERED.match(p.text)) for p in chosen}) == 1
    return [Evidence(report_id, p.number, p.start, p.end) for p in chosen] if alike else []


def _title(paragraph: Paragraph) -> str:
    """What a paragraph heads others by: itself, if it is a heading or announces a list, or its first sentence."""
    announces = paragraph.text.rstrip().endswith("：")
    if len(paragraph.text) <= LEAD_CHARS and (paragraph.is_heading or announces):
        return paragraph.text
    own = paragraph.section[-1] if paragraph.section else ""
    return own if own and paragraph.text.startswith(own) else ""


def _without_opening(leads: Sequence[Paragraph], expected: int | None) -> Sequence[Paragraph]:
    """The leads under a heading without the one that only opens the section: 园区是经济发展的主战场。"""
    if len(leads) < 3 or NUMBERED.match(leads[0].text):
        return leads
    opens = NUMBERED.match(leads[1].text) or regex("commitment", "described").search(fold(leads[0].text))
    return leads[1:] if opens or len(leads) - 1 == expected else leads


def _repeated(report_id: str, paragraphs: Sequence[Paragraph], word: str) -> list[Enumeration]:
    """Headings and first sentences of one style that all have a word asked about: 六个“坚定不移”, 七个“持续”."""
    groups: dict[tuple[str, ...], list[Evidence]] = {}
    for paragraph in paragraphs:
        if not paragraph.text.strip():
            continue
        span = heading_span(report_id, paragraph)
        if span.end - span.start > LEAD_CHARS or word not in fold(
            paragraph.text[: span.end - paragraph.start]
        ):
            continue
        mark = NUMBERED.match(paragraph.text)
        groups.setdefault((*paragraph.section[:1], style_of(mark[0]) if mark else ""), []).append(span)
    return [Enumeration(None, tuple(spans), 1.0) for spans in groups.values() if len(spans) >= 3]
