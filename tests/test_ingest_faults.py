"""Ingest of what it must refuse, and an index that stays whole: duplicates, bad files, a failing encoder, SIGKILL."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import FakeEncoder, write_report
from ingest_work import BRIDGE, ROAD, WATER, A, B, counts

from qa.errors import ModelError

TESTS = Path(__file__).parent


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
