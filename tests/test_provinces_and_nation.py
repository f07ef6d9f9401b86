"""Reports of provinces and of the State Council of several years: whose a figure is, and of which year."""

from __future__ import annotations

import pytest
from test_chain import assistant_of

from qa.types import Turn

GANSU = """甘肃省2036年政府工作报告
——2036年1月20日在甘肃省第十五届人民代表大会第四次会议上
省长　王某某

一、2035年工作回顾

2035年，全省地区生产总值增长4.7%、低于全国0.3个百分点，粮食总产连续6年增长，增量39.7亿斤。全省国际航空旅客和货邮吞吐量分别增长14.2%、4.2%，兰州中川国际机场旅客吞吐量突破2000万人次。新能源汽车新上牌37万辆。城镇居民人均可支配收入增长4.3%，农村居民人均可支配收入增长5.5%。

新增营造林148万亩，其中南北山绿化工程43万亩。天水经济总量突破1000亿元，酒泉、武威经济总量突破800亿元。民航年旅客吞吐量突破2500万人次。

庆阳数据中心集群从无到有、数实融合，算力规模达到11.4万P。对共建“一带一路”国家进出口增长14.4%。每千人拥有3岁以下婴幼儿托位数4.59个。

五年来，经济总量连跨两个千亿元台阶、达到14200亿元，年均增长5.7%。累计建成高标准农田628万亩，认定地区总部从77家增加到107家。

二、2036年工作安排

今年主要预期目标是：地区生产总值增长5%左右，城镇调查失业率5.5%左右。农村自来水普及率提高到92%。完成营造林40万亩以上，其中南北山绿化工程20万亩。

不断改善民生。一要实施增收工程。二要实施稳岗工程。三要实施托育工程。
"""
NATION_OF = """政府工作报告
——{year}年3月5日在全国人民代表大会上
国务院总理　李某某

一、{last}年工作回顾

{last}年，居民人均可支配收入增长6.1%，脱贫地区农村居民收入增长8.4%。地级及以上城市细颗粒物（PM2.5）平均浓度下降9.1%。五年来，煤炭消费比重下降8.1个百分点，清洁能源消费比重提高6.3个百分点。

二、{year}年工作安排

今年发展主要预期目标是：国内生产总值增长{growth}，城镇新增就业{jobs}。拟安排地方政府专项债券{bonds}万亿元。退税减税约2.5万亿元，其中留抵退税约1.5万亿元。全年再为企业和个人减负3000亿元。基本公共卫生服务经费人均财政补助标准再提高5元。
"""


SHANXI = """山西省2036年政府工作报告
——2036年2月2日在山西省第十四届人民代表大会第五次会议上
省长　赵某某

一、“十六五”时期工作回顾

五年来，全省上下团结奋斗，取得新的成就。

——民生福祉不断增进。改造城镇老旧小区8074个。

刚刚过去的2035年，我们攻坚克难，GDP增长4%。

加强科技创新，驱动能源转型。规上原煤产量13.05亿吨、增长2.1%。总投资超500亿元的晋北采煤沉陷区新能源基地加快建设。

用心用情用力，为民排忧解难。城镇新增就业47.3万人，推行长期护理保险。

城乡居民收入比缩小至2.21∶1。浙江省投入帮扶资金33.9亿元。

各位代表！过去五年成绩的取得，来之不易。

二、2036年工作安排

今年主要预期目标是：地区生产总值增长4.5%—5%，城镇新增就业45万人。启动基本医疗保险省级统筹。
"""


@pytest.fixture(scope="module")
def shanxi(tmp_path_factory):
    assistant = assistant_of(tmp_path_factory.mktemp("shanxi"), {"山西省2036年政府工作报告": SHANXI})
    return lambda question: assistant.ask(question).answer


@pytest.fixture(scope="module")
def gansu(tmp_path_factory):
    assistant = assistant_of(tmp_path_factory.mktemp("gansu"), {"甘肃省2036年政府工作报告": GANSU})
    return lambda question: assistant.ask(question).answer


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    of_year = {
        "year": "2033", "last": "2032", "growth": "5.5%左右", "jobs": "1100万人以上", "bonds": "3.65",
    }, {"year": "2035", "last": "2034", "growth": "5%左右", "jobs": "1200万人以上", "bonds": "3.9"}  # fmt: skip
    reports = {f"{one['year']}年国务院政府工作报告": NATION_OF.format(**one) for one in of_year}
    assistant = assistant_of(tmp_path_factory.mktemp("nation"), reports)
    return lambda question: assistant.ask(question).answer


# ------------------------------------------------------------------ whose it is


