"""The compared systems: the last rung is the product, each step does what its name says, tables by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from eval import compare, compare_tables
from eval.baseline import Cutting, default_set_up
from eval.compare import check_product, measure
from eval.compare_tables import Measured, ratio
from eval.ladder import LADDER, PRODUCT, OtherIndex, Parts, Rung, System, without_prefix
from eval.questions import Question, Span, locate
from eval.tokens import Bm25, both, words
from qa.chain import Assistant
from qa.config import Settings
from qa.errors import EvalDataError, ModelError
from qa.keyword import KeywordIndex, tokenize

YUNLING, HAITANG = "2031-云岭市", "2031-海棠市"

ASKED: list[tuple[str, list[str]]] = [
    ("云岭市2030年地区生产总值增长多少？", []),
    ("海棠市今年货物吞吐量目标是多少？", []),
    ("哪个市的城镇居民人均可支配收入增长更快？", []),
    ("云岭市今年要办好哪些民生实事？", []),
    ("云岭市今年的主要目标有哪些？", []),  # the items of a list are ranked by it
    ("那海棠呢？", ["云岭市2030年一般公共预算收入是多少？"]),
    ("港口建设有什么安排？", []),
    ("杭州市2030年地区生产总值增长多少？", []),
    ("给我写一首诗", []),
]


def asked(text: str, before: Sequence[str] = (), **changes: Any) -> Question:
    """An answerable question about the growth of 云岭市; the judge's fields matter to one test only."""
    history = [{"role": "user", "content": item} for item in before]
    base: dict[str, Any] = {
        "id": "q1",
        "split": "dev",
        "type": "figure_actual",
        "question": text,
        "history": history,
        "reports": [YUNLING],
        "abstain": False,
        "must": [["6.3%"]],
        "gold": [{"report": YUNLING, "text": "地区生产总值增长6.3%"}],
    }
    return Question.model_validate(base | changes)


@pytest.fixture(scope="module")
def assistant(small_index: Path) -> Assistant:
    return Assistant.open(Settings(index=small_index), quick=True)


@pytest.fixture(scope="module")
def parts(assistant: Assistant) -> Parts:
    bare = without_prefix(assistant.index, assistant.encoder)
    return Parts(assistant.index, assistant.encoder, bare=bare.index)


def rung(name: str, parts: Parts) -> System:
    return System(next(item for item in LADDER if item.name.startswith(name)), parts)


def ids(hits: Sequence[Any]) -> list[str]:
    return [hit.chunk.chunk_id for hit in hits]


# ------------------------------------------------------------------ the last rung is the product


@pytest.mark.parametrize("k", [1, 10, 20])
@pytest.mark.parametrize(("text", "before"), ASKED, ids=[text for text, _ in ASKED])
def test_product_rung_ranks_as_the_product(
    assistant: Assistant, parts: Parts, text: str, before: list[str], k: int
) -> None:
    question = asked(text, before)
    hits = assistant.retrieve(question.question, question.turns, k=k)[1]
    mine = System(PRODUCT, parts).retrieve(question, k)
    assert [(h.chunk.chunk_id, h.rank, h.score) for h in mine] == [
        (h.chunk.chunk_id, h.rank, h.score) for h in hits
    ]


@pytest.mark.parametrize(("text", "before"), ASKED, ids=[text for text, _ in ASKED])
def test_product_rung_answers_as_the_product(
    assistant: Assistant, parts: Parts, text: str, before: list[str]
) -> None:
    question = asked(text, before)
    theirs = assistant.ask(question.question, question.turns)
    mine = System(PRODUCT, parts).answer(question)
    assert (mine.answer, mine.citations, mine.figures, mine.reason) == (
        theirs.answer, theirs.citations, theirs.figures, theirs.reason,
    )  # fmt: skip


