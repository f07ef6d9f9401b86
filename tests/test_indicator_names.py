"""Names of indicators in a text and what a question calls them; shared ends, typing errors, English, synonyms."""

import pytest

from qa.indicator_names import (
    as_reports_write,
    asked_as,
    canonicalise,
    correct,
    from_english,
    indicators_in,
    self_words,
    sibling,
    spread,
)
from qa.text import fold

# ------------------------------------------------------------------ names of indicators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gdp是多少", "地区生产总值是多少"),
        ("国内生产总值", "地区生产总值"),
        ("人均gdp", "人均地区生产总值"),
        ("规上工业增加值", "规模以上工业增加值"),
        ("社零增长", "社会消费品零售总额增长"),
        ("一产增加值", "第一产业增加值"),
        ("农村居民收入", "农村居民人均可支配收入"),
        ("保租房多少套", "保障性租赁住房多少套"),
        ("retail sales", "社会消费品零售总额"),
        ("地区生产总值", "地区生产总值"),
        ("修桥", "修桥"),
        ("", ""),
    ],
)
def test_canonicalise_reads_standard_names(text, expected):
    assert canonicalise(text) == expected


@pytest.mark.parametrize("text", ["gdp和社零", "城镇居民收入和农村居民收入", "规上工业增加值、固投"])
def test_canonicalise_twice_is_once(text):
    assert canonicalise(canonicalise(text)) == canonicalise(text)


def test_canonicalise_after_folding_traditional():
    assert canonicalise(fold("規上工業增加值")) == "规模以上工业增加值"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("财政收入是多少", "一般公共预算收入是多少"),
        ("城里人收入", "城镇居民人均可支配收入"),
        ("农民收入多少", "农村居民人均可支配收入多少"),
        ("一产增长", "第一产业增加值增长"),
        ("经济总量", "地区生产总值"),
        ("物价涨幅", "居民消费价格指数"),
        ("失业率", "城镇调查失业率"),
        ("工业增加值", "全部工业增加值"),  # where no report states that, 规模以上工业增加值
        ("财政收入和gdp", "一般公共预算收入和地区生产总值"),
    ],
)
def test_asked_as_reads_words_of_users(text, expected):
    assert asked_as(text) == expected


@pytest.mark.parametrize("text", ["修路", "一般公共预算收入", "全部工业增加值", "规模以上工业增加值", ""])
def test_asked_as_none_without_words_of_users(text):
    assert asked_as(text) is None


def test_asked_as_leaves_standard_names_beside():
    assert asked_as("一般公共预算收入和财政支出") == "一般公共预算收入和一般公共预算支出"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gdp与社零", ("地区生产总值", "社会消费品零售总额")),
        ("社零与gdp", ("社会消费品零售总额", "地区生产总值")),
        ("gdp、地区生产总值", ("地区生产总值",)),
        ("人均gdp", ("人均地区生产总值",)),
        ("城镇居民人均可支配收入", ("城镇居民人均可支配收入",)),
        ("财政收入", ()),
        ("", ()),
    ],
)
def test_indicators_in_order_without_repetition(text, expected):
    assert indicators_in(text) == expected


# ------------------------------------------------------------------ shared ends


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("城镇和农村居民收入", "城镇居民收入、农村居民收入"),
        ("城镇、农村居民人均可支配收入", "城镇居民人均可支配收入、农村居民人均可支配收入"),
        ("农村和城镇收入", "农村收入、城镇收入"),
        ("一、二、三产业增加值", "一产业增加值、二产业增加值、三产业增加值"),
        ("第一、第二、第三产业增加值", "第一产业增加值、第二产业增加值、第三产业增加值"),
        ("一产、二产增加值", "一产增加值、二产增加值"),
        ("存款和贷款余额", "存款余额、贷款余额"),
        ("出口和进口总额", "出口总额、进口总额"),
        ("出口跟进口总额各多少", "出口总额、进口总额各多少"),
        ("一般公共预算收入、支出", "一般公共预算收入、一般公共预算支出"),  # a shared beginning
        ("一般公共预算收入和支出各多少", "一般公共预算收入、一般公共预算支出各多少"),
        ("城乡居民收入各是多少", "城镇居民收入、农村居民收入各是多少"),  # one word for two
        ("存贷款余额分别多少", "存款余额、贷款余额分别多少"),
    ],
)
def test_spread_completes_shared_end(text, expected):
    assert spread(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "地区生产总值和固定资产投资",
        "城镇居民人均可支配收入和农村居民人均可支配收入",
        "云岭市和海棠市居民收入",
        "教育和医疗",
        "地区生产总值",
        "城乡居民收入比是多少",
        "外贸进出口总额分别是多少",  # 进出口 is inside a name that is one indicator
        "一般公共预算收入、固定资产投资",
        "",
    ],
)
def test_spread_leaves_complete_names(text):
    assert spread(text) == text


