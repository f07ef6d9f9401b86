"""Tables set with spaces: rows of one shape, headers and names in several lines, pages, thousands."""

from qa.formats import Line
from qa.spaced import spaced_rows


def _spaced(*texts: str) -> list[str]:
    return [line.text for line in spaced_rows([Line(n, text) for n, text in enumerate(texts, 1)])]


def test_a_header_in_several_lines_is_one() -> None:
    assert _spaced(
        "表1　2030年主要农产品产量", "产品名称 单位 产量", "比上年增长", "（%）", "粮食 万吨 38.64 0.9", "油料 万吨 2.86 3.6",
    ) == ["表1　2030年主要农产品产量", "产品名称\t单位\t产量\t比上年增长（%）", "粮食\t万吨\t38.64\t0.9", "油料\t万吨\t2.86\t3.6"]  # fmt: skip


def test_a_head_broken_at_the_end_of_its_line_is_one() -> None:
    assert _spaced(
        "指标 比上年增长（%） 占全部投", "资比重（%）", "第一产业 23.8 4.6", "第二产业 12.6 45.2"
    ) == [
        "指标\t比上年增长（%）\t占全部投资比重（%）",
        "第一产业\t23.8\t4.6",
        "第二产业\t12.6\t45.2",
    ]


def test_thousands_set_apart_are_one_number_where_the_table_has_a_column_less() -> None:
    assert _spaced("油料 吨 286 3.6", "莲子 吨 3 945 11.6", "茶叶 吨 268 -5.3") == [
        "油料\t吨\t286\t3.6",
        "莲子\t吨\t3945\t11.6",
        "茶叶\t吨\t268\t-5.3",
    ]


def test_a_table_goes_on_over_pages_and_lines_that_part_its_rows() -> None:
    assert _spaced(
        "投资 7.9 100.0", "一、按产业分", "　第一产业 23.8 4.6", "", "- 3 -", "", "　第三产业 2.8 50.2"
    ) == [
        "投资\t7.9\t100.0",
        "一、按产业分",
        "　第一产业\t23.8\t4.6",
        "",
        "- 3 -",
        "",
        "　第三产业\t2.8\t50.2",
    ]


def test_a_name_too_long_for_its_column_is_one() -> None:
    assert _spaced("基础设施 9.4 18.7", "#水利、环境和公共设施管", "理业 16.3 10.5", "民间投资 3.7 63.5") == [
        "基础设施\t9.4\t18.7",
        "#水利、环境和公共设施管理业\t16.3\t10.5",
        "民间投资\t3.7\t63.5",
    ]


def test_text_and_a_row_by_itself_stay_as_they_are() -> None:
    texts = ["全年完成投资 12 亿元，增长 5%。", "粮食 万吨 38.64 0.9", "二、工业", "2030 年 1 月"]
    assert _spaced(*texts) == texts
