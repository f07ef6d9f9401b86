"""The HTTP API: the same answers and rows as the command line, plain errors, limits, the key, and origins."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_server import client, serving
from fake_assistant import ABSTENTION, PARAGRAPHS, FakeAssistant, start_of
from fastapi.testclient import TestClient
from small_reports import REPORT_IDS
from starlette.datastructures import Headers

from qa.chain import Assistant
from qa.cli import main as command_line
from qa.config import Secret, Settings
from qa.errors import GenerationError, IndexMissingError, StoreError
from qa.events import Drafted, Event, Finished, Scoped
from qa.types import Scope
from qa.web import asking
from qa.web.api import STATIC
from qa.web.guard import is_own
from qa.web.limits import BusyError, Line, Rate, client_of

GROWTH = "云山市2022年地区生产总值增长多少？"
LISTED = "https://www.listed.example"
KEY = "0123456789abcdef-key"
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


@pytest.fixture(scope="module")
def fake() -> TestClient:
    return client(Settings(rate_limit=0))


@pytest.fixture(scope="module")
def real(small_index: Path) -> TestClient:
    settings = Settings(index=small_index, rate_limit=0)
    assistant = Assistant.open(settings, quick=True)
    return client(settings, lambda: assistant)


def error(response: httpx.Response) -> tuple[int, str, str]:
    """Status, code and message, and that there is nothing else."""
    body = response.json()
    assert list(body) == ["error"] and list(body["error"]) == ["code", "message"]
    return response.status_code, body["error"]["code"], body["error"]["message"]


def events(text: str) -> list[tuple[str, Any]]:
    """Server-sent events as (name, value); comments are left out."""
    blocks = [block for block in text.split("\n\n") if block and not block.startswith(":")]
    found = [re.fullmatch(r"event: (\w+)\ndata: (.*)", block) for block in blocks]
    assert None not in found, text
    return [(one[1], json.loads(one[2])) for one in found if one]


def untimed(printed: str) -> str:
    """The JSON of an answer without the times it took, the only part that may differ."""
    return re.sub(r'"timings_ms": \{[^}]*\}', "", printed)


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


class Scripted(FakeAssistant):
    """Yields what it was told, then waits for ``go`` or its cancellation, then answers or raises."""

    def __init__(self, *before: Event, fails: Exception | None = None, waits: bool = False) -> None:
        super().__init__()
        self.before, self.fails, self.waits = before, fails, waits
        self.go, self.cancelled, self.running = threading.Event(), threading.Event(), threading.Event()

    def events(self, question: str, history: Sequence[Any] = (), **options: Any) -> Iterator[Event]:
        yield from self.before
        self.running.set()
        while self.waits and not self.go.wait(0.02):
            if options["cancel"].is_set():
                self.cancelled.set()
                return
        if self.fails:
            raise self.fails
        yield Finished(self.ask(question, history))


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

ASK = "/api/ask"


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


def missing() -> Any:
    raise IndexMissingError("/secret/index")


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


# ------------------------------------------------------------------ limits


def test_large_body_is_refused() -> None:
    small = client(Settings(max_body_kb=16))
    told = error(small.post(ASK, json={"question": "x" * 17_000}))
    assert told == (413, "too_large", "内容太长，请缩短问题后再发送")


def test_too_many_questions_of_one_client() -> None:
    few = client(Settings(rate_limit=3))
    codes = [few.post(ASK, json={"question": GROWTH}).status_code for _ in range(3)]
    refused = few.post("/api/ask/stream", json={"question": GROWTH})
    assert codes == [200, 200, 200]
    assert error(refused) == (429, "too_many_requests", "提问太频繁，请稍等一分钟再试")
    assert 1 <= int(refused.headers["retry-after"]) <= 20  # 60 s / 3
    assert few.get("/api/reports").status_code == 200  # reading has its own, ten times wider
    assert [few.get("/api/reports").status_code for _ in range(30)][-1] == 429
    assert few.get("/api/health").status_code == 200


def test_full_queue_is_refused_with_retry_after() -> None:
    assistant = Scripted(waits=True)
    settings = Settings(concurrency=1, queue=1)
    with serving(settings, lambda: assistant) as url, ThreadPoolExecutor(3) as pool:
        first = pool.submit(httpx.post, f"{url}{ASK}", json={"question": GROWTH}, timeout=30)
        assert assistant.running.wait(10)
        rest = [
            pool.submit(httpx.post, f"{url}{ASK}", json={"question": GROWTH}, timeout=30) for _ in range(2)
        ]
        refused = next(done for done in iter(lambda: [f for f in rest if f.done()], None) if done)[0].result()
        assistant.go.set()
        answered = [f.result().status_code for f in [first, *rest]]
    assert error(refused) == (429, "busy", "现在提问的人太多，请稍后再试")
    assert int(refused.headers["retry-after"]) >= 1
    assert sorted(answered) == [200, 200, 429]


def test_line_takes_its_number_and_frees_the_place() -> None:
    line, go = Line(1, 1), threading.Event()
    running, waiting = line.submit(go.wait), line.submit(go.wait)
    with pytest.raises(BusyError) as busy:
        line.submit(go.wait)
    assert busy.value.retry_after_s > 0
    assert waiting.cancel()
    again = line.submit(lambda: "done")
    go.set()
    assert (running.result(5), again.result(5)) == (True, "done")
    line.close()
    with pytest.raises(BusyError):
        line.submit(go.wait)
    assert line.held == 0


def test_rate_says_how_long_to_wait() -> None:
    now = 0.0
    rate = Rate(6, lambda: now)  # one each 10 s
    assert [rate.wait_s("a") for _ in range(6)] == [0.0] * 6
    assert rate.wait_s("a") == pytest.approx(10)
    assert rate.wait_s("b") == 0
    now = 4.0
    assert rate.wait_s("a") == pytest.approx(6)
    now = 10.0
    assert rate.wait_s("a") == 0


def test_rate_zero_is_no_limit_and_many_clients_are_bounded() -> None:
    assert all(Rate(0).take("a") for _ in range(1_000))
    rate = Rate(1, lambda: 0.0, clients=2)
    assert [rate.take(name) for name in "aabca"] == [True, False, True, True, True]  # a was forgotten


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_client_is_an_address_or_a_network(address: str, counted: str) -> None:
    assert client_of({"client": (address, 1)}) == counted
    assert client_of({"client": None}) == ""


# ------------------------------------------------------------------ key and origins


@pytest.fixture(scope="module")
def keyed() -> TestClient:
    return client(Settings(api_key=Secret(KEY), widget_origins=(LISTED,), rate_limit=0))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"X-API-Key": KEY}, 200),
        ({"Authorization": f"Bearer {KEY}"}, 200),
        ({"authorization": f"bearer  {KEY} "}, 200),
        ({"Authorization": f"Basic {KEY}"}, 401),
        ({"X-API-Key": KEY[:-1]}, 401),
        ({"X-API-Key": "密钥".encode()}, 401),
        ({"X-API-Key": KEY + "x", "Sec-Fetch-Site": "same-origin"}, 401),  # a wrong key is never let through
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": LISTED}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 401),
    ],
)
def test_key_is_asked_of_programs(keyed: TestClient, headers: dict[str, Any], status: int) -> None:
    response = keyed.get("/api/reports", headers=headers)
    assert response.status_code == status
    if status == 401:
        assert error(response)[1] == "unauthorized"
        assert response.headers["www-authenticate"] == "Bearer"
        assert KEY not in response.text


def test_key_leaves_health_docs_and_widget_open(keyed: TestClient) -> None:
    paths = ("/api/health", "/api/openapi.json", "/api/docs", "/widget.js", "/widget-demo", "/ui/demo.css")
    assert [keyed.get(path).status_code for path in paths] == [200] * len(paths)


def test_listed_origin_may_call(keyed: TestClient) -> None:
    response = keyed.post(ASK, json={"question": GROWTH}, headers={"Origin": LISTED})
    assert response.headers["access-control-allow-origin"] == LISTED
    assert "access-control-allow-credentials" not in response.headers
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    preflight = keyed.options(ASK, headers={"Origin": LISTED, **asked})
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, LISTED)
    refused = keyed.post(ASK, json={"question": ""}, headers={"Origin": LISTED})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (422, LISTED)


def test_refusals_of_the_guard_can_be_read_by_listed_origins() -> None:
    few = client(Settings(rate_limit=1, widget_origins=(LISTED,), max_body_kb=16))
    large = few.post(ASK, json={"question": "x" * 17_000}, headers={"Origin": LISTED})
    often = few.post(ASK, json={"question": GROWTH}, headers={"Origin": LISTED})
    assert [(r.status_code, r.headers["access-control-allow-origin"]) for r in (large, often)] == [
        (413, LISTED),
        (429, LISTED),
    ]
    assert "Retry-After" in often.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "https://www.listed.example.evil.example", "null", "x"]
)
def test_other_origins_are_refused(keyed: TestClient, origin: str) -> None:
    for headers in ({"Origin": origin}, {"Origin": origin, "X-API-Key": KEY}):
        response = keyed.post(ASK, json={"question": GROWTH}, headers=headers)
        assert error(response)[:2] == (403, "origin_not_allowed")
        assert "access-control-allow-origin" not in response.headers
    asked = {"Access-Control-Request-Method": "POST"}
    assert keyed.options(ASK, headers={"Origin": origin, **asked}).status_code == 400


def test_no_list_is_nobody_but_itself(fake: TestClient) -> None:
    assert fake.post(ASK, json={"question": GROWTH}, headers={"Origin": LISTED}).status_code == 403
    assert (
        fake.post(ASK, json={"question": GROWTH}, headers={"Origin": "http://testserver"}).status_code == 200
    )


def test_own_origin_is_never_an_empty_one() -> None:
    assert is_own(Headers({"origin": "http://a:1", "host": "a:1"}))
    assert not is_own(Headers({"origin": "null", "host": ""}))
    assert not is_own(Headers({"host": "a"}))
    assert not is_own(Headers({"origin": "http://a", "host": "a:1", "sec-fetch-site": "same-site"}))


def test_foreign_page_cannot_choose_the_mode(keyed: TestClient) -> None:
    body = {"question": GROWTH, "mode": "extract"}
    assert error(keyed.post(ASK, json=body, headers={"Origin": LISTED}))[1] == "forbidden"
    assert keyed.post(ASK, json=body, headers={"X-API-Key": KEY}).status_code == 200


def test_page_endpoints_are_for_no_other_site(keyed: TestClient) -> None:
    response = keyed.get("/api/page/reports", headers={"Origin": LISTED})
    assert error(response)[:2] == (403, "origin_not_allowed")


def test_headers_name_who_may_frame(keyed: TestClient, fake: TestClient) -> None:
    listed = keyed.get("/widget-demo").headers
    assert listed["content-security-policy"].endswith(f"frame-ancestors 'self' {LISTED}")
    assert fake.get("/widget-demo").headers["content-security-policy"].endswith("frame-ancestors 'self'")
    assert "script-src 'self';" in listed["content-security-policy"]
    assert (listed["referrer-policy"], listed["cross-origin-resource-policy"]) == (
        "no-referrer",
        "same-origin",
    )
    assert keyed.get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"
    assert keyed.get("/api/health").headers["cache-control"] == "no-store"


# ------------------------------------------------------------------ reading


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert command_line(list(arguments)) == 0
    return capsys.readouterr().out


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
