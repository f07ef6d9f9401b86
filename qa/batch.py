"""Questions in, results out, as JSON lines: one output line for each question, in order.

Input lines are ``{"id", "question", "history"?}``; a line that cannot be answered gives
``{"id", "question", "error"}`` and the others go on. Blank lines are skipped.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from qa.errors import QAError, QuestionError
from qa.types import Turn

logger = logging.getLogger(__name__)

STANDARD = "-"
"""Names standard input or output in place of a file."""

_EXPECTED = '每行应是 {"id": "…", "question": "…"}'


@dataclass(frozen=True, slots=True)
class Asked:
    """One input line. ``id`` is given back as it came (a string or a number, or None if absent)."""

    id: object
    question: str
    history: tuple[Turn, ...] = ()


def run_batch(source: str, target: str, answer: Callable[[Asked], dict[str, Any]]) -> tuple[int, int]:
    """Answer every question of the file ``source`` into the file ``target``; "-" is stdin and stdout.

    ``answer`` gives the output object without its id. Each line is written as soon as it is known.

    Returns: the number of questions and how many of them failed.
    Raises: QAError if a file cannot be opened or both are the same file.
    """
    if source != STANDARD and target != STANDARD and Path(source).resolve() == Path(target).resolve():
        raise QAError(f"--batch 和 --out 是同一个文件 {source}：请换一个结果文件")
    done = failed = 0
    with ExitStack() as stack:
        lines = _reader(stack, source)
        out = _writer(stack, target)
        bar = stack.enter_context(_bar(lines, counted=source != STANDARD))
        for number, line in _lines(lines):
            row = _one(number, line, answer)
            out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            out.flush()
            done += 1
            failed += "error" in row
            bar.update()
    return done, failed


def _one(number: int, line: bytes, answer: Callable[[Asked], dict[str, Any]]) -> dict[str, Any]:
    identity: object = None
    question: object = None
    try:
        values = _object(number, line)
        identity, question = values.get("id"), values.get("question")
        result = answer(_asked(number, values))
        return {"id": identity if identity is not None else result.get("id"), **_without_id(result)}
    except QAError as exc:
        return {"id": identity, "question": question, "error": str(exc)}
    except Exception as exc:  # one bad line must not cost the thousands after it
        logger.exception("line %d failed", number)
        return {"id": identity, "question": question, "error": f"程序出错（{type(exc).__name__}: {exc}）"}


def _without_id(result: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name != "id"}


def _object(number: int, line: bytes) -> dict[str, Any]:
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        values = json.loads(text, parse_constant=_no_number)
    except UnicodeDecodeError as exc:
        raise QuestionError(f"第 {number} 行不是 UTF-8：请把文件另存为 UTF-8") from exc
    except (ValueError, RecursionError) as exc:
        raise QuestionError(f"第 {number} 行不是 JSON（{exc}）：{_EXPECTED}") from exc
    if not isinstance(values, dict):
        raise QuestionError(f"第 {number} 行不是 JSON 对象：{_EXPECTED}")
    return values


def _no_number(name: str) -> NoReturn:
    """NaN and Infinity, which Python reads as JSON and would write again, are none."""
    raise ValueError(f"{name} is no JSON")


def _asked(number: int, values: dict[str, Any]) -> Asked:
    from qa.conversation import turns_of

    question = values.get("question")
    if not isinstance(question, str):
        raise QuestionError(f"第 {number} 行没有 question，或它不是文字：{_EXPECTED}")
    return Asked(values.get("id"), question, tuple(turns_of(values.get("history") or ())))


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """(1-based number, line) of the lines that are not blank."""
    return ((number, line) for number, line in enumerate(source, 1) if line.strip())


def _reader(stack: ExitStack, source: str) -> BinaryIO:
    if source == STANDARD:
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(source).open("rb"))
    except OSError as exc:
        raise QAError(f"问题文件 {source} 打不开（{exc.strerror}）：请检查路径") from exc


def _writer(stack: ExitStack, target: str) -> BinaryIO:
    if target == STANDARD:
        return sys.stdout.buffer
    try:
        return stack.enter_context(Path(target).open("wb"))
    except OSError as exc:
        raise QAError(f"结果文件 {target} 写不了（{exc.strerror}）：请检查路径和权限") from exc


def _bar(lines: BinaryIO, *, counted: bool) -> Any:
    """A progress bar; of a file it knows the end, a pipe is not read ahead."""
    from tqdm import tqdm

    total = None
    if counted:
        total = sum(1 for _ in _lines(lines))
        lines.seek(0)
    every = 0.1 if sys.stderr.isatty() else 10
    return tqdm(total=total, desc="回答", unit="题", file=sys.stderr, mininterval=every)
