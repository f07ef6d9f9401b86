"""govqa used wrongly and in bad surroundings: usage, settings, help, exit codes, what is loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cli_process import GDP, ROOT, govqa
from small_reports import REPORT_IDS

from qa import __version__, commands
from qa.cli import main
from qa.console import guarded
from qa.errors import StoreError

COMMANDS = ("ask", "chat", "search", "reports", "figures", "commitments", "ingest", "serve")


# ---------------------------------------------------------------- what is loaded


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


@pytest.mark.parametrize("command", ["figures", "ingest --check"])
def test_closed_pipe_is_quiet(small_index: Path, command: str) -> None:
    code = f"{sys.executable} -m qa {command} --index {small_index} | true; echo ${{PIPESTATUS[0]}}"
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
