"""The guard: what counts as a drop, what it says, and that it never shows a sealed question."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from small_reports import write_reports

from eval import guard
from eval.guard import Expected, ExpectedSet, Scores, TypeScore, changes, read_expected, stale, verdict
from qa.chain import Assistant
from qa.errors import EvalDataError

QUESTION = {
    "id": "test-1",
    "split": "test",
    "type": "figure_actual",
    "question": "云岭市2030年地区生产总值增长多少？",
    "reports": ["2031-云岭市"],
    "abstain": False,
    "must": [["6.3%"]],
    "must_not": ["4.8%"],
    "gold": [{"report": "2031-云岭市", "text": "地区生产总值增长6.3%"}],
}
WRONG = QUESTION | {
    "id": "test-2",
    "type": "trap",
    "question": "海棠市2031年地区生产总值增长目标是多少？",
    "reports": ["2031-海棠市"],
    "must": [["绝不会出现的答案七十七"]],
    "must_not": [],
    "gold": [{"report": "2031-海棠市", "text": "地区生产总值增长5.5%左右"}],
}
REFUSE = QUESTION | {
    "id": "test-3",
    "type": "off_topic",
    "question": "给我写一首诗",
    "reports": [],
    "abstain": True,
    "reason": "off_topic",
    "must": [],
    "must_not": [],
    "gold": [],
}


def scores(**changed: Any) -> Scores:
    means = {"right": 0.9, "falsely_refused": 0.05, "unsupported": 0.0, "recall@5": 0.95, "valid": 1.0}
    types = {"trap": TypeScore(n=8, correct=7)}
    base: dict[str, Any] = {"count": 10, "questions_sha256": "q", "corpus_sha256": "c", "by_type": types}
    return Scores(means=means | changed.pop("means", {}), **(base | changed))


def expected(before: Scores | None) -> Expected:
    item = ExpectedSet(command="c", questions=("q.jsonl",), reports="reports", scores=before)
    return Expected(
        date="2031-01-01",
        tolerances={"right": 0.02, "falsely_refused": 0.02},
        type_tolerance=1,
        sets={"甲": item},
    )


def fell(now: Scores, before: Scores | None = None) -> list[str]:
    return [item.name for item in changes(before or scores(), now, expected(before or scores())) if item.fell]


# ------------------------------------------------------------------ comparing


@pytest.mark.parametrize(
    ("means", "names"),
    [
        ({"right": 0.88}, []),  # 0.02 less, as much as is allowed
        ({"right": 0.8797}, ["答对"]),
        ({"right": 0.95}, []),
        ({"falsely_refused": 0.07}, []),  # less is better: 0.02 more is allowed
        ({"falsely_refused": 0.0703}, ["误拒率"]),
        ({"falsely_refused": 0.0}, []),
        ({"unsupported": 1.0}, ["无依据的数字（个）"]),  # no tolerance: one is too many
        ({"valid": 0.99}, ["引用有效"]),
        ({"recall@5": 0.94999}, []),  # beyond the decimals that are kept
    ],
)
def test_changes_fall_beyond_tolerance(means: dict[str, float], names: list[str]) -> None:
    assert fell(scores(means=means)) == names


def test_changes_a_type_may_lose_one_question() -> None:
    assert fell(scores(by_type={"trap": TypeScore(n=8, correct=6)})) == []
    assert fell(scores(by_type={"trap": TypeScore(n=8, correct=5)})) == ["题型 trap"]


def test_changes_metric_that_does_not_apply_is_left_out() -> None:
    assert changes(scores(), scores(means={"right": None}), expected(None)) == []
    assert changes(scores(means={"ndcg@10": 0.9}), scores(), expected(None)) == []


def test_verdict_says_what_fell_and_what_rose() -> None:
    known = expected(scores())
    assert verdict(known, {"甲": scores()}) == (True, ["与 eval/expected.json 一致"])
    good, lines = verdict(known, {"甲": scores(means={"right": 0.95})})
    assert good and lines == ["有分数上升：请运行 python -m eval.guard --update，并提交 eval/expected.json"]
    good, lines = verdict(known, {"甲": scores(means={"right": 0.8, "recall@5": 1.0})})
    assert not good and lines == ["退步 甲：答对 0.900 → 0.800（容许 0.02）"]


def test_verdict_refuses_what_cannot_be_compared() -> None:
    assert stale(scores(), scores()) == ""
    for now, word in (
        (scores(questions_sha256="x", count=12), "题目变了（10 题，现在 12 题）"),
        (scores(questions_sha256="x"), "题目变了（题数相同，内容不同）"),
        (scores(corpus_sha256="x"), "报告变了"),
    ):
        good, lines = verdict(expected(scores()), {"甲": now})
        assert not good and len(lines) == 1 and word in lines[0] and "--set 甲 --update" in lines[0]
    good, lines = verdict(expected(None), {"甲": scores()})
    assert not good and "还没有期望值" in lines[0]


def test_scores_table_shows_what_it_was() -> None:
    now = scores(means={"right": 0.8, "falsely_refused": 0.02}, by_type={"trap": TypeScore(n=8, correct=8)})
    text = guard.scores_table(expected(scores()), {"甲": now})
    assert "| 指标 | 容许 | 甲（10 题） |" in text
    assert "| 答对 | 0.02 | 0.800（差，原 0.900） |" in text
    assert "| 误拒率 | 0.02 | 0.020（好，原 0.050） |" in text
    assert "| 无依据的数字（个） | 0 | 0 |" in text
    assert "| 题型 trap | 1 题 | 8/8（好，原 7/8） |" in text
    assert "检索 nDCG@10" not in text  # no set has it


# ------------------------------------------------------------------ the file


def test_committed_file_is_whole() -> None:
    made = read_expected(guard.EXPECTED)
    assert set(made.tolerances) <= set(guard.METRICS)
    assert {"rejected", "valid", "unsupported", "errors"}.isdisjoint(made.tolerances)  # none may be lost
    assert all(0 < value <= 0.02 for value in made.tolerances.values())
    for name, item in made.sets.items():
        assert item.scores is not None, name
        assert item.scores.count == sum(kind.n for kind in item.scores.by_type.values())
        assert item.scores.means["valid"] == 1.0
        assert all(any(guard.ROOT.glob(pattern)) for pattern in item.questions)
        assert (guard.ROOT / item.reports).is_dir()


@pytest.mark.parametrize("name", ["test", "unseen"])
def test_committed_file_seals_what_is_sealed(name: str) -> None:
    assert read_expected(guard.EXPECTED).sets[name].sealed


def test_read_expected_bad_file(tmp_path: Path) -> None:
    path = tmp_path / "e.json"
    with pytest.raises(EvalDataError, match="读不出来"):
        read_expected(path)
    path.write_text('{"date": "x", "tolerances": {}, "type_tolerance": 1, "sets": {}, "more": 1}', "utf-8")
    with pytest.raises(EvalDataError, match="more"):
        read_expected(path)


# ------------------------------------------------------------------ a whole run


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of its own: two reports, three questions of which one cannot come out right."""
    home = tmp_path_factory.mktemp("guard")
    (home / "reports").mkdir()
    write_reports(home / "reports")
    lines = [json.dumps(row, ensure_ascii=False) for row in (QUESTION, WRONG, REFUSE)]
    (home / "q.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (home / "bad.jsonl").write_text('{"id": "test-9", "question": "秘密的题目？"}\n', "utf-8")
    moved = WRONG | {"gold": [{"report": "2031-海棠市", "text": "报告里没有的秘密原文"}]}
    (home / "moved.jsonl").write_text(json.dumps(moved, ensure_ascii=False) + "\n", "utf-8")
    return home


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setattr(guard, "ROOT", home)

    def call(*flags: str, file: str = "q.jsonl", sealed: bool = True, keep: bool = False) -> Any:
        path = home / "expected.json"
        # Without pytest's own handlers a warning goes to stderr, where a user would see it.
        monkeypatch.setattr(logging.root, "handlers", [])
        if not keep:
            item = ExpectedSet(command="c", questions=(file,), split="test", reports="reports", sealed=sealed)
            made = Expected(date="2031-01-01", tolerances={}, type_tolerance=0, sets={"小": item})
            path.write_text(made.model_dump_json(), "utf-8")
        code = guard.main(["--expected", str(path), "--indexes", str(home / "indexes"), *flags])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_run_without_expectation_fails_then_update_passes(run: Any, home: Path) -> None:
    code, out, _ = run()
    assert code == 1 and "还没有期望值" in out
    assert run("--update", keep=True)[0] == 0
    code, out, _ = run(keep=True)
    assert (code, out.splitlines()[-1]) == (0, "与 eval/expected.json 一致")
    kept = read_expected(home / "expected.json").sets["小"].scores
    assert kept is not None
    # Of two answerable questions one is right; one of one is refused; all are found and cited.
    names = ("right", "rejected", "falsely_refused", "recall@5", "citation_recall", "valid", "unsupported")
    assert [kept.means[name] for name in names] == [0.5, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0]
    # right or rightly refused: two of three
    assert kept.means["correct"] == 0.6667
    assert {kind: (item.correct, item.n) for kind, item in kept.by_type.items()} == {
        "figure_actual": (1, 1), "off_topic": (1, 1), "trap": (0, 1),
    }  # fmt: skip


def test_run_drop_exits_1_and_rise_exits_0(run: Any, home: Path) -> None:
    run("--update")
    path = home / "expected.json"
    good = path.read_text("utf-8")
    path.write_text(
        good.replace('"right":0.5', '"right":0.9').replace('"right": 0.5', '"right": 0.9'), "utf-8"
    )
    code, out, _ = run(keep=True)
    assert code == 1 and "退步 小：答对 0.900 → 0.500（容许 0）" in out
    path.write_text(
        good.replace('"right":0.5', '"right":0.2').replace('"right": 0.5', '"right": 0.2'), "utf-8"
    )
    code, out, _ = run(keep=True)
    assert code == 0 and "有分数上升" in out


def secrets() -> list[str]:
    """Whatever of the questions may not be seen: ids, words, gold, wanted and given answers."""
    rows = (QUESTION, WRONG, REFUSE)
    told = [row["question"] for row in rows] + [row["id"] for row in rows]
    gold = [item["text"] for row in rows for item in row["gold"]]
    return [*told, *gold, "绝不会出现的答案", "6.3%", "5.5%", "秘密"]


@pytest.mark.parametrize("file", ["q.jsonl", "bad.jsonl", "moved.jsonl"])
def test_sealed_set_shows_totals_only(run: Any, file: str) -> None:
    """Also when a question fails, a line is malformed, or a gold text is not in its report."""
    code, out, err = run(file=file)
    assert code == 1
    assert [word for word in secrets() if word in out + err] == []
    assert ("封存，不显示细节" in err) == (file != "q.jsonl")


def test_sealed_set_shows_nothing_of_an_exception(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Assistant, question: str, history: Any = (), **more: Any) -> Any:
        raise RuntimeError(f"cannot answer {question}")

    monkeypatch.setattr(Assistant, "ask", broken)
    code, out, err = run()
    assert code == 1
    assert "| 程序出错（题） | 0 | 3 |" in out
    assert [word for word in secrets() if word in out + err] == []


def test_open_set_says_what_is_wrong(run: Any) -> None:
    code, _, err = run(file="moved.jsonl", sealed=False)
    assert code == 1 and "报告里没有的秘密原文" in err


def test_unknown_set_is_named(run: Any) -> None:
    code, _, err = run("--set", "大")
    assert (code, err) == (1, "没有题集 大：有 小\n")
