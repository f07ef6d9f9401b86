"""Chinese tokens for BM25 other than the product's: jieba words, and both together.

Numbers, Latin words and their forms are those of ``qa.keyword.tokenize`` in every variant, so that only the
cutting of Chinese differs. jieba is needed here only; the product does not import it.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from qa.errors import ConfigError
from qa.keyword import STOP_CHARACTERS, tokenize
from qa.text import fold

Tokenize = Callable[[str], list[str]]

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def words(text: str) -> list[str]:
    """The product's numbers and Latin tokens, and Chinese as jieba words (precise mode, HMM on)."""
    jieba = _jieba()
    kept = [token for token in tokenize(text) if not _HAN.fullmatch(token)]
    cut = [word for run in _HAN.findall(fold(text)) for word in jieba.lcut(run)]
    return kept + [word for word in cut if word not in STOP_CHARACTERS]


def both(text: str) -> list[str]:
    """The product's tokens and jieba's words; a word of two characters is a bigram already, counted once."""
    return tokenize(text) + [word for word in words(text) if _HAN.fullmatch(word) and len(word) > 2]


TOKENIZERS: dict[str, Tokenize] = {"二字组（产品）": tokenize, "jieba 词": words, "二字组 + jieba 词": both}


def _jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1 imports pkg_resources, which setuptools 80 deprecates
        try:
            import jieba
        except ImportError as exc:
            raise ConfigError("没有 jieba，不能比较分词：请运行 pip install -e '.[eval]'") from exc
        jieba.setLogLevel(logging.WARNING)
        jieba.initialize()
    return jieba


class Bm25:
    """``qa.keyword.KeywordIndex`` with the tokens left open: the same library, variant and constants."""

    def __init__(self, chunk_ids: Sequence[str], texts: Sequence[str], tokenizer: Tokenize) -> None:
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._ids = tuple(chunk_ids)
        self._tokenize = tokenizer
        self._bm25 = bm25s.BM25(k1=1.5, b=0.75, method="lucene", backend="numpy")
        self._bm25.index([tokenizer(t) for t in texts], create_empty_token=False, show_progress=False)

    def search(self, query: str, k: int, *, mask: np.ndarray | None = None) -> list[tuple[str, float]]:
        """The ``k`` best (chunk_id, score > 0), best first, ties in index order; ``mask`` as there."""
        vocabulary = self._bm25.vocab_dict
        known = [vocabulary[token] for token in self._tokenize(query) if token in vocabulary]
        if not known:
            return []
        scores = self._bm25.get_scores_from_ids(known)
        found = np.flatnonzero(scores > 0 if mask is None else (scores > 0) & mask)
        best = found[np.argsort(-scores[found], kind="stable")[:k]]
        return [(self._ids[i], float(scores[i])) for i in best]
