"""The whole walk over a real index: answers with exact citations, JSON, refusals, follow-ups, threads."""

import json
import re
from copy import deepcopy
from dataclasses import FrozenInstanceError

import pytest
from fakes import FakeEncoder, encoder_source
from langchain_core.runnables import Runnable
from shelf_reports import TEXTS, write_reports

from qa.chain import Assistant
from qa.config import Settings
from qa.conversation import turns_of
from qa.errors import IndexMissingError, QuestionError
from qa.ingest import Request, ingest
from qa.searching import query_of
from qa.store import LiveIndex
from qa.types import Answer, Scope, Turn

GROWTH = "云岭市去年GDP增长多少？"
SAID = "2030年，云岭市地区生产总值增长6.3%【1】。"
QUESTIONS = [
    GROWTH,
    "去年GDP增长多少？",
    "哪个市去年规模以上工业增加值增速最高？",
    "海棠市和云岭市去年GDP增速相差多少？",
    "云岭市今年办好哪四件民生实事？",
    "云岭市今年重点抓哪几项工作？",
    "云岭市开工建设哪条高速公路？",
    "云岭市哪个数字政务平台上线运行？",
    "云岭市去年社会消费品零售总额是多少亿元？",
    "云岭市的政府工作报告是谁作的？",
    "柳州市去年GDP是多少？",
    "今天天气怎么样？",
]


def assistant_of(folder, texts=TEXTS) -> Assistant:
    encoder = FakeEncoder()
    paths = tuple(write_reports(folder / "corpus", texts))
    ingest(folder / "index", Request(paths), encoder=encoder_source(encoder))
    live = LiveIndex(folder / "index", encoder_fingerprint=encoder.fingerprint)
    return Assistant(Settings(index=folder / "index", max_question_chars=100), live, encoder)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return assistant_of(tmp_path_factory.mktemp("chain"))


# ------------------------------------------------------------------ the answer


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_markers_are_exactly_the_citations_in_number(assistant, question):
    answer = assistant.ask(question)
    used = {int(n) for n in re.findall(r"【(\d+)】", answer.answer)}
    assert used == set(range(1, len(answer.citations) + 1))
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_citations_are_the_text(assistant, question):
    for citation in assistant.ask(question).citations:
        text = assistant.index.text(citation.report_id)
        paragraph = assistant.index.paragraphs(citation.report_id)[citation.paragraph - 1]
        assert citation.quote == text[citation.start : citation.end]
        assert citation.paragraph_text == paragraph.text
        assert paragraph.start <= citation.start < citation.end <= paragraph.end
        assert citation.section == paragraph.section


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_figures_point_to_their_citation(assistant, question):
    answer = assistant.ask(question)
    for figure in answer.figures:
        assert 1 <= figure.citation <= len(answer.citations)
        assert figure.verdict == "supported"
        if not figure.derived:
            assert figure.value.lstrip("-") in answer.citations[figure.citation - 1].quote


def test_answer_json_has_exactly_the_keys_of_the_contract(assistant):
    made = json.loads(json.dumps(assistant.ask(GROWTH).to_dict(), ensure_ascii=False))
    assert set(made) == {
        "id", "question", "answer", "abstained", "reason", "mode", "citations", "figures", "scope",
        "suggestions", "timings_ms", "generation",
    }  # fmt: skip
    assert set(made["citations"][0]) == {
        "n", "report_id", "place", "year", "title", "section", "paragraph", "start", "end", "quote",
        "paragraph_text",
    }  # fmt: skip
    assert set(made["figures"][0]) >= {
        "indicator", "measure", "value", "unit", "comparator", "place", "period", "kind", "derived",
        "citation", "verdict",
    }  # fmt: skip
    assert set(made["timings_ms"]) == {"total", "scope", "retrieve", "answer", "verify"}


