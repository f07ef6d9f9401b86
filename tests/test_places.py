"""The gazetteer: short names, codes, places in a text, and words that are none."""

import pytest

from qa.places import (
    county_shorts,
    gazetteer,
    pinyin_name,
    places_in,
    province_of,
    short_name,
    zone_names,
)
from qa.text import fold


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("云岭市", "云岭"),
        ("雲嶺市", "云岭"),
        ("云岭省", "云岭"),
        ("云岭县", "云岭"),
        ("云岭新区", "云岭"),
        ("云岭壮族自治县", "云岭"),
        ("云岭苗族侗族自治州", "云岭"),
        ("云岭各族自治县", "云岭"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("大兴安岭地区", "大兴安岭"),
        ("神农架林区", "神农架"),
        ("锡林郭勒盟", "锡林郭勒"),
        ("津市市", "津市"),
        ("沙市区", "沙市"),
        ("云岭", "云岭"),
    ],
)
def test_short_name_without_level(name, expected):
    assert short_name(name) == expected


@pytest.mark.parametrize("name", ["吉县", "赵县", "城区", "州", "全国"])
def test_short_name_of_two_characters_stays(name):
    assert short_name(name) == name


def test_short_name_of_the_whole_gazetteer_has_two_characters():
    assert [place.name for place in gazetteer() if len(place.short) < 2] == []


def test_short_name_of_the_whole_gazetteer_begins_its_name():
    assert [place.name for place in gazetteer() if not fold(place.name).startswith(place.short)] == []


def test_short_name_of_provinces_and_cities_has_no_suffix():
    kept = [p.short for p in gazetteer() if p.level != "county" and p.short.endswith(("省", "市", "自治区"))]
    assert kept == []


def test_gazetteer_provinces_first():
    levels = [place.level for place in gazetteer()]
    assert levels == sorted(levels, key=["province", "city", "county"].index)
    assert levels.count("province") == 34


def test_gazetteer_codes_have_six_digits():
    assert [p.name for p in gazetteer() if not (len(p.code) == 6 and p.code.isdigit())] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("吉林省吉林市和长春", [(0, 3, "吉林省"), (3, 6, "吉林市"), (7, 9, "长春市")]),
        ("河北省石家庄市", [(0, 3, "河北省"), (3, 7, "石家庄市")]),
        ("内蒙古自治区呼和浩特", [(0, 6, "内蒙古自治区"), (6, 10, "呼和浩特市")]),
        ("上海浦东新区", [(0, 2, "上海市"), (2, 6, "浦东新区")]),
        ("北京市朝阳区", [(0, 3, "北京市"), (3, 6, "朝阳区")]),
    ],
)
def test_places_in_longest_at_each_position(text, expected):
    assert [(start, end, place.name) for start, end, place in places_in(text)] == expected


def test_places_in_short_name_is_the_city_not_the_county():
    ((_, _, place),) = places_in("朝阳的增速")
    assert (place.name, place.level) == ("朝阳市", "city")


def test_places_in_folded_traditional():
    ((start, end, place),) = places_in(fold("請問蘭州市的目標"))
    assert (start, end, place.name) == (2, 5, "兰州市")


def test_places_in_county_needs_its_full_name():
    assert [place.name for _, _, place in places_in("阳朔县")] == ["阳朔县"]
    assert places_in("阳朔") == []


@pytest.mark.parametrize("text", ["云岭市", "海棠市和云岭市", "全市增长6%", ""])
def test_places_in_none(text):
    assert places_in(text) == []


def test_county_shorts_give_the_county():
    assert county_shorts()["阳朔"].name == "阳朔县"


def test_county_shorts_have_two_characters_and_only_counties():
    assert [short for short in county_shorts() if len(short) < 2] == []
    assert {place.level for place in county_shorts().values()} == {"county"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("云岭市", "yunling"),
        ("雲嶺市", "yunling"),
        ("富川瑶族自治县", "fuchuan"),
        ("广西壮族自治区", "guangxi"),
    ],
)
def test_pinyin_name_of_the_short_name(name, expected):
    assert pinyin_name(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("兰州市", "62"), ("兰州", "62"), ("甘肃省", "62"), ("甘肃", "62"), ("阳朔县", "45"), ("云岭市", None)],
)
def test_province_of_code(name, expected):
    assert province_of(name) == expected


def test_places_in_a_county_of_two_characters_begins_a_word():
    assert [place.name for *_, place in places_in("哪些市有全国示范县、模范县")] == []
    assert [place.name for *_, place in places_in("濮阳市范县和台前县")][-2:] == ["范县", "台前县"]


def test_zone_is_called_by_all_names_of_its_kind() -> None:
    assert zone_names("云岭经开区") == {"云岭经济技术开发区", "云岭经济开发区", "云岭经开区", "云岭开发区"}
    assert zone_names("云岭高新技术产业开发区") == {
        "云岭高新技术产业开发区",
        "云岭高新技术开发区",
        "云岭高新开发区",
        "云岭高新区",
    }
    assert zone_names("云岭新区") == zone_names("云岭市") == frozenset()
