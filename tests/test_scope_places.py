"""Which places a question is about: those of reports, those that have none, and those it only tells of."""

import pytest
from test_scope import ALL, GDP, ask, info

from qa.question_places import Catalogue


@pytest.mark.parametrize("question", ["石泉市去年GDP增长多少？", "2030年石泉县粮食产量", "石泉省的人口"])
def test_place_of_no_gazetteer_and_no_report_is_missing(question):
    scope = ask(question)
    assert scope.missing_places[0].startswith("石泉")
    assert scope.report_ids == ()


@pytest.mark.parametrize(
    "question", ["各市去年GDP增长多少？", "全市GDP", "新上市企业多少家", "哪个市GDP最高", "我市粮食产量"]
)
def test_words_that_end_like_a_place_are_none(question):
    assert ask(question).missing_places == ()


@pytest.mark.parametrize(
    "question",
    [
        "云岭市去年GDP增长多少？",
        "云岭去年GDP增长多少",
        "请问云岭市去年的GDP增速是多少？",
        "雲嶺市去年GDP增長多少？",
        "云玲市去年GDP增长多少？",
        "2030年云岭市GDP增长多少",
        "云岭市\n去年GDP\n增长多少？",
        "What was the GDP growth of Yunling in 2030?",
        "What was the GDP growth of YUNLING city last year?",
    ],
)
def test_place_of_a_report_filters(question):
    scope = ask(question)
    assert (scope.places, scope.missing_places, scope.report_ids) == (("云岭市",), (), ("2031-云岭市",))
    assert (scope.years, scope.kind, scope.indicators) == ((2030,), "actual", (GDP,))


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("海棠市和云岭市去年GDP增速相差多少？", ("海棠市", "云岭市")),
        ("云岭、海棠去年GDP增长多少？", ("云岭市", "海棠市")),
        ("Yunling and Haitang GDP growth in 2030", ("云岭市", "海棠市")),
    ],
)
def test_place_two_in_order_of_the_question(question, places):
    scope = ask(question)
    assert scope.places == places
    assert scope.report_ids == ("2031-云岭市", "2031-海棠市")


@pytest.mark.parametrize(
    "question", ["去年GDP增长多少？", "各市去年GDP增长多少？", "哪个市去年GDP增速最高？"]
)
def test_place_none_is_every_report(question):
    scope = ask(question)
    assert (scope.places, scope.missing_places, scope.report_ids) == ((), (), ALL)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("柳州市去年GDP是多少？", ("柳州市",)),
        ("柳州去年GDP是多少？", ("柳州市",)),
        ("请问蘭州市今年的目標是什麼？", ("兰州市",)),
        ("全国GDP目标是多少？", ("全国",)),
        ("柳州和兰州去年GDP增长多少？", ("柳州市", "兰州市")),
        ("What was the GDP growth of Liuzhou in 2030?", ("柳州市",)),
    ],
)
def test_place_without_a_report_is_missing(question, missing):
    scope = ask(question)
    assert (scope.places, scope.missing_places, scope.report_ids) == ((), missing, ())


def test_place_without_a_report_beside_one_that_has():
    scope = ask("云岭市和柳州市去年GDP增长多少？")
    assert (scope.places, scope.missing_places) == (("云岭市",), ("柳州市",))
    assert scope.report_ids == ("2031-云岭市",)


@pytest.mark.parametrize("question", ["阳朔县新建茶园多少万亩？", "云岭市阳朔县新建茶园多少万亩？"])
def test_county_inside_a_report_is_content_and_anchor(question):
    scope = ask(question)
    assert (scope.missing_places, scope.anchors) == ((), ("阳朔",))
    assert scope.terms == ("阳朔县新建茶园",)
    assert scope.report_ids == ("2031-云岭市",)


def test_county_that_no_report_names_is_missing():
    scope = ask("平乐县新建茶园多少万亩？")
    assert (scope.places, scope.missing_places, scope.report_ids) == ((), ("平乐县",), ())


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("柳州退下来的老师，桂林今年打算怎么请过来？", ("桂林市",)),
        ("柳州的企业想搬过来，桂林市今年给什么优惠", ("桂林市",)),
        ("在柳州打工回来的人，那桂林今年怎么安排", ("桂林市",)),
        ("柳州的粮食产量，桂林今年呢", ("柳州市", "桂林市")),  # asks the same of both
        ("柳州搬来的企业多，桂林今年呢", ("柳州市", "桂林市")),
        ("柳州怎么招的老师，桂林今年又怎么招老师", ("柳州市", "桂林市")),
        ("柳州的财政收入，桂林今年的财政收入，差多少", ("柳州市", "桂林市")),
        ("柳州去年搬来的企业，桂林今年搬来的企业，分别有多少", ("柳州市", "桂林市")),
        ("跟柳州的经济增速比，桂林今年高多少", ("柳州市", "桂林市")),
        ("桂林今年怎么引进人才，柳州的做法也说说", ("柳州市", "桂林市")),
        ("对比柳州和桂林的教育投入，桂林今年多了哪些", ("柳州市", "桂林市")),
        ("柳州和桂林想把园区搬到一起，桂林今年出什么力", ("柳州市", "桂林市")),
        ("柳州、桂林今年有什么打算", ("柳州市", "桂林市")),
    ],
)
def test_place_that_people_only_come_from_is_not_asked_of(question, places):
    catalogue = Catalogue((info("柳州市", 2031), info("桂林市", 2031)))
    scope = ask(question, catalogue=catalogue)
    assert (set(scope.places), scope.missing_places) == (set(places), ())


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("台湾人来大陆上学、找工作，2031年打算给啥待遇？", ()),
        ("香港的老板到我们市办厂，2031年有什么支持", ()),
        ("柳州学生在咱这儿上学，2031年怎么安排", ()),
        ("台湾2030年GDP是多少", ("台湾省",)),
        ("柳州人去年看病报销多少", ("柳州市",)),
    ],
)
def test_place_whose_people_come_here_is_not_asked_of(question, missing):
    catalogue = Catalogue((info("云岭市", 2031),))
    assert ask(question, catalogue=catalogue).missing_places == missing


def test_province_of_all_places_with_every_city_is_no_place():
    catalogue = Catalogue((info("柳州市", 2031), info("桂林市", 2031)))
    scope = ask("广西各市去年GDP增长多少？", catalogue=catalogue)
    assert (scope.places, scope.missing_places) == ((), ())
    assert scope.report_ids == ("2031-柳州市", "2031-桂林市")


def test_province_alone_is_missing_though_its_cities_have_reports():
    catalogue = Catalogue((info("柳州市", 2031), info("桂林市", 2031)))
    assert ask("广西去年GDP增长多少？", catalogue=catalogue).missing_places == ("广西壮族自治区",)


def test_place_country_report():
    catalogue = Catalogue((info("全国", 2031), info("云岭市", 2031)))
    assert ask("全国GDP目标是多少？", catalogue=catalogue).report_ids == ("2031-全国",)


def test_place_empty_catalogue():
    scope = ask("去年GDP增长多少？", catalogue=Catalogue(()))
    assert scope.report_ids == ()


def test_place_only_the_report_that_names_the_thing():
    assert ask("新造竹林多少万亩？").report_ids == ("2031-青屏市",)
