"""The page in a real Chromium: addresses, language, colours, frames, contrast, phones."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import NEEDS_CHROMIUM, sync_api
from fake_assistant import GROWTH
from page_reader import MARKERS, Reader
from web_server import served

pytestmark = NEEDS_CHROMIUM


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
