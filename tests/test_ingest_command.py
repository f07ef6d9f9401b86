"""`ingest.py`: its options, what it prints where, and the exit codes."""

import errno
import json
import os
import shutil
import sqlite3

import pytest
from fakes import FakeEncoder, encoder_source
from ingest_work import A, B

import qa.ingest
import qa.writer
from qa.errors import IndexLockedError
from qa.ingest import main
from qa.writer import write_lock


@pytest.fixture
def command(work, monkeypatch, capsys):
    monkeypatch.delenv("QA_INDEX", raising=False)
    monkeypatch.setattr(
        qa.ingest.EncoderSource, "from_settings", lambda _settings: encoder_source(FakeEncoder())
    )

    def run(*argv):
        code = main([*map(str, argv), "--index", str(work.index)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_main_results_on_stdout(work, command):
    code, out, err = command(work.corpus)
    assert (code, out) == (
        0,
        f"新增 {A}\n新增 {B}\n新增 2，更新 0，未变 0，删除 0；向量新算 {embedded(work)}，沿用 0\n",
    )
    assert "计算向量" in err
    code, out, err = command(work.corpus)
    assert (code, out, err) == (0, "新增 0，更新 0，未变 2，删除 0；向量新算 0，沿用 0\n", "")


def embedded(work):
    return work.open().chunk_count


def test_main_json(work, command):
    code, out, _ = command(work.corpus, "--json", "--dry-run")
    result = json.loads(out)
    assert code == 0 and result["added"] == [A, B] and result["dry_run"] is True
    assert result["generation"] is None and not work.index.exists()


def test_main_bad_file_is_one_line_and_exit_1(work, command):
    (work.corpus / "2021_空县.txt").write_bytes(b"")
    code, out, err = command(work.corpus)
    assert code == 1 and "失败 1" in out
    assert [line for line in err.splitlines() if line.startswith("错误：")] == [
        line for line in err.splitlines() if "2021_空县.txt" in line
    ]


def test_main_dropped_lines_are_told(work, command):
    noise = "更多数据尽在某某网（http://example.com/）"
    work.a.write_text(f"{noise}\n\n{noise}\n\n{noise}\n\n" + work.a.read_text("utf-8"), "utf-8")
    _, _, err = command(work.corpus)
    assert f"{A}：略去 3 行非正文" in err and f"3 行「{noise}」"[:20] in err


def test_main_check(work, command):
    command(work.corpus)
    code, out, _ = command("--check")
    assert (code, out) == (0, f"索引完好：2 份报告，{embedded(work)} 个片段\n")
    work.b.unlink()
    code, out, _ = command("--check")
    assert code == 1 and out.endswith("共 1 个问题\n")
    code, out, _ = command("--check", "--json")
    assert code == 1 and len(json.loads(out)["problems"]) == 1


def test_main_check_without_index(command):
    code, out, err = command("--check")
    assert (code, out) == (1, "") and "python ingest.py" in err


def test_main_locked(work, command):
    with write_lock(work.index):
        code, _, err = command(work.corpus)
    assert code == 1 and err.startswith("错误：另一个进程正在写索引")
    with write_lock(work.index), pytest.raises(IndexLockedError):
        work.run()


@pytest.mark.parametrize("argv", [["--year", "abc"], ["--nonsense"], ["--check", "--rebuild"]])
def test_main_wrong_usage(command, capsys, argv):
    with pytest.raises(SystemExit) as ended:
        command(*argv)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1) and "用法不对" in err


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
        sqlite3.OperationalError("database or disk is full"),
        shutil.Error([("a", "b", f"[Errno {errno.ENOSPC}] {os.strerror(errno.ENOSPC)}")]),
    ],
)
def test_main_full_disk_is_one_line(work, command, monkeypatch, error):
    def full(*_args, **_more):
        raise error

    monkeypatch.setattr(qa.writer, "chroma_collection", full)
    code, out, err = command(work.corpus)
    assert (code, out) == (1, "") and err.splitlines()[-1].startswith(
        "错误：磁盘已满，没有写成，索引保持原样"
    )
    assert "Traceback" not in err and list(work.index.glob("gen-*")) == []


def test_main_help_ends_with_two_examples(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    lines = capsys.readouterr().out.rstrip().splitlines()
    assert [line.split()[:2] for line in lines[-2:]] == [["python", "ingest.py"]] * 2
