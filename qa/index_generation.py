"""What a generation of the index looks like on disk. With store.py and writer.py the home of chromadb.

::

    data/index/
      current.json            {"generation": "gen-000002-5f0c1a"}, replaced atomically by the writer
      .lock                   held by the one writer
      gen-000002-5f0c1a/      never changed once current.json names it
        fingerprint.json      what it was built by
        reports.sqlite        cleaned texts, paragraphs, chunks, figures, commitments, manifest
        chroma/               the vectors: cosine, our ids, no embedding function
        tokens.sqlite         the tokens of each searched text, for late interaction; with the bundled encoder
        keyword/              BM25
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from qa.chunk import CHUNKER_VERSION
from qa.commitments import COMMITMENTS_VERSION
from qa.errors import IndexMismatchError, IndexMissingError, StoreError
from qa.figures import FIGURES_VERSION
from qa.keyword import KEYWORD_VERSION
from qa.load import LOADER_VERSION
from qa.passage_tokens import tokens_version
from qa.types import Commitment, Figure, ReportInfo

CURRENT = "current.json"
COLLECTION = "chunks"

FIGURE_FIELDS = tuple(field.name for field in fields(Figure))
COMMITMENT_FIELDS = tuple(field.name for field in fields(Commitment) if field.name != "figures")
"""Columns of the table; the figures of a commitment are found again by its span."""
INFO_FIELDS = tuple(field.name for field in fields(ReportInfo))
DDL = f"""
CREATE TABLE reports (report_id TEXT PRIMARY KEY, place TEXT, year INTEGER, title TEXT, doc_kind TEXT,
  given_on TEXT, speaker TEXT, source TEXT, sha256 TEXT, paragraphs INTEGER, chunks INTEGER,
  characters INTEGER, figures INTEGER, commitments INTEGER, text TEXT);
CREATE TABLE paragraphs (report_id TEXT, number INTEGER, start INTEGER, "end" INTEGER, section TEXT,
  part TEXT, is_heading INTEGER, PRIMARY KEY (report_id, number)) WITHOUT ROWID;
CREATE TABLE chunks (report_id TEXT, seq INTEGER, chunk_id TEXT, paragraph INTEGER, start INTEGER,
  "end" INTEGER, prefix TEXT, text_hash TEXT, PRIMARY KEY (report_id, seq)) WITHOUT ROWID;
CREATE INDEX chunks_by_hash ON chunks (text_hash);
CREATE TABLE figures (seq INTEGER, {", ".join(f'"{name}"' for name in FIGURE_FIELDS)});
CREATE INDEX figures_by_report ON figures (report_id, seq);
CREATE TABLE commitments (seq INTEGER, {", ".join(f'"{name}"' for name in COMMITMENT_FIELDS)});
CREATE INDEX commitments_by_report ON commitments (report_id, seq);
"""
TOKENS = "tokens.sqlite"
TOKENS_DDL = "CREATE TABLE IF NOT EXISTS tokens (text_hash TEXT PRIMARY KEY, data BLOB)"
SCHEMA_VERSION = "1-" + hashlib.sha256(DDL.encode()).hexdigest()[:8]
REPORT_ORDER = "ORDER BY year, place, report_id"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an index was built by. ``encoder`` is its fingerprint, ``encoder_name`` for messages only."""

    encoder: str
    encoder_name: str
    dim: int
    chunker: str = CHUNKER_VERSION
    figures: str = FIGURES_VERSION
    commitments: str = COMMITMENTS_VERSION
    keyword: str = KEYWORD_VERSION
    schema: str = SCHEMA_VERSION
    loader: str = LOADER_VERSION
    tokens: str = ""

    @property
    def rules(self) -> tuple[str, ...]:
        """Versions of the rules of everything but the vectors; those of ``loader`` need the files, the others not."""
        return self.loader, self.chunker, self.figures, self.commitments, self.keyword, self.tokens


def rules_now(encoder_name: str) -> tuple[str, ...]:
    """``Fingerprint.rules`` of an index that is built today with an encoder."""
    return Fingerprint("", encoder_name, 0, tokens=tokens_version(encoder_name)).rules


def text_hash(search_text: str) -> str:
    """Names a searched text, so that its vector is found again wherever the text moves to."""
    return hashlib.blake2b(search_text.encode(), digest_size=16).hexdigest()


def current_generation(path: Path) -> str:
    """Name of the current generation of the index at ``path``.

    Raises: IndexMissingError; StoreError if current.json is not readable.
    """
    try:
        name = json.loads((path / CURRENT).read_text("utf-8"))["generation"]
    except (FileNotFoundError, NotADirectoryError) as exc:
        raise IndexMissingError(f"{path} 里没有索引：请先运行 python ingest.py（或 govqa ingest）") from exc
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise StoreError(f"{path / CURRENT} 读不出来：请运行 python ingest.py --rebuild 重建索引") from exc
    return str(name)


def chroma_collection(folder: Path, *, create: bool = False) -> tuple[Any, Any]:
    """(client, collection) of the vectors in ``folder``; telemetry off, cosine, no embedding function."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    if create:
        configuration: Any = {"hnsw": {"space": "cosine"}}
        found = client.get_or_create_collection(
            COLLECTION, configuration=configuration, embedding_function=None
        )
    else:
        found = client.get_collection(COLLECTION, embedding_function=None)
    return client, found


def read_fingerprint(path: Path, name: str) -> Fingerprint:
    """What the generation ``name`` of the index ``path`` was built with.

    Raises: StoreError if it cannot be read, IndexMismatchError for another schema.
    """
    try:
        values = json.loads((path / name / "fingerprint.json").read_text("utf-8"))
    except (OSError, ValueError) as exc:
        raise damaged(path / name, "fingerprint.json 读不出来") from exc
    if values.get("schema") != SCHEMA_VERSION:
        raise IndexMismatchError(
            f"{path} 的索引格式是 {values.get('schema')}，本程序需要 {SCHEMA_VERSION}："
            "请运行 python ingest.py --rebuild"
        )
    try:
        return Fingerprint(**{"loader": "1", **values})  # it was not written down before version 2
    except TypeError as exc:
        raise damaged(path / name, "fingerprint.json 的内容不对") from exc


def check_fingerprint(path: Path, found: Fingerprint, encoder_fingerprint: str) -> None:
    """Raises: IndexMismatchError if an index was built with another encoder or by older rules than today's."""
    if found.encoder != encoder_fingerprint:
        raise IndexMismatchError(
            f"{path} 是用编码器 {found.encoder_name} 建的，与现在的编码器不同："
            "请运行 python ingest.py --rebuild，或把 QA_ENCODER 改回原来的编码器"
        )
    if found.rules != rules_now(found.encoder_name):
        raise IndexMismatchError(
            f"{path} 是由旧版规则建的：请运行 python ingest.py 更新索引（已有的向量和词元能用的不重算）"
        )


def damaged(where: Path, detail: str) -> StoreError:
    """The error for an index that cannot be read: where, and what is wrong."""
    return StoreError(f"索引已损坏（{where}：{detail}）：请运行 python ingest.py --rebuild")
