"""List questions: complete enumerations, in order, each item with its own span.

Four forms of such reports: headings under an announcing sentence ("重点抓好以下工作："), numbered or
dashed paragraphs, 一是…二是… inside a paragraph, and the lead sentences of a section.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.match import Library, Weights, covered, pairs_of
from qa.text import fold, han_number, split_sentences
from qa.types import Evidence, Paragraph, Scope
from qa.wants import Wanted

_ANNOUNCES = re.compile(
    r"(?:以下|下列|如下|下面|这样?几|[二三四五六七八九十\d]+(?:个方面|件|项|方面|大).{0,12})[^。：]{0,16}[。：]?$"
)
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}是|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]+[，、]|[①-⑳]|——|[●▪■•·])"
)
_INLINE = re.compile(
    r"(?:^|[。；：，])(?P<mark>[一二三四五六七八九十]{1,2}是|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳]|第[一二三四五六七八九十]，|\d{1,2}[.．、](?!\d))"
)
_GENERIC = re.compile(
    r"^(?:[二三四五六七八九十]+(?:个|项)?|\d+(?:个|项)|重点|主要|工作|任务|方面|抓好|抓|做好|做|干|措施|举措|好|政府|部署|全年|经济社会发展|内容|要点|着力|推进|\s)+$"
)
MAX_ITEMS = 30


@dataclass(frozen=True, slots=True)
class Enumeration:
    """An announcing span (or None) and the items' spans, in order."""

    intro: Evidence | None
    items: tuple[Evidence, ...]
    coverage: float


def is_generic(scope: Scope) -> bool:
    """Whether a list question asks for the report's own structure ("今年重点抓哪几项工作")."""
    return not scope.anchors and bool(_GENERIC.match(" ".join(scope.terms) or "工作"))


def outline(report_id: str, library: Library, scope: Scope) -> Enumeration | None:
    """The numbered headings of the plan (or review) of a report: what it says it works on."""
    part = "review" if scope.kind == "actual" else "plan"
    top: list[Evidence] = []
    for paragraph in library.paragraphs(report_id):
        numbered = re.match(r"^[（(][一二三四五六七八九十]+[）)]", paragraph.text)
        if paragraph.part == part and numbered and (not top or _level(paragraph) == 2):
            if "自身建设" in "".join(paragraph.section[:1]) and top:
                break
            top.append(_heading_span(report_id, paragraph))
    return Enumeration(None, tuple(top), 1.0) if len(top) >= 2 else None


def _level(paragraph: Paragraph) -> int:
    return len([h for h in paragraph.section if _NUMBERED.match(h)]) + (1 if paragraph.is_heading else 0)


def _heading_span(report_id: str, paragraph: Paragraph) -> Evidence:
    start, end = split_sentences(paragraph.text, paragraph.start)[0]
    return Evidence(report_id, paragraph.number, start, end)


def enumeration(
    report_id: str, paragraphs: Sequence[Paragraph], asked: Wanted, weights: Weights, *, expected: int | None
) -> Enumeration | None:
    """The best list of a report for a question; ``expected`` is the number it names (八件大事: 8)."""
    found = [
        *_announced(report_id, paragraphs, asked, weights),
        *_inline(report_id, paragraphs, asked, weights),
    ]
    found += _sections(report_id, paragraphs, asked, weights, expected=expected)
    for word in asked.anchors:
        found += [
            e for e in (_repeated(report_id, paragraphs, word), _spelt_out(report_id, paragraphs, word)) if e
        ]
    good = [e for e in found if e.coverage >= 0.75 and 2 <= len(e.items) <= MAX_ITEMS]
    if expected:
        good = [e for e in good if len(e.items) == expected]
    return max(good, key=lambda e: e.coverage, default=None)


def _announced(
    report_id: str, paragraphs: Sequence[Paragraph], asked: Wanted, weights: Weights
) -> list[Enumeration]:
    """An announcing sentence at the end of a paragraph, and the numbered paragraphs after it."""
    made = []
    for i, paragraph in enumerate(paragraphs[:-1]):
        spans = split_sentences(paragraph.text, paragraph.start)
        if not spans:
            continue
        start, end = spans[-1]
        last = paragraph.text[start - paragraph.start :]
        if not (_ANNOUNCES.search(last) or last.rstrip().endswith("：")):
            continue
        items = _following(report_id, paragraphs[i + 1 :])
        if len(items) >= 2:
            intro = Evidence(report_id, paragraph.number, start, end)
            made.append(Enumeration(intro, tuple(items), covered(pairs_of(last), asked, weights)))
    return made


def _following(report_id: str, paragraphs: Sequence[Paragraph]) -> list[Evidence]:
    """Paragraphs of one numbering style from here on; bodies between numbered headings are passed over."""
    items: list[Evidence] = []
    style = ""
    for paragraph in paragraphs:
        mark = _NUMBERED.match(paragraph.text)
        this = _style(mark[0]) if mark else ""
        if not items:
            if not mark:
                return []
            style = this
        if this == style:
            items.append(_heading_span(report_id, paragraph))
        elif re.match(r"^[一二三四五六七八九十]+、", paragraph.text):
            break
    return items


