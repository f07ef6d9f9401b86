"""Questions: read, validate, and map gold texts to offsets of the reports at run time.

A file is JSONL or CSV (``eval.question_rows``), one question a line; eval/README.md shows both. Gold evidence is the report's
id and its exact words, never an offset, so that it survives a new cleaning or chunking of the reports.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from eval.question_rows import COLUMNS, Problem, Row, read_rows
from qa.errors import EvalDataError
from qa.text import fold, split_sentences
from qa.types import Paragraph, Turn

Paragraphs = Mapping[str, Sequence[Paragraph]]
"""All paragraphs of each report, in order, by report id."""

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
    "other",
]
Split = Literal["dev", "test", "unseen", "seen", "own"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1)


class GoldText(_Strict):
    """The words of a report that prove the answer.

    ``also``: words of other places of the report that prove it as well. It stays out of a dump when empty.
    """

    report: str
    text: str
    also: tuple[str, ...] = Field(default=(), exclude_if=lambda texts: not texts)


class Message(_Strict):
    """One message of the conversation before the question."""

    role: Literal["user", "assistant"]
    content: str


class Question(_Strict):
    """One question with all that judges its answer; eval/README.md has the meaning of each key.

    ``must``: of each group one alternative must be said; ``direct``: the same in the direct statement, where
    none of ``must_not`` may be said; ``ordered``: the groups of ``must`` come in this order. ``abstain``: the
    reports do not say, ``reason`` is the right refusal and ``must`` what a helpful one mentions. Without
    ``gold`` the metrics of retrieval and citation do not apply. ``reports``, left out, are those of ``gold``.
    """

    id: str
    split: Split = "own"
    type: QuestionType = "other"
    question: str
    history: tuple[Message, ...] = ()
    reports: tuple[str, ...] = ()
    abstain: bool = False
    reason: Literal["not_stated", "no_such_report", "off_topic"] | None = None
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    direct: tuple[tuple[str, ...], ...] = ()
    derived: tuple[str, ...] = ()
    ordered: bool = False
    gold: tuple[GoldText, ...] = ()
    note: str = Field(default="", min_length=0)

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, values: Any) -> Any:
        if isinstance(values, Mapping) and "reports" not in values and isinstance(values.get("gold"), list):
            named = [item.get("report") for item in values["gold"] if isinstance(item, Mapping)]
            return {**values, "reports": list(dict.fromkeys(named))}
        return values

    @model_validator(mode="after")
    def _agrees(self) -> Question:
        if not self.abstain and self.reason is not None:
            raise ValueError("reason 只用于应拒答的问题：请去掉它，或把 abstain 写成 true")
        if not self.abstain and not self.must:
            raise ValueError("可回答的问题要写 must（答案里必须出现的内容）；应拒答的问题写 abstain 为 true")
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
    span of the whole sentences that it touches. ``under``, for a text within a heading, are the paragraphs
    that the heading is over: headings are no chunks, a chunk carries those above it.
    """

    pieces: tuple[Span, ...]
    sentence: Span
    under: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold text with every place where its report says it or its ``also``; any counts as the evidence."""

    report: str
    text: str
    occurrences: tuple[Occurrence, ...]


def read_questions(paths: Iterable[Path], split: str | None = None) -> list[Question]:
    """All questions of the files, in order, of ``split`` if given. A line without id gets "<file>-<line>".

    Raises: EvalDataError with every bad line (file, line, key, what was expected), each on a line of its own;
    or if no question is left.
    """
    found: list[Question] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path in paths:
        for row in read_rows(path):
            made = [row] if isinstance(row, Problem) else _question(row)
            if not isinstance(made, Question):
                problems += made
            elif made.id in seen:
                problems.append(_repeated(row, made.id, seen[made.id]))
            else:
                seen[made.id] = f"{path}:{row.line}"
                found.append(made)
    if problems:
        raise EvalDataError("\n".join(map(str, problems)))
    wanted = [item for item in found if split is None or item.split == split]
    if not wanted:
        raise EvalDataError(f"没有可用的问题（split={split or '全部'}），请检查问题文件")
    return wanted


def _repeated(row: Row | Problem, name: str, where: str) -> Problem:
    return Problem(row.path, row.line, "id", f"编号 {name} 已在 {where} 用过，请换一个")


def _question(row: Row) -> Question | list[Problem]:
    try:
        return Question.model_validate({"id": f"{row.path.stem}-{row.line}", **row.values})
    except ValidationError as exc:
        problems = []
        for error in exc.errors():
            key, *inner = [str(part) for part in error["loc"]] or [""]
            column = ".".join([row.names.get(key, key), *inner])
            problems.append(Problem(row.path, row.line, column, _expected(error)))
        return problems


def _expected(error: Mapping[str, Any]) -> str:
    """What pydantic found wrong, in the user's language."""
    kind, context = error["type"], error.get("ctx", {})
    messages = {
        "missing": "缺少这一项",
        "extra_forbidden": f"不认识的键；可用的键：{'、'.join(COLUMNS)}",
        "literal_error": f"应是 {_options(context)} 之一",
        "string_type": "应是文字（带引号的字符串）",
        "string_too_short": "不能为空",
        "bool_type": "应是 true 或 false",
        "bool_parsing": "应是 true 或 false",
        "tuple_type": '应是列表，如 must 写 [["6.1%"], ["第三位", "第3位"]]',
        "model_type": '应是对象，如 gold 写 [{"report": "2024-某市", "text": "原文"}]',
        "value_error": str(context.get("error", "")),
    }
    said = messages.get(kind, str(error["msg"]))
    shown = error.get("input")
    plain = isinstance(shown, (str, int, float, bool)) and kind not in ("extra_forbidden", "string_too_short")
    return f"{said}，现在是 {str(shown)[:40]!r}" if plain else said


