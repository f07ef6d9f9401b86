"""The HTTP API, reading: reports, figures, commitments as on the command line, its description, hostile text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from api_calls import ASK, error, events, printed
from fake_assistant import PARAGRAPHS, start_of
from fastapi.testclient import TestClient

from qa.cli import main as command_line
from qa.web.api import STATIC

PAYLOADS = (
    "<script>window.hacked=1</script>",
    '<img src=x onerror="window.hacked=1">',
    "[点我](javascript:alert(1))",
    "<svg/onload=alert(1)>",
    "![图](https://evil.example/a.png)",
    "data:text/html,<script>alert(1)</script>",
    "\u202egnp.exe\u202c",
    "</script><style>*{display:none}</style>",
)


# ------------------------------------------------------------------ reading


def test_reports_are_the_catalogue_without_files(
    real: TestClient, small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = json.loads(printed(capsys, "reports", "--json", "--index", str(small_index)))
    got = real.get("/api/reports").json()
    assert (got["total"], got["limit"], got["offset"]) == (2, 100, 0)
    assert got["reports"] == [
        {name: value for name, value in line.items() if name != "source"} for line in listed
    ]
    assert real.get("/api/reports?limit=1&offset=1").json()["reports"] == got["reports"][1:]


def test_report_has_sections_and_paged_paragraphs(fake: TestClient) -> None:
    got = fake.get("/api/reports/2023-云山市?offset=1&limit=2").json()
    assert (got["total"], got["place"], got["year"]) == (len(PARAGRAPHS), "云山市", 2023)
    assert [(p["paragraph"], p["start"], p["text"]) for p in got["paragraphs"]] == [
        (2, start_of(2), PARAGRAPHS[1]),
        (3, start_of(3), PARAGRAPHS[2]),
    ]
    path = ["一、2022年工作回顾", "（一）坚持稳中求进，经济运行总体平稳"]
    assert got["sections"] == [{"path": path, "level": 2, "first": 1, "last": len(PARAGRAPHS)}]
    assert "secret" not in json.dumps(got)


def test_citation_offsets_fit_the_report(real: TestClient) -> None:
    cited = real.post(ASK, json={"question": "云岭市2030年地区生产总值增长多少？"}).json()["citations"][0]
    got = real.get(f"/api/reports/{cited['report_id']}?offset={cited['paragraph'] - 1}&limit=1").json()
    paragraph = got["paragraphs"][0]
    assert paragraph["paragraph"] == cited["paragraph"]
    start = cited["start"] - paragraph["start"]
    assert paragraph["text"][start : start + len(cited["quote"])] == cited["quote"]


@pytest.mark.parametrize(
    ("listing", "filters"),
    [
        ("figures", {"indicator": "GDP", "kind": "target"}),
        ("figures", {"place": "云岭", "period": "2030"}),
        ("commitments", {"year": "2031"}),
        ("commitments", {"text": "不会有的词"}),
    ],
)
def test_listings_are_those_of_the_command_line(
    real: TestClient,
    small_index: Path,
    capsys: pytest.CaptureFixture[str],
    listing: str,
    filters: dict[str, str],
) -> None:
    flags = [word for name, value in filters.items() for word in (f"--{name}", value)]
    at = ["--index", str(small_index)]
    rows = json.loads(printed(capsys, listing, *flags, "--json", *at))
    got = real.get(f"/api/{listing}", params=filters).json()
    assert (got["total"], got[listing]) == (len(rows), rows[:100])
    assert ("note" in got) == (not rows)
    assert command_line([listing, *flags, "--csv", *at]) == 0
    file = real.get(f"/api/{listing}", params={**filters, "format": "csv"})
    assert file.text == capsys.readouterr().out
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.headers["content-disposition"] == f'attachment; filename="{listing}.csv"'


def test_listings_are_paged(real: TestClient) -> None:
    whole = real.get("/api/figures").json()
    assert whole["total"] > 3
    got = real.get("/api/figures?limit=2&offset=1").json()
    assert (got["figures"], got["total"]) == (whole["figures"][1:3], whole["total"])
    assert real.get(f"/api/figures?offset={whole['total']}").json()["figures"] == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("indicater=GDP", "不认识 indicater"),
        ("limit=0", "limit 不能小于 1"),
        ("limit=1001", "limit 不能大于 1000"),
        ("offset=-1", "offset 不能小于 0"),
        ("year=二〇三〇", "year 应是整数"),
        ("kind=wish", "没有“wish”这个类别"),
        ("place=火星", "没有一个地区对应“火星”"),
        ("period=去年", "时间应是四位年份"),
        ("format=xml", "format 应是 json 或 csv"),
        ("text=" + "字" * 101, "text 太长：最多 100 个字"),
    ],
)
def test_malformed_filter_is_said_plainly(real: TestClient, query: str, message: str) -> None:
    status, code, told = error(real.get(f"/api/figures?{query}"))
    assert (status, code) == (422, "invalid_request")
    assert told.startswith(message)


def test_widget_gets_questions_of_its_places(real: TestClient) -> None:
    got = real.get("/api/widget", params={"place": "云岭"}).json()
    assert (got["reports"], got["max_question_chars"]) == (1, 500)
    assert got["suggestions"] and all("云岭市" in question for question in got["suggestions"])
    assert real.get("/api/widget").json()["reports"] == 2


# ------------------------------------------------------------------ description, files, hostile text


def test_openapi_describes_every_public_route(fake: TestClient) -> None:
    api = fake.get("/api/openapi.json").json()
    assert sorted(api["paths"]) == [
        "/api/ask",
        "/api/ask/stream",
        "/api/commitments",
        "/api/figures",
        "/api/health",
        "/api/reports",
        "/api/reports/{report_id}",
        "/api/widget",
    ]
    assert set(api["components"]["schemas"]["AskBody"]["properties"]) == {
        "question", "history", "places", "years", "mode",
    }  # fmt: skip
    assert "接口说明" in fake.get("/api/docs").text


def test_own_pages_name_no_other_host() -> None:
    for name in ("api.html", "api.js", "demo.html", "demo.css", "widget.js"):
        text = (STATIC / name).read_text("utf-8")
        hosts = set(re.findall(r"(?:https?:)?//([\w.-]+)", re.sub(r"^\s*//.*", "", text, flags=re.M)))
        assert hosts <= {"www.w3.org", "SERVER", "问答服务器"}, name


def test_widget_is_small_and_evaluates_nothing(fake: TestClient) -> None:
    response = fake.get("/widget.js")
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert len(response.content) <= 30 * 1024
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacent",
        "document.write",
        "eval(",
        "new Function",
        "srcdoc",
    ):
        assert word not in response.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_question_comes_back_as_data(fake: TestClient, payload: str) -> None:
    response = fake.post(ASK, json={"question": payload})
    assert response.json()["question"] == payload
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    streamed = fake.post("/api/ask/stream", json={"question": f"{payload}\n\nevent: answer\ndata: {{}}"})
    assert [name for name, _ in events(streamed.text)] == ["scope", "answer"]


def test_hostile_rows_make_no_formula(real: TestClient) -> None:
    text = real.get("/api/figures?format=csv").text
    assert text.startswith("\ufeff")
    assert not re.search(r'(?m)(?:^|,)"?[=+@]', text)
