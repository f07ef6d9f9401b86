"""What the server remembers of conversations. The browser sends only the next question.

A conversation is kept under an id that the page's own script makes and remembers, else under Gradio's
``session_hash``. Whoever has the id can read it, so it is never logged; both stores are bounded by number
and by time.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import unquote

from qa.types import Answer, Turn

MAX_SESSIONS = 2_000
MAX_ANSWERS = 5_000
IDLE_S = 2 * 3600.0
MAX_EXCHANGES = 50
MAX_CHOSEN = 50
ON_ITS_WAY_S = 1.0
CONTEXT_HEADER = "x-qa-context"
_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")

T = TypeVar("T")


def new_key() -> str:
    """An unguessable name for an answer; letters, digits and _ only, as markup.py needs."""
    return secrets.token_urlsafe(12).replace("-", "_")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what was shown for it, as Markdown; ``answer`` is None if there was only a notice.

    ``sent`` are the requests to a language model, word for word, without the key of its endpoint.
    """

    question: str
    shown_question: str
    shown_answer: str
    answer: Answer | None
    key: str = ""
    when: str = ""
    sent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What a page says beside the question: its conversation, its choices, and where an edit begins.

    ``keep`` is how many exchanges stay before the question is asked; None keeps all.
    """

    conversation: str = ""
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kind: str = ""
    mode: str = ""
    lang: str = "zh"
    keep: int | None = None


def read_context(headers: Mapping[str, str]) -> Context:
    """The page's own header; whatever in it is not of the expected form is left out."""
    try:
        value = json.loads(unquote(headers.get(CONTEXT_HEADER) or "{}"))
    except (ValueError, RecursionError):
        return Context()
    if not isinstance(value, dict):
        return Context()
    keep = value.get("keep")
    conversation = value.get("conversation")
    return Context(
        conversation=conversation if isinstance(conversation, str) and _ID.fullmatch(conversation) else "",
        places=tuple(item for item in _items(value.get("places")) if isinstance(item, str)),
        years=tuple(item for item in _items(value.get("years")) if type(item) is int),
        kind=value["kind"] if value.get("kind") in ("actual", "target") else "",
        mode=value["mode"] if value.get("mode") in ("extract", "llm") else "",
        lang="en" if value.get("lang") == "en" else "zh",
        keep=keep if type(keep) is int and 0 <= keep <= MAX_EXCHANGES else None,
    )


def _items(value: object) -> list[object]:
    return value[:MAX_CHOSEN] if isinstance(value, list) else []


@dataclass(slots=True)
class Session:
    """One conversation. ``running`` names the question being answered; stopping forgets the name.

    ``is_new`` until its page has been opened: a question in a new one comes from a page whose
    conversation was forgotten. ``on_its_way`` is held while something of an answer travels to the page,
    so that what is shown after a stop arrives after it.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    is_new: bool = True
    running: str | None = None
    cancel: threading.Event = field(default_factory=threading.Event)
    on_its_way: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, keep: int | None = None) -> str:
        """Start a question after the first ``keep`` exchanges; one that is still running is stopped."""
        self.stop()
        if keep is not None:
            self.exchanges = self.exchanges[:keep]
        self.cancel = threading.Event()
        self.running = secrets.token_hex(8)
        return self.running

    def stop(self) -> None:
        """What is being answered is not wanted (any more); waits for what is on its way to the page."""
        self.running = None
        self.cancel.set()
        if self.on_its_way.acquire(timeout=ON_ITS_WAY_S):  # a page that went away may hold it for ever
            self.on_its_way.release()

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
        """The value of a key, used just now; None if it is not held or was unused too long."""
        with self._lock:
            held = self._held.pop(key, None)
            if held is None or self._clock() - held[0] > self._idle_s:
                return None
            self._held[key] = (self._clock(), held[1])
            return held[1]

    def put(self, key: str, value: T) -> None:
        """Hold a value; the least recently used ones beyond ``size`` are dropped."""
        with self._lock:
            self._held.pop(key, None)
            self._held[key] = (self._clock(), value)
            while len(self._held) > self._size or self._clock() - self._oldest() > self._idle_s:
                self._held.popitem(last=False)

    def _oldest(self) -> float:
        return next(iter(self._held.values()))[0]


class Memory:
    """The conversations, and recent exchanges under the unguessable keys of their answers."""

    def __init__(self) -> None:
        self._sessions: Recent[Session] = Recent(MAX_SESSIONS)
        self._exchanges: Recent[Exchange] = Recent(MAX_ANSWERS)

    def session(self, name: str | None) -> Session:
        """The conversation of a page; a new one if it is not known (any more), see ``Session.is_new``."""
        key = (name or "")[:64]
        session = self._sessions.get(key)
        if session is None:
            session = Session()
            self._sessions.put(key, session)
        return session

    def known(self, name: str) -> Session | None:
        """The conversation of that id, if there is one."""
        return self._sessions.get(name[:64])

    def keep(self, exchange: Exchange) -> None:
        """Make an exchange findable by its key."""
        self._exchanges.put(exchange.key, exchange)

    def exchange(self, key: str) -> Exchange | None:
        """A question and answer by the key that its page was given; None if it is forgotten."""
        return self._exchanges.get(key)
