"""What stands in front of the page: an allow-list, limits and headers. A plain ASGI middleware.

Gradio skips its own check of uploaded files for mounted apps (read in 6.31.0) and then copies any server file
that a JSON value names by ``path`` into its served cache. So here no file route is open and no JSON body may
hold such a value; server.py closes the same hole from the inside.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

GET_EXACT = frozenset(
    {"/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/api/health"}
    | {"/gradio_api/info", "/gradio_api/queue/data"}
)
GET_BELOW = ("/assets/", "/static/", "/ui/", "/api/answers/", "/gradio_api/heartbeat/")
POST_EXACT = frozenset({"/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset"})
MAX_BODY_BYTES = 256 * 1024
MAX_DEPTH = 20
ASKS_PER_MINUTE = 120
"""For each client address; many readers may share one behind a proxy."""

CSP = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_ODD_PATH = re.compile(r"\.\.|//|\\|%|[\x00-\x1f]")


class Guard:
    """Refuses what the page never asks for. ``is_full`` says that no further question can be queued."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        is_full: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._is_full = is_full
        self._rate = _Rate(ASKS_PER_MINUTE, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no websocket is served: an unanswered scope is refused by the server
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in _RAW_HEADERS}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
                message = {**message, "headers": [*kept, *_RAW_HEADERS]}
            await send(message)

        if not is_allowed(scope["method"], scope["path"]):
            await _refuse(404, "没有这个地址")(scope, receive, send_with_headers)
            return
        if scope["method"] == "POST":
            await self._post(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    async def _post(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read(receive)
        refusal = _refuse(413, "内容太长，请缩短问题后再发送") if body is None else _check_json(body)
        if refusal is None and scope["path"].endswith("/join"):
            client = scope.get("client")
            if not self._rate.take(client[0] if client else ""):
                refusal = _refuse(429, "提问太频繁，请稍等一分钟再试")
            elif self._is_full():
                refusal = _refuse(429, "现在提问的人太多，请稍后再试")
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await self._app(scope, _replay(body or b"", receive), send)


def is_allowed(method: str, path: str) -> bool:
    """Whether the page ever makes this request. ``path`` is already percent-decoded once."""
    if _ODD_PATH.search(path):
        return False
    if method in ("GET", "HEAD"):
        return path in GET_EXACT or path.startswith(GET_BELOW)
    return method == "POST" and path in POST_EXACT


def has_file(value: Any, depth: int = 0) -> bool:
    """Whether a JSON value names a file anywhere in Gradio's forms, or is too deep to be one of ours."""
    if depth > MAX_DEPTH:
        return True
    if isinstance(value, dict):
        if any(name in value for name in ("path", "meta", "_type", "orig_name", "url")):
            return True
        return any(has_file(item, depth + 1) for item in value.values())
    return isinstance(value, list) and any(has_file(item, depth + 1) for item in value)


def _check_json(body: bytes) -> JSONResponse | None:
    """None if the body is one that the page sends: an object without files whose inputs are plain values."""
    try:
        value = json.loads(body)
        wrong = not isinstance(value, dict) or has_file(value)
    except (ValueError, RecursionError):
        return _refuse(400, "请求格式不对")
    if not wrong and "data" in value:
        inputs = value["data"]
        wrong = not isinstance(inputs, list) or any(isinstance(item, (dict, list)) for item in inputs)
    return _refuse(400, "请求格式不对") if wrong else None


async def _read(receive: Receive) -> bytes | None:
    """The body, or None as soon as it is over the limit."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY_BYTES:
            return None
        more = message.get("more_body", False)
    return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives the body once more, then what really comes (the disconnect)."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _refuse(status: int, message: str) -> JSONResponse:
    return JSONResponse({"detail": message}, status_code=status)


class _Rate:
    """Token buckets by client address, refilled evenly; the least recent of many addresses are forgotten."""

    def __init__(self, per_minute: int, clock: Callable[[], float], clients: int = 10_000) -> None:
        self._per_minute, self._clock, self._clients = per_minute, clock, clients
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> bool:
        now = self._clock()
        left, then = self._left.pop(client, (float(self._per_minute), now))
        left = min(float(self._per_minute), left + (now - then) * self._per_minute / 60)
        allowed = left >= 1 or math.isclose(left, 1)
        self._left[client] = (left - 1 if allowed else left, now)
        if len(self._left) > self._clients:
            self._left.popitem(last=False)
        return allowed
