"""The judge of extracted figures and commitments: labels and rows made by hand, scores computed by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval import extraction
from eval.labels import FigureLabel, Labelled, read_labels
from eval.pairing import Pair, Promise, faults, pair_commitments, pair_figures
from qa.errors import EvalDataError
from qa.types import Commitment, Figure

# Offsets:   0         1         2         3
#            012345678901234567890123456789 ...
TEXT = "地区生产总值增长6.3%，新增企业42家，用电量增长3%—5%。"

GDP: dict[str, Any] = {
    "said": "6.3%",
    "value": "6.3",
    "unit": "%",
    "comparator": "",
    "measure": "growth",
    "indicator": "地区生产总值",
    "core": "生产总值|GDP",
    "subject": "",
    "period": "2030",
    "kind": "actual",
    "construction": "plain",
}
FIRMS = GDP | {
    "said": "42家",
    "value": "42",
    "unit": "家",
    "measure": "added",
    "indicator": "新增企业",
    "core": "企业",
}
POWER = GDP | {"said": "3%—5%", "value": "3", "high": "5", "indicator": "用电量", "core": "用电量"}

GDP_ROW = Figure(
    report_id="2031-云岭市",
    paragraph=3,
    indicator="地区生产总值",
    canonical="地区生产总值",
    measure="增速",
    value=Decimal("6.3"),
    unit="%",
    comparator="",
    subject="",
    period="2030",
    kind="actual",
    start=0,
    end=0,
    clause_start=0,
    clause_end=0,
)
FIRMS_ROW = replace(
    GDP_ROW, indicator="新增企业", canonical=None, measure="增量", value=Decimal(42), unit="家"
)
POWER_ROW = replace(GDP_ROW, indicator="用电量", canonical=None, value=Decimal(3), comparator="—5")


def line(text: str = TEXT, **changes: Any) -> dict[str, Any]:
    base = {"id": "t-1", "split": "dev", "report": "2031-云岭市", "text": text, "figures": []}
    return {**base, "commitments": None, **changes}


def write(folder: Path, *lines: dict[str, Any] | str) -> Path:
    path = folder / "gold.jsonl"
    rows = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in lines]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def labelled(folder: Path, **changes: Any) -> Labelled:
    return read_labels(write(folder, line(**changes)))[0]


def at(said: str, row: Figure, text: str = TEXT) -> tuple[int, int, Figure]:
    return text.index(said), text.index(said) + len(said), row


def label(**changes: Any) -> FigureLabel:
    return FigureLabel.model_validate(GDP | changes)


def told(pairs: Sequence[Pair]) -> list[tuple[str, str, tuple[str, ...]]]:
    """(labelled words, extracted indicator, faults) of each pair, "" for what is missing."""
    return [
        (pair.gold.said if pair.gold else "", pair.found.indicator if pair.found else "", pair.faults)
        for pair in pairs
    ]


# ------------------------------------------------------------------ figures: pairing


def test_pair_figures_by_place_whatever_the_order(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP, FIRMS, POWER])
    found = [at("3%—5%", POWER_ROW), at("6.3%", GDP_ROW), at("42家", FIRMS_ROW)]
    assert told(pair_figures(paragraph, found)) == [
        ("6.3%", "地区生产总值", ()),
        ("42家", "新增企业", ()),
        ("3%—5%", "用电量", ()),
    ]


def test_pair_figures_missed_and_extra(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP])
    assert told(pair_figures(paragraph, [at("42家", FIRMS_ROW)])) == [
        ("6.3%", "", ("漏",)),
        ("", "新增企业", ("多",)),
    ]


def test_pair_figures_value_that_only_touches_is_no_pair(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP])
    start, end, _ = at("6.3%", GDP_ROW)
    pairs = pair_figures(paragraph, [(start - 2, start, GDP_ROW), (end, end + 1, GDP_ROW)])
    assert [pair.faults for pair in pairs] == [("漏",), ("多",), ("多",)]


def test_pair_figures_second_row_at_one_value_is_extra(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP])
    worse = replace(GDP_ROW, indicator="第一产业", canonical=None, unit="个百分点")
    pairs = pair_figures(paragraph, [at("6.3%", worse), at("6.3%", GDP_ROW)])
    assert told(pairs) == [("6.3%", "地区生产总值", ()), ("", "第一产业", ("多",))]


def test_pair_figures_row_over_two_labels_goes_to_the_one_it_fits(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP, FIRMS])
    over_both = (TEXT.index("6.3%"), TEXT.index("42家") + 3, FIRMS_ROW)
    assert told(pair_figures(paragraph, [over_both])) == [
        ("6.3%", "", ("漏",)),
        ("42家", "新增企业", ()),
    ]


def test_pair_figures_equal_faults_go_to_the_larger_share(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP, GDP | {"said": "42家"}])
    # one character of 6.3% and all three of 42家
    spilled = (TEXT.index("%"), TEXT.index("42家") + 3, GDP_ROW)
    assert told(pair_figures(paragraph, [spilled])) == [
        ("6.3%", "", ("漏",)),
        ("42家", "地区生产总值", ()),
    ]


def test_pair_figures_optional_counts_neither_found_nor_missed(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP | {"optional": True}])
    wrong = replace(GDP_ROW, unit="家")
    assert pair_figures(paragraph, []) == []
    assert pair_figures(paragraph, [at("6.3%", GDP_ROW)]) == []
    assert pair_figures(paragraph, [at("6.3%", wrong), at("6.3%", GDP_ROW)]) == []


def test_pair_figures_optional_takes_no_row_of_its_neighbour(tmp_path: Path) -> None:
    paragraph = labelled(tmp_path, figures=[GDP | {"optional": True}, FIRMS])
    over_both = (TEXT.index("6.3%"), TEXT.index("42家") + 3, FIRMS_ROW)
    assert told(pair_figures(paragraph, [over_both])) == [("42家", "新增企业", ())]


def test_pair_figures_same_words_twice_are_two_places(tmp_path: Path) -> None:
    text = "收入增长5%，支出增长5%。"
    income = GDP | {"said": "5%", "value": "5", "indicator": "收入", "core": "收入"}
    paragraph = labelled(
        tmp_path, text=text, figures=[income, income | {"indicator": "支出", "core": "支出"}]
    )
    assert [(start, end) for start, end, _ in paragraph.figures] == [(4, 6), (11, 13)]


# ------------------------------------------------------------------ figures: fields


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"value": Decimal("6.30")}, ()),
        ({"value": Decimal("-6.3")}, ("value",)),
        ({"unit": "个百分点"}, ("unit",)),
        ({"unit": "％"}, ()),
        ({"comparator": "以上"}, ("comparator",)),
        ({"comparator": "—7"}, ("value",)),
        ({"measure": "总量"}, ("measure",)),
        ({"measure": "降幅"}, ()),
        ({"measure": "比2020年增速"}, ()),
        ({"indicator": "生产", "canonical": None}, ("indicator",)),
        ({"subject": "全国"}, ("subject",)),
        ({"period": "2031"}, ("period",)),
        ({"kind": "target"}, ("kind",)),
        (
            {
                "value": Decimal(1),
                "unit": "家",
                "comparator": "近",
                "measure": "排名",
                "indicator": "企业",
                "canonical": None,
                "subject": "园区",
                "period": "",
                "kind": "target",
            },
            ("value", "unit", "comparator", "measure", "indicator", "subject", "period", "kind"),
        ),
    ],
)
def test_faults_name_each_wrong_field(change: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert faults(label(), replace(GDP_ROW, **change)) == expected


@pytest.mark.parametrize(
    ("comparator", "expected"),
    [
        ("—5左右", ()),
        ("—5.0左右", ()),
        ("—5", ("comparator",)),
        ("—6左右", ("value",)),
        ("左右", ("value",)),
    ],
)
def test_faults_range_needs_both_ends(comparator: str, expected: tuple[str, ...]) -> None:
    wanted = label(value="3", high="5", comparator="左右")
    assert faults(wanted, replace(GDP_ROW, value=Decimal(3), comparator=comparator)) == expected


def test_faults_range_keeps_words_that_follow_it() -> None:
    wanted = label(value="3", high="5", comparator="超过")
    assert faults(wanted, replace(GDP_ROW, value=Decimal(3), comparator="—5超过")) == ()


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        ("以上", "以上", True),
        ("以上", "力争以上", True),
        ("持平", "与上年持平", True),
        ("", "", True),
        ("", "以上", False),
        ("以上", "", False),
        ("超过", "不超过", False),  # the opposite bound
        ("低于", "不低于", False),
        ("不低于", "不低于", True),
        (["", "突破"], "突破", True),
        (["", "突破"], "", True),
        (["", "突破"], "近", False),
    ],
)
def test_faults_comparator(wanted: Any, found: str, right: bool) -> None:
    expected = () if right else ("comparator",)
    assert faults(label(comparator=wanted), replace(GDP_ROW, comparator=found)) == expected


@pytest.mark.parametrize(
    ("reference", "measure", "right"),
    [
        ("全国", "高于全国", True),
        ("全国", "高出全国", True),
        ("全国", "高于全区", False),
        (["全国", "全国平均"], "快于全国平均", True),
        ("全国", "差距", False),
        ([], "低于全区", True),
        ("", "低于全区", True),
        ("全国", "增速", False),
    ],
)
def test_faults_gap_needs_its_reference(reference: Any, measure: str, right: bool) -> None:
    wanted = label(measure="gap", unit="个百分点", reference=reference)
    found = replace(GDP_ROW, measure=measure, unit="个百分点")
    assert faults(wanted, found) == (() if right else ("measure",))


def test_faults_lists_hold_alternatives_of_every_field() -> None:
    wanted = label(
        unit=["%", "成"],
        comparator=["", "约"],
        measure=["share", "growth"],
        indicator=["生产总值", "经济总量"],
        core=["总量", "总值|GDP"],
        subject=["全国", ""],
        period=["2030", "2031"],
        kind=["target", "actual"],
    )
    other: dict[str, Any] = {"unit": "成", "comparator": "约", "measure": "占比", "indicator": "经济总量"}
    assert faults(wanted, replace(GDP_ROW, canonical=None)) == ()
    assert faults(wanted, replace(GDP_ROW, **other, subject="全国", period="2031", kind="target")) == ()


def test_faults_open_period_accepts_any() -> None:
    assert faults(label(period=""), replace(GDP_ROW, period="1999")) == ()


@pytest.mark.parametrize(
    ("indicator", "canonical", "right"),
    [
        ("全市生产总值", None, True),
        ("生产企业总值", None, True),  # in this order, gaps allowed
        ("总值生产", None, False),
        ("GDP", None, True),
        ("经济总量", "地区生产总值", True),
        # full name 6 characters: 2 x 6 + 4 = 16 are allowed
        ("生产总值" + "甲" * 12, None, True),
        ("生产总值" + "甲" * 13, None, False),
    ],
)
def test_faults_indicator_least_words_and_length(indicator: str, canonical: str | None, right: bool) -> None:
    found = replace(GDP_ROW, indicator=indicator, canonical=canonical)
    assert faults(label(), found) == (() if right else ("indicator",))


def test_faults_list_of_subjects_allows_no_longer_name() -> None:
    # 2 x (6 + 2) + 4 = 20: the longest subject counts, not the list as written
    found = replace(GDP_ROW, canonical=None, indicator="生产总值" + "甲" * 17)
    assert faults(label(subject=["全国", ""]), found) == ("indicator",)


@pytest.mark.parametrize(
    ("wanted", "subject", "indicator", "right"),
    [
        ("云岭茶园", "云岭茶园", "生产总值", True),
        ("云岭茶园", "茶园", "生产总值", True),
        ("云岭茶园", "", "云岭茶园生产总值", True),
        ("云岭茶园", "", "生产总值", False),
        ("云岭茶园", "海棠港", "生产总值", False),
        ("", "地区", "生产总值", True),  # stands in the labelled indicator
        ("", "全国", "生产总值", False),
        (["全国", ""], "", "生产总值", True),
    ],
)
def test_faults_subject(wanted: Any, subject: str, indicator: str, right: bool) -> None:
    found = replace(GDP_ROW, subject=subject, indicator=indicator)
    assert faults(label(subject=wanted), found) == (() if right else ("subject",))


# ------------------------------------------------------------------ commitments

# Offsets:       0         1         2         3
#                012345678901234567890123456789012
PLAN_TEXT = "新建云岭茶园大道12公里，惠及群众；推进城乡融合。建成海棠桥"
ROAD = {"text": "新建云岭茶园大道12公里，惠及群众", "kind": "新建", "names": ["云岭茶园大道"]}
MERGE = {"text": "推进城乡融合", "kind": ["推进", "完成"], "names": []}
BRIDGE = {"text": "建成海棠桥", "kind": "建成", "names": ["海棠桥"]}

PROMISE = Commitment(
    report_id="2031-云岭市",
    paragraph=3,
    kind="新建",
    verb="新建",
    sector="",
    period="2031",
    names=("云岭茶园大道",),
    figures=(),
    start=0,
    end=0,
)


def plan(folder: Path, *commitments: dict[str, Any]) -> Labelled:
    return labelled(folder, text=PLAN_TEXT, commitments=list(commitments))


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


# ------------------------------------------------------------------ tables


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


# ------------------------------------------------------------------ labels


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "不是 JSON"),
        ("[]", "整行 应是对象"),
        (line(split="test"), "split 应是"),
        ({key: value for key, value in line().items() if key != "commitments"}, "commitments 缺少这一项"),
        (line(note="?"), "note 是不认识的键"),
        (
            line(figures=[{k: v for k, v in GDP.items() if k != "construction"}]),
            "figures.0.construction 缺少",
        ),
        (line(figures=[GDP, GDP | {"value": "六"}]), "figures.1.value 应是数字"),
        (line(figures=[GDP | {"value": 6.3}]), "figures.0.value 数值要写成带引号的文字"),
        (line(figures=[GDP | {"said": ""}]), "figures.0.said 不能为空"),
        (line(figures=[GDP | {"unit": []}]), "figures.0.unit 不能为空"),
        (line(figures=[GDP | {"core": "总值|"}]), "figures.0.core 每个写法都不能为空"),
        (line(figures=[GDP | {"measure": "增速"}]), "figures.0.measure.0 应是"),
        (line(figures=[GDP | {"said": "7.7%"}]), "figures.0 不在段落里"),
        (line(figures=[FIRMS, GDP]), "figures.1 不在段落里，或次序不对"),
        (line(commitments=[BRIDGE]), "commitments.0 不在段落里"),
        (line(commitments=[BRIDGE | {"kind": "修"}]), "commitments.0.kind.0 应是"),
        (line(id="t-0"), "编号 t-0 已用过"),
    ],
)
def test_read_labels_names_file_line_and_key(tmp_path: Path, bad: dict[str, Any] | str, said: str) -> None:
    path = write(tmp_path, line(id="t-0"), "", bad)
    with pytest.raises(EvalDataError) as caught:
        read_labels(path)
    message = str(caught.value)
    assert message.startswith(f"{path} 第 3 行：")
    assert said in message
    assert "\n" not in message


def test_read_labels_message_quotes_no_label(tmp_path: Path) -> None:
    path = write(tmp_path, line(split="sealed", figures=[GDP | {"said": "88.8%", "value": "88.8"}]))
    with pytest.raises(EvalDataError) as caught:
        read_labels(path)
    assert "88" not in str(caught.value).removeprefix(str(path))


def test_read_labels_of_one_split(tmp_path: Path) -> None:
    path = write(tmp_path, line(id="a"), line(id="b", split="sealed"), line(id="c", split=""))
    assert [item.id for item in read_labels(path)] == ["a", "b", "c"]
    assert [item.id for item in read_labels(path, "sealed")] == ["b"]


def test_read_labels_nothing_left_or_no_file(tmp_path: Path) -> None:
    with pytest.raises(EvalDataError, match="没有可用的标注（split=sealed）"):
        read_labels(write(tmp_path, line()), "sealed")
    with pytest.raises(EvalDataError, match="无法读取"):
        read_labels(tmp_path / "none.jsonl")


def test_read_labels_folds_text_and_labels_alike(tmp_path: Path) -> None:
    [item] = read_labels(write(tmp_path, line(text="地區生產總值增長６.３％。", figures=[GDP])))
    assert item.text == "地区生产总值增长6.3%。"
    assert [(start, end) for start, end, _ in item.figures] == [(8, 12)]


# ------------------------------------------------------------------ reports and the command

REVIEW = "2030年，地区生产总值增长6.3%，新增高新技术企业42家。"
PLAN = "新建社区食堂30个。改造农村公路160公里。"
REPORT = f"""政府工作报告
——2031年1月15日在云岭市第五届人民代表大会第六次会议上
云岭市市长 林知远

