from qa.cells import join_cells
from qa.columns import split_cells, unfolded
from qa.formats import Line


def _lines(*texts: str) -> list[Line]:
    return [Line(number, text) for number, text in enumerate(texts, 1)]


def _split(*texts: str) -> list[str]:
    return [line.text for line in split_cells(_lines(*texts))]


def _joined(text: str) -> list[str]:
    return [line.text for line in join_cells(_lines(*text.split("|")))]


def test_bars_between_cells_become_tabs() -> None:
    assert _split(
        "| 绝对数（万元） | 增长（%） |", "工业 | 338 | 8.6 |", "其中：电力 | 41 | -2.0 |", "二、农业"
    ) == [
        "\t绝对数（万元）\t增长（%）",
        "工业\t338\t8.6",
        "其中：电力\t41\t-2.0",
        "二、农业",
    ]


def test_rule_below_a_header_is_no_row() -> None:
    assert _split("指标|单位|数值", "---|---|---", "粮食|吨|31", "茶叶|吨|9") == [
        "指标\t单位\t数值",
        "粮食\t吨\t31",
        "茶叶\t吨\t9",
    ]


def test_lines_without_figures_keep_their_bars() -> None:
    texts = ("首页|新闻|公开", "您的位置|首页|公报")
    assert _split(*texts) == list(texts)


def test_commas_part_cells_where_all_lines_have_as_many() -> None:
    assert _split("指标,单位,数值", "粮食,吨,31.5", "茶叶,吨,9.1")[1] == "粮食\t吨\t31.5"


def test_commas_within_numbers_part_no_cells() -> None:
    texts = ("入境旅客 2,750 3,000", "毛收入 1,830 2,160", "会展活动 1,120 1,500")
    assert _split(*texts) == list(texts)


def test_rows_with_text_behind_their_numbers_are_told_by_the_header() -> None:
    assert _joined(
        "类别|指标|2030年|2035年|年均增长（%）|〔累计〕|属性|经济发展|生产总值（亿元）|400|520|5.5|预期性"
        "|城镇化率（%）|61|65|〔4〕|预期性|生态|森林覆盖率（%）|58|59|〔1〕|约束性|注：〔〕内为累计数。"
    ) == [
        "类别\t指标\t2030年\t2035年\t年均增长（%）〔累计〕\t属性",
        "经济发展\t生产总值（亿元）\t400\t520\t5.5\t预期性",
        "城镇化率（%）\t61\t65\t〔4〕\t预期性",
        "生态\t森林覆盖率（%）\t58\t59\t〔1〕\t约束性",
        "注：〔〕内为累计数。",
    ]


def test_numbered_projects_are_told_by_their_count() -> None:
    assert _joined(
        "序号|项目名称|建设内容|总投资（亿元）|1|甲厂|厂房6万平方米|3.2|2|乙库|库容9万吨|1.9|三、其他"
    )[1:] == [
        "1\t甲厂\t厂房6万平方米\t3.2",
        "2\t乙库\t库容9万吨\t1.9",
        "三、其他",
    ]


def test_rows_not_made_alike_stay_cells() -> None:
    text = "序号|项目名称|总投资（亿元）|1|甲厂|3.2|2|乙库|待定"
    assert _joined(text) == text.split("|")


def test_tables_side_by_side_are_set_one_below_the_other() -> None:
    rows = [
        "行业\t增长（%）\t行　业\t增长（%）",
        "采矿业\t-11.8\t教育\t24.1",
        "制造业\t14.7\t卫生\t33.8",
        "建筑业\t-63.5",
    ]
    made = unfolded([Line(number, text, is_row=True) for number, text in enumerate(rows, 1)])
    assert [line.text for line in made] == [
        "行业\t增长（%）",
        "采矿业\t-11.8",
        "制造业\t14.7",
        "建筑业\t-63.5",
        "教育\t24.1",
        "卫生\t33.8",
    ]


def test_a_table_of_two_columns_stays() -> None:
    lines = [Line(1, "指标\t增长"), Line(2, "投资\t5%"), Line(3, "消费\t6%")]
    assert unfolded(lines) == lines
