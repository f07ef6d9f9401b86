"""`ingest.py --check`: every kind of damage to an index is found and named."""

import sqlite3

from fakes import write_report
from ingest_work import PLAN, ROAD, WATER, A, B

from qa.index_generation import chroma_collection
from qa.ingest_check import check
from qa.store import Index


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
