"""govqa ask, search and chat: results on stdout, the rest on stderr."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_process import GDP, govqa
from small_reports import REPORT_IDS, YUNLING

from qa.cli import main
from qa.store import Index

ANSWER_KEYS = {
    "id", "question", "answer", "abstained", "reason", "mode", "citations", "figures", "scope",
    "suggestions", "timings_ms", "generation",
}  # fmt: skip
CITATION_KEYS = {
    "n", "report_id", "place", "year", "title", "section", "paragraph", "start", "end", "quote",
    "paragraph_text",
}  # fmt: skip
FIGURE_KEYS = {
    "indicator", "measure", "value", "unit", "comparator", "place", "period", "kind", "derived",
    "citation", "verdict",
}  # fmt: skip
HIT_KEYS = ["rank", "score", "chunk_id", "report_id", "paragraph", "start", "end", "text"]


def write_lines(path: Path, *rows: Any) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


# ---------------------------------------------------------------- ask


def test_ask_prints_answer_and_reference(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", GDP, "--index", str(small_index)]) == 0
    out, err = capsys.readouterr()
    assert "6.3%" in out.splitlines()[0]
    assert "【1】云岭市 2031年" in out
    assert err == ""


def test_ask_json_has_the_contract(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", GDP, "--json", "--index", str(small_index)]) == 0
    out = capsys.readouterr().out
    assert "云岭市" in out  # not escaped
    answer = json.loads(out)
    assert set(answer) == ANSWER_KEYS
    assert (answer["question"], answer["mode"], answer["abstained"], answer["reason"]) == (
        GDP, "extract", False, None,
    )  # fmt: skip
    assert [set(citation) for citation in answer["citations"]] == [CITATION_KEYS]
    assert set(answer["figures"][0]) >= FIGURE_KEYS
    assert {"total", "scope", "retrieve", "answer", "verify"} <= set(answer["timings_ms"])


def test_ask_json_citation_is_the_text_of_the_index(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", GDP, "--json", "--index", str(small_index)]) == 0
    (citation,) = json.loads(capsys.readouterr().out)["citations"]
    text = Index.open(small_index).text(REPORT_IDS[0])
    assert citation["quote"] == text[citation["start"] : citation["end"]]
    assert citation["quote"] in citation["paragraph_text"]
    assert citation["paragraph_text"] in YUNLING
    assert "地区生产总值增长6.3%" in citation["quote"]


def test_ask_place_and_year_narrow_an_open_question(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = "2030年地区生产总值增长多少？"
    assert (
        main(["ask", question, "--place", "海棠", "--year", "2031", "--json", "--index", str(small_index)])
        == 0
    )
    answer = json.loads(capsys.readouterr().out)
    assert "4.8%" in answer["answer"]
    assert "6.3%" not in answer["answer"]
    assert {citation["report_id"] for citation in answer["citations"]} == {REPORT_IDS[1]}


def test_ask_unknown_place_names_the_places(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", GDP, "--place", "乌有市", "--index", str(small_index)]) == 1
    assert capsys.readouterr() == ("", "错误：--place 乌有市 不对应索引里的一个地方：有 云岭市、海棠市\n")


def test_ask_empty_question_fails_with_one_line(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "  ", "--index", str(small_index)]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("错误：问题是空的")


# ---------------------------------------------------------------- ask --batch


def test_ask_batch_keeps_order_and_gives_errors_as_lines(
    small_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_lines(
        tmp_path / "in.jsonl",
        {"id": "a", "question": GDP},
        {"id": "b", "question": ""},
        "not json",
        "",
        {"id": 7, "question": "那海棠市呢？", "history": [
            {"role": "user", "content": GDP}, {"role": "assistant", "content": "增长6.3%。"},
        ]},
        {"id": "d", "question": GDP, "history": "earlier"},
        {"id": "e"},
    )  # fmt: skip
    target = tmp_path / "out.jsonl"
    assert main(["ask", "--batch", str(source), "--out", str(target), "--index", str(small_index)]) == 1
    rows = read_lines(target)
    assert [row["id"] for row in rows] == ["a", "b", None, 7, "d", "e"]
    assert ["error" in row for row in rows] == [False, True, True, False, True, True]
    assert set(rows[0]) == ANSWER_KEYS
    assert set(rows[1]) == {"id", "question", "error"}
    assert "第 3 行不是 JSON" in rows[2]["error"]
    assert "4.8%" in rows[3]["answer"]
    assert "history" in rows[4]["error"]
    assert "第 7 行没有 question" in rows[5]["error"]
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("完成 6 题，其中 4 题出错（见结果里的 error）\n")


def test_ask_batch_line_that_json_does_not_allow_is_an_error(
    small_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python reads NaN and half a character as JSON; what is written must be JSON for every other reader."""
    lines = ['{"id": NaN, "question": "GDP"}', r'{"id": 2, "question": "\ud83dGDP"}']
    source = write_lines(tmp_path / "in.jsonl", *lines)
    target = tmp_path / "out.jsonl"
    assert main(["ask", "--batch", str(source), "--out", str(target), "--index", str(small_index)]) == 1
    rows = read_lines(target)
    assert [row["id"] for row in rows] == [None, 2]
    assert "第 1 行不是 JSON" in rows[0]["error"] and "UTF-8" in rows[1]["error"]
    assert "Traceback" not in capsys.readouterr().err


