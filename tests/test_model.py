"""One request: retries, waiting as asked, limits, what is kept, and that the key is nowhere."""

from __future__ import annotations

import threading
import time

import pytest
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from llm_server import Hang, Status, Text, closed_port, serving

from qa.config import Secret, Settings
from qa.errors import ConfigError, GenerationError
from qa.llm_cache import Kept, TextCache, key_of
from qa.model import REASONS, Speaker, Spent, open_model, without_thoughts

MESSAGES = (("system", "规则"), ("user", "问题"))
KEY = "sk-test-0123456789abcdef"


def speaker(url: str, **changes) -> Speaker:
    settings = Settings(
        llm_base_url=url, llm_model="script", llm_api_key=Secret(KEY), **{"llm_timeout_s": 5, **changes}
    )
    return Speaker(open_model(settings), settings, strict=True)


def told(one: Speaker, *, within: float = 5.0) -> str:
    return [i for i in one.stream(MESSAGES, until=one.now() + within) if isinstance(i, str)][-1]


def kind_of(one: Speaker, *, within: float = 5.0) -> str:
    with pytest.raises(GenerationError) as caught:
        told(one, within=within)
    assert str(caught.value) == REASONS[caught.value.kind]
    return caught.value.kind


def test_stream_grows_and_ends_with_what_it_cost():
    with serving(Text("甲乙丙丁戊己庚辛壬癸")) as server:
        one = speaker(server.url)
        items = list(one.stream(MESSAGES, until=one.now() + 5))
    assert items == ["甲乙丙丁戊己庚", "甲乙丙丁戊己庚辛壬癸", Spent(1000, 40, known=True)]
    assert server.requests[0]["messages"] == [
        {"role": "system", "content": "规则"},
        {"role": "user", "content": "问题"},
    ]


def test_stream_429_waits_as_asked_and_tries_again():
    with serving(Status(429, headers={"Retry-After": "1"}), Text("好")) as server:
        begun = time.monotonic()
        assert told(speaker(server.url)) == "好"
    assert time.monotonic() - begun >= 1.0
    assert len(server.requests) == 2


def test_stream_429_that_asks_for_too_long_is_not_waited_for():
    with serving(Status(429, headers={"Retry-After": "3600"}), Text("好")) as server:
        one = speaker(server.url)
        assert kind_of(one) == "limited"
        with pytest.raises(GenerationError) as caught:
            told(one)
    assert (caught.value.kind, round(caught.value.wait_s)) == ("down", 3600)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 408])
def test_stream_server_error_is_tried_again(status):
    with serving(Status(status), Text("好")) as server:
        assert told(speaker(server.url)) == "好"
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("status", "kind"), [(400, "rejected"), (401, "auth"), (404, "auth"), (422, "rejected")]
)
def test_stream_client_error_is_not_tried_again(status, kind):
    with serving(Status(status), Text("好")) as server:
        assert kind_of(speaker(server.url)) == kind
    assert len(server.requests) == 1


def test_stream_no_retry_once_text_has_come():
    with serving(Text("甲乙丙丁戊己庚辛壬癸", cut=7), Text("好")) as server:
        assert kind_of(speaker(server.url, llm_retries=3)) == "cut"
    assert len(server.requests) == 1


def test_stream_refused_connection():
    assert kind_of(speaker(closed_port(), llm_retries=0)) == "refused"


def test_stream_time_is_for_all_attempts():
    with serving(Hang()) as server:
        begun = time.monotonic()
        assert kind_of(speaker(server.url, llm_retries=5), within=1.0) == "timeout"
    assert time.monotonic() - begun < 3.0
    assert len(server.requests) == 1


def test_stream_rejected_question_does_not_stop_the_next():
    with serving(Status(400), Text("好")) as server:
        one = speaker(server.url)
        assert kind_of(one) == "rejected"
        assert told(one) == "好"


def test_stream_concurrency_is_limited():
    with serving(Hang()) as server:
        one = speaker(server.url, llm_concurrency=1, llm_timeout_s=30)
        cancel = threading.Event()

        def first() -> None:
            with pytest.raises(GenerationError):
                list(one.stream(MESSAGES, until=one.now() + 30, cancel=cancel))

        thread = threading.Thread(target=first)
        thread.start()
        while not server.requests:
            time.sleep(0.02)
        assert kind_of(one, within=0.3) == "busy"
        cancel.set()
        thread.join(timeout=10)
        assert not thread.is_alive()
    assert len(server.requests) == 1


def test_open_model_without_endpoint():
    with pytest.raises(ConfigError, match="QA_LLM_BASE_URL"):
        open_model(Settings())


def test_open_model_hides_the_key():
    settings = Settings(llm_base_url="http://127.0.0.1:9/v1", llm_model="m", llm_api_key=Secret(KEY))
    assert KEY not in repr(open_model(settings)) + repr(settings) + str(settings.llm_api_key)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("答", "答"),
        ("<think>想</think>\n答", "答"),
        ("<think>想", ""),
        ("<think>一</think>甲<think>二</think>乙", "甲乙"),
    ],
)
def test_without_thoughts(text, left):
    assert without_thoughts(text) == left


def test_stream_puts_halves_of_a_character_together():
    """Some servers send the two halves of an emoji in two pieces; a lone half could not be written down."""
    one = Speaker(FakeListChatModel(responses=["好\ud83d\ude00，增长\udc00"]), Settings())
    texts = [item for item in one.stream(MESSAGES, until=one.now() + 5) if isinstance(item, str)]
    assert texts[1:3] == ["好\ufffd", "好😀"]
    assert texts[-1] == "好😀，增长\ufffd"


def test_cache_keeps_by_content(tmp_path):
    cache = TextCache(tmp_path / "deep" / "texts.sqlite")
    key = key_of("m", 100, MESSAGES)
    assert cache.get(key) is None
    cache.put(key, Kept("好", 3, 1))
    assert TextCache(tmp_path / "deep" / "texts.sqlite").get(key) == Kept("好", 3, 1)
    others = [key_of("n", 100, MESSAGES), key_of("m", 101, MESSAGES), key_of("m", 100, MESSAGES[:1])]
    assert key not in others and len(set(others)) == 3


def test_cache_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigError, match="QA_LLM_CACHE"):
        TextCache(tmp_path / "file" / "texts.sqlite")
