"""Limits: how often a client may ask, how many questions run and wait, how much is read of a request.

Also the one shape of an error: {"error": {"code", "message"}}.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from starlette.responses import JSONResponse
from starlette.types import Message, Receive, Scope

T = TypeVar("T")

MAX_CLIENTS = 10_000
MAX_WAIT_S = 60

CODES = {
    400: "bad_request", 401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed",
    413: "too_large", 415: "bad_request", 422: "invalid_request", 429: "too_many_requests",
    500: "internal_error", 503: "unavailable",
}  # fmt: skip


def refusal(
    status: int, message: str, *, code: str = "", retry_after_s: float = 0, for_gradio: bool = False
) -> JSONResponse:
    """An error as all endpoints give it. ``for_gradio`` adds ``detail``, which Gradio's script shows."""
    body: dict[str, object] = {"error": {"code": code or CODES.get(status, "error"), "message": message}}
    if for_gradio:
        body["detail"] = message
    headers = {"Retry-After": str(max(1, math.ceil(retry_after_s)))} if status in (429, 503) else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, status_code=status, headers=headers)


# ------------------------------------------------------------------ rate


class Rate:
    """Token buckets by client, refilled evenly; the least recent of many clients are forgotten."""

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = time.monotonic, clients: int = MAX_CLIENTS
    ) -> None:
        self._per_minute, self._clock, self._clients = per_minute, clock, clients
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: str) -> bool:
        """Whether the client may ask now; 0 a minute is no limit."""
        return self.wait_s(client) == 0

    def wait_s(self, client: str) -> float:
        """Take one and give 0, or take none and give the seconds until there is one."""
        if self._per_minute == 0:
            return 0.0
        full = float(self._per_minute)
        with self._lock:
            now = self._clock()
            left, then = self._left.pop(client, (full, now))
            left = min(full, left + (now - then) * full / 60)
            allowed = left >= 1 or math.isclose(left, 1)
            self._left[client] = (left - 1 if allowed else left, now)
            if len(self._left) > self._clients:
                self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) * 60 / full


def client_of(scope: Scope) -> str:
    """The address that a limit counts; of IPv6 the /64, which one client has whole."""
    found = scope.get("client")
    host = found[0] if found else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host


# ------------------------------------------------------------------ queue


class BusyError(Exception):
    """No further question can wait. ``retry_after_s`` is when one probably can."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("busy")
        self.retry_after_s = retry_after_s


class Line:
    """Runs questions in threads of its own: ``running`` at once, ``waiting`` more in line, no more."""

    def __init__(self, running: int, waiting: int) -> None:
        self._running, self._waiting = running, waiting
        self._pool = ThreadPoolExecutor(running, thread_name_prefix="ask")
        self._lock = threading.Lock()
        self._held = 0
        self._mean_s = 0.5

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Run ``work`` when it is its turn; a future that is cancelled before leaves the line.

        Raises: BusyError.
        """
        with self._lock:
            if self._held >= self._running + self._waiting:
                raise BusyError(min(MAX_WAIT_S, self._mean_s * (1 + self._waiting / self._running)))
            self._held += 1
        try:
            future = self._pool.submit(self._timed, work)
        except RuntimeError as exc:  # closed
            self._leave(None)
            raise BusyError(MAX_WAIT_S) from exc
        future.add_done_callback(self._leave)
        return future

    def _timed(self, work: Callable[[], T]) -> T:
        begun = time.monotonic()
        try:
            return work()
        finally:
            with self._lock:
                self._mean_s += (time.monotonic() - begun - self._mean_s) / 10

    def _leave(self, _done: object) -> None:
        with self._lock:
            self._held -= 1

    @property
    def held(self) -> int:
        """Questions that run or wait."""
        return self._held

    def close(self) -> None:
        """Take no more; whatever runs ends by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)


# ------------------------------------------------------------------ body


async def read_body(receive: Receive, max_bytes: int) -> bytes | None:
    """The body, or None as soon as it is over the limit."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > max_bytes:
            return None
        more = message.get("more_body", False)
    return b"".join(parts)


def replay(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives the body once more, then what really comes (the disconnect)."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