各位代表：

现在，我代表市人民政府向大会报告政府工作，请予审议。

一、2030年工作回顾

{REVIEW}

二、2031年工作安排

（一）办好民生实事。

{PLAN}
"""
HIGH_TECH = FIRMS | {"indicator": "新增高新技术企业", "core": "高新技术企业"}
CANTEEN = GDP | {
    "said": "30个",
    "value": "30",
    "unit": "个",
    "measure": "added",
    "indicator": "新建社区食堂",
    "core": "社区食堂",
    "period": "2031",
    "kind": "target",
}
ROADS = CANTEEN | {
    "said": "160公里",
    "value": "160",
    "unit": "公里",
    "measure": ["added", "amount"],
    "indicator": "改造农村公路",
    "core": "农村公路",
}
PROMISES = [
    {"text": "新建社区食堂30个", "kind": "新建", "names": []},
    {"text": "改造农村公路160公里", "kind": "改造", "names": []},
]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "2031_云岭市.txt").write_text(REPORT, "utf-8")
    (folder / "manifest.csv").write_text("file,sha256\n", "utf-8")
    return folder


def review(**changes: Any) -> dict[str, Any]:
    return line(**{"text": REVIEW, "figures": [GDP, HIGH_TECH], "commitments": []} | changes)


def plan_line(**changes: Any) -> dict[str, Any]:
    base = {"id": "t-2", "text": PLAN, "figures": [CANTEEN, ROADS], "commitments": PROMISES}
    return line(**base | changes)


def test_score_extracts_and_pairs(tmp_path: Path, reports: Path) -> None:
    pairs, promises = extraction.score(read_labels(write(tmp_path, review(), plan_line())), reports)
    assert [(pair.gold.said, pair.faults) for pair in pairs if pair.gold] == [
        ("6.3%", ()),
        ("42家", ()),
        ("30个", ()),
        ("160公里", ()),
    ]
    assert len(pairs) == 4
    assert [(item.exact, item.kind) for item in promises] == [(True, True), (True, True)]


def test_score_commitments_not_labelled_count_nothing(tmp_path: Path, reports: Path) -> None:
    _, promises = extraction.score(read_labels(write(tmp_path, plan_line(commitments=None))), reports)
    assert promises == []


def test_score_commitments_labelled_as_none_are_extra(tmp_path: Path, reports: Path) -> None:
    _, promises = extraction.score(read_labels(write(tmp_path, plan_line(commitments=[]))), reports)
    assert [(item.gold, item.found is None) for item in promises] == [(None, False)] * 2


def test_score_counts_nothing_outside_the_labelled_text(tmp_path: Path, reports: Path) -> None:
    part = plan_line(text="改造农村公路160公里。", figures=[ROADS], commitments=PROMISES[1:])
    pairs, promises = extraction.score(read_labels(write(tmp_path, part)), reports)
    assert [pair.faults for pair in pairs] == [()]
    assert [item.exact for item in promises] == [True]


def test_score_text_that_stands_twice_is_the_paragraph_with_least_besides(tmp_path: Path) -> None:
    folder = tmp_path / "twice"
    folder.mkdir()
    longer = f"云岭茶产业园建成投产。{PLAN}"
    (folder / "2031_云岭市.txt").write_text(REPORT.replace(REVIEW, longer), "utf-8")
    pairs, _ = extraction.score(read_labels(write(tmp_path, plan_line())), folder)
    assert [pair.faults for pair in pairs] == [(), ()]  # targets: the plan's, not the review's


def run(folder: Path, reports: Path, *flags: str) -> int:
    return extraction.main(["--gold", str(folder / "gold.jsonl"), "--reports", str(reports), *flags])


def test_main_prints_the_three_tables(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, review(), plan_line(figures=[CANTEEN, ROADS | {"period": "2035"}]))
    assert run(tmp_path, reports) == 0
    out, err = capsys.readouterr()
    # 3 of 4 rows exact
    assert "| 全部 | 4 | 4 | 0.750 | 0.750 | 0.750 | 1.000 |" in out
    assert "| 正确率 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 0.750 | 1.000 |" in out
    assert "| 2 | 2 | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | – |" in out
    assert "t-2" not in out
    assert err == ""


def test_main_failures_say_what_was_wanted_and_found(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [PROMISES[0] | {"kind": "建成", "names": ["食堂"]}, PROMISES[1]]
    write(tmp_path, plan_line(figures=[CANTEEN, ROADS | {"period": "2035"}], commitments=wrong))
    assert run(tmp_path, reports, "--failures") == 0
    first, second = (row for row in capsys.readouterr().out.splitlines() if row.startswith("t-2"))
    assert first.startswith(
        "t-2 period｜标注 160公里||改造农村公路|农村公路|added/amount|160公里||2035|target|"
    )
    assert "|160公里||2031|target" in first
    assert second.startswith("t-2 承诺 类别、名称｜标注 建成 新建社区食堂30个（食堂）｜抽取 新建 新建 ")


@pytest.mark.parametrize("split", ["sealed", ""])
def test_main_failures_never_list_a_sealed_row(
    tmp_path: Path, reports: Path, split: str, capsys: pytest.CaptureFixture[str]
) -> None:
    missed = {"text": PLAN[:4], "kind": "推进", "names": []}
    sealed = plan_line(split=split, figures=[CANTEEN | {"unit": "家"}], commitments=[missed])
    write(tmp_path, review(figures=[GDP]), sealed)
    assert run(tmp_path, reports, "--failures") == 0
    out, err = capsys.readouterr()
    # 2 labelled; 4 extracted, 1 of them exact: the totals count sealed rows, the list does not show them
    assert "| 全部 | 2 | 4 | 0.250 | 0.500 | 0.333 | 0.500 |" in out
    listed = [row for row in out.splitlines() if "｜" in row]
    assert [row.split("｜")[0] for row in listed] == ["t-1 多"]
    assert "食堂" not in out + err
    assert "公路" not in out + err


def test_main_bad_label_is_one_line_and_code_1(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, review(), "{}")
    assert run(tmp_path, reports) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"{path} 第 2 行：id 缺少这一项\n"


def test_main_unknown_report(tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, review(report="2031-海棠市"))
    assert run(tmp_path, reports) == 1
    assert capsys.readouterr().err == f"t-1：{reports} 里没有 2031-海棠市，有 2031-云岭市\n"


def test_main_paragraph_gone_is_named_by_id_alone(
    tmp_path: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = REVIEW.replace("2030年", "2029年")
    write(tmp_path, review(split="sealed", text=gone))
    assert run(tmp_path, reports) == 1
    err = capsys.readouterr().err
    assert err == "t-1：2031-云岭市 里没有这一段原文，请核对标注的 text\n"


def test_main_folder_without_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, review())
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(tmp_path, empty) == 1
    assert capsys.readouterr().err == f"{empty} 里没有报告\n"
    assert run(tmp_path, tmp_path / "none") == 1
    assert capsys.readouterr().err == f"{tmp_path / 'none'}：文件或文件夹不存在\n"


def test_main_wrong_split_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        extraction.main(["--split", "test"])
    assert caught.value.code == 2
    assert "--split" in capsys.readouterr().err
