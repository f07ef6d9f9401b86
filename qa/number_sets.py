"""The members of a set that a report only names: “三个提升”, “六新江城”, “四个一流”.

They stand side by side, or in quotation marks of their own, or as the leads of the paragraphs below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.lexicon import words
from qa.lists import LEAD_CHARS, Enumeration, heading_span
from qa.text import fold, split_sentences, whole_number
from qa.types import Evidence, Paragraph

_SET = re.compile(r"(?P<n>[二两三四五六七八九十])(?:个|条|大|项|张|份|类|种)?(?P<word>[\u4e00-\u9fff]{1,4})")
_NAMED = re.compile(
    r"(?<![第一二三四五六七八九十百\d])[“‘「]?(?=(?P<run>[二两三四五六七八九十][\u4e00-\u9fff]{1,6}))"
)


def sets_named(
    said: str, report_id: str, paragraphs: Sequence[Paragraph]
) -> list[tuple[str, Evidence | None]]:
    """The sets of a folded question, in its order, and where a report names them.

    Those in quotation marks, and of the other words only what the report has in quotation marks.
    """
    found: list[tuple[str, Evidence | None]] = []
    for match in _NAMED.finditer(said):
        run = match["run"]
        closed = re.match(r"[“‘「]([^”’」]+)[”’」]", said[match.start() :])
        for length in [len(closed[1])] if closed else range(len(run), 1, -1):
            name = run[:length]
            span = _first(name, report_id, paragraphs) if _SET.fullmatch(name) else None
            if span or (closed and name == closed[1]):
                found.append((name, span))
                break
    return found


_COMPOSITE = re.compile(
    r"[“‘「]?(?:[一二两三四五六七八九十][\u4e00-\u9fff](?<![个大项种类条张份])){2,}[”’」]?(?=[是指的有包]|$)"
)


def sets_in_one_name(said: str) -> int:
    """How many sets one name of a folded question counts, if it counts several: three in “一核两湾三带”; else 0."""
    named = _COMPOSITE.search(said.rstrip("？?。！"))
    return len(re.findall("[一二两三四五六七八九十]", named[0])) if named else 0


def members(
    name: str, report_id: str, named: Evidence | None, paragraphs: Sequence[Paragraph]
) -> Enumeration | None:
    """The members of a set: exactly as many as its number says, or None. ``named`` is where the report names it."""
    match = _SET.fullmatch(name)
    if match is None:
        return None
    count, word = whole_number(match["n"]), match["word"]
    near = paragraphs if len(word) > 1 else [p for p in paragraphs if named and p.number == named.paragraph]
    found = [_side_by_side(count, word, report_id, near)]
    if named:
        here = [p for p in paragraphs if p.number == named.paragraph]
        found += [_below(word, named, paragraphs), _quoted(word, report_id, paragraphs)]
        found.append(_quoted(word, report_id, here) if len(word) > 1 else [])
    found.append(_before(count, name, report_id, paragraphs))
    items = next((items for items in found if len(items) == count), None)
    return Enumeration(named, tuple(items), 1.0, name=name) if items else None


def _first(name: str, report_id: str, paragraphs: Sequence[Paragraph]) -> Evidence | None:
    """The first sentence that has a name in quotation marks."""
    for paragraph in paragraphs:
        if f"“{name}”" not in fold(paragraph.text):
            continue
        for start, end in split_sentences(paragraph.text, paragraph.start):
            if f"“{name}”" in fold(paragraph.text[start - paragraph.start : end - paragraph.start]):
                return Evidence(report_id, paragraph.number, start, end)
    return None


_OPENS = re.compile(
    f"(?:我[省市县区州]|在(?![建册校岗线职外营库])|从(?![业事严教])|{'|'.join(words('number_set', 'manner'))})*"
    f"(?:{'|'.join((*words('list', 'verbs'), *words('subject', 'verbs'), *words('subject', 'own_verbs'), *words('number_set', 'verbs')))})?了?"
)
"""What stands before the first member of a run: 稳步推进|保障性住房, 做优做大|船舶制造."""


def opening_of(member: str) -> int:
    """Where the first member of a run begins behind the verb that governs them all; 0 where too little is left."""
    end = len(member) - len(_OPENS.sub("", member, count=1))
    return end if end <= len(member) - 2 else 0


def _runs(
    run: re.Pattern[str], report_id: str, paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[str, list[Evidence]]]:
    """What stands side by side: the folded words of each run of some paragraphs, and its members."""
    for paragraph in paragraphs:
        for found in run.finditer(fold(paragraph.text)):
            yield found[0], list(_parts(report_id, paragraph, found))


def _before(count: int, name: str, report_id: str, paragraphs: Sequence[Paragraph]) -> list[Evidence]:
    """保障性住房、城中村改造等“两大工程”: a run of just so many that ends in the quoted name."""
    if count < 2:
        return []
    member = r"[^，。；、：\s]{2,24}"
    run = re.compile(
        rf"{member}(?:、{member}){{{count - 2}}}(?:[、和及]|以及){member}(?=等?“{re.escape(name)}”)"
    )
    for said, items in _runs(run, report_id, paragraphs):
        last = _OPENS.sub("", re.split("[、和]", said)[-1], count=1)
        if len(items) == count and len(last) > 1:
            ended = replace(items[-1], end=items[-1].end - said.endswith("等"))
            return [_without_opening(items[0], said), *items[1:-1], ended]
    return []


def _without_opening(item: Evidence, said: str) -> Evidence:
    """The first member of a run without the verb that governs them all."""
    return replace(item, start=item.start + opening_of(said[: item.end - item.start]))


def ways_of(word: str, report_id: str, paragraphs: Sequence[Paragraph]) -> Enumeration | None:
    """“一把手”招商、驻点招商、以商招商: the longest run side by side whose members all end in the word."""
    member = rf"[^，。；、：（）\s]{{0,12}}{re.escape(word)}"
    run = re.compile(rf"{member}(?:[、和]{member})+")
    best: list[Evidence] = []
    for said, items in _runs(run, report_id, paragraphs):
        if len(items) > len(best):
            best = [_without_opening(items[0], said), *items[1:]]
    return Enumeration(None, tuple(best), 1.0) if len(best) > 1 else None


def _side_by_side(count: int, word: str, report_id: str, paragraphs: Sequence[Paragraph]) -> list[Evidence]:
    """一流设施、一流技术、一流管理、一流服务: a run of just so many that all have the word."""
    shared = re.escape(word)
    member = rf"[^，。；、：“”（）\s]{{0,12}}{shared}[^，。；、：“”（）\s]{{0,12}}"
    run = re.compile(rf"{member}(?:[、，]{member})+(?![^，。；、：“”（）\s])")
    found = ((said, items) for said, items in _runs(run, report_id, paragraphs) if len(items) == count)
    said, items = next(((said, items) for said, items in found if said.count(word) >= count), ("", []))
    begun = _THAT_IS.match(said)
    return [replace(items[0], start=items[0].start + begun.end()), *items[1:]] if begun else items


_THAT_IS = re.compile("即|包括|分别[是为]|也?就是|是?指")


def _parts(report_id: str, paragraph: Paragraph, found: re.Match[str]) -> Iterator[Evidence]:
    begin = paragraph.start + found.start()
    for part in re.split(r"[、，和]" if "、" not in found[0] else r"[、，]", found[0]):
        yield Evidence(report_id, paragraph.number, begin, begin + len(part))
        begin += len(part) + 1


def _below(word: str, named: Evidence, paragraphs: Sequence[Paragraph]) -> list[Evidence]:
    """The first sentences of the paragraphs after the naming one, under its heading, that have the word."""
    own = next((p for p in paragraphs if p.number == named.paragraph), None)
    above = own.section if own else ()
    if own and above and own.text == above[-1]:
        above = above[:-1]  # an announcement heads nothing that has a heading of its own
    items = []
    for paragraph in paragraphs:
        inside = paragraph.number > named.paragraph and paragraph.section[: len(above)] == above
        span = heading_span(named.report_id, paragraph)
        lead = fold(paragraph.text[: span.end - span.start])
        if above and inside and len(lead) <= LEAD_CHARS and word in lead:
            items.append(span)
    return items


def _quoted(word: str, report_id: str, paragraphs: Sequence[Paragraph]) -> list[Evidence]:
    """“经济繁荣新江城” … “活力开放新江城”: names in quotation marks that all end in the word, each once."""
    found: dict[str, Evidence] = {}
    for paragraph in paragraphs:
        for match in re.finditer(rf"“(?P<own>[^“”]{{1,12}}){re.escape(word)}”", fold(paragraph.text)):
            if not re.match(r"[一二两三四五六七八九十]", match["own"]):
                at = paragraph.start
                span = Evidence(report_id, paragraph.number, at + match.start() + 1, at + match.end() - 1)
                found.setdefault(match["own"], span)
    return list(found.values())
