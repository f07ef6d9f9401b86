"""What counts as said in an answer: numbers by value, unit and bound; words by their characters."""

from __future__ import annotations

import pytest

from eval.number_match import find, in_order, normal, numbers, says, stated_in_ratio, stated_in_table


@pytest.mark.parametrize(
    ("alternative", "text"),
    [
        ("5%", "增长５．０％。"),
        ("5%", "增长 **5** %【1】"),
        ("1.2万个", "新增12000个岗位"),
        ("12,000个", "1.2万个"),
        ("1.5万亿元", "15000亿元"),
        ("1500亿", "1500亿元"),
        ("6.5%以上", "力争6.5%以上"),
        ("不少于500个", "500个以上"),
        ("超过500个", "超500个"),
        ("5%左右", "約5%"),
        ("5%", "5%左右"),
        ("5%", "百分之5"),
        ("5%-6%", "5%—6%"),
        ("3%", "- 3%\n- 4%"),
        ("增长5%", "增长了5%"),
        ("4.9%、8.3%", "分别增长4.9%、8.3%、4.4%"),
        ("数字经济", "數字 經濟"),
        ("八件", "办好八件实事"),
    ],
)
def test_says_accepts(alternative: str, text: str) -> None:
    assert says(alternative, text)


@pytest.mark.parametrize(
    ("alternative", "text"),
    [
        ("5%", "增长6.5%"),
        ("5%", "增长5.5%"),
        ("15%", "115%"),
        ("5.2%", "52%"),
        ("6.5%以上", "增长6.5%"),
        ("近500个", "500个"),
        ("不超过5%", "超过5%"),
        ("超过5%", "不超过5%"),
        ("500个", "500多个"),
        ("5个", "5个百分点"),
        ("5", "5%"),
        ("5亿元", "5万亿元"),
        ("100亿元", "100亿美元"),
        ("八件", "十八件实事"),
        ("", "任何"),
    ],
)
def test_says_refuses(alternative: str, text: str) -> None:
    assert not says(alternative, text)


def test_find_span_is_of_normal_text() -> None:
    text = "共 增长了5.0%【1】左右"
    assert normal(text) == "共增长了5.0%左右"
    assert find("增长5%左右", text) == (1, 10)


def test_numbers_keep_raw_and_value() -> None:
    assert [(int(item.raw), int(item.value), item.tail) for item in numbers("3万亿元和7")] == [
        (3, 3 * 10**12, "元和"),
        (7, 7, ""),
    ]
    assert numbers("没有") == ()


def test_in_order_needs_each_after_the_one_before() -> None:
    assert in_order([["糖"], ["茶", "茶叶"]], "糖业、茶叶")
    assert not in_order([["茶"], ["糖"]], "糖业、茶叶")
    assert in_order([], "")


def test_stated_in_table_needs_the_line_of_the_unit() -> None:
    (grown,) = numbers("增长7.4%")
    cell, header = "粗钢 万吨 312.5 7.4", "产品 单位 产量 比上年增长（%）"
    assert stated_in_table(grown, [cell, header])
    assert not stated_in_table(grown, [cell])  # nothing says that it is a percentage
    assert not stated_in_table(grown, [cell.replace("7.4", "7.5"), header])


def test_a_cell_may_hold_a_bound_with_its_number() -> None:
    (target,) = numbers("粮食总产量106万吨以上")
    assert stated_in_table(target, ["粮食总产量（万吨） 104.6 106以上"])
    assert not stated_in_table(target, ["粮食总产量（万吨） 104.6 1106以上"])


def test_stated_in_ratio_needs_parts_of_a_hundred() -> None:
    share = numbers("比重为４６.０%")[0]
    assert stated_in_ratio(share, ["三次产业结构调整为１９.８∶３４.２∶４６.０"])
    assert not stated_in_ratio(share, ["三次产业结构调整为19.8:34.2:46.1"])
    assert not stated_in_ratio(share, ["配比为1:2:46.0"])  # no parts of a whole
    assert not stated_in_ratio(numbers("46.0亿元")[0], ["19.8:34.2:46.0"])
