"""The encoder, with the real bundled model and two tiny models made on the spot."""

from __future__ import annotations

import hashlib
import json
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from qa.encode import BUNDLED_FOLDER, Encoder, choose_prefixes, load_encoder
from qa.errors import ModelError

CHUNKS = [
    "城镇新增就业4.2万人，城镇调查失业率控制在5.5%以内。",
    "建成高速公路126公里，实现县县通高速。",
    "空气质量优良天数比率达到96.4%。",
    "一般公共预算收入完成123.4亿元，增长5.1%。",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder("bundled")


@pytest.fixture(scope="module")
def quick() -> Encoder:
    return load_encoder("bundled", quick=True)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every attempt to connect or to look a name up; each is refused."""
    attempts: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        attempts.append(arguments)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return attempts


def test_import_loads_no_torch() -> None:
    code = "import sys, qa.encode; print({'torch', 'sentence_transformers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_load_quick_imports_no_torch() -> None:
    code = (
        "import sys; from qa.encode import load_encoder\n"
        "load_encoder('bundled', quick=True).encode_queries(['就业'])\n"
        "print({'torch', 'sentence_transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_encode_chunks_rows_unit(encoder: Encoder) -> None:
    rows = encoder.encode_chunks(CHUNKS)
    assert rows.shape == (4, 384) == (4, encoder.dim)
    assert rows.dtype == np.float32
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < 1e-5


@pytest.mark.parametrize("verb", ["encode_queries", "encode_chunks"])
def test_encode_empty(encoder: Encoder, verb: str) -> None:
    rows = getattr(encoder, verb)([])
    assert rows.shape == (0, 384)
    assert rows.dtype == np.float32


def test_encode_chunks_order_and_batch_independence(encoder: Encoder) -> None:
    # 36 texts of four lengths: two batches, sorted by length inside.
    texts = [chunk * (1 + number % 3) for number in range(9) for chunk in CHUNKS]
    together = encoder.encode_chunks(texts)
    alone = np.concatenate([encoder.encode_chunks([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-6


def test_encode_chunks_progress_counts(encoder: Encoder) -> None:
    done: list[int] = []
    encoder.encode_chunks(CHUNKS * 10, progress=done.append)
    assert done == [32, 8]


def test_prefix_query_differs_from_chunk(encoder: Encoder) -> None:
    query, chunk = encoder.encode_queries(CHUNKS), encoder.encode_chunks(CHUNKS)
    assert (query * chunk).sum(axis=1).max() < 0.99


def test_prefix_equals_text_with_prefix(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(
        str(BUNDLED_FOLDER), trust_remote_code=True, local_files_only=True, device="cpu"
    )
    by_hand = plain.encode(["query: 今年的就业目标是多少？", "passage: " + CHUNKS[0]])
    ours = [encoder.encode_queries(["今年的就业目标是多少？"])[0], encoder.encode_chunks(CHUNKS[:1])[0]]
    assert np.abs(by_hand - np.array(ours)).max() < 1e-6
    # The prompts stand in the folder too, so that sentence-transformers' own verbs add them.
    assert np.abs(plain.encode_query("今年的就业目标是多少？") - ours[0]).max() < 1e-6
    assert np.abs(plain.encode_document(CHUNKS[0]) - ours[1]).max() < 1e-6


def test_quick_equals_sentence_transformers(encoder: Encoder, quick: Encoder) -> None:
    assert quick.facts == encoder.facts
    assert np.abs(quick.encode_chunks(CHUNKS) - encoder.encode_chunks(CHUNKS)).max() < 1e-6
    assert np.abs(quick.encode_queries(CHUNKS) - encoder.encode_queries(CHUNKS)).max() < 1e-6


def test_threads_same_vectors(quick: Encoder) -> None:
    one = load_encoder("bundled", threads=1, quick=True)
    assert (one.encode_chunks(CHUNKS) == quick.encode_chunks(CHUNKS)).all()


@pytest.mark.parametrize("kind", ["encoder", "quick"])
def test_over_long_text_is_an_error(kind: str, request: pytest.FixtureRequest) -> None:
    encoder: Encoder = request.getfixturevalue(kind)
    # Each 稣 is one token (512 of them, and those of the test below).
    with pytest.raises(
        ModelError, match=r"^文本“稣{20}…”有 517 个词元，超过编码模型 bundled 的上限 512"
    ) as caught:
        encoder.encode_chunks([CHUNKS[0], "稣" * 512])
    assert "\n" not in str(caught.value)
    assert encoder.max_tokens == 512


def test_text_at_the_limit_is_encoded(encoder: Encoder) -> None:
    # <s> ▁passage : ▁ 稣 × 507 </s>
    assert encoder.encode_chunks(["稣" * 507]).shape == (1, 384)
    with pytest.raises(ModelError, match="有 513 个词元"):
        encoder.encode_chunks(["稣" * 508])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("今年要创造多少就业岗位？", 0),
        ("修了多少公里的高速路？", 1),
        ("空氣品質怎麼樣？", 2),
        ("How much fiscal revenue was collected?", 3),
        ("How many kilometres of expressway were built?", 1),
    ],
)
def test_question_is_nearest_to_its_answer(encoder: Encoder, question: str, answer: int) -> None:
    scores = encoder.encode_chunks(CHUNKS) @ encoder.encode_queries([question])[0]
    assert int(scores.argmax()) == answer


def test_langchain_verbs(encoder: Encoder) -> None:
    assert encoder.embed_query(CHUNKS[0]) == encoder.encode_queries(CHUNKS[:1])[0].tolist()
    assert encoder.embed_documents(CHUNKS[:2]) == encoder.encode_chunks(CHUNKS[:2]).tolist()
    assert encoder.embed_documents([]) == []


def test_load_bundled_needs_no_network(connections: list[object]) -> None:
    assert load_encoder("bundled").encode_queries(["就业"]).shape == (1, 384)
    assert connections == []


def test_load_unknown_name_is_one_line_without_network(connections: list[object]) -> None:
    with pytest.raises(
        ModelError, match=r"^编码模型 nobody/no-such-model 无法加载（.*HF_HUB_OFFLINE=0"
    ) as caught:
        load_encoder("nobody/no-such-model")
    assert "\n" not in str(caught.value)
    assert connections == []


@pytest.mark.parametrize("name", ["/no/such/folder", "./no-such-folder", "a/b/c"])
def test_load_missing_folder(name: str) -> None:
    with pytest.raises(ModelError, match=r"^编码模型文件夹 .* 不存在"):
        load_encoder(name)


def test_load_folder_without_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="无法加载") as caught:
        load_encoder(str(tmp_path))
    assert "\n" not in str(caught.value)


def test_load_refuses_foreign_code(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text(
        json.dumps([{"idx": 0, "name": "0", "path": "", "type": "evil.Module"}])
    )
    (tmp_path / "evil.py").write_text("raise SystemExit('ran foreign code')")
    with pytest.raises(ModelError, match=r"evil.Module.*executes third-party code"):
        load_encoder(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("intfloat/multilingual-e5-base", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("/models/e5-large/", {}, ("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", {}, ("", "")),
        ("BAAI/bge-m3", {"query": "", "document": ""}, ("", "")),
        ("code5-small", {}, ("", "")),
        ("own/e5", {"query": "Q: ", "document": ""}, ("Q: ", "")),
        ("own/model", {"query": "Q: ", "document": "", "passage": "P: "}, ("Q: ", "P: ")),
    ],
)
def test_choose_prefixes(name: str, prompts: dict[str, str], expected: tuple[str, str]) -> None:
    assert choose_prefixes(name, prompts) == expected


def _tiny_bert(folder: Path, prompts: dict[str, str]) -> None:
    """An untrained BERT of 8 dimensions that reads 16 tokens, saved by sentence-transformers."""
    from sentence_transformers import SentenceTransformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    letters = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"增长就业收入", "query", "passage", ":"]
    (folder / "vocab.txt").write_text("\n".join(letters), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(letters),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=16,
    )
    raw = folder / "raw"
    BertModel(config).save_pretrained(raw)
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=16).save_pretrained(raw)
    SentenceTransformer(str(raw), prompts=prompts, device="cpu").save(str(folder / "model"))


def test_other_model_own_prompts_and_limit(tmp_path: Path) -> None:
    _tiny_bert(tmp_path, {"query": "query: ", "passage": "passage: "})
    encoder = load_encoder(str(tmp_path / "model"))
    assert (encoder.dim, encoder.max_tokens) == (8, 16)
    assert (encoder.facts.query_prefix, encoder.facts.chunk_prefix) == ("query: ", "passage: ")
    rows = encoder.encode_chunks(["增长", "就业收入"])
    assert rows.shape == (2, 8)
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < 1e-5
    assert np.abs(encoder.encode_queries(["增长"]) - rows[:1]).max() > 1e-3
    # [CLS] passage : 12 × 增 [SEP] are 16 tokens.
    assert encoder.encode_chunks(["增" * 12]).shape == (1, 8)
    with pytest.raises(ModelError, match=r"有 17 个词元.*上限 16"):
        encoder.encode_chunks(["增" * 13])


def test_other_model_fingerprint_follows_weights_not_place(tmp_path: Path) -> None:
    prints = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        _tiny_bert(folder, {})
        prints.append(load_encoder(str(folder / "model")).fingerprint)
    (tmp_path / "elsewhere").mkdir()
    moved = (tmp_path / "one" / "model").rename(tmp_path / "elsewhere" / "model")
    assert load_encoder(str(moved)).fingerprint == prints[0]
    assert prints[0] != prints[1]


def test_bundled_folder_matches_its_checksums() -> None:
    lines = (BUNDLED_FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = dict(line.split("  ")[::-1] for line in lines)
    found = {
        path.relative_to(BUNDLED_FOLDER).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in BUNDLED_FOLDER.rglob("*")
        if path.is_file() and path.name not in {"SHA256SUMS", "README.md"}
    }
    assert listed == found
    assert sum(path.stat().st_size for path in BUNDLED_FOLDER.rglob("*")) < 40_000_000


def test_bundled_fingerprint_follows_weights(quick: Encoder) -> None:
    sums = (BUNDLED_FOLDER / "SHA256SUMS").read_bytes()
    assert quick.fingerprint == f"bundled:384:{hashlib.sha256(sums).hexdigest()[:16]}"
