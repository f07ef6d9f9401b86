import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from fakes import FakeEncoder, encoder_source, write_report

import qa.ingest
from qa.check import check
from qa.errors import IndexLockedError, IndexMismatchError, ModelError, StoreError
from qa.generation import chroma_collection
from qa.ingest import EncoderSource, Request, ingest, main
from qa.plan import DEFAULT_CORPUS
from qa.store import Index
from qa.writer import write_lock

ROAD = "新建农村道路路网120公里。"
BRIDGE = "新建跨江大桥5座，改造旧桥2座。"
WATER = "兴修水利，水质优良。"
A, B = "2024-云山市", "2024-海阳县"
TESTS = Path(__file__).parent


class Work:
    """A corpus folder of two reports, an index folder, and ``run``; the encoder is new in every run."""

    def __init__(self, folder):
        self.corpus = folder / "corpus"
        self.index = folder / "index"
        self.a = write_report(self.corpus / "2024_云山市.txt", ROAD, BRIDGE)
        self.b = write_report(self.corpus / "2024_海阳县.txt", ROAD, WATER)
        self.encoder = FakeEncoder()

    def run(self, *paths, encoder=None, dry_run=False, **request):
        self.encoder = encoder or FakeEncoder()
        if not paths and not request.get("remove"):
            paths = (self.corpus,)
        return ingest(
            self.index,
            Request(tuple(paths), **request),
            encoder=encoder_source(self.encoder),
            dry_run=dry_run,
        )

    def open(self):
        return Index.open(self.index, encoder_fingerprint="fake:9")

    def problems(self):
        return check(self.open(), encoder_fingerprint="fake:9", max_bytes=10**6)


@pytest.fixture
def work(tmp_path):
    return Work(tmp_path)


def tree(folder):
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}


def counts(outcome):
    plan = outcome.plan
    return plan.added, plan.updated, plan.unchanged, plan.removed


# ------------------------------------------------------------------ incremental


def test_ingest_first_run_adds(work):
    outcome = work.run()
    assert counts(outcome) == ((A, B), (), (), ())
    assert outcome.embedded == len(work.encoder.chunk_texts) == work.open().chunk_count
    assert work.problems() == []


def test_ingest_unchanged_computes_and_writes_nothing(work):
    work.run()
    before = tree(work.index)
    source = EncoderSource("fake", "fake:9", lambda: pytest.fail("the encoder was loaded"))
    outcome = ingest(work.index, Request((work.corpus,)), encoder=source)
    assert counts(outcome) == ((), (), (A, B), ())
    assert outcome.generation is None and tree(work.index) == before


def test_ingest_changed_report_embeds_only_changed_chunks(work):
    work.run()
    write_report(work.a, "新增一段：粮食丰收。", ROAD, BRIDGE)
    outcome = work.run()
    assert counts(outcome) == ((), (A,), (B,), ())
    # The two old paragraphs moved down by one and keep their vectors.
    assert [text.rpartition("\n")[2] for text in work.encoder.chunk_texts] == ["新增一段：粮食丰收。"]
    assert outcome.embedded == 1
    assert work.problems() == []
    index = work.open()
    found = index.vector_search(work.encoder.encode_queries(["桥"])[0], 1)
    assert index.chunk(found[0][0]).text == BRIDGE


def test_ingest_changed_figure_is_found_and_the_old_is_gone(work):
    work.run()
    write_report(work.a, ROAD.replace("120", "130"), BRIDGE)
    work.run()
    index = work.open()
    assert str(index.figures(A)[0].value) == "130"
    assert index.keyword_search("120公里", 5, report_ids=[A]) == index.keyword_search(
        "公里", 5, report_ids=[A]
    )
    assert work.problems() == []


PLAN = ("二、2024年工作安排", "新建农村公路120公里，改造旧桥2座。")


def promises(work, report_id=A):
    index = work.open()
    return [index.text(report_id)[p.start : p.end] for p in index.commitments(report_id)]


def test_ingest_commitments_follow_the_plan(work):
    write_report(work.a, ROAD, *PLAN)
    work.run()
    assert promises(work) == ["新建农村公路120公里", "改造旧桥2座"]
    assert promises(work, B) == []
    assert [info.commitments for info in work.open().reports] == [2, 0]
    write_report(work.a, ROAD, PLAN[0], "改造旧桥3座。")
    work.run()
    assert promises(work) == ["改造旧桥3座"]
    assert work.problems() == []


