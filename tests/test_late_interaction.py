"""How well passages answer a question, token by token: by hand, and with the bundled encoder."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qa.encode import TextTokens, load_encoder
from qa.late_interaction import KEPT_PASSAGES, Head, LateInteraction, sentences_of

LEARNED = {
    "mean": np.array([1.0, 1.0]),
    "question": np.eye(2),
    "passage": np.eye(2),
    "weight": np.array([math.log(2), 0.0]),
    "factors": np.array([10.0, 1.0]),
}


class Letters:
    """A token and a state for each letter; ``read`` keeps what was encoded."""

    name = "letters"

    def __init__(self) -> None:
        self.states = {"r": (2, 1), "l": (0, 1), "u": (1, 2), "d": (1, 0), "；": (1, 0)}
        self.read: list[str] = []

    def query_tokens(self, text: str) -> TextTokens:
        states = np.array([self.states[letter] for letter in text], dtype=np.float32)
        return TextTokens(states, np.arange(1, len(text) + 1))

    def chunk_tokens(self, texts) -> list[TextTokens]:
        self.read += texts
        return [self.query_tokens(text) for text in texts]


def test_score_by_hand() -> None:
    # Less the mean (1, 1): r = (1, 0), l = (-1, 0), u = (0, 1). Weights of r and u: e^(2 ln 2) = 4 and e^(ln 2) = 2.
    # Passage "u": best of r is 0, of u 1: (4 * 0 + 2 * 1) / 6 = 1/3. Pooled: r + u = (3, 3), u = (1, 2): 9 / (√18 √5).
    # Passage "lr": best of r is 1, of u 0: 2/3. Pooled: l + r = (2, 2), the same direction: 1.
    scores = LateInteraction(Letters(), Head(LEARNED)).scores("RU", ["u", "lr"])
    assert scores == pytest.approx([10 / 3 + 9 / math.sqrt(90), 20 / 3 + 1], abs=1e-3)


def test_sentences_that_answer_as_well_as_the_best() -> None:
    # r is in the second and the third
    assert LateInteraction(Letters(), Head(LEARNED)).sentences("R", "u；r；ru；") == [(2, 4), (4, 7)]


def test_sentences_of_tokens() -> None:
    text = "青屏市 2036年\n修路，建桥；治理3;4号河湖。 "
    #       0        9         15         25
    tokens = [-2, 1, 3, 8, 12, 13, 15, 17, 24, 25]
    first, spans = sentences_of(text, np.array(tokens))
    assert [tokens[one] for one in first] == [-2, 12, 17]
    # the blank at the end has no token
    assert [text[start:end] for start, end in spans] == ["青屏市 2036年\n", "修路，建桥；", "治理3;4号河湖。"]


def test_passage_is_encoded_once() -> None:
    letters = Letters()
    late = LateInteraction(letters, Head(LEARNED))
    first = late.scores("r", ["u", "lr"])
    assert late.scores("r", ["lr", "u", "d"])[:2] == pytest.approx(first[::-1])
    assert letters.read == ["u", "lr", "d"]


def test_passage_that_another_thread_pushes_out_is_still_compared() -> None:
    class Busy(Letters):
        """Reads other passages, as many as are kept, whenever it encodes "lr"."""

        def chunk_tokens(self, texts) -> list[TextTokens]:
            if "lr" in texts:
                late.scores("r", ["d" * n for n in range(1, KEPT_PASSAGES + 1)])
            return super().chunk_tokens(texts)

    late = LateInteraction(Busy(), Head(LEARNED))
    expected = LateInteraction(Letters(), Head(LEARNED)).scores("r", ["u", "lr", "u"])
    late.scores("r", ["u"])
    assert late.scores("r", ["u", "lr", "u"]) == pytest.approx(expected)


def test_only_the_passages_seen_last_are_kept() -> None:
    letters = Letters()
    late = LateInteraction(letters, Head(LEARNED))
    late.scores("r", ["u"])
    late.scores("r", ["r" * n for n in range(1, KEPT_PASSAGES + 1)])
    late.scores("r", ["u"])
    assert letters.read.count("u") == 2


def test_nothing_was_learned_for_another_encoder() -> None:
    assert LateInteraction.of(Letters()) is None


@pytest.mark.parametrize(
    ("question", "told"),
    [("干完活拿不到血汗钱找哪个", 0), ("落雨巷子里积水没过膝盖", 1), ("破车开了十年想换台新的", 2)],
)
def test_everyday_words_find_the_passage_of_the_same_thing(question: str, told: int) -> None:
    late = LateInteraction.of(load_encoder("bundled", quick=True))
    passages = [
        "整治拖欠农民工工资问题，维护劳动者合法权益。",
        "新建城市排水管网，消除易涝积水点。",
        "推进汽车以旧换新，扩大汽车消费。",
        "支持老年大学办学，丰富老年人文化生活。",
    ]
    scores = late.scores(question, [f"青阳市 2036年 工作安排\n{text}" for text in passages])
    assert int(scores.argmax()) == told


def test_tokens_are_the_same_with_and_without_sentence_transformers() -> None:
    texts = ["农村公路", "加快建设现代化产业体系，推动高质量发展。"]
    quick, whole = load_encoder("bundled", quick=True), load_encoder("bundled")
    assert np.abs(quick.query_tokens(texts[0]).states - whole.query_tokens(texts[0]).states).max() < 1e-5
    for one, other in zip(quick.chunk_tokens(texts), whole.chunk_tokens(texts), strict=True):
        assert one.states.shape == other.states.shape and np.abs(one.states - other.states).max() < 1e-5
        assert list(one.ends) == list(other.ends) and len(one.ends) == len(one.states)
    # "passage: " ends before the text, the last token with it
    assert quick.chunk_tokens(texts)[1].ends[[0, -1]].tolist() == [-2, 20]
    assert quick.chunk_tokens([]) == []
