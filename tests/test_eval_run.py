"""Question files, the runner and its summary, with an answerer computable by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from eval_rows import ABSENT, RIGHT, TEXT, TEXTS, write

from eval import provenance, report, run
from eval.questions import Question
from eval.records import journal, read_run
from qa.config import Settings
from qa.errors import ConfigError
from qa.types import Answer, Chunk, Citation, Hit, Paragraph, ReportInfo, Scope, Turn


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


def records_of(answers: Mapping[str, Answer], *rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    questions = [Question.model_validate(row) for row in rows]
    return list(run.evaluate(Fake(answers), questions, TEXTS))


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
    assert "| 答案自报合计 | 3.0 | 3.0 | 3.0 |" in text
    # answerable: refused; to refuse: refused
    assert "| 可回答 | 0 | 0 | 1 |\n| 应拒答 | – | 0 | 1 |" in text
    assert "- `dev-1` 增长多少？ ｜应为：2.2% ｜得到：【拒答】资料中未提及。 ｜误拒" in text
    assert "`dev-2`" not in text


def test_evaluate_without_gold_has_no_retrieval_or_citation_score() -> None:
    row = {key: value for key, value in RIGHT.items() if key != "gold"}
    (record,) = records_of({"增长多少？": good()}, row)
    checks = record["checks"]
    assert checks["right"] is True
    assert [
        checks[key] for key in ("recall@5", "rr", "ndcg@10", "citation_recall", "citation_precision")
    ] == [None] * 5
    assert record["hits"] and record["gold"] == []


def test_evaluate_shows_where_the_gold_stands() -> None:
    questions = [Question.model_validate(RIGHT)]
    paragraphs = {"2024-甲市": [Paragraph(4, 0, 12, TEXT[:12], ("一、回顾",), "review")]}
    (record,) = run.evaluate(
        Fake({"增长多少？": good()}), questions, TEXTS, paragraphs=paragraphs, mode="extract"
    )
    (gold,) = record["gold"]
    assert (gold["rank"], gold["cited_by"], gold["places"]) == (2, [1], 1)
    # "全市生产总值" has 6 characters, "增长2.2%" 6
    assert gold["paragraphs"] == [
        {
            "number": 4,
            "part": "review",
            "section": ["一、回顾"],
            "paragraph_text": TEXT[:12],
            "marks": [[6, 12]],
        }
    ]
    # The citation names paragraph 1, which is not there: its quote is found in the paragraph's text.
    assert record["citation_marks"] == [[0, 12]]


def test_evaluate_mode_is_passed_to_who_knows_it() -> None:
    class Modal(Fake):
        def ask(self, question: str, history: Sequence[Turn] = (), *, mode: str = "extract") -> Answer:
            return replace(self.answers[question], mode=mode)

    (record,) = run.evaluate(
        Modal({"增长多少？": good()}), [Question.model_validate(RIGHT)], TEXTS, mode="llm"
    )
    assert record["answer"]["mode"] == "llm"
    with pytest.raises(ConfigError, match="还不支持 --mode llm"):
        list(run.evaluate(Fake({}), [], TEXTS, mode="llm"))


def test_ask_all_asks_only_what_is_left(tmp_path: Path) -> None:
    questions = [Question.model_validate(RIGHT), Question.model_validate(ABSENT)]
    facts = {"mode": "extract"}
    with journal(tmp_path, facts) as into:
        run.ask_all(Fake({"增长多少？": good()}), questions[:1], TEXTS, into=into)
    with journal(tmp_path, facts) as into:
        # "增长多少？" would be a KeyError now, and so an error in its record.
        records = run.ask_all(Fake({"写首诗": refusal()}), questions, TEXTS, into=into)
    assert [(item["id"], item["error"]) for item in records] == [("dev-1", None), ("dev-2", None)]
    kept = read_run(tmp_path).records
    assert kept[0]["answer"]["citations"][0]["quote"] == TEXT[:12]
    assert kept[0]["hits"][0]["chunk_id"] == "c1"
    assert report.headline(kept) == report.headline(records)


def test_settings_from_file_above_environment_below_flag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_ENCODER", "a")
    monkeypatch.setenv("QA_THREADS", "3")
    path = tmp_path / "s.toml"
    path.write_text('encoder = "b"\nindex = "i"\nport = 1', "utf-8")
    found = run.settings_from(path, Path("flag"))
    assert (found.encoder, found.threads, found.port, found.index) == ("b", 3, 1, Path("flag"))
    path.write_text("colour = 1", "utf-8")
    with pytest.raises(ConfigError, match="不认识的设置 colour；可用的：index、encoder"):
        run.settings_from(path, None)
    path.write_text("=", "utf-8")
    with pytest.raises(ConfigError, match="应是 UTF-8 的 TOML 文件"):
        run.settings_from(path, None)


def test_shown_settings_hide_secrets() -> None:
    settings = Settings.from_env(
        {"QA_LLM_API_KEY": "sk-1", "QA_ENCODER": "http://me:pw@host/m", "QA_LLM_MAX_TOKENS": "100"}
    )
    found = provenance.shown_settings(settings)
    assert (found["llm_api_key"], found["encoder"]) == ("***", "http://***@host/m")
    assert found["llm_max_tokens"] == 100
    assert "sk-1" not in json.dumps(found) and "pw" not in json.dumps(found)


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


QUESTIONS_CSV = """编号,问题,必须出现,应拒答,原文
一,{question},{must},,{gold}
二,写一首关于春天的诗,,是,
"""


def test_main_writes_a_run_and_goes_on_with_it(
    small_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "题.csv"
    path.write_text(
        QUESTIONS_CSV.format(
            question="海棠市2030年一般公共预算收入是多少？",
            must="102.7亿元",
            gold="2031-海棠市：一般公共预算收入完成102.7亿元",
        ),
        "gb18030",
    )
    args = ["--questions", str(path), "--index", str(small_index), "--out", str(tmp_path / "out")]
    assert run.main(args) == 0
    out = capsys.readouterr().out
    assert "| 拒答率 | 1.000 |" in out and "没有通过的题" not in out
    first = read_run(tmp_path / "out")
    assert first.facts["finished"] is True and len(first.records) == 2
    assert first.facts["scores"]["rejected"]["n"] == 1
    assert {item.name for item in (tmp_path / "out").iterdir()} == {
        ".lock",
        "records.jsonl",
        "report.html",
        "run.json",
        "summary.md",
    }
    # Again: nothing is asked, so the records stay as they are.
    assert run.main([*args, "--resume"]) == 0
    assert read_run(tmp_path / "out").records == first.records
    # Other questions: refused, and nothing lost.
    assert run.main([*args, "--limit", "1"]) == 1
    assert "不同之处：题目：" in capsys.readouterr().err
    assert read_run(tmp_path / "out").records == first.records
    assert run.main([*args, "--limit", "1", "--restart"]) == 0
    assert len(read_run(tmp_path / "out").records) == 1


def test_main_interrupted_keeps_what_was_asked(
    small_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "q.jsonl", ABSENT, ABSENT | {"id": "dev-3", "question": "今天天气怎么样"})
    args = ["--questions", str(path), "--index", str(small_index), "--out", str(tmp_path / "out")]
    whole = run.judge

    def stop_at_the_second(question: Question, *rest: Any) -> dict[str, Any]:
        if question.id == "dev-3":
            raise KeyboardInterrupt
        return whole(question, *rest)

    monkeypatch.setattr(run, "judge", stop_at_the_second)
    assert run.main(args) == 130
    assert "用同一命令继续" in capsys.readouterr().err
    found = read_run(tmp_path / "out")
    assert found.facts["finished"] is False and [item["id"] for item in found.records] == ["dev-2"]
    assert report.main([str(tmp_path / "out")]) == 0
    assert "**没有做完**（共 2 题）" in capsys.readouterr().out
    monkeypatch.setattr(run, "judge", whole)
    assert run.main(args) == 0
    assert [item["id"] for item in read_run(tmp_path / "out").records] == ["dev-2", "dev-3"]


def test_main_resume_without_out_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run.main(["--restart"])
    assert caught.value.code == 2
