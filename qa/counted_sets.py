"""The members of a set that a question names by its number: 十大为民办实事工程, 六大产业集群, 三大风险, 五个聚焦.

A report sets them side by side before or behind the name, numbered, as clauses that end alike, or as headings
that all have the word. Only exactly as many as the number says are the members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.inline_lists import inline_lists
from qa.list_asks import MAX_ITEMS
from qa.lists import LEAD_CHARS, Enumeration, heading_runs, numbered_below
from qa.number_sets import opening_of
from qa.text import ONE_TO_TEN, fold, split_sentences, whole_number
from qa.types import Evidence, Paragraph
from qa.wording import content_of

_NAMED = re.compile(
    rf"(?<![第{ONE_TO_TEN}\d.])(?P<n>[二三四五六七八九十][{ONE_TO_TEN}]?|\d{{1,2}})(?P<of>大|项|件|个|类|条)类?[“‘「]?(?P<word>[\u4e00-\u9fff]{{2,14}})"
)
_MEMBER = r"[^，。；：、\s（）]{1,24}"
_LEAST_WORD = 2


@dataclass(frozen=True, slots=True)
class _Set:
    """A set asked for: how many members, and the word for one of them."""

    count: int
    word: str


def counted_sets(question: str, report_id: str, paragraphs: Sequence[Paragraph]) -> list[Enumeration]:
    """The sets that a folded question names and whose members a report gives; [] if there is none."""
    found = (_members(match, report_id, paragraphs) for match in _NAMED.finditer(question))
    return list({one.items: one for one in found if one is not None}.values())


def of_another_count(question: str, report_id: str, paragraphs: Sequence[Paragraph]) -> Enumeration | None:
    """The set that a report names by the word of the question's, but only by another number: 六大产业集群 for 八大."""
    said = "\n".join(fold(p.text) for p in paragraphs)
    for match in _NAMED.finditer(question):
        own = whole_number(match["n"])
        for length in range(len(match["word"]), _LEAST_WORD, -1):
            word = match["word"][:length]
            if word not in said:
                continue
            counts = {
                n for n in range(2, MAX_ITEMS + 1) if any(_named(_Set(n, word), match["of"], paragraphs))
            }
            if own in counts:
                break
            if counts:
                found = (_around(_Set(n, word), match["of"], report_id, paragraphs) for n in sorted(counts))
                return next((one for one in found if one), None)
    return None


def lists_too_little(question: str, said: str) -> bool:
    """Whether a text has not as many members, side by side, as the set has that a folded question names."""
    runs = [
        clause.count("、") + len(re.findall("[和及与]", clause)) for clause in re.split("[，。；：]", said)
    ]
    told = max(*runs, said.count("；"), len(re.findall("[二三四五六七八九十]是", said)), 0)
    after = said.partition("：")[2].partition("：")[2]  # the first colon is the answer's own
    told = max(told, after.count("，"))
    return any(
        told + 1 < whole_number(match["n"]) for match in _NAMED.finditer(question) if match["of"] == "大"
    )


def _members(match: re.Match[str], report_id: str, paragraphs: Sequence[Paragraph]) -> Enumeration | None:
    """The members of the longest name, from the words of a question on, that a report has or heads its parts by."""
    count = whole_number(match["n"])
    if not 2 <= count <= MAX_ITEMS:
        return None
    said = "\n".join(fold(p.text) for p in paragraphs)
    for length in range(len(match["word"]), _LEAST_WORD - 1, -1):
        one = _Set(count, match["word"][:length])
        if one.word not in said:
            continue
        if found := _around(one, match["of"], report_id, paragraphs):
            rest = match["word"][length:]
            if not found.name.endswith(match["of"] + one.word):  # 四个重点方向 for 四个方向
                return found if _speaks_of(rest, found, paragraphs) else None
            return None if _goes_on_otherwise(rest, found, paragraphs) else found
        if items := _headed(one, report_id, paragraphs):
            return Enumeration(None, tuple(items), 1.0)
        if any(_named(one, match["of"], paragraphs)):
            return None
    return None