@pytest.mark.parametrize(
    ("item", "name", "expected"),
    [
        ("农村", "城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("城镇", "农村居民人均可支配收入", "城镇居民人均可支配收入"),
        ("第二", "第一产业增加值", "第二产业增加值"),
        ("第三", "第一产业增加值", "第三产业增加值"),
    ],
)
def test_sibling_shares_the_end(item, name, expected):
    assert sibling(item, name) == expected


@pytest.mark.parametrize(
    ("item", "name"), [("茶叶", "城镇居民人均可支配收入"), ("海棠", "地区生产总值"), ("", "粮食产量")]
)
def test_sibling_none(item, name):
    assert sibling(item, name) is None


# ------------------------------------------------------------------ typing errors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("粮石总产量是多少", "粮食总产量是多少"),
        ("固定姿产投资", "固定资产投资"),
        ("地区生产总直多少", "地区生产总值多少"),
        ("城镇居民人均可支佩收入", "城镇居民人均可支配收入"),
        ("规模以上工业增家值", "规模以上工业增加值"),
    ],
)
def test_correct_mends_a_character_of_the_same_sound(text, expected):
    assert correct(text) == expected


@pytest.mark.parametrize("text", ["粮饭总产量", "地动生产种值", "修路", "", "gdq"])
def test_correct_leaves_other_texts(text):
    assert correct(text) == text


def test_correct_leaves_a_text_that_names_an_indicator():
    assert correct("地区生产总值和固定姿产投资") == "地区生产总值和固定姿产投资"


# ------------------------------------------------------------------ English, synonyms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("schools", " 学校 "),
        ("how many hospitals", "how many  医院 "),
        ("cross-border e-commerce", " 跨境电商 "),
        ("corporate", "corporate"),
        ("学校", "学校"),
        ("", ""),
    ],
)
def test_from_english_words(text, expected):
    assert from_english(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what was the gdp growth in 2030", ("地区生产总值",)),
        ("retail sales", ("社会消费品零售总额",)),
        ("urban income", ("城镇居民人均可支配收入",)),
    ],
)
def test_from_english_keeps_names_of_indicators(text, expected):
    assert indicators_in(from_english(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投入使用的项目", "投用的项目"),
        ("地铁", "轨道交通"),
        ("老年人和gdp", "老人和地区生产总值"),
        ("修桥", "修桥"),
    ],
)
def test_as_reports_write_synonyms(text, expected):
    assert as_reports_write(text) == expected


# ------------------------------------------------------------------ a report's own place


@pytest.mark.parametrize(
    ("word", "place", "own"),
    [
        ("全市", "云岭市", True),
        ("我市", "云岭市", True),
        ("全省", "云岭市", False),
        ("全区", "云岭市", False),
        ("全国", "云岭市", False),
        ("全省", "云岭省", True),
        ("全市", "云岭省", False),
        ("全国", "云岭省", False),
        ("全区", "云岭区", True),
        ("全区", "云岭自治区", True),
        ("全市", "云岭自治区", False),
        ("全州", "云岭自治州", True),
        ("全州", "云岭市", False),
        ("全县", "云岭县", True),
        ("全国", "全国", True),
    ],
)
def test_self_words_by_level(word, place, own):
    assert (word in self_words(place)) is own
