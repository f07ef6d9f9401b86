"""Paragraph texts to Paragraphs: the heading path of each, and whether it reviews or plans.

Levels: 1 第一部分, 2 一、, 3 （一）, 4 1. or 1、, 5 （1） or ①, 6 a lead line without number. A numbered heading may
stand alone or begin a paragraph; "一是…" and "一、二、三产业" are text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.clean import Block
from qa.columns import DIVIDER
from qa.horizons import horizons_in
from qa.lexicon import pattern, piece, regex
from qa.text import ONE_TO_TEN, fold, quantities, split_sentences
from qa.types import Paragraph, Part

LEAD_CHARS = 40
"""A first sentence up to this long may name what its paragraph is about."""
_HEADING_CHARS = 60
_LEAD_LEVEL = 6

# Written against folded text: brackets are （）, digits half width.
_NUMBERS = (
    (
        1,
        re.compile(rf"第[{ONE_TO_TEN}百]+(?:部分|章|篇)(?![{ONE_TO_TEN}])|[壹贰叁参肆伍陆柒捌玖拾]{{1,2}}、"),
    ),
    (
        2,
        re.compile(
            rf"[{ONE_TO_TEN}]{{1,3}}[、.．]\s*(?![{ONE_TO_TEN}]{{1,2}}(?:[、，]|产|季度|线)|季度|产业|线城市)"
        ),
    ),
    (3, re.compile(rf"（\s*[{ONE_TO_TEN}]{{1,3}}\s*）[、.．]?")),
    (4, re.compile(r"\d{1,2}[.．、]\s*(?![\d])")),
    (5, re.compile(r"（\s*\d{1,2}\s*）|\d{1,2}）|[①-⑳]")),
)
_END = re.compile(r"[。！？；][”’）」』》\"]*$")
_REVIEW = regex("part", "review")
_PLAN = pattern("part", "plan")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_TIMED = re.compile(r"(?:19|20)\d{2}\s*年|“?十[一二三四五六七]?五”?时期|过去|今后|未来")
"""What a heading of a whole part names."""
_PLAN_CUE = re.compile(
    r"(?:今年|本年|(?P<year>(?:19|20)\d{2})年|今后[五三]年|新的一年|未来[五三]年)[^。]{0,30}?"
    rf"{piece('part', 'opening_plan')}"
)
_THIS_YEAR_IS = re.compile(
    r"(?:各位代表[！，：])?(?:今年|(?P<year>(?:19|20)\d{2})年)是.*?(?:做好(?:今年|全年|(?P=year)年)|我们[要将])"
)
"""A paragraph that turns to the year to come: 今年是…的关键一年。做好今年的工作，…"""
# Paragraphs that close a section speak of the whole again, not of the last sub-heading.
_CLOSING = regex("part", "closing")
_TIME_START = regex("part", "timed")
_OF_TABLE = re.compile(r"^(?:附?[表图]|专栏)\s*\d|\S(?:\s{2,}|\t)\S|^\S+(?: \S+){2}")
"""The title of a table, or its header: cells with gaps between them."""
_SALUTATION = re.compile(r"(?:尊敬的)?(?:各位|同志们|主席|女士)[^。，]{0,12}[：:！!]?")
_OPENING = re.compile(r"我(?:受|代表).{0,30}(?:报告|汇报)|请予?(?:审议|审查)")
_LIST_LEAD = re.compile(
    rf"(?:以下|如下|下列).{{0,12}}[：。]?$|：$|[{ONE_TO_TEN}\d]+(?:个方面|方面的?工作|件[大实喜]?事|项(?:重点|主要)?(?:工作|任务|举措|措施)"
    r"|大(?:行动|任务|工程|方面|工作))[^，。]{0,6}[。：]$"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a paragraph is as a heading: level 0 none; ``title`` the heading's own characters.

    ``own`` headings belong to their paragraph only and are not inherited by the next.
    """

    level: int = 0
    title: str = ""
    bare: bool = False
    own: bool = False


@dataclass(slots=True)
class _Cursor:
    """The walk through a report: the headings in force, with their levels."""

    path: list[tuple[int, str]] = field(default_factory=list)

    def step(self, mark: _Mark, text: str) -> tuple[str, ...]:
        """Advance over one paragraph; returns its section path."""
        if self.path and _OF_TABLE.search(self.path[-1][1]) and _END.search(text):
            self._leave(_LEAD_LEVEL)  # text behind a table is none of its rows
        if mark.level and not mark.own:
            self._leave(mark.level)
        elif _CLOSING.match(text):
            self._leave(3)
        above = tuple(title for _, title in self.path)
        if mark.level and not mark.own:
            self.path.append((mark.level, mark.title))
        return (*above, mark.title) if mark.level and not mark.bare else above

    def _leave(self, level: int) -> None:
        self.path = [item for item in self.path if item[0] < level]


