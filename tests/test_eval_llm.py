"""Evaluation in mode llm over real HTTP: what is recorded, what it costs again, the judge, a dead endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from llm_server import Reply, Status, Text, closed_port, serving

from eval import run
from eval.records import read_run

GDP_CSV = """编号,问题,必须出现,应拒答,原文
一,云岭市2030年地区生产总值增长多少？,6.3%,,2031-云岭市：地区生产总值增长6.3%
二,写一首关于春天的诗,,是,
三,海棠市2030年地区生产总值增长多少？,4.8%,,2031-海棠市：地区生产总值增长4.8%
"""
SAID = (
    Text("2030年，云岭市地区生产总值增长6.3%【1】。"),
    Text("2030年，海棠市地区生产总值增长4.8%【1】。"),
)


@pytest.fixture
def asked_in_llm_mode(small_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments of a run in mode llm; its texts are kept. ``QA_LLM_BASE_URL`` is not set."""
    path = tmp_path / "题.csv"
    path.write_text(GDP_CSV, "utf-8")
    monkeypatch.setenv("QA_LLM_MODEL", "script")
    monkeypatch.setenv("QA_LLM_API_KEY", "sk-test-0123456789abcdef")
    monkeypatch.setenv("QA_LLM_CACHE", str(tmp_path / "texts.sqlite"))
    monkeypatch.setenv("QA_LLM_PRICE_IN", "2")
    monkeypatch.setenv("QA_LLM_RETRIES", "0")
    return ["--mode", "llm", "--questions", str(path), "--index", str(small_index)]


def done(args: list[str], out: Path) -> tuple[list[dict[str, Any]], Mapping[str, Any]]:
    assert run.main([*args, "--out", str(out)]) == 0
    found = read_run(out)
    for path in out.iterdir():
        assert "sk-test" not in path.read_text("utf-8")
    return [dict(record) for record in found.records], found.facts


