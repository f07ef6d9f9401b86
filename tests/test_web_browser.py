"""The page in a real Chromium: asking, citations, follow-ups, refusals, hostile text, no outside request."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fake_assistant import ABSTENTION, PARAGRAPHS, SUGGESTIONS, start_of
from web_server import served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]

MARKERS = '#qa-chat a[href*="#cite-"]'
GROWTH = "云山市2022年地区生产总值增长多少？"
QUOTE = "地区生产总值达到1234.5亿元，增长6.1%"


@dataclass
class Reader:
    """A page with what it asked the network for and what its scripts complained of."""

    page: sync_api.Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, url: str) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(url)
        self.page.locator("#qa-evidence").wait_for(state="attached")

    def ask(self, question: str) -> str:
        """Type, press Enter, and give the text of the answer once it stands."""
        count = self.bots.count()
        self.page.locator("#qa-box textarea").fill(question)
        self.page.keyboard.press("Enter")
        return self.answer(count)

    def answer(self, number: int) -> str:
        self.bots.nth(number).wait_for()
        self.bots.filter(has_text="正在查找……").wait_for(state="detached")
        self.page.locator(".submit-button").wait_for()
        return str(self.bots.nth(number).inner_text())

    @property
    def bots(self) -> sync_api.Locator:
        return self.page.locator('#qa-chat [data-testid="bot"]')

    def tool(self, name: str, number: int = -1) -> sync_api.Locator:
        """A button of a message, the last one by default."""
        found = self.page.locator("#qa-chat .qa-tool", has_text=name)
        return found.nth(number) if number >= 0 else found.last

    def told(self) -> str:
        """What the page says for a moment."""
        return str(self.page.locator("#qa-tell.qa-shown").inner_text())

    def go(self, address: str) -> None:
        self.page.evaluate("address => { location.hash = address }", address)

    def chips(self) -> list[str]:
        return list(self.page.locator(".qa-chip:visible").all_inner_texts())

    def marked(self) -> str:
        """The text of the mark in the active card."""
        return str(self.page.locator(".qa-card.qa-active mark").text_content())


@pytest.fixture(scope="module")
def chromium() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as url:
        yield url


@pytest.fixture(params=[1280])
def reader(chromium: sync_api.Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    context = chromium.new_context(viewport={"width": request.param, "height": 800}, locale="zh-CN")
    context.set_default_timeout(20_000)
    seen = Reader(context.new_page())
    seen.open(site)
    seen.page.locator(".qa-chip:visible").first.wait_for()
    yield seen
    context.close()
    assert seen.errors == []
    outside = [url for url in seen.requests if not url.startswith((site, "data:", "blob:"))]
    assert outside == []


def test_answer_marks_the_cited_span(reader: Reader) -> None:
    assert reader.ask(GROWTH) == "云山市2022年地区生产总值增长6.1%【1】。2023年的目标是增长7%左右【2】。"
    reader.page.locator(".qa-card").nth(1).wait_for()
    reader.page.locator(MARKERS).first.click()
    reader.page.locator(".qa-card.qa-active").wait_for()
    assert reader.marked() == QUOTE
    assert reader.page.locator(".qa-card.qa-active .qa-text:not(.qa-beside)").inner_text() == PARAGRAPHS[1]
    assert reader.page.locator(".qa-card.qa-active h3").inner_text() == "【1】云山市2023年"
    where = reader.page.locator(".qa-card.qa-active .qa-where").inner_text()
    assert (
        where
        == "云山市2023年政府工作报告 · 一、2022年工作回顾 · （一）坚持稳中求进，经济运行总体平稳 · 第2段"
    )
    reader.page.locator(MARKERS).nth(1).click()
    reader.page.locator('.qa-card.qa-active[data-n="2"]').wait_for()
    assert reader.marked() == "地区生产总值增长7%左右"


def test_markers_of_earlier_answers_keep_their_citations(reader: Reader) -> None:
    reader.ask(GROWTH)
    assert reader.ask("那海棠市呢？").startswith("按“海棠市2022年地区生产总值增长多少？”理解")
    assert reader.ask("两市对比").split("\n")[0] == "2022年地区生产总值增速："
    heads = reader.page.locator(".qa-card h3")
    heads.filter(has_text="【2】海棠市").wait_for()
    assert reader.page.locator("#qa-chat table td").all_inner_texts() == [
        "云山市",
        "增长6.1%【1】",
        "海棠市",
        "增长6.1%【2】",
    ]
    reader.page.locator(MARKERS).nth(2).click()
    reader.page.locator(".qa-card.qa-active h3", has_text="【1】海棠市2023年").wait_for()
    assert reader.marked() == QUOTE
    reader.page.locator(MARKERS).nth(0).click()
    reader.page.locator(".qa-card.qa-active h3", has_text="【1】云山市2023年").wait_for()


def test_the_later_of_two_equal_quotes_is_marked(reader: Reader) -> None:
    reader.ask("两市对比")
    reader.page.locator(MARKERS).first.click()
    reader.page.locator(".qa-card.qa-active").wait_for()
    before = reader.page.locator(".qa-card.qa-active mark").evaluate(
        "mark => [...mark.parentNode.childNodes].slice(0, [...mark.parentNode.childNodes].indexOf(mark))"
        ".filter(node => node.className !== 'qa-dots').map(node => node.textContent).join('')"
    )
    assert before == PARAGRAPHS[1][: PARAGRAPHS[1].rindex("增长6.1%")]


def test_refusal_offers_questions(reader: Reader) -> None:
    started = reader.chips()
    assert reader.ask("明天天气怎么样？") == ABSTENTION
    reader.page.locator(".qa-note", has_text="这条回答没有引用原文").wait_for()
    assert reader.chips() == started
    assert reader.page.locator(".toast-wrap").inner_text() == ""


def test_follow_up_button_asks_its_question(reader: Reader) -> None:
    reader.ask(GROWTH)
    reader.page.locator(".qa-chip:visible", has_text=SUGGESTIONS[0]).wait_for()
    assert reader.chips() == list(SUGGESTIONS)
    reader.page.locator(".qa-chip:visible").first.click()
    assert reader.answer(1).startswith("海棠市2022年地区生产总值增长6.1%")


def test_new_conversation_forgets(reader: Reader) -> None:
    reader.ask(GROWTH)
    reader.page.locator("#qa-new").click()
    reader.bots.first.wait_for(state="detached")
    reader.page.locator(".qa-note", has_text="会显示在这里").wait_for()
    assert reader.ask("历史") == "无"


PAYLOADS = (
    "<script>window.hacked=1</script>",
    "<img src=https://evil.example/a.png onerror=window.hacked=1>",
    "![图](https://evil.example/a.png)",
    "[点我](https://evil.example/)",
    "[点我](javascript:window.hacked=1)",
    "<a href=javascript:window.hacked=1>x</a>",
    "<svg onload=window.hacked=1><style>*{display:none}</style></svg>",
    "<style>@import url(https://evil.example/a.css)</style>",
    "<iframe src=data:text/html,<script>parent.hacked=1</script>>",
    "![x](data:image/svg+xml,<svg onload=window.hacked=1>)",
    "[x]: https://evil.example/ 'y'",
    "```mermaid\ngraph TD; A-->B\n```",
    "$$x^2$$ **粗** https://evil.example www.evil.example a@evil.example",
    "{{constructor.constructor('window.hacked=1')()}} &lt;b&gt; 【1】",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_question_markup_is_shown_as_characters(reader: Reader, payload: str) -> None:
    reader.ask(payload.replace("\n", " "))
    shown = reader.page.locator('#qa-chat [data-testid="user"]')
    assert shown.inner_text() == payload.replace("\n", " ")
    assert shown.locator("a, img, script, strong, code, svg, style, iframe, .katex").count() == 0
    assert reader.page.evaluate("window.hacked") is None


def test_report_markup_is_shown_as_characters(reader: Reader) -> None:
    shown = reader.ask("攻击")
    assert (
        shown
        == f"{PARAGRAPHS[2]}【1】【7】 **粗** `码` $x$ https://evil.example/ [链接](https://evil.example)"
    )
    assert reader.bots.locator("a:visible").count() == 1
    reader.page.locator(MARKERS).click()
    reader.page.locator(".qa-card.qa-active").wait_for()
    assert reader.marked() == PARAGRAPHS[2]
    assert reader.page.locator("#qa-main :is(img, script, iframe)").count() == 0
    assert reader.page.evaluate("window.hacked") is None


def test_long_question_is_kept_for_editing(reader: Reader) -> None:
    reader.page.locator("#qa-box textarea").fill("长" * 501)
    reader.page.keyboard.press("Enter")
    reader.page.locator(".toast-wrap", has_text="问题太长：最多 500 个字，现在是 501 个字").wait_for()
    assert reader.page.locator("#qa-box textarea").input_value() == "长" * 501
    assert reader.bots.count() == 0


def test_refused_request_leaves_the_conversation(reader: Reader) -> None:
    answer = reader.ask(GROWTH)
    refusal = {"detail": "提问太频繁，请稍等一分钟再试"}
    join = "**/gradio_api/queue/join*"
    reader.page.route(join, lambda route: route.fulfill(status=429, json=refusal))
    reader.page.locator("#qa-box textarea").fill("那海棠市呢？")
    reader.page.keyboard.press("Enter")
    reader.page.locator(".toast-wrap", has_text="提问太频繁，请稍等一分钟再试").wait_for()
    reader.page.unroute(join)
    reader.page.route(join, lambda route: route.abort())
    reader.page.keyboard.press("Enter")
    reader.page.locator(".toast-wrap", has_text="与服务器的连接断开了，正在重新连接……").wait_for()
    assert reader.bots.last.inner_text() == answer


def test_stopped_answer_does_not_enter_the_conversation(reader: Reader) -> None:
    reader.page.locator("#qa-box textarea").fill("很慢的问题")
    reader.page.keyboard.press("Enter")
    reader.page.locator(".stop-button").click()
    reader.page.locator(".submit-button").wait_for()
    assert reader.ask("历史") == "无"
    assert reader.bots.count() == 1


def test_keyboard_reaches_markers_and_cards(reader: Reader) -> None:
    reader.ask(GROWTH)
    reader.page.locator(".qa-card").nth(1).wait_for()
    for _ in range(40):
        reader.page.keyboard.press("Shift+Tab")
        if reader.page.evaluate("document.activeElement.matches('a[href*=\"#cite-\"]')"):
            break
    assert reader.page.evaluate("document.activeElement.getAttribute('aria-label')") == "查看引用2"
    outline = reader.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    reader.page.keyboard.press("Enter")
    reader.page.locator('.qa-card.qa-active[data-n="2"]').wait_for()
    assert reader.page.evaluate("document.activeElement.dataset.n") == "2"


def test_page_is_labelled_in_chinese(reader: Reader) -> None:
    reader.ask(GROWTH)
    assert reader.page.title() == "政报问答"
    assert reader.page.locator("html").get_attribute("lang") == "zh-CN"
    reader.page.locator('#qa-chat [data-testid="bot"][aria-label="回答"]').wait_for()
    latin = re.findall(r"[A-Za-z]{2,}", reader.page.locator("body").inner_text())
    assert set(latin) <= {"English", "Markdown"}


@pytest.mark.parametrize("reader", [390], indirect=True)
def test_phone_shows_citations_in_a_drawer(reader: Reader) -> None:
    reader.ask(GROWTH)
    assert reader.page.locator("#qa-evidence").is_hidden()
    assert reader.page.evaluate("document.documentElement.scrollWidth") == 390
    assert reader.page.locator("#qa-box").bounding_box()["width"] > 250
    reader.page.locator(MARKERS).first.click()
    reader.page.locator(".qa-card.qa-active").wait_for()
    assert reader.page.locator("#qa-evidence").is_visible()
    assert reader.marked() == QUOTE
    reader.page.keyboard.press("Escape")
    reader.page.locator("#qa-evidence").wait_for(state="hidden")
    assert reader.page.evaluate("document.activeElement.getAttribute('aria-label')") == "查看引用1"
    reader.page.locator(MARKERS).first.click()
    reader.page.locator("#qa-close").click()
    reader.page.locator("#qa-evidence").wait_for(state="hidden")


def test_missing_index_says_what_to_run_and_is_picked_up(chromium: sync_api.Browser, tmp_path: Path) -> None:
    arrival = tmp_path / "index"
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    with served("--after", str(arrival)) as url:
        seen = Reader(context.new_page())
        seen.open(url)
        seen.page.locator("#qa-status", has_text="尚未收录报告").wait_for()
        assert "python ingest.py" in seen.page.locator("#qa-chat").inner_text()
        assert "python ingest.py" in seen.ask(GROWTH)
        arrival.touch()
        assert seen.ask(GROWTH).startswith("云山市2022年地区生产总值增长6.1%")
        seen.page.locator("#qa-status", has_text="已收录 2 份政府工作报告").wait_for()
        context.close()


# ------------------------------------------------------------------ evidence, the whole report


def test_citation_equals_the_json_and_opens_the_whole_report(reader: Reader) -> None:
    reader.ask(GROWTH)
    key = reader.page.locator('#qa-chat a[href*="#answer-"]').get_attribute("href").rpartition("-")[2]
    told = reader.page.evaluate("key => fetch(`/api/page/answers/${key}`).then(r => r.json())", key)
    reader.page.locator(MARKERS).first.click()
    reader.page.locator(".qa-card.qa-active").wait_for()
    assert reader.marked() == told["citations"][0]["quote"] == QUOTE
    reader.page.locator(".qa-card.qa-active .qa-context").click()
    beside = reader.page.locator(".qa-card.qa-active .qa-beside").all_inner_texts()
    assert beside == [PARAGRAPHS[0], PARAGRAPHS[2]]
    reader.page.locator(".qa-card.qa-active .qa-read").click()
    here = reader.page.locator("#qa-p2.qa-here")
    here.wait_for()
    assert (here.inner_text(), here.locator("mark").inner_text()) == (PARAGRAPHS[1], QUOTE)
    before = here.evaluate("node => node.firstChild.textContent.length")
    assert before + start_of(2) == told["citations"][0]["start"]
    assert reader.page.locator(".qa-paper > *").all_inner_texts() == list(PARAGRAPHS)
    assert here.locator("mark").evaluate(
        "m => { const r = m.getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight; }"
    )
    reader.page.go_back()
    assert reader.bots.is_visible()


def test_report_is_listed_and_read_by_its_sections(reader: Reader) -> None:
    reader.page.locator("#qa-tabs a", has_text="报告").click()
    first = reader.page.locator(".qa-report").first
    assert first.locator("h3").inner_text() == "云山市2023年"
    assert "5 段 · 99 字 · 3 个数据 · 2 条承诺" in first.inner_text()
    first.locator("h3 a").click()
    tree = reader.page.locator(".qa-contents .qa-link")
    tree.first.wait_for()
    assert tree.all_inner_texts() == ["一、2022年工作回顾", "（一）坚持稳中求进，经济运行总体平稳"]
    tree.last.click()
    assert reader.page.evaluate("document.activeElement.id") == "qa-p1"
    assert (
        "文件 <img src=x onerror=window.hacked=3>.txt"
        in reader.page.locator(".qa-view:visible .qa-where").inner_text()
    )
    assert reader.page.locator(".qa-paper :is(script, img, b)").count() == 0


def test_marks_that_turn_text_are_left_out(reader: Reader) -> None:
    shown = reader.page.evaluate(
        "async () => (await import('/ui/dom.js')).el('p', '', {}, 'a\u202eb\u2066c', '\u200fd').textContent"
    )
    assert shown == "abcd"


# ------------------------------------------------------------------ tabs


def test_comparison_has_chart_table_and_paragraphs(reader: Reader) -> None:
    reader.page.locator("#qa-tabs a", has_text="指标对比").click()
    bars = reader.page.locator(".qa-plot g")
    bars.nth(3).wait_for()
    assert bars.evaluate_all("bars => bars.map(b => b.querySelector('.qa-value').textContent)") == [
        "6.1%",
        "7%左右",
        "6.1%",
        "7%左右",
    ]
    widths = bars.locator("rect").evaluate_all("rects => rects.map(r => r.width.baseVal.value)")
    assert widths[0] / widths[1] == pytest.approx(6.1 / 7)
    bars.nth(1).focus()
    reader.page.keyboard.press("Enter")
    reader.page.locator(".qa-card.qa-active").wait_for()
    assert reader.marked() == "地区生产总值增长7%左右"
    reader.page.keyboard.press("Escape")
    reader.page.locator("#qa-evidence").wait_for(state="hidden")
    reader.page.locator(".qa-table .qa-figure").first.click()
    reader.page.locator(".qa-card.qa-active mark", has_text="1234.5").wait_for()
    assert reader.marked() == QUOTE


def test_comparison_names_silent_reports_and_gives_csv(reader: Reader) -> None:
    reader.go("#/compare?indicator=外贸进出口总额")
    reader.page.locator(".qa-note", has_text="1 份报告未提及这一项：云山市2023年").wait_for()
    with reader.page.expect_download() as coming:
        reader.page.locator(".qa-view:visible a", has_text="下载 CSV").click()
    rows = list(csv.DictReader(coming.value.path().read_text("utf-8-sig").splitlines()))
    assert [(row["place"], row["canonical"], row["value"]) for row in rows] == [
        ("海棠市", "外贸进出口总额", "6.1")
    ]
    box = reader.page.get_by_role("combobox", name="指标")
    box.fill("GDP")
    box.press("Enter")
    reader.page.locator(".qa-chart strong", has_text="地区生产总值（增速）：实绩与目标").wait_for()


def test_commitments_are_filtered_and_open_their_paragraph(reader: Reader) -> None:
    reader.page.locator("#qa-tabs a", has_text="承诺清单").click()
    reader.page.locator(".qa-count", has_text="共 4 条承诺").wait_for()
    reader.page.get_by_label("地区").and_(reader.page.locator(".qa-view:visible select")).select_option(
        "海棠市"
    )
    reader.page.get_by_role("searchbox", name="文字").fill("滨江")
    reader.page.locator(".qa-count", has_text="共 1 条承诺").wait_for()
    promise = reader.page.locator(".qa-promise")
    assert promise.inner_text() == "开工建设<b>滨江大道</b>"
    with reader.page.expect_download() as coming:
        reader.page.locator(".qa-view:visible a", has_text="下载 CSV").click()
    assert len(coming.value.path().read_text("utf-8-sig").splitlines()) == 2
    promise.click()
    reader.page.locator(".qa-card.qa-active").wait_for()
    assert reader.marked() == "开工建设<b>滨江大道</b>"
    reader.page.get_by_role("searchbox", name="文字").fill("机场")
    reader.page.locator(".qa-promises .qa-note", has_text="没有符合条件的结果").wait_for()


# ------------------------------------------------------------------ copies, opinions, downloads


def test_answer_is_copied_with_its_references(reader: Reader) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.ask(GROWTH)
    reader.tool("复制").click()
    reader.page.locator("#qa-tell.qa-shown", has_text="已复制").wait_for()
    text = reader.page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert text.startswith(
        "云山市2022年地区生产总值增长6.1%【1】。2023年的目标是增长7%左右【2】。\n\n引用\n\n【1】"
    )
    assert f"第2段\n“{QUOTE}”" in text
    reader.tool("Markdown").click()
    reader.page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('  > '))")


def test_opinion_is_kept_once_with_its_comment(chromium: sync_api.Browser, tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    with served("--feedback", str(file)) as url:
        seen = Reader(context.new_page())
        seen.open(url)
        seen.ask(GROWTH)
        up, down = (seen.page.get_by_role("button", name=name) for name in ("有帮助", "有问题"))
        up.click()
        seen.page.locator("#qa-tell.qa-shown", has_text="已记下").wait_for()
        down.dblclick()  # said twice is said once
        seen.page.locator('.qa-vote[aria-pressed="true"][data-vote="down"]').wait_for()
        down.click()
        seen.page.locator("#qa-tell.qa-shown", has_text="已取消").wait_for()
        down.click()
        seen.page.locator(".qa-said input").fill("数字旧了")
        seen.page.keyboard.press("Enter")
        seen.page.locator(".qa-said").wait_for(state="detached")
        assert [up.get_attribute("aria-pressed"), down.get_attribute("aria-pressed")] == ["false", "true"]
        db = sqlite3.connect(file)
        assert db.execute("SELECT vote, comment, question FROM feedback").fetchall() == [
            ("down", "数字旧了", GROWTH)
        ]
        db.close()
        seen.page.reload()
        seen.page.locator('.qa-vote[aria-pressed="true"][data-vote="down"]').wait_for()
        context.close()


def test_conversation_is_downloaded(reader: Reader) -> None:
    reader.ask(GROWTH)
    reader.page.locator("#qa-downloads summary").click()
    with reader.page.expect_download() as coming:
        reader.page.locator("#qa-downloads a", has_text="JSON").click()
    told = json.loads(coming.value.path().read_text("utf-8"))["conversation"]
    assert [(item["question"], item["answer"]["citations"][0]["quote"]) for item in told] == [(GROWTH, QUOTE)]
    reader.page.locator("#qa-downloads summary").click()
    with reader.page.expect_download() as coming:
        reader.page.locator("#qa-downloads a", has_text="Markdown").click()
    assert coming.value.suggested_filename == "政报问答.md"
    assert f"> {QUOTE}" in coming.value.path().read_text("utf-8")


# ------------------------------------------------------------------ the conversation


def test_conversation_survives_a_reload(reader: Reader) -> None:
    reader.ask(GROWTH)
    reader.page.reload()
    assert reader.answer(0).startswith("云山市2022年地区生产总值增长6.1%")
    reader.page.locator(MARKERS).first.click()
    reader.page.locator(".qa-card.qa-active").wait_for()
    assert reader.marked() == QUOTE
    assert reader.ask("历史").startswith(f"user{GROWTH}assistant")


def test_another_window_is_another_conversation(reader: Reader, site: str) -> None:
    reader.ask(GROWTH)
    other = Reader(reader.page.context.new_page())
    other.open(site)
    other.page.locator(".qa-chip:visible").first.wait_for()
    assert other.ask("历史") == "无"


def test_question_is_edited_and_what_followed_is_replaced(reader: Reader) -> None:
    reader.ask(GROWTH)
    reader.ask("那海棠市呢？")
    reader.tool("修改", 0).click()
    reader.page.locator("#qa-editing", has_text="正在修改第 1 个问题").wait_for()
    assert reader.page.locator("#qa-box textarea").input_value() == GROWTH
    reader.page.locator("#qa-box textarea").fill("海棠市2022年地区生产总值增长多少？")
    reader.page.keyboard.press("Enter")
    reader.bots.nth(1).wait_for(state="detached")
    assert reader.answer(0).startswith("海棠市2022年地区生产总值增长6.1%")
    assert reader.page.locator("#qa-editing").count() == 0
    assert reader.ask("历史").count("user") == 1


def test_answer_is_asked_again_and_taken_back(reader: Reader) -> None:
    reader.ask(GROWTH)
    first = reader.page.locator('#qa-chat a[href*="#answer-"]').get_attribute("href")
    reader.tool("重试").click()
    reader.page.locator(f'#qa-chat a[href="{first}"]').wait_for(state="detached")
    assert reader.answer(0).startswith("云山市2022年地区生产总值增长6.1%")
    reader.tool("撤回").click()
    reader.bots.first.wait_for(state="detached")
    assert reader.page.locator("#qa-box textarea").input_value() == GROWTH
    assert reader.ask("历史") == "无"


def test_scope_narrows_what_is_asked(reader: Reader) -> None:
    picks = reader.page.locator("#qa-picks")
    picks.get_by_label("地区").select_option("海棠市")
    picks.get_by_label("报告年份").select_option("2023")
    picks.get_by_label("口径").select_option("目标")
    assert reader.ask("范围") == "海棠市 2023 target"
    picks.get_by_label("地区").select_option("全部")
    assert reader.ask("范围") == "2023 target"


def test_scope_of_an_answer_is_edited(reader: Reader) -> None:
    reader.ask(GROWTH)
    scope = reader.page.locator(".qa-scope")
    chosen = scope.locator("select").evaluate_all("picks => picks.map(p => p.selectedOptions[0].textContent)")
    assert chosen == ["云山市", "2022年", "实绩"]
    assert scope.locator(".qa-fixed").all_inner_texts() == ["地区生产总值"]
    scope.get_by_label("地区").select_option("海棠市")
    assert reader.answer(1).startswith("按“海棠市2022年地区生产总值增长多少？”理解")


def test_report_is_asked_from_its_card(reader: Reader) -> None:
    reader.go("#/reports")
    reader.page.locator(".qa-report", has_text="海棠市").get_by_role("button", name="问这份报告").click()
    assert reader.ask("范围") == "海棠市 2023 None"


def test_draft_is_unverified_until_it_is_replaced(reader: Reader) -> None:
    reader.page.locator("#qa-box textarea").fill("草稿")
    reader.page.keyboard.press("Enter")
    draft = reader.bots.filter(has_text="语言模型草稿，未核实")
    draft.filter(has_text="<img src=https://evil.example/b.png").wait_for()
    assert draft.locator(MARKERS).count() == 0
    assert reader.page.locator("#qa-chat .qa-tool").count() == 0
    text = reader.answer(0)
    assert text.startswith("云山市2022年地区生产总值增长6.1%【1】。")
    assert reader.bots.locator("del").inner_text() == "增长9.9%<svg onload=window.hacked=6>"
    reader.tool("发给模型的内容").click()
    assert "<script>window.hacked=4</script>" in reader.page.locator(".qa-sent").inner_text()
    assert reader.page.evaluate("window.hacked") is None


def test_draft_is_stopped(reader: Reader) -> None:
    reader.page.locator("#qa-box textarea").fill("草稿")
    reader.page.keyboard.press("Enter")
    reader.bots.filter(has_text="未核实").wait_for()
    reader.page.locator(".stop-button").click()
    reader.bots.first.wait_for(state="detached")
    assert reader.ask("历史") == "无"


# ------------------------------------------------------------------ addresses, language, colours, frames


def open_at(reader: Reader, address: str) -> None:
    reader.page.goto(address)
    reader.page.locator("#qa-bar").wait_for(state="attached")


def test_question_in_the_address_is_asked_once(reader: Reader, site: str) -> None:
    open_at(reader, f"{site}/?q=云山市增长多少&place=云山市&place=别处")
    assert reader.answer(0).startswith("云山市2022年地区生产总值增长6.1%")
    assert reader.page.locator("#qa-picks").get_by_label("地区").input_value() == "云山市"
    assert "q=" not in reader.page.url
    reader.page.reload()
    reader.answer(0)
    assert reader.bots.count() == 1


def test_question_in_the_address_is_no_markup(reader: Reader, site: str) -> None:
    open_at(
        reader,
        f"{site}/?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E#/compare?indicator=<img src=x onerror=window.hacked=1>",
    )
    reader.page.locator(".qa-view:visible .qa-note").wait_for()
    assert reader.page.locator(".qa-view:visible .qa-note img").count() == 0
    reader.go("#/chat")
    reader.bots.first.wait_for()
    assert reader.page.evaluate("window.hacked") is None


def test_english_is_remembered(reader: Reader) -> None:
    reader.ask(GROWTH)
    reader.page.get_by_role("button", name="English").click()
    reader.page.locator("#qa-tabs a", has_text="Compare").wait_for()
    reader.page.locator(".submit-button", has_text="Send").wait_for()
    assert reader.page.locator("html").get_attribute("lang") == "en"
    assert reader.page.title() == "Government report Q&A"
    assert reader.answer(0).startswith("云山市2022年地区生产总值")
    assert reader.tool("Retry").is_visible()
    reader.page.goto(reader.page.url.split("?")[0])
    reader.page.locator("#qa-tabs a", has_text="Commitments").wait_for()


def test_colours_are_switched_and_remembered(reader: Reader) -> None:
    page = reader.page
    assert page.evaluate("document.body.classList.contains('dark')") is False
    page.get_by_role("button", name="切换到深色").click()
    page.get_by_role("button", name="切换到浅色").wait_for()
    page.reload()
    page.get_by_role("button", name="切换到浅色").wait_for()
    assert page.evaluate("document.body.classList.contains('dark')") is True


def test_frame_without_storage_has_the_bare_chat(reader: Reader, site: str) -> None:
    reader.page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });"
    )
    open_at(reader, f"{site}/?embed=1")
    assert reader.page.locator("#qa-top").is_hidden()
    assert reader.ask(GROWTH).startswith("云山市2022年")
    assert reader.ask("历史").count("user") == 1


CONTRAST = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = (node) => { for (; node; node = node.parentElement) { const c = rgb(getComputedStyle(node).backgroundColor); if (c.length < 4 || c[3] > .99) return c; } return [255, 255, 255]; };
  const found = [];
  for (const node of document.querySelectorAll('body *')) {
    const text = [...node.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim());
    if (!text || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || node.closest('svg, .toast-wrap')) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) found.push(`${node.className || node.tagName} ${node.textContent.trim().slice(0, 20)} ${ratio.toFixed(2)}`);
  }
  return found;
}"""


