"""A chat model as the answerer uses it: a text, streamed, within a time, or a GenerationError that says why not.

The model is any LangChain ``BaseChatModel``; ``open_model`` makes one for an OpenAI-compatible endpoint. The
request runs on an event loop of its own thread, because only there can one that waits be broken off.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.breaker import Breaker
from qa.config import Settings
from qa.errors import ConfigError, GenerationError
from qa.llm_cache import Kept, Message, TextCache, key_of
from qa.text import whole_characters

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel

log = logging.getLogger(__name__)

REASONS = {
    "timeout": "语言模型没有在限定的时间内答完",
    "refused": "连不上语言模型服务",
    "limited": "语言模型服务限制了请求次数（429）",
    "server": "语言模型服务出错",
    "auth": "语言模型服务不接受密钥或地址，请检查 QA_LLM_ 设置",
    "rejected": "语言模型服务不接受这个请求",
    "garbled": "语言模型服务返回的内容读不懂",
    "empty": "语言模型没有给出文字",
    "cut": "语言模型的回答中途断了",
    "too_long": "语言模型的回答过长",
    "busy": "同时请求语言模型的问题太多",
    "down": "语言模型服务刚才不可用，暂停请求",
    "cancelled": "已取消",
}
"""What a user is told, by the kind of a GenerationError; never an endpoint's own words."""

