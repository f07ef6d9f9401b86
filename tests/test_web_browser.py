"""The page in a real Chromium: asking, citations, follow-ups, refusals, hostile text, no outside request."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import NEEDS_CHROMIUM, sync_api
from fake_assistant import ABSTENTION, GROWTH, PARAGRAPHS, QUOTE, SUGGESTIONS
from page_reader import MARKERS, Reader
from web_server import served

pytestmark = NEEDS_CHROMIUM


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