def test_check_product_refuses_another_ranking(assistant: Assistant, parts: Parts) -> None:
    cases = [(asked(text, before), ()) for text, before in ASKED]
    check_product(System(PRODUCT, parts), assistant, cases)
    with pytest.raises(EvalDataError, match=r"q1：比较的最后一级与产品的检索不一致"):
        check_product(rung("仅向量", parts), assistant, cases)


def test_ladder_switches_one_step_at_a_time() -> None:
    # Two searches, both, then one more step each: 1, 1, 2, 3, 4, 5, 6 steps on.
    steps = ("keyword", "vector", "prefix", "scope", "reranked", "rows")
    assert [sum(getattr(item, step) for step in steps) for item in LADDER] == [1, 1, 2, 3, 4, 5, 6]


# ------------------------------------------------------------------ single steps


def test_without_scope_other_reports_are_found(parts: Parts) -> None:
    question = asked("云岭市货物吞吐量")
    assert {h.chunk.report_id for h in rung("＋结构前缀", parts).retrieve(question, 20)} == {YUNLING, HAITANG}
    assert {h.chunk.report_id for h in rung("＋定范围", parts).retrieve(question, 20)} == {YUNLING}


def test_without_prefix_the_place_finds_nothing(parts: Parts) -> None:
    """海棠市 stands in the prefix of every chunk of its report, in the text of few."""
    question = asked("海棠市")
    bare = rung("仅关键词", parts).retrieve(question, 50)
    named = [c.chunk_id for c in parts.index.chunks if "海棠" in c.text or "棠市" in c.text]
    assert sorted(ids(bare)) == sorted(named)
    prefixed = System(Rung("", keyword=True, prefix=True), parts).retrieve(question, 50)
    assert {h.chunk.report_id for h in prefixed} == {HAITANG}
    assert len(prefixed) == len(parts.index.report_chunks(HAITANG)) > len(bare)


def test_vector_only_is_the_order_of_cosines(parts: Parts) -> None:
    question = asked("港口建设")
    found = rung("仅向量", parts).retrieve(question, 5)
    texts = [chunk.text for chunk in parts.index.chunks]
    scores = parts.encoder.encode_chunks(texts) @ parts.encoder.encode_queries(["港口建设"])[0]
    best = np.argsort(-scores, kind="stable")[:5]
    assert ids(found) == [parts.index.chunks[i].chunk_id for i in best]
    assert [hit.score for hit in found] == pytest.approx([float(scores[i]) for i in best])


def test_rung_without_prefix_needs_its_index(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="needs the index without prefixes"):
        System(LADDER[0], Parts(assistant.index, assistant.encoder))


def test_answers_without_rows_quote_the_sentence(parts: Parts) -> None:
    """A statistic comes out of its sentence; the product says it in one of its own, from the row."""
    question = asked("云岭市2030年地区生产总值增长多少？")
    quoted = rung("＋重排", parts).answer(question)
    assert quoted.figures == ()
    assert "2030年，面对复杂形势" in quoted.answer and "6.3%" in quoted.answer
    assert "面对复杂形势" not in System(PRODUCT, parts).answer(question).answer


@pytest.mark.parametrize("scope", [None, [HAITANG], [HAITANG, YUNLING], []])
def test_other_index_searches_as_the_index_does(parts: Parts, scope: list[str] | None) -> None:
    index, chunks = parts.index, parts.index.chunks
    texts = [chunk.search_text for chunk in chunks]
    keyword = KeywordIndex.build([chunk.chunk_id for chunk in chunks], texts)
    vectors = parts.encoder.encode_chunks(texts)
    other = OtherIndex(index, keyword, vectors)
    query = parts.encoder.encode_queries(["今年货物吞吐量"])[0]
    assert other.keyword_search("货物吞吐量", 9, report_ids=scope) == index.keyword_search(
        "货物吞吐量", 9, report_ids=scope
    )
    mine = other.vector_search(query, 9, report_ids=scope)
    theirs = index.vector_search(query, 9, report_ids=scope)
    assert [name for name, _ in mine] == [name for name, _ in theirs]
    assert [score for _, score in mine] == pytest.approx([score for _, score in theirs], abs=1e-5)
    assert OtherIndex(index, keyword).vector_search(query, 9, report_ids=scope) == theirs


