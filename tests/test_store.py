"""The index on disk: opening and its refusals, reports, figures, commitments, generations, locks."""

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder, encoder_source, write_report
from ingest_work import BRIDGE, ROAD

import qa.store
from qa.commitments import extract_commitments
from qa.errors import IndexLockedError, IndexMismatchError, IndexMissingError, StoreError
from qa.index_generation import current_generation
from qa.ingest import Request, ingest
from qa.load import load_report
from qa.store import Index, LiveIndex
from qa.writer import GenerationWriter, write_lock


@pytest.fixture
def encoder():
    return FakeEncoder()


@pytest.fixture
def corpus(tmp_path):
    write_report(tmp_path / "corpus/2024_云山市.txt", ROAD, BRIDGE)
    write_report(tmp_path / "corpus/2023_云山市.txt", "医院和医疗，地区生产总值增长5.2%。")
    return tmp_path / "corpus"


@pytest.fixture
def built(tmp_path, corpus, encoder):
    ingest(tmp_path / "index", Request((corpus,)), encoder=encoder_source(encoder))
    return tmp_path / "index"


def query(encoder, text):
    return encoder.encode_queries([text])[0]


def test_open_missing_says_what_to_run(tmp_path):
    with pytest.raises(IndexMissingError, match=r"python ingest\.py"):
        Index.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_open_other_encoder_is_refused(built):
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        Index.open(built, encoder_fingerprint="other:9")


@pytest.mark.parametrize("rules", ["loader", "chunker", "figures", "commitments", "keyword", "tokens"])
def test_open_other_rules_are_refused(built, rules):
    file = next(built.glob("gen-*/fingerprint.json"))
    file.write_text(json.dumps(json.loads(file.read_text()) | {rules: "older"}))
    with pytest.raises(IndexMismatchError, match=r"旧版规则建的：请运行 python ingest\.py"):
        Index.open(built, encoder_fingerprint="fake:9")


def test_open_other_schema_is_refused(built):
    file = next(built.glob("gen-*/fingerprint.json"))
    file.write_text(json.dumps(json.loads(file.read_text()) | {"schema": "0"}))
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        Index.open(built)


@pytest.mark.parametrize("content", ["", "[]", "{}", "\x00"])
def test_open_unreadable_current(built, content):
    (built / "current.json").write_text(content)
    with pytest.raises(StoreError, match="--rebuild"):
        Index.open(built)


def test_reports_are_sorted_by_year_and_place(built):
    assert [info.report_id for info in Index.open(built).reports] == ["2023-云山市", "2024-云山市"]


def test_report_comes_back_as_loaded(built, corpus):
    index = Index.open(built)
    loaded = load_report(corpus / "2024_云山市.txt")
    stored = index.report("2024-云山市")
    assert stored.text == loaded.text == index.text("2024-云山市")
    assert stored.paragraphs == loaded.paragraphs == index.paragraphs("2024-云山市")
    assert (stored.sha256, stored.source) == (loaded.sha256, str(corpus / "2024_云山市.txt"))
    assert [str(figure.value) for figure in index.figures("2023-云山市")] == ["5.2"]