def test_answer_json_values(assistant):
    made = assistant.ask(GROWTH).to_dict()
    assert (made["question"], made["answer"], made["mode"]) == (GROWTH, SAID, "extract")
    assert (made["abstained"], made["reason"]) == (False, None)
    citation = made["citations"][0]
    assert (citation["n"], citation["report_id"], citation["place"], citation["year"]) == (
        1, "2031-云岭市", "云岭市", 2031,
    )  # fmt: skip
    assert citation["quote"] == "地区生产总值完成512.4亿元、增长6.3%"
    assert list(citation["section"]) == ["一、2030年工作回顾"]
    assert made["scope"]["places"] == ("云岭市",)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("柳州市去年GDP是多少？", "no_such_report"),
        ("今天天气怎么样？", "off_topic"),
        ("云岭市2020年GDP是多少？", "not_stated"),
        ("云岭市去年社会消费品零售总额是多少亿元？", "not_stated"),
    ],
)
def test_answer_abstained_with_a_reason(assistant, question, reason):
    answer = assistant.ask(question)
    assert (answer.abstained, answer.reason) == (True, reason)
    assert answer.suggestions != ()


def test_answer_is_frozen(assistant):
    with pytest.raises(FrozenInstanceError):
        assistant.ask(GROWTH).answer = "x"


def test_answer_marker_inside_a_report_is_not_counted(assistant):
    answer = assistant.ask("云岭市哪个数字政务平台上线运行？")
    assert len(answer.citations) == 1
    assert "【1】上线运行" in answer.citations[0].quote
    assert answer.answer.count("【1】") == 1


def test_id_same_question_same_id(assistant):
    first, again = assistant.ask(GROWTH).id, assistant.ask(GROWTH).id
    assert first == again
    assert re.fullmatch("[0-9a-f]{16}", first)


def test_id_another_question_or_conversation_another_id(assistant):
    ids = {
        assistant.ask(GROWTH).id,
        assistant.ask("海棠市去年GDP增长多少？").id,
        assistant.ask(GROWTH, [Turn("user", "海棠市去年GDP增长多少？")]).id,
    }
    assert len(ids) == 3


def test_id_given(assistant):
    assert assistant.ask(GROWTH, question_id="q7").id == "q7"


# ------------------------------------------------------------------ filters, history


def test_places_narrow_what_the_question_leaves_open(assistant):
    answer = assistant.ask("去年GDP增长多少？", places=["海棠市"])
    assert [(f.place, f.value) for f in answer.figures] == [("海棠市", "4.8")]


@pytest.mark.parametrize("chosen", [{"years": [2025]}, {"places": ["海棠市"]}])
def test_filters_that_leave_no_report_say_so(assistant, chosen):
    """A year in which no report was given, and another place than the question asks about."""
    answer = assistant.ask(GROWTH, **chosen)
    assert (answer.abstained, answer.reason, answer.citations) == (True, "no_such_report", ())
    assert answer.answer.startswith("资料中没有所限范围内的政府工作报告。现有的报告是：云岭市（2031年）、")


def test_history_completes_the_question(assistant):
    history = [Turn("user", GROWTH), Turn("assistant", SAID)]
    before = deepcopy(history)
    answer = assistant.ask("那海棠市呢？", history)
    assert answer.answer == "2030年，海棠市地区生产总值增长4.8%【1】。"
    assert (answer.question, answer.scope.question) == ("那海棠市呢？", "海棠市去年GDP增长多少？")
    assert history == before


def test_history_numbers_of_an_answer_are_not_taken(assistant):
    told = assistant.ask("那海棠市呢？", [Turn("user", GROWTH), Turn("assistant", "增长99.9%，2019年。")])
    assert [(f.value, f.period) for f in told.figures] == [("4.8", "2030")]


def test_turns_of_reads_mappings_and_turns():
    turn = Turn("assistant", SAID)
    assert list(turns_of([{"role": "user", "content": GROWTH}, turn])) == [Turn("user", GROWTH), turn]


