"""app.py and the server without a browser: the guard, closed routes, limits, messages, the command line."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fake_assistant import ABSTENTION
from web_server import served

from qa.config import Settings
from qa.web.guard import has_file, is_allowed
from qa.web.server import main

SECRET = "/etc/passwd"
ASKS_PER_MINUTE = Settings().rate_limit
MAX_BODY_BYTES = Settings().max_body_kb * 1024
FILE = {"path": SECRET, "meta": {"_type": "gradio.FileData"}}


# ------------------------------------------------------------------ guard


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/", True),
        ("GET", "/assets/index-a.js", True),
        ("GET", "/ui/page.js", True),
        ("GET", "/gradio_api/heartbeat/abc", True),
        ("POST", "/gradio_api/queue/join", True),
        ("POST", "/", False),
        ("DELETE", "/", False),
        ("GET", "/gradio_api/file=/etc/passwd", False),
        ("GET", "/gradio_api/file/etc/passwd", False),
        ("GET", "/file=/etc/passwd", False),
        ("GET", "/assets/../gradio_api/file=/etc/passwd", False),
        ("GET", "/assets/%2e%2e/x", False),
        ("GET", "//assets/x", False),
        ("POST", "/gradio_api/upload", False),
        ("POST", "/gradio_api/run/ask", False),
        ("POST", "/gradio_api/call/ask", False),
        ("POST", "/gradio_api/component_server", False),
        ("GET", "/gradio_api/proxy=http://a", False),
        ("GET", "/gradio_api/deep_link", False),
        ("GET", "/docs", False),
    ],
)
def test_is_allowed(method: str, path: str, allowed: bool) -> None:
    assert is_allowed(method, path) is allowed


def test_has_file_anywhere() -> None:
    assert has_file({"data": [{"a": [{"path": "/x"}]}]})
    assert has_file({"event_data": {"url": "http://a"}})
    assert not has_file({"data": ["path", None], "fn_index": 1})


def test_has_file_refuses_deep_values() -> None:
    value: Any = "x"
    for _ in range(50):
        value = [value]
    assert has_file(value)


# ------------------------------------------------------------------ server


def ask(url: str, fn: int, data: list[Any], session: str) -> list[dict[str, Any]]:
    """Join the queue as a page does and read the events until the end."""
    body = {"data": data, "fn_index": fn, "session_hash": session}
    httpx.post(f"{url}/gradio_api/queue/join", json=body).raise_for_status()
    seen = []
    stream = httpx.stream("GET", f"{url}/gradio_api/queue/data", params={"session_hash": session}, timeout=60)
    with stream as lines:
        for line in lines.iter_lines():
            if line.startswith("data: "):
                seen.append(json.loads(line[6:]))
                if seen[-1]["msg"] in ("process_completed", "close_stream"):
                    break
    return seen


def functions(url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.get(f"{url}/config").json()["dependencies"]
    return found


def test_pages_carry_headers_and_no_foreign_origin(site: str) -> None:
    for path in ("/", "/config", "/ui/page.js", "/api/health", "/gradio_api/file=/etc/passwd"):
        response = httpx.get(site + path, headers={"Origin": "https://evil.example"})
        assert "script-src 'self';" in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in response.headers


def test_config_is_private_and_limited(site: str) -> None:
    config = httpx.get(f"{site}/config").json()
    assert {dep["api_visibility"] for dep in config["dependencies"]} == {"private"}
    kinds = {component["id"]: component["type"] for component in config["components"]}
    inputs = {kinds[i] for dep in config["dependencies"] for i in dep["inputs"]}
    assert inputs == {"textbox", "button"}
    assert "html" not in kinds.values()


def test_file_values_are_refused_for_every_function(site: str) -> None:
    for dep in functions(site):
        for data in ([FILE], [[FILE]], [{"a": FILE}], ["x", FILE]):
            body = {"data": data, "fn_index": dep["id"], "session_hash": "s"}
            assert httpx.post(f"{site}/gradio_api/queue/join", json=body).status_code == 400
        body = {"data": ["x"], "event_data": FILE, "fn_index": dep["id"], "session_hash": "s"}
        assert httpx.post(f"{site}/gradio_api/queue/join", json=body).status_code == 400


def test_file_values_are_refused_without_the_guard() -> None:
    with served("--unguarded") as url:
        fns = [dep["id"] for dep in functions(url) if dep["inputs"]]
        assert len(fns) == 5  # the box and the four buttons of questions
        for fn in fns:
            events = ask(url, fn, [FILE], f"file{fn}")
            assert (events[-1]["msg"], events[-1]["success"]) == ("process_completed", False)
            assert "root:" not in json.dumps(events)
        assert httpx.get(f"{url}/gradio_api/file={SECRET}").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file%3D/etc/passwd",
        "/file=/etc/passwd",
        "/gradio_api/upload_progress",
        "/gradio_api/openapi.json",
        "/docs",
        "/openapi.json",
        "/monitoring",
        "/gradio_api/app_id",
        "/gradio_api/runs",
    ],
)
def test_other_routes_are_closed(site: str, path: str) -> None:
    response = httpx.get(site + path)
    assert (response.status_code, response.json()["error"]["message"]) == (404, "没有这个地址")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b'{"data": {}}', b"[" * 5000, b"\xff"])
def test_malformed_bodies_are_refused(site: str, body: bytes) -> None:
    assert httpx.post(f"{site}/gradio_api/queue/join", content=body).status_code == 400


def test_large_bodies_are_refused(site: str) -> None:
    body = {"data": ["字" * MAX_BODY_BYTES], "fn_index": 0, "session_hash": "s"}
    response = httpx.post(f"{site}/gradio_api/queue/join", json=body)
    assert (response.status_code, response.json()["detail"]) == (413, "内容太长，请缩短问题后再发送")


def test_too_many_questions_are_refused_in_chinese() -> None:
    with served() as url, httpx.Client(headers={"Connection": "close"}) as client:
        body = {"data": ["x", 1], "fn_index": 999, "session_hash": "s"}
        for _ in range(10 * ASKS_PER_MINUTE):  # a slow machine is granted a few more while it sends
            reply = client.post(f"{url}/gradio_api/queue/join", json=body)
            if reply.status_code == 429:
                break
    assert (reply.status_code, reply.json()["detail"]) == (429, "提问太频繁，请稍等一分钟再试")


def test_history_stays_on_the_server(site: str) -> None:
    fn = next(dep["id"] for dep in functions(site) if dep["inputs"])
    ask(site, fn, ["晴还是雨？"], "one")
    remembered = f"user晴还是雨？assistant{ABSTENTION}"
    assert remembered in json.dumps(ask(site, fn, ["历史"], "one"), ensure_ascii=False)
    assert remembered not in json.dumps(ask(site, fn, ["历史"], "other"), ensure_ascii=False)


def test_forgotten_conversation_is_said_once(site: str) -> None:
    fn = next(dep["id"] for dep in functions(site) if dep["inputs"])
    notice = "之前的对话已过期，从这里重新开始。"
    first = json.dumps(ask(site, fn, ["晴？"], "never-opened")[-1], ensure_ascii=False)
    second = json.dumps(ask(site, fn, ["雨？"], "never-opened")[-1], ensure_ascii=False)
    assert (first.count(notice), second.count(notice)) == (1, 1)  # once a conversation, so the first stays


def test_unexpected_error_shows_no_detail(site: str) -> None:
    fn = next(dep["id"] for dep in functions(site) if dep["inputs"])
    told = json.dumps(ask(site, fn, ["出错"], "err"), ensure_ascii=False)
    assert "这个问题没有处理成功" in told
    assert "secret" not in told


def test_health_and_answers(site: str) -> None:
    assert httpx.get(f"{site}/api/health").json() == {"status": "ok", "reports": 2}
    response = httpx.get(f"{site}/api/page/answers/none")
    assert (response.status_code, response.json()["error"]["message"]) == (404, "这条回答已过期，请重新提问")


# ------------------------------------------------------------------ command line


def test_help_ends_with_two_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["--help"])
    assert [line.strip().split()[:2] for line in capsys.readouterr().out.splitlines()[-2:]] == [
        ["python", "app.py"]
    ] * 2


def test_main_port_in_use_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port), "--index", str(tmp_path)]) == 1
    assert capsys.readouterr().err.splitlines()[-1].endswith("请用 --port 换一个端口")


def test_main_damaged_index_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "current.json").write_text("{", "utf-8")
    assert main(["--port", "0", "--index", str(tmp_path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_main_port_out_of_range(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", "70000"]) == 1
    assert capsys.readouterr().err == "QA_PORT 应在 0 到 65535 之间，现在是 70000\n"


@contextmanager
def running(index: Path) -> Iterator[tuple[str, list[str]]]:
    """``python app.py`` with an index: its URL, and what it said until it was ready."""
    command = [sys.executable, "app.py", "--port", "0", "--index", str(index)]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environ
    ) as process:
        assert process.stderr is not None
        try:
            lines = []
            while not (lines and "页面已就绪" in lines[-1]):
                lines.append(process.stderr.readline())
                assert lines[-1], lines
            yield lines[-1].split("：", 1)[1].split("/ ")[0], lines
        finally:
            process.terminate()


def test_app_without_index_opens_and_says_what_to_run(tmp_path: Path) -> None:
    with running(tmp_path / "none") as (url, lines):
        assert "python ingest.py" in lines[0]
        assert httpx.get(f"{url}/api/health").json() == {"status": "no_index", "reports": 0}
        assert "政报问答" in httpx.get(url).text


def test_app_answers_from_a_real_index(small_index: Path) -> None:
    with running(small_index) as (url, lines):
        assert len(lines) == 1
        assert httpx.get(f"{url}/api/health").json() == {"status": "ok", "reports": 2}
        fn = next(dep["id"] for dep in functions(url) if dep["inputs"])
        told = json.dumps(ask(url, fn, ["云岭市2030年地区生产总值增长多少？"], "real"), ensure_ascii=False)
        found = re.search(r"6\.3%\[【1】\]\(#cite-(\w+)-1\)", told)
        assert found, told
        cited = httpx.get(f"{url}/api/page/answers/{found[1]}").json()["citations"][0]
    assert (cited["place"], cited["year"], cited["section"]) == ("云岭市", 2031, ["一、2030年工作回顾"])
    assert "地区生产总值增长6.3%" in cited["quote"]
    assert (cited["before"] + cited["quote"] + cited["after"]).startswith("2030年，面对复杂形势")