def plan_report(path):
    text = (
        "政府工作报告\n\n各位代表：\n\n一、2023年工作回顾\n\n新建公路9公里。\n\n二、2024年工作安排\n\n"
        "（一）办好民生实事\n\n新建农村公路120公里，改造“三线”街区5处。\n"
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_commitments_come_back_with_their_figures(tmp_path, encoder):
    path = plan_report(tmp_path / "corpus/2024_云山市.txt")
    ingest(tmp_path / "index", Request((path,)), encoder=encoder_source(encoder))
    index = Index.open(tmp_path / "index")
    road, street = index.commitments("2024-云山市")
    report = index.report("2024-云山市")
    figures = index.figures("2024-云山市")
    assert [road, street] == extract_commitments(report, figures)
    assert (road.kind, road.verb, road.sector, road.period) == ("新建", "新建", "办好民生实事", "2024")
    assert report.text[road.start : road.end] == "新建农村公路120公里"
    assert [str(figure.value) for figure in road.figures] == ["120"]
    assert road.figures[0] is next(figure for figure in figures if figure.value == 120)
    assert (street.names, [str(figure.value) for figure in street.figures]) == (("“三线”街区",), ["5"])
    assert index.info("2024-云山市").commitments == 2


def test_commitments_of_a_review_alone_are_none(built):
    index = Index.open(built)
    assert index.commitments("2024-云山市") == ()
    assert index.info("2024-云山市").commitments == 0


def test_commitments_store_their_figures_once(tmp_path, encoder):
    path = plan_report(tmp_path / "corpus/2024_云山市.txt")
    ingest(tmp_path / "index", Request((path,)), encoder=encoder_source(encoder))
    with closing(sqlite3.connect(next(tmp_path.glob("index/gen-*/reports.sqlite")))) as db:
        (names,) = db.execute("SELECT names FROM commitments WHERE verb = '改造'").fetchone()
        columns = [row[1] for row in db.execute("PRAGMA table_info(commitments)")]
    assert names == '["“三线”街区"]'
    assert columns == [
        "seq", "report_id", "paragraph", "kind", "verb", "sector", "period", "names", "start", "end",
    ]  # fmt: skip


def test_index_without_commitments_asks_for_a_rebuild(built):
    file = next(built.glob("gen-*/fingerprint.json"))
    old = json.loads(file.read_text()) | {"schema": "1-0a1b2c3d"}
    del old["commitments"]
    file.write_text(json.dumps(old))
    with pytest.raises(IndexMismatchError, match=r"的索引格式是 1-0a1b2c3d，.*--rebuild"):
        Index.open(built)


def test_source_moves_with_the_project(tmp_path, built):
    moved = tmp_path / "moved"
    moved.mkdir()
    shutil.move(built, moved / "index")
    assert Index.open(moved / "index").info("2024-云山市").source == str(moved / "corpus/2024_云山市.txt")


def test_unknown_names_are_errors(built, encoder):
    index = Index.open(built)
    for call in (
        lambda: index.text("2024-无"),
        lambda: index.chunk("2024-云山市#99.1"),
        lambda: index.keyword_search("路", 3, report_ids=["2024-无"]),
        lambda: index.vector_search(query(encoder, "路"), 3, report_ids=["2024-无"]),
    ):
        with pytest.raises(StoreError, match="索引里没有"):
            call()


def test_vector_search_similarity_is_cosine(built, encoder):
    index = Index.open(built)
    found = index.vector_search(query(encoder, "路"), 10)
    best = index.chunk(found[0][0])
    # 道路路网 has 路 three times... the chunk's own count, with the prefix, by hand:
    text = best.search_text
    counts = [text.count(char) for char in "电路桥水学医粮税"]
    assert found[0][1] == pytest.approx(counts[1] / np.sqrt(sum(n * n for n in counts)), abs=1e-6)
    assert ROAD in text
    assert len(found) == index.chunk_count
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_vector_search_chroma_agrees_with_exact(built, encoder, monkeypatch):
    index = Index.open(built)
    exact = index.vector_search(query(encoder, "桥路"), 10)
    scoped = index.vector_search(query(encoder, "桥路"), 1, report_ids=["2024-云山市"])
    monkeypatch.setattr(qa.store, "EXACT_CHUNKS", 0)
    approximate = index.vector_search(query(encoder, "桥路"), 10)
    assert dict(approximate) == pytest.approx(dict(exact), abs=1e-5)
    one = index.vector_search(query(encoder, "桥路"), 1, report_ids=["2024-云山市"])
    assert one[0][1] == pytest.approx(scoped[0][1], abs=1e-5)  # two chunks may tie


def test_search_stays_in_scope(built, encoder):
    index = Index.open(built)
    for report_ids in (["2023-云山市"], ["2024-云山市"]):
        found = index.vector_search(query(encoder, "路"), 10, report_ids=report_ids)
        assert {index.chunk(i).report_id for i, _ in found} == set(report_ids)
        found = index.keyword_search("云山市", 10, report_ids=report_ids)
        assert {index.chunk(i).report_id for i, _ in found} == set(report_ids)
    assert index.vector_search(query(encoder, "路"), 10, report_ids=[]) == []
    assert index.keyword_search("云山市", 10, report_ids=[]) == []
    assert index.vector_search(query(encoder, "路"), 0) == []


def test_vector_search_wrong_shape(built):
    with pytest.raises(ValueError, match="expected"):
        Index.open(built).vector_search(np.ones(3, dtype=np.float32), 3)


def test_empty_index_finds_nothing(tmp_path, built, corpus, encoder):
    ingest(built, Request(remove=("2023-云山市", "2024-云山市")), encoder=encoder_source(encoder))
    index = Index.open(built, encoder_fingerprint="fake:9")
    assert index.reports == () and index.chunks == ()
    assert index.vector_search(query(encoder, "路"), 5) == [] and index.keyword_search("路", 5) == []


def test_live_index_picks_up_a_new_generation(built, corpus, encoder):
    live = LiveIndex(built, encoder_fingerprint="fake:9")
    before = live.current()
    assert live.current() is before
    write_report(corpus / "2025_云山市.txt", "粮食丰收。")
    ingest(built, Request((corpus,)), encoder=encoder_source(encoder))
    after = live.current()
    assert len(before.reports) == 2 and len(after.reports) == 3
    assert before.generation != after.generation == current_generation(built)
    # The old one still answers, from parts that it had not loaded yet.
    assert before.keyword_search("道路", 1)[0][0].startswith("2024-云山市#")
    assert before.vector_search(query(encoder, "桥"), 1)[0][0].startswith("2024-云山市#")


def test_live_index_keeps_the_old_when_the_new_does_not_fit(built, corpus, caplog):
    live = LiveIndex(built, encoder_fingerprint="fake:9")
    other = FakeEncoder("other")
    ingest(built, Request((corpus,), rebuild=True), encoder=encoder_source(other))
    assert len(live.current().reports) == 2
    assert "keeping generation" in caplog.text


def test_current_and_previous_generation_are_kept(built, corpus, encoder):
    for number in range(3):
        write_report(corpus / f"202{number}_海阳县.txt", "水利。")
        ingest(built, Request((corpus,)), encoder=encoder_source(encoder))
    names = sorted(path.name for path in built.glob("gen-*"))
    assert [name[:10] for name in names] == ["gen-000003", "gen-000004"]
    assert names[-1] == Index.open(built).generation


def test_two_writers_the_second_is_refused(built, corpus, encoder):
    with write_lock(built), pytest.raises(IndexLockedError, match="另一个进程正在写索引"):
        ingest(built, Request((corpus,)), encoder=encoder_source(encoder))
    ingest(built, Request((corpus,)), encoder=encoder_source(encoder))


def test_two_writers_in_two_processes(built, corpus, encoder):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_LOCK, str(built)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexLockedError):
            ingest(built, Request((corpus,)), encoder=encoder_source(encoder))
    finally:
        holder.kill()
        holder.communicate()
    # The system frees the lock of a dead writer.
    ingest(built, Request((corpus,)), encoder=encoder_source(encoder))


HOLD_LOCK = """
import sys, time
from pathlib import Path
from qa.writer import write_lock
with write_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_unfinished_generation_is_invisible_and_swept(built):
    before = Index.open(built).generation
    with write_lock(built):
        writer = GenerationWriter(built, base=Index.open(built))
        writer.remove("2024-云山市")
        assert len(Index.open(built).reports) == 2
    assert len(list(built.glob("gen-*"))) == 2
    (built / "current.json.new").write_text("{")
    with write_lock(built):
        assert [path.name for path in built.glob("gen-*")] == [before]
    assert not (built / "current.json.new").exists()
    writer.discard()


def test_threads_read_one_index(built, encoder):
    index = Index.open(built)
    vector = query(encoder, "桥")
    results, errors = [], []

    def read():
        try:
            for _ in range(20):
                results.append((index.vector_search(vector, 2)[0][0], index.keyword_search("大桥", 1)[0][0]))
        except Exception as exc:
            errors.append(exc)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == [] and len(results) == 80 and len(set(results)) == 1


def test_lock_in_unwritable_place(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="无法写入"), write_lock(Path(tmp_path / "file")):
        pass
