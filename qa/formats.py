"""Bytes of a txt, md, html, docx or pdf file to lines of text. Nothing is interpreted here.

Every failure is a SourceError with one line that names the file, the cause and what to do.
"""

from __future__ import annotations

import hashlib
import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from qa.errors import SourceError

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".pdf"})
Layout = Literal["paragraphs", "lines", "pages"]
"""What a line of the file is: a paragraph; perhaps a part of one (txt, md); surely so (pdf)."""

_HINTS = {
    ".doc": "旧版 Word 文件，请另存为 .docx",
    ".wps": "WPS 文件，请另存为 .docx",
    ".rtf": "RTF 文件，请另存为 .docx 或 .txt",
}
_SIGNATURES = (
    (b"%PDF-", ".pdf", "PDF"),
    (b"PK\x03\x04", ".docx", "压缩包（可能是 Word 文件）"),
    (b"\xd0\xcf\x11\xe0", ".docx", "旧版 Office 或加密文件"),
)
_MAX_UNZIPPED_RATIO = 20
"""A docx may unpack to at most this many times the size limit (zip bombs)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as written. ``number`` is 1-based (of the extracted text for html, docx, pdf).

    ``level`` is 1-6 if the format marks the line as a heading, else 0; ``page`` is 1-based for pdf, else 0.
    ``is_row`` says that it is a table's row, its cells set apart by tabs.
    """

    number: int
    text: str
    level: int = 0
    page: int = 0
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a file, blank ones included where the format has them, and its hash."""

    lines: tuple[Line, ...]
    sha256: str
    layout: Layout


def read_source(path: Path, *, max_bytes: int) -> Source:
    """Read and decode one file.

    Raises: SourceError if it is missing, no file, of an unknown suffix, empty, larger than ``max_bytes``,
        unreadable, binary, in an unknown encoding, password-protected, damaged, or holds no text.
    """
    suffix = path.suffix.lower()
    data = _read_bytes(path, suffix, max_bytes)
    for magic, own, name in _SIGNATURES:
        if data.startswith(magic) and suffix != own:
            raise SourceError(
                str(path), f"内容是{name}，与扩展名 {suffix} 不符；请改正扩展名或另存为支持的格式"
            )
    if suffix == ".pdf":
        lines, layout = _pdf_lines(path, data), "pages"
    elif suffix == ".docx":
        lines, layout = _docx_lines(path, data, max_bytes), "paragraphs"
    elif suffix in {".html", ".htm"}:
        from qa.webtext import html_lines

        lines = [
            _line(i, text, level) for i, (text, level) in enumerate(html_lines(_decode_html(path, data)), 1)
        ]
        layout = "paragraphs"
    else:
        text = decode_text(path, data)
        rows = _LINE_BREAK.split(text)
        lines = (
            _markdown(rows) if suffix in {".md", ".markdown"} else [Line(i, t) for i, t in enumerate(rows, 1)]
        )
        layout = "lines"
    return Source(tuple(lines), hashlib.sha256(data).hexdigest(), layout)  # type: ignore[arg-type]


def _read_bytes(path: Path, suffix: str, max_bytes: int) -> bytes:
    name = str(path)
    try:
        if not path.exists():
            raise SourceError(name, "文件不存在")
        if not path.is_file():
            raise SourceError(name, "不是普通文件")
        if suffix not in SUFFIXES:
            known = " ".join(sorted(SUFFIXES))
            raise SourceError(
                name, f"不支持的格式（{_HINTS.get(suffix, suffix or '没有扩展名')}）；支持：{known}"
            )
        size = path.stat().st_size
        if size > max_bytes:
            limit = f"{max_bytes / 2**20:.4g} MB"
            raise SourceError(name, f"文件过大：{size / 2**20:.1f} MB，上限 {limit}（QA_MAX_FILE_MB）")
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
    except PermissionError as exc:
        raise SourceError(name, "没有读取权限，请检查文件权限") from exc
    except OSError as exc:
        raise SourceError(name, f"无法读取：{exc.strerror or exc}") from exc
    if not data.strip():
        raise SourceError(name, "文件是空的")
    return data


# ------------------------------------------------------------------ plain text

_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# The most frequent characters of the genre; one in six characters of a report is among them.
_COMMON = frozenset("，。、；：的和在年一发展市政府工作人民建设全国会推进实施加强化大中产业新") | frozenset(
    "發國會產業實強設進"
)
_COMMON_SHARE = 0.04


def decode_text(path: Path, data: bytes) -> str:
    """Decode strictly: byte order mark, then UTF-8, then the most plausible of GB18030, Big5 and UTF-16.

    A wrong guess decodes without error but into rare characters, so a guess needs 4 % of the genre's
    most frequent characters. Raises: SourceError if nothing fits.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _checked(path, _strict(data, name))
    text = _strict(data, "utf-8")
    if text is not None and "\x00" not in text:
        return _checked(path, text)
    guesses = [_strict(data, name) for name in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")]
    plausible = [guess for guess in guesses if guess is not None and not _CONTROL.search(guess)]
    best = max(plausible, key=_common_share, default=None)
    if best is None or _common_share(best) < _COMMON_SHARE:
        return _checked(path, None if b"\x00" not in data else "\x00")
    return best


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _common_share(text: str) -> float:
    dense = [c for c in text if not c.isspace()]
    return sum(c in _COMMON for c in dense) / len(dense) if dense else 0.0


def _checked(path: Path, text: str | None) -> str:
    if text is None:
        raise SourceError(str(path), "无法识别文字编码（不是 UTF-8、UTF-16 或 GB18030），请另存为 UTF-8 文本")
    if "\x00" in text or len(_CONTROL.findall(text)) > len(text) // 100 + 2:
        raise SourceError(str(path), "是二进制文件，不是文本")
    return text


_MD_MARKS = (
    (re.compile(r"^\s*>+\s?"), ""),
    (re.compile(r"^\s*[-*+]\s+"), ""),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])"), r"\1"),
)


