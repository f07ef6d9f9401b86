"""An OpenAI-compatible chat server on loopback that plays scripts, faults among them.

``with serving(*replies) as server``: the n-th request gets the n-th reply, further ones the last. A reply is
``Text`` (streamed, with the fault its fields say) or ``Status``. ``server.requests`` keeps the JSON bodies and
``server.closed`` counts streams that the client broke off.
"""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

PIECE = 7
"""Characters in one chunk: figures and markers fall across borders."""


@dataclass(frozen=True)
class Text:
    """A streamed text. ``cut`` is how many characters come before the stream stops without an end."""

    text: str
    cut: int | None = None
    finish: str = "stop"
    hang_after: int | None = None
    drop: bool = False
    usage: bool = True


@dataclass(frozen=True)
class Status:
    """An HTTP error, or with status 200 a body that is no stream of ours."""

    status: int
    body: str = '{"error": {"message": "no"}}'
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hang:
    """Nothing, not even headers, until the client goes."""


Reply = Text | Status | Hang


@dataclass
class Server:
    url: str
    replies: tuple[Reply, ...]
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    closed: int = 0

    def next(self) -> Reply:
        return self.replies[min(len(self.requests), len(self.replies)) - 1]


@contextmanager
def serving(*replies: Reply) -> Iterator[Server]:
    """Serve on a free loopback port until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", replies)
    config = uvicorn.Config(_app(server), log_level="critical", timeout_graceful_shutdown=1, lifespan="off")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        running.should_exit = True
        thread.join(timeout=10)
        listener.close()


def closed_port() -> str:
    """The address of a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


def _app(server: Server) -> FastAPI:
    app = FastAPI()

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        server.requests.append(await request.json())
        server.keys.append(request.headers.get("authorization", ""))
        reply = server.next()
        if isinstance(reply, Hang):
            await _until_gone(request, server)
            return PlainTextResponse("")
        if isinstance(reply, Status):
            if reply.status == 200:
                return PlainTextResponse(reply.body, media_type="text/event-stream")
            return JSONResponse(_parsed(reply.body), reply.status, headers=reply.headers)
        return StreamingResponse(_stream(reply, request, server), media_type="text/event-stream")

    return app


def _parsed(body: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body


async def _until_gone(request: Request, server: Server) -> None:
    for _ in range(300):
        if await request.is_disconnected():
            server.closed += 1
            return
        await asyncio.sleep(0.05)


async def _stream(reply: Text, request: Request, server: Server) -> AsyncIterator[str]:
    try:
        async for event in _events(reply, request, server):
            yield event
    except (asyncio.CancelledError, GeneratorExit):  # the framework's way of telling that the client has gone
        server.closed += 1
        raise


async def _events(reply: Text, request: Request, server: Server) -> AsyncIterator[str]:
    sent = 0
    piece = PIECE if len(reply.text) < 5_000 else 1_000
    while sent < len(reply.text):
        if reply.hang_after is not None and sent >= reply.hang_after:
            await _until_gone(request, server)
            return
        if reply.cut is not None and sent >= reply.cut:
            if reply.drop:
                raise ConnectionResetError("the script drops the connection")
            return
        yield _chunk({"content": reply.text[sent : sent + piece]})
        sent += piece
        await asyncio.sleep(0)
    yield _chunk({}, reply.finish)
    if reply.usage:
        usage = {"prompt_tokens": 1000, "completion_tokens": 40, "total_tokens": 1040}
        yield _event({"choices": [], "usage": usage})
    yield "data: [DONE]\n\n"


def _chunk(delta: dict[str, str], finish: str | None = None) -> str:
    return _event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def _event(more: dict[str, Any]) -> str:
    body = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "script", **more}
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
