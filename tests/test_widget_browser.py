"""The widget in a real Chromium, on host pages of another origin: asking, the page it is put on, ease of use."""

from __future__ import annotations

import re

import pytest
from browser import NEEDS_CHROMIUM
from fake_assistant import ABSTENTION, GROWTH, PARAGRAPHS, QUOTE, SUGGESTIONS
from widget_host import Host, Visit

pytestmark = NEEDS_CHROMIUM

STRICT = (
    "default-src 'none'; script-src {server}; connect-src {server}; style-src 'none'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)

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