def _markdown(rows: list[str]) -> list[Line]:
    """Lines without Markdown's marks; front matter, fences and rules become blank; a table row is a line."""
    lines: list[Line] = []
    in_front = bool(rows) and rows[0].strip() == "---" and "---" in (r.strip() for r in rows[1:40])
    for number, row in enumerate(rows, 1):
        if in_front:
            in_front = number == 1 or row.strip() != "---"
            lines.append(Line(number, ""))
            continue
        if re.fullmatch(r"\s*(```.*|~~~.*|[-*_](\s*[-*_]){2,}|[|\s:-]*-{2,}[|\s:-]*)\s*", row):
            lines.append(Line(number, ""))
            continue
        heading = re.match(r"\s{0,3}(#{1,6})\s*(.*?)\s*#*\s*$", row)
        text, level = (heading[2], len(heading[1])) if heading else (row, 0)
        if re.fullmatch(r"\s*\|.*\|\s*", text):
            name, *cells = (
                text.strip().strip("|").split("|")
            )  # the indent of a name says what it is a part of
            text = "\t".join((name.removeprefix(" ").rstrip(), *(cell.strip() for cell in cells)))
        for pattern, put in _MD_MARKS:
            text = pattern.sub(put, text)
        lines.append(_line(number, text, level))
    return lines


def _line(number: int, text: str, level: int) -> Line:
    """A line of a format that marks up its tables: cells set apart by tabs make a row, a tab before or in a sentence does not."""
    return Line(number, text, level, is_row=bool(_CELLS.search(text)) and not _IN_SENTENCE.search(text))


_CELLS = re.compile(r"\S[ \u3000]*\t\s*\S")
_IN_SENTENCE = re.compile("[。；！？]")


def _decode_html(path: Path, data: bytes) -> str:
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096], re.IGNORECASE)
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    # Pages that declare gb2312 use characters of its supersets.
    text = _strict(data, "gb18030") if name.startswith("gb") else None
    return text if text is not None and "\x00" not in text else decode_text(path, data)


# ------------------------------------------------------------------ Word

