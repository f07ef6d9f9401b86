"""The page in a real Chromium: the whole report, comparison and commitments, copies, opinions, downloads."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest
from browser import NEEDS_CHROMIUM, sync_api
from fake_assistant import GROWTH, PARAGRAPHS, QUOTE, start_of
from page_reader import MARKERS, Reader
from web_server import served

pytestmark = NEEDS_CHROMIUM


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