def _options(context: Mapping[str, Any]) -> str:
    return "、".join(re.findall(r"'([^']*)'", str(context.get("expected", ""))))


def locate_all(
    questions: Iterable[Question], texts: Mapping[str, str], paragraphs: Paragraphs | None = None
) -> list[tuple[Gold, ...]]:
    """``locate`` for every question. Raises: EvalDataError with all problems, each on a line of its own."""
    located, problems = [], []
    for question in questions:
        try:
            located.append(locate(question, texts, paragraphs))
        except EvalDataError as exc:
            problems.append(str(exc))
    if problems:
        raise EvalDataError("\n".join(problems))
    return located


def locate(
    question: Question, texts: Mapping[str, str], paragraphs: Paragraphs | None = None
) -> tuple[Gold, ...]:
    """The question's gold texts in the reports as they are indexed now (``texts``: cleaned text by id).

    White space and line breaks are ignored on both sides, and width, traditional forms and the kind of
    quotation marks and full stops if the words are not found as written. Without ``paragraphs`` no text is
    known to stand in a heading.

    Raises: EvalDataError if a report is not in the index or does not say the text.
    """
    located = []
    for item in question.gold:
        if item.report not in texts:
            raise EvalDataError(f"{question.id}：索引里没有报告 {item.report}，请先运行 ingest.py 导入")
        text = texts[item.report]
        cut = (paragraphs or {}).get(item.report, ())
        places: list[Occurrence] = []
        for words in (item.text, *item.also):
            spans = _find_all(words, text) or _find_all(_alike(words), _alike(text))
            if not spans:
                raise EvalDataError(f"{question.id}：{item.report} 中找不到原文：{words[:40]}")
            places += [_occurrence(item.report, text, cut, *span) for span in spans]
        located.append(Gold(item.report, item.text, tuple(places)))
    return tuple(located)


_MARKS = str.maketrans(dict.fromkeys("“”‘’「」『』'", '"') | {"。": "."})
"""Marks that reading a report sets anew (``qa.typeset``): who copies its words from the file has the old ones."""


def _alike(text: str) -> str:
    return fold(text).translate(_MARKS)


def _find_all(needle: str, text: str) -> list[tuple[int, int]]:
    """All places of ``needle`` in ``text``, white space ignored in both."""
    kept = [i for i, char in enumerate(text) if not char.isspace()]
    dense = "".join(text[i] for i in kept)
    wanted = re.sub(r"\s+", "", needle)
    return [(kept[m.start()], kept[m.end() - 1] + 1) for m in re.finditer(re.escape(wanted), dense)]


def _occurrence(report: str, text: str, paragraphs: Sequence[Paragraph], start: int, end: int) -> Occurrence:
    pieces = tuple(
        Span(report, start + match.start(), start + match.end())
        for match in re.finditer(r"\S+", text[start:end])
    )
    under = tuple(Span(report, item.start, item.end) for item in _under(paragraphs, start, end))
    return Occurrence(pieces, _sentences_around(report, text, start, end), under)


def _under(paragraphs: Sequence[Paragraph], start: int, end: int) -> list[Paragraph]:
    """The paragraphs of text whose section path ends in the heading that holds ``[start, end)``.

    Where only sub-headings stand right below it, the first paragraph of text below those. [] for a place in
    no heading, or in one that is over nothing (the report's title).
    """
    at = next((i for i, item in enumerate(paragraphs) if item.start <= start and end <= item.end), None)
    if at is None or not paragraphs[at].is_heading:
        return []
    heading = paragraphs[at]
    above, depth = heading.section, len(heading.section)
    below = []
    for item in paragraphs[at + 1 :]:
        inside = len(item.section) > depth and item.section[:depth] == above
        if not (inside and heading.text.strip().startswith(item.section[depth].strip())):
            break
        below.append(item)
    told = [item for item in below if not item.is_heading]
    return [item for item in told if len(item.section) == depth + 1] or told[:1]


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
