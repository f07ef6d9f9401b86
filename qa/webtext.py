"""The main text of a web page as lines: menus, scripts, side bars and footers left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString, Tag

_REMOVED = [
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "aside",
    "button",
    "select",
    "iframe",
    "svg",
    "canvas",
    "object",
    "head",
    "link",
    "meta",
    "input",
    "textarea",
]
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "ucapcontent",
    ]
)
_MAIN_SHARE = 0.9
"""The main text is the smallest element that holds this share of the page's sentence ends."""
_SENTENCE_END = re.compile(r"[。；！？]")
_TITLE = re.compile(r"[报報]告|公[报報]")
_SPACED = re.compile(r"[+-]?\d{1,3}(?:\s\d{3})+(?:\.\d+)?%?|[+-]?\d(?:\s\d)*(?:\s?\.\s?\d(?:\s?\d)*)?%?")
_HAN_SPACE = re.compile(
    r"(?<=[\u3400-\u9fff，。；：！？、”）])\s*\n\s*|\s*\n\s*(?=[\u3400-\u9fff，。；：！？、“（])"
)


def html_lines(markup: str) -> list[tuple[str, int]]:
    """(text, heading level 0-6) of each block of the main text, in order; blank blocks left out.

    A heading of the page that stands before the main text and names a report is put first.
    """
    soup = BeautifulSoup(markup, "lxml")
    page_title = soup.title.get_text() if soup.title else ""
    for tag in soup.find_all(_hidden):
        tag.decompose()
    body = soup.body or soup
    main = _main_element(body)
    lines = [line for line in _blocks(main) if line[0].strip()]
    if not any(_TITLE.search(text) for text, _ in lines[:5]):
        headings = [tag.get_text() for tag in body.find_all(["h1", "h2", "h3"]) if main not in tag.parents]
        names = [*headings, *re.split(r"[_|]|\s[-–—]+\s|--", page_title)]
        title = next((name for name in names if _TITLE.search(name) and len(name.strip()) <= 60), "")
        if title:
            lines.insert(0, (_tidy(title), 1))
    return lines


def _hidden(tag: Tag) -> bool:
    style = str(tag.get("style", "")).replace(" ", "").lower()
    return tag.name in _REMOVED or tag.has_attr("hidden") or "display:none" in style


def _main_element(body: Tag) -> Tag:
    whole = len(_SENTENCE_END.findall(body.get_text()))
    best = body
    while whole:
        inner = [
            child
            for child in best.children
            if isinstance(child, Tag)
            and child.name != "p"
            and len(_SENTENCE_END.findall(child.get_text())) >= whole * _MAIN_SHARE
        ]
        if not inner or inner[0].name not in _BLOCKS:
            break
        best = inner[0]
    return best


def _blocks(tag: Tag) -> list[tuple[str, int]]:
    made = _Blocks()
    made.walk(tag, 0)
    made.flush()
    return made.lines


class _Blocks:
    """The lines of a page as they are walked over, each with its heading level; ``run`` is the one not ended yet.

    ``spanning``: column -> for how many more rows a cell above stands in it, over how many columns, and its text.
    """

    def __init__(self) -> None:
        self.lines: list[tuple[str, int]] = []
        self.run: list[str] = []
        self.spanning: dict[int, tuple[int, int, list[str]]] = {}

    def flush(self, level: int = 0) -> None:
        self.lines += ((_tidy(text), level) for text in "".join(self.run).split("\v"))
        self.run.clear()

    def walk(self, node: Tag, level: int) -> None:
        for child in node.children:
            if isinstance(child, Tag):
                self.enter(child, level)
            elif isinstance(child, NavigableString) and not isinstance(child, (Comment, Doctype)):
                self.run.append(str(child))

    def row(self, row: Tag) -> None:
        """A table row; a cell of words that stands over several rows (出口额) begins each of them, an amount only the first."""
        cells: list[list[str]] = []
        widths: list[int] = []
        own = iter(row.find_all(["td", "th"], recursive=False))
        column = 0
        while True:
            rows, width, text = self.spanning.pop(column, (0, 1, []))
            if not rows:
                cell = next(own, None)
                if cell is None:
                    break
                rows, width = _span(cell, "rowspan"), _span(cell, "colspan")
                text = [text for text, _ in _blocks(cell) if text]
            cells.append(text)
            widths.append(width)
            if rows > 1 and not holds_amount(text):
                self.spanning[column] = (rows - 1, width, text)
            column += width
        self.lines += join_row(cells, widths)

    def enter(self, child: Tag, level: int) -> None:
        if child.name == "br":
            self.run.append("\v")
        elif child.name == "table":
            before, self.spanning = self.spanning, {}
            self.flush(level)
            self.walk(child, level)
            self.flush(level)
            self.spanning = before
        elif child.name == "tr":
            self.flush(level)
            self.row(child)
        elif child.name in _BLOCKS:
            self.flush(level)
            inner = int(child.name[1]) if re.fullmatch(r"h[1-6]", child.name) else level
            self.walk(child, inner)
            self.flush(inner)
        else:
            self.walk(child, level)


def holds_amount(cell: Sequence[str]) -> bool:
    """Whether a cell's paragraphs hold a digit: such a cell, standing over several rows, is told once."""
    return any(re.search(r"\d", text) for text in cell)


def _span(cell: Tag, name: str) -> int:
    said = str(cell.get(name, "1"))
    return min(int(said), MOST_SPANNED) if said.isdecimal() and int(said) else 1


MOST_SPANNED = 200
"""Rows or columns that a cell may say it stands over; more is a mistake or mischief."""


def _tidy(text: str) -> str:
    """White space as a browser shows it, but no space where the source only broke a Chinese line."""
    return re.sub(r"[ \t\r\n]+", " ", _HAN_SPACE.sub("", text)).strip()


def join_row(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[tuple[str, int]]:
    """A table row as one line, cells set apart by a tab; a row that only lays out text, as paragraphs.

    A number whose thousands are set apart by a space (23 410.0) is closed up: it is one cell. A head or a name that
    stands in a cell over several lines (绝对数|（亿元）) is one too. In a row of heads one that stands over several columns
    (地区生产总值 over 绝对数 and 增长), by ``widths``, is given once for each.
    """
    told = [
        (["".join(cell)] if _is_broken(cell) else [*cell], width)
        for cell, width in zip(cells, widths, strict=True)
        if cell
    ]
    numbers = any(_NUMBER.fullmatch(text) for cell, _ in told for text in cell)
    heads = len(told) > 1 and not numbers and sum(width for _, width in told) <= MOST_HEADS
    filled = [cell for cell, width in told for _ in range(width if heads else 1)]
    if all(len(cell) == 1 and len(cell[0]) <= 80 for cell in filled) and len(filled) > 1:
        texts = [cell[0].strip() for cell in filled]
        return [
            ("\t".join(re.sub(r"\s", "", text) if _SPACED.fullmatch(text) else text for text in texts), 0)
        ]
    return [(text, 0) for cell in filled for text in cell]


_NUMBER = re.compile(r"[-+]?[\d.,\s]+%?")
MOST_HEADS = 24
"""Columns of a table over which heads are given for each."""


def _is_broken(cell: Sequence[str]) -> bool:
    """Whether the lines of a cell are one name or head, not text that is laid out."""
    whole = "".join(cell)
    return 1 < len(cell) <= 4 and len(whole) <= 30 and not re.search(r"[。；！？：]|^\d+[.、]|[①-⑳]", whole)
