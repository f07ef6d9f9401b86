from decimal import Decimal

import pytest

from qa.text import (
    bigrams,
    fold,
    han_number,
    is_unit,
    quantities,
    ranks,
    same_sound,
    sounds,
    split_sentences,
    squeeze,
    unit_factor,
    unit_family,
    years,
)

MIXED = (
    "２０３０年，臺灣與雲嶺市ＧＤＰ增長５．２％（１,１６３億元）；ＰＭ２.５　濃度\t下降﹪∶\n"
    "A,b:c?d!e(f) 12:30 Ç İ ß ﬁ ½ ① 〇 é 👍 𠀀 鑫𪚥 ﷺ ㎡ ‰ —— “一号” \xa0\u3000\u200b~"
)


# ------------------------------------------------------------------ fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＧＤＰ增長５．２％", "gdp增长5.2%"),
        ("國際化後裡", "国际化后里"),
        ("雲嶺市規模以上工業增加值", "云岭市规模以上工业增加值"),
        ("2,3。a,b", "2，3。a，b"),
        ("甲:乙;丙?丁!(戊)", "甲：乙；丙？丁！（戊）"),
        ("\u3000\t\xa0", "   "),
        ("二〇三〇", "二〇三〇"),
        ("５﹪", "5%"),
        ("", ""),
    ],
)
def test_fold_writes_one_form(text, expected):
    assert fold(text) == expected


@pytest.mark.parametrize("text", ["1,163亿元", "1,234,567.8", "12:30"])
def test_fold_keeps_separators_inside_numbers(text):
    assert fold(text) == text


def test_fold_comma_before_two_digits_is_a_clause_comma():
    assert fold("增长4,16") == "增长4，16"


def test_fold_keeps_length_of_long_mixed_text():
    assert len(fold(MIXED * 500)) == len(MIXED * 500)


@pytest.mark.parametrize("low", range(0, 0x30000, 0x4000))
def test_fold_keeps_length_of_every_character(low):
    chars = [chr(code) for code in range(low, low + 0x4000) if not 0xD800 <= code < 0xE000]
    assert [char for char in chars if len(fold(char)) != 1] == []


def test_fold_twice_is_fold_once():
    assert fold(fold(MIXED)) == fold(MIXED)


# ------------------------------------------------------------------ squeeze


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市 生产\n总值 增长 5.2 %", "全市生产总值增长5.2%"),
        ("open AI  lab", "open AI lab"),
        ("Hello\r\nworld", "Hello world"),
        ("GDP 增长", "GDP增长"),
        ("粮食， 油料", "粮食，油料"),
        ("  甲 \n", "甲"),
        ("", ""),
    ],
)
def test_squeeze_joins_pasted_gaps(text, expected):
    assert squeeze(text) == expected


# ------------------------------------------------------------------ split_sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙！丙？丁；戊", ["甲。", "乙！", "丙？", "丁；", "戊"]),
        ("他说：“好。”然后走。", ["他说：“好。”", "然后走。"]),
        ("（见《办法。》）乙", ["（见《办法。》）", "乙"]),
        ("增长5.2%，完成1.5亿元。", ["增长5.2%，完成1.5亿元。"]),
        ("第一行\n第二行", ["第一行\n", "第二行"]),
        ("无尾", ["无尾"]),
        ("。", ["。"]),
        ("", []),
    ],
)
def test_split_sentences_at_ends(text, expected):
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_split_sentences_shifts_by_start():
    assert split_sentences("甲乙。丙。", 100) == [(100, 103), (103, 105)]


def test_split_sentences_leaves_no_gap():
    text = "“甲。”乙；\n\n丙？！）丁"
    spans = split_sentences(text)
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)


# ------------------------------------------------------------------ quantities


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


# ------------------------------------------------------------------ units