@pytest.mark.parametrize("dark", [False, True])
def test_texts_stand_out_from_their_ground(reader: Reader, site: str, dark: bool) -> None:
    open_at(reader, f"{site}/?theme={'dark' if dark else 'light'}")
    reader.ask("两市对比")
    reader.page.locator(MARKERS).first.click()
    reader.page.locator(".qa-card.qa-active").wait_for()
    for address in ("#/chat", "#/compare", "#/promises", "#/reports", "#/reports?id=2023-云山市&p=2"):
        reader.go(address)
        reader.page.wait_for_timeout(400)
        assert reader.page.evaluate(CONTRAST) == [], address


def test_every_control_has_a_name(reader: Reader) -> None:
    reader.ask(GROWTH)
    for address in ("#/chat", "#/compare", "#/promises", "#/reports"):
        reader.go(address)
        reader.page.wait_for_timeout(300)
        nameless = reader.page.evaluate(
            "() => [...document.querySelectorAll('button, a, select, input, textarea, summary')]"
            ".filter((n) => n.checkVisibility() && !(n.getAttribute('aria-label') || n.labels?.length || n.textContent.trim()))"
            ".map((n) => n.outerHTML)"
        )
        assert nameless == [], address


@pytest.mark.parametrize("reader", [390], indirect=True)
def test_phone_fits_every_page(reader: Reader) -> None:
    for address in ("#/compare", "#/promises", "#/reports", "#/reports?id=2023-云山市"):
        reader.go(address)
        reader.page.wait_for_timeout(300)
        assert reader.page.evaluate("document.documentElement.scrollWidth") == 390, address
    reader.go("#/compare")
    reader.page.locator(".qa-table .qa-figure").first.click()
    reader.page.locator(".qa-card.qa-active").wait_for()
    assert reader.page.locator("#qa-evidence").bounding_box()["width"] == 390


def test_pages_without_an_index_say_what_to_run(chromium: sync_api.Browser, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    with served("--after", str(tmp_path / "never")) as url:
        seen = Reader(context.new_page())
        seen.open(url)
        for address in ("#/compare", "#/promises", "#/reports"):
            seen.go(address)
            seen.page.locator(".qa-view:visible .qa-missing code", has_text="python ingest.py").wait_for()
        context.close()
