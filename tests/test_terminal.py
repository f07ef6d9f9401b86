"""The draft on a terminal is dim and labelled; the answer comes after it."""

from __future__ import annotations

import io

import pytest

from qa.events import Drafted, Event, Finished, Scoped, Sent
from qa.prompt import Prompt
from qa.terminal import shown
from qa.types import Answer, Scope

ANSWER = Answer("", "问", "答【1】。", False, None, "llm")
PROMPT = Prompt("1", (("system", "规则"), ("user", "段落\x1b[2J")), (), 10)


def written(*events: Event, drafts: bool = True, prompts: bool = False) -> str:
    out = io.StringIO()
    assert (
        shown(iter([Scoped(Scope("问")), *events, Finished(ANSWER)]), out, drafts=drafts, prompts=prompts)
        is ANSWER
    )
    return out.getvalue()


def test_shown_draft_grows():
    text = written(Sent(PROMPT, 1), Drafted("甲"), Drafted("甲乙"))
    assert text == "\x1b[2m（语言模型草稿，未核实）\x1b[0m\n\x1b[2m甲\x1b[0m\x1b[2m乙\x1b[0m\n\n"


def test_shown_second_round_is_labelled():
    text = written(Sent(PROMPT, 1), Drafted("甲"), Sent(PROMPT, 2), Drafted("乙"))
    assert "（按核对意见重写，未核实）\x1b[0m\n\x1b[2m乙" in text


def test_shown_without_terminal_is_silent():
    assert written(Sent(PROMPT, 1), Drafted("甲"), drafts=False) == ""


def test_shown_prompt_is_what_was_sent_without_its_escapes():
    text = written(Sent(PROMPT, 1), drafts=False, prompts=True)
    assert text == "—— 第 1 次发给语言模型的内容 ——\n[system]\n规则\n\n[user]\n段落[2J\n\n"


def test_shown_draft_cannot_steer_the_terminal():
    assert "\x1b[2J" not in written(Sent(PROMPT, 1), Drafted("\x1b[2J甲"))


def test_shown_cancelled_events_have_no_answer():
    with pytest.raises(AssertionError):
        shown(iter([Scoped(Scope("问"))]), io.StringIO(), drafts=True, prompts=False)