_DOWN = ("timeout", "refused", "limited", "server", "auth")
"""Kinds that open the breaker: the next question would meet the same."""
_AGAIN = ("refused", "limited", "server")
"""Kinds that are tried again within the time, if no text has come yet."""
CHARS_PER_TOKEN = 4
MAX_WAIT_FOR_SLOT_S = 10.0
POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Spent:
    """What one text cost; ``known`` is whether the endpoint said so."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    known: bool = False
    cached: bool = False


def open_model(settings: Settings) -> BaseChatModel:
    """The OpenAI-compatible endpoint of the settings. Loads langchain_openai.

    Raises: ConfigError if no endpoint is set or langchain_openai is not installed.
    """
    if not settings.llm_base_url:
        raise ConfigError("没有设置语言模型：请设 QA_LLM_BASE_URL 和 QA_LLM_MODEL，或用 --mode extract")
    try:
        from langchain_openai.chat_models.base import BaseChatOpenAI
        from pydantic import SecretStr
    except ImportError as exc:
        raise ConfigError("语言模型需要 langchain-openai：请运行 pip install 'govreport-qa[llm]'") from exc
    # BaseChatOpenAI and not ChatOpenAI: that one renames max_tokens, which most other servers then ignore.
    return BaseChatOpenAI(
        model=settings.llm_model,
        base_url=settings.llm_base_url,
        api_key=SecretStr(settings.llm_api_key.reveal() or "none"),
        timeout=settings.llm_timeout_s,
        max_retries=0,
        max_tokens=settings.llm_max_tokens,
        temperature=0,
        stream_usage=True,
        stream_chunk_timeout=None,  # its default of two minutes would cut a longer QA_LLM_TIMEOUT_S short
        use_responses_api=False,
        default_headers={"Connection": "close"},  # an idle connection to a slow server is worth nothing
    )


class Speaker:
    """A chat model with limits. Safe to use from several threads.

    ``strict`` models must say that they ended (finish_reason): a stream without it was cut.
    """

    def __init__(
        self,
        model: BaseChatModel,
        settings: Settings,
        *,
        name: str = "",
        strict: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model = model
        self.name = name or settings.llm_model or type(model).__name__
        self.settings = settings
        self._strict = strict
        self._clock = clock
        self._slots = threading.BoundedSemaphore(settings.llm_concurrency)
        self._breaker = Breaker(settings.llm_cooldown_s, clock=clock)
        self._cache = TextCache(Path(settings.llm_cache).expanduser()) if settings.llm_cache else None

    def now(self) -> float:
        """The clock by which ``until`` is meant, in seconds."""
        return self._clock()

    def stream(
        self, messages: Sequence[Message], *, until: float, cancel: threading.Event | None = None
    ) -> Iterator[str | Spent]:
        """Yield the text so far after each piece, and at the end what it cost.

        ``until`` is the clock's time when it must be done. Closing the iterator, or setting ``cancel``,
        breaks the request off. Raises: GenerationError.
        """
        key = key_of(self.name, self.settings.llm_max_tokens, messages)
        kept = self._cache.get(key) if self._cache else None
        if kept is not None:
            yield kept.text
            yield Spent(kept.prompt_tokens, kept.completion_tokens, known=True, cached=True)
            return
        wait = self._breaker.wait_s()
        if wait:
            raise _failure("down", wait_s=wait)
        if not self._slots.acquire(timeout=max(0.0, min(MAX_WAIT_FOR_SLOT_S, until - self._clock()))):
            self._breaker.undecided()
            raise _failure("busy")
        try:
            yield from self._guarded(messages, until, cancel, key)
        finally:
            self._slots.release()

    def _guarded(
        self, messages: Sequence[Message], until: float, cancel: threading.Event | None, key: str
    ) -> Iterator[str | Spent]:
        """Tell the breaker how it went; keep a whole text."""
        ended = "undecided"
        text, spent = "", Spent()
        try:
            for item in self._with_retries(messages, until, cancel):
                if isinstance(item, Spent):
                    spent = item
                else:
                    text = item
                    yield text
            ended = "succeeded"
        except GenerationError as exc:
            log.warning("no answer from the language model: %s", exc)
            ended = "failed" if exc.kind in _DOWN else "undecided" if exc.kind == "cancelled" else "succeeded"
            if ended == "failed":
                self._breaker.failed(exc.wait_s)
            raise
        finally:
            if ended != "failed":
                getattr(self._breaker, ended)()
        if self._cache:
            self._cache.put(key, Kept(text, spent.prompt_tokens, spent.completion_tokens))
        yield spent

    def _with_retries(
        self, messages: Sequence[Message], until: float, cancel: threading.Event | None
    ) -> Iterator[str | Spent]:
        for attempt in range(self.settings.llm_retries + 1):
            text = ""
            try:
                for item in self._attempt(messages, until, cancel):
                    text = item if isinstance(item, str) else text
                    yield item
                return
            except GenerationError as exc:
                wait = exc.wait_s or 0.5 * 2**attempt
                last = attempt == self.settings.llm_retries
                if last or text or exc.kind not in _AGAIN or self._clock() + wait >= until:
                    raise
                log.info("asking again in %.1f s: %s", wait, exc)
                if (cancel or threading.Event()).wait(wait):
                    raise _failure("cancelled") from exc

    def _attempt(
        self, messages: Sequence[Message], until: float, cancel: threading.Event | None
    ) -> Iterator[str | Spent]:
        inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        left = until - self._clock()
        if left <= 0:
            raise _failure("timeout")
        running = asyncio.run_coroutine_threadsafe(_pump(self.model, messages, left, inbox.put), _loop())
        text, spent, finish = "", Spent(), None
        try:
            while (item := _next(inbox, cancel)) is not None:
                if isinstance(item, BaseException):
                    raise self._meaning(item, bool(text)) from item
                text += str(item.text)
                spent = _spent(item) or spent
                finish = item.response_metadata.get("finish_reason") or finish
                if len(text) > self.settings.llm_max_tokens * CHARS_PER_TOKEN:
                    raise _failure("too_long")
                if str(item.text):
                    yield without_thoughts(whole_characters(text))
        finally:
            running.cancel()
        self._check_end(text, finish)
        yield spent

    def _check_end(self, text: str, finish: str | None) -> None:
        if finish == "length":
            raise _failure("too_long")
        if not without_thoughts(text).strip():
            raise _failure("empty")
        if self._strict and finish is None:
            raise _failure("cut")

    def _meaning(self, exc: BaseException, begun: bool) -> GenerationError:
        """Which kind an exception of a client library is. Its words go to the log only, without the key."""
        if isinstance(exc, GenerationError):
            return exc
        said = " ".join(self.settings.llm_api_key.masked(str(exc)).split())[:200]
        log.info("language model: %s: %s", type(exc).__name__, said)
        status = getattr(exc, "status_code", None)
        if isinstance(status, int):
            return _failure(_kind_of(status), wait_s=_retry_after(exc) if status in (429, 503) else 0.0)
        names = {kind.__name__ for kind in type(exc).__mro__}
        if isinstance(exc, TimeoutError) or any("Timeout" in name for name in names):
            return _failure("timeout")
        if names & {"APIConnectionError", "ConnectError", "ConnectionError", "TransportError"}:
            return _failure("cut" if begun else "refused")
        return _failure("cut" if begun else "garbled")


def _failure(kind: str, *, wait_s: float = 0.0) -> GenerationError:
    return GenerationError(REASONS[kind], kind=kind, wait_s=wait_s)


def _kind_of(status: int) -> str:
    if status == 429:
        return "limited"
    if status in (401, 403, 404, 405):
        return "auth"
    return "server" if status >= 500 or status == 408 else "rejected"


def _retry_after(exc: BaseException) -> float:
    """Seconds of a Retry-After header; 0.0 without one (its form as a date is not used by such servers)."""
    headers = getattr(getattr(exc, "response", None), "headers", {})
    found = re.fullmatch(r"\s*(\d{1,6}(?:\.\d+)?)\s*", str(headers.get("retry-after", "")))
    return float(found[1]) if found else 0.0


def _spent(chunk: Any) -> Spent | None:
    usage = getattr(chunk, "usage_metadata", None)
    if not usage:
        return None
    return Spent(int(usage.get("input_tokens", 0)), int(usage.get("output_tokens", 0)), known=True)


_THOUGHT = re.compile(r"<think>.*?(?:</think>\s*|$)", re.S)


def without_thoughts(text: str) -> str:
    """The text without what a reasoning model says to itself first; an open thought hides the rest."""
    return _THOUGHT.sub("", text)


def _next(inbox: queue.SimpleQueue[Any], cancel: threading.Event | None) -> Any:
    """The next item of a request; looks at ``cancel`` while it waits. Raises: GenerationError when set."""
    while True:
        try:
            item = inbox.get(timeout=None if cancel is None else POLL_S)
        except queue.Empty:
            item = _NOTHING
        if cancel is not None and cancel.is_set():
            raise _failure("cancelled")
        if item is not _NOTHING:
            return item


_NOTHING = object()


async def _pump(
    model: BaseChatModel, messages: Sequence[Message], timeout_s: float, put: Callable[[Any], None]
) -> None:
    """Hand over the chunks of a stream, then None or the exception that ended it."""
    end: BaseException | None = None
    try:
        stream: Any = model.astream(list(messages))
        async with asyncio.timeout(timeout_s), aclosing(stream) as chunks:
            async for chunk in chunks:
                put(chunk)
    except asyncio.CancelledError:
        raise
    except Exception as exc:  # whatever a client library raises is classified by the reader
        end = exc
    put(end)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The event loop of all requests, on a thread that ends with the process."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="language-model", daemon=True).start()
    return loop
