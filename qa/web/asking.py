"""Asking over HTTP: the body, the answer as JSON, and the answer as server-sent events.

A question runs in a thread of the line; what happens comes back through a queue. Who goes away cancels it.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError
from starlette.responses import Response, StreamingResponse

from qa.config import Settings
from qa.events import Drafted, Event, Finished, Scoped, Sent
from qa.tables import place_named
from qa.text import has_half_character
from qa.types import Answer, Turn
from qa.web.desk import Asked
from qa.web.limits import BusyError, Line
from qa.web.refusals import ApiError, as_api_error

KEEP_ALIVE_S = 15.0
FIRST_S = 1.0
"""So long an error may take to be told by the HTTP status; afterwards it is an event."""
DRAFT_GAP_S = 0.15
"""Between two drafts: a reader sees no more than six a second."""
MAX_TURN_CHARS = 20_000


def _whole(text: str) -> str:
    """JSON can name half of a character; such a text can be neither searched nor written."""
    if has_half_character(text):
        raise PydanticCustomError("half_character", "half a character")
    return text


Text = Annotated[str, AfterValidator(_whole)]


class TurnBody(BaseModel):
    """One message of the conversation so far."""

    model_config = ConfigDict(extra="forbid", title="Turn")

    role: Literal["user", "assistant"]
    content: Text = Field(max_length=MAX_TURN_CHARS)


class AskBody(BaseModel):
    """A question. Nothing else can be said: prompts, models and limits are the server's."""

    model_config = ConfigDict(
        extra="forbid",
        title="Question",
        json_schema_extra={"example": {"question": "2023年地区生产总值增长多少？", "years": [2024]}},
    )

    question: Text = Field(description="要问的话")
    history: list[TurnBody] = Field(default=[], description="之前的对话，先后为序；“那……呢？”据此补全")
    places: list[Annotated[Text, Field(max_length=50)]] = Field(
        default=[], max_length=100, description="只看这些地方的报告"
    )
    years: list[Annotated[int, Field(ge=1900, le=2200)]] = Field(
        default=[], max_length=100, description="只看这些年作的报告"
    )
    mode: Literal["extract", "llm"] | None = Field(
        default=None, description="extract 摘录，llm 由语言模型作答（要服务器设了模型）；默认由服务器定"
    )


Item = Event | Exception | None
"""An event, the error that ended it, or None: it was cancelled."""


class Asking:
    """One question on its way. ``cancel`` may be called at any time, also twice."""

    def __init__(self, body: AskBody, open_it: Callable[[], Asked], line: Line) -> None:
        self._body, self._open = body, open_it
        self._loop = asyncio.get_running_loop()
        self._items: asyncio.Queue[Item] = asyncio.Queue()
        self._held: list[Item] = []
        self._stop = threading.Event()
        try:
            self._future: Future[None] = line.submit(self._work)
        except BusyError as exc:
            raise ApiError(
                429, "busy", "现在提问的人太多，请稍后再试", retry_after_s=exc.retry_after_s
            ) from None

    def cancel(self) -> None:
        """Break off the answer; a question that still waits in the line leaves it."""
        self._stop.set()
        self._future.cancel()

    async def next(self) -> Item:
        """What happens next; of drafts that came meanwhile only the newest, which replaces the others."""
        item = self._held.pop() if self._held else await self._items.get()
        while isinstance(item, Drafted) and not self._items.empty():
            following = self._items.get_nowait()
            if not isinstance(following, Drafted):
                self._held.append(following)
                break
            item = following
        return item

    def _work(self) -> None:
        try:
            for event in self._events():
                if self._stop.is_set():
                    return
                self._put(event)
                if isinstance(event, Finished):
                    return
            self._put(None)
        except Exception as exc:
            self._put(exc)

    def _events(self) -> Iterator[Event]:
        assistant = self._open()
        body = self._body
        known = [info.place for info in assistant.index.reports]
        return assistant.events(
            body.question,
            tuple(Turn(turn.role, turn.content) for turn in body.history),
            places=[_place(known, name) for name in body.places],
            years=tuple(body.years),
            mode=body.mode,
            cancel=self._stop,
        )

    def _put(self, item: Item) -> None:
        try:
            self._loop.call_soon_threadsafe(self._items.put_nowait, item)
        except RuntimeError:  # the loop is closed: nobody listens
            self._stop.set()


