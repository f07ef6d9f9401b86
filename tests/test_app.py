"""app.py and qa/web without a browser: escaping, sessions, the guard, the server and its messages."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fake_assistant import ABSTENTION, FakeAssistant, FakeIndex, citation, start_of
from web_server import served

from qa.config import Settings
from qa.errors import IndexMissingError
from qa.types import Answer, Scope
from qa.web.desk import Desk, starters
from qa.web.guard import has_file, is_allowed
from qa.web.markup import answer_markdown, escape, question_markdown, split_paragraph
from qa.web.server import main
from qa.web.sessions import MAX_EXCHANGES, Exchange, Memory, Recent, Session

SECRET = "/etc/passwd"
ASKS_PER_MINUTE = Settings().rate_limit
MAX_BODY_BYTES = Settings().max_body_kb * 1024
FILE = {"path": SECRET, "meta": {"_type": "gradio.FileData"}}


def an_answer(text: str, cited: int = 1, **changes: Any) -> Answer:
    citations = tuple(citation(n, "云山市", 4, "增长7%左右") for n in range(1, cited + 1))
    made = Answer("0", "问", text, False, None, "extract", citations)
    return replace(made, **changes)


# ------------------------------------------------------------------ markup


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("增长6.1%，达到1,234.5亿元；至9/10", "增长6.1%，达到1,234.5亿元；至9/10"),
        ("<b>&amp;", "&#60;b&#62;&#38;amp;"),
        ("![图](x)", "&#33;&#91;图&#93;&#40;x&#41;"),
        ("www.a.cn", "www&#46;a&#46;cn"),
        ("http://a", "http&#58;//a"),
        ("1. 一", "1&#46; 一"),
        (
            "**粗**_斜_`码`$x$~删~\\",
            "&#42;&#42;粗&#42;&#42;&#95;斜&#95;&#96;码&#96;&#36;x&#36;&#126;删&#126;&#92;",
        ),
        ("a\u202eb\x00c\td", "abc d"),
        ("", ""),
    ],
)
def test_escape_leaves_no_markup(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_question_markdown_keeps_lines_without_code_blocks() -> None:
    assert question_markdown("  第一行\r\n    # 第二行\n") == "第一行\n&#35; 第二行"


def test_answer_markdown_links_markers() -> None:
    assert answer_markdown(an_answer("增长6.1%【1】。"), "k") == "增长6.1%[【1】](#cite-k-1)。"


@pytest.mark.parametrize("marker", ["【0】", "【2】", "【1000】", "【一】", "[1]", "［1］"])
def test_answer_markdown_leaves_other_markers_plain(marker: str) -> None:
    assert "#cite" not in answer_markdown(an_answer(f"国发{marker}12号"), "k")


def test_answer_markdown_draws_table_and_list() -> None:
    text = "说明：\n\n| 地区 | 增速 |\n| --- | --- |\n| 甲*市 | 6.1%【1】 |\n\n- 一项<br>【1】"
    assert answer_markdown(an_answer(text), "k") == (
        "说明：\n\n| 地区 | 增速 |\n| --- | --- |\n| 甲&#42;市 | 6.1%[【1】](#cite-k-1) |\n\n"
        "- 一项&#60;br&#62;[【1】](#cite-k-1)"
    )


def test_answer_markdown_lone_bars_are_no_table() -> None:
    assert answer_markdown(an_answer("| 甲 | 乙 |"), "k") == "&#124; 甲 &#124; 乙 &#124;"


def test_answer_markdown_escaped_bar_stays_in_its_cell() -> None:
    text = "| 甲 | 乙 |\n| --- | --- |\n| a\\|b | c |"
    assert answer_markdown(an_answer(text), "k").splitlines()[2] == "| a&#124;b | c |"


def test_answer_markdown_names_resolved_question_when_inherited() -> None:
    scope = Scope(question="海棠市*增长？", inherited=("years",))
    assert answer_markdown(an_answer("好。", scope=scope), "k") == "*按“海棠市&#42;增长？”理解*\n\n好。"
    assert answer_markdown(an_answer("好。", scope=replace(scope, inherited=())), "k") == "好。"


def test_split_paragraph_takes_the_cited_of_two_equal_quotes() -> None:
    cited = citation(1, "云山市", 2, "增长6.1%", last=True)
    before, quote, after = split_paragraph(cited, start_of(2))
    assert (before + quote + after, quote) == (cited.paragraph_text, "增长6.1%")
    assert before.endswith("1234.5亿元，") and before.count("增长6.1%") == 1


def test_split_paragraph_finds_quote_when_offsets_do_not_fit() -> None:
    cited = citation(1, "云山市", 4, "增长7%左右")
    assert split_paragraph(cited, start_of(4) + 1) == split_paragraph(cited, start_of(4))
    assert split_paragraph(cited, None)[1] == "增长7%左右"


def test_split_paragraph_quote_elsewhere_is_shown_alone() -> None:
    cited = replace(citation(1, "云山市", 4, "增长7%左右"), quote="别处的话")
    assert split_paragraph(cited, start_of(4)) == ("", "别处的话", "")


# ------------------------------------------------------------------ desk, sessions


def test_starters_come_from_rows() -> None:
    assert starters(FakeIndex()) == [
        "云山市2022年地区生产总值增长多少？",
        "海棠市2023年一般公共预算收入的目标是多少？",
        "海棠市2022年固定资产投资增长多少？",
        "2022年地区生产总值增长多少？",
    ]


@pytest.mark.parametrize(("places", "count"), [((), 0), (("云山市",), 3)])
def test_starters_few_reports(places: tuple[str, ...], count: int) -> None:
    assert len(starters(FakeIndex(places))) == count


def test_desk_opens_when_the_index_appears() -> None:
    tries: list[Any] = [IndexMissingError("无"), FakeAssistant(FakeIndex(())), None]

    def opener() -> Any:
        outcome = tries.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    desk = Desk(opener)
    with pytest.raises(IndexMissingError, match=r"^无$"):
        desk.assistant()
    with pytest.raises(IndexMissingError, match="索引里还没有报告"):
        desk.assistant()
    assert tries == [None]


def test_desk_shows_the_index_without_opening_the_assistant() -> None:
    def opener() -> Any:
        raise AssertionError("opened")

    assert len(Desk(opener, FakeIndex).library().reports) == 2
    with pytest.raises(IndexMissingError, match="索引里还没有报告"):
        Desk(opener, lambda: FakeIndex(())).library()


def test_session_turns_leave_notices_out() -> None:
    session = Session()
    assert session.finish(session.begin(), Exchange("问一", "", "", an_answer("答一")))
    assert session.finish(session.begin(), Exchange("问二", "", "提示", None))
    assert [(turn.role, turn.content) for turn in session.turns()] == [
        ("user", "问一"),
        ("assistant", "答一"),
    ]


def test_session_drops_stopped_and_overtaken_answers() -> None:
    session = Session()
    first = session.begin()
    second = session.begin()
    assert not session.finish(first, Exchange("一", "", "", None))
    session.running = None
    assert not session.finish(second, Exchange("二", "", "", None))
    assert session.exchanges == []


def test_session_keeps_the_latest_exchanges() -> None:
    session = Session()
    for n in range(MAX_EXCHANGES + 2):
        session.finish(session.begin(), Exchange(str(n), "", "", None))
    assert [e.question for e in (session.exchanges[0], session.exchanges[-1])] == [
        "2",
        str(MAX_EXCHANGES + 1),
    ]


def test_recent_forgets_by_number_and_by_time() -> None:
    now = 0.0
    recent: Recent[int] = Recent(2, 10, lambda: now)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert (recent.get("b"), recent.get("a")) == (None, 1)
    now = 10.5
    assert recent.get("a") is None


def test_memory_gives_each_answer_by_its_key() -> None:
    memory = Memory()
    first, second = (Exchange(name, "", "", None, key=name) for name in ("a", "b"))
    memory.keep(first)
    memory.keep(second)
    assert (memory.exchange("a"), memory.exchange("b"), memory.exchange("x")) == (first, second, None)
    assert memory.session("s") is memory.session("s") is not memory.session("t")


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


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as url:
        yield url


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