@pytest.mark.parametrize(
    ("unit", "family", "factor"),
    [
        ("元", "money", "1"),
        ("万元", "money", "10000"),
        ("亿元", "money", "100000000"),
        ("千亿元", "money", "100000000000"),
        ("万亿元", "money", "1000000000000"),
        ("亿美元", "usd", "100000000"),
        ("公里", "length", "1000"),
        ("千米", "length", "1000"),
        ("千克", "weight", "1"),
        ("万吨", "weight", "10000000"),
        ("MW", "power", "1000"),
        ("万千瓦", "power", "10000"),
        ("千瓦时", "energy", "1"),
        ("%", "percent", "1"),
        ("‰", "percent", "0.1"),
        ("个百分点", "point", "1"),
        ("家", "家", "1"),
        ("万户", "户", "10000"),
        ("", "number", "1"),
        ("万", "number", "10000"),
    ],
)
def test_unit_family_and_factor(unit, family, factor):
    assert (unit_family(unit), unit_factor(unit)) == (family, Decimal(factor))


@pytest.mark.parametrize("word", ["万户", "亿元", "公里", "家", "%"])
def test_is_unit_knows(word):
    assert is_unit(word) is True


@pytest.mark.parametrize("word", ["", "产业", "万", "xyz"])
def test_is_unit_refuses(word):
    assert is_unit(word) is False


# ------------------------------------------------------------------ numerals, ranks, years


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("〇", 0),
        ("一", 1),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("两百", 200),
        ("一百零五", 105),
        ("三千二百", 3200),
        ("一千零一", 1001),
        ("九千九百九十九", 9999),
        ("二〇二四", 2024),
        ("二零二四", 2024),
    ],
)
def test_han_number_value(text, value):
    assert han_number(text) == value


@pytest.mark.parametrize("text", ["", "万", "五成", "a", "12"])
def test_han_number_none(text):
    assert han_number(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总量居全省第三位", [("第三位", 3)]),
        ("居全国第2名", [("第2名", 2)]),
        ("居全省第十二位", [("第十二位", 12)]),
        ("增速排名第一，", [("第一", 1)]),
        ("蝉联榜首", [("榜首", 1)]),
        ("第1位、全国第5位", [("第1位", 1), ("第5位", 5)]),
    ],
)
def test_ranks_span_and_value(text, expected):
    assert [(text[start:end], rank) for start, end, rank in ranks(text)] == expected


def test_ranks_first_place_in_words():
    assert [rank for _, _, rank in ranks("增速位居全省首位")] == [1]


@pytest.mark.parametrize("text", ["第一产业增加值", "第三届第五次会议", "第三方机构", "没有名次", ""])
def test_ranks_none(text):
    assert list(ranks(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年和2024年", [2023, 2024]),
        ("二〇二三年", [2023]),
        ("二零二四年", [2024]),
        ("２０３０年", [2030]),
        ("2023—2025年", [2023, 2025]),
        ("2023至2025年", [2023, 2025]),
        ("2023年增长，2023年", [2023]),
        ("2030", [2030]),
        ("2000吨", []),
        ("2025.6亿元", []),
        ("2024个", []),
        ("2020公里", []),
        ("近2000万元", []),
        ("120305", []),
        ("", []),
    ],
)
def test_years_named(text, expected):
    assert years(fold(text)) == expected


# ------------------------------------------------------------------ bigrams


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("经济增长", ["经济", "济增", "增长"]),
        ("路", ["路"]),
        ("gdp增长5.2%", ["gdp", "增长", "5.2%"]),
        ("5.2%，52%", ["5.2%", "52%"]),
        ("甲乙，丙丁", ["甲乙", "丙丁"]),
        ("，。 ", []),
        ("", []),
    ],
)
def test_bigrams_pairs_and_whole_words(text, expected):
    assert bigrams(text) == expected


# ------------------------------------------------------------------ sounds


def test_sounds_without_tones():
    assert sounds("云岭") == ("yun", "ling")


@pytest.mark.parametrize(
    ("one", "other", "expected"), [("食", "石", True), ("食", "饭", False), ("a", "a", False)]
)
def test_same_sound_of_two_characters(one, other, expected):
    assert same_sound(one, other) is expected