# ------------------------------------------------------------------ tokens


def test_bm25_with_the_products_tokens_is_the_products_index(parts: Parts) -> None:
    names = [chunk.chunk_id for chunk in parts.index.chunks]
    texts = [chunk.search_text for chunk in parts.index.chunks]
    mine, theirs = Bm25(names, texts, tokenize), KeywordIndex.build(names, texts)
    mask = np.arange(len(names)) % 2 == 0
    for query in ("一般公共预算收入增长5%", "2.6万人", "没有的词语甲乙丙"):
        assert mine.search(query, 9) == theirs.search(query, 9)
        assert mine.search(query, 9, mask=mask) == theirs.search(query, 9, mask=mask)


def test_words_keep_numbers_whole_and_cut_chinese_by_dictionary() -> None:
    # 财政收入 is one word to jieba; the forms of the number are those of tokenize.
    assert words("财政收入增长5.2%") == ["5.2%", "5.2percent", "5.2", "财政收入", "增长"]
    assert words("的") == []  # a stop character, as there


def test_both_adds_long_words_only() -> None:
    # 桂林市 of three characters is added to its bigrams; 收入 of two is one of them already.
    assert both("桂林市收入") == ["桂林", "林市", "市收", "收入", "桂林市"]
    assert both("收入") == tokenize("收入") == ["收入"]


# ------------------------------------------------------------------ measuring


class Fixed:
    """Finds the gold at rank 2, whatever is asked."""

    def __init__(self, text: str) -> None:
        at = text.index("地区生产总值增长6.3%")
        self.spans = [Span(YUNLING, 0, 5), Span(YUNLING, at, at + 12)]
        self.depths: list[int] = []

    def retrieve(self, question: Question, k: int) -> list[Span]:
        self.depths.append(k)
        return self.spans


def test_measure_scores_every_answerable_question_of_every_system(parts: Parts) -> None:
    text = parts.index.text(YUNLING)
    refuse = asked(
        "写诗", id="q2", type="off_topic", abstain=True, reason="off_topic", must=[], gold=[], reports=[]
    )
    good = asked("云岭市2030年地区生产总值增长多少？")
    cases = [(item, locate(item, {YUNLING: text})) for item in (good, refuse)]
    fixed, product = Fixed(text), System(PRODUCT, parts)
    one, two = Measured("甲", 3, 1.25), Measured("产品", 9, None)
    measure([(fixed, one), (product, two)], cases, {YUNLING: text}, answering=[product])
    assert fixed.depths == [10, 10]  # once to warm up; the question to refuse is not retrieved for
    assert {key: one.scores[0][key] for key in ("recall@1", "recall@5", "rr")} == {
        "recall@1": 0.0, "recall@5": 1.0, "rr": 0.5,
    }  # fmt: skip
    assert (len(one.retrieve_ms), one.checks, one.answer_ms) == (1, [], [])
    assert [check["correct"] for check in two.checks] == [True, True]
    assert [check["rejected"] for check in two.checks] == [None, True]
    assert len(two.answer_ms) == 2