def _inline(
    report_id: str, paragraphs: Sequence[Paragraph], asked: Wanted, weights: Weights
) -> list[Enumeration]:
    """一是…；二是…。 or 1.…；2.…。 inside one paragraph; marks of one style make one list."""
    made = []
    for paragraph in paragraphs:
        styles: dict[str, list[int]] = {}
        for mark in _INLINE.finditer(paragraph.text):
            styles.setdefault(_style(mark["mark"]), []).append(mark.start("mark"))
        for starts in styles.values():
            if len(starts) < 2:
                continue
            ends = [*starts[1:], _end_of_sentence(paragraph.text, starts[-1])]
            items = tuple(
                Evidence(report_id, paragraph.number, paragraph.start + s, paragraph.start + e)
                for s, e in zip(starts, ends, strict=True)
            )
            head = paragraph.text[: starts[0]] + " ".join(paragraph.section)
            made.append(Enumeration(None, items, covered(pairs_of(head), asked, weights)))
    return made


def _style(mark: str) -> str:
    return re.sub(r"[一二三四五六七八九十\d①-⑳]+", "n", mark)


def _end_of_sentence(text: str, start: int) -> int:
    found = re.search(r"[。；！]", text[start:])
    return start + found.end() if found else len(text)


def _sections(
    report_id: str, paragraphs: Sequence[Paragraph], asked: Wanted, weights: Weights, *, expected: int | None
) -> list[Enumeration]:
    """A heading that holds the question, and the lead sentences under it, or as many paragraphs as it counts."""
    made = []
    for i, paragraph in enumerate(paragraphs):
        announces = paragraph.text.rstrip().endswith("：") and len(paragraph.text) <= 60
        if not (paragraph.is_heading or announces) or len(paragraph.text) > 60:
            continue
        below = list(itertools.takewhile(lambda p: not p.is_heading, paragraphs[i + 1 :]))
        leads = [p for p in below if paragraph.text in p.section and p.section[-1] != paragraph.text]
        items = [_heading_span(report_id, p) for p in leads]
        if expected and len(below) >= expected and len(leads) < expected:
            items = [Evidence(report_id, p.number, p.start, p.end) for p in below[:expected]]
        if len(items) >= 2:
            coverage = 0.95 * covered(pairs_of(paragraph.text), asked, weights)
            made.append(Enumeration(None, tuple(items), coverage))
    return made


def _repeated(report_id: str, paragraphs: Sequence[Paragraph], word: str) -> Enumeration | None:
    """Headings and first sentences that all have a word asked about in quotation marks: 六个“坚定不移”."""
    leads = [(p, _heading_span(report_id, p)) for p in paragraphs if p.text.strip()]
    having = [
        (p.section[:1], span)
        for p, span in leads
        if span.end - span.start <= 60 and word in fold(p.text[: span.end - p.start])
    ]
    groups: dict[tuple[str, ...], list[Evidence]] = {}
    for section, span in having:
        groups.setdefault(section, []).append(span)
    best = max(groups.values(), key=len, default=[])
    return Enumeration(None, tuple(best), 1.0) if len(best) >= 3 else None


_TIMES = re.compile(r"(?P<n>[二两三四五六七八九十])个?大?(?P<word>[^\W\d]{1,4})")


def _spelt_out(report_id: str, paragraphs: Sequence[Paragraph], word: str) -> Enumeration | None:
    """The members of “四个一流” where they stand side by side: 一流设施、一流技术、一流管理、一流服务."""
    match = _TIMES.fullmatch(word)
    if not match:
        return None
    count, shared = int(han_number(match["n"]) or 0), re.escape(match["word"])
    member = rf"[^，。；、：“”\s]{{0,12}}{shared}[^，。；、：“”\s]{{0,12}}"
    run = re.compile(rf"{member}(?:[、，]{member}){{{count - 1}}}(?![、，]{member})")
    for paragraph in paragraphs:
        if found := run.search(fold(paragraph.text)):
            begin, items = found.start(), []
            for part in re.split(r"[、，]", found[0]):
                start = paragraph.start + begin
                items.append(Evidence(report_id, paragraph.number, start, start + len(part)))
                begin += len(part) + 1
            return Enumeration(None, tuple(items), 1.0)
    return None


_COUNTED = re.compile(r"(?P<n>[二三四五六七八九十]{1,2}|\d{1,2})(?:个|件|项|大|方面|条|类|种|座|所)")


def expected_count(question: str) -> int | None:
    """The number of items that a question names: 八件大事 8, 十大工程 10."""
    match = _COUNTED.search(fold(question))
    if not match:
        return None
    value = int(match["n"]) if match["n"].isdigit() else int(han_number(match["n"]) or 0)
    return value if 2 <= value <= MAX_ITEMS else None
