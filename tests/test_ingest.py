"""Incremental ingest: what a change of the corpus adds, updates, keeps and removes, and that nothing else is computed."""

import json
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from fakes import FakeEncoder, encoder_source, write_report
from ingest_work import BRIDGE, PLAN, ROAD, WATER, A, B, counts, tree

from qa.errors import IndexMismatchError, StoreError
from qa.index_generation import Fingerprint
from qa.ingest import EncoderSource, Request, ingest
from qa.ingest_plan import DEFAULT_CORPUS
from qa.load import load_report
from qa.store import Index


def promises(work, report_id=A):
    index = work.open()
    return [index.text(report_id)[p.start : p.end] for p in index.commitments(report_id)]


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


@pytest.mark.parametrize("rules", ["loader", "figures", "commitments"])
def test_ingest_new_rules_rederive_without_embedding(work, rules):
    work.run()
    file = next(work.index.glob("gen-*/fingerprint.json"))
    file.write_text(json.dumps(json.loads(file.read_text()) | {rules: "before"}))
    with pytest.raises(IndexMismatchError, match=r"python ingest\.py"):
        work.open()
    outcome = work.run(work.a)
    assert (outcome.embedded, outcome.generation is not None) == (0, True)
    assert len(work.open().reports) == 2 and work.problems() == []


def test_ingest_new_rules_of_loading_read_unchanged_files_again(work, monkeypatch):
    work.run(work.a)
    monkeypatch.setattr("qa.ingest.Fingerprint", partial(Fingerprint, loader="next"))
    real, read = load_report, []
    monkeypatch.setattr(
        "qa.ingest_plan.load_report", lambda path, **kept: read.append(path.name) or real(path, **kept)
    )
    work.run(work.a)
    assert read == [work.a.name]
    work.run(work.a)
    assert read == [work.a.name]  # the index says now which rules read it


def test_ingest_reads_again_what_was_given_with_flags(work, monkeypatch):
    plain = work.a.parent / "无题.txt"
    plain.write_text("各项工作取得新的进展，全市生产总值增长5%。\n" * 3, "utf-8")
    work.run(plain, place="云山市", year=2023)
    monkeypatch.setattr("qa.ingest.Fingerprint", partial(Fingerprint, loader="next"))
    assert [report.report_id for report in work.run(plain).plan.puts] == ["2023-云山市"]