def test_a_city_without_a_report_is_asked_of_its_province(gansu) -> None:
    said = gansu("庆阳的数据中心集群算力规模多大")
    assert "资料中没有庆阳市的报告，以下出自甘肃省的报告" in said and "11.4万P" in said


@pytest.mark.parametrize("question", ["庆阳去年GDP增长多少", "庆阳去年粮食产量多少"])
def test_what_is_told_of_the_province_is_not_told_of_its_city(gansu, question: str) -> None:
    assert gansu(question).startswith("资料中没有庆阳市的政府工作报告")


def test_the_next_clause_may_be_of_the_whole_province(gansu) -> None:
    # 14.2% of the province stands in the sentence that names 兰州
    said = gansu("甘肃兰州机场去年旅客吞吐量多少")
    assert "突破2000万人次" in said and not said.startswith("2035年，甘肃省国际航空旅客吞吐量增长14.2%")


def test_a_city_outside_the_province_is_still_refused(gansu) -> None:
    assert gansu("柳州去年财政收入多少").startswith("资料中没有柳州市的政府工作报告")


def test_a_part_keeps_its_name_in_a_ranking(nation) -> None:
    said = nation("2034年全国居民收入和脱贫地区农村居民收入，谁增得快？")
    assert "增长最快的是脱贫地区农村居民收入（增长8.4%）" in said


def test_cities_of_prefecture_level_are_all_of_the_nation_s_air(nation) -> None:
    assert nation("2032年PM2.5浓度降了多少").startswith("2032年，全国地级及以上城市")


def test_an_output_is_not_told_by_what_was_licensed(gansu) -> None:
    assert gansu("甘肃2035年新能源汽车产量多少辆").startswith("资料中未提及")


# ------------------------------------------------------------------ which year


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2033年和2035年的GDP增长目标分别是多少", ("5.5%左右", "5%左右")),
        # 3.9 - 3.65 = 0.25
        ("地方政府专项债券，2033年和2035年各安排多少，多了多少", ("3.65万亿元", "3.9万亿元", "多0.25万亿元")),
        # 5 - 5.5 = -0.5
        ("2035年的增长目标跟2033年的比，是调高了还是调低了？", ("低0.5个百分点",)),
        ("2035年的城镇新增就业目标比2033年多多少", ("多100万人",)),  # 1200 - 1100
    ],
)
def test_aims_of_years_stand_each_in_its_own_report(nation, question: str, told: tuple[str, ...]) -> None:
    said = nation(question)
    assert all(part in said for part in told), said


@pytest.mark.parametrize("called", ["国务院报告", "国务院政府工作报告", "李某某的报告", "总理作的报告"])
def test_a_report_of_a_year_by_whose_it_is(nation, called: str) -> None:
    said = nation(f"2033年{called}里，过去五年煤炭消费比重下降几个百分点？清洁能源消费比重提高几个百分点？")
    assert "8.1个百分点" in said and "6.3个百分点" in said


@pytest.mark.parametrize("when", ["这几年累计", "近几年累计", "五年累计", "累计"])
def test_years_that_are_not_counted_are_told_of_a_span(gansu, when: str) -> None:
    assert "628万亩" in gansu(f"甘肃{when}建了多少高标准农田")


def test_as_things_stood_when_a_plan_began(gansu) -> None:
    said = gansu("甘肃认定的地区总部现在多少家？“十六五”初是多少家")
    assert "2035年，甘肃省认定地区总部107家" in said and "2030年，甘肃省认定地区总部77家" in said
    assert "77家" not in gansu("甘肃认定的地区总部“十五五”初是多少家")  # 2025


# ------------------------------------------------------------------ what is told with it


def test_how_far_from_another_is_told_with_the_value(gansu) -> None:
    assert "增长4.7%、低于全国0.3个百分点" in gansu("甘肃2035年GDP增速，比全国低了几个点")


def test_what_part_it_is_may_be_told_by_its_amount(nation) -> None:
    said = nation("2035年计划给企业退税减税一共多少，里面留抵退税占多少")
    assert "2.5万亿元" in said and "1.5万亿元" in said


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2035年计划为企业和个人减负多少", "3000亿元"),
        ("2035年基本公共卫生服务经费的人均补助要加多少钱", "5元"),
    ],
)
def test_sums_of_the_nation(nation, question: str, told: str) -> None:
    assert told in nation(question)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("甘肃过去五年经济年均增长多少", "5.7%"),
        ("甘肃对共建一带一路国家进出口增长多少", "14.4%"),
        ("甘肃去年跟“一带一路”共建国家的进出口增长多少", "14.4%"),
        ("甘肃去年粮食比上年增加了多少", "39.7亿斤"),
        ("今年甘肃失业率的控制目标是多少", "5.5%左右"),
        ("甘肃每千人3岁以下婴幼儿托位有多少个", "4.59个"),
        ("甘肃去年城里人和农村人收入哪边涨得快", "5.5%"),
    ],
)
def test_other_words_for_it(gansu, question: str, told: str) -> None:
    assert told in gansu(question)