def test_ingest_removed_report_takes_its_commitments_along(work):
    write_report(work.a, ROAD, *PLAN)
    work.run()
    work.a.unlink()
    work.run()
    with closing(sqlite3.connect(work.open().folder / "reports.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM commitments").fetchone() == (0,)


def test_ingest_removed_file_removes_its_report(work):
    work.run()
    work.b.unlink()
    outcome = work.run()
    assert counts(outcome) == ((), (), (A,), (B,))
    assert [info.report_id for info in work.open().reports] == [A]
    assert work.encoder.chunk_texts == [] and work.problems() == []


def test_ingest_renamed_file_keeps_vectors(work):
    work.run()
    new = work.a.rename(work.corpus / "2024年云山市政府工作报告.txt")
    outcome = work.run()
    assert counts(outcome) == ((), (), (B, A), ())
    assert work.encoder.chunk_texts == []
    assert work.open().info(A).source == str(new)
    assert work.problems() == []


def test_ingest_renamed_to_another_year_is_another_report(work):
    work.run()
    work.a.rename(work.corpus / "2023_云山市.txt")
    assert counts(work.run()) == (("2023-云山市",), (), (B,), (A,))
    assert work.problems() == []


def test_ingest_single_file_only_adds(work):
    work.run()
    work.b.unlink()
    extra = write_report(work.corpus.parent / "2025_云山市.txt", WATER)
    assert counts(work.run(extra)) == (("2025-云山市",), (), (), ())
    assert [info.report_id for info in work.open().reports] == [A, B, "2025-云山市"]


def test_ingest_without_path_is_the_whole_corpus(work, monkeypatch):
    monkeypatch.chdir(work.corpus.parent)
    work.corpus.parent.joinpath("data").mkdir()
    work.corpus.rename(DEFAULT_CORPUS)
    source = encoder_source(work.encoder)
    extra = write_report(Path("elsewhere/r.txt"), WATER)
    assert counts(ingest(work.index, Request(), encoder=source))[0] == (A, B)
    ingest(work.index, Request((extra,), place="海阳县", year=2025), encoder=source)
    # A known file elsewhere is kept up to date with what its flags said.
    write_report(extra, WATER, ROAD)
    assert counts(ingest(work.index, Request(), encoder=source)) == ((), ("2025-海阳县",), (A, B), ())
    extra.unlink()
    assert counts(ingest(work.index, Request(), encoder=source)) == ((), (), (A, B), ("2025-海阳县",))


def test_ingest_emptied_folder_removes_nothing(work):
    work.run()
    work.a.unlink()
    work.b.unlink()
    outcome = work.run()
    assert counts(outcome) == ((), (), (), ())
    assert "已有的报告不动" in str(outcome.plan.errors[0])
    assert len(work.open().reports) == 2


def test_ingest_remove_by_id(work):
    work.run()
    outcome = work.run(remove=(A, "2024-无"))
    assert counts(outcome) == ((), (), (), (A,))
    assert [error.path for error in outcome.plan.errors] == ["2024-无"]
    assert [info.report_id for info in work.open().reports] == [B]


def test_ingest_place_and_year_flags(work):
    extra = write_report(work.corpus.parent / "r.txt", WATER)
    outcome = work.run(extra, place="海阳县", year=2022)
    assert outcome.plan.added == ("2022-海阳县",)


def test_ingest_dry_run_writes_nothing(work):
    outcome = work.run(dry_run=True)
    assert counts(outcome) == ((A, B), (), (), ()) and outcome.embedded > 0
    assert not work.index.exists() and work.encoder.chunk_texts == []
    work.run()
    before = tree(work.index)
    write_report(work.a, WATER)
    work.b.unlink()
    outcome = work.run(dry_run=True)
    assert counts(outcome) == ((), (A,), (), (B,)) and outcome.embedded == 1
    assert tree(work.index) == before


def test_ingest_rebuild_computes_all_again(work):
    first = work.run()
    outcome = work.run(rebuild=True)
    assert counts(outcome) == ((), (), (A, B), ())
    assert (outcome.embedded, outcome.reused) == (first.embedded, 0)
    assert work.problems() == []


def test_ingest_rebuild_keeps_reports_of_other_files(work):
    work.run()
    outcome = work.run(work.a, rebuild=True)
    assert counts(outcome) == ((), (), (A,), ())
    assert len(work.open().reports) == 2 and work.problems() == []


def test_ingest_rebuild_recovers_a_damaged_index(work):
    work.run()
    (work.index / "current.json").write_text("{")
    with pytest.raises(StoreError, match="--rebuild"):
        work.run()
    assert work.run(rebuild=True).plan.added == (A, B)
    assert work.problems() == []
    assert len(list(work.index.glob("gen-*"))) == 1


def test_ingest_other_encoder_needs_rebuild(work):
    work.run()
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        work.run(encoder=FakeEncoder("other"))
    work.run(encoder=FakeEncoder("other"), rebuild=True)
    assert Index.open(work.index, encoder_fingerprint="other:9").fingerprint.encoder_name == "other"


@pytest.mark.parametrize("rules", ["figures", "commitments"])
def test_ingest_new_rules_rederive_without_embedding(work, rules):
    work.run()
    file = next(work.index.glob("gen-*/fingerprint.json"))
    file.write_text(json.dumps(json.loads(file.read_text()) | {rules: "before"}))
    with pytest.raises(IndexMismatchError, match=r"python ingest\.py"):
        work.open()
    outcome = work.run(work.a)
    assert (outcome.embedded, outcome.generation is not None) == (0, True)
    assert len(work.open().reports) == 2 and work.problems() == []


# ------------------------------------------------------------------ bad input


def test_ingest_duplicate_id_other_text(work):
    copy = write_report(work.corpus / "云山市2024年.txt", WATER)
    outcome = work.run()
    assert outcome.plan.added == (A, B)
    (error,) = outcome.plan.errors
    assert {str(work.a), str(copy)} == {error.path, error.reason.split()[1]}


def test_ingest_duplicate_id_same_text(work):
    (work.corpus / "云山市2024年.txt").write_bytes(work.a.read_bytes())
    outcome = work.run()
    assert outcome.plan.added == (A, B) and outcome.plan.errors == ()
    assert "内容相同" in outcome.plan.notes[0]


def test_ingest_another_file_cannot_take_over_a_report(work):
    work.run()
    other = write_report(work.corpus.parent / "2024_云山市.txt", WATER)
    outcome = work.run(other)
    assert counts(outcome) == ((), (), (), ())
    assert str(work.a) in str(outcome.plan.errors[0])
    work.a.unlink()
    assert work.run(other).plan.updated == (A,)


def test_ingest_bad_files_each_one_line_and_the_rest_goes_in(work, tmp_path):
    work.run()
    (tmp_path / "outside.txt").write_text("外面")
    (work.corpus / "2021_空县.txt").write_bytes(b"")
    (work.corpus / "2021_乱县.txt").write_bytes(bytes(range(256)) * 40)
    (work.corpus / "2021_表县.xlsx").write_bytes(b"PK")
    (work.corpus / "2021_链县.txt").symlink_to(tmp_path / "outside.txt")
    with (work.corpus / "2021_大县.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    work.b.write_bytes(b"")
    write_report(work.corpus / "2025_云山市.txt", WATER)
    outcome = work.run(work.corpus, tmp_path / "nowhere.txt")
    assert counts(outcome) == (("2025-云山市",), (), (A,), ())
    bad = {Path(error.path).name for error in outcome.plan.errors}
    assert bad == {
        "2021_空县.txt", "2021_乱县.txt", "2021_表县.xlsx", "2021_链县.txt",
        "2021_大县.txt", "2024_海阳县.txt", "nowhere.txt",
    }  # fmt: skip
    assert len(outcome.plan.errors) == 7
    assert all("\n" not in str(error) for error in outcome.plan.errors)
    # The report whose file went bad is still there.
    assert {info.report_id for info in work.open().reports} == {A, B, "2025-云山市"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_ingest_unreadable_file(work):
    work.run()
    work.b.chmod(0)
    outcome = work.run()
    assert [error.path for error in outcome.plan.errors] == [str(work.b)]
    assert len(work.open().reports) == 2


def test_ingest_failing_encoder_leaves_the_index(work):
    class Failing(FakeEncoder):
        def encode_chunks(self, texts, *, progress=None):
            raise ModelError("太长")

    work.run()
    before = work.open().generation
    write_report(work.a, WATER)
    with pytest.raises(ModelError, match="太长"):
        work.run(encoder=Failing())
    assert work.open().generation == before and len(list(work.index.glob("gen-*"))) == 1


def test_ingest_encoder_that_is_not_unit_is_refused(work):
    class Long(FakeEncoder):
        def encode_chunks(self, texts, *, progress=None):
            return super().encode_chunks(texts) * 2

    with pytest.raises(ModelError, match="单位长度"):
        work.run(encoder=Long())
    assert not (work.index / "current.json").exists()


# ------------------------------------------------------------------ crash


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from fakes import FakeEncoder, encoder_source
import qa.keyword, qa.writer
from qa.ingest import Request, ingest

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

class Encoder(FakeEncoder):
    calls = 0
    def encode_chunks(self, texts, *, progress=None):
        Encoder.calls += 1
        if point == "second-encode" and Encoder.calls == 2:
            die()
        return super().encode_chunks(texts)

point = sys.argv[4]
if point == "rows":
    qa.writer.GenerationWriter._put_facts = die
elif point == "keyword":
    qa.keyword.KeywordIndex.save = die
elif point == "before-switch":
    qa.writer.os.replace = die
elif point == "after-switch":
    qa.writer._sync_folder = lambda path: die() if path.name == "index" else None
ingest(Path(sys.argv[2]), Request((Path(sys.argv[3]),)), encoder=encoder_source(Encoder()))
"""


@pytest.mark.parametrize("point", ["second-encode", "rows", "keyword", "before-switch", "after-switch"])
def test_ingest_killed_leaves_a_whole_index(work, point):
    work.run()
    before = work.open().generation
    write_report(work.a, WATER, ROAD)
    write_report(work.b, BRIDGE)
    script = [sys.executable, "-c", KILLED, str(TESTS), str(work.index), str(work.corpus), point]
    ended = subprocess.run(script, capture_output=True, text=True, check=False, cwd=TESTS.parent)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    index = work.open()
    assert (index.generation == before) == (point != "after-switch")
    assert index.text(A).endswith(ROAD if point == "after-switch" else BRIDGE)
    assert index.vector_count() == index.chunk_count
    work.run()
    assert work.problems() == []
    assert len(list(work.index.glob("gen-*"))) == 2
    assert not list(work.index.glob("current.json.*"))


# ------------------------------------------------------------------ --check


def damage(work, statement, *values):
    index = work.open()
    with sqlite3.connect(index.folder / "reports.sqlite") as db:
        db.execute(statement, values)
    db.close()


def test_check_finds_a_tampered_text(work):
    work.run()
    damage(work, "UPDATE reports SET text = replace(text, '120', '720') WHERE report_id = ?", A)
    problems = work.problems()
    assert any("重新读取后与索引不一致" in line for line in problems)
    assert any("与算向量时不同" in line for line in problems)
    assert all(line.startswith(A) for line in problems)


def test_check_finds_a_tampered_figure(work):
    work.run()
    damage(work, "UPDATE figures SET value = '999' WHERE report_id = ? AND seq = 0", A)
    assert work.problems() == [f"{A}：数据表与正文不一致"]


def test_check_finds_a_tampered_commitment(work):
    write_report(work.a, ROAD, *PLAN)
    work.run()
    damage(work, "UPDATE commitments SET kind = '开工' WHERE report_id = ? AND seq = 0", A)
    assert work.problems() == [f"{A}：承诺表与正文不一致"]


def test_check_finds_a_moved_paragraph(work):
    work.run()
    damage(work, "UPDATE paragraphs SET start = start + 1 WHERE report_id = ? AND number = 4", B)
    assert any("重新读取后" in line for line in work.problems())


def test_check_finds_a_deleted_chunk(work):
    work.run()
    damage(work, "DELETE FROM chunks WHERE report_id = ? AND seq = 0", A)
    problems = work.problems()
    assert f"{A}：片段与正文不一致" in problems
    assert any("多出 1 个向量" in line for line in problems)
    assert "关键词索引与片段不一致" in problems


def test_check_finds_missing_and_wrong_vectors(work):
    work.run()
    index = work.open()
    first, second = (chunk.chunk_id for chunk in index.report_chunks(A)[:2])
    client, collection = chroma_collection(index.folder / "chroma")
    collection.delete(ids=[first])
    collection.update(ids=[second], embeddings=[[2.0] * 9])
    client.close()
    problems = work.problems()
    assert f"{A}：缺少 1 个向量，如 {first}" in problems
    assert f"{A}：{second} 的向量不是 9 维单位向量" in problems
    assert f"向量 {index.chunk_count - 1} 个，片段 {index.chunk_count} 个，应相等" in problems


def test_check_finds_changed_and_missing_files(work):
    work.run()
    write_report(work.a, WATER)
    work.b.unlink()
    problems = work.problems()
    assert len(problems) == 2
    assert problems[0].startswith(f"{A}：文件") and "改过" in problems[0]
    assert problems[1].startswith(f"{B}：文件") and "已不在" in problems[1]


def test_check_finds_another_encoder(work):
    work.run()
    (problem,) = check(Index.open(work.index), encoder_fingerprint="other:9", max_bytes=10**6)
    assert "编码器不同" in problem


# ------------------------------------------------------------------ command line


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
def test_main_wrong_usage(command, argv):
    with pytest.raises(SystemExit) as ended:
        command(*argv)
    assert ended.value.code == 2


def test_main_help_ends_with_two_examples(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    lines = capsys.readouterr().out.rstrip().splitlines()
    assert [line.split()[:2] for line in lines[-2:]] == [["python", "ingest.py"]] * 2
