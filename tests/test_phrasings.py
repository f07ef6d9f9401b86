"""The measure of everyday phrasings, on a file of four questions counted by hand."""

from __future__ import annotations

import pytest

from eval.phrasings import QUESTIONS, Phrasing, main, names_read, outcome, read, report
from qa.errors import EvalDataError

FOUR = """# split\tstatistic\tquestion
dev\t出生人口\t某市去年生了多少娃
dev\t死亡人口\t某市去年生了多少娃
dev\t第一产业贡献率\t某市问了什么
sealed\t常住人口\t某市生了多少娃，去世的有多少人
"""


def test_counts_by_hand(tmp_path, capsys) -> None:
    path = tmp_path / "four.tsv"
    path.write_text(FOUR, "utf-8")
    assert [outcome(one) for one in read(path)] == ["right", "wrong", "none", "several"]
    shown = report(read(path))
    assert "| 开发 | 3 | 0.333 | 1 | 0 | 0.500 |" in shown  # one of three right; of the two read, one
    assert "| 封存 | 1 | 0.000 | 0 | 1 | – |" in shown
    assert main(["--questions", str(path), "--failures"]) == 0
    told = capsys.readouterr().out
    assert "第一产业贡献率：某市问了什么 → 没有认出" in told
    assert "去世" not in told  # sealed questions are never shown


def test_a_bad_line_is_named(tmp_path, capsys) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text("dev\t没有这个指标\t问题\n", "utf-8")
    with pytest.raises(EvalDataError, match=r"bad\.tsv:1"):
        read(path)
    assert main(["--questions", str(path)]) == 2
    assert "bad.tsv:1" in capsys.readouterr().err


def test_the_questions_that_come_with_the_project() -> None:
    asked = read(QUESTIONS)
    assert len(asked) == 2284
    assert len({one.question for one in asked}) == len(asked)
    assert names_read("某市去年生了多少娃") == ["出生人口"]
    assert Phrasing("dev", "出生人口", "某市去年生了多少娃") in asked
