"""Means, intervals and tests on values computed by hand."""

from __future__ import annotations

import pytest

from eval import stats


def test_mean_leaves_out_none_only() -> None:
    assert stats.mean([True, False, None, 0.5]) == 0.5  # (1 + 0 + 0.5) / 3
    assert stats.mean([None]) is None


def test_interval_is_fixed_and_holds_the_mean() -> None:
    values = [1.0] * 9 + [0.0] + [None]
    low, high = stats.interval(values) or (0, 0)
    assert stats.interval(values) == (low, high)
    assert low < 0.9 <= high <= 1
    assert stats.interval([1.0]) == (1.0, 1.0)
    assert stats.interval([None]) is None


def test_interval_two_values_by_hand() -> None:
    # Draws of two from {0, 1}: mean 0, 0.5, 1 with chances 1/4, 1/2, 1/4: 2.5 % and 97.5 % are 0 and 1.
    assert stats.interval([0.0, 1.0]) == (0.0, 1.0)


def test_percentile_is_linear() -> None:
    # positions 0..4; 95 % of the way is 3.8: 40 + 0.8 * 10
    assert stats.percentile([50, 10, 20, 30, 40], 95) == pytest.approx(48)
    assert stats.percentile([50, 10, 20, 30, 40], 50) == 30
    assert stats.percentile([], 50) is None


@pytest.mark.parametrize(
    ("higher", "lower", "p"),
    [
        (0, 0, 1.0),
        (1, 0, 1.0),  # 2 * 1/2
        (5, 0, 0.0625),  # 2 * 1/32
        (6, 0, 0.03125),  # 2 * 1/64
        (4, 1, 0.375),  # 2 * (1 + 5)/32
        (1, 4, 0.375),
        (1000, 1000, 1.0),
        (3, 3, 1.0),  # 2 * (1 + 6 + 15 + 20)/64 = 1.3125, at most 1
    ],
)
def test_sign_test_by_hand(higher: int, lower: int, p: float) -> None:
    assert stats.sign_test(higher, lower) == pytest.approx(p)


def test_paired_difference_by_hand() -> None:
    # Pairs (0,1) (1,1) (0.5,1) (1,0); the fifth and sixth have one score only, the seventh none.
    found = stats.paired_difference([0, 1, 0.5, True, None, 1, None], [1, 1, 1, False, 1, None, None])
    assert found is not None
    assert (found.n, found.left_out, found.higher, found.lower) == (4, 2, 2, 1)
    assert found.mean_a == pytest.approx(2.5 / 4)
    assert found.mean_b == pytest.approx(3 / 4)
    assert found.mean == pytest.approx(0.5 / 4)  # 1 + 0 + 0.5 - 1
    assert found.p == 1.0  # 2 * (1 + 3)/8
    assert found.low < 0 < found.high and found.is_noise


def test_paired_difference_same_change_everywhere_is_no_noise() -> None:
    found = stats.paired_difference([0.0, 0.25, 0.5], [0.5, 0.75, 1.0])
    assert found is not None
    # Every pair gains 0.5, so every draw does.
    assert (found.low, found.mean, found.high) == (0.5, 0.5, 0.5)
    assert not found.is_noise


def test_paired_difference_pairing_is_narrower_than_two_intervals() -> None:
    # The same ten questions are hard in both; one of 100 gets better. Unpaired intervals would overlap.
    first = [0.0] * 50 + [1.0] * 50
    found = stats.paired_difference(first, [1.0] * 8 + first[8:])
    assert found is not None
    assert found.low > 0
    low_b = (stats.interval([1.0] * 8 + first[8:]) or (0, 0))[0]
    high_a = (stats.interval(first) or (0, 0))[1]
    assert low_b < high_a


def test_paired_difference_empty_and_uneven() -> None:
    assert stats.paired_difference([None, 1], [1, None]) is None
    assert stats.paired_difference([], []) is None
    with pytest.raises(ValueError, match="zip"):
        stats.paired_difference([1], [1, 0])
