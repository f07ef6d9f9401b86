"""What the server remembers of conversations. The browser sends only the next question.

Sessions are keyed by Gradio's client-chosen ``session_hash``: nothing secret hangs on it, it is never
logged, and both stores are bounded by number and by time.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from qa.types import Answer, Turn

MAX_SESSIONS = 2_000
MAX_ANSWERS = 5_000
IDLE_S = 2 * 3600.0
MAX_EXCHANGES = 50

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what was shown for it, as Markdown; ``answer`` is None if there was only a notice."""

    question: str
    shown_question: str
    shown_answer: str
    answer: Answer | None


@dataclass(slots=True)
class Session:
    """One conversation. ``running`` names the question being answered; stopping forgets the name.

    ``is_new`` until its page has been opened: a question in a new one comes from a page whose
    conversation was forgotten.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    is_new: bool = True
    running: str | None = None

    def begin(self) -> str:
        self.running = secrets.token_hex(8)
        return self.running

    def finish(self, run: str, exchange: Exchange) -> bool:
        """Keep an exchange unless its run was stopped or overtaken; says whether it was kept."""
        if self.running != run:
            return False
        self.running = None
        self.exchanges = [*self.exchanges, exchange][-MAX_EXCHANGES:]
        return True

    def turns(self) -> list[Turn]:
        """The conversation as the chain reads it: notices are not part of it."""
        said: list[Turn] = []
        for exchange in self.exchanges:
            if exchange.answer is not None:
                said.append(Turn("user", exchange.question))
                said.append(Turn("assistant", exchange.answer.answer))
        return said


class Recent(Generic[T]):
    """At most ``size`` values, the least recently used dropped first, none older than ``idle_s`` unused."""

    def __init__(
        self, size: int, idle_s: float = IDLE_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._size, self._idle_s, self._clock = size, idle_s, clock
        self._held: OrderedDict[str, tuple[float, T]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> T | None:
        with self._lock:
            held = self._held.pop(key, None)
            if held is None or self._clock() - held[0] > self._idle_s:
                return None
            self._held[key] = (self._clock(), held[1])
            return held[1]

    def put(self, key: str, value: T) -> None:
        with self._lock:
            self._held.pop(key, None)
            self._held[key] = (self._clock(), value)
            while len(self._held) > self._size or self._clock() - self._oldest() > self._idle_s:
                self._held.popitem(last=False)

    def _oldest(self) -> float:
        return next(iter(self._held.values()))[0]


class Memory:
    """The sessions, and the drawn citations of recent answers under unguessable keys."""

    def __init__(self) -> None:
        self._sessions: Recent[Session] = Recent(MAX_SESSIONS)
        self._answers: Recent[list[dict[str, Any]]] = Recent(MAX_ANSWERS)

    def session(self, session_hash: str | None) -> Session:
        """The conversation of a page; a new one if it is not known (any more), see ``Session.is_new``."""
        key = (session_hash or "")[:64]
        session = self._sessions.get(key)
        if session is None:
            session = Session()
            self._sessions.put(key, session)
        return session

    def keep_citations(self, citations: list[dict[str, Any]]) -> str:
        key = secrets.token_urlsafe(12).replace("-", "_")
        self._answers.put(key, citations)
        return key

    def citations(self, key: str) -> list[dict[str, Any]] | None:
        return self._answers.get(key)