def test_main_llm_records_what_the_model_did_and_again_costs_nothing(
    asked_in_llm_mode: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with serving(*SAID) as server:
        monkeypatch.setenv("QA_LLM_BASE_URL", server.url)
        first, facts = done(asked_in_llm_mode, tmp_path / "a")
        # one request an answerable question; the poem is refused by code
        assert len(server.requests) == 2
        out = capsys.readouterr().out
        again, _ = done(asked_in_llm_mode, tmp_path / "b")
        assert len(server.requests) == 2
        done([*asked_in_llm_mode, "--restart"], tmp_path / "a")
        assert len(server.requests) == 2
    with serving(*SAID) as server:  # and it was the cache
        monkeypatch.setenv("QA_LLM_BASE_URL", server.url)
        monkeypatch.setenv("QA_LLM_CACHE", "")
        done(asked_in_llm_mode, tmp_path / "c")
        assert len(server.requests) == 2
    assert (facts["mode"], facts["judge"]) == ("llm", None)
    made = [record["answer"]["generation"] for record in first]
    assert [record["answer"]["mode"] for record in first] == ["llm", "extract", "llm"]
    assert [record["checks"]["correct"] for record in first] == [True] * 3
    assert [
        (item["model"], item["prompt_version"], item["prompt_tokens"], item["completion_tokens"])
        for item in made
    ] == [("script", "1", 1000, 40), ("script", "1", 0, 0), ("script", "1", 1000, 40)]
    # 1000 tokens at 2 a million
    assert [(item["cost"], item["cached"], item["rounds"]) for item in made] == [
        ("0.002000", False, 1),
        ("0.000000", False, 0),
        ("0.002000", False, 1),
    ]
    assert [
        (item["cost"], item["cached"]) for item in (record["answer"]["generation"] for record in again)
    ] == [("0.000000", True), ("0.000000", False), ("0.000000", True)]
    assert [record["answer"]["answer"] for record in again] == [
        record["answer"]["answer"] for record in first
    ]
    assert [record["judgement"] for record in first] == [None] * 3
    assert "| 作答 | 2 | 2 | 2000 | 80 | 0 | 0.004000 |" in out
    assert "语言模型作答 2 题，由程序直接回答 1 题（script，提示词版本 1）" in out
    assert "| 模型评忠实度，仅供参考 | – | – | 0 |" in out
    assert "| 合计 | 2 | 2 | 2000 | 80 | 2 | 0.000000 |" in (tmp_path / "b" / "summary.md").read_text("utf-8")


def test_main_llm_dead_endpoint_is_shown_as_what_it_is(
    asked_in_llm_mode: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("QA_LLM_BASE_URL", closed_port())
    records, _ = done([*asked_in_llm_mode, "--judge"], tmp_path / "a")
    assert [record["answer"]["mode"] for record in records] == [
        "extract_fallback",
        "extract",
        "extract_fallback",
    ]
    assert [record["error"] for record in records] == [None] * 3
    out = capsys.readouterr().out
    assert "改用摘录 2 题，由程序直接回答 1 题" in out
    assert "支持 0 句，不支持 0 句，不清楚 0 句；没有评成 2 句，不计入" in out
    assert "| 模型评忠实度，仅供参考 | – | – | 0 |" in out


@pytest.mark.parametrize(
    ("opinions", "share", "told"),
    [
        ((Text("支持"), Text("不支持")), [1, None, 0], "支持 1 句，不支持 1 句，不清楚 0 句；没有评成 0 句"),
        ((Text("支持"), Text("是的")), [1, None, None], "支持 1 句，不支持 0 句，不清楚 0 句；没有评成 1 句"),
        (
            (Status(400), Text("不清楚")),
            [None, None, 0],
            "支持 0 句，不支持 0 句，不清楚 1 句；没有评成 1 句",
        ),
    ],
)
def test_main_judge_adds_an_opinion_and_changes_no_metric(
    asked_in_llm_mode: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    opinions: tuple[Reply, Reply],
    share: list[float | None],
    told: str,
) -> None:
    with serving(SAID[0], opinions[0], SAID[1], opinions[1]) as server:
        monkeypatch.setenv("QA_LLM_BASE_URL", server.url)
        judged, facts = done([*asked_in_llm_mode, "--judge"], tmp_path / "a")
        out = capsys.readouterr().out
        assert len(server.requests) == 4
        plain, _ = done(asked_in_llm_mode, tmp_path / "b")
        assert len(server.requests) == 4
        # A run without opinions is not gone on with by one that asks for them.
        assert run.main([*asked_in_llm_mode, "--judge", "--out", str(tmp_path / "b")]) == 1
        assert "模型评忠实度 --judge：（无） → 1-" in capsys.readouterr().err
    assert [record["checks"]["judged_faithful"] for record in judged] == share
    assert judged[1]["judgement"] is None  # a refusal
    first = judged[0]["judgement"]
    assert (first["model"], first["prompt_version"]) == ("script", "1")
    (statement,) = first["statements"]
    assert (statement["text"], statement["citations"]) == ("2030年，云岭市地区生产总值增长6.3%。", [1])
    assert told in out
    known = [value for value in share if value is not None]
    assert facts["scores"]["judged_faithful"]["n"] == len(known)
    assert facts["scores"]["judged_faithful"]["mean"] == sum(known) / len(known)
    for one, two in zip(judged, plain, strict=True):
        assert {**one["checks"], "judged_faithful": None} == two["checks"]


def test_main_judge_of_extractive_answers(
    asked_in_llm_mode: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Text("支持")) as server:
        monkeypatch.setenv("QA_LLM_BASE_URL", server.url)
        records, _ = done([*asked_in_llm_mode, "--mode", "extract", "--judge"], tmp_path / "a")
        assert len(server.requests) == 2
    assert [record["answer"]["generation"] for record in records] == [None] * 3
    assert [record["checks"]["judged_faithful"] for record in records] == [1, None, 1]


@pytest.mark.parametrize(
    ("flags", "part"),
    [(["--judge"], "--judge 要用语言模型来评"), (["--mode", "llm"], "没有设置语言模型")],
)
def test_main_without_a_model_asks_nothing(
    small_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: list[str], part: str
) -> None:
    path = tmp_path / "题.csv"
    path.write_text(GDP_CSV, "utf-8")
    args = ["--questions", str(path), "--index", str(small_index), "--out", str(tmp_path / "out"), *flags]
    assert run.main(args) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert part in captured.err and "QA_LLM_BASE_URL" in captured.err
    assert not (tmp_path / "out").exists()
