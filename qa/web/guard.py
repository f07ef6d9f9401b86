"""What stands in front of the page and the API: an allow-list, limits, the key and headers. Plain ASGI.

Gradio skips its own check of uploaded files for mounted apps (read in 6.31.0) and then copies any server file
that a JSON value names by ``path`` into its served cache. So here no file route is open and no JSON body of
Gradio's may hold such a value; server.py closes the same hole from the inside.
"""

from __future__ import annotations

import hmac
import json
import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.config import Settings
from qa.web.limits import Rate, client_of, read_body, refusal, replay

GET_EXACT = frozenset(
    {"/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/widget.js", "/widget-demo"}
    | {"/gradio_api/info", "/gradio_api/queue/data"}
)
GET_BELOW = ("/assets/", "/static/", "/ui/", "/gradio_api/heartbeat/")
POST_EXACT = frozenset({"/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset"})
API = "/api/"
ASKS = frozenset({"/api/ask", "/api/ask/stream"})
FREE = frozenset({"/api/health", "/api/openapi.json", "/api/docs"})
"""Neither key nor rate: what says that the server lives, and how it is used."""
PAGE_OWN = "/api/page/"
"""The page's own endpoints: for no other site, and without a key."""
READS_A_QUESTION = 10
"""So many readings are allowed to a client for each question."""
MAX_DEPTH = 20

_ODD_PATH = re.compile(r"\.\.|//|\\|%|[\x00-\x1f]")


def content_policy(origins: tuple[str, ...] = ()) -> str:
    """The Content-Security-Policy; ``origins`` may show the page in a frame."""
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self'",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            " ".join(("frame-ancestors 'self'", *origins)),
        )
    )


def headers_for(origins: tuple[str, ...] = ()) -> dict[str, str]:
    """What every response carries."""
    return {
        "Content-Security-Policy": content_policy(origins),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }


class Guard:
    """Refuses what neither page nor API is asked for. ``is_full``: the page's queue takes no more questions."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        *,
        is_full: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._settings = settings
        self._is_full = is_full
        self._asks = Rate(settings.rate_limit, clock)
        self._reads = Rate(settings.rate_limit * READS_A_QUESTION, clock)
        shown = headers_for(settings.widget_origins)
        self._headers = [(name.lower().encode(), value.encode()) for name, value in shown.items()]
        # Only the API is for other origins, and a refusal too must be readable there.
        self._api: ASGIApp = CORSMiddleware(
            self._api_call,
            allow_origins=settings.widget_origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Content-Type", "Authorization", "X-API-Key"),
            allow_private_network=True,
            expose_headers=("Retry-After",),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no websocket is served: an unanswered scope is refused by the server
            return
        path = scope["path"]
        # no-cors requests of other sites get neither data nor pages into their process.
        shared = path in ("/widget.js", "/api/health")
        own = [
            *self._headers,
            (b"cross-origin-resource-policy", b"cross-origin" if shared else b"same-origin"),
        ]
        if path.startswith(API):
            own.append((b"cache-control", b"no-store"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in own}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
                message = {**message, "headers": [*kept, *own]}
            await send(message)

        if not is_allowed(scope["method"], path):
            gone = refusal(404, "没有这个地址", for_gradio=scope["method"] == "POST")
            await gone(scope, receive, send_with_headers)
        elif path.startswith(API):
            await self._api(scope, receive, send_with_headers)
        elif scope["method"] == "POST":
            await self._post(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)

    # -------------------------------------------------------------- the page

    async def _post(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive, self._settings.max_body_kb * 1024)
        refused = _too_large(for_gradio=True) if body is None else _check_json(body)
        if refused is None and scope["path"].endswith("/join"):
            if wait_s := self._asks.wait_s(client_of(scope)):
                refused = _too_often(wait_s, for_gradio=True)
            elif self._is_full():
                refused = refusal(429, "现在提问的人太多，请稍后再试", retry_after_s=5, for_gradio=True)
        if refused is not None:
            await refused(scope, receive, send)
            return
        await self._app(scope, replay(body or b"", receive), send)

    # -------------------------------------------------------------- the API

    async def _api_call(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._api_refusal(scope, Headers(scope=scope))
        if refused is None and scope["method"] not in ("GET", "HEAD"):
            body = await read_body(receive, self._settings.max_body_kb * 1024)
            refused = _too_large() if body is None else None
            receive = replay(body or b"", receive)
        await (refused or self._app)(scope, receive, send)

    def _api_refusal(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        path = scope["path"]
        if path in FREE:
            return None
        origin = headers.get("origin")
        known = origin is None or is_own(headers) or origin in self._settings.widget_origins
        own_only = path.startswith(PAGE_OWN)
        if not known or (own_only and origin is not None and not is_own(headers)):
            return refusal(
                403, f"{origin} 不在允许嵌入的网站名单里（QA_WIDGET_ORIGINS）", code="origin_not_allowed"
            )
        if not own_only and not self._has_key(headers):
            return refusal(401, "需要 API 密钥：请求头 Authorization: Bearer <密钥> 或 X-API-Key")
        rate = self._asks if path in ASKS else self._reads
        wait_s = rate.wait_s(client_of(scope))
        return _too_often(wait_s) if wait_s else None

    def _has_key(self, headers: Headers) -> bool:
        """Whether no key is wanted, or it is there. A wrong key is never let through.

        A browser on the page itself, or on a listed site, has no secret to show and needs none: there its
        own headers say where it is. Programs can write such headers too: the key keeps count of who uses
        the API, it does not close a page that is public.
        """
        wanted = self._settings.api_key
        if not wanted:
            return True
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        given = headers.get("x-api-key") or (bearer.strip() if scheme.lower() == "bearer" else "")
        if given:
            return hmac.compare_digest(given.encode(), wanted.reveal().encode())
        return is_own(headers) or headers.get("origin") in self._settings.widget_origins


def is_own(headers: Headers) -> bool:
    """Whether a browser says that the request comes from a page of this server."""
    if headers.get("sec-fetch-site") == "same-origin":
        return True
    where = urlsplit(headers.get("origin", "")).netloc
    return bool(where) and where == headers.get("host")


def is_allowed(method: str, path: str) -> bool:
    """Whether page or API are ever asked for this. ``path`` is already percent-decoded once."""
    if _ODD_PATH.search(path):
        return False
    if path.startswith(API):
        return True  # its own routes say what there is, and which method
    if method in ("GET", "HEAD"):
        return path in GET_EXACT or path.startswith(GET_BELOW)
    return method == "POST" and path in POST_EXACT


def has_file(value: object, depth: int = 0) -> bool:
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
        return refusal(400, "请求格式不对", for_gradio=True)
    if not wrong and "data" in value:
        inputs = value["data"]
        wrong = not isinstance(inputs, list) or any(isinstance(item, (dict, list)) for item in inputs)
    return refusal(400, "请求格式不对", for_gradio=True) if wrong else None


def _too_large(*, for_gradio: bool = False) -> JSONResponse:
    return refusal(413, "内容太长，请缩短问题后再发送", for_gradio=for_gradio)


def _too_often(wait_s: float, *, for_gradio: bool = False) -> JSONResponse:
    return refusal(429, "提问太频繁，请稍等一分钟再试", retry_after_s=wait_s, for_gradio=for_gradio)
