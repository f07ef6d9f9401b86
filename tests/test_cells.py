from qa.cells import join_cells
from qa.formats import Line


def _joined(text: str) -> list[str]:
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    return [line.text for line in join_cells(lines)]


def _cells(*cells: str) -> str:
    return "\n".join(cells)


PRODUCTS = _cells(
    "表3　2031年主要产品产量及增速", "产品名称", "单位", "产量", "比上年增长（%）",
    "生铁", "万吨", "41.2", "-7.8", "　　其中：铸造生铁", "万吨", "8.5", "…",
)  # fmt: skip


def test_cells_under_a_title_become_rows_and_keep_the_indent() -> None:
    assert _joined("前一段结束。\n" + PRODUCTS + "\n　　后一段开始，共3项。") == [
        "前一段结束。",
        "表3　2031年主要产品产量及增速",
        "产品名称\t单位\t产量\t比上年增长（%）",
        "生铁\t万吨\t41.2\t-7.8",
        "　　其中：铸造生铁\t万吨\t8.5\t…",
        "　　后一段开始，共3项。",
    ]


def test_header_cells_over_two_lines_count_once() -> None:
    text = _cells(
        "单位：亿元", "区县", "出口额", "（亿元）", "比上年", "增长（%）", "甲县", "3", "1", "乙县", "4", "2"
    )
    assert _joined(text)[1:] == ["区县\t出口额\t（亿元）\t比上年\t增长（%）", "甲县\t3\t1", "乙县\t4\t2"]


def test_blank_lines_between_cells_say_nothing() -> None:
    assert _joined(PRODUCTS.replace("\n", "\n\n")) == _joined(PRODUCTS)


def test_row_with_an_empty_cell_stays_short() -> None:
    text = _cells("指标", "城镇", "农村", "甲项", "1", "2", "乙项", "3", "丙项", "4", "5")
    assert _joined(text) == ["指标\t城镇\t农村", "甲项\t1\t2", "乙项\t3", "丙项\t4\t5"]


def test_header_that_does_not_fit_the_rows_leaves_the_cells_alone() -> None:
    text = _cells("表1　收支", "指标", "金额", "增长（%）", "比重（%）", "收入", "7", "1", "支出", "8", "2")
    assert _joined(text) == text.split("\n")


def test_cells_without_title_or_stub_are_left_alone() -> None:
    text = _cells("甲", "乙", "丙", "收入", "7", "1", "支出", "8", "2")
    assert _joined(text) == text.split("\n")


def test_name_over_two_lines_ends_the_table() -> None:
    text = _cells("指标", "金额", "甲", "1", "乙", "2", "计算机和其他", "设备", "3")
    assert _joined(text)[-3:] == ["计算机和其他", "设备", "3"]
