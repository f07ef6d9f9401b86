"""Pages of a PDF in narrow columns: radicals for characters, lines spread out, lost indents, tables set apart by spaces."""

from __future__ import annotations

from qa.clean import clean
from qa.folding import RADICALS
from qa.formats import Line
from qa.spaced import spaced_rows

COLUMN = [
    "全市粮食产量达到18.6万吨，连续",  # columns of 18, without the indent of two
    "增 长 ， 稻 谷 产 量 11.2 万 吨 ， 增 长",
    "3.1%；油料产量2.4万吨，比上年增长",
    "4.0%；蔬菜产量36.8万吨，其中食用菌产",
    "量1.9万吨。",
    "年末全市畜牧业从业人员10238",
    "人，比上年减少1.5%，其中养殖户7164户",
    "，增长0.8%；生猪出栏41.7万头，出栏率",
    "为142.6%。",
    "二、工业和建筑业",
    "规模以上工业增加值比上年增长6.3%。其",
    "中，轻工业增长4.4%，重工业增长7.0%，产",
    "品销售率为96.8%。",
]


def _blocks(lines: list[str]) -> list[str]:
    return [block.text for block in clean([Line(n, t, 0, 1) for n, t in enumerate(lines, 1)], "pages")[0]]


def test_radicals_become_the_characters_that_they_look_like() -> None:
    assert (
        "⼈⺠⽣产总值增⻓，⻝品、⻢铃薯、⻛电".translate(RADICALS) == "人民生产总值增长，食品、马铃薯、风电"
    )
    assert _blocks(["全年⼈均可⽀配收⼊增⻓5%。"]) == ["全年人均可支配收入增长5%。"]


def test_lines_of_a_narrow_column_are_one_paragraph_whose_indent_was_lost() -> None:
    assert _blocks(COLUMN) == [
        "全市粮食产量达到18.6万吨，连续增长，稻谷产量11.2万吨，增长3.1%；油料产量2.4万吨，比上年增长4.0%；蔬菜产量36.8万吨，其中食用菌产量1.9万吨。",
        "年末全市畜牧业从业人员10238人，比上年减少1.5%，其中养殖户7164户，增长0.8%；生猪出栏41.7万头，出栏率为142.6%。",
        "二、工业和建筑业",
        "规模以上工业增加值比上年增长6.3%。其中，轻工业增长4.4%，重工业增长7.0%，产品销售率为96.8%。",
    ]


def test_table_of_a_page_keeps_its_cells_apart() -> None:
    table = [
        "表3 主要产品产量",
        "产品 单位 产量 增长（%）",
        "原煤 万吨 6.5 -4.1",
        "其中： 无烟煤 万吨 2.5 3.0",
        "锗 吨 15.4 22.7",
    ]
    assert _blocks([*COLUMN, *table])[-5:] == [
        "表3主要产品产量",
        "产品\t单位\t产量\t增长（%）",
        "原煤\t万吨\t6.5\t-4.1",
        "其中：无烟煤\t万吨\t2.5\t3.0",
        "锗\t吨\t15.4\t22.7",
    ]


def test_one_line_or_lines_of_other_shapes_are_no_table_of_a_page() -> None:
    lines = [Line(1, "第 3 页"), Line(2, "原煤 万吨 6.5 -4.1"), Line(3, "电话 0571 8866"), Line(4, "增长 5")]
    assert spaced_rows(lines) == lines
