"""Labelled and extracted commitments: which belong together, spans, kinds, names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from extraction_labels import BRIDGE, MERGE, PROMISE, ROAD, plan

from eval.pairing import Promise, pair_commitments


def test_pair_commitments_exact_span(tmp_path: Path) -> None:
    paragraph = plan(tmp_path, ROAD, MERGE)
    gold = [item[2] for item in paragraph.commitments or ()]
    other = replace(PROMISE, kind="完成", names=())
    assert pair_commitments(paragraph, [(18, 24, other), (0, 17, PROMISE)]) == [
        Promise(paragraph, gold[0], PROMISE, exact=True, kind=True, named=(1, 1)),
        Promise(paragraph, gold[1], other, exact=True, kind=True, named=(0, 0)),
    ]


def test_pair_commitments_wrong_kind(tmp_path: Path) -> None:
    [promise] = pair_commitments(plan(tmp_path, ROAD), [(0, 17, replace(PROMISE, kind="推进"))])
    assert (promise.exact, promise.kind) == (True, False)


def test_pair_commitments_half_of_the_joint_characters_is_enough(tmp_path: Path) -> None:
    paragraph = plan(tmp_path, MERGE)  # 18 to 24
    [promise] = pair_commitments(paragraph, [(20, 26, PROMISE)])  # 4 shared of 8 joint
    assert promise.gold and promise.found
    assert not promise.exact


def test_pair_commitments_below_half_is_missed_and_extra(tmp_path: Path) -> None:
    paragraph = plan(tmp_path, ROAD)  # 0 to 17
    missed, extra = pair_commitments(paragraph, [(0, 8, PROMISE)])  # 8 shared of 17 joint
    assert (missed.gold, missed.found) == ((paragraph.commitments or ())[0][2], None)
    assert (extra.gold, extra.found) == (None, PROMISE)


def test_pair_commitments_takes_the_best_overlap_once(tmp_path: Path) -> None:
    rough, sharp = replace(PROMISE, verb="建"), PROMISE
    paired, extra = pair_commitments(plan(tmp_path, ROAD), [(0, 13, rough), (0, 17, sharp)])
    assert (paired.found, extra.gold, extra.found) == (sharp, None, rough)


def test_pair_commitments_optional_counts_neither_found_nor_missed(tmp_path: Path) -> None:
    paragraph = plan(tmp_path, ROAD | {"optional": True})
    assert pair_commitments(paragraph, []) == []
    assert pair_commitments(paragraph, [(0, 17, PROMISE)]) == []
    # cut in two: 13 of 17 and 4 of 17 characters
    assert pair_commitments(paragraph, [(0, 13, PROMISE), (13, 17, PROMISE)]) == []


def test_pair_commitments_mostly_outside_an_optional_one_is_extra(tmp_path: Path) -> None:
    paragraph = plan(tmp_path, MERGE | {"optional": True})  # 18 to 24
    assert pair_commitments(paragraph, [(21, 27, PROMISE)]) == []  # 3 of its 6 characters
    [extra] = pair_commitments(paragraph, [(21, 28, PROMISE)])  # 3 of its 7
    assert extra.found == PROMISE


def test_pair_commitments_optional_takes_no_clause_of_its_neighbour(tmp_path: Path) -> None:
    first = {"text": "推进城乡", "kind": "推进", "names": [], "optional": True}
    paragraph = plan(tmp_path, first, {"text": "融合。建", "kind": "推进", "names": []})
    [promise] = pair_commitments(paragraph, [(18, 26, PROMISE)])  # half of either
    assert promise.gold == (paragraph.commitments or ())[1][2]


@pytest.mark.parametrize(
    ("found", "known"),
    [
        ((), 0),
        (("云岭茶园大道",), 1),
        (("茶园大道",), 1),
        (("新建云岭茶园大道", "海棠桥工程"), 2),
        (("别的路",), 0),
    ],
)
def test_pair_commitments_names_whole_or_in_part(tmp_path: Path, found: tuple[str, ...], known: int) -> None:
    paragraph = plan(tmp_path, ROAD | {"names": ["云岭茶园大道", "海棠桥"]})
    [promise] = pair_commitments(paragraph, [(0, 17, replace(PROMISE, names=found))])
    assert promise.named == (known, 2)


def test_pair_commitments_missed_one_misses_its_names(tmp_path: Path) -> None:
    [promise] = pair_commitments(plan(tmp_path, BRIDGE), [])
    assert promise.named == (0, 1)
