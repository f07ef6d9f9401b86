"""Question files, the runner and its summary, with an answerer computable by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from eval import report, run
from eval.baseline import Cutting, Measured, measure
from eval.baseline import report as baseline_report
from eval.questions import Question, Span, locate, locate_all, read_questions
from qa.errors import EvalDataError, ModelError
from qa.types import Answer, Chunk, Citation, Hit, ReportInfo, Scope, Turn

TEXT = "全市生产总值增长2.2%。农民收入\n14164元。\n今年增长6.5%以上。"
TEXTS = {"2024-甲市": TEXT}

RIGHT = {
    "id": "dev-1",
    "split": "dev",
    "type": "figure_actual",
    "question": "增长多少？",
    "reports": ["2024-甲市"],
    "abstain": False,
    "reason": None,
    "must": [["2.2%"]],
    "must_not": ["6.5%"],
    "gold": [{"report": "2024-甲市", "text": "增长2.2%"}],
}
ABSENT = {
    "id": "dev-2",
    "split": "dev",
    "type": "off_topic",
    "question": "写首诗",
    "reports": [],
    "abstain": True,
    "reason": "off_topic",
    "must": [],
    "must_not": [],
    "gold": [],
}


class Fake:
    """Answers from a table; retrieves the first sentence at rank 2. A missing question is an exception."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = answers
        self.depths: list[int] = []

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        return self.answers[question]

    def retrieve(
        self, question: str, history: Sequence[Turn] = (), *, k: int = 10
    ) -> tuple[Scope, list[Hit]]:
        self.depths.append(k)
        spans = [(12, 23), (0, 12)]
        return Scope(question), [
            Hit(Chunk(f"c{i}", "2024-甲市", 1, start, end, TEXT[start:end]), 1.0 / i, i)
            for i, (start, end) in enumerate(spans, 1)
        ]


def good() -> Answer:
    citation = Citation(1, "2024-甲市", "甲市", 2024, "", (), 1, 0, 12, TEXT[:12], TEXT[:12])
    return Answer(
        "", "增长多少？", "增长2.2%。【1】", False, None, "extract", (citation,), timings_ms={"total": 7.0}
    )


def refusal() -> Answer:
    return Answer("", "写首诗", "资料中未提及。", True, "off_topic", "extract", timings_ms={"total": 3.0})


def write(path: Path, *rows: Any) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), "utf-8")
    return path


def records_of(answers: Mapping[str, Answer], *rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    questions = [Question.model_validate(row) for row in rows]
    return list(run.evaluate(Fake(answers), questions, TEXTS))


# ------------------------------------------------------------------ question files


def test_read_questions_split_and_order(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", RIGHT, "", ABSENT | {"split": "test"})
    assert [item.id for item in read_questions([path])] == ["dev-1", "dev-2"]
    assert [item.id for item in read_questions([path], "test")] == ["dev-2"]


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("{", "q.jsonl:2：整行"),
        (RIGHT | {"id": "x", "typ": 1}, "q.jsonl:2：typ"),
        (RIGHT | {"id": "x", "type": "quiz"}, "q.jsonl:2：type"),
        (RIGHT | {"id": "x", "must": []}, "must"),
        (RIGHT | {"id": "x", "must": [[]]}, "must"),
        (RIGHT | {"id": "x", "reason": "off_topic"}, "reason"),
        (ABSENT | {"reason": None}, "reason"),
        (RIGHT, "q.jsonl:2：编号 dev-1 已在"),
    ],
)
def test_read_questions_names_the_bad_line(tmp_path: Path, row: Any, part: str) -> None:
    with pytest.raises(EvalDataError) as caught:
        read_questions([write(tmp_path / "q.jsonl", RIGHT, row)])
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_read_questions_nothing_left_or_no_file(tmp_path: Path) -> None:
    with pytest.raises(EvalDataError, match="没有可用的问题"):
        read_questions([write(tmp_path / "q.jsonl", RIGHT)], "test")
    with pytest.raises(EvalDataError, match="读不出来"):
        read_questions([tmp_path / "none.jsonl"])


def test_locate_ignores_line_breaks_and_gives_pieces() -> None:
    gold = [{"report": "2024-甲市", "text": "农民收入 14164元"}]
    (found,) = locate(Question.model_validate(RIGHT | {"gold": gold}), TEXTS)
    (place,) = found.occurrences
    # "农民收入" is 13..17, the line break 17, "14164元" 18..24
    assert [TEXT[item.start : item.end] for item in place.pieces] == ["农民收入", "14164元"]
    assert TEXT[place.sentence.start : place.sentence.end] == "农民收入\n14164元。"


def test_locate_every_place_and_folded_forms() -> None:
    (found,) = locate(
        Question.model_validate(RIGHT | {"gold": [{"report": "r", "text": "增長２％"}]}),
        {"r": "增长2%，又增长2%。"},
    )
    assert [(item.pieces[0].start, item.pieces[0].end) for item in found.occurrences] == [(0, 4), (6, 10)]


def test_locate_all_counts_what_is_not_there() -> None:
    absent = Question.model_validate(RIGHT | {"gold": [{"report": "2024-甲市", "text": "增长9.9%"}]})
    other = Question.model_validate(RIGHT | {"id": "b", "gold": [{"report": "2024-乙市", "text": "增长"}]})
    with pytest.raises(EvalDataError, match=r"dev-1：2024-甲市 中找不到原文：增长9.9%（另有 1 题"):
        locate_all([absent, other], TEXTS)


# ------------------------------------------------------------------ runner


