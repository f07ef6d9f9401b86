"""Take docs/page.png from a running page: ``python app.py`` in one terminal, then this in another.

    python scripts/screenshot.py [URL] [FILE]

Needs Playwright for Python and Debian's Chromium (/usr/bin/chromium).
"""

from __future__ import annotations

import sys

from playwright.sync_api import sync_playwright

QUESTIONS = ("百色市2023年地区生产总值增长多少？", "那贺州呢？", "五个市今年的地区生产总值增长目标各是多少？")


def main(url: str, target: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        page.goto(url)
        box = page.get_by_role("textbox").first
        for number, question in enumerate(QUESTIONS, 1):
            box.fill(question)
            box.press("Enter")
            page.wait_for_function(
                "n => document.querySelectorAll('.bot .prose, .bot.message').length >= n",
                arg=number,
                timeout=60_000,
            )
            page.wait_for_timeout(2_500)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main(*(sys.argv[1:] + ["http://127.0.0.1:7860", "docs/page.png"][len(sys.argv) - 1 :]))
