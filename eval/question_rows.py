"""Question files as rows: JSONL or CSV, UTF-8 (with or without BOM), UTF-16 with BOM or GB18030.

Every bad line is found, not only the first. eval/README.md shows both forms; ``eval.questions`` says what a
row must hold.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import EvalDataError

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号",),
    "split": (),
    "type": ("题型",),
    "question": ("问题",),
    "history": ("上文",),
    "reports": ("report", "报告"),
    "abstain": ("应拒答",),
    "reason": ("拒答理由",),
    "must": ("必须出现",),
    "must_not": ("不得出现",),
    "direct": ("首句必须出现",),
    "derived": ("计算得出",),
    "ordered": ("按次序",),
    "gold": ("原文",),
    "note": ("备注",),
}
"""CSV columns by their name in JSONL, and the other names they may have."""

_TRUE, _FALSE = ("true", "1", "yes", "y", "是"), ("false", "0", "no", "n", "否", "")
_ROLES = {"user": "user", "用户": "user", "问": "user", "assistant": "assistant", "助手": "assistant"}
_ROLES["答"] = "assistant"
_REPORT_HEAD = re.compile(r"(\d{4}-[^:：\s]{1,60})[:：]\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: ``line`` is 1-based, ``column`` a key or column name, or "" for all of it."""

    path: Path
    line: int
    column: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}：{self.column or '整行'}：{self.expected}"


@dataclass(frozen=True, slots=True)
class Row:
    """One question as it stands in its file; ``names`` says what a key is called there (CSV columns)."""

    path: Path
    line: int
    values: Mapping[str, Any]
    names: Mapping[str, str]


def read_rows(path: Path) -> Iterator[Row | Problem]:
    """The rows of a file and the lines that are none, in order. Empty lines and lines that begin with # are
    left out. ``.csv`` is comma separated, ``.tsv`` by tabs, anything else JSONL.

    Raises: EvalDataError if the file cannot be read at all.
    """
    text = _decode(path)
    kind = path.suffix.lower()
    if kind in (".csv", ".tsv"):
        return _csv_rows(path, text, "\t" if kind == ".tsv" else ",")
    return _json_rows(path, text)