def _speaks_of(rest: str, found: Enumeration, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the sentence of a set holds what a question says behind its name: 四个重点方向 are not 四个方向|转型."""
    words = content_of(rest).split()[:1]
    if not words or found.intro is None or not rest.startswith(words[0]):
        return True
    paragraph = next(p for p in paragraphs if p.number == found.intro.paragraph)
    return words[0] in _announced(found, paragraphs) + fold(" ".join(paragraph.section))


def _goes_on_otherwise(rest: str, found: Enumeration, paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the name goes on in the report, and otherwise than in the question: 三大发展|风险 for 三大发展|困局."""
    words = content_of(rest).split()[:1]
    if not words or found.intro is None or not rest.startswith(words[0]):
        return False
    _, _, after = re.sub("[“”]", "", _announced(found, paragraphs)).partition(found.name)
    noun = re.match(r"[\u4e00-\u9fff]{2}", after)
    return noun is not None and content_of(noun[0]) == noun[0] != rest[:2]


def _announced(found: Enumeration, paragraphs: Sequence[Paragraph]) -> str:
    """The sentence that names a set, folded."""
    intro = found.intro
    own = next((p for p in paragraphs if intro and p.number == intro.paragraph), None)
    return fold(own.text[intro.start - own.start : intro.end - own.start]) if intro and own else ""


def _around(one: _Set, of: str, report_id: str, paragraphs: Sequence[Paragraph]) -> Enumeration | None:
    """The members at the first place where a report names the set and gives them."""
    for paragraph, start, end in _named(one, of, paragraphs):
        if items := _near(one, report_id, paragraph, (start, end), paragraphs):
            intro = _sentence(report_id, paragraph, start)
            if paragraph.start + end <= items[0].start < intro.end:  # it opens its list itself
                return Enumeration(None, tuple(items), 1.0)
            name = re.sub("[“”]", "", fold(paragraph.text[start:end]))
            return Enumeration(intro, tuple(items), 1.0, name=name)
    return None


def _named(one: _Set, of: str, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, int, int]]:
    """Where the report names the set: by the same number and word, with at most a few words between them."""
    numbers = "|".join({str(one.count), _han(one.count)})
    name = re.compile(
        rf"(?<![第{ONE_TO_TEN}\d.])(?:{numbers})[“‘]?(?:{of}|大)类?[“‘]?[^，。；、：\s“”]{{0,6}}?{re.escape(one.word)}"
    )
    for paragraph in paragraphs:
        for found in name.finditer(fold(paragraph.text)):
            yield paragraph, found.start(), found.end()


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{ONE_TO_TEN[tens - 1]}十") + (
        ONE_TO_TEN[ones - 1] if ones else ""
    )


def _sentence(report_id: str, paragraph: Paragraph, at: int) -> Evidence:
    start, end = next((s, e) for s, e in split_sentences(paragraph.text) if s <= at < e)
    return Evidence(report_id, paragraph.number, paragraph.start + start, paragraph.start + end)


def _near(
    one: _Set, report_id: str, paragraph: Paragraph, named: tuple[int, int], paragraphs: Sequence[Paragraph]
) -> list[Evidence]:
    """The members around the place where a paragraph names the set."""
    start, end = named
    numbered = _numbered(one, report_id, paragraph, end, paragraphs)
    if numbered:
        return numbered
    spans = _before(one, paragraph.text, start)
    for way in (_behind, _after_colon, _ending_alike):
        spans = spans or way(one, paragraph.text, end)
    at = paragraph.start
    return [Evidence(report_id, paragraph.number, at + s, at + e) for s, e in spans]


def _numbered(
    one: _Set, report_id: str, paragraph: Paragraph, end: int, paragraphs: Sequence[Paragraph]
) -> list[Evidence]:
    """（1）…；（2）…, 一是…。二是… behind the name or in the paragraphs below."""
    index = paragraphs.index(paragraph)
    lists = [
        items
        for items in inline_lists(report_id, paragraphs[index:])
        if items[0].paragraph == paragraph.number and items[0].start >= paragraph.start + end
    ]
    if not paragraph.text[end:].strip("”’。：；，工程项目实事 "):
        lists.append(numbered_below(report_id, paragraphs[index + 1 :]))
    return next((items for items in lists if len(items) == one.count), [])


def _before(one: _Set, text: str, start: int) -> list[tuple[int, int]]:
    """X风险、Y风险、Z风险等三大风险: the run right before the name."""
    run = re.compile(rf"(?:{_MEMBER}[、和及与]){{{one.count - 1}}}{_MEMBER}$")
    said = re.sub(r"(?:等|这|为代表的|组成的)?[“‘]?$", "", fold(text[:start]))
    found = run.search(said[max(said.rfind(mark) for mark in "，。；：") + 1 :])
    if not found:
        return []
    base = len(said) - len(found[0])
    spans = _split(found[0], base, one.count)
    if not spans:
        return []
    first, last = spans[0]
    spans = [(first + opening_of(said[first:last]), last), *spans[1:]]
    return [_without_half_quotes(said, one) for one in spans]


