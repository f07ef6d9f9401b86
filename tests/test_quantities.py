"""Numbers with units in a text: value, unit, bound, range, list, and what is no figure."""

from decimal import Decimal

import pytest

from qa.text import (
    fold,
    quantities,
    whole_number,
)


def _read(text: str) -> list[tuple[str, str, str]]:
    return [(str(q.value), q.unit, q.comparator) for q in quantities(fold(text))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("增长5.2%", "5.2", "%"),
        ("增长52%", "52", "%"),
        ("增長５．２％", "5.2", "%"),
        ("完成5.2亿元", "5.2", "亿元"),
        ("完成5.2万亿元", "5.2", "万亿元"),
        ("完成5.2萬億元", "5.2", "万亿元"),
        ("完成5.2元", "5.2", "元"),
        ("完成1,163亿元", "1163", "亿元"),
        ("完成1,234,567.8万元", "1234567.8", "万元"),
        ("新增1.2万个", "1.2", "万个"),
        ("新增12000个", "12000", "个"),
        ("提高1.3个百分点", "1.3", "个百分点"),
        ("下降2.5‰", "2.5", "‰"),
        ("增长百分之六点一", "6.1", "%"),
        ("下降百分之零点三五", "0.35", "%"),
        ("占百分之二十三", "23", "%"),
        ("达到四点五倍", "4.5", "倍"),
        ("提高一点二个百分点", "1.2", "个百分点"),
        ("接待1.4亿人次", "1.4", "亿人次"),
        ("浓度28微克/立方米", "28", "微克/立方米"),
        ("时速300公里/小时", "300", "公里/小时"),
        ("发电3.6亿千瓦时", "3.6", "亿千瓦时"),
        ("装机100MW", "100", "mw"),
        ("出口1亿美元", "1", "亿美元"),
        ("吞吐30万标箱", "30", "万标箱"),
        ("增长3倍", "3", "倍"),
        ("学校28所", "28", "所"),
        ("连续3年", "3", "年"),
        ("压缩到15分钟", "15", "分钟"),
    ],
)
def test_quantities_value_and_unit(text, value, unit):
    assert _read(text) == [(value, unit, "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5%左右", ("5", "%", "左右")),
        ("6.5%以上", ("6.5", "%", "以上")),
        ("5.5%以内", ("5.5", "%", "以内")),
        ("不少于30个", ("30", "个", "不少于")),
        ("不低于95%", ("95", "%", "不低于")),
        ("超过100亿元", ("100", "亿元", "超过")),
        ("突破200家", ("200", "家", "突破")),
        ("近3万人", ("3", "万人", "近")),
        ("约3.5亿元", ("3.5", "亿元", "约")),
        ("100多家", ("100", "家", "多")),
        ("20多万人", ("20", "万人", "多")),
        ("八成以上", ("8", "成", "以上")),
        ("签约5000万元", ("5000", "万元", "")),
        ("侦破120起", ("120", "起", "")),
        ("近八成", ("8", "成", "近")),
    ],
)
def test_quantities_comparator_is_part_of_the_value(text, expected):
    assert _read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("翻一番", "1", "番"),
        ("增长两倍", "2", "倍"),
        ("九成", "9", "成"),
        ("提高三个百分点", "3", "个百分点"),
    ],
)
def test_quantities_chinese_numerals(text, value, unit):
    assert _read(text) == [(value, unit, "")]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("增长5.5%—6%", "5.5", "6", "%"),
        ("增长5%-6%", "5", "6", "%"),
        ("增长5%至6%", "5", "6", "%"),
        ("建设120—150个", "120", "150", "个"),
        ("安置1.2～1.5万人", "1.2", "1.5", "万人"),
        ("保持在380亿元至400亿元", "380", "400", "亿元"),
        ("新增60万至70万人", "60", "70", "万人"),
    ],
)
def test_quantities_range_is_one_figure(text, low, high, unit):
    (found,) = quantities(fold(text))
    assert (found.value, found.high, found.unit) == (Decimal(low), Decimal(high), unit)


