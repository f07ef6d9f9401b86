"""The widget in a real Chromium, on host pages of another origin: asking, citations, keyboard, refusals, blocked and
offline, strict content policies, hostile text. Every request is recorded; none leaves the two servers of the test."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from api_server import serving
from fake_assistant import ABSTENTION, PARAGRAPHS, SUGGESTIONS, FakeAssistant, citation

from qa.config import Settings
from qa.events import Drafted, Event, Finished, Scoped, Sent
from qa.prompt import Prompt
from qa.types import Answer, Generation, Scope, Struck

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

GROWTH = "云山市2022年地区生产总值增长多少？"
EXAMPLE = Path(__file__).resolve().parent.parent / "docs" / "embed-example.html"
QUOTE = "地区生产总值达到1234.5亿元，增长6.1%"
PAYLOADS = (
    "<script>window.hacked=1</script>",
    "<img src=https://evil.example/a.png onerror=window.hacked=1>",
    "<svg onload=window.hacked=1><style>*{display:none}</style>",
    "<a href=javascript:window.hacked=1>点我</a> [点我](javascript:window.hacked=1)",
    "![图](https://evil.example/b.png) <https://evil.example/c> data:text/html,<script>window.hacked=1</script>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe><base href=https://evil.example/>",
    "甲\u202e乙丙\u2066丁",
)
SHOWN = tuple(re.sub("[\u202e\u2066]", "", payload) for payload in PAYLOADS)


class Hostile(FakeAssistant):
    """Puts the payload of the question into everything: answer, table, list, draft, note, suggestions."""

    def events(self, question: str, history: Sequence[Any] = (), **options: Any) -> Iterator[Event]:
        if not question.startswith("投毒"):
            yield from super().events(question, history, **options)
            return
        payload = question.removeprefix("投毒")
        yield Scoped(Scope(question=question))
        yield Sent(Prompt("1", (("user", payload),), (), 9), 1)
        yield Drafted(payload)
        text = f"{payload}【1】【9】\n\n| {payload} | 乙 |\n| --- | --- |\n| {payload} | 增长6.1%【1】 |\n\n- {payload}"
        cited = (replace(citation(1, "云山市", 3, PARAGRAPHS[2]), title=payload, section=(payload,)),)
        made = Generation(payload, "1", note=payload, struck=(Struck(payload, payload),))
        yield Finished(
            Answer(
                "0",
                question,
                text,
                False,
                None,
                "llm",
                cited,
                scope=Scope(question=payload, inherited=("years",)),
                suggestions=(payload,),
                generation=made,
            )
        )


# ------------------------------------------------------------------ host pages

STRICT = (
    "default-src 'none'; script-src {server}; connect-src {server}; style-src 'none'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)


class Host:
    """A foreign site: gives every path the same page, under a policy of its own."""

    def __init__(self) -> None:
        self.html, self.policy = "", ""
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = host.html.encode()
                self.send_response(200 if self.path == "/" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                if host.policy:
                    self.send_header("Content-Security-Policy", host.policy)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def page(self, server: str, *tags: str, policy: str = "", body: str = "") -> None:
        """Serve a page with these script tags' attributes."""
        scripts = "".join(f'<script src="{server}/widget.js" {tag}></script>' for tag in tags)
        self.html = (
            "<!doctype html><html lang=zh><head><meta charset=utf-8><link rel=icon href=data:,></head>"
            f"<body><h1>某市人民政府</h1><button id=before>站内</button>{body}{scripts}</body></html>"
        )
        self.policy = policy.format(server=server)


@contextmanager
def hosting() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.server.serve_forever)
    thread.start()
    try:
        yield host
    finally:
        host.server.shutdown()
        thread.join()
        host.server.server_close()


