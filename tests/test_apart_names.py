"""Words that run together with a place, a year or an aim: 比重庆高, 收入比2035年, 三次产业增长目标."""

import pytest
from shelf_reports import shelf_of_texts

HEAD = (
    "政府工作报告\n——2031年1月20日在{}第六届人民代表大会第四次会议上\n\n各位代表：\n\n一、2030年工作回顾\n\n"
)
CHONGQING = (
    HEAD.format("重庆市")
    + "地区生产总值增长5.1%，社会消费品零售总额增长3.3%。城乡居民收入比缩小至2.3∶1。新建公园12个。\n\n"
    + "二、2031年工作安排\n\n地区生产总值增长5%，固定资产投资增长4%。\n\n到2035年，城乡居民收入比缩小至2.05∶1。\n"
)
YUNLING = (
    HEAD.format("云岭省")
    + "地区生产总值增长6.4%，社会消费品零售总额增长2.8%。城乡居民收入比缩小至2.6∶1。新建公园9个。\n\n"
    + "二、2031年工作安排\n\n地区生产总值增长6%，一产增加值增长3.6%，二产增加值增长7.2%，三产增加值增长5.9%，固定资产投资增长7%。\n"
)
SHELF = shelf_of_texts({"重庆市2031年政府工作报告": CHONGQING, "云岭省2031年政府工作报告": YUNLING})


@pytest.mark.parametrize(
    ("question", "difference"),
    [
        ("云岭2030年GDP增速比重庆高多少", "1.3"),  # 6.4 - 5.1
        ("云岭今年GDP目标比重庆高几个百分点", "1"),  # 6 - 5
        ("云岭2030年社零增速比重庆低多少", "0.5"),  # 3.3 - 2.8
        ("云岭今年固投目标比重庆高多少", "3"),  # 7 - 4
        ("云岭的城乡收入比比重庆高多少", "0.3"),  # 2.6 - 2.3
    ],
)
def test_compare_with_chongqing_asks_for_no_share(question, difference):
    derived = [figure.value for figure in SHELF.ask(question).done.figures if figure.derived]
    assert derived == [difference]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("重庆城乡居民收入比2035年要到多少", ["2.05"]),
        ("重庆2035年城乡居民收入比目标", ["2.05"]),
        ("重庆城乡收入比现在多少", ["2.3"]),
        ("云岭三次产业今年的增长目标", ["3.6", "7.2", "5.9"]),
        ("云岭今年三大产业增加值预期增长多少", ["3.6", "7.2", "5.9"]),
    ],
)
def test_words_before_a_year_or_an_aim_keep_their_sense(question, expected):
    assert [figure.value for figure in SHELF.ask(question).done.figures] == expected


FIVE = (
    HEAD.format("云岭省砚溪县")
    + "五年来，规上企业由38户增加到61户，累计植树92万株。粮食产量由17万吨增加到21万吨。\n\n"
    + "二、2031年工作安排\n\n未来五年，地区生产总值年均增长6.5%，新建水库3座。今年新建水库1座。\n"
)
COUNTY = shelf_of_texts({"砚溪县2031年政府工作报告": FIVE})


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("砚溪县规上企业5年前多少户", ["38"]),
        ("砚溪县粮食产量5年前是多少", ["17"]),
        ("砚溪县过去5年植树多少株", ["92"]),
        ("砚溪县未来5年GDP年均增长目标", ["6.5"]),
        ("砚溪县今后5年新建水库几座", ["3"]),
        ("砚溪县规上企业现在多少户，五年前多少户", ["61", "38"]),
        ("砚溪县粮食产量目前多少吨？5年前呢？", ["21", "17"]),
    ],
)
def test_few_years_in_digits_and_now_beside_then(question, expected):
    assert [figure.value for figure in COUNTY.ask(question).done.figures] == expected
