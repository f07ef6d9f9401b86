"""A run's folder: appended, torn, continued, refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.records import RECORDS, RUN, Journal, differences, journal, read_run
from qa.errors import EvalDataError

FACTS: dict[str, Any] = {
    "date": "d1",
    "questions_sha256": "a" * 64,
    "corpus_sha256": "b" * 64,
    "mode": "extract",
    "settings": {"encoder": "bundled", "index": "x", "port": 1},
    "program_sha256": "c" * 64,
    "judge_sha256": "d" * 64,
}


def record(name: str) -> dict[str, Any]:
    return {"id": name, "question": {"question": "问\u2028题"}, "answer": {}, "checks": {}}


def append(out: Path, *names: str, facts: dict[str, Any] = FACTS, **flags: Any) -> list[str]:
    """Add records; the ids that were there before."""
    with journal(out, facts, **flags) as found:
        before = list(found.done)
        for name in names:
            found.append(record(name))
        return before


def test_journal_goes_on_where_it_stopped(tmp_path: Path) -> None:
    assert append(tmp_path / "o", "1", "2") == []
    # Another port or date is the same run.
    later = FACTS | {"date": "d2", "settings": FACTS["settings"] | {"port": 2, "index": "y"}}
    assert append(tmp_path / "o", "3", facts=later) == ["1", "2"]
    found = read_run(tmp_path / "o")
    assert [item["id"] for item in found.records] == ["1", "2", "3"]
    assert found.facts == FACTS


def test_journal_drops_a_torn_last_line(tmp_path: Path) -> None:
    append(tmp_path, "1", "2")
    whole = (tmp_path / RECORDS).read_bytes()
    (tmp_path / RECORDS).write_bytes(whole[:-9])
    assert [item["id"] for item in read_run(tmp_path).records] == ["1"]
    assert append(tmp_path, "2") == ["1"]
    assert (tmp_path / RECORDS).read_bytes() == whole


def test_journal_bad_line_in_the_middle_is_named(tmp_path: Path) -> None:
    append(tmp_path, "1", "2")
    lines = (tmp_path / RECORDS).read_text("utf-8").split("\n")
    (tmp_path / RECORDS).write_text("\n".join(['{"id": 1}', *lines]), "utf-8")
    with pytest.raises(EvalDataError, match=r"records\.jsonl:1：不是一题的记录"):
        append(tmp_path)


def test_journal_refuses_another_run_and_says_why(tmp_path: Path) -> None:
    append(tmp_path, "1")
    other = FACTS | {
        "corpus_sha256": "e" * 64,
        "mode": "llm",
        "settings": {"encoder": "m", "index": "x", "port": 1},
    }
    with pytest.raises(EvalDataError) as caught:
        append(tmp_path, facts=other)
    said = str(caught.value)
    assert "语料：bbbbbbbbbbbb → eeeeeeeeeeee；回答方式 --mode：extract → llm" in said
    assert "设置 encoder：bundled → m" in said
    assert "--restart" in said
    assert append(tmp_path, "9", facts=other, restart=True) == []
    assert [item["id"] for item in read_run(tmp_path).records] == ["9"]


def test_journal_resume_needs_a_run(tmp_path: Path) -> None:
    with pytest.raises(EvalDataError, match="没有可以接着做的评测"):
        append(tmp_path / "new", resume=True)


def test_journal_records_without_run_json(tmp_path: Path) -> None:
    append(tmp_path, "1")
    (tmp_path / RUN).unlink()
    with pytest.raises(EvalDataError, match=r"没有可读的 run\.json"):
        append(tmp_path)


def test_journal_one_writer_at_a_time(tmp_path: Path) -> None:
    with (
        journal(tmp_path, FACTS),
        pytest.raises(EvalDataError, match="另一个评测正在写"),
        journal(tmp_path, FACTS),
    ):
        pass


def test_append_writes_one_line_with_strange_characters(tmp_path: Path) -> None:
    Journal(tmp_path / "r").append({"id": "\ud800\u2028\n"})
    data = (tmp_path / "r").read_bytes()
    assert data.count(b"\n") == 1 and data.endswith(b"\n")
    assert json.loads(data.decode("utf-8", "surrogatepass")) == {"id": "\ud800\u2028\n"}


def test_read_run_without_records(tmp_path: Path) -> None:
    append(tmp_path)
    with pytest.raises(EvalDataError, match="还没有一题的记录"):
        read_run(tmp_path)


def test_differences_none_for_the_same() -> None:
    assert differences(FACTS, dict(FACTS)) == []
    assert differences(FACTS, FACTS | {"judge_sha256": "f" * 64}) == [
        "评分程序（eval/）：dddddddddddd → ffffffffffff"
    ]