@dataclass
class Visit:
    """A reader on a host page, with what the page asked the network for and complained of."""

    page: sync_api.Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.refused.append(said.text) if said.type == "error" else None)

    def open(self, host: Host) -> None:
        self.page.goto(host.url)

    def start(self) -> None:
        self.page.locator(".launch").click()
        self.page.locator(".chip").first.wait_for()

    def ask(self, question: str) -> sync_api.Locator:
        """Type, press Enter, and give the answer once it stands."""
        count = self.page.locator(".user").count()
        box = self.page.locator("textarea:visible")
        box.fill(question)
        box.press("Enter")
        self.page.locator(".user").nth(count).wait_for()
        self.page.locator(".log[aria-busy=false]").wait_for()
        return self.page.locator(".bot").nth(count)

    def focused(self) -> str:
        """The label or text of what has the focus, in the widget or on the page."""
        return str(
            self.page.evaluate(
                "(() => { let e = document.activeElement; while (e && e.shadowRoot && e.shadowRoot.activeElement)"
                " e = e.shadowRoot.activeElement; return e.getAttribute('aria-label') || e.id || e.textContent; })()"
            )
        )


@pytest.fixture(scope="module")
def chromium() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with hosting() as one:
        yield one


@pytest.fixture(scope="module")
def server(host: Host) -> Iterator[str]:
    """The server on whose list the host is."""
    with serving(Settings(widget_origins=(host.url,), rate_limit=0), Hostile) as url:
        yield url


@pytest.fixture(params=[{}])
def visit(
    chromium: sync_api.Browser, host: Host, server: str, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    options = {"viewport": {"width": 1200, "height": 800}, "locale": "zh-CN", **request.param}
    context = chromium.new_context(**options)
    context.set_default_timeout(20_000)
    seen = Visit(context.new_page())
    seen.watch()
    host.page(server, "")
    yield seen
    hacked = seen.page.evaluate("window.hacked")
    context.close()
    assert (seen.errors, hacked) == ([], None)
    assert [url for url in seen.requests if not url.startswith((host.url, server, "data:"))] == []


PHONE = {"viewport": {"width": 390, "height": 780}}

# ------------------------------------------------------------------ asking


def test_launcher_costs_one_request_until_it_is_opened(visit: Visit, host: Host, server: str) -> None:
    visit.open(host)
    visit.page.locator(".launch").wait_for()
    assert [url for url in visit.requests if url.startswith(server)] == [f"{server}/widget.js"]
    assert visit.page.locator(".panel").is_hidden()


def test_answer_opens_its_paragraph_with_the_exact_span_marked(visit: Visit, host: Host) -> None:
    visit.open(host)
    visit.start()
    answer = visit.ask("两市对比")
    assert answer.locator("td").all_inner_texts() == ["云山市", "增长6.1%1", "海棠市", "增长6.1%2"]
    answer.locator("td .cite").first.click()
    mark = visit.page.locator(".cited mark")
    assert mark.text_content() == "增长6.1%"
    before = visit.page.locator(".cited").evaluate("p => p.firstChild.textContent")
    assert before == PARAGRAPHS[1][: PARAGRAPHS[1].rindex("增长6.1%")]  # it stands twice: the cited one
    assert visit.page.locator(".cited").text_content() == PARAGRAPHS[1]
    assert visit.page.locator(".beside").all_text_contents() == [PARAGRAPHS[0], PARAGRAPHS[2]]
    assert visit.page.locator(".sheet h3").inner_text() == "原文 1 · 云山市 2023年"
    assert visit.focused() == "返回对话"
    visit.page.keyboard.press("Escape")
    visit.page.locator(".sheet").wait_for(state="detached")
    assert visit.focused() == "查看引用 1"


def test_follow_up_and_suggestion(visit: Visit, host: Host) -> None:
    visit.open(host)
    visit.start()
    visit.ask(GROWTH)
    assert visit.page.locator(".chip:visible").all_inner_texts() == list(SUGGESTIONS)
    follow = visit.ask("那海棠市呢？")
    assert follow.locator("p").first.inner_text() == "按“海棠市2022年地区生产总值增长多少？”理解"
    visit.page.locator(".chip").first.click()
    visit.page.locator(".log[aria-busy=false] .bot").nth(2).wait_for()
    history = visit.ask("历史").inner_text()
    assert history.startswith(f"user{GROWTH}assistant云山市2022年地区生产总值增长6.1%【1】")
    visit.page.get_by_role("button", name="新对话").click()
    assert visit.ask("历史").locator("p").first.inner_text() == "无"


def test_refusal_looks_like_help(visit: Visit, host: Host) -> None:
    visit.open(host)
    visit.start()
    answer = visit.ask("明天天气怎么样？")
    assert answer.locator("p").inner_text() == ABSTENTION
    assert "help" in str(answer.get_attribute("class"))
    assert visit.page.locator(".bad").count() == 0


def test_draft_is_marked_and_replaced(visit: Visit, host: Host) -> None:
    visit.open(host)
    visit.start()
    visit.page.locator("textarea").fill("草稿")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".tag", has_text="语言模型草稿，未核实").wait_for()
    visit.page.locator(".draft", has_text="增长9.9%").wait_for()
    visit.page.locator(".bot .refs").wait_for()
    assert visit.page.locator(".draft").count() == 0
    assert visit.page.locator(".bot p").first.inner_text().startswith("云山市2022年地区生产总值增长6.1%")
    assert visit.page.locator(".bot s").text_content() == "增长9.9%<svg onload=window.hacked=6>"