# What python-docx, lxml and pypdf let through on damaged files, besides errors of their own.
_BROKEN = (
    LookupError,
    ValueError,
    TypeError,
    SyntaxError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    OSError,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {
    f"{_W}{tag}"
    for tag in ("del", "moveFrom", "txbxContent", "instrText", "pPr", "rPr", "delText", "rubyPr", "rt")
}


def _docx_lines(path: Path, data: bytes, max_bytes: int) -> list[Line]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        reason = "有密码保护，请先去掉密码" if locked else "是旧版 Word 文件，请另存为 .docx"
        raise SourceError(str(path), reason)
    import docx

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > max_bytes * _MAX_UNZIPPED_RATIO:
            raise SourceError(str(path), f"解压后过大：{unpacked / 2**20:.0f} MB")
        document = docx.Document(BytesIO(data))
        rows = list(_docx_blocks(document.element.body, _style_levels(document)))
    except SourceError:
        raise
    # A damaged docx fails in many ways: not a zip, parts missing, XML that does not parse, bad CRC.
    except (zipfile.BadZipFile, zlib.error, EOFError, *_BROKEN) as exc:
        raise SourceError(str(path), "Word 文件已损坏，无法打开") from exc
    return [_line(number, text, level) for number, (text, level) in enumerate(rows, 1)]


def _style_levels(document: Any) -> dict[str, int]:
    """Style id to heading level, for the styles called Heading 1-6 (标题 1 is stored under that name)."""
    levels: dict[str, int] = {}
    for style in document.styles:
        match = re.fullmatch(r"(?i)(?:heading|标题)\s*([1-6])", style.name or "")
        if match:
            levels[style.style_id] = int(match[1])
    return levels


def _docx_blocks(parent: Any, levels: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Paragraphs and table rows in document order, also inside content controls."""
    for item in parent:
        if item.tag == f"{_W}p":
            style = item.find(f"{_W}pPr/{_W}pStyle")
            level = levels.get(style.get(f"{_W}val"), 0) if style is not None else 0
            for text in "".join(_docx_runs(item)).split("\n"):
                yield text, level
        elif item.tag == f"{_W}tbl":
            yield from _docx_rows(item, levels)
        elif item.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"}:
            yield from _docx_blocks(item, levels)


def _docx_rows(table: Any, levels: dict[str, int]) -> Iterator[tuple[str, int]]:
    """The rows of a table; a cell of words that is merged with those below begins each of their rows."""
    from qa.webtext import MOST_SPANNED, holds_amount, join_row

    merged: dict[int, list[str]] = {}
    for row in table.iter(f"{_W}tr"):
        cells: list[list[str]] = []
        widths: list[int] = []
        column = 0
        for cell in row.findall(f"{_W}tc"):
            merge, span = cell.find(f"{_W}tcPr/{_W}vMerge"), cell.find(f"{_W}tcPr/{_W}gridSpan")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") != "restart"
            text = [text for text, _ in _docx_blocks(cell, levels) if text.strip()]
            text = merged.get(column, text) if goes_on else text
            if merge is not None and not holds_amount(text):
                merged[column] = text
            else:
                merged.pop(column, None)
            cells.append(text)
            width = span.get(f"{_W}val", "1") if span is not None else "1"
            widths.append(min(int(width), MOST_SPANNED) if width.isdecimal() and int(width) else 1)
            column += widths[-1]
        yield from join_row(cells, widths)


def _docx_runs(item: Any) -> Iterator[str]:
    # Not Paragraph.text (python-docx 1.2): it loses tracked insertions and Word 2003 smart tags, which
    # wrap exactly the dates and quantities of a report.
    for child in item:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag not in _SKIPPED:
            yield from _docx_runs(child)


# ------------------------------------------------------------------ PDF


def _pdf_lines(path: Path, data: bytes) -> list[Line]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    # What it complains of is either mended by it or told below, in one line that names the file.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(str(path), "有密码保护，请先去掉密码")
        pages = [page.extract_text() for page in reader.pages]
    except SourceError:
        raise
    except DependencyError as exc:
        raise SourceError(str(path), "PDF 已加密，请先去掉密码或安装 cryptography") from exc
    # pypdf lets plain Python errors through on damaged files besides its own.
    except (PyPdfError, zlib.error, *_BROKEN) as exc:
        raise SourceError(str(path), "PDF 文件已损坏，无法打开") from exc
    if not any(text.strip() for text in pages):
        raise SourceError(str(path), "PDF 里没有文字（可能是扫描件），请先做文字识别（OCR）")
    rows = [(text, page) for page, content in enumerate(pages, 1) for text in _LINE_BREAK.split(content)]
    return [Line(number, text, 0, page) for number, (text, page) in enumerate(rows, 1)]
