"""The HTTP API, asking: the same answers as the command line, streams, plain errors."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_calls import ASK, Scripted, error, events, missing, untimed
from api_server import client, serving
from fake_assistant import ABSTENTION, GROWTH
from fastapi.testclient import TestClient
from small_reports import REPORT_IDS

from qa.cli import main as command_line
from qa.errors import GenerationError, StoreError
from qa.events import Drafted, Scoped
from qa.types import Scope
from qa.web import asking

# ------------------------------------------------------------------ asking


@pytest.mark.parametrize(
    "question",
    [
        "云岭市2030年地区生产总值增长多少？",
        "两市2031年地区生产总值增长目标各是多少？",
        "火星市2030年财政收入是多少？",
        "明天天气怎么样？",
    ],
)
def test_ask_gives_the_bytes_of_the_command_line(
    real: TestClient, small_index: Path, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    assert command_line(["ask", question, "--json", "--index", str(small_index)]) == 0
    printed = capsys.readouterr().out
    response = real.post("/api/ask", json={"question": question})
    assert untimed(response.text) == untimed(printed)
    assert response.headers["content-type"] == "application/json"


def test_ask_narrows_as_the_command_line(
    real: TestClient, small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ["--place", "云岭", "--year", "2031", "--json", "--index", str(small_index)]
    assert command_line(["ask", "地区生产总值增长多少？", *flags]) == 0
    body = {"question": "地区生产总值增长多少？", "places": ["云岭"], "years": [2031]}
    response = real.post("/api/ask", json=body)
    assert untimed(response.text) == untimed(capsys.readouterr().out)
    assert {c["place"] for c in response.json()["citations"]} == {"云岭市"}


def test_ask_follow_up_reads_the_history(fake: TestClient) -> None:
    history = [{"role": "user", "content": "晴？"}, {"role": "assistant", "content": "雨。"}]
    response = fake.post("/api/ask", json={"question": "历史", "history": history})
    assert response.json()["answer"] == "user晴？assistant雨。"


def test_ask_refusal_is_an_answer(fake: TestClient) -> None:
    response = fake.post("/api/ask", json={"question": "明天天气？"})
    assert (response.status_code, response.json()["abstained"], response.json()["answer"]) == (
        200,
        True,
        ABSTENTION,
    )


def test_stream_ends_with_the_answer_of_ask(real: TestClient) -> None:
    body = {"question": "云岭市2030年地区生产总值增长多少？"}
    response = real.post("/api/ask/stream", json=body)
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    told = events(response.text)
    assert [name for name, _ in told] == ["scope", "answer"]
    assert told[0][1]["report_ids"] == [REPORT_IDS[0]]
    last = response.text.split("event: answer\ndata: ")[1].removesuffix("\n\n")
    assert untimed(last) == untimed(real.post("/api/ask", json=body).text.removesuffix("\n"))


def test_stream_marks_drafts_and_keeps_the_prompt(fake: TestClient) -> None:
    told = events(fake.post("/api/ask/stream", json={"question": "草稿"}).text)
    assert [name for name, _ in told] == ["scope", "evidence", "text", "text", "answer"]
    assert told[1][1] == {"round": 1, "evidence": []}
    assert [value["verified"] for name, value in told if name == "text"] == [False, False]
    assert told[-1][1]["generation"]["struck"][0]["reason"] == "引用的原文里没有这个数"


def test_stream_many_drafts_come_as_a_few() -> None:
    drafts = [Drafted("字" * n) for n in range(1, 200)]
    told = events(
        client(opener=lambda: Scripted(*drafts)).post("/api/ask/stream", json={"question": GROWTH}).text
    )
    texts = [value["text"] for name, value in told if name == "text"]
    assert len(texts) < 20
    assert texts[-1] == "字" * 199
    assert told[-1][0] == "answer"


def test_stream_keeps_the_connection_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "KEEP_ALIVE_S", 0.05)
    monkeypatch.setattr(asking, "FIRST_S", 0.01)
    assistant = Scripted(waits=True)
    threading.Timer(0.5, assistant.go.set).start()
    text = client(opener=lambda: assistant).post("/api/ask/stream", json={"question": GROWTH}).text
    assert text.startswith(": keep-alive\n\n")
    assert [name for name, _ in events(text)] == ["answer"]


def test_stream_early_error_is_the_status(fake: TestClient) -> None:
    response = fake.post("/api/ask/stream", json={"question": GROWTH, "places": ["火星"]})
    assert error(response)[:2] == (422, "unknown_place")
    assert error(client(opener=missing).post("/api/ask/stream", json={"question": GROWTH}))[:2] == (
        503,
        "no_index",
    )


def test_unexpected_error_shows_nothing_of_itself(fake: TestClient) -> None:
    response = fake.post(ASK, json={"question": "出错"})
    assert error(response)[:2] == (500, "internal_error")
    assert "secret" not in response.text


def test_stream_late_error_is_an_event() -> None:
    assistant = Scripted(Scoped(Scope(question="问")), fails=StoreError("secret /root/x"))
    told = events(client(opener=lambda: assistant).post("/api/ask/stream", json={"question": GROWTH}).text)
    assert [name for name, _ in told] == ["scope", "error"]
    assert told[-1][1]["error"]["code"] == "unavailable"
    assert "secret" not in json.dumps(told)


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_going_away_cancels(path: str) -> None:
    assistant = Scripted(Scoped(Scope(question="问")), waits=True)
    with serving(opener=lambda: assistant) as url, httpx.Client() as caller:
        with pytest.raises(httpx.ReadTimeout):
            caller.post(url + path, json={"question": GROWTH}, timeout=httpx.Timeout(5, read=0.5)).read()
        assert assistant.running.is_set()
        assert assistant.cancelled.wait(5)


# ------------------------------------------------------------------ malformed


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "缺少 question"),
        ({"question": 1}, "question 应是文字"),
        ({"question": " \n"}, "问题是空的"),
        ({"question": "长" * 501}, "问题太长：最多 500 个字，现在是 501 个字"),
        ({"question": "问", "prompt": "你是"}, "不认识 prompt"),
        ({"question": "问", "model": "x"}, "不认识 model"),
        ({"question": "问", "mode": "gpt"}, "mode 应是 extract 或 llm"),
        ({"question": "问", "history": "x"}, "history 应是列表"),
        ({"question": "问", "history": [{"role": "system", "content": "x"}]}, "history[0].role 应是 user"),
        (
            {"question": "问", "history": [{"role": "user", "content": "字" * 20_001}]},
            "history[0].content 太长",
        ),
        ({"question": "问", "history": [{"role": "user", "content": "x"}] * 41}, "history 太长：最多 40 条"),
        ({"question": "问", "years": ["去年"]}, "years[0] 应是整数"),
        ({"question": "问", "years": [1]}, "years[0] 不能小于 1900"),
        ({"question": "问", "places": ["x"] * 101}, "places 太多：最多 100 项"),
        ({"question": "问", "places": ["火星"]}, "没有一个地区对应“火星”：有 云山市、海棠市"),
        ([], "请求正文应是 JSON 对象"),
        ("问", "请求正文应是 JSON 对象"),
    ],
)
def test_malformed_question_is_said_plainly(fake: TestClient, body: Any, message: str) -> None:
    status, _, told = error(fake.post(ASK, json=body))
    assert status == 422
    assert told.startswith(message)


@pytest.mark.parametrize(
    ("content", "status", "message"),
    [
        (b"{", 422, "请求正文不是有效的 JSON"),
        (b"", 422, "请求正文应是 JSON 对象"),
        (b'{"question": "\\ud800"}', 422, "question 里有不成字的字符"),
        (b'{"question": "\xff"}', 400, "请求正文不能解析"),
        (b'{"question": ' + b"[" * 20_000, 400, "请求正文不能解析"),
    ],
)
def test_malformed_bytes_are_said_plainly(
    fake: TestClient, content: bytes, status: int, message: str
) -> None:
    response = fake.post(ASK, content=content, headers={"Content-Type": "application/json"})
    told = error(response)
    assert (told[0], told[2][: len(message)]) == (status, message)


def test_plain_text_is_no_question(fake: TestClient) -> None:
    response = fake.post(ASK, content=b'{"question": "x"}', headers={"Content-Type": "text/plain"})
    assert error(response)[2].startswith("请求正文应是 JSON 对象")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/ask", 405, "method_not_allowed"),
        ("DELETE", "/api/reports", 405, "method_not_allowed"),
        ("POST", "/api/figures", 405, "method_not_allowed"),
        ("GET", "/api/", 404, "not_found"),
        ("GET", "/api/nothing", 404, "not_found"),
        ("POST", "/api/predict", 404, "not_found"),
        ("GET", "/api/reports/2023-火星", 404, "not_found"),
        ("GET", "/api/reports/../../etc/passwd", 404, "not_found"),
        ("GET", "/api/..%2f..%2fetc/passwd", 404, "not_found"),
        ("GET", "/etc/passwd", 404, "not_found"),
        ("GET", "/docs", 404, "not_found"),
        ("GET", "/openapi.json", 404, "not_found"),
        ("GET", "/ui/../api.py", 404, "not_found"),
        ("GET", "/ui/..%2fapi.py", 404, "not_found"),
        ("GET", "/gradio_api/openapi.json", 404, "not_found"),
    ],
)
def test_other_addresses_are_refused(
    fake: TestClient, method: str, path: str, status: int, code: str
) -> None:
    response = fake.request(method, path)
    assert error(response)[:2] == (status, code)
    assert response.headers["x-content-type-options"] == "nosniff"


def test_wrong_method_names_the_right_one(fake: TestClient) -> None:
    response = fake.get(ASK)
    assert (response.headers["allow"], error(response)[2]) == ("POST", "这个地址只接受 POST 请求")


def test_no_index_says_what_to_run() -> None:
    empty = client(opener=missing)
    assert empty.get("/api/health").json() == {"status": "no_index", "reports": 0}
    for response in (
        empty.post(ASK, json={"question": "问"}),
        empty.get("/api/reports"),
        empty.get("/api/figures"),
    ):
        status, code, message = error(response)
        assert (status, code) == (503, "no_index")
        assert "python ingest.py" in message and "secret" not in message


def test_mode_llm_without_a_model_is_said(real: TestClient) -> None:
    told = error(real.post(ASK, json={"question": "云岭市2030年地区生产总值增长多少？", "mode": "llm"}))
    assert told == (422, "mode_unavailable", "服务器没有设语言模型：请不写 mode，或写 extract")


def test_model_errors_show_nothing_of_themselves() -> None:
    assistant = Scripted(fails=GenerationError("key sk-123", kind="garbled"))
    response = client(opener=lambda: assistant).post(ASK, json={"question": GROWTH})
    assert error(response)[:2] == (503, "unavailable")
    assert "sk-" not in response.text