def test_stop_ends_a_question(visit: Visit, host: Host) -> None:
    visit.open(host)
    visit.start()
    visit.page.locator("textarea").fill("草稿")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".draft").wait_for()
    visit.page.get_by_role("button", name="停止").click()
    visit.page.locator(".bot", has_text="已停止。").wait_for()
    assert visit.ask("历史").locator("p").first.inner_text() == "无"


# ------------------------------------------------------------------ how it is put on a page


def test_strict_policy_of_the_host(visit: Visit, host: Host, server: str) -> None:
    host.page(server, 'data-color="#b91c1c"', policy=STRICT)
    visit.open(host)
    visit.start()
    answer = visit.ask(GROWTH)
    answer.locator(".cite").first.click()
    assert visit.page.locator(".cited mark").text_content() == QUOTE
    panel = visit.page.locator(".panel")
    assert panel.evaluate("e => getComputedStyle(e).position") == "fixed"
    header = visit.page.locator("header").evaluate("e => getComputedStyle(e).backgroundColor")
    assert header == "rgb(185, 28, 28)"
    assert visit.refused == []


def test_style_of_the_host_does_not_reach_in(visit: Visit, host: Host, server: str) -> None:
    style = "<style>* { color: red !important; font-size: 40px !important; display: block } button { display: none }</style>"
    host.page(server, "", body=style)
    visit.open(host)
    visit.start()
    shown = visit.page.locator(".hello h3").evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).fontSize]"
    )
    assert shown == ["rgb(27, 36, 48)", "18px"]


def test_options_are_set_as_text(visit: Visit, host: Host, server: str) -> None:
    tag = (
        'data-title="&lt;img src=https://evil.example/t.png onerror=window.hacked=1&gt;" data-side="left" data-lang="en" '
        f'data-color="red;background:url(https://evil.example/c)" data-place="云山" data-year="2023" data-question="{GROWTH}"'
    )
    host.page(server, tag)
    visit.open(host)
    visit.page.locator(".launch").click()
    visit.page.locator(".bot .refs").wait_for()
    assert visit.page.locator("h2").inner_text().startswith("<img src=https://evil.example/t.png")
    assert visit.page.locator(".user").inner_text() == GROWTH
    assert visit.page.locator(".panel").bounding_box()["x"] == 20
    assert visit.page.get_by_role("button", name="Close").count() == 1
    assert visit.page.locator(".scope b").inner_text() == "云山、2023"
    visit.page.locator("textarea").fill("范围")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".bot p", has_text="云山市 2023 None").wait_for()
    visit.page.get_by_role("button", name="Any scope").click()
    visit.page.locator("textarea").fill("范围")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".bot p", has_text=re.compile(r"^\s*None$")).wait_for()