def test_quantities_from_one_to_another_are_two():
    assert _read("由2万吨到4万吨") == [("2", "万吨", ""), ("4", "万吨", "")]


def test_quantities_sign_after_a_space_is_no_range():
    assert [value for value, _, _ in _read("96.4 -5.2")] == ["96.4"]


def test_quantities_exact_value_has_no_upper_end():
    (found,) = quantities("增长5%")
    assert found.high is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高于全国、全省0.9、2个百分点", [("0.9", "个百分点", ""), ("2", "个百分点", "")]),
        ("分别为3、4、5个", [("3", "个", ""), ("4", "个", ""), ("5", "个", "")]),
    ],
)
def test_quantities_listed_numbers_share_the_unit(text, expected):
    assert _read(text) == expected


def test_quantities_own_units_stay_in_a_list():
    assert _read("5亿元、增长4.1%") == [("5", "亿元", ""), ("4.1", "%", "")]


@pytest.mark.parametrize(
    "text",
    [
        "2030年",
        "2030年5月12日",
        "二〇三〇年",
        "2030—2035年",
        "到2030年底",
        "3月底",
        "第3届",
        "第五届",
        "第12位",
        "第十二位",
        "第一产业",
        "G80高速",
        "S306线",
        "209国道",
        "4A级景区",
        "PM2.5",
        "2000吨级码头",
        "12345热线",
        "110千伏变电站",
        "500千伏输变电工程",
        "“十四五”规划",
        "“千万工程”",
        "“三个一千亿”",
        "1号文件",
        "“3+1”体系",
        "“15分钟健身圈”",
        "“232”计划",
        "接电零成本",
        "一番事业",
        "回首2030，",
        "表1",
        "十件大事",
        "没有数字",
        "",
    ],
)
def test_quantities_names_and_dates_are_no_figures(text):
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5G基站1200个", [("1200", "个", "")]),
        ("建成110千伏变电站3座", [("3", "座", "")]),
        ("2000吨级码头2个", [("2", "个", "")]),
        ("12345热线办结率99.1%", [("99.1", "%", "")]),
        ("2030年增长6%", [("6", "%", "")]),
        ("PM2.5浓度28微克/立方米", [("28", "微克/立方米", "")]),
        ("3A级景区5家", [("5", "家", "")]),
        ("人均GDP8.5万元", [("8.5", "万元", "")]),
    ],
)
def test_quantities_figure_beside_a_name(text, expected):
    assert _read(text) == expected


def test_quantities_spans_hold_in_the_original():
    text = "產值達約１,１６３億元左右。"
    (found,) = quantities(fold(text))
    assert text[found.start : found.end] == "約１,１６３億元左右"
    assert text[found.number_start :].startswith("１,１６３")


def test_quantities_come_in_text_order():
    assert [value for value, _, _ in _read("翻一番，增长5%，两倍，3家")] == ["1", "5", "2", "3"]


def test_quantities_value_is_exact():
    (found,) = quantities("增长0.1%")
    assert found.value + Decimal("0.2") == Decimal("0.3")


def test_base_tells_yi_from_wanyi():
    (small,), (large,) = quantities("5.2亿元"), quantities("5.2万亿元")
    assert (small.base, large.base) == (Decimal("520000000"), Decimal("5200000000000"))


def test_base_makes_magnitudes_equal():
    (short,), (long,) = quantities("1.2万个"), quantities("12000个")
    assert short.base == long.base == 12000
    assert short.family == long.family == "个"


def test_base_of_large_energy_amount():
    (found,) = quantities("1.03万亿千瓦时")
    assert (found.base, found.family) == (Decimal("1030000000000"), "energy")


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("十二", 12), ("两", 2), ("三百", 300), ("若干", 0)])
def test_whole_number_in_digits_and_numerals(text, value):
    assert whole_number(text) == value