def test_what_is_to_be_done_by_one_and_two(gansu) -> None:
    said = gansu("甘肃改善民生要实施哪三个工程")
    assert all(name in said for name in ("增收工程", "稳岗工程", "托育工程"))


# ------------------------------------------------------------------ several questions in one message


def test_a_question_behind_another_sentence_is_of_its_own_time(gansu) -> None:
    said = gansu("甘肃今年农村自来水普及率要提高到多少？另外，庆阳数据中心集群算力规模多大")
    assert "92%" in said and "11.4万P" in said


def test_whole_questions_behind_another_are_each_answered_whole(gansu) -> None:
    said = gansu("甘肃去年GDP增长多少？另外，城镇居民收入和农村居民收入去年各增长多少，差几个点")
    assert "4.7%" in said and "1.2个百分点" in said  # 5.5 - 4.3


# ------------------------------------------------------------------ a review of five years that turns to the last


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("山西2035年城镇新增就业多少人", "2035年，山西省城镇新增就业47.3万人"),
        ("山西2035年规上原煤产量和增速", "13.05亿吨、增长2.1%"),
        ("山西晋北采煤沉陷区新能源基地总投资多大", "500亿元"),
        ("山西五年改造了多少老旧小区", "2031—2035年，山西省改造城镇老旧小区8074个"),
        ("山西改造了多少老旧小区", "2031—2035年，山西省改造城镇老旧小区8074个"),
        ("山西的城乡居民收入比现在是多少", "2.21∶1"),
        ("2036年山西GDP预期增长目标区间", "4.5%—5%"),
        ("浙江给山西投了多少帮扶资金", "2035年，浙江省投入帮扶资金33.9亿元"),
        # 45 - 47.3 = -2.3
        ("山西今年城镇新增就业的目标，跟去年实际干成的比是多了还是少了，差多少？", "少2.3万人"),
        ("山西今年会推行长期护理保险吗？基本医保省级统筹有没有安排？", "启动基本医疗保险省级统筹"),
    ],
)
def test_the_last_year_within_a_review_of_five(shanxi, question: str, told: str) -> None:
    assert told in shanxi(question)


def test_what_five_years_did_is_not_what_the_last_did(shanxi) -> None:
    assert shanxi("山西光是2035年这一年改造了多少个城镇老旧小区？").startswith("资料中未提及")


def test_equal_values_are_said_to_be_equal(tmp_path) -> None:
    assistant = assistant_of(
        tmp_path,
        {"山西省2036年政府工作报告": SHANXI, "陕西省2036年政府工作报告": SHANXI.replace("山西", "陕西")},
    )
    assert "增速相同，没有高低之分" in assistant.ask("去年山西跟陕西GDP谁涨得快些").answer


# ------------------------------------------------------------------ the areas of a province


def test_areas_past_a_bound_that_a_sentence_tells_of(gansu) -> None:
    for question in ("甘肃哪些市的经济总量突破了800亿元", "甘肃经济总量超过800亿元的市有哪些"):
        said = gansu(question)
        assert all(city in said for city in ("天水", "酒泉", "武威")) and "14200" not in said
    assert "酒泉" not in gansu("甘肃哪些市的经济总量突破了900亿元")


def test_areas_that_stand_in_one_list_alone(tmp_path) -> None:
    text = GANSU.replace("天水经济总量突破1000亿元，酒泉、武威经济总量", "天水、酒泉、武威经济总量")
    said = (
        assistant_of(tmp_path, {"甘肃省2036年政府工作报告": text})
        .ask("甘肃哪些市的经济总量突破了700亿元")
        .answer
    )
    assert said.startswith("甘肃省2035年各地地区生产总值，报告写到的符合条件的有天水（突破800亿元）")


@pytest.mark.parametrize("question", ["甘肃哪个市GDP最高", "甘肃哪个县GDP增长最快"])
def test_the_whole_is_none_of_its_areas(gansu, question: str) -> None:
    assert gansu(question).startswith("资料中未提及")


def test_a_part_asked_of_next_is_of_the_same_time(tmp_path) -> None:
    assistant = assistant_of(tmp_path, {"甘肃省2036年政府工作报告": GANSU})
    before = "甘肃2035年新增营造林多少万亩？"
    turns = [Turn("user", before), Turn("assistant", assistant.ask(before).answer)]
    said = assistant.ask("其中南北山绿化工程是多少？", turns).answer
    assert "43万亩" in said and "20万亩" not in said