def test_inline_and_launcher_on_one_page(visit: Visit, host: Host, server: str) -> None:
    host.page(
        server, 'data-id="corner"', 'data-id="middle" data-mode="inline" data-target="#here" data-height="420"',
        body='<div id="here"><a href="/fallback">打开问答</a></div>',
    )  # fmt: skip
    visit.open(host)
    inline, corner = (visit.page.locator(f"[data-govqa={name}]") for name in ("middle", "corner"))
    inline.locator(".chip").first.wait_for()
    assert inline.locator(".panel").bounding_box()["height"] == 420
    assert visit.page.locator("#here > a").count() == 0
    visit.page.evaluate("GovQA.ask('两市对比', 'middle')")
    inline.locator("table").wait_for()
    corner.locator(".launch").click()
    corner.locator(".chip").first.wait_for()
    assert corner.locator(".bot").count() == 0
    assert inline.locator(".cite").first.is_visible()


def test_two_launchers_stand_one_above_the_other(visit: Visit, host: Host, server: str) -> None:
    host.page(server, 'data-title="甲"', 'data-title="乙"')
    visit.open(host)
    boxes = [visit.page.locator(".launch").nth(n).bounding_box() for n in (0, 1)]
    assert boxes[0]["y"] - boxes[1]["y"] == 68
    visit.page.locator(".launch", has_text="甲").click()
    visit.page.evaluate("GovQA.open('govqa-2')")
    assert visit.page.locator(".panel:visible h2").all_inner_texts() == ["乙"]


def test_window_api_and_events(visit: Visit, host: Host, server: str) -> None:
    visit.open(host)
    visit.page.locator(".launch").wait_for()
    visit.page.evaluate(
        "window.seen = []; window.stops = ['open', 'close', 'question', 'answer'].map(name =>"
        " GovQA.on(name, detail => seen.push([name, detail.id, detail.question || detail.answer?.citations.length])));"
        " GovQA.on('open', () => { throw new Error('of the host'); }); 0"  # a function as the result would be called
    )
    visit.page.evaluate(f"GovQA.ask({GROWTH!r})")
    visit.page.locator(".bot .refs").wait_for()
    visit.page.evaluate("GovQA.close(); stops.forEach(stop => stop()); GovQA.open()")
    visit.page.locator(".panel").wait_for()
    assert visit.page.evaluate("seen") == [
        ["open", "govqa-1", None],
        ["question", "govqa-1", GROWTH],
        ["answer", "govqa-1", 2],
        ["close", "govqa-1", None],
    ]
    assert ["of the host" in said for said in visit.refused] == [True, True]  # told in the console, no more


# ------------------------------------------------------------------ ease


def test_keyboard_alone(visit: Visit, host: Host) -> None:
    visit.open(host)
    visit.page.locator("#before").focus()
    visit.page.keyboard.press("Tab")
    assert visit.focused() == "打开问答：政报问答"
    visit.page.keyboard.press("Enter")
    assert visit.focused() == "输入问题"
    visit.page.locator(".chip").first.wait_for()
    seen = []
    for _ in range(14):
        visit.page.keyboard.press("Tab")
        seen.append(visit.focused())
    assert {"新对话", "打开完整页面", "关闭", "对话", "输入问题"} <= set(seen)
    assert "before" not in seen and "站内" not in seen  # the focus stays in the dialog
    visit.page.keyboard.press("Escape")
    visit.page.locator(".panel").wait_for(state="hidden")
    assert visit.focused() == "打开问答：政报问答"


def test_dialog_is_labelled(visit: Visit, host: Host) -> None:
    visit.open(host)
    launcher = visit.page.get_by_role("button", name="打开问答：政报问答")
    assert launcher.get_attribute("aria-expanded") == "false"
    visit.start()
    dialog = visit.page.get_by_role("dialog", name="政报问答")
    assert dialog.get_attribute("aria-modal") == "true"
    assert dialog.get_by_role("log", name="对话").count() == 1
    assert visit.page.locator("[data-govqa]").get_attribute("lang") == "zh-CN"
    unnamed = visit.page.locator(".panel :is(button, a, textarea)").evaluate_all(
        "all => all.filter(e => !(e.getAttribute('aria-label') || e.textContent.trim())).length"
    )
    assert unnamed == 0


