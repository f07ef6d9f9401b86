"""Calls of the HTTP API and what comes back, for its tests."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import httpx
import pytest
from fake_assistant import FakeAssistant

from qa.cli import main as command_line
from qa.errors import IndexMissingError
from qa.events import Event, Finished


def error(response: httpx.Response) -> tuple[int, str, str]:
    """Status, code and message, and that there is nothing else."""
    body = response.json()
    assert list(body) == ["error"] and list(body["error"]) == ["code", "message"]
    return response.status_code, body["error"]["code"], body["error"]["message"]


def events(text: str) -> list[tuple[str, Any]]:
    """Server-sent events as (name, value); comments are left out."""
    blocks = [block for block in text.split("\n\n") if block and not block.startswith(":")]
    found = [re.fullmatch(r"event: (\w+)\ndata: (.*)", block) for block in blocks]
    assert None not in found, text
    return [(one[1], json.loads(one[2])) for one in found if one]


def untimed(printed: str) -> str:
    """The JSON of an answer without the times it took, the only part that may differ."""
    return re.sub(r'"timings_ms": \{[^}]*\}', "", printed)


class Scripted(FakeAssistant):
    """Yields what it was told, then waits for ``go`` or its cancellation, then answers or raises."""

    def __init__(self, *before: Event, fails: Exception | None = None, waits: bool = False) -> None:
        super().__init__()
        self.before, self.fails, self.waits = before, fails, waits
        self.go, self.cancelled, self.running = threading.Event(), threading.Event(), threading.Event()

    def events(self, question: str, history: Sequence[Any] = (), **options: Any) -> Iterator[Event]:
        yield from self.before
        self.running.set()
        while self.waits and not self.go.wait(0.02):
            if options["cancel"].is_set():
                self.cancelled.set()
                return
        if self.fails:
            raise self.fails
        yield Finished(self.reply(question, history))


ASK = "/api/ask"


def missing() -> Any:
    raise IndexMissingError("/secret/index")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert command_line(list(arguments)) == 0
    return capsys.readouterr().out