def test_turns_of_nothing():
    assert list(turns_of([])) == []


@pytest.mark.parametrize(
    "history",
    [
        "云岭市",
        {"role": "user", "content": "x"},
        7,
        ["云岭市"],
        [{"role": "system", "content": "x"}],
        [{"role": "user"}],
        [{"content": "x"}],
        [{"role": "user", "content": 5}],
        [None],
    ],
)
def test_turns_of_malformed(history):
    with pytest.raises(QuestionError, match="history"):
        list(turns_of(history))


# ------------------------------------------------------------------ bad questions


@pytest.mark.parametrize("question", ["", " ", "\n\t\u3000"])
def test_question_empty(assistant, question):
    with pytest.raises(QuestionError, match="问题是空的"):
        assistant.ask(question)
    with pytest.raises(QuestionError, match="问题是空的"):
        assistant.retrieve(question)


def test_question_too_long(assistant):
    with pytest.raises(QuestionError, match="最多 100 个字，现在是 101 个字"):
        assistant.ask("长" * 101)


def test_question_as_long_as_allowed(assistant):
    assert assistant.ask(GROWTH + "？" * (100 - len(GROWTH))).answer == SAID


@pytest.mark.parametrize(
    ("question", "history"),
    [("\udcc4\udcfe市", []), (GROWTH, [Turn("user", "\ud83d"), Turn("assistant", "好")])],
)
def test_half_a_character_is_refused(assistant, question, history):
    """A terminal that is not UTF-8, or JSON with half of a pair."""
    with pytest.raises(QuestionError, match="UTF-8"):
        assistant.ask(question, history)
    with pytest.raises(QuestionError, match="UTF-8"):
        assistant.retrieve(question, history)


@pytest.mark.parametrize("value", [None, 5, ["云岭市"], b"GDP"])
def test_invoke_something_else(assistant, value):
    with pytest.raises(QuestionError, match="问题应是文字"):
        assistant.invoke(value)


@pytest.mark.parametrize("value", [{}, {"question": ""}, {"question": None}, {"history": []}])
def test_invoke_without_a_question(assistant, value):
    with pytest.raises(QuestionError, match="问题是空的"):
        assistant.invoke(value)


def test_invoke_malformed_history(assistant):
    with pytest.raises(QuestionError, match="history"):
        assistant.invoke({"question": GROWTH, "history": "x"})


# ------------------------------------------------------------------ Runnable


def test_invoke_string(assistant):
    assert isinstance(assistant, Runnable)
    answer = assistant.invoke(GROWTH)
    assert isinstance(answer, Answer)
    assert answer.answer == SAID


def test_invoke_mapping_with_history_and_id(assistant):
    value = {"id": "q1", "question": "那海棠市呢？", "history": [{"role": "user", "content": GROWTH}]}
    before = deepcopy(value)
    answer = assistant.invoke(value)
    assert (answer.id, answer.figures[0].value, answer.figures[0].place) == ("q1", "4.8", "海棠市")
    assert value == before


def test_batch_in_order(assistant):
    answers = assistant.batch([GROWTH, {"question": "青屏市去年GDP增长多少？"}, "柳州市去年GDP是多少？"])
    assert [(a.reason, [f.place for f in a.figures]) for a in answers] == [
        (None, ["云岭市"]),
        (None, ["青屏市"]),
        ("no_such_report", []),
    ]


def test_batch_errors_beside_answers(assistant):
    good, bad = assistant.batch([GROWTH, ""], return_exceptions=True)
    assert good.answer == SAID
    assert isinstance(bad, QuestionError)


def test_stream_is_one_answer(assistant):
    assert [answer.answer for answer in assistant.stream(GROWTH)] == [SAID]


def test_pipe_with_a_function(assistant):
    assert (assistant | (lambda answer: answer.answer)).invoke(GROWTH) == SAID


# ------------------------------------------------------------------ retrieval