def _without_half_quotes(said: str, span: tuple[int, int]) -> tuple[int, int]:
    """A member without the mark that opens or closes the quotation of them all."""
    start, end = span
    opens, closes = said.count("“", start, end), said.count("”", start, end)
    return start + (opens > closes and said[start] == "“"), end - (closes > opens and said[end - 1] == "”")


def _behind(one: _Set, text: str, end: int) -> list[tuple[int, int]]:
    """三大工程（A、B、C）; 四大行动：A、B、C、D。 the run right behind the name."""
    said = fold(text)
    lead = re.compile(r"[”’]?(?:（|：|——|，?(?:即|包括|分别是|分别为|是指|也就是)：?)").match(said, end)
    if not lead:
        return []
    stop = re.search(r"[，。；）：]", said[lead.end() :])
    until = lead.end() + stop.start() if stop else len(said)
    return _split(said[lead.end() : until], lead.end(), one.count)


def _split(run: str, base: int, count: int) -> list[tuple[int, int]]:
    """A run cut at 、 and at the last 和, if that makes just so many."""
    for marks, least in (("、", 1), ("[、和及与]", 2)):
        cuts = [(m.start(), m.end()) for m in re.finditer(marks, run)]
        bounds = list(zip([0, *(e for _, e in cuts)], [*(s for s, _ in cuts), len(run)], strict=True))
        if len(bounds) == count and all(e - s >= least for s, e in bounds):
            return [(base + s, base + e) for s, e in bounds]
    return []


def _after_colon(one: _Set, text: str, end: int) -> list[tuple[int, int]]:
    """办好十件实事：…；…；…。 what follows a colon, cut at the strongest mark that makes just so many."""
    said = fold(text)
    colon = re.compile(r"[^，。；：]{0,12}：").match(said, end)
    if not colon:
        return []
    first = re.search("[。！]", said[colon.end() :])
    one_sentence = colon.end() + (first.end() if first else len(said) - colon.end())
    for marks, until in (("；", one_sentence), ("，", one_sentence), ("[。；]", len(said))):
        body = said[colon.end() : until].rstrip("。；")
        ends = [m.start() for m in re.finditer(marks, body)]
        if len(ends) + 1 == one.count:
            starts = [0, *(e + 1 for e in ends)]
            return [
                (colon.end() + s, colon.end() + e) for s, e in zip(starts, [*ends, len(body)], strict=True)
            ]
    return []


def _ending_alike(one: _Set, text: str, end: int) -> list[tuple[int, int]]:
    """打造甲产业集群。…打造乙产业集群。 the clauses behind the name that end in its word, or in one that ends like it."""
    said = fold(text)
    clauses = [(m.start(), m.end()) for m in re.finditer(r"[^，。；：！]+", said[end:])]
    clauses = [(end + s, end + e) for s, e in clauses]
    tail = one.word[-2:]
    ending = [
        (s, e) for s, e in clauses if said[s:e].endswith(tail) and not re.search("[”“]", said[s:e][-4:])
    ]
    for length in range(min(len(one.word), 6), 1, -1):
        groups: dict[str, list[tuple[int, int]]] = {}
        for s, e in ending:
            if e - s > length + 1:
                groups.setdefault(said[e - length : e], []).append((s, e))
        fitting = [group for group in groups.values() if len(group) == one.count]
        if len(fitting) == 1:
            return fitting[0]
    return []


def _headed(one: _Set, report_id: str, paragraphs: Sequence[Paragraph]) -> list[Evidence]:
    """Just so many headings or leads of one series that all have the word."""
    series = heading_runs(report_id, [p for p in paragraphs if p.part == "plan"])
    series += heading_runs(report_id, [p for p in paragraphs if p.part == "review"])
    by_number = {p.number: p for p in paragraphs}
    for run in series:
        said = (fold(by_number[e.paragraph].text[: e.end - e.start]) for e in run)
        if len(run) == one.count and all(one.word in text[:LEAD_CHARS] for text in said):
            return run
    return []
