"""The desk that opens an index, starter questions, and the conversations it remembers."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from fake_assistant import FakeAssistant, FakeIndex, an_answer

from qa.config import Settings
from qa.errors import IndexMissingError
from qa.web.desk import MAX_STARTERS, Desk, starters
from qa.web.sessions import MAX_EXCHANGES, Context, Exchange, Memory, Recent, Session


def test_starters_come_from_rows() -> None:
    assert starters(FakeIndex()) == [
        "云山市2022年地区生产总值增长多少？",
        "海棠市2023年一般公共预算收入的目标是多少？",
        "海棠市2022年固定资产投资增长多少？",
        "2022年地区生产总值增长多少？",
    ]


@pytest.mark.parametrize(("places", "count"), [((), 0), (("云山市",), 3)])
def test_starters_few_reports(places: tuple[str, ...], count: int) -> None:
    assert len(starters(FakeIndex(places))) == count


def test_desk_opens_when_the_index_appears() -> None:
    tries: list[Any] = [IndexMissingError("无"), FakeAssistant(FakeIndex(())), None]

    def opener() -> Any:
        outcome = tries.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    desk = Desk(opener)
    with pytest.raises(IndexMissingError, match=r"^无$"):
        desk.assistant()
    with pytest.raises(IndexMissingError, match="索引里还没有报告"):
        desk.assistant()
    assert tries == [None]


def test_desk_shows_the_index_without_opening_the_assistant() -> None:
    def opener() -> Any:
        raise AssertionError("opened")

    assert len(Desk(opener, FakeIndex).library().reports) == 2
    with pytest.raises(IndexMissingError, match="索引里还没有报告"):
        Desk(opener, lambda: FakeIndex(())).library()


def test_session_turns_leave_notices_out() -> None:
    session = Session()
    assert session.finish(session.begin(), Exchange("问一", "", "", an_answer("答一")))
    assert session.finish(session.begin(), Exchange("问二", "", "提示", None))
    assert [(turn.role, turn.content) for turn in session.turns()] == [
        ("user", "问一"),
        ("assistant", "答一"),
    ]


def test_session_drops_stopped_and_overtaken_answers() -> None:
    session = Session()
    first = session.begin()
    second = session.begin()
    assert not session.finish(first, Exchange("一", "", "", None))
    session.running = None
    assert not session.finish(second, Exchange("二", "", "", None))
    assert session.exchanges == []


def test_session_keeps_the_latest_exchanges() -> None:
    session = Session()
    for n in range(MAX_EXCHANGES + 2):
        session.finish(session.begin(), Exchange(str(n), "", "", None))
    assert [e.question for e in (session.exchanges[0], session.exchanges[-1])] == [
        "2",
        str(MAX_EXCHANGES + 1),
    ]


def test_recent_forgets_by_number_and_by_time() -> None:
    now = 0.0
    recent: Recent[int] = Recent(2, 10, lambda: now)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert (recent.get("b"), recent.get("a")) == (None, 1)
    now = 10.5
    assert recent.get("a") is None


def test_memory_gives_each_answer_by_its_key() -> None:
    memory = Memory()
    first, second = (Exchange(name, "", "", None, key=name) for name in ("a", "b"))
    memory.keep(first)
    memory.keep(second)
    assert (memory.exchange("a"), memory.exchange("b"), memory.exchange("x")) == (first, second, None)
    assert memory.session("s") is memory.session("s") is not memory.session("t")


def test_stop_waits_for_what_is_on_its_way_to_the_page() -> None:
    session = Session()
    session.on_its_way.acquire()
    stopping = threading.Thread(target=session.stop)
    stopping.start()
    assert session.cancel.wait(5), "the answer is told at once"
    assert stopping.is_alive(), "the page is told once the draft has arrived"
    session.on_its_way.release()
    stopping.join(5)
    assert not stopping.is_alive()


def test_stopped_answer_ends_by_changing_nothing() -> None:
    import gradio as gr  # brings huggingface_hub, which reads whether it may go online only once

    from qa.web.page import Page

    page = Page(Desk(FakeAssistant), Settings())
    session = Session()
    updates = page._answering("草稿", session, Context())
    assert "正在查找" in next(updates)[2][-1]["content"]
    assert "未核实" in next(updates)[2][-1]["content"]
    session.running = None
    session.cancel.set()
    assert list(updates) == [tuple(gr.skip() for _ in range(3 + MAX_STARTERS))]
    assert not session.on_its_way.locked()
