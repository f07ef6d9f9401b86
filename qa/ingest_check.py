"""``ingest --check``: the index against the files and against itself. Reads only, loads no encoder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qa.chunk import chunk_report
from qa.commitments import extract_commitments
from qa.errors import SourceError, StoreError
from qa.figures import extract_figures
from qa.index_generation import Fingerprint, rules_now, text_hash
from qa.ingest_plan import file_sha256, same_content
from qa.load import load_report
from qa.store import Index
from qa.types import Report, ReportInfo


def check(index: Index, *, encoder_fingerprint: str, max_bytes: int) -> list[str]:
    """One line a problem, [] if all is well.

    What can be derived again is: report from file, chunks, figures and commitments from the stored text.
    """
    problems = list(_check_fingerprint(index.fingerprint, encoder_fingerprint))
    for info in index.reports:
        try:
            report = index.report(info.report_id)
            problems += _check_file(info, report, max_bytes)
            problems += _check_text(index, report)
            problems += _check_vectors(index, info.report_id)
            problems += _check_tokens(index, info.report_id)
        except (StoreError, ValueError, TypeError) as exc:
            problems.append(f"{info.report_id}：索引里的记录读不出来（{exc}）")
    problems += _check_totals(index)
    return problems


def _check_fingerprint(found: Fingerprint, encoder_fingerprint: str) -> Iterator[str]:
    if found.encoder != encoder_fingerprint:
        here = encoder_fingerprint
        yield f"编码器不同：索引用的是 {found.encoder}，现在是 {here}；请运行 python ingest.py --rebuild"
    if found.rules != rules_now(found.encoder_name):
        yield "索引由旧版规则建立；请运行 python ingest.py"


def _check_file(info: ReportInfo, report: Report, max_bytes: int) -> Iterator[str]:
    path = Path(info.source)
    shown = os.path.relpath(path)
    try:
        if file_sha256(path) != info.sha256:
            yield f"{info.report_id}：文件 {shown} 在收入之后改过；请运行 python ingest.py"
            return
        again = load_report(path, place=info.place, year=info.year, max_bytes=max_bytes)
    except FileNotFoundError:
        yield f"{info.report_id}：文件 {shown} 已不在；请恢复文件，或用 --remove {info.report_id}"
        return
    except (OSError, SourceError) as exc:
        yield f"{info.report_id}：文件读不出来（{exc}）"
        return
    if not same_content(again, report):
        yield f"{info.report_id}：{shown} 重新读取后与索引不一致；请运行 python ingest.py --rebuild"


def _check_text(index: Index, report: Report) -> Iterator[str]:
    key = report.report_id
    end = 0
    for number, paragraph in enumerate(report.paragraphs, 1):
        bounds_hold = end <= paragraph.start < paragraph.end <= len(report.text)
        if paragraph.number != number or not bounds_hold:
            yield f"{key}：第 {paragraph.number} 段的编号或起止位置不对"
            return
        end = paragraph.end
    chunks = index.report_chunks(key)
    if list(chunks) != chunk_report(report):
        yield f"{key}：片段与正文不一致"
    stored = index.stored_chunks(key)
    stale = [chunk.chunk_id for chunk in chunks if stored.get(chunk.chunk_id) != text_hash(chunk.search_text)]
    if stale:
        yield f"{key}：{len(stale)} 个片段的文字与算向量时不同，如 {stale[0]}"
    figures = extract_figures(report)
    if list(index.figures(key)) != figures:
        yield f"{key}：数据表与正文不一致"
    if list(index.commitments(key)) != extract_commitments(report, figures):
        yield f"{key}：承诺表与正文不一致"


def _check_vectors(index: Index, report_id: str) -> Iterator[str]:
    vectors = index.stored_vectors(report_id)
    ids = {chunk.chunk_id for chunk in index.report_chunks(report_id)}
    for word, wrong in (("缺少", ids - set(vectors)), ("多出", set(vectors) - ids)):
        if wrong:
            yield f"{report_id}：{word} {len(wrong)} 个向量，如 {min(wrong)}"
    for chunk_id, vector in vectors.items():
        finite = vector.shape == (index.fingerprint.dim,) and bool(np.isfinite(vector).all())
        if not finite or abs(float(np.linalg.norm(vector)) - 1.0) > 1e-3:
            yield f"{report_id}：{chunk_id} 的向量不是 {index.fingerprint.dim} 维单位向量"


def _check_tokens(index: Index, report_id: str) -> Iterator[str]:
    hashes = {text_hash(chunk.search_text) for chunk in index.report_chunks(report_id)}
    missing = hashes - set(index.passage_tokens(list(hashes))) if index.fingerprint.tokens else ()
    if missing:
        yield f"{report_id}：缺少 {len(missing)} 个片段的词元；请运行 python ingest.py --rebuild"


def _check_totals(index: Index) -> Iterator[str]:
    try:
        ids = tuple(chunk.chunk_id for chunk in index.chunks)
        if len(ids) != index.chunk_count:
            yield f"目录记有 {index.chunk_count} 个片段，实有 {len(ids)} 个"
        if index.keyword_ids() != ids:
            yield "关键词索引与片段不一致"
        if index.vector_count() != len(ids):
            yield f"向量 {index.vector_count()} 个，片段 {len(ids)} 个，应相等"
    except (StoreError, ValueError, TypeError) as exc:
        yield str(exc)
