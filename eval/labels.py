"""Read hand-made labels of figures and commitments; eval/figures_gold.md says how they are made.

A file is JSONL, one labelled paragraph a line. No message quotes a label or a text: a line may be sealed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from qa.errors import EvalDataError
from qa.text import fold

Measure = Literal["amount", "added", "growth", "share", "change", "rank", "times", "gap"]
CommitmentKind = Literal["力争", "开工", "新建", "建成", "完成", "改造", "新增", "创建", "推进"]


def _listed(value: Any) -> Any:
    """One answer is a list of one."""
    return value if isinstance(value, (list, tuple)) else (value,)


Answers = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]
"""The acceptable answers of a field, one or more."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FigureLabel(_Strict):
    """One labelled figure; the guide has the meaning of each key. A period "" accepts any."""

    said: str = Field(min_length=1)
    value: Decimal
    high: Decimal | None = None
    unit: Answers
    comparator: Answers
    measure: Annotated[tuple[Measure, ...], BeforeValidator(_listed), Field(min_length=1)]
    reference: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    indicator: Answers
    core: Answers
    subject: Answers
    period: Answers
    kind: Annotated[tuple[Literal["actual", "target"], ...], BeforeValidator(_listed), Field(min_length=1)]
    construction: Answers
    optional: bool = False

    @field_validator("value", "high", mode="before")
    @classmethod
    def _exact(cls, value: Any) -> Any:
        if isinstance(value, float):
            raise ValueError('数值要写成带引号的文字，如 "6.5"')
        return value

    @field_validator("core")
    @classmethod
    def _each_core(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        cores = tuple(core for one in value for core in one.split("|"))
        if not all(cores):
            raise ValueError("每个写法都不能为空")  # "" is in every name
        return cores


class CommitmentLabel(_Strict):
    """One labelled commitment."""

    text: str = Field(min_length=1)
    kind: Annotated[tuple[CommitmentKind, ...], BeforeValidator(_listed), Field(min_length=1)]
    names: tuple[Annotated[str, Field(min_length=1)], ...]
    optional: bool = False


L = TypeVar("L", FigureLabel, CommitmentLabel)


class _Line(_Strict):
    id: str = Field(min_length=1)
    split: Literal["", "dev", "sealed"]
    report: str
    text: str = Field(min_length=1)
    figures: tuple[FigureLabel, ...]
    commitments: tuple[CommitmentLabel, ...] | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled paragraph, its text folded; each label with ``[start, end)`` in it.

    ``commitments`` is None if they were not labelled.
    """

    id: str
    split: str
    report: str
    text: str
    figures: tuple[tuple[int, int, FigureLabel], ...]
    commitments: tuple[tuple[int, int, CommitmentLabel], ...] | None


def read_labels(path: Path, split: str | None = None) -> list[Labelled]:
    """The labelled paragraphs of a file in order, of one split or all. Blank lines are passed over.

    Raises: EvalDataError naming the file, and the line and key of the first bad one, whatever its split; or
    if the file cannot be read or nothing is left.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise EvalDataError(f"{path} 无法读取，应是 UTF-8 的标注文件：{type(exc).__name__}") from exc
    read: dict[str, Labelled] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = _labelled(_Line.model_validate(json.loads(line)))
            if item.id in read:
                raise ValueError(f"编号 {item.id} 已用过，请换一个")
        except ValueError as exc:
            raise EvalDataError(f"{path} 第 {number} 行：{_reason(exc)}") from exc
        read[item.id] = item
    wanted = [item for item in read.values() if split in (None, item.split)]
    if not wanted:
        raise EvalDataError(f"{path} 里没有可用的标注（split={split or '全部'}）")
    return wanted


def _labelled(line: _Line) -> Labelled:
    text = fold(line.text)
    figures = _placed(line.figures, [label.said for label in line.figures], text)
    commitments = None
    if line.commitments is not None:
        commitments = _placed(line.commitments, [label.text for label in line.commitments], text)
    return Labelled(line.id, line.split, line.report, text, figures, commitments)


def _placed(labels: Sequence[L], said: Sequence[str], text: str) -> tuple[tuple[int, int, L], ...]:
    """Every label with its place: at or after the end of the one before."""
    placed: list[tuple[int, int, L]] = []
    at = 0
    for number, (label, words) in enumerate(zip(labels, said, strict=True)):
        start = text.find(fold(words), at)
        if start < 0:
            key = "figures" if isinstance(label, FigureLabel) else "commitments"
            raise ValueError(f"{key}.{number} 不在段落里，或次序不对")
        at = start + len(words)
        placed.append((start, at, label))
    return tuple(placed)


def _reason(exc: ValueError) -> str:
    """What is wrong with a line, without its words."""
    if isinstance(exc, json.JSONDecodeError):
        return f"不是 JSON（第 {exc.colno} 个字符起）"
    if not isinstance(exc, ValidationError):
        return str(exc)
    error = exc.errors(include_input=False)[0]
    return f"{'.'.join(map(str, error['loc'])) or '整行'} {_expected(error)}"


def _expected(error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    messages = {
        "missing": "缺少这一项",
        "extra_forbidden": "是不认识的键",
        "literal_error": f"应是 {str(context.get('expected', '')).replace(' or ', '、')} 之一",
        "string_type": "应是文字（带引号的字符串）",
        "string_too_short": "不能为空",
        "too_short": "不能为空",
        "decimal_parsing": "应是数字",
        "decimal_type": "应是数字",
        "tuple_type": "应是列表",
        "model_type": "应是对象",
        "value_error": str(context.get("error", "")),
    }
    return messages.get(error["type"], str(error["msg"]))
