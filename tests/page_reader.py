"""A reader of the page in a real browser."""

from __future__ import annotations

from dataclasses import dataclass, field

from browser import sync_api

MARKERS = '#qa-chat a[href*="#cite-"]'


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
