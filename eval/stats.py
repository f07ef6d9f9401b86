"""Means, intervals and tests over per-question scores: pure functions; None marks what does not apply.

Sources: percentile bootstrap, Efron and Tibshirani 1993, "An Introduction to the Bootstrap", ch. 13; paired
over questions as in Koehn 2004, "Statistical Significance Tests for Machine Translation Evaluation". Sign
test: Dixon and Mood 1946, "The Statistical Sign Test", exact two-sided form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

Scores = Sequence[float | bool | None]
"""One score a question, in the order of the questions; None where the metric does not apply."""

SEED, ROUNDS = 2024, 2000


def mean(values: Scores) -> float | None:
    """Mean of the values that apply (not None). None if none does."""
    kept = [float(value) for value in values if value is not None]
    return sum(kept) / len(kept) if kept else None


def interval(values: Scores, *, seed: int = SEED, rounds: int = ROUNDS) -> tuple[float, float] | None:
    """95 % percentile bootstrap interval of ``mean``, questions drawn with replacement. None if none applies.

    The same values and seed give the same interval. One value gives (v, v).
    """
    kept = np.array([float(value) for value in values if value is not None])
    if not len(kept):
        return None
    draws = np.random.default_rng(seed).integers(0, len(kept), size=(rounds, len(kept)))
    low, high = np.percentile(kept[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The ``share`` percentile (50, 95), linear between neighbours (numpy's default). None if empty."""
    return float(np.percentile(values, share)) if len(values) else None


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric of run B less the same of run A, over the questions to which it applies in both.

    ``low``/``high``: 95 % paired bootstrap interval of ``mean``. ``higher``/``lower``: questions whose score
    is higher, lower in B; ``p``: the sign test over these. ``n``: pairs. ``left_out``: questions to which
    the metric applies in one run only, as citation precision where the other run refused.
    """

    mean_a: float
    mean_b: float
    mean: float
    low: float
    high: float
    higher: int
    lower: int
    p: float
    n: int
    left_out: int

    @property
    def is_noise(self) -> bool:
        """Whether the interval holds 0: the runs differ by no more than another draw of questions would."""
        return self.low <= 0 <= self.high


def paired_difference(
    first: Scores, second: Scores, *, seed: int = SEED, rounds: int = ROUNDS
) -> Difference | None:
    """Compare two runs on the same questions; None if no question has both scores.

    Formula: mean over pairs of (b - a), pairs drawn with replacement. Denominator: pairs with both scores.
    Raises: ValueError if the runs differ in length.
    """
    pairs = [
        (float(a), float(b)) for a, b in zip(first, second, strict=True) if a is not None and b is not None
    ]
    one_only = sum((a is None) != (b is None) for a, b in zip(first, second, strict=True))
    if not pairs:
        return None
    gaps = [b - a for a, b in pairs]
    low, high = interval(gaps, seed=seed, rounds=rounds) or (0.0, 0.0)
    higher, lower = sum(gap > 0 for gap in gaps), sum(gap < 0 for gap in gaps)
    return Difference(
        mean_a=sum(a for a, _ in pairs) / len(pairs),
        mean_b=sum(b for _, b in pairs) / len(pairs),
        mean=sum(gaps) / len(pairs),
        low=low,
        high=high,
        higher=higher,
        lower=lower,
        p=sign_test(higher, lower),
        n=len(pairs),
        left_out=one_only,
    )


def sign_test(higher: int, lower: int) -> float:
    """Chance of a split at least this uneven if better and worse were equally likely; ties left out.

    Formula: min(1, 2 * sum_{i=0}^{min} C(n, i) / 2^n), n = higher + lower. No question that changed: 1.
    """
    n = higher + lower
    tail = sum(comb(n, i) for i in range(min(higher, lower) + 1))
    return min(1.0, 2 * tail / (1 << n))  # whole numbers: floats overflow at n = 1024
