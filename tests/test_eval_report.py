"""The pages of a run: what they count, what they show, and that nothing in them runs."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from eval import report, tally
from eval.html import Bin, bins, failures_by_kind, report_page

PAYLOAD = "<script>window.hacked=1</script><img src=x onerror=window.hacked=2>\"'&"
FACTS: dict[str, Any] = {
    "command": "python -m eval.run --out o",
    "date": "2026-11-21",
    "count": 4,
    "reports": ["2024-甲市"],
    "corpus_sha256": "ab" * 32,
    "mode": "extract",
    "questions": {"题.csv": "cd" * 32},
    "program_sha256": "ef" * 32,
    "judge_sha256": "01" * 32,
    "versions": {"python": "3.11"},
    "settings": {"llm_api_key": "***"},
    "finished": True,
}
CHECKS: dict[str, Any] = {
    "right": True,
    "correct": True,
    "wrong": False,
    "missing": [],
    "forbidden": [],
    "completeness": 1.0,
    "rejected": None,
    "rightly_refused": None,
    "falsely_refused": False,
    "reason_right": None,
    "helpful": None,
    "unsupported": [],
    "citation_recall": 1.0,
    "citation_precision": 1.0,
    "faults": [],
    "recall@1": 1.0,
    "recall@5": 1.0,
    "recall@10": 1.0,
    "rr": 1.0,
    "ndcg@10": 1.0,
}


def record(name: str, *, part: str = "review", length: int = 100, **checks: Any) -> dict[str, Any]:
    """A right answer whose gold text, 5 characters at offset 10, stands in a paragraph of ``length``."""
    text = "全市经济平稳运行，又增长2.2%。".ljust(length, "。")
    paragraph = {"number": 3, "part": part, "section": [], "paragraph_text": text, "marks": [[10, 15]]}
    return {
        "id": name,
        "question": {
            "id": name,
            "type": "figure_actual",
            "question": "增长多少？",
            "history": [],
            "reports": ["2024-甲市"],
            "abstain": False,
            "reason": None,
            "must": [["2.2%", "2.2％"]],
            "must_not": [],
        },
        "answer": {
            "answer": "增长2.2%。【1】",
            "abstained": False,
            "reason": None,
            "timings_ms": {"total": 10.0},
            "citations": [
                {
                    "n": 1,
                    "report_id": "2024-甲市",
                    "paragraph": 3,
                    "paragraph_text": text,
                    "quote": text[9:15],
                }
            ],
        },
        "checks": CHECKS | checks,
        "gold": [
            {
                "report": "2024-甲市",
                "text": "增长2.2%",
                "places": 1,
                "rank": 1,
                "cited_by": [1],
                "paragraphs": [paragraph],
            }
        ],
        "citation_marks": [[9, 15]],
        "hits": [],
        "error": None,
        "wall_ms": 12.0,
        "retrieve_ms": 5.0,
    }


def refused(name: str, *, due: bool) -> dict[str, Any]:
    """A refusal, due or not."""
    made = record(
        name,
        right=None if due else False,
        correct=due,
        missing=[],
        completeness=None if due else 0.0,
        rejected=True if due else None,
        rightly_refused=due,
        falsely_refused=None if due else True,
        citation_precision=None,
    )
    made["question"] |= {"abstain": due, "type": "not_stated" if due else "compare"}
    made["answer"] |= {"abstained": True, "answer": "资料中未提及。", "citations": []}
    return made


def wrong(name: str) -> dict[str, Any]:
    return record(
        name,
        part="plan",
        length=700,
        right=False,
        correct=False,
        wrong=True,
        missing=["2.2%"],
        completeness=0.0,
    )


RECORDS = [record("甲-1"), wrong("甲-2"), refused("甲-3", due=True), refused("甲-4", due=False)]


def payload_records() -> list[dict[str, Any]]:
    """One failed question that has the payload wherever a text may stand."""
    made = wrong(f"x{PAYLOAD}")
    made["question"] |= {
        "question": PAYLOAD,
        "must": [[PAYLOAD]],
        "must_not": [PAYLOAD],
        "reports": [PAYLOAD],
        "history": [{"role": "user", "content": PAYLOAD}],
    }
    made["checks"] |= {"missing": [PAYLOAD], "faults": [PAYLOAD], "unsupported": [PAYLOAD]}
    made["error"] = PAYLOAD
    made["answer"] |= {"answer": PAYLOAD}
    made["answer"]["citations"][0] |= {"report_id": PAYLOAD, "paragraph_text": PAYLOAD}
    made["citation_marks"] = [[3, 40]]
    made["gold"][0] |= {"report": PAYLOAD, "text": PAYLOAD}
    made["gold"][0]["paragraphs"][0] |= {"paragraph_text": PAYLOAD, "marks": [[0, 9], [20, 30]]}
    return [made]


PAYLOAD_FACTS = FACTS | {
    "command": PAYLOAD,
    "reports": [PAYLOAD],
    "questions": {PAYLOAD: PAYLOAD},
    "versions": {PAYLOAD: PAYLOAD},
    "settings": {PAYLOAD: PAYLOAD},
}

# ------------------------------------------------------------------ counting


def test_confusion_every_record_in_one_cell() -> None:
    found = tally.confusion(RECORDS)
    assert (found.right, found.wrong, found.refused) == (1, 1, 1)
    assert (found.absent_answered, found.absent_refused) == (0, 1)


def test_scores_of_refusals_by_hand() -> None:
    scores = tally.headline(RECORDS)
    # Two refusals, one of them due; three answerable questions, one of them refused.
    assert (scores["rightly_refused"]["mean"], scores["rightly_refused"]["n"]) == (0.5, 2)
    assert scores["falsely_refused"]["mean"] == pytest.approx(1 / 3)
    assert scores["citation_precision"]["n"] == 2


def test_groups_by_part_and_length_leave_out_what_is_to_be_refused() -> None:
    mixed = record("甲-5")
    mixed["gold"] = [*record("", part="head")["gold"], *record("", part="plan", length=300)["gold"]]
    records = [*RECORDS, mixed]
    parts = {name: len(members) for name, members in tally.by_part(records).items()}
    assert parts == {"回顾": 2, "计划": 1, "几部分都有": 1}
    lengths = {name: len(members) for name, members in tally.by_length(records).items()}
    assert lengths == {"不到 200 字": 2, "200–499 字": 1, "500 字以上": 1}


def test_groups_by_type_in_fixed_order() -> None:
    assert list(tally.by_type(RECORDS)) == ["figure_actual", "compare", "not_stated"]


def test_latency_steps_that_nobody_tells_are_none() -> None:
    rows = {row.name: row for row in tally.latency(RECORDS)}
    assert rows["答案自报合计"].p50 == 10.0
    assert rows["核对"] == tally.Latency("核对", None, None, None)


def test_bins_by_hand() -> None:
    # 1-2-5 steps, upper edge included: 0.4 and 1 in <=1, 4 in <=5, 5.1 in <=10; <=2 is empty.
    assert bins([0.4, 1, 4, 5.1]) == [Bin(1, 2), Bin(2, 0), Bin(5, 1), Bin(10, 1)]
    assert bins([600_000]) == [Bin(1_000_000, 1)]
    assert bins([]) == []


def test_failures_most_frequent_kind_first() -> None:
    found = failures_by_kind([*RECORDS, wrong("甲-5")])
    assert {kind: [r["id"] for r in members] for kind, members in found.items()} == {
        "答案缺内容": ["甲-2", "甲-5"],
        "误拒": ["甲-4"],
    }
    assert next(iter(found)) == "答案缺内容"


# ------------------------------------------------------------------ pages


def test_page_shows_failures_with_marks_side_by_side() -> None:
    page = BeautifulSoup(report_page(RECORDS, FACTS), "html.parser")
    (case,) = page.select("[id='q-甲-2']")
    left, right = case.select(".two > div")
    assert "2.2%/2.2％" in left.text and "检索第 1 名，被【1】引用" in left.text
    # The paragraph is 700 characters: once in the window, once whole.
    assert [mark.text for mark in left.select("mark")] == ["增长2.2"] * 2
    assert "增长2.2%。【1】" in right.text
    assert [mark.text for mark in right.select("mark")] == ["又增长2.2"] * 2
    assert not page.select("[id='q-甲-1']")


def test_page_is_one_file_that_loads_and_runs_nothing() -> None:
    text = report_page(RECORDS, FACTS)
    page = BeautifulSoup(text, "html.parser")
    policy = page.select_one("meta[http-equiv=Content-Security-Policy]")
    assert policy is not None
    assert str(policy["content"]).startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert not page.select("script, link, img, iframe, object, form, base, use, image")
    assert "http://" not in text and "https://" not in text and "url(" not in text and "@import" not in text


def test_page_escapes_everything() -> None:
    text = report_page(payload_records(), PAYLOAD_FACTS)
    page = BeautifulSoup(text, "html.parser")
    assert not page.select("script, img")
    assert not [tag for tag in page.find_all() if any(name.startswith("on") for name in tag.attrs)]
    assert PAYLOAD in page.select(".case .question")[0].text
    # Marks stand inside the escaped text and lose nothing of it.
    assert PAYLOAD in page.select(".case blockquote")[0].text


def test_markdown_escapes_what_a_renderer_would_run() -> None:
    text = report.summary(payload_records(), FACTS)
    assert "<script" not in text and "<img" not in text
    assert "&lt;script>" in text


def test_totals_show_no_question_and_no_answer(tmp_path: Path) -> None:
    report.write_reports(tmp_path, RECORDS, FACTS, totals=True)
    for name in ("report.html", "summary.md"):
        text = (tmp_path / name).read_text("utf-8")
        assert "0.500" in text
        for secret in ("增长多少", "2.2%", "甲-2", "资料中未提及"):
            assert secret not in text
    report.write_reports(tmp_path, RECORDS, FACTS)
    assert "增长多少" in (tmp_path / "report.html").read_text("utf-8")


def test_pages_of_one_question_without_gold_or_times() -> None:
    bare = copy.deepcopy(RECORDS[2])
    bare["gold"] = []
    bare["answer"]["timings_ms"] = {}
    for records in ([bare], []):
        assert "–" in report.summary(records, FACTS)
        assert "</html>" in report_page(records, FACTS)


def test_pages_leave_records_unchanged() -> None:
    before = copy.deepcopy(RECORDS)
    report_page(RECORDS, FACTS)
    report.summary(RECORDS, FACTS)
    assert before == RECORDS
