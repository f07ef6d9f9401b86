"""The widget in a real Chromium where something is against it: other origins, policies, failures, hostile text."""

from __future__ import annotations

from pathlib import Path

import pytest
from api_server import serving
from browser import NEEDS_CHROMIUM
from fake_assistant import GROWTH, PARAGRAPHS, FakeAssistant
from widget_host import PAYLOADS, SHOWN, Host, Visit, hosting

from qa.config import Settings

pytestmark = NEEDS_CHROMIUM

EXAMPLE = Path(__file__).resolve().parent.parent / "docs" / "embed-example.html"


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
