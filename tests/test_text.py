"""Text basics: one written form, sentences, units, Chinese numerals, ranks, years, bigrams."""

from decimal import Decimal

import pytest

from qa.text import (
    bigrams,
    fold,
    han_number,
    is_unit,
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
        ("衞生「雙優」", "卫生“双优”"),
        ("什么著名", "什么著名"),
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
