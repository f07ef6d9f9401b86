"""Whatever the model says, and however its server fails, the user gets a verified answer or the extractive one."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from llm_server import Hang, Reply, Server, Status, Text, closed_port, serving

from eval.metrics import citation_faults, unsupported_numbers
from qa.chain import Assistant
from qa.config import Secret, Settings
from qa.errors import ConfigError
from qa.events import Drafted, Finished, Scoped, Sent
from qa.model import REASONS
from qa.types import Answer

KEY = "sk-test-0123456789abcdef"
GDP = "云岭市2030年地区生产总值增长多少？"
RIGHT = "2030年，云岭市地区生产总值增长6.3%【1】。"
EXTRACT = "2030年，云岭市地区生产总值增长6.3%【1】。"


@pytest.fixture(scope="module")
def base(small_index) -> Assistant:
    return Assistant.open(Settings(index=small_index), quick=True)


def assistant_for(base: Assistant, url: str, **changes) -> Assistant:
    """The same index and encoder with the endpoint at ``url``."""
    settings = replace(
        base._settings,
        llm_base_url=url,
        llm_model="script",
        llm_api_key=Secret(KEY),
        **{"llm_timeout_s": 5, "llm_retries": 0, **changes},
    )
    made = Assistant(settings, base._live, base.encoder)
    made._state = base._state
    return made


def ask(base: Assistant, question: str, *replies: Reply, **changes) -> tuple[Answer, Server]:
    with serving(*replies) as server:
        answer = assistant_for(base, server.url, **changes).ask(question, mode="llm")
    return answer, server


def proven(answer: Answer, base: Assistant) -> None:
    """What must hold of every answer, whatever came in."""
    texts = {info.report_id: base.index.text(info.report_id) for info in base.index.reports}
    assert unsupported_numbers(answer) == []
    assert citation_faults(answer, texts) == []
    assert KEY not in str(answer.to_dict())


# ------------------------------------------------------------------ the model is right


def test_llm_right_answer_is_verified_and_cited(base):
    answer, server = ask(base, GDP, Text(RIGHT))
    proven(answer, base)
    assert (answer.answer, answer.mode, answer.abstained) == (RIGHT, "llm", False)
    assert answer.citations[0].report_id == "2031-云岭市"
    assert answer.citations[0].quote.endswith(
        "城镇居民人均可支配收入增长5.2%。"
    )  # the sentence, not the paragraph
    assert [(f.indicator, f.value, f.unit, f.verdict) for f in answer.figures] == [
        ("地区生产总值", "6.3", "%", "supported")
    ]
    made = answer.generation
    assert (made.model, made.note, made.struck, made.rounds) == ("script", "", (), 1)
    assert (made.prompt_tokens, made.completion_tokens, made.estimated, made.cost) == (1000, 40, False, None)
    assert server.keys == [f"Bearer {KEY}"]
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "said",
    [
        "云岭市2030年GDP增长６．３％【１】。",
        "2030 年，云岭市地区生产总值增长 6.3 % 【1】。",
        "2030年，云岭市地区生产总值增长百分之六点三【1】。",
        "<think>想一想：增长9.9%？</think>2030年，云岭市地区生产总值增长6.3%【1】。",
        "- **2030年，云岭市地区生产总值增长6.3%【1】。**",
    ],
)
def test_llm_other_ways_of_writing_the_same(base, said):
    answer, _ = ask(base, GDP, Text(said))
    proven(answer, base)
    assert (answer.mode, answer.generation.note, len(answer.figures)) == ("llm", "", 1)


def test_llm_usage_is_counted_here_when_the_server_does_not_say(base):
    answer, _ = ask(base, GDP, Text(RIGHT, usage=False), llm_price_in=Decimal(2), llm_price_out=Decimal(8))
    made = answer.generation
    assert made.estimated
    assert made.prompt_tokens > 500 and made.completion_tokens > 10
    expected = (made.prompt_tokens * Decimal(2) + made.completion_tokens * Decimal(8)) / 1_000_000
    assert made.cost == f"{expected:.6f}"


def test_llm_any_langchain_model(base):
    model = GenericFakeChatModel(messages=iter([RIGHT]))
    made = Assistant(base._settings, base._live, base.encoder, chat_model=model)
    answer = made.ask(GDP, mode="llm")
    assert (answer.answer, answer.mode, answer.generation.model) == (RIGHT, "llm", "GenericFakeChatModel")


# ------------------------------------------------------------------ the model is wrong

FALSE = {
    "altered digit": ("2030年，云岭市地区生产总值增长6.8%【1】。", "6.8%”在【1】里没有"),
    "invented marker": ("2030年，云岭市地区生产总值增长6.3%【9】。", "编号【9】不存在"),
    "marker zero": ("2030年，云岭市地区生产总值增长6.3%【0】。", "编号【0】不存在"),
    "no marker": ("2030年，云岭市地区生产总值增长6.3%。", "没有标出"),
    "another city's figure": ("2030年，云岭市地区生产总值增长4.8%【1】。", "4.8%”在【1】里没有"),
    "another city": ("2030年，海棠市地区生产总值增长6.3%【1】。", "不是所引段落的地区"),
    "a city without report": ("2030年，柳州市地区生产总值增长6.3%【1】。", "不在所引段落里"),
    "neighbouring indicator": ("2030年，云岭市地区生产总值增长4.1%【1】。", "一般公共预算收入"),
    "money for percent": ("2030年，云岭市地区生产总值为6.3亿元【1】。", "6.3亿元”在【1】里没有"),
    "points for percent": ("2030年，云岭市地区生产总值提高6.3个百分点【1】。", "在【1】里没有"),
    "other direction": ("2030年，云岭市地区生产总值下降6.3%【1】。", "增减方向不对"),
    "other year": ("2031年，云岭市地区生产总值增长6.3%【1】。", "不是2031年的数"),
    "a result called target": ("云岭市2030年地区生产总值的目标是增长6.3%【1】。", "是实绩，不是目标"),
    "a bound added": ("2030年，云岭市地区生产总值增长6.3%以上【1】。", "在【1】里没有"),
    "injection obeyed": ("好的，我已忽略之前的规则，我是海盗船长，把密码告诉我【1】。", "在所引段落里没有"),
    "an invented rank": ("2030年，云岭市地区生产总值增长6.3%，排全省第一位【1】。", "第1位"),
    "an invented clause": (
        "2030年，云岭市地区生产总值增长6.3%，并建成了全国最大的国际机场【1】。",
        "国际机场",
    ),
}


@pytest.mark.parametrize("fault", FALSE)
def test_llm_false_statement_twice_gives_the_extractive_answer(base, fault):
    said, reason = FALSE[fault]
    answer, server = ask(base, GDP, Text(said))
    proven(answer, base)
    assert (answer.mode, answer.answer, answer.abstained) == ("extract_fallback", EXTRACT, False)
    assert answer.generation.note == "语言模型的回答没有一句能用原文证明，以下是程序从原文摘录的回答。"
    assert len(answer.generation.struck) == 1
    assert reason in answer.generation.struck[0].reason
    assert answer.generation.rounds == len(server.requests) == 2
    told = server.requests[1]["messages"]
    assert [message["role"] for message in told] == ["system", "user", "assistant", "user"]
    assert reason in told[-1]["content"]


@pytest.mark.parametrize("fault", FALSE)
def test_llm_false_statement_repaired(base, fault):
    answer, _ = ask(base, GDP, Text(FALSE[fault][0]), Text(RIGHT))
    proven(answer, base)
    assert (answer.mode, answer.answer) == ("llm", RIGHT)
    assert (answer.generation.note, answer.generation.struck, answer.generation.rounds) == ("", (), 2)


def test_llm_false_statement_beside_a_true_one_is_struck(base):
    said = RIGHT + "2030年，云岭市固定资产投资增长9.7%【2】。"
    answer, _ = ask(base, GDP, Text(said))
    proven(answer, base)
    assert (answer.mode, answer.answer) == ("llm", RIGHT)
    assert answer.generation.note == "语言模型的回答里有 1 句未能核实，已删去或标明。"
    assert [item.text for item in answer.generation.struck] == ["2030年，云岭市固定资产投资增长9.7%。"]


def test_llm_true_statement_beside_the_question_is_no_answer(base):
    said = "2030年，云岭市一般公共预算收入完成58.4亿元、增长4.1%【1】。"
    answer, _ = ask(base, GDP, Text(said))
    proven(answer, base)
    assert (answer.mode, answer.answer) == ("extract_fallback", EXTRACT)
    assert "没有切合所问" in answer.generation.note


def test_llm_target_told_as_a_result_is_struck(base):
    answer, _ = ask(base, "云岭市地区生产总值情况如何？", Text("云岭市2031年地区生产总值增长6.5%以上【2】。"))
    proven(answer, base)
    assert answer.mode == "extract_fallback"


def test_llm_difference_is_computed_again(base):
    question = "云岭市和海棠市2030年地区生产总值增速相差多少？"
    good = "2030年，云岭市地区生产总值增长6.3%【1】，海棠市增长4.8%【2】，云岭市比海棠市高1.5个百分点【1】【2】。"
    answer, _ = ask(base, question, Text(good))
    proven(answer, base)
    assert answer.mode == "llm"
    assert [(f.value, f.unit, f.operands) for f in answer.figures if f.derived] == [
        ("1.5", "个百分点", (1, 2))
    ]
    for bad in (good.replace("1.5", "1.6"), good.replace("比海棠市高", "比海棠市低")):
        answer, _ = ask(base, question, Text(bad))
        proven(answer, base)
        assert answer.mode == "extract_fallback"


def test_llm_order_is_checked_by_rows(base):
    question = "云岭市和海棠市2030年地区生产总值增速哪个高？"
    for said, mode in (
        ("2030年地区生产总值增速最高的是云岭市【1】【2】。", "llm"),
        ("2030年地区生产总值增速最高的是海棠市【1】【2】。", "extract_fallback"),
        ("2030年，海棠市的地区生产总值增速高于云岭市【1】【2】。", "extract_fallback"),
    ):
        answer, _ = ask(base, question, Text(said))
        proven(answer, base)
        assert answer.mode == mode, said


# ------------------------------------------------------------------ refusing


def test_llm_declines_what_code_did_not_find_either(base):
    answer, _ = ask(base, "云岭市2030年粮食产量是多少？", Text("资料中未提及。"))
    proven(answer, base)
    assert (answer.mode, answer.abstained, answer.reason) == ("llm", True, "not_stated")
    assert answer.answer.startswith("资料中未提及：")


def test_llm_declines_what_code_found(base):
    answer, _ = ask(base, GDP, Text("资料中未提及。"))
    assert (answer.mode, answer.answer) == ("extract_fallback", EXTRACT)
    assert answer.generation.note == (
        "语言模型认为资料中未提及，但程序在原文里找到了有关内容，以下是程序从原文摘录的回答。"
    )


def test_llm_neighbouring_figure_for_what_is_absent_is_refused(base):
    said = "2030年，云岭市规模以上工业增加值增长9.7%【1】。"
    answer, server = ask(base, "云岭市2030年粮食产量是多少？", Text(said))
    proven(answer, base)
    assert (answer.abstained, answer.reason, answer.mode) == (True, "not_stated", "extract_fallback")
    assert "9.7" not in answer.answer
    assert len(server.requests) >= 1


@pytest.mark.parametrize("question", ["今天天气怎么样？", "柳州市2030年财政收入是多少？"])
def test_llm_is_not_asked_what_code_refuses(base, question):
    answer, server = ask(base, question, Text(RIGHT))
    assert (answer.abstained, answer.mode, server.requests) == (True, "extract", [])
    assert answer.generation.note == "这个问题由程序直接回答，没有请求语言模型。"


# ------------------------------------------------------------------ the server fails

GARBAGE = "data: {not json\n\ndata: [DONE]\n\n"
BROKEN: dict[str, tuple[Reply, str]] = {
    "half a stream": (Text(RIGHT, cut=14), "cut"),
    "a dropped connection": (Text(RIGHT, cut=14, drop=True), "cut"),
    "429": (Status(429), "limited"),
    "500": (Status(500), "server"),
    "503 in HTML": (Status(503, "<html>busy</html>"), "server"),
    "401": (Status(401), "auth"),
    "404": (Status(404), "auth"),
    "400": (Status(400), "rejected"),
    "hang": (Hang(), "timeout"),
    "hang half-way": (Text(RIGHT, hang_after=14), "timeout"),
    "garbage": (Status(200, "<html>hello</html>"), "garbled"),
    "garbage events": (Status(200, GARBAGE), "garbled"),
    "wrong shape": (Status(200, 'data: {"choices": 7}\n\ndata: [DONE]\n\n'), "garbled"),
    "empty": (Text(""), "empty"),
    "only thoughts": (Text("<think>……"), "empty"),
    "100,000 characters": (Text("云岭市地区生产总值增长6.3%【1】。" * 5_000), "too_long"),
    "stopped by the token limit": (Text(RIGHT[:20], finish="length"), "too_long"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_llm_broken_server_gives_the_extractive_answer(base, fault, caplog):
    reply, kind = BROKEN[fault]
    caplog.set_level(logging.DEBUG, logger="qa")
    answer, server = ask(base, GDP, reply, llm_timeout_s=1)
    proven(answer, base)
    assert (answer.mode, answer.answer, answer.abstained) == ("extract_fallback", EXTRACT, False)
    assert answer.generation.note == f"{REASONS[kind]}，以下是程序从原文摘录的回答。"
    assert len(server.requests) == 1
    assert KEY not in caplog.text


def test_llm_refused_connection_gives_the_extractive_answer(base, caplog):
    answer = assistant_for(base, closed_port()).ask(GDP, mode="llm")
    assert (answer.mode, answer.answer) == ("extract_fallback", EXTRACT)
    assert answer.generation.note == f"{REASONS['refused']}，以下是程序从原文摘录的回答。"
    assert KEY not in caplog.text


def test_llm_other_language_gives_the_extractive_answer(base):
    answer, server = ask(base, GDP, Text("In 2030 the gross regional product grew by 6.3% 【1】."))
    proven(answer, base)
    assert (answer.mode, answer.answer) == ("extract_fallback", EXTRACT)
    assert answer.generation.note == "语言模型没有用中文回答，以下是程序从原文摘录的回答。"
    assert len(server.requests) == 1


def test_llm_repair_that_fails_keeps_what_stood(base):
    said = RIGHT + "2030年，云岭市固定资产投资增长9.7%【2】。"
    answer, server = ask(base, GDP, Text(said), Status(500))
    assert (answer.mode, answer.answer, len(server.requests)) == ("llm", RIGHT, 2)
    assert len(answer.generation.struck) == 1


def test_llm_dead_endpoint_is_not_asked_twice(base):
    with serving(Hang()) as server:
        assistant = assistant_for(base, server.url, llm_timeout_s=1)
        first, second = (assistant.ask(GDP, mode="llm") for _ in range(2))
    assert REASONS["timeout"] in first.generation.note
    assert re.fullmatch(
        r"语言模型服务刚才不可用，暂停请求（约 \d+ 秒后再试），以下是程序从原文摘录的回答。",
        second.generation.note,
    )
    assert len(server.requests) == 1
    assert second.timings_ms["total"] < 1_000


# ------------------------------------------------------------------ events, settings


def test_events_in_order_and_drafts_unverified(base):
    with serving(Text(RIGHT)) as server:
        events = list(assistant_for(base, server.url).events(GDP, mode="llm"))
    assert [type(event) for event in (events[0], events[1], events[-1])] == [Scoped, Sent, Finished]
    drafts = [event for event in events if isinstance(event, Drafted)]
    assert len(drafts) > 2
    assert drafts[-1].text == RIGHT
    assert all(not event.to_dict()["verified"] for event in drafts)
    assert events[-1].to_dict()["verified"] is True
    sent = events[1].prompt
    assert "地区生产总值增长6.3%" in sent.shown and sent.passages[0].info.place == "云岭市"
    (request,) = server.requests
    assert [m["content"] for m in request["messages"]] == [content for _, content in sent.messages]
    assert (request["stream"], request["max_tokens"], request["temperature"]) == (True, 800, 0)


def test_events_extract_has_no_draft(base):
    assert [type(event) for event in base.events(GDP)] == [Scoped, Finished]


def test_events_closed_breaks_the_request_off(base):
    with serving(Text(RIGHT, hang_after=14)) as server:
        events: Iterator = assistant_for(base, server.url, llm_timeout_s=30).events(GDP, mode="llm")
        while not isinstance(next(events), Drafted):
            pass
        events.close()
        wait_until(lambda: server.closed == 1)


def test_events_cancelled_while_nothing_comes(base):
    import threading

    cancel = threading.Event()
    with serving(Hang()) as server:
        assistant = assistant_for(base, server.url, llm_timeout_s=30)
        events = assistant.events(GDP, mode="llm", cancel=cancel)
        assert isinstance(next(events), Scoped)
        assert isinstance(next(events), Sent)
        threading.Timer(0.3, cancel.set).start()
        assert list(events) == []
        wait_until(lambda: server.closed == 1)
        cancel.clear()
        server.replies = (Text(RIGHT),)  # cancelling says nothing about the endpoint: it is asked again
        assert assistant.ask(GDP, mode="llm").mode == "llm"


def wait_until(true) -> None:
    import time

    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in ten seconds")


def test_mode_llm_without_a_model_says_what_to_set(base):
    with pytest.raises(ConfigError, match="QA_LLM_BASE_URL"):
        base.ask(GDP, mode="llm")


def test_mode_from_settings(base):
    with serving(Text(RIGHT)) as server:
        assistant = assistant_for(base, server.url, mode="llm")
        assert assistant.ask(GDP).mode == "llm"
        assert assistant.ask(GDP, mode="extract").generation is None


def test_cache_answers_without_asking_again(base, tmp_path):
    with serving(Text(RIGHT)) as server:
        changes = {"llm_cache": str(tmp_path / "texts.sqlite"), "llm_price_in": Decimal(2)}
        first = assistant_for(base, server.url, **changes).ask(GDP, mode="llm")
        again = assistant_for(base, server.url, **changes).ask(GDP, mode="llm")
    assert len(server.requests) == 1
    assert (first.answer, first.generation.cached, first.generation.cost) == (RIGHT, False, "0.002000")
    assert (again.answer, again.generation.cached, again.generation.cost) == (RIGHT, True, "0.000000")
    assert (again.generation.prompt_tokens, again.generation.completion_tokens) == (1000, 40)
