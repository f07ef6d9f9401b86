"""Question files: read, validate, and map gold texts to offsets of the reports at run time.

A file is JSONL, one question a line (README of eval/questions shows one). Gold evidence is the report's
id and its exact words, never an offset, so that it survives a new cleaning or chunking of the reports.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from qa.errors import EvalDataError
from qa.text import fold, split_sentences
from qa.types import Turn

QuestionType = Literal[
    "figure_actual",
    "figure_target",
    "commitment",
    "list",
    "multi_paragraph",
    "compare",
    "follow_up",
    "trap",
    "not_stated",
    "no_such_report",
    "off_topic",
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1)


class GoldText(_Strict):
    """The words of a report that prove the answer."""

    report: str
    text: str


class Message(_Strict):
    """One message of the conversation before the question."""

    role: Literal["user", "assistant"]
    content: str


class Question(_Strict):
    """One question with all that judges its answer; eval/questions/README.md has the meaning of each key.

    ``must``: of each group one alternative must be said; ``direct``: the same in the direct statement, where
    none of ``must_not`` may be said; ``ordered``: the groups of ``must`` come in this order. ``abstain``: the
    reports do not say, ``reason`` is the right refusal and ``must`` what a helpful one mentions.
    """

    id: str
    split: Literal["dev", "test", "unseen", "seen"]
    type: QuestionType
    question: str
    history: tuple[Message, ...] = ()
    reports: tuple[str, ...] = ()
    abstain: bool
    reason: Literal["not_stated", "no_such_report", "off_topic"] | None = None
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    direct: tuple[tuple[str, ...], ...] = ()
    derived: tuple[str, ...] = ()
    ordered: bool = False
    gold: tuple[GoldText, ...] = ()
    note: str = Field(default="", min_length=0)

    @model_validator(mode="after")
    def _agrees(self) -> Question:
        if self.abstain and self.reason is None:
            raise ValueError("abstain 为 true 时要写 reason")
        if not self.abstain and self.reason is not None:
            raise ValueError("abstain 为 false 时 reason 应为 null")
        if not self.abstain and not (self.must and self.gold):
            raise ValueError("可回答的问题要有 must 和 gold")
        if any(not group for group in self.must + self.direct):
            raise ValueError("must 和 direct 的每一组至少要有一个写法")
        return self

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The history as the product takes it."""
        return tuple(Turn(role=item.role, content=item.content) for item in self.history)


@dataclass(frozen=True, slots=True)
class Span:
    """``[start, end)`` of a report's cleaned text."""

    report: str
    start: int
    end: int

    def overlap(self, other: Span) -> int:
        """Characters that both hold; 0 in different reports."""
        if self.report != other.report:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a gold text stands.

    ``pieces`` are its runs without white space (a chunk may leave out a line break); ``sentence`` is the
    span of the whole sentences that it touches.
    """

    pieces: tuple[Span, ...]
    sentence: Span


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold text with every place where its report says it; any of them counts as the evidence."""

    report: str
    text: str
    occurrences: tuple[Occurrence, ...]


def read_questions(paths: Iterable[Path], split: str | None = None) -> list[Question]:
    """All questions of the files, in order, of ``split`` if given.

    Raises: EvalDataError naming file and line of the first bad one, a repeated id, or an empty result.
    """
    found: list[Question] = []
    seen: dict[str, str] = {}
    for path in paths:
        for number, line in _lines(path):
            where = f"{path}:{number}"
            question = _parse(line, where)
            if question.id in seen:
                raise EvalDataError(f"{where}：编号 {question.id} 已在 {seen[question.id]} 用过，请换一个")
            seen[question.id] = where
            found.append(question)
    wanted = [item for item in found if split is None or item.split == split]
    if not wanted:
        raise EvalDataError(f"没有可用的问题（split={split or '全部'}），请检查问题文件")
    return wanted


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise EvalDataError(f"{path}：读不出来（{exc}），应是 UTF-8 的 JSONL 文件") from exc
    # Not splitlines: it also cuts at U+2028, which may stand inside a JSON string.
    return [(i, line) for i, line in enumerate(text.split("\n"), 1) if line.strip()]


def _parse(line: str, where: str) -> Question:
    try:
        return Question.model_validate_json(line)
    except ValidationError as exc:
        first = exc.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "整行"
        raise EvalDataError(f"{where}：{field}：{first['msg']}") from exc


def locate_all(questions: Iterable[Question], texts: Mapping[str, str]) -> list[tuple[Gold, ...]]:
    """``locate`` for every question. Raises: EvalDataError with the first problem and the number of all."""
    located, problems = [], []
    for question in questions:
        try:
            located.append(locate(question, texts))
        except EvalDataError as exc:
            problems.append(str(exc))
    if problems:
        more = f"（另有 {len(problems) - 1} 题有同类问题）" if problems[1:] else ""
        raise EvalDataError(problems[0] + more)
    return located


def locate(question: Question, texts: Mapping[str, str]) -> tuple[Gold, ...]:
    """The question's gold texts in the reports as they are indexed now (``texts``: cleaned text by id).

    White space and line breaks are ignored on both sides, and width and traditional forms if the words are
    not found as written. Raises: EvalDataError if a report is not in the index or does not say the text.
    """
    located = []
    for item in question.gold:
        if item.report not in texts:
            raise EvalDataError(f"{question.id}：索引里没有报告 {item.report}，请先运行 ingest.py 导入")
        text = texts[item.report]
        places = tuple(_occurrence(item.report, text, *span) for span in _find_all(item.text, text))
        if not places:
            folded = _find_all(fold(item.text), fold(text))
            places = tuple(_occurrence(item.report, text, *span) for span in folded)
        if not places:
            raise EvalDataError(f"{question.id}：{item.report} 中找不到原文：{item.text[:40]}")
        located.append(Gold(item.report, item.text, places))
    return tuple(located)


def _find_all(needle: str, text: str) -> list[tuple[int, int]]:
    """All places of ``needle`` in ``text``, white space ignored in both."""
    kept = [i for i, char in enumerate(text) if not char.isspace()]
    dense = "".join(text[i] for i in kept)
    wanted = re.sub(r"\s+", "", needle)
    return [(kept[m.start()], kept[m.end() - 1] + 1) for m in re.finditer(re.escape(wanted), dense)]


def _occurrence(report: str, text: str, start: int, end: int) -> Occurrence:
    pieces = tuple(
        Span(report, start + match.start(), start + match.end())
        for match in re.finditer(r"\S+", text[start:end])
    )
    return Occurrence(pieces, _sentences_around(report, text, start, end))


def _sentences_around(report: str, text: str, start: int, end: int) -> Span:
    sentences: Sequence[tuple[int, int]] = split_sentences(text)
    starts = [item[0] for item in sentences]
    first = sentences[bisect_right(starts, start) - 1]
    last = sentences[bisect_right(starts, end - 1) - 1]
    return Span(report, first[0], last[1])


def spans_of(hits: Iterable[object]) -> list[Span]:
    """Ranked hits (``qa.types.Hit``) as spans, best first."""
    return [Span(h.chunk.report_id, h.chunk.start, h.chunk.end) for h in hits]  # type: ignore[attr-defined]


def dump(question: Question) -> dict[str, object]:
    """The question as it stood in its file."""
    loaded: dict[str, object] = json.loads(question.model_dump_json())
    return loaded