def _place(known: Sequence[str], name: str) -> str:
    place = place_named(known, name)
    if place is None:
        there = "、".join(dict.fromkeys(known)) or "（空）"
        raise ApiError(422, "unknown_place", f"没有一个地区对应“{name}”：有 {there}")
    return place


# ------------------------------------------------------------------ answering


async def answered(asking: Asking, request: Request) -> Response:
    """The verified answer as JSON, the bytes of ``govqa ask --json``. Raises: what the question raised."""
    gone = asyncio.create_task(_gone(request))
    try:
        while True:
            coming = asyncio.create_task(asking.next())
            await asyncio.wait({gone, coming}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                coming.cancel()
                return Response(status_code=499)  # nobody reads it
            item = coming.result()
            if isinstance(item, Exception):
                raise as_api_error(item)
            if item is None:
                return Response(status_code=499)
            if isinstance(item, Finished):
                return Response(answer_json(item.answer) + "\n", media_type="application/json")
    finally:
        gone.cancel()
        asking.cancel()


async def streamed(asking: Asking) -> StreamingResponse:
    """The answer as server-sent events. Raises: what the question raised within the first moment."""
    coming = asyncio.create_task(asking.next())
    try:
        await asyncio.wait({coming}, timeout=FIRST_S)
        if coming.done() and isinstance(first := coming.result(), Exception):
            raise as_api_error(first)
    except BaseException:
        coming.cancel()
        asking.cancel()
        raise
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_told(asking, coming), media_type="text/event-stream", headers=headers)


async def _told(asking: Asking, coming: asyncio.Task[Item]) -> AsyncIterator[str]:
    try:
        while True:
            await asyncio.wait({coming}, timeout=KEEP_ALIVE_S)
            if not coming.done():
                yield ": keep-alive\n\n"
                continue
            item = coming.result()
            if item is None:
                return
            yield sse(item)
            if isinstance(item, (Finished, Exception)):
                return
            if isinstance(item, Drafted):
                await asyncio.sleep(DRAFT_GAP_S)
            coming = asyncio.create_task(asking.next())
    finally:
        coming.cancel()
        asking.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


# ------------------------------------------------------------------ wording


def answer_json(answer: Answer) -> str:
    """An answer as the command line prints it."""
    return json.dumps(answer.to_dict(), ensure_ascii=False)


def sse(item: Event | Exception) -> str:
    """One server-sent event; JSON holds no line break, so each is one line of data."""
    match item:
        case Scoped(scope):
            return _event("scope", json.dumps(asdict(scope), ensure_ascii=False))
        case Sent(_, number):
            # What goes to the model beside the evidence stays here: prompts are the server's.
            evidence = item.to_dict()["evidence"]
            return _event("evidence", json.dumps({"round": number, "evidence": evidence}, ensure_ascii=False))
        case Drafted(text):
            return _event("text", json.dumps({"verified": False, "text": text}, ensure_ascii=False))
        case Finished(answer):
            return _event("answer", answer_json(answer))
    error = as_api_error(item)
    told = {"error": {"code": error.code, "message": error.message}}
    return _event("error", json.dumps(told, ensure_ascii=False))


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"


def check_limits(body: AskBody, settings: Settings, *, foreign: bool) -> None:
    """Raises: ApiError for a body over the limits of the settings, or a mode that a foreign page chose."""
    limit = settings.max_question_chars
    if not body.question.strip():
        raise ApiError(
            422, "invalid_question", "问题是空的：请输入一个问题，例如“2023年地区生产总值增长多少？”"
        )
    if len(body.question) > limit:
        raise ApiError(
            422, "invalid_question",
            f"问题太长：最多 {limit} 个字，现在是 {len(body.question)} 个字，请缩短后再问",
        )  # fmt: skip
    if len(body.history) > settings.max_history:
        raise ApiError(
            422, "invalid_request",
            f"history 太长：最多 {settings.max_history} 条，现在是 {len(body.history)} 条，请只带最近的对话",
        )  # fmt: skip
    if foreign and body.mode is not None:
        raise ApiError(403, "forbidden", "mode 由服务器决定：从别的网站提问时请不要写 mode")
