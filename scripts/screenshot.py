"""Take the pictures in docs/ from a running page: ``python app.py`` in one terminal, then this in another.

    python scripts/screenshot.py [URL] [FOLDER]

Needs Playwright for Python and Debian's Chromium (/usr/bin/chromium).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

QUESTIONS = ("百色市2023年地区生产总值增长多少？", "那贺州呢？", "五个市今年的地区生产总值增长目标各是多少？")
MARKER = '#qa-chat a[href*="#cite-"]'
FINISHED = '#qa-chat a[href*="#answer-"]'
SETTLED_MS = 1_200


def nothing(page: Page) -> None:
    """The page as it stands."""


def cite(page: Page) -> None:
    """Open the citation of the last marker."""
    page.locator(MARKER).last.click()
    page.locator(".qa-card.qa-active").wait_for()


def value(page: Page) -> None:
    """Open the paragraph of the second bar."""
    page.locator(".qa-plot g").nth(1).click()
    page.locator(".qa-card.qa-active").wait_for()


def read(page: Page) -> None:
    """From a commitment to the whole report."""
    page.locator(".qa-promise").first.click()
    page.locator(".qa-read").click()
    page.locator(".qa-paper mark").wait_for()


@dataclass(frozen=True)
class Shot:
    """A picture: where the page is opened, what is asked, what is done then."""

    name: str
    address: str = ""
    questions: tuple[str, ...] = ()
    then: Callable[[Page], None] = nothing
    width: int = 1280
    height: int = 800
    dark: bool = False


SHOTS = (
    Shot("page", questions=QUESTIONS, then=cite),
    Shot("compare", "#/compare"),
    Shot("compare-paragraph", "#/compare", then=value),
    Shot("commitments", "#/promises?text=学校"),
    Shot("reader", "#/promises?text=学校", then=read),
    Shot("dark", questions=QUESTIONS[:2], then=cite, dark=True),
    Shot("phone", questions=QUESTIONS[:1], then=cite, width=390, height=844),
    Shot("english", "?lang=en", questions=("What was the GDP growth of Nanning in 2023?",), then=cite),
)


def take(browser: Browser, shot: Shot, url: str, folder: Path) -> None:
    """Ask the questions of a shot one after another, do what it does then, and write ``<name>.png``."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        locale="zh-CN",
        color_scheme="dark" if shot.dark else "light",
    )
    page.goto(url + shot.address)
    page.locator("#qa-status[data-opened]").wait_for(state="attached")
    for number, question in enumerate(shot.questions):
        box = page.locator("#qa-box textarea")
        box.fill(question)
        box.press("Enter")
        page.locator(FINISHED).nth(number).wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(SETTLED_MS)
    shot.then(page)
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=folder / f"{shot.name}.png")
    page.close()


def main(url: str = "http://127.0.0.1:7860/", folder: str = "docs") -> None:
    """Write all pictures of a page that runs at ``url``."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for shot in SHOTS:
            take(browser, shot, url, Path(folder))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