def _decode(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise EvalDataError(f"{path}：读不出来（{exc.strerror}），请检查路径和权限") from exc
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise EvalDataError(f"{path}：不是 UTF-8，也不是 GB18030 编码，请另存为 UTF-8 再运行")


# ------------------------------------------------------------------ JSONL


def _json_rows(path: Path, text: str) -> Iterator[Row | Problem]:
    # Not splitlines: it also cuts at U+2028, which may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            found = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as exc:
            where = (
                f"第 {exc.colno} 个字符处 {exc.msg}" if isinstance(exc, json.JSONDecodeError) else "层数太深"
            )
            yield Problem(path, number, "", f"不是合法的 JSON（{where}）；每行应是一个 {{…}} 对象")
            continue
        if isinstance(found, dict):
            yield Row(path, number, found, {})
        else:
            yield Problem(path, number, "", '每行应是一个 {…} 对象，如 {"question": "…", "must": [["6.1%"]]}')


# ------------------------------------------------------------------ CSV


def _csv_rows(path: Path, text: str, delimiter: str) -> Iterator[Row | Problem]:
    names: list[str] | None = None
    for line, cells in _records(text, delimiter):
        if isinstance(cells, str):
            yield Problem(path, line, "", cells)
        elif not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
            continue
        elif names is None:
            names = [cell.strip() for cell in cells]
            problems = [Problem(path, line, *problem) for problem in _header_problems(names)]
            if problems:
                yield from problems
                return
        else:
            yield from _csv_row(path, line, names, cells)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each record with the line that it begins in; a message in place of cells ends the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        began = reader.line_num + 1
        try:
            yield began, next(reader)
        except StopIteration:
            return
        except csv.Error as exc:
            yield began, f'引号不成对（{exc}）；格里有逗号、换行或引号时，整格用 "…" 括起，引号写两遍'
            return


def _header_problems(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    known = [_key_of(name) for name in names]
    for name, key in zip(names, known, strict=True):
        if key is None:
            yield name or "（空列名）", "不认识的列；可用的列：" + "、".join(COLUMNS)
        elif known.count(key) > 1:
            yield name, f"{key} 列重复了"
    if "question" not in known:
        yield "question", "第一行应是列名，其中必须有 question（或“问题”）"


def _key_of(name: str) -> str | None:
    name = name.strip().lower()
    return next((key for key, others in COLUMNS.items() if name == key or name in others), None)


def _csv_row(path: Path, line: int, names: Sequence[str], cells: Sequence[str]) -> Iterator[Row | Problem]:
    if any(cell.strip() for cell in cells[len(names) :]):
        found = f'有 {len(cells)} 格，列名只有 {len(names)} 个；格里有逗号时整格用 "…" 括起'
        yield Problem(path, line, "", found)
        return
    values: dict[str, Any] = {}
    called: dict[str, str] = {}
    problems = []
    for name, cell in zip(names, cells, strict=False):
        key = _key_of(name)
        if key is None or not cell.strip():
            continue
        called[key] = name
        try:
            values[key] = _CELLS.get(key, str.strip)(cell)
        except ValueError as exc:
            problems.append(Problem(path, line, name, str(exc)))
    if not problems:
        try:
            _place_gold(values)
        except ValueError as exc:
            problems.append(Problem(path, line, called.get("gold", "gold"), str(exc)))
    if problems:
        yield from problems
    else:
        yield Row(path, line, values, called)


def _split(cell: str, marks: str) -> list[str]:
    """Cut at each of ``marks`` that no backslash precedes; backslashes stay for the next cut."""
    parts = [""]
    for piece in re.findall(r"\\.|.", cell, re.DOTALL):
        if piece in marks:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _plain(text: str) -> str:
    """Without the backslashes that kept a mark from being one."""
    return re.sub(r"\\([;；|｜\\])", r"\1", text).strip()


def _items(cell: str) -> list[str]:
    return [found for part in _split(cell, ";；\n") if (found := _plain(part))]


def _groups(cell: str) -> list[list[str]]:
    """ "6.1%; 第三位|第3位" -> [["6.1%"], ["第三位", "第3位"]]."""
    cut = [[_plain(item) for item in _split(part, "|｜")] for part in _split(cell, ";；\n")]
    groups = [[item for item in group if item] for group in cut if any(group)]
    if not groups:
        raise ValueError("没有内容；写法如 6.1%; 第三位|第3位")
    return groups


def _flag(cell: str) -> bool:
    word = cell.strip().lower()
    if word not in _TRUE + _FALSE:
        raise ValueError(f"应是 true、false、是、否、1 或 0，现在是 {cell.strip()[:20]}")
    return word in _TRUE


def _history(cell: str) -> list[dict[str, str]]:
    """ "用户：…\n助手：…" -> messages."""
    turns = []
    for line in filter(None, map(str.strip, cell.splitlines())):
        role, mark, content = line.replace("：", ":", 1).partition(":")
        if not mark or role.strip().lower() not in _ROLES:
            raise ValueError("每行应以“用户：”或“助手：”开头")
        turns.append({"role": _ROLES[role.strip().lower()], "content": content.strip()})
    return turns


def _gold(cell: str) -> list[dict[str, str]]:
    """One text a line, with "2024-某市：" before it unless the row names one report only."""
    texts = [part.strip() for part in cell.splitlines() if part.strip()]
    found = [(_REPORT_HEAD.fullmatch(text), text) for text in texts]
    return [
        {"report": match[1], "text": match[2]} if match else {"report": "", "text": text}
        for match, text in found
    ]


def _place_gold(values: Mapping[str, Any]) -> None:
    """Give the row's own report to the gold texts that name none. Raises: ValueError if there is not one."""
    reports = values.get("reports", [])
    for item in values.get("gold", []):
        if not item["report"]:
            if len(reports) != 1:
                raise ValueError("原文前要写报告编号，如 2024-某市：原文；或在 report 列只写一份报告")
            item["report"] = reports[0]


_CELLS: Mapping[str, Callable[[str], Any]] = {
    "history": _history,
    "reports": _items,
    "abstain": _flag,
    "must": _groups,
    "must_not": _items,
    "direct": _groups,
    "derived": _items,
    "ordered": _flag,
    "gold": _gold,
}
