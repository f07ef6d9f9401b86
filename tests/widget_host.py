"""The widget on a host page of another origin: the page, its reader, and an assistant that answers with markup.

Every request is recorded; none leaves the two servers of the test.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from browser import sync_api
from fake_assistant import PARAGRAPHS, FakeAssistant, citation

from qa.events import Drafted, Event, Finished, Scoped, Sent
from qa.prompt import Prompt
from qa.types import Answer, Generation, Scope, Struck

PAYLOADS = (
    "<script>window.hacked=1</script>",
    "<img src=https://evil.example/a.png onerror=window.hacked=1>",
    "<svg onload=window.hacked=1><style>*{display:none}</style>",
    "<a href=javascript:window.hacked=1>点我</a> [点我](javascript:window.hacked=1)",
    "![图](https://evil.example/b.png) <https://evil.example/c> data:text/html,<script>window.hacked=1</script>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe><base href=https://evil.example/>",
    "甲\u202e乙丙\u2066丁",
)
SHOWN = tuple(re.sub("[\u202e\u2066]", "", payload) for payload in PAYLOADS)


class Hostile(FakeAssistant):
    """Puts the payload of the question into everything: answer, table, list, draft, note, suggestions."""

    def events(self, question: str, history: Sequence[Any] = (), **options: Any) -> Iterator[Event]:
        if not question.startswith("投毒"):
            yield from super().events(question, history, **options)
            return
        payload = question.removeprefix("投毒")
        yield Scoped(Scope(question=question))
        yield Sent(Prompt("1", (("user", payload),), (), 9), 1)
        yield Drafted(payload)
        text = f"{payload}【1】【9】\n\n| {payload} | 乙 |\n| --- | --- |\n| {payload} | 增长6.1%【1】 |\n\n- {payload}"
        cited = (replace(citation(1, "云山市", 3, PARAGRAPHS[2]), title=payload, section=(payload,)),)
        made = Generation(payload, "1", note=payload, struck=(Struck(payload, payload),))
        yield Finished(
            Answer(
                "0",
                question,
                text,
                False,
                None,
                "llm",
                cited,
                scope=Scope(question=payload, inherited=("years",)),
                suggestions=(payload,),
                generation=made,
            )
        )


class Host:
    """A foreign site: gives every path the same page, under a policy of its own."""

    def __init__(self) -> None:
        self.html, self.policy = "", ""
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = host.html.encode()
                self.send_response(200 if self.path == "/" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                if host.policy:
                    self.send_header("Content-Security-Policy", host.policy)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def page(self, server: str, *tags: str, policy: str = "", body: str = "") -> None:
        """Serve a page with these script tags' attributes."""
        scripts = "".join(f'<script src="{server}/widget.js" {tag}></script>' for tag in tags)
        self.html = (
            "<!doctype html><html lang=zh><head><meta charset=utf-8><link rel=icon href=data:,></head>"
            f"<body><h1>某市人民政府</h1><button id=before>站内</button>{body}{scripts}</body></html>"
        )
        self.policy = policy.format(server=server)


@contextmanager
def hosting() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.server.serve_forever)
    thread.start()
    try:
        yield host
    finally:
        host.server.shutdown()
        thread.join()
        host.server.server_close()


@dataclass
class Visit:
    """A reader on a host page, with what the page asked the network for and complained of."""

    page: sync_api.Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.refused.append(said.text) if said.type == "error" else None)

    def open(self, host: Host) -> None:
        self.page.goto(host.url)

    def start(self) -> None:
        self.page.locator(".launch").click()
        self.page.locator(".chip").first.wait_for()

    def ask(self, question: str) -> sync_api.Locator:
        """Type, press Enter, and give the answer once it stands."""
        count = self.page.locator(".user").count()
        box = self.page.locator("textarea:visible")
        box.fill(question)
        box.press("Enter")
        self.page.locator(".user").nth(count).wait_for()
        self.page.locator(".log[aria-busy=false]").wait_for()
        return self.page.locator(".bot").nth(count)

    def focused(self) -> str:
        """The label or text of what has the focus, in the widget or on the page."""
        return str(
            self.page.evaluate(
                "(() => { let e = document.activeElement; while (e && e.shadowRoot && e.shadowRoot.activeElement)"
                " e = e.shadowRoot.activeElement; return e.getAttribute('aria-label') || e.id || e.textContent; })()"
            )
        )
