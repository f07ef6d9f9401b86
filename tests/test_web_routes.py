"""What the page's scripts fetch and post: reports, comparison, commitments, answers, opinions, downloads."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from fake_assistant import PARAGRAPHS, SECTION, FakeAssistant, FakeIndex, citation, start_of
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa.config import Settings
from qa.errors import IndexMissingError, StoreError
from qa.types import Answer, Generation, Scope, Struck
from qa.web import routes
from qa.web.copies import answer_copy, answer_text, conversation_json, conversation_markdown
from qa.web.desk import Desk
from qa.web.feedback import Feedback, Opinion
from qa.web.markup import answer_markdown, draft_markdown, escape, named
from qa.web.reader import card
from qa.web.sessions import Context, Exchange, Memory, Session, read_context
from qa.web.tabs import comparison, indicators

ANSWER = Answer(
    "0",
    "问",
    "云山市2022年增长6.1%【1】。",
    False,
    None,
    "extract",
    (citation(1, "云山市", 2, "增长6.1%", last=True),),
    scope=Scope(question="问", years=(2022,), kind="actual", report_ids=("2023-云山市",)),
)
CONVERSATION = "c" * 32


class Page:
    """The routes over a fake desk, with one conversation of two exchanges in memory."""

    def __init__(self, folder: Path, desk: Desk | None = None) -> None:
        self.memory = Memory()
        self.feedback = folder / "opinions" / "feedback.sqlite"
        settings = Settings(feedback=self.feedback)
        app = FastAPI()
        app.include_router(routes.router(desk or Desk(FakeAssistant), self.memory, settings))
        self.client = TestClient(app)
        session = self.memory.session(CONVERSATION)
        for exchange in (Exchange("问", "问", "答", ANSWER, "k1", "2030-01-02T03:04:05+08:00"),
                         Exchange("出错", "出错", "提示", None, "k2")):  # fmt: skip
            self.memory.keep(exchange)
            session.finish(session.begin(), exchange)

    def get(self, path: str, **query: object) -> httpx.Response:
        return self.client.get(f"/api/page/{path}", params=query)

    def say(self, **body: object) -> httpx.Response:
        return self.client.post("/api/page/feedback", json=body)

    def opinions(self) -> list[tuple[str, ...]]:
        with sqlite3.connect(self.feedback) as db:
            rows = db.execute("SELECT answer_key, vote, comment, question FROM feedback").fetchall()
        db.close()
        return rows


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    made = Page(tmp_path)
    yield made
    made.client.close()


# ------------------------------------------------------------------ reports


def test_reports_tell_what_there_is_and_no_path(page: Page) -> None:
    told = page.get("reports").json()
    assert [(item["place"], item["paragraphs"], item["commitments"]) for item in told["reports"]] == [
        ("云山市", 5, 2),
        ("海棠市", 5, 2),
    ]
    assert "secret" not in json.dumps(told)
    assert told["reports"][0]["file"] == "<img src=x onerror=window.hacked=3>.txt"


@pytest.mark.parametrize(
    ("error", "notice"), [(IndexMissingError("无"), "no_index"), (StoreError("坏 /root/x"), "broken")]
)
def test_reports_without_an_index_say_what_to_do(tmp_path: Path, error: Exception, notice: str) -> None:
    def opener() -> FakeAssistant:
        raise error

    page = Page(tmp_path, Desk(opener))
    told = page.get("reports").json()
    assert (told["reports"], told["notice"]) == ([], notice)
    assert "/root" not in json.dumps(told)
    if notice == "no_index":
        assert told["command"].startswith("python ingest.py")
        assert page.get("indicators").status_code == 503


def test_report_has_every_paragraph_with_its_section(page: Page) -> None:
    told = page.get("report", id="2023-云山市").json()
    assert [item["text"] for item in told["text"]] == list(PARAGRAPHS)
    assert told["text"][1] | {"text": ""} == {
        "n": 2,
        "start": start_of(2),
        "text": "",
        "section": list(SECTION),
    }
    assert page.get("report", id="2023-别处").status_code == 404


def test_card_has_quote_and_neighbours() -> None:
    told = card(citation(1, "云山市", 2, "增长6.1%", last=True), FakeIndex())
    assert told["before"] + told["quote"] + told["after"] == PARAGRAPHS[1]
    assert (told["previous"], told["next"]) == (PARAGRAPHS[0], PARAGRAPHS[2])
    assert told["before"].count("增长6.1%") == 1


@pytest.mark.parametrize("number", [1, 5])
def test_card_at_the_ends_has_one_neighbour(number: int) -> None:
    told = card(citation(1, "云山市", number, PARAGRAPHS[number - 1]), FakeIndex())
    assert [told["previous"] is None, told["next"] is None] == [number == 1, number == 5]


def test_card_of_a_changed_report_shows_the_cited_text_alone() -> None:
    cited = replace(citation(1, "云山市", 2, "增长6.1%"), paragraph_text="旧文：增长6.1%。")
    told = card(cited, FakeIndex())
    assert (told["before"], told["quote"], told["after"]) == ("旧文：", "增长6.1%", "。")
    assert told["previous"] is told["next"] is None


# ------------------------------------------------------------------ comparison


def test_indicators_common_ones_first() -> None:
    assert [(item["name"], item["reports"], item["values"]) for item in indicators(FakeIndex())] == [
        ("地区生产总值", 2, 4),
        ("一般公共预算收入", 2, 2),
        ("固定资产投资", 2, 2),
        ("外贸进出口总额", 1, 1),
    ]


def test_comparison_has_actual_and_target_with_their_spans(page: Page) -> None:
    told = page.get("compare", indicator="GDP").json()
    assert (told["indicator"], told["measure"], told["family"]) == ("地区生产总值", "增速", "percent")
    row = told["rows"][0]
    assert [row[kind]["shown"] for kind in ("actual", "target")] == ["6.1%", "7%左右"]
    assert [row[kind]["base"] for kind in ("actual", "target")] == [6.1, 7.0]
    text = "\n".join(PARAGRAPHS)
    assert text[row["target"]["start"] : row["target"]["end"]] == "地区生产总值增长7%左右"
    assert row["target"]["paragraph"] == 4


def test_comparison_shows_silent_reports() -> None:
    rows = comparison(FakeIndex(), "外贸进出口总额")["rows"]
    assert [(row["place"], row["actual"] is None, row["target"]) for row in rows] == [
        ("云山市", True, None),
        ("海棠市", False, None),
    ]


def test_comparison_of_an_unknown_indicator_says_why(page: Page) -> None:
    told = page.get("compare", indicator="不存在的指标").json()
    assert told["reason"].startswith("没有符合条件的结果")
    assert told["measures"] == []


def test_comparison_csv_has_a_row_a_value(page: Page) -> None:
    response = page.get("compare.csv", indicator="地区生产总值", measure="增速")
    assert unquote(response.headers["content-disposition"]).endswith("''指标对比-地区生产总值.csv")
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert [(row["place"], row["kind"], row["value"], row["comparator"]) for row in rows] == [
        ("云山市", "actual", "6.1", ""),
        ("云山市", "target", "7", "左右"),
        ("海棠市", "actual", "6.1", ""),
        ("海棠市", "target", "7", "左右"),
    ]


# ------------------------------------------------------------------ commitments


@pytest.mark.parametrize(
    ("query", "count"),
    [({}, 4), ({"place": "云山"}, 2), ({"kind": "新建"}, 2), ({"text": "大道"}, 2), ({"sector": "教育"}, 4),
     ({"year": 2023}, 4), ({"place": "海棠市", "text": "学校"}, 1), ({"text": "机场"}, 0)],
)  # fmt: skip
def test_commitments_are_filtered(page: Page, query: dict[str, object], count: int) -> None:
    told = page.get("commitments", **query).json()
    assert (told["total"], len(told["rows"]), bool(told["reason"])) == (count, count, count == 0)


def test_commitments_point_to_their_span(page: Page) -> None:
    row = page.get("commitments", text="学校").json()["rows"][0]
    assert "\n".join(PARAGRAPHS)[row["start"] : row["end"]] == row["text"] == "新建学校2所"
    assert (row["paragraph"], row["kind"], row["sector"]) == (5, "新建", "教育")


def test_commitments_come_in_pages(page: Page) -> None:
    told = page.get("commitments", offset=3).json()
    assert (told["total"], len(told["rows"])) == (4, 1)
    assert page.get("commitments", offset=-1).status_code == 422


def test_commitments_csv_is_all_of_them(page: Page) -> None:
    response = page.get("commitments.csv", place="云山市")
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert [row["text"] for row in rows] == ["新建学校2所", "开工建设<b>滨江大道</b>"]
    assert response.headers["content-type"] == "text/csv; charset=utf-8"


# ------------------------------------------------------------------ answers, opinions


def test_answer_has_citations_scope_and_copies(page: Page) -> None:
    told = page.get("answers/k1").json()
    assert told["citations"][0]["quote"] == "增长6.1%"
    assert told["scope"] == {"places": ["云山市"], "years": [2022], "kind": "actual", "indicators": []}
    assert told["text"].startswith("云山市2022年增长6.1%【1】。\n\n引用\n\n【1】云山市2023年政府工作报告，")
    assert told["opinion"] == {"vote": "none", "comment": ""}


def test_answer_forgotten_is_not_found(page: Page) -> None:
    response = page.get("answers/none")
    assert (response.status_code, response.json()["detail"]) == (404, "这条回答已过期，请重新提问")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("政府工作报告", "云山市2023年政府工作报告"),
        ("云山市政府工作报告", "云山市2023年政府工作报告"),
        ("2022年国民经济统计公报", "云山市2022年国民经济统计公报"),
        ("云山市政府工作报告（2023年）", "云山市政府工作报告（2023年）"),
    ],
)
def test_copies_say_whose_report_and_of_which_year(title: str, shown: str) -> None:
    made = hostile()
    cited = replace(made.citations[0], place="云山市", year=2023, title=title, section=(), paragraph=2)
    answer = replace(made, answer="增长【1】。", citations=(cited,))
    assert f"【1】{shown}，第2段" in answer_text(answer)
    assert f"- 【1】{shown}，第2段" in answer_copy(answer)


def test_notice_has_no_copies(page: Page) -> None:
    told = page.get("answers/k2").json()
    assert (told["text"], told["citations"], told["scope"]) == ("", [], None)


def test_opinion_twice_is_one_and_the_last_counts(page: Page) -> None:
    assert page.say(key="k1", vote="up").json() == {"opinion": {"vote": "up", "comment": ""}}
    page.say(key="k1", vote="up")
    page.say(key="k1", vote="down", comment="  数字旧了 ")
    assert page.opinions() == [("k1", "down", "数字旧了", "问")]
    assert page.get("answers/k1").json()["opinion"] == {"vote": "down", "comment": "数字旧了"}
    page.say(key="k1", vote="none")
    assert page.opinions() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [({"key": "x", "vote": "up"}, 404), ({"key": "k1", "vote": "best"}, 422), ({"key": "k1"}, 422),
     ({"key": "k1", "vote": "up", "comment": "长" * 1001}, 422), ({"key": "k1", "vote": "up", "more": 1}, 422)],
)  # fmt: skip
def test_opinion_malformed_is_refused(page: Page, body: dict[str, object], status: int) -> None:
    assert page.say(**body).status_code == status
    assert not page.feedback.exists()


def test_opinion_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = Feedback(tmp_path / "file" / "feedback.sqlite")
    with pytest.raises(StoreError, match="QA_FEEDBACK"):
        store.save(Exchange("问", "", "", ANSWER, "k"), Opinion("up"))
    assert store.of("k") == Opinion("none")


# ------------------------------------------------------------------ copies, downloads


def test_conversation_downloads(page: Page) -> None:
    markdown = page.get("conversation", id=CONVERSATION)
    assert unquote(markdown.headers["content-disposition"]) == "attachment; filename*=UTF-8''政报问答.md"
    assert [line for line in markdown.text.splitlines() if line.startswith("#")] == [
        "# 政报问答",
        "## 问（2030-01-02T03:04:05+08:00）",
        "## 出错",
    ]
    told = page.get("conversation", id=CONVERSATION, form="json").json()["conversation"]
    assert told[0]["answer"] == json.loads(json.dumps(ANSWER.to_dict()))
    assert told[1]["answer"] is None


@pytest.mark.parametrize(
    ("query", "status"), [({"id": "d" * 32}, 404), ({"id": CONVERSATION, "form": "exe"}, 422)]
)
def test_conversation_unknown_is_refused(page: Page, query: dict[str, str], status: int) -> None:
    assert page.get("conversation", **query).status_code == status


PAYLOAD = "<img src=x onerror=alert(1)> ![图](https://evil.example/a.png) [点](javascript:alert(1)) \u202eabc"


def hostile() -> Answer:
    struck = Struck(PAYLOAD, PAYLOAD)
    cited = replace(citation(1, "云山市", 2, "增长6.1%"), quote=PAYLOAD, title=PAYLOAD, section=(PAYLOAD,))
    return replace(
        ANSWER,
        answer=f"{PAYLOAD}【1】",
        citations=(cited,),
        generation=Generation("m", "1", PAYLOAD, (struck,)),
    )


def test_markdown_copy_holds_no_markup_of_others() -> None:
    for text in (answer_copy(hostile()), conversation_markdown([Exchange(PAYLOAD, "", "", hostile())], "题")):
        assert "\u202e" not in text
        assert "\\<img" in text
        for markup in ("<img", "![", "](", "[点"):
            assert text.count(markup) == text.count("\\" + markup)
    assert "\u202e" not in answer_text(hostile())


def test_json_copy_keeps_every_character() -> None:
    told = json.loads(conversation_json([Exchange(PAYLOAD, "", "", hostile())]))
    assert told["conversation"][0]["question"] == PAYLOAD


# ------------------------------------------------------------------ drafts, struck statements


def test_draft_is_labelled_and_its_markers_lead_nowhere() -> None:
    assert draft_markdown("增长<b>9%【1】") == "[语言模型草稿，未核实](#draft)\n\n增长&#60;b&#62;9%【1】"
    assert draft_markdown("a", "en").startswith("[Model draft, unverified](#draft)")


def test_answer_markdown_shows_struck_and_marked_statements() -> None:
    made = Generation("m", "1", "说明", (Struck("甲<b>", "无据"), Struck("乙", "存疑", shown=True)))
    assert answer_markdown(replace(ANSWER, generation=made), "k").split("\n\n")[1:] == [
        "*说明*",
        "- 已删去：~~甲&#60;b&#62;~~ *无据*",
        "- 未核实：乙 *存疑*",
    ]


def test_named_message_carries_its_key() -> None:
    assert named("好。", "k_1") == "好。\n\n[·](#answer-k_1)"


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\u061c", "\u2028", "\u206a", "\ufeff"])
def test_escape_drops_marks_that_turn_text(mark: str) -> None:
    assert escape(f"甲{mark}乙") == "甲乙"


# ------------------------------------------------------------------ conversation


def test_context_is_read_from_the_header() -> None:
    said = {
        "conversation": "a" * 32,
        "places": ["云山市"],
        "years": [2023],
        "kind": "target",
        "lang": "en",
        "keep": 1,
    }
    assert read_context(
        {"x-qa-context": httpx.QueryParams({"x": json.dumps(said)}).get("x") or ""}
    ) == Context("a" * 32, ("云山市",), (2023,), "target", "", "en", 1)


@pytest.mark.parametrize(
    "raw",
    ["", "{", "[]", "%7B", '{"conversation": "../x"}', '{"keep": -1, "kind": "x", "mode": 3, "places": "a"}',
     '{"keep": true, "years": [true, "2023"], "places": [1]}', "[" * 9000],
)  # fmt: skip
def test_context_malformed_is_left_out(raw: str) -> None:
    assert read_context({"x-qa-context": raw}) == Context()


def test_session_question_after_an_edit_replaces_what_followed() -> None:
    session = Session()
    for name in "甲乙丙":
        session.finish(session.begin(), Exchange(name, "", "", None))
    running = session.begin(keep=1)
    assert [exchange.question for exchange in session.exchanges] == ["甲"]
    cancelled = session.cancel
    session.stop()
    assert cancelled.is_set()
    assert not session.finish(running, Exchange("丁", "", "", None))
