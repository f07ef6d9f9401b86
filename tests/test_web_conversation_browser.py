"""The page in a real Chromium: a conversation kept, edited, asked again, narrowed, and its drafts."""

from __future__ import annotations

from browser import NEEDS_CHROMIUM
from fake_assistant import GROWTH, QUOTE
from page_reader import MARKERS, Reader

pytestmark = NEEDS_CHROMIUM


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
    scope.locator("select").first.wait_for()  # drawn behind the answer
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