@pytest.mark.parametrize("visit", [PHONE, PHONE | {"color_scheme": "dark"}], indirect=True)
def test_phone_is_full_screen(visit: Visit, host: Host) -> None:
    visit.open(host)
    visit.start()
    box = visit.page.locator(".panel").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 780)
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 390
    assert visit.page.evaluate("document.documentElement.style.overflow") == "hidden"
    visit.page.get_by_role("button", name="关闭").click()
    assert visit.page.evaluate("document.documentElement.style.overflow") == ""


CONTRAST = """root => {
  const rgb = text => text.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { for (; e; e = e.parentElement || e.getRootNode().host) {
    const c = getComputedStyle(e).backgroundColor; if (!c.startsWith('rgba(0, 0, 0, 0')) return c; } return 'rgb(255,255,255)'; };
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const flat = c => { canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const bad = [];
  for (const e of root.shadowRoot.querySelectorAll('*')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length || e.disabled) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(flat(ground(e)))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) bad.push([e.className || e.tagName, e.textContent.slice(0, 20), ratio]);
  }
  return bad;
}"""


@pytest.mark.parametrize("color", ["#1d4ed8", "#ffd400", "#b91c1c", "#7dd3fc", "no colour"])
@pytest.mark.parametrize("visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
def test_contrast_is_enough_whatever_the_colour(visit: Visit, host: Host, server: str, color: str) -> None:
    host.page(server, f'data-color="{color}"')
    visit.open(host)
    visit.start()
    visit.ask("明天天气怎么样？")
    visit.ask(GROWTH)
    assert visit.page.locator("[data-govqa]").evaluate(CONTRAST) == []
    visit.page.locator(".cite").first.click()
    visit.page.locator(".cited mark").wait_for()
    assert visit.page.locator("[data-govqa]").evaluate(CONTRAST) == []


# ------------------------------------------------------------------ blocked and offline


def test_origin_that_is_not_listed_is_told_so(visit: Visit, server: str) -> None:
    with hosting() as other:
        other.page(server, "")
        visit.open(other)
        visit.page.locator(".launch").click()
        visit.page.locator(".bad", has_text="不在问答服务允许嵌入的名单里").wait_for()
        visit.page.locator("textarea").fill(GROWTH)
        visit.page.keyboard.press("Enter")
        visit.page.locator(".bad", has_text="不在问答服务允许嵌入的名单里").nth(1).wait_for()
        assert visit.page.locator(".cite").count() == 0
        visit.requests = [url for url in visit.requests if not url.startswith(other.url)]


def test_policy_of_the_host_that_blocks_is_told_so(visit: Visit, host: Host, server: str) -> None:
    host.page(server, "", policy="default-src 'none'; script-src {server}; connect-src 'self'")
    visit.open(host)
    visit.page.locator(".launch").click()
    visit.page.locator(".bad", has_text=f"connect-src 里加上 {server}").wait_for()


def test_server_that_is_gone_is_told_and_tried_again(visit: Visit, host: Host, server: str) -> None:
    visit.open(host)
    visit.start()
    visit.page.route("**/api/**", lambda route: route.abort())
    bad = visit.ask(GROWTH)
    assert bad.locator("p").inner_text() == "连接不上问答服务，请检查网络后重试。"
    visit.page.unroute("**/api/**")
    bad.get_by_role("button", name="重试").click()
    visit.page.locator(".bot .refs").wait_for()
    assert visit.page.locator(".bad").count() == 0
    assert visit.page.locator(".user").count() == 1


def test_answer_that_breaks_off_is_told(visit: Visit, host: Host) -> None:
    visit.open(host)
    visit.start()
    half = {
        "status": 200,
        "content_type": "text/event-stream",
        "body": 'event: scope\ndata: {"question": "问"}\n\n',
    }
    allowed = {"Access-Control-Allow-Origin": host.url}
    visit.page.route("**/api/ask/stream", lambda route: route.fulfill(**half, headers=allowed))
    assert visit.ask(GROWTH).locator("p").inner_text() == "连接中断，回答没有收完，请重试。"


def test_refusals_of_the_server_are_shown(visit: Visit, host: Host) -> None:
    with serving(Settings(widget_origins=(host.url,), rate_limit=1), FakeAssistant) as limited:
        host.page(limited, "")
        visit.open(host)
        visit.start()
        visit.ask(GROWTH)
        assert visit.ask(GROWTH).locator("p").inner_text() == "提问太频繁，请稍等一分钟再试"
        visit.requests = [url for url in visit.requests if not url.startswith(limited)]


@pytest.mark.parametrize("listed", [True, False])
def test_frame_is_for_listed_sites_only(visit: Visit, host: Host, server: str, listed: bool) -> None:
    with hosting() as other:
        site = host if listed else other
        site.page(server, body=f'<iframe src="{server}/widget-demo" width="900" height="600"></iframe>')
        with visit.page.expect_response(lambda response: response.url.endswith("/widget-demo")):
            visit.open(site)
        frame = visit.page.frame_locator("iframe")
        if listed:
            assert frame.locator("h1").inner_text() == "把问答放进任何网页"
        else:
            assert frame.locator("h1", has_text="把问答").count() == 0
            assert any("frame-ancestors" in said for said in visit.refused)
        visit.requests = [url for url in visit.requests if not url.startswith(other.url)]


# ------------------------------------------------------------------ hostile text


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_hostile_text_is_shown_as_characters(visit: Visit, host: Host, server: str, number: int) -> None:
    """On a host page without any policy of its own: nothing else would stop what got through."""
    payload, shown = PAYLOADS[number], SHOWN[number]
    host.page(server, "")
    visit.open(host)
    visit.start()
    visit.page.evaluate("question => GovQA.ask(question)", f"投毒{payload}")
    answer = visit.page.locator(".bot:has(.refs)")
    answer.wait_for()
    assert visit.page.locator(".user").inner_text() == f"投毒{shown}"
    assert answer.locator("p").nth(1).text_content() == f"{shown}1【9】"
    assert answer.locator("th").first.text_content() == shown
    assert answer.locator("td").first.text_content() == shown
    assert answer.locator("ul > li").first.text_content() == shown
    assert answer.locator("s").text_content() == shown
    assert answer.locator(".chip").text_content() == shown
    answer.locator(".cite").first.click()
    visit.page.locator(".cited mark").wait_for()
    assert visit.page.locator(".cited mark").text_content() == PARAGRAPHS[2]
    assert visit.page.locator(".read strong").text_content() == shown
    made = "script, img, iframe, object, embed, base, link, meta, a:not(.icon)"
    assert (
        visit.page.locator("[data-govqa]").evaluate(
            f"e => e.shadowRoot.querySelectorAll({made!r}).length + e.shadowRoot.querySelectorAll('svg[onload], .app style').length"
        )
        == 0
    )
    visit.page.wait_for_function("new Promise(done => setTimeout(() => done(true), 100))")


def test_demo_page_and_api_page_of_the_server_itself(visit: Visit, server: str) -> None:
    visit.page.goto(f"{server}/widget-demo")
    visit.page.locator("[data-govqa=inline] .chip").first.wait_for()
    visit.page.locator("[data-govqa=corner] .launch").click()
    visit.page.locator("[data-govqa=corner] .chip").first.click()
    visit.page.locator("[data-govqa=corner] .refs").wait_for()
    visit.page.goto(f"{server}/api/docs")
    visit.page.locator(".card").nth(7).wait_for()
    assert visit.page.locator("h3 code").all_inner_texts()[:2] == ["/api/ask", "/api/ask/stream"]


def test_embed_example_works_as_it_is(visit: Visit, host: Host, server: str) -> None:
    host.html = EXAMPLE.read_text("utf-8").replace("http://127.0.0.1:7860", server)
    host.policy = ""
    visit.open(host)
    inline = visit.page.locator("#ask [data-govqa]")
    inline.locator(".bot .refs, .bot.help").wait_for()  # its opening question
    visit.page.locator(".launch", has_text="问政报").click()
    visit.page.locator(".pop .chip").first.wait_for()
    visit.page.locator(".pop textarea").fill(GROWTH)
    visit.page.keyboard.press("Enter")
    visit.page.locator(".pop .refs").wait_for()
