"""Two runs compared: what changed, by how much, and when they cannot be compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from test_eval_report import FACTS, PAYLOAD, payload_records, record, refused, wrong

from eval import diff
from eval.records import Run
from qa.errors import EvalDataError


def run_of(*records: dict[str, Any], name: str = "a", **facts: Any) -> Run:
    return Run(Path(name), FACTS | facts, records)


BEFORE = run_of(record("1"), wrong("2"), refused("3", due=True), wrong("4"))


def renamed(made: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """``made`` as the record of the question of ``like``."""
    return made | {"id": like["id"], "question": like["question"]}


AFTER = run_of(
    renamed(wrong("1"), BEFORE.records[0]),
    renamed(record("2"), BEFORE.records[1]),
    BEFORE.records[2],
    renamed(refused("4", due=False), BEFORE.records[3]),
    name="b",
)


def ids(pairs: list[diff.Pair]) -> list[str]:
    return [pair.before["id"] for pair in pairs]


def test_compare_better_worse_other() -> None:
    found = diff.compare(BEFORE, AFTER)
    assert ids(found.changed("better")) == ["2"]
    assert ids(found.changed("worse")) == ["1"]
    assert ids(found.changed("other")) == ["4"]
    assert found.transitions() == [("答对", "答错", 1), ("答错", "答对", 1), ("答错", "误拒", 1)]


def test_compare_metrics_by_hand() -> None:
    lines = {line.name: line for line in diff.compare(BEFORE, AFTER).lines}
    right = lines["答对"]
    assert right.found is not None
    # Answerable: 1, 2, 4; one better, one worse.
    assert (right.found.n, right.better, right.worse, right.found.mean, right.found.p) == (3, 1, 1, 0, 1)
    assert right.verdict == "可能只是波动"
    # False refusals: smaller is better, and 4 is refused now.
    refusals = lines["误拒率"]
    assert (refusals.better, refusals.worse) == (0, 1)
    # Citation precision: 4 has it in the first run only.
    precision = lines["引用精确"].found
    assert precision is not None and (precision.n, precision.left_out) == (2, 1)
    assert lines["拒答理由正确"].found is None and lines["拒答理由正确"].verdict == "–"
    assert lines["检索 MRR"].verdict == "没有变化"


def test_compare_clear_change_has_a_direction() -> None:
    before = run_of(*(wrong(str(i)) for i in range(12)))
    after = run_of(*(renamed(record(str(i)), wrong(str(i))) for i in range(12)))
    lines = {line.name: line for line in diff.compare(before, after).lines}
    assert lines["答对"].verdict == "变好"
    # Fewer wrong answers: the difference is -1, and better.
    assert lines["答错（答了但不对）"].verdict == "变好"
    back = {line.name: line for line in diff.compare(after, before).lines}
    assert back["答对"].verdict == back["答错（答了但不对）"].verdict == "变差"
    # 2 * 1/2^12 = 0.000488
    assert "| 答对 | 0.000 | 1.000 | +1.000 | +1.000 … +1.000 | 12 | 0 | <0.001 | 变好 |" in diff.summary(
        diff.compare(before, after)
    )


def test_compare_refuses_other_questions_unless_common() -> None:
    more = run_of(*AFTER.records, record("5"), name="b")
    with pytest.raises(EvalDataError, match=r"题目不同，相同的只有 4 题.*--common"):
        diff.compare(BEFORE, more)
    found = diff.compare(BEFORE, more, common=True)
    assert (len(found.pairs), found.left_out) == (4, 1)
    # The same id with other gold is another question.
    changed = json.loads(json.dumps(BEFORE.records))
    changed[0]["question"]["must"] = [["3%"]]
    with pytest.raises(EvalDataError, match="题目不同"):
        diff.compare(BEFORE, run_of(*changed))
    assert ids(list(diff.compare(BEFORE, run_of(*changed), common=True).pairs)) == ["2", "3", "4"]
    with pytest.raises(EvalDataError, match="没有相同的题"):
        diff.compare(BEFORE, run_of(record("9")), common=True)


def test_compare_names_what_else_differs() -> None:
    found = diff.compare(BEFORE, run_of(*AFTER.records, corpus_sha256="99" * 32))
    assert found.differences == ("语料：abababababab → 999999999999",)
    assert "不同之处：语料：abababababab → 999999999999" in diff.summary(found)


def test_page_shows_both_answers_and_escapes() -> None:
    (before,) = payload_records()
    after = renamed(record("x"), before)
    page = BeautifulSoup(diff.page(diff.compare(run_of(before), run_of(after))), "html.parser")
    assert not page.select("script, img, link")
    (case,) = page.select(".case")
    left, right = case.select(".two > div")
    assert PAYLOAD in left.text and "增长2.2%。【1】" in right.text


def test_page_of_equal_runs() -> None:
    found = diff.compare(BEFORE, BEFORE)
    assert "没有（设置、语料、程序都相同）" in diff.page(found)
    assert found.transitions() == [] and diff.score_changes(found.pairs) == []


def test_main_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for run in (BEFORE, AFTER):
        folder = tmp_path / run.path
        folder.mkdir()
        (folder / "run.json").write_text(json.dumps(run.facts), "utf-8")
        lines = [json.dumps(item) + "\n" for item in run.records]
        (folder / "records.jsonl").write_text("".join(lines), "utf-8")
    out = tmp_path / "new" / "diff.html"
    assert diff.main([str(tmp_path / "a"), str(tmp_path / "b"), "--out", str(out)]) == 0
    assert "## 变差的题（1）" in capsys.readouterr().out
    assert "</html>" in out.read_text("utf-8")
    assert diff.main([str(tmp_path / "a"), str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
