"""The tables of the judge of extraction, every share computed by hand."""

from __future__ import annotations

from pathlib import Path

from extraction_labels import BRIDGE, GDP, GDP_ROW, MERGE, POWER, PROMISE, ROAD, labelled, plan

from eval import extraction
from eval.pairing import Pair, Promise


def rows_of(markdown: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in markdown.strip().splitlines()
        if not row.startswith("| ---")
    ]


def test_figure_table_by_hand(tmp_path: Path) -> None:
    kept = labelled(
        tmp_path, figures=[GDP, GDP | {"said": "42家"}, POWER | {"construction": ["范围", "plain"]}]
    )
    plain, second, power = (item[2] for item in kept.figures)
    pairs = [
        Pair(kept, plain, GDP_ROW, ()),
        Pair(kept, plain, GDP_ROW, ("period", "kind")),
        Pair(kept, second, GDP_ROW, ("value",)),
        Pair(kept, power, None, ("漏",)),
        Pair(kept, None, GDP_ROW, ("多",)),
    ]
    # 4 labelled, 4 extracted, 1 exact: 1/4, 1/4, 2 x 1 / (4 + 4); value and unit right in 2 of 4.
    # plain: 3 labelled, 3 extracted, 1 exact; value and unit right in 2 of 3. 范围: nothing extracted.
    assert rows_of(extraction.figure_table(pairs)) == [
        ["构式", "标注", "抽取", "整行准确率", "整行召回", "整行 F1", "数值单位召回"],
        ["全部", "4", "4", "0.250", "0.250", "0.250", "0.500"],
        ["plain", "3", "3", "0.333", "0.333", "0.333", "0.667"],
        ["范围", "1", "0", "–", "0.000", "0.000", "0.000"],
    ]


def test_figure_table_of_nothing_applies_to_nothing() -> None:
    assert rows_of(extraction.figure_table([]))[1:] == [["全部", "0", "0", "–", "–", "–", "–"]]


def test_field_table_counts_rows_that_both_have(tmp_path: Path) -> None:
    kept = labelled(tmp_path, figures=[GDP])
    gold = kept.figures[0][2]
    pairs = [
        Pair(kept, gold, GDP_ROW, ()),
        Pair(kept, gold, GDP_ROW, ("value", "kind")),
        Pair(kept, gold, GDP_ROW, ("kind",)),
        Pair(kept, gold, GDP_ROW, ()),
        Pair(kept, gold, None, ("漏",)),
        Pair(kept, None, GDP_ROW, ("多",)),
    ]
    # of 4: value wrong once, kind twice
    [_, cells] = rows_of(extraction.field_table(pairs))
    assert cells == ["正确率", "0.750", *["1.000"] * 6, "0.500"]
    assert rows_of(extraction.field_table([]))[1] == ["正确率", *["–"] * 8]


def test_commitment_table_by_hand(tmp_path: Path) -> None:
    paragraph = plan(tmp_path, ROAD, MERGE, BRIDGE)
    road, merge, bridge = (item[2] for item in paragraph.commitments or ())
    promises = [
        Promise(paragraph, road, PROMISE, exact=True, kind=True, named=(1, 1)),
        Promise(paragraph, merge, PROMISE, exact=False, kind=True),
        Promise(paragraph, bridge, None, named=(0, 1)),
        Promise(paragraph, None, PROMISE),
        Promise(paragraph, None, PROMISE),
    ]
    # 3 labelled, 4 extracted, 2 in both: 2/4, 2/3, 2 x 2 / (3 + 4); spans 1/2, kinds 2/2, names 1/2
    [_, cells] = rows_of(extraction.commitment_table(promises))
    assert cells == ["3", "4", "0.500", "0.667", "0.571", "0.500", "1.000", "0.500"]


def test_commitment_table_f1_is_zero_when_all_are_missed(tmp_path: Path) -> None:
    paragraph = plan(tmp_path, BRIDGE)
    missed = [Promise(paragraph, (paragraph.commitments or ())[0][2], None, named=(0, 1))]
    assert rows_of(extraction.commitment_table(missed))[1] == [
        *("1", "0", "–", "0.000", "0.000", "–", "–", "0.000")
    ]
    assert rows_of(extraction.commitment_table([]))[1] == ["0", "0", *["–"] * 6]
