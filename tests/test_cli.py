"""The commands of govqa: results on stdout, the rest on stderr, and the exit codes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from small_reports import REPORT_IDS, YUNLING

from qa import __version__, commands
from qa.cli import guarded, main
from qa.errors import StoreError
from qa.store import Index

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ("ask", "chat", "search", "reports", "figures", "commitments", "ingest", "serve")
GDP = "云岭市2030年地区生产总值增长多少？"

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


def govqa(*arguments: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"} | environ,
        timeout=120,
    )


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


# ---------------------------------------------------------------- reports and figures


def test_reports_json(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports", "--json", "--index", str(small_index)]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["report_id"], row["place"], row["year"]) for row in rows] == [
        ("2031-云岭市", "云岭市", 2031),
        ("2031-海棠市", "海棠市", 2031),
    ]


def test_reports_prints_one_line_a_report(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports", "--index", str(small_index)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines] == list(REPORT_IDS)


def test_figures_json_filtered(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flags = ["--place", "云岭市", "--year", "2031", "--kind", "target", "--indicator", "地区生产总值"]
    assert main(["figures", *flags, "--json", "--index", str(small_index)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["value"], row["unit"], row["comparator"], row["period"]) == ("6.5", "%", "以上", "2031")
    assert "地区生产总值增长6.5%以上" in row["clause"]


def test_figures_csv_has_byte_order_mark(small_index: Path) -> None:
    done = govqa("figures", "--csv", "--indicator", "地区生产总值", "--index", str(small_index))
    assert done.returncode == 0
    assert done.stdout.startswith("\ufeffreport_id,place,year,indicator,")
    rows = list(csv.DictReader(done.stdout.removeprefix("\ufeff").splitlines()))
    assert [(row["place"], row["kind"], row["value"]) for row in rows] == [
        ("云岭市", "actual", "6.3"),
        ("云岭市", "target", "6.5"),
        ("海棠市", "actual", "4.8"),
        ("海棠市", "target", "5.5"),
    ]


def test_figures_table_has_heads_and_aligned_columns(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ["--place", "云岭", "--indicator", "GDP"]
    assert main(["figures", *flags, "--index", str(small_index)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "报告#段         时间  类别  指标          口径  数值      原文",
        "2031-云岭市#7   2030  实绩  地区生产总值  增速  6.3%      地区生产总值增长6.3%",
        "2031-云岭市#11  2031  目标  地区生产总值  增速  6.5%以上  地区生产总值增长6.5%以上",
    ]


def test_figures_sector_text_and_period(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def values(*flags: str) -> list[str]:
        assert main(["figures", *flags, "--json", "--index", str(small_index)]) == 0
        return [row["value"] for row in json.loads(capsys.readouterr().out)]

    assert values("--sector", "项目建设") == ["210", "320"]
    assert values("--text", "货物 吞吐量", "--period", "2031") == ["1.4"]
    assert values("--text", "货物 吞吐量", "--period", "2030") == ["1.3"]


def test_figures_nothing_found_is_one_line_on_stderr(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figures", "--indicator", "老旧小区数量", "--index", str(small_index)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "没有指标为“老旧小区数量”的；最接近的指标：改造老旧小区" in err


def test_figures_nothing_found_as_json_and_csv_is_empty(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["figures", "--year", "1999", "--json", "--index", str(small_index)]) == 0
    assert capsys.readouterr() == ("[]\n", "没有符合条件的结果（年份 1999）：没有年份为“1999”的；有 2031\n")
    done = govqa("commitments", "--year", "1999", "--csv", "--index", str(small_index))
    assert done.stdout == (
        "\ufeffreport_id,place,year,kind,verb,text,sector,period,names,figures,paragraph,start,end\n"
    )


@pytest.mark.parametrize("command", ["figures", "commitments"])
def test_listing_unknown_place_fails(
    command: str, small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--place", "乌有市", "--index", str(small_index)]) == 1
    assert capsys.readouterr() == ("", "错误：没有一个地区对应“乌有市”：有 云岭市、海棠市\n")


def test_commitments_table(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commitments", "--place", "云岭", "--sector", "实事", "--index", str(small_index)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "报告#段         时间  类别  领域          承诺",
        "2031-云岭市#13  2031  新建  办好民生实事  新建社区食堂30个",
        "2031-云岭市#13  2031  改造  办好民生实事  改造农村公路160公里",
    ]


def test_commitments_json(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commitments", "--kind", "开工", "--json", "--index", str(small_index)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    text = Index.open(small_index).text(row["report_id"])
    assert row["text"] == "开工建设深水泊位4个" == text[row["start"] : row["end"]]
    assert (row["place"], row["verb"], row["sector"], row["names"]) == (
        "海棠市", "开工建设", "建设现代化港口", [],
    )  # fmt: skip
    assert [(one["value"], one["unit"]) for one in row["figures"]] == [("4", "个")]


def test_commitments_csv_names_and_figures_are_text(small_index: Path) -> None:
    done = govqa("commitments", "--text", "农村公路", "--csv", "--index", str(small_index))
    (row,) = list(csv.DictReader(done.stdout.removeprefix("\ufeff").splitlines()))
    assert (row["kind"], row["text"]) == ("改造", "改造农村公路160公里")
    assert row["figures"].endswith("农村公路 160公里")


def test_reports_counts_commitments(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reports", "--index", str(small_index)]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.endswith(f"  {len(Index.open(small_index).commitments(REPORT_IDS[0]))} 条承诺")


@pytest.mark.parametrize("command", ["reports", "figures", "commitments"])
def test_listing_loads_no_encoder(command: str, small_index: Path) -> None:
    code = (
        "import sys; from qa.cli import main; main(sys.argv[1:])\n"
        "print(sorted({'torch', 'onnxruntime', 'sentence_transformers', 'chromadb'} & set(sys.modules)))"
    )
    arguments = [sys.executable, "-c", code, command, "--index", str(small_index)]
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"


def test_ask_loads_no_torch(small_index: Path) -> None:
    """One question is answered without the seconds that torch takes to import."""
    code = (
        "import sys; from qa.cli import main; main(sys.argv[1:])\n"
        "print(sorted({'torch', 'sentence_transformers', 'gradio'} & set(sys.modules)))"
    )
    arguments = [sys.executable, "-c", code, "ask", GDP, "--index", str(small_index)]
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert "6.3%" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


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


# ---------------------------------------------------------------- usage and failures


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["ask"],
        ["ask", GDP, "--batch", "in.jsonl"],
        ["ask", GDP, "--out", "out.jsonl"],
        ["ask", GDP, "--mode", "magic"],
        ["ask", GDP, "--year", "去年"],
        ["search", GDP, "-k", "0"],
        ["search", GDP, "-k", "201"],
        ["search", GDP, "-k", "１０"],
        ["figures", "--kind", "hope"],
        ["figures", "--json", "--csv"],
        ["commitments", "--kind", "actual"],
        ["commitments", "--json", "--csv"],
        ["reports", "more"],
    ],
)
def test_wrong_usage_exits_2_with_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    out, err = capsys.readouterr()
    assert caught.value.code == 2
    assert (out, err.count("\n")) == ("", 1)
    assert "--help" in err


@pytest.mark.parametrize("arguments", [["ask", GDP], ["search", GDP], ["chat"], ["reports"], ["figures"]])
def test_missing_index_exits_1_and_says_what_to_do(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none"
    assert main([*arguments, "--index", str(missing)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"错误：{missing} 里没有索引：请先运行 python ingest.py（或 govqa ingest）\n"


def test_index_from_environment(
    small_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_INDEX", str(small_index))
    assert main(["reports"]) == 0
    assert REPORT_IDS[0] in capsys.readouterr().out


def test_bad_setting_exits_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("QA_PORT", "many")
    assert main(["reports"]) == 1
    assert capsys.readouterr().err == "错误：QA_PORT 应是整数，现在是 'many'\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_ends_with_two_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    assert "例" in lines[-3]
    assert all(line.startswith("  ") and command in line for line in lines[-2:])


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from qa.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'numpy', 'torch', 'langchain_core', 'chromadb', 'gradio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
    assert [name for name in COMMANDS if f"\n    {name}" not in done.stdout] == []


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert (caught.value.code, capsys.readouterr().out) == (0, f"govqa {__version__}\n")


def test_unexpected_error_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "reports", lambda *_: {}["gone"])
    assert main(["reports"]) == 1
    assert capsys.readouterr() == ("", "错误：程序出错（KeyError: 'gone'）；设 QA_DEBUG=1 再运行可看到详情\n")


def test_unexpected_error_with_debug_shows_where(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("QA_DEBUG", "1")
    monkeypatch.setattr(commands, "reports", lambda *_: {}["gone"])
    assert main(["reports"]) == 1
    assert "Traceback" in caplog.text


def _interrupt() -> int:
    raise KeyboardInterrupt


def _fail() -> int:
    raise StoreError("索引坏了")


def test_guarded_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert [guarded(lambda: 0), guarded(_interrupt), guarded(_fail)] == [0, 130, 1]
    assert capsys.readouterr() == ("", "错误：索引坏了\n")


def test_closed_pipe_is_quiet(small_index: Path) -> None:
    code = f"{sys.executable} -m qa figures --index {small_index} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_ask_mode_llm_without_endpoint_says_what_to_set(small_index):
    done = govqa("ask", GDP, "--mode", "llm", "--index", str(small_index))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("错误：没有设置语言模型：请设 QA_LLM_BASE_URL 和 QA_LLM_MODEL")


def test_ask_mode_llm_with_a_dead_endpoint_gives_the_extract_and_hides_the_key(small_index):
    from llm_server import closed_port

    environ = {"QA_LLM_BASE_URL": closed_port(), "QA_LLM_MODEL": "m", "QA_LLM_API_KEY": "sk-hidden"}
    done = govqa(
        "ask", GDP, "--mode", "llm", "-v", "--index", str(small_index), QA_LLM_RETRIES="0", **environ
    )
    assert done.returncode == 0
    assert "增长6.3%【1】" in done.stdout
    assert "（连不上语言模型服务，以下是程序从原文摘录的回答。）" in done.stdout
    assert "sk-hidden" not in done.stdout + done.stderr