def test_ask_batch_reads_stdin_and_writes_stdout(small_index: Path) -> None:
    line = json.dumps({"id": "x", "question": GDP}, ensure_ascii=False)
    done = govqa("ask", "--batch", "-", "--out", "-", "--index", str(small_index), stdin=f"\ufeff{line}\n")
    assert done.returncode == 0
    (row,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (row["id"], row["abstained"]) == ("x", False)
    assert "1题" in done.stderr.replace(" ", "")  # the progress bar
    assert done.stderr.endswith("完成 1 题\n")


def test_ask_batch_empty_file_gives_empty_file(small_index: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n\n", "utf-8")
    assert main(["ask", "--batch", str(source), "--out", str(target), "--index", str(small_index)]) == 0
    assert target.read_bytes() == b""


def test_ask_batch_without_index_keeps_earlier_results(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", {"id": "a", "question": GDP})
    target = write_lines(tmp_path / "out.jsonl", {"id": "earlier"})
    assert main(["ask", "--batch", str(source), "--out", str(target), "--index", str(tmp_path / "no")]) == 1
    assert read_lines(target) == [{"id": "earlier"}]


def test_ask_batch_same_file_refused(
    small_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_lines(tmp_path / "in.jsonl", {"id": "a", "question": GDP})
    assert main(["ask", "--batch", str(source), "--out", str(source), "--index", str(small_index)]) == 1
    assert "是同一个文件" in capsys.readouterr().err
    assert read_lines(source) == [{"id": "a", "question": GDP}]


def test_ask_batch_missing_file(
    small_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "no.jsonl"
    assert main(["ask", "--batch", str(missing), "--out", "-", "--index", str(small_index)]) == 1
    assert f"错误：问题文件 {missing} 打不开" in capsys.readouterr().err


# ---------------------------------------------------------------- search


def test_search_json_ranks_the_best_chunks_of_all_reports(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "港口货物吞吐量", "-k", "3", "--json", "--index", str(small_index)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["question"] == "港口货物吞吐量"
    assert [list(hit) for hit in found["hits"]] == [HIT_KEYS] * 3
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    texts = "".join(hit["text"] for hit in found["hits"])
    assert "1.3亿吨" in texts
    assert "1.4亿吨" in texts


def test_search_prints_one_line_a_hit(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "云岭市老旧小区", "-k", "2", "--index", str(small_index)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert f"{REPORT_IDS[0]}#" in lines[0]
    assert "改造老旧小区87个" in lines[0]


def test_search_batch_gives_hits_or_error(small_index: Path, tmp_path: Path) -> None:
    source = write_lines(
        tmp_path / "in.jsonl", {"id": "a", "question": "云岭市老旧小区"}, {"id": "b", "question": 5}
    )
    target = tmp_path / "out.jsonl"
    code = main(
        ["search", "--batch", str(source), "--out", str(target), "-k", "2", "--index", str(small_index)]
    )
    assert code == 1
    first, second = read_lines(target)
    assert list(first) == ["id", "hits"]
    assert [list(hit) for hit in first["hits"]] == [HIT_KEYS] * 2
    hit = first["hits"][0]
    assert hit["text"] == Index.open(small_index).text(hit["report_id"])[hit["start"] : hit["end"]]
    assert (second["id"], set(second)) == ("b", {"id", "question", "error"})


# ---------------------------------------------------------------- chat


def test_chat_piped_keeps_and_forgets_history(small_index: Path) -> None:
    lines = ["/help", GDP, "那海棠市呢？", "", "/what", "问" * 600, "/reset", "/quit", GDP]
    done = govqa("chat", "--index", str(small_index), stdin="\n".join(lines))
    assert done.returncode == 0
    told = done.stdout
    first, second = told.index("6.3%"), told.index("4.8%")
    assert told.index("/reset 忘掉") < first < second < told.index("没有 /what 这个命令")
    assert told.rstrip().endswith("好，重新开始。")
    assert done.stderr.count("\n") == 1
    assert "问题太长" in done.stderr