def build_paragraphs(
    blocks: Sequence[Block], *, year: int, only_review: bool = False
) -> tuple[Paragraph, ...]:
    """Number the blocks, place them in the text joined by "\\n", and give each its path and part.

    ``only_review``: a bulletin, which has no plan and no head.
    """
    folded = [fold(block.text) for block in blocks]
    marks = _marks(blocks, folded)
    parts: list[Part] = ["review"] * len(blocks) if only_review else _parts(folded, marks, year)
    cursor = _Cursor()
    paragraphs: list[Paragraph] = []
    position = 0
    for i, (block, text, mark, part) in enumerate(zip(blocks, folded, marks, parts, strict=True)):
        title = (only_review and i < 4) or part == "head"
        title = title and len(text) <= _HEADING_CHARS and not _END.search(text)
        if mark.level == _LEAD_LEVEL and (title or part == "head"):
            mark = _Mark()
        section = cursor.step(mark, text)
        bare = mark.bare or title or bool(_SALUTATION.fullmatch(text))
        end = position + len(block.text)
        paragraphs.append(Paragraph(i + 1, position, end, block.text, section, part, bare))
        position = end + 1
    return tuple(paragraphs)


# ------------------------------------------------------------------ headings


def _marks(blocks: Sequence[Block], folded: Sequence[str]) -> list[_Mark]:
    numbered = [_numbered(block.text, text) for block, text in zip(blocks, folded, strict=True)]
    level_of: dict[int, int] = {}
    for block, mark in zip(blocks, numbered, strict=True):
        if block.level and mark is not None:
            level_of.setdefault(block.level, mark.level)
    has_top = any(mark is not None and mark.level <= 2 for mark in numbered)
    leads = _lead_lines(folded, numbered)
    marks: list[_Mark] = []
    for i, (block, text, mark) in enumerate(zip(blocks, folded, numbered, strict=True)):
        made = mark or _unnumbered(block, text, i in leads, level_of, has_top=has_top)
        marks.append(_Mark() if made.level and _is_within_table(blocks, i) else made)
    return marks