def test_evaluate_right_answer() -> None:
    (record,) = records_of({"增长多少？": good()}, RIGHT)
    checks = record["checks"]
    assert record["error"] is None
    assert checks["right"] is True
    assert checks["faults"] == checks["unsupported"] == checks["missing"] == []
    assert checks["citation_recall"] == checks["citation_precision"] == 1
    # the gold sentence is the second hit
    assert (checks["recall@1"], checks["recall@5"], checks["rr"]) == (0, 1, 0.5)
    assert report.faults_of(record) == []


def test_evaluate_refusal_has_no_retrieval_score_but_is_kept() -> None:
    (record,) = records_of({"写首诗": refusal()}, ABSENT)
    checks = record["checks"]
    assert checks["rejected"] is True and checks["reason_right"] is True and checks["correct"] is True
    assert checks["right"] is None and checks["rr"] is None and checks["citation_recall"] is None


def test_evaluate_exception_is_a_wrong_answer() -> None:
    (record,) = records_of({}, RIGHT)
    assert record["error"] == "KeyError: '增长多少？'"
    assert record["checks"]["right"] is False
    assert record["checks"]["wrong"] is True
    assert report.faults_of(record)[0].startswith("出错")


def test_evaluate_asks_k_per_gold_report() -> None:
    texts = TEXTS | {"2024-乙市": TEXT}
    gold = [{"report": name, "text": "增长2.2%"} for name in texts]
    fake = Fake({"增长多少？": good()})
    list(run.evaluate(fake, [Question.model_validate(RIGHT | {"gold": gold})], texts))
    assert fake.depths == [20]


def test_headline_by_hand() -> None:
    rows = [RIGHT, RIGHT | {"id": "b", "question": "增长率？"}, ABSENT]
    records = records_of({"增长多少？": good(), "增长率？": refusal(), "写首诗": good()}, *rows)
    scores = report.headline(records)
    means = {name: item["mean"] for name, item in scores.items()}
    # answerable: one right, one refused; to refuse: one, answered
    assert (means["right"], scores["right"]["n"]) == (0.5, 2)
    assert (means["falsely_refused"], scores["falsely_refused"]["n"]) == (0.5, 2)
    assert (means["rejected"], scores["rejected"]["n"]) == (0, 1)
    assert means["wrong"] == pytest.approx(1 / 3)
    assert means["correct"] == pytest.approx(1 / 3)
    assert (means["reason_right"], scores["reason_right"]["n"]) == (None, 0)
    assert means["valid"] == 1


def test_summary_has_tables_and_failures() -> None:
    records = records_of({"增长多少？": refusal(), "写首诗": refusal()}, RIGHT, ABSENT)
    facts = {"command": "c", "date": "d", "reports": ["2024-甲市"], "corpus_sha256": "ab" * 32}
    text = report.summary(records, facts)
    assert "| 答对 | 0.000 | 0.000–0.000 | 1 | 可回答的问题 |" in text
    # total: 3 ms twice
    assert "| 答案自报 total | 3.0 | 3.0 | 3.0 |" in text
    assert "- `dev-1` 增长多少？ ｜应为：2.2% ｜得到：【拒答】资料中未提及。 ｜误拒" in text
    assert "`dev-2`" not in text


def test_write_keeps_records_and_run(tmp_path: Path) -> None:
    records = records_of({"增长多少？": good()}, RIGHT)
    run.write(tmp_path / "out", records, {"corpus_sha256": "x"}, "文")
    (line,) = (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()
    kept = json.loads(line)
    assert kept["answer"]["citations"][0]["quote"] == TEXT[:12]
    assert kept["hits"][0]["chunk_id"] == "c1"
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8")) == {"corpus_sha256": "x"}


def test_corpus_hash_depends_on_content_not_order() -> None:
    def info(name: str, sha: str) -> ReportInfo:
        return ReportInfo(name, "甲市", 2024, "", "", None, None, "", sha, 1, 1, 1)

    first = run.corpus_hash([info("a", "1"), info("b", "2")])
    assert first == run.corpus_hash([info("b", "2"), info("a", "1")])
    assert first != run.corpus_hash([info("a", "1"), info("b", "3")])


def test_years_of_reports_and_the_year_before() -> None:
    assert run.years_of(["2024-甲市", "2022-乙市-统计公报"]) == {2024, 2023, 2022, 2021}


def test_main_bad_file_exits_1_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "q.jsonl", "{")
    assert run.main(["--questions", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


# ------------------------------------------------------------------ baseline


def test_baseline_measure_and_table() -> None:
    question = Question.model_validate(RIGHT)
    gold = locate(question, TEXTS)
    depths: list[int] = []

    def retrieve(_: Question, k: int) -> list[Span]:
        depths.append(k)
        return [Span("2024-甲市", 20, 30), Span("2024-甲市", 0, 12)]

    measured = measure("甲", retrieve, [(question, gold)], ingest_s=1.25, chunks=3)
    assert depths == [10, 10]  # once to warm up
    assert measured.scores == ({"recall@1": 0.0, "recall@5": 1.0, "recall@10": 1.0, "rr": 0.5},)
    fixed = Measured("甲", measured.scores, (2.0, 4.0), 1.25, 3)
    row = baseline_report([fixed], "头").splitlines()[-1]
    # p50 of 2 and 4 is 3, p95 is 2 + 0.95 * 2
    assert row == "| 甲 | 3 | 0.000 | 1.000 (1.00–1.00) | 1.000 | 0.500 | 1.2 | 3.0 | 3.9 |"


def test_cutting_shortens_until_the_encoder_takes_it() -> None:
    class Short:
        """Takes at most 90 characters; the vector is the length."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            if len(texts[0]) > 90:
                raise ModelError("太长")
            return [[float(len(texts[0]))]]

    # 100 * 19 // 20 = 95, 95 * 19 // 20 = 90
    assert Cutting(Short()).embed_documents(["字" * 100, "字" * 5]) == [[90.0], [5.0]]
