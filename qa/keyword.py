"""Chinese-aware BM25 over chunks (library: bm25s, with our own tokens).

Chinese is indexed as character bigrams. jieba words, or both together, change little once fused with the
vectors (67 one-report questions of the dev set, recall@5: bigrams .890, jieba .903, both .890; one
question is .015), and loading jieba's dictionary takes 1.5 s at every start, with or without its cache
file. k1 and b hardly matter either. Numbers stay whole, because 5.2% and 52% are different answers.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from qa.text import Quantity, fold, quantities

logger = logging.getLogger(__name__)

KEYWORD_VERSION = "1"
"""Part of the index fingerprint: raise it when ``tokenize`` gives other tokens."""

STOP_CHARACTERS = frozenset("的了和与及在是有为将对等之以其这那也都就而或并由从于到个年月日")
"""Dropped where they stand alone between numbers or punctuation; inside a run they are in bigrams."""

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[a-z0-9]+(?:[.\-_][a-z0-9]+)*")


def tokenize(text: str) -> list[str]:
    """Search tokens of a text, folded first (full width, traditional characters, case).

    Numbers that count or measure come whole and normalised: 1.2万个 gives 1.2万个, 12000个, 12000 and
    1.2; 6.5%以上 gives 6.5%以上, 6.5% and 6.5. Latin words and other numbers (g80, 2023) come whole.
    A Chinese run gives its bigrams, a lone character itself unless it is a stop word.
    Order is not that of the text.
    """
    folded = fold(text)
    tokens: list[str] = []
    rest = list(folded)
    for quantity in quantities(folded):
        tokens += _number_tokens(folded, quantity)
        for i in range(quantity.number_start, quantity.end):
            if rest[i].isascii():
                rest[i] = " "
    for run in _RUN.findall("".join(rest)):
        if run[0].isascii():
            tokens.append(run)
        elif len(run) > 1:
            tokens += [run[i : i + 2] for i in range(len(run) - 1)]
        elif run not in STOP_CHARACTERS:
            tokens.append(run)
    return tokens


def _number_tokens(folded: str, quantity: Quantity) -> list[str]:
    """Each form once. A range (5—6%) is found by its whole phrase and by both of its ends."""
    forms = [folded[quantity.number_start : quantity.end].replace(",", "")]
    factor = quantity.base / quantity.value if quantity.value else Decimal(1)
    for value in (quantity.value, quantity.high):
        if value is None:
            continue
        base = _plain(value * factor)
        forms += [f"{_plain(value)}{quantity.unit}", f"{base}{quantity.family}", base, _plain(value)]
    return list(dict.fromkeys(forms))


def _plain(value: Decimal) -> str:
    """Without exponent or trailing zeros: 12000, 6.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class KeywordIndex:
    """BM25 (Lucene variant, k1=1.5, b=0.75) over chunks that are known by position and id."""

    def __init__(self, chunk_ids: Sequence[str], bm25: Any | None) -> None:
        self.chunk_ids: tuple[str, ...] = tuple(chunk_ids)
        self._bm25 = bm25

    @classmethod
    def build(cls, chunk_ids: Sequence[str], texts: Sequence[str]) -> KeywordIndex:
        """Index ``texts[i]`` under ``chunk_ids[i]``. No texts, or texts without any token, find nothing.

        Raises: ValueError if the two differ in length.
        """
        if len(chunk_ids) != len(texts):
            raise ValueError(f"{len(chunk_ids)} ids for {len(texts)} texts")
        corpus = [tokenize(text) for text in texts]
        if not any(corpus):
            return cls(chunk_ids, None)
        bm25 = _bm25s().BM25(k1=1.5, b=0.75, method="lucene", backend="numpy")
        bm25.index(corpus, create_empty_token=False, show_progress=False)
        return cls(chunk_ids, bm25)

    def search(self, query: str, k: int, *, mask: np.ndarray | None = None) -> list[tuple[str, float]]:
        """The ``k`` best (chunk_id, score), best first; BM25 score > 0 only, ties in index order.

        ``mask`` is boolean, shape (chunks,): False leaves a chunk out. It does not change the scores.
        """
        if self._bm25 is None or k <= 0:
            return []
        vocabulary = self._bm25.vocab_dict
        known = [vocabulary[token] for token in tokenize(query) if token in vocabulary]
        if not known:
            return []
        scores = self._bm25.get_scores_from_ids(known)
        found = np.flatnonzero(scores > 0 if mask is None else (scores > 0) & mask)
        best = found[np.argsort(-scores[found], kind="stable")[:k]]
        return [(self.chunk_ids[i], float(scores[i])) for i in best]

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``, which is made if needed."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "chunk_ids.json").write_text(json.dumps(self.chunk_ids, ensure_ascii=False), "utf-8")
        if self._bm25 is not None:
            self._bm25.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> KeywordIndex:
        """Read what ``save`` wrote; the score arrays are memory-mapped, not copied."""
        chunk_ids = json.loads((folder / "chunk_ids.json").read_text("utf-8"))
        if not (folder / "params.index.json").exists():
            return cls(chunk_ids, None)
        return cls(chunk_ids, _bm25s().BM25.load(folder, mmap=True, load_corpus=False))


def _bm25s() -> Any:
    """Import bm25s without the DEBUG level that it sets on its own logger."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s
