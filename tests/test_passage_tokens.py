"""The tokens of passages in the index: as bytes, from ingest to the answer, and after an upgrade."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeEncoder, encoder_source, write_report

from qa.encode import TextTokens
from qa.errors import IndexMismatchError, StoreError
from qa.index_generation import TOKENS, current_generation, text_hash
from qa.ingest import Request, ingest
from qa.ingest_check import check
from qa.late_interaction import Head, LateInteraction
from qa.passage_tokens import PassageTokens, tokens_version
from qa.store import Index

WIDTH = FakeEncoder().dim
HEAD = Head(
    {
        "mean": np.zeros(WIDTH),
        "question": np.eye(WIDTH),
        "passage": np.eye(WIDTH),
        "weight": np.zeros(WIDTH),
        "factors": np.array([10.0, 1.0]),
    }
)


class TokenEncoder(FakeEncoder):
    """The bundled encoder's name, and the fake's vector of each character as a token's state."""

    def __init__(self) -> None:
        super().__init__("bundled")

    def encode_chunks(self, texts, *, progress=None, keep=None) -> np.ndarray:
        rows = super().encode_chunks(texts, progress=progress)
        for n, text in enumerate(texts) if keep else ():
            keep(n, self.query_tokens(text))
        return rows

    def query_tokens(self, text: str) -> TextTokens:
        return TextTokens(self._encode(list(text)), np.arange(1, len(text) + 1))

    def chunk_tokens(self, texts) -> list[TextTokens]:
        self.chunk_texts += texts
        return [self.query_tokens(text) for text in texts]


@pytest.fixture(autouse=True)
def head(monkeypatch):
    monkeypatch.setattr("qa.ingest.Head.bundled", lambda: HEAD)


@pytest.fixture
def corpus(tmp_path) -> Path:
    write_report(tmp_path / "corpus/2024_云山市.txt", "新修公路。建成大桥。", "建设水电站。")
    return tmp_path / "corpus"


def test_tokens_as_bytes() -> None:
    # 0.6 and -0.8: 127 times 0.6 / 0.8 = 95.25, so (95, -127), of length √(95² + 127²) = 158.6
    made = PassageTokens.of(np.array([[0.6, -0.8]]), np.array([0.0, 1.0]), np.array([0]), [(0, 3)])
    found = PassageTokens.unpacked(made.packed())
    assert found.tokens.tolist() == [[95, -127]] and found.whole.tolist() == [0.0, 1.0]
    assert found.sentences.tolist() == [0] and found.spans.tolist() == [[0, 3]]
    assert found.directions()[0] == pytest.approx([95 / 158.6, -127 / 158.6], abs=1e-4)


def test_arrays_that_lie_column_by_column_come_back_as_they_were() -> None:
    rows = np.asfortranarray(np.array([[1.0, 0.0, 0.5], [0.0, -1.0, 1.0]], dtype=np.float32))
    made = PassageTokens.of(rows, np.array([1.0, 0.0, 0.0]), np.array([0]), [(0, 2)])
    assert PassageTokens.unpacked(made.packed()).tokens.tolist() == [[127, 0, 64], [0, -127, 127]]


def test_ingest_keeps_the_tokens_of_every_text_and_answers_encode_none(tmp_path, corpus) -> None:
    encoder = TokenEncoder()
    ingest(tmp_path / "index", Request((corpus,)), encoder=encoder_source(encoder))
    index = Index.open(tmp_path / "index")
    texts = [chunk.search_text for chunk in index.chunks]
    assert set(index.passage_tokens([text_hash(text) for text in texts])) == {text_hash(t) for t in texts}
    encoder.chunk_texts.clear()
    kept = LateInteraction(encoder, HEAD).scores("路桥", texts, index)
    assert encoder.chunk_texts == []
    assert kept == pytest.approx(LateInteraction(encoder, HEAD).scores("路桥", texts), abs=1e-3)
    assert encoder.chunk_texts == texts


def test_tokens_of_texts_that_are_gone_go_too(tmp_path, corpus) -> None:
    source = encoder_source(TokenEncoder())
    ingest(tmp_path / "index", Request((corpus,)), encoder=source)
    before = Index.open(tmp_path / "index")
    hashes = [text_hash(chunk.search_text) for chunk in before.chunks]
    write_report(corpus / "2024_云山市.txt", "新修公路。建成大桥。", "建设学校。")
    ingest(tmp_path / "index", Request((corpus,)), encoder=source)
    after = Index.open(tmp_path / "index")
    own = {text_hash(chunk.search_text) for chunk in after.chunks}
    assert set(after.passage_tokens([*hashes, *own])) == own
    assert len(own & set(hashes)) == len(own) - 1


def test_index_without_tokens_is_brought_up_to_date_by_ingest(tmp_path, corpus) -> None:
    # As one that was built before tokens were kept, or with other matrices.
    path, source = tmp_path / "index", encoder_source(TokenEncoder())
    ingest(path, Request((corpus,)), encoder=source)
    folder = path / current_generation(path)
    facts = json.loads((folder / "fingerprint.json").read_text("utf-8"))
    assert facts.pop("tokens") == tokens_version("bundled") != ""
    (folder / "fingerprint.json").write_text(json.dumps(facts), "utf-8")
    (folder / TOKENS).unlink()
    with pytest.raises(IndexMismatchError, match=r"python ingest\.py"):
        Index.open(path, encoder_fingerprint=source.fingerprint)
    assert Index.open(path).passage_tokens(["any"]) == {}
    done = ingest(path, Request((corpus,)), encoder=source)
    index = Index.open(path, encoder_fingerprint=source.fingerprint)
    assert done.embedded == index.chunk_count
    hashes = [text_hash(chunk.search_text) for chunk in index.chunks]
    assert set(index.passage_tokens(hashes)) == set(hashes)


def test_no_tokens_are_kept_with_another_encoder(tmp_path, corpus) -> None:
    ingest(tmp_path / "index", Request((corpus,)), encoder=encoder_source(FakeEncoder()))
    index = Index.open(tmp_path / "index", encoder_fingerprint="fake:9")
    assert index.fingerprint.tokens == "" == tokens_version("fake")
    assert index.passage_tokens([text_hash(chunk.search_text) for chunk in index.chunks]) == {}


def test_damaged_tokens_are_told_with_what_to_do(tmp_path, corpus) -> None:
    encoder = TokenEncoder()
    ingest(tmp_path / "index", Request((corpus,)), encoder=encoder_source(encoder))
    index = Index.open(tmp_path / "index")
    name = text_hash(index.chunks[0].search_text)
    assert check(index, encoder_fingerprint=encoder.fingerprint, max_bytes=10**6) == []
    with closing(sqlite3.connect(index.folder / TOKENS)) as db, db:
        db.execute("UPDATE tokens SET data = ? WHERE text_hash = ?", (b"no tensors", name))
    with pytest.raises(StoreError, match=r"tokens\.sqlite.*--rebuild"):
        Index.open(tmp_path / "index").passage_tokens([name])
    with closing(sqlite3.connect(index.folder / TOKENS)) as db, db:
        db.execute("DELETE FROM tokens WHERE text_hash = ?", (name,))
    (problem,) = check(
        Index.open(tmp_path / "index"), encoder_fingerprint=encoder.fingerprint, max_bytes=10**6
    )
    assert "缺少 1 个片段的词元" in problem
