"""The checker of the question set finds what it should, and the committed set is clean."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval import check_questions as cq

ROOT = Path(__file__).resolve().parent.parent
REPORT = "2030-甲市"
REPORTS = {REPORT: "地区生产总值增长6.1％。城镇、农村居民收入分别为300元、120元。今年目标6.5%以上。"}


def row(**changes: Any) -> dict[str, Any]:
    """A correct answerable row, changed as asked."""
    base: dict[str, Any] = {
        "id": "dev-001",
        "split": "dev",
        "type": "figure_actual",
        "question": "甲市GDP增长多少",
        "reports": [REPORT],
        "abstain": False,
        "reason": None,
        "must": [["6.1%"]],
        "must_not": [],
        "gold": [{"report": REPORT, "text": "地区生产总值增长6.1％"}],
    }
    return base | changes


def problems(**changes: Any) -> list[str]:
    """Problems of one changed row, by all row checks."""
    changed = row(**changes)
    shape = list(cq.check_shape(changed, "dev"))
    if shape:
        return shape
    return [
        *cq.check_reason(changed),
        *cq.check_history(changed),
        *cq.check_gold(changed, REPORTS),
        *cq.check_answer(changed, REPORTS),
    ]


def test_row_correct_has_no_problem() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("增长6％", "6%", True),
        ("增长46%", "6%", False),
        ("增长5.5%", "5%", False),
        ("共1,234家", "1234家", True),
        ("到2026年", "202", False),
        ("新增 １万 人", "1万人", True),
        ("增长4.0%", "4%", False),
    ],
)
def test_contains_number_boundaries(text: str, phrase: str, found: bool) -> None:
    assert cq.contains(text, phrase) is found


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"gold": [{"report": REPORT, "text": "增长9%"}]}, f"gold text stands 0 times in {REPORT}: 增长9%"),
        ({"gold": [{"report": REPORT, "text": "。"}]}, f"gold text stands 3 times in {REPORT}: 。"),
        (
            {"gold": [{"report": REPORT, "text": "地区生产总值增长6.1％", "also": ["增长9%"]}]},
            f"gold text stands 0 times in {REPORT}: 增长9%",
        ),
        (
            {"gold": [{"report": REPORT, "text": "地区生产总值增长6.1％", "also": [""]}]},
            "gold.also must hold non-empty texts",
        ),
        ({"reports": ["2030-乙市"]}, "report 2030-乙市 does not exist"),
        ({"must": [["6.2%"]]}, "gold does not prove 6.2%"),
        ({"must": [["6.1%", "6.1个"], ["第三位"]]}, "gold does not prove 第三位"),
        ({"must_not": ["6.1%"]}, "must_not 6.1% forbids 6.1%"),
        ({"must_not": ["7.7%"]}, "must_not 7.7% stands in no report: it traps nobody"),
        ({"reason": "not_stated"}, "abstain/reason must be False/None for type figure_actual"),
        ({"abstain": True}, "abstain/reason must be False/None for type figure_actual"),
        ({"type": "not_stated"}, "abstain/reason must be True/not_stated for type not_stated"),
        ({"type": "follow_up"}, "history belongs to follow_up, and follow_up needs it"),
        (
            {"history": [{"role": "user", "content": "问"}]},
            "history must alternate user, assistant and have contents",
        ),
        ({"ordered": True}, "ordered is for lists"),
        ({"derived": ["181"]}, "derived 181 is no difference, sum or quotient of gold figures"),
        ({"must": []}, "an answerable question needs must, reports and gold"),
        ({"split": "test"}, "split and id must be those of the file (dev)"),
        ({"type": "riddle"}, "type 'riddle' is not known"),
        ({"mustnot": []}, "mustnot is not a known key"),
        ({"must": [[]]}, "must must hold non-empty lists of non-empty alternatives"),
        ({"abstain": 1}, "abstain has the wrong type"),
    ],
)
def test_check_row_finds(changes: dict[str, Any], problem: str) -> None:
    assert problem in problems(**changes)


def test_derived_difference_accepted() -> None:
    gold = [{"report": REPORT, "text": "分别为300元、120元"}]
    # 300 - 120 = 180
    assert problems(type="compare", gold=gold, must=[["180元"]], derived=["180"]) == []


def test_check_order_finds_swapped_items() -> None:
    gold = [{"report": REPORT, "text": "城镇、农村居民收入"}]
    assert problems(type="list", gold=gold, must=[["城镇"], ["农村"]], ordered=True) == []
    swapped = problems(type="list", gold=gold, must=[["农村"], ["城镇"]], ordered=True)
    assert swapped == ["must is not in the order of the gold"]


def test_refusal_with_must_not_found() -> None:
    found = problems(type="not_stated", abstain=True, reason="not_stated", must_not=["6.5%以上"])
    assert found == ["a refusal may mention near figures: must_not must be empty"]


def test_check_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "2030_甲市.txt").write_text(REPORTS[REPORT], encoding="utf-8")
    lines = [
        row(),
        row(id="dev-002", question="甲市ＧＤＰ 增长多少？"),
        row(id="dev-003", question="别的", must=[["9%"]]),
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (tmp_path / "dev.jsonl").write_text(text + "\n{oops\n", encoding="utf-8")
    questions, found = cq.check(tmp_path, tmp_path)
    dev = tmp_path / "dev.jsonl"
    assert len(questions) == 3
    assert f"{dev}:2: dev-002: question repeats dev.jsonl:1" in found
    assert f"{dev}:3: dev-003: gold does not prove 9%" in found
    assert any(line.startswith(f"{dev}:4: ?: no JSON") for line in found)
    assert f"{tmp_path / 'test.jsonl'}: file is missing" in found
    assert "dev.jsonl: figure_actual: 3 of 3 is outside 20%-30%" in found


def test_main_reports_problems_with_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cq.main(["--questions", str(tmp_path), "--reports", str(tmp_path)]) == 1
    assert f"{tmp_path}: no report files" in capsys.readouterr().err


def test_committed_set_is_clean() -> None:
    questions, found = cq.check(ROOT / "eval" / "questions", ROOT / "data" / "reports")
    assert found == []
    assert (
        len(questions) == 1434
    )  # dev 100 + 158 + 150 + 90 + 150 + 80 + 80 + 90 + 89 + 40, test 99 + 100 + 88