def _is_within_table(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line between two rows of as many cells says how the next ones are parted: 按行业分."""
    if not 0 < i < len(blocks) - 1 or not DIVIDER.fullmatch(blocks[i].text):
        return False
    above, below = blocks[i - 1].text, blocks[i + 1].text
    return bool(_ROW.match(below)) and above.count("\t") == below.count("\t")


def _numbered(text: str, folded: str) -> _Mark | None:
    found = next(((level, m) for level, p in _NUMBERS if (m := p.match(folded))), None)
    if found is None or len(folded) <= found[1].end():
        return None
    level, number = found
    end = split_sentences(folded)[0][1]
    alone = end == len(folded)
    has_figure = bool(quantities(folded[number.end() : end]))
    closed = bool(_END.search(folded[:end]))
    if (
        alone
        and len(folded) <= _HEADING_CHARS
        and not has_figure
        and not folded.endswith(("；", "，"))
        and (
            # "1. 完善制度。" is an item of a list; "（一）着力稳增长。" is a heading.
            not closed or (level <= 3 and len(folded) <= LEAD_CHARS)
        )
    ):
        return _Mark(level, text, bare=True)
    return _Mark(level, text[: _heading_end(folded, end)])


def _heading_end(folded: str, end: int) -> int:
    """Where the heading at the start of a paragraph ends: its sentence, or a clause of a long one."""
    colon = folded.find("：", 0, min(end, 30))
    if end > LEAD_CHARS and colon > 0:
        return colon
    if end <= _HEADING_CHARS:
        return end
    cut = max(folded.rfind(mark, 6, LEAD_CHARS) for mark in "，、：")
    return cut if cut > 0 else LEAD_CHARS


_ROW = re.compile(r".*\t[-+]?\d")
_NO_HEADING = re.compile(rf"{_ROW.pattern}|（?(?:续表\S{0, 3}\s*)?(?:计量)?单位[：:]")
"""A row of a table, or the line that gives its unit."""


def _unnumbered(block: Block, text: str, is_lead: bool, level_of: dict[int, int], *, has_top: bool) -> _Mark:
    if _NO_HEADING.match(block.text):
        return _Mark()
    open_end = not _END.search(text) and not text.endswith(("，", "、", ",", "：", ":"))
    if open_end and not _SALUTATION.fullmatch(text) and not quantities(text):
        if block.level and len(text) <= _HEADING_CHARS:
            return _Mark(
                level_of.get(block.level) or _marked_up(block, text, level_of), block.text, bare=True
            )
        if len(text) <= 30 and _is_top(text) and (not has_top or _TIMED.search(text)):
            return _Mark(1 if has_top else 2, block.text, bare=True)  # 一、 may stand below 2026年重点工作
        if len(text) <= LEAD_CHARS:
            return _Mark(_LEAD_LEVEL, block.text, bare=True)
    if is_lead:
        return _Mark(_LEAD_LEVEL, block.text)
    end = _lead_end(text)
    return _Mark(_LEAD_LEVEL, block.text[:end], own=True) if end else _Mark()


def _marked_up(block: Block, text: str, level_of: dict[int, int]) -> int:
    """The level of a heading without number that the markup makes one: ## 2022年工作 stands above ### 一、."""
    if not _is_top(text):
        return _LEAD_LEVEL
    below = [level for markup, level in level_of.items() if markup > block.level]
    return 1 if 2 in below else 2


def _is_top(text: str) -> bool:
    return bool(
        re.search(
            r"工作(?:回顾|总结|安排|打算|部署|思路)|重点工作|主要(?:工作|任务)|自身建设|总体要求|目标任务",
            text,
        )
    )


def _lead_end(text: str) -> int:
    """Length of the short first sentence that names what follows in the paragraph, or 0."""
    end = split_sentences(text)[0][1] if text else 0
    if not 0 < end <= LEAD_CHARS or end == len(text) or text[:end].rstrip("”’）")[-1] in "！？；":
        return 0
    if _CLOSING.match(text) or _TIME_START.match(text) or quantities(text[:end]):
        return 0
    return end


def _lead_lines(folded: Sequence[str], numbered: Sequence[_Mark | None]) -> set[int]:
    """Indexes of lines of one short sentence that head the paragraphs after them.

    Certain if they begin with —— or announce a list; otherwise only where a section has two or more of
    them, each followed by a longer paragraph: a single one is an introduction, that is, text.
    """
    sure: set[int] = set()
    group: list[int] = []
    leads: set[int] = set()
    for i, text in enumerate([*folded, ""]):
        following = folded[i + 1] if i + 1 < len(folded) else ""
        ends_group = i == len(folded) or numbered[i] is not None
        if ends_group:
            leads |= set(group) if len(group) > 1 else set()
            group = []
            continue
        dashed = text.startswith(("——", "--"))
        limit = _HEADING_CHARS if dashed else LEAD_CHARS
        one = len(text) <= limit and len(split_sentences(text)) == 1 and not quantities(text)
        if not one or not following or _SALUTATION.fullmatch(text):
            continue
        if (text.startswith(("——", "--")) and not following.startswith(("——", "--"))) or _LIST_LEAD.search(
            text
        ):
            sure.add(i)
        elif _END.search(text) and len(following) > _HEADING_CHARS and not _CLOSING.match(text):
            group.append(i)
    return leads | sure


def announces(text: str) -> bool:
    """Whether a folded paragraph leads to those after it: 办成了一批大事：, 抓了以下工作。"""
    return bool(_LIST_LEAD.search(text))


# ------------------------------------------------------------------ parts


def _parts(folded: Sequence[str], marks: Sequence[_Mark], year: int) -> list[Part]:
    """The part of each paragraph: from the top headings, or from cue sentences where none of them plans."""
    top = min((mark.level for mark in marks if mark.level in (1, 2)), default=0)
    tops = {i for i, mark in enumerate(marks) if top and mark.level == top}
    first = min(tops, default=len(marks))
    opening = next((i for i, text in enumerate(folded[:first]) if _OPENING.search(text)), None)
    planned = any(_part_of(fold(marks[i].title), "review", year, ()) == "plan" for i in tops)
    # A report may review the past before its first heading, if that one plans.
    early = not tops or _part_of(fold(marks[first].title), "head", year, folded[first + 1 :]) == "plan"
    parts: list[Part] = []
    part: Part = "head"
    mixed = False
    for i, (text, mark) in enumerate(zip(folded, marks, strict=True)):
        if i in tops:
            part = _part_of(fold(mark.title), part, year, folded[i + 1 : i + 3])
            mixed = part == "review" and _looks_ahead(fold(mark.title), year)
        elif mixed and _looks_ahead(text[:LEAD_CHARS], year):
            part, mixed = "plan", False
        elif part == "head" and early and (len(text) > _HEADING_CHARS if opening is None else i > opening):
            part = "review"
        if not planned and part == "review" and _opens_plan(text, year):
            part = "plan"
        parts.append(part)
    return parts


def _looks_ahead(text: str, year: int) -> bool:
    """Whether a folded text names years to come: “十四五”时期发展成就和“十五五”时期主要目标任务 of 2026."""
    return any(one.span and one.kind == "target" for one in horizons_in(text, year))


def _opens_plan(text: str, year: int) -> bool:
    """Whether a folded paragraph of a report of ``year`` turns to what is planned, as where no heading says so."""
    said = _PLAN_CUE.search(text[:120]) or _THIS_YEAR_IS.match(text)
    return said is not None and int(said["year"] or year) >= year


def _part_of(title: str, before: Part, year: int, following: Sequence[str]) -> Part:
    """The part that a top heading (folded) opens; without any cue the first one reviews, later ones plan."""
    named = [int(value) for value in _YEAR.findall(title)]
    if re.search(r"回顾|总结|完成情况|执行情况", title):
        return "review"
    if named:
        return "review" if max(named) < year else "plan"
    if re.search(r"今后|未来|下一步|展望", title):
        return "plan"
    if _REVIEW.search(title):
        return "review"
    if _PLAN.search(title):
        return "plan"
    if before == "head":
        return "plan" if any(_opens_plan(text, year) for text in following) else "review"
    return "plan"