def test_tables_by_hand() -> None:
    scores = {"recall@1": 0.0, "recall@5": 1.0, "recall@10": 1.0, "rr": 0.5, "ndcg@10": 0.631}
    mine = Measured("甲", 3, 1.25, [scores], [2.0, 4.0])
    product = Measured("产品", 9, None, [scores], [1.0, 8.0])
    # p50 of 2 and 4 is 3, p95 is 2 + 0.95 * 2; the ratios 2/1 and 4/8 have the median 1.25
    assert compare_tables.comparison([mine], product).splitlines()[-1] == (
        "| 甲 | 3 | 0.000 | 1.000 (1.00–1.00) | 1.000 | 0.500 | 0.631 | 1.2 | 3.0 | 3.9 | 1.25 |"
    )
    assert compare_tables.answers([mine], product).splitlines()[-1] == "| 甲 " + "| – " * 10 + "|"
    check = {
        "right": True, "rejected": None, "falsely_refused": False,
        "citation_recall": 1.0, "citation_precision": 0.5, "citation_focus": 0.25, "unsupported": ["9%", "8%"],
    }  # fmt: skip
    said = Measured("乙", 3, None, checks=[check, check | {"right": False}], answer_ms=[1.0, 1.0])
    assert compare_tables.answers([said], said).splitlines()[-1] == (
        "| 乙 | 0.500 | – | 0.000 | 1.000 | 0.500 | 0.250 | 4 | 1.0 | 1.0 | 1.00 |"
    )
    assert compare_tables.tokens_table([(mine, product)]).splitlines()[-1] == (
        "| 甲 | 0.000 | 1.000 | 0.500 | 0.000 | 1.000 | 0.500 | 1.25 | 3.0 |"
    )


def test_tables_have_a_head_for_every_cell() -> None:
    one = Measured("甲", 3, None)
    for text in (
        compare_tables.comparison([one], one),
        compare_tables.answers([one], one),
        compare_tables.tokens_table([(one, one)]),
    ):
        assert len({line.count("|") for line in text.splitlines()}) == 1


def test_ratio_needs_the_same_questions() -> None:
    assert ratio([1.0], [2.0, 3.0]) == ratio([], []) == "–"


def test_ingest_of_a_rung_counts_what_it_searches() -> None:
    took = compare.Ingest(read_s=1.0, product_s=30.0)
    bare: Any = SimpleNamespace(keyword_s=0.5, vector_s=20.0)
    # reading 1 + keyword 0.5; 1 + vectors 20; 1 + 0.5 + 20; from the prefix on the product's own
    assert [took.of(item, bare) for item in LADDER[:4]] == [1.5, 21.0, 21.5, 30.0]
    assert compare.Ingest(None, None).of(LADDER[0], bare) is None


def test_time_ingest_without_source_files_is_not_measured(tmp_path: Path) -> None:
    assert compare.time_ingest([tmp_path / "none.txt"], None) == compare.Ingest(None, None)


# ------------------------------------------------------------------ the default set-up


def test_default_set_up_spans_are_of_the_text() -> None:
    class Lengths:
        """A text's vector is (1, 0), or (0, 1) if it names the port."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float("港" not in text), float("港" in text)] for text in texts]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    text = "甲" * 1200 + "\n\n" + "港" * 300
    with default_set_up("默认", Lengths(), {"r": text}) as made:
        (span,) = made.retrieve(asked("港"), 1)
        assert "港" in text[span.start : span.end]
        assert span.report == "r"
        # 1200 characters at most 1000 a piece with 200 overlap: 0-1000, 800-1200; then the port's own
        assert made.chunks == 3


def test_cutting_shortens_until_the_encoder_takes_it() -> None:
    class Short:
        """Takes at most 90 characters; the vector is the length."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            if len(texts[0]) > 90:
                raise ModelError("太长")
            return [[float(len(texts[0]))]]

    # 100 * 19 // 20 = 95, 95 * 19 // 20 = 90
    assert Cutting(Short()).embed_documents(["字" * 100, "字" * 5]) == [[90.0], [5.0]]


def test_main_bad_file_exits_1_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text("{", "utf-8")
    assert compare.main(["--questions", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("item", [item for item in LADDER if item.prefix], ids=lambda item: item.name)
def test_rung_answers_where_nothing_is_stated(parts: Parts, item: Rung) -> None:
    """Without rows a statistic is answered by the sentences that fit best, or refused: never with an error."""
    made = System(item, parts).answer(asked("云岭市2030年一般公共预算支出是多少？"))
    assert made.reason in (None, "not_stated")
    assert made.abstained or made.citations
