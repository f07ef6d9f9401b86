"""Places each with a year of its own, the country as a place, and abbreviations, on invented reports of several years."""

import pytest
from shelf_reports import answers_from

WORK = """政府工作报告
——{year}年1月15日在{place}第五届人民代表大会第六次会议上

各位代表：

现在，我代表{who}人民政府向大会报告政府工作，请予审议。

一、{before}年工作回顾

{review}

二、{year}年工作安排

{plan}
"""

NATION = """政府工作报告
——2031年3月5日在第十六届全国人民代表大会第四次会议上

国务院总理 王某

各位代表：

现在，我代表国务院，向大会报告政府工作，请予审议。

一、2030年工作回顾

国内生产总值增长4.2%。城镇新增就业1195万人。居民人均可支配收入52100元。

二、2031年工作安排

今年国内生产总值增长4.5%左右。城镇新增就业1200万人以上。
"""

BULLETIN = """中华人民共和国2032年国民经济和社会发展统计公报

全年国内生产总值1800000亿元，比上年增长4.0%。全年城镇新增就业1231万人。

全年全国居民人均可支配收入56300元，比上年增长5.1%。农村居民人均可支配收入30200元，比上年增长6.0%。
"""

TEXTS = {
    "2031年国务院政府工作报告": NATION,
    "中华人民共和国2032年国民经济和社会发展统计公报": BULLETIN,
    "2030年云南省政府工作报告": WORK.format(
        place="云南省", who="省", year=2030, before=2029,
        review="2029年，全省地区生产总值增长6.1%。城镇新增就业50.2万人。粮食产量1990万吨。建成望云湖隧道主洞。",
        plan="今年地区生产总值增长6%左右。城镇新增就业51万人以上。望云湖隧道年内具备通车条件。",
    ),
    "2033年湖南省政府工作报告": WORK.format(
        place="湖南省", who="省", year=2033, before=2032,
        review="2032年，全省地区生产总值增长5.4%。城镇新增就业71.5万人。粮食产量3080万吨。农村居民人均可支配收入27900元。湘绣企业达到320家。",
        plan="今年地区生产总值增长5%左右。城镇新增就业70万人以上。",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def answer():
    return answers_from(TEXTS)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("云南2030年和湖南2033年的GDP增长目标差几个百分点", "比湖南省（2033年目标增长5%左右）高1个百分点"),
        ("2032年湖南的城镇新增就业比2029年云南多多少", "多21.3万人"),
        ("粮食产量，云南2029年和湖南2032年差多少", "多1090万吨"),
        ("2032年湖南农村居民收入比2032年全国农村平均水平低多少元", "2300元"),
        ("2030年和2032年全国城镇新增就业差多少", "36万人"),
    ],
)
def test_place_years_difference(answer, question, said):
    """6 - 5 = 1; 71.5 - 50.2 = 21.3; 3080 - 1990 = 1090; 30200 - 27900 = 2300; 1231 - 1195 = 36."""
    assert said in answer(question)


def test_place_years_order_of_three(answer):
    text = answer("GDP增速排个序：2030年全国、2032年全国、2029年云南")
    assert text.index("2029年增长6.1%") < text.index("2030年增长4.2%") < text.index("2032年增长4.0%")


def test_place_years_of_two_things_are_not_compared(answer):
    assert "计算得出" not in answer("云南2029年城镇新增就业和湖南2032年粮食产量差多少")


def test_place_years_year_without_report_gives_no_difference(answer):
    assert "计算得出" not in answer("云南2020年和湖南2032年的粮食产量差多少")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2032年末全国居民人均可支配收入多少", "56300元"),
        ("去掉价格因素不说，2032年我国农村居民收入多少", "30200元"),
        ("城镇新增就业2030年全国多少", "1195万人"),
    ],
)
def test_nation_glued_to_other_words(answer, question, value):
    assert value in answer(question)


def test_nation_begins_a_name(answer):
    """全国文明村 is no question about the country, 居全国第几 none either."""
    for question in ("湖南有多少全国文明村", "湖南GDP居全国第几"):
        assert "湖南省" in answer(question)
        assert "全国2" not in answer(question)


@pytest.mark.parametrize(
    "question", ["滇湘两省城镇新增就业去年各多少", "湘和滇的粮食产量各多少", "湘2032年粮食产量多少"]
)
def test_abbreviation_names_a_place(answer, question):
    assert "湖南省" in answer(question)


def test_abbreviation_in_a_name_is_none(answer):
    assert "320家" in answer("湘绣企业多少家")
    assert "“滇湘铁路什么时候开工”" in answer("滇湘铁路什么时候开工")


def test_this_year_is_that_of_the_only_report_that_speaks_of_it(answer):
    """The newest report is of 2033, the tunnel stands in that of 2030."""
    assert "云南省2030年报告：望云湖隧道年内具备通车条件" in answer("望云湖隧道今年能到什么程度")
