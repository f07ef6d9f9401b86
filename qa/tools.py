"""LangChain tools over an Assistant, for an agent: figures, commitments, answers, the list of reports.

Every result is a compact JSON object as text, with report, paragraph and quote to cite. What is wrong with
the arguments is said in the result ({"error": …}), so that the agent can mend its call.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from langchain_core.tools import BaseTool, StructuredTool
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.errors import QAError
from qa.tables import Filters, commitment_dict, figure_dict, find_commitments, find_figures

if TYPE_CHECKING:
    from qa.chain import Assistant

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
_DROPPED = ("start", "end", "canonical")

CommitmentKind = Literal["开工", "新建", "建成", "完成", "改造", "新增", "创建", "力争", "推进"]


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Listing(_Arguments):
    place: str | None = Field(None, max_length=30, description="地区，如 某市；缺省为全部报告")
    year: int | None = Field(None, ge=1990, le=2100, description="作报告的年份（不是数据的年份）")
    indicator: str | None = Field(
        None, max_length=40, description="指标：标准名、俗称（GDP、社零）或名称的一部分"
    )
    sector: str | None = Field(None, max_length=40, description="所在小标题里的字，如 教育、乡村振兴")
    text: str | None = Field(
        None, max_length=80, description="原句里必须出现的词，几个词用空格隔开，须全部出现"
    )
    period: str | None = Field(
        None, max_length=20, description="数据或承诺所指的年份，如 2024；五年目标可写 2021—2025"
    )
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT, description=f"最多几条，1 到 {MAX_LIMIT}")


class FigureArguments(_Listing):
    """Arguments of search_figures."""

    kind: Literal["actual", "target"] | None = Field(None, description="actual 实绩，target 目标")


class CommitmentArguments(_Listing):
    """Arguments of search_commitments."""

    kind: CommitmentKind | None = Field(None, description="承诺的类别；力争含数字目标，推进是其余的动词")


class AskArguments(_Arguments):
    """Arguments of ask_reports."""

    question: str = Field(min_length=1, max_length=500, description="用中文写的完整问题，写明地区和年份")


class NoArguments(_Arguments):
    """list_reports takes none."""


def report_tools(assistant: Assistant) -> list[BaseTool]:
    """The tools search_figures, search_commitments, ask_reports and list_reports over one assistant."""

    def search_figures(**given: Any) -> str:
        filters, limit = _filters(FigureArguments(**given))
        rows, reason = find_figures(assistant.index, filters)
        return _listing([_brief(figure_dict(row), quote="clause") for row in rows], limit, reason)

    def search_commitments(**given: Any) -> str:
        filters, limit = _filters(CommitmentArguments(**given))
        rows, reason = find_commitments(assistant.index, filters)
        return _listing([_brief(commitment_dict(row), quote="text") for row in rows], limit, reason)

    def ask_reports(question: str) -> str:
        answer = assistant.ask(question)
        cited = [
            {"n": c.n, "report_id": c.report_id, "paragraph": c.paragraph, "quote": c.quote}
            for c in answer.citations
        ]
        told = {"answer": answer.answer, "abstained": answer.abstained, "reason": answer.reason}
        return _json(told | {"citations": cited})

    def list_reports() -> str:
        return _json(
            [
                {
                    "report_id": info.report_id, "place": info.place, "year": info.year, "title": info.title,
                    "figures": info.figures, "commitments": info.commitments,
                }
                for info in assistant.index.reports
            ]
        )  # fmt: skip

    return [
        _tool(search_figures, FigureArguments, "查报告里的数据（实绩和目标）：一行一个数，带单位、年份、报告、段落和原句。"),
        _tool(search_commitments, CommitmentArguments, "查报告工作安排里的承诺：要做的事、类别、领域、项目和目标数。"),
        _tool(ask_reports, AskArguments, "就政府工作报告提一个问题，得到带引用的回答；报告里没有的会说明资料中未提及。"),
        _tool(list_reports, NoArguments, "列出现有的报告：地区、年份、数据和承诺的条数。"),
    ]  # fmt: skip


def _tool(function: Callable[..., str], schema: type[BaseModel], description: str) -> BaseTool:
    def safely(**given: Any) -> str:
        try:
            return function(**given)
        except QAError as exc:
            return _json({"error": str(exc)})

    return StructuredTool.from_function(
        func=safely,
        name=function.__name__,
        description=description,
        args_schema=schema,
        handle_validation_error=_wrong_arguments,
    )


def _wrong_arguments(error: Exception) -> str:
    """What is wrong with each argument, as the tool's result."""
    if not isinstance(error, ValidationError):
        return _json({"error": "参数不对"})
    wrong = [f"{'.'.join(map(str, item['loc'])) or '参数'}：{_reason(item)}" for item in error.errors()]
    return _json({"error": "参数不对：" + "；".join(wrong)})


def _reason(item: Any) -> str:
    limits = item.get("ctx") or {}
    told = {
        "extra_forbidden": "没有这个参数",
        "missing": "缺少这个参数",
        "literal_error": "只能是 "
        + re.sub(r" or |, ", "、", str(limits.get("expected", ""))).replace("'", ""),
        "greater_than_equal": f"不能小于 {limits.get('ge')}",
        "less_than_equal": f"不能大于 {limits.get('le')}",
        "string_too_long": f"最多 {limits.get('max_length')} 个字",
        "string_too_short": "不能为空",
    }
    return told.get(item["type"], f"类型不对，现在是 {item.get('input')!r}"[:80])


def _filters(given: _Listing) -> tuple[Filters, int]:
    wishes = given.model_dump()
    limit = wishes.pop("limit")
    return Filters(**wishes), limit


def _brief(row: dict[str, Any], *, quote: str) -> dict[str, Any]:
    """A row without empty cells, offsets and repetition; its clause is called quote, as in an answer."""
    row = {"quote" if name == quote else name: value for name, value in row.items() if name not in _DROPPED}
    return {name: value for name, value in row.items() if value not in ("", None, [])}


def _listing(rows: Sequence[dict[str, Any]], limit: int, reason: str) -> str:
    """The first rows, how many there are, and what to do about the others."""
    told: dict[str, Any] = {"count": len(rows), "rows": list(rows[:limit])}
    if len(rows) > limit:
        told["truncated"] = (
            f"只列出前 {limit} 条，共 {len(rows)} 条：请加条件，或把 limit 调大（最多 {MAX_LIMIT}）"
        )
    if reason:
        told["note"] = reason
    return _json(told)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