@pytest.mark.parametrize("k", [1, 3, 5])
def test_retrieve_k_best_in_order(assistant, k):
    scope, hits = assistant.retrieve(GROWTH, k=k)
    assert scope.report_ids == ("2031-云岭市",)
    assert [hit.rank for hit in hits] == list(range(1, k + 1))
    assert {hit.chunk.report_id for hit in hits} == {"2031-云岭市"}
    assert "地区生产总值完成512.4亿元、增长6.3%" in hits[0].chunk.text


def test_retrieve_over_all_reports_gives_each_its_best(assistant):
    _, hits = assistant.retrieve("去年GDP增长多少？", k=3)
    assert {hit.chunk.report_id for hit in hits} == {"2031-云岭市", "2031-海棠市", "2031-青屏市"}
    assert all("2030年" in hit.chunk.text for hit in hits)


def test_retrieve_follow_up(assistant):
    _, hits = assistant.retrieve("那海棠市呢？", [Turn("user", GROWTH)], k=1)
    assert "增长4.8%" in hits[0].chunk.text


@pytest.mark.parametrize("question", ["今天天气怎么样？", "柳州市去年GDP是多少？"])
def test_retrieve_nothing_to_search(assistant, question):
    assert assistant.retrieve(question)[1] == []


def test_query_of_adds_standard_names():
    assert query_of(Scope("ＧＤＰ增长多少", indicators=("地区生产总值",))) == "gdp增长多少 地区生产总值"
    assert query_of(Scope("地区生产总值增长多少", indicators=("地区生产总值",))) == "地区生产总值增长多少"


# ------------------------------------------------------------------ the index changes


def test_new_generation_is_picked_up_without_reopening(tmp_path):
    assistant = assistant_of(tmp_path, {"云岭市": TEXTS["云岭市"]})
    assert assistant.ask(GROWTH).answer == SAID
    assert assistant.ask("海棠市去年GDP增长多少？").abstained
    texts = {"云岭市": TEXTS["云岭市"].replace("6.3%", "7.1%"), "海棠市": TEXTS["海棠市"]}
    paths = tuple(write_reports(tmp_path / "corpus", texts))
    ingest(tmp_path / "index", Request(paths), encoder=encoder_source(FakeEncoder()))
    assert assistant.ask(GROWTH).answer == SAID.replace("6.3%", "7.1%")
    assert [f.value for f in assistant.ask("海棠市去年GDP增长多少？").figures] == ["4.8"]
    ingest(tmp_path / "index", Request(remove=("2031-云岭市",)), encoder=encoder_source(FakeEncoder()))
    assert assistant.ask("去年GDP增长多少？").scope.report_ids == ("2031-海棠市",)


def test_open_without_an_index(tmp_path):
    with pytest.raises(IndexMissingError):
        Assistant.open(Settings(index=tmp_path / "none"), quick=True)


def test_open_real_encoder(small_index):
    assistant = Assistant.open(Settings(index=small_index), quick=True)
    answer = assistant.ask("海棠市今年货物吞吐量目标是多少？")
    assert [(f.value, f.unit, f.comparator, f.kind) for f in answer.figures] == [
        ("1.4", "亿吨", "突破", "target")
    ]
    assert [c.quote for c in answer.citations] == ["力争货物吞吐量突破1.4亿吨"]


@pytest.mark.parametrize(
    ("question", "searched"),
    [(GROWTH, False), ("去年GDP增长多少？", False), ("云岭市开工建设哪条高速公路？", True)],
)
def test_search_only_where_rows_do_not_answer(tmp_path, question, searched):
    assistant = assistant_of(tmp_path)
    answer = assistant.ask(question)
    assert bool(assistant.encoder.query_texts) == searched
    assert (answer.timings_ms["retrieve"] > 0) == searched
    steps = sum(answer.timings_ms[name] for name in ("scope", "retrieve", "answer", "verify"))
    assert steps == pytest.approx(answer.timings_ms["total"], abs=0.1)
