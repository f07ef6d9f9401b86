"""The LangChain tools: results are compact JSON, bad arguments a message in the result."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

from qa.chain import Assistant
from qa.commitment_clauses import KINDS
from qa.config import Settings
from qa.errors import QAError
from qa.tools import CommitmentArguments, FigureArguments, report_tools


@pytest.fixture(scope="module")
def assistant(small_index: Path) -> Iterator[Assistant]:
    yield Assistant.open(Settings.from_env(os.environ, index=small_index), quick=True)


@pytest.fixture(scope="module")
def tools(assistant: Assistant) -> dict[str, BaseTool]:
    return {tool.name: tool for tool in report_tools(assistant)}


def call(tool: BaseTool, **arguments: Any) -> Any:
    text = tool.invoke(arguments)
    assert isinstance(text, str)
    assert "\\u" not in text
    return json.loads(text)


def test_there_are_four_tools_with_chinese_descriptions(tools: dict[str, BaseTool]) -> None:
    assert list(tools) == ["search_figures", "search_commitments", "ask_reports", "list_reports"]
    for tool in tools.values():
        schema = convert_to_openai_tool(tool)["function"]
        assert any("\u4e00" <= char <= "\u9fff" for char in schema["description"])
        for field in schema["parameters"]["properties"].values():
            assert field["description"]


def test_schema_kinds_are_those_of_the_rows() -> None:
    properties = CommitmentArguments.model_json_schema()["properties"]
    assert tuple(properties["kind"]["anyOf"][0]["enum"]) == KINDS
    assert FigureArguments.model_json_schema()["properties"]["limit"]["maximum"] == 100


def test_search_figures(tools: dict[str, BaseTool]) -> None:
    found = call(tools["search_figures"], indicator="GDP", kind="target", place="云岭")
    assert found == {
        "count": 1,
        "rows": [
            {
                "report_id": "2031-云岭市", "place": "云岭市", "year": 2031, "indicator": "地区生产总值",
                "measure": "增速", "value": "6.5", "unit": "%", "comparator": "以上", "period": "2031",
                "kind": "target", "paragraph": found["rows"][0]["paragraph"],
                "quote": "地区生产总值增长6.5%以上", "sector": "2031年工作安排",
            }
        ],
    }  # fmt: skip


def test_result_is_compact(tools: dict[str, BaseTool]) -> None:
    text = tools["search_figures"].invoke({"indicator": "GDP"})
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def test_quote_and_paragraph_can_be_cited(tools: dict[str, BaseTool], assistant: Assistant) -> None:
    rows = call(tools["search_commitments"], limit=100)["rows"]
    assert len(rows) > 5
    for row in rows:
        paragraph = assistant.index.paragraphs(row["report_id"])[row["paragraph"] - 1]
        assert row["quote"] in paragraph.text


def test_search_commitments(tools: dict[str, BaseTool]) -> None:
    found = call(tools["search_commitments"], text="社区食堂")
    (row,) = found["rows"]
    assert (row["kind"], row["quote"], row["sector"]) == ("新建", "新建社区食堂30个", "办好民生实事")
    assert [(one["value"], one["unit"]) for one in row["figures"]] == [("30", "个")]


def test_limit_truncates_and_says_so(tools: dict[str, BaseTool]) -> None:
    found = call(tools["search_figures"], limit=2)
    assert len(found["rows"]) == 2
    assert found["count"] > 2
    assert found["truncated"] == (
        f"只列出前 2 条，共 {found['count']} 条：请加条件，或把 limit 调大（最多 100）"
    )


def test_nothing_found_says_why(tools: dict[str, BaseTool]) -> None:
    found = call(tools["search_figures"], year=2019)
    assert found == {
        "count": 0, "rows": [], "note": "没有符合条件的结果（年份 2019）：没有年份为“2019”的；有 2031",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("search_figures", {"place": "柳州"}, "没有一个地区对应“柳州”：有 云岭市、海棠市"),
        ("search_figures", {"period": "去年"}, "时间应是四位年份"),
        ("search_figures", {"kind": "新建"}, "参数不对：kind：只能是 actual、target"),
        ("search_figures", {"limit": 0}, "参数不对：limit：不能小于 1"),
        ("search_figures", {"limit": 101}, "参数不对：limit：不能大于 100"),
        ("search_figures", {"city": "云岭"}, "参数不对：city：没有这个参数"),
        ("search_figures", {"year": "明年"}, "参数不对：year：类型不对，现在是 '明年'"),
        ("search_commitments", {"kind": "新盖"}, "参数不对：kind：只能是 开工、新建"),
        ("search_commitments", {"text": "长" * 81}, "参数不对：text：最多 80 个字"),
        ("ask_reports", {}, "参数不对：question：缺少这个参数"),
        ("ask_reports", {"question": ""}, "参数不对：question：不能为空"),
        ("ask_reports", {"question": "  "}, "问题是空的"),
    ],
)
def test_bad_arguments_are_told_in_the_result(
    tools: dict[str, BaseTool], name: str, arguments: dict[str, Any], said: str
) -> None:
    told = call(tools[name], **arguments)
    assert list(told) == ["error"]
    assert told["error"].startswith(said)


def test_ask_reports_gives_the_answer_with_its_quotes(tools: dict[str, BaseTool]) -> None:
    told = call(tools["ask_reports"], question="云岭市2030年地区生产总值增长多少？")
    assert (told["abstained"], told["reason"]) == (False, None)
    assert "6.3%" in told["answer"]
    assert "【1】" in told["answer"]
    assert [list(one) for one in told["citations"]] == [["n", "report_id", "paragraph", "quote"]]
    assert "6.3%" in told["citations"][0]["quote"]


def test_ask_reports_says_when_there_is_no_report(tools: dict[str, BaseTool]) -> None:
    told = call(tools["ask_reports"], question="柳州市2030年地区生产总值增长多少？")
    assert (told["abstained"], told["reason"], told["citations"]) == (True, "no_such_report", [])


def test_list_reports(tools: dict[str, BaseTool], assistant: Assistant) -> None:
    rows = call(tools["list_reports"])
    assert [(row["report_id"], row["year"]) for row in rows] == [("2031-云岭市", 2031), ("2031-海棠市", 2031)]
    for row in rows:
        assert row["figures"] == len(assistant.index.figures(row["report_id"])) > 0
        assert row["commitments"] == len(assistant.index.commitments(row["report_id"])) > 0


def test_assistant_figures_and_commitments(assistant: Assistant) -> None:
    (figure,) = assistant.figures(place="海棠", indicator="GDP", kind="target")
    assert (str(figure.value), figure.comparator) == ("5.5", "左右")
    (promise,) = assistant.commitments(place="云岭", kind="改造")
    assert promise.figures[0].value == 160
    assert assistant.commitments(text="没有的词") == ()
    with pytest.raises(QAError, match="没有“新建”这个类别"):
        assistant.figures(kind="新建")
