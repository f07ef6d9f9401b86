"""A bulletin that tells of a city and in one sentence of all its counties: whose value answers whom."""

import pytest
from shelf_reports import shelf_of_texts

TEXTS = {
    "梧川tjgb": """梧川市2030年国民经济和社会发展统计公报
梧川市统计局
2031年3月25日
一、综合
初步核算，2030年全市生产总值420.4亿元，比上年增长6.5%。按全年平均常住人口计算，全市人均GDP达到57458元，增长5.8%。按户籍人口计算，人均GDP为49120元。
分县区来看，祁县生产总值18.2亿元，增长7.2%，人均GDP达到26191元，增长6.5%；青垣县生产总值38.1亿元，增长8.6%，人均GDP达到36376元，增长8.0%；平鲁区生产总值127.0亿元，增长9.0%，人均GDP达到68763元，增长8.3%。
二、农业
粮食总产量50.5万吨，增长2.1%。
三、资源
万元生产总值综合能耗0.617吨标准煤，下降5.1%。
""",
}


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts(TEXTS)
    return lambda question: shelf.ask(question).done


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("梧川市人均GDP是多少", "57458元", "26191元"),
        ("梧川GDP和人均GDP", "57458元", "26191元"),
        ("祁县GDP多少，人均GDP多少", "26191元", "68763元"),
        ("梧川青垣县GDP和人均GDP", "36376元", "57458元"),  # no name of the register
        ("青垣县GDP增长多少，人均GDP呢", "8.0%", "6.5%"),
        ("平鲁区GDP多少，人均GDP多少", "68763元", "26191元"),
        ("梧川粮食2030年总产量", "50.5万吨", "2.1万吨"),
        ("2030年梧川单位GDP能耗", "0.617吨标准煤", "5.5%"),
        ("梧川万元GDP能耗降了多少", "5.1%", "6.5%"),
    ],
)
def test_value_is_of_the_place_asked_about(ask, question, said, not_said):
    answer = ask(question).answer
    assert said in answer and not_said not in answer


def test_county_that_is_not_told_of_is_not_answered_by_another(ask):
    assert ask("梧川应县人均GDP").reason is not None


def test_league_is_asked_for_by_what_it_is_called_there() -> None:
    bulletin = "{}2030年国民经济和社会发展统计公报\n一、综合\n全年生产总值{}亿元，增长5%。\n二、工业\n原煤产量{}万吨。\n"
    places = {"锡林郭勒盟": ("394.2", "6387"), "阿拉善盟": ("312.5", "520")}
    shelf = shelf_of_texts({name: bulletin.format(name, *values) for name, values in places.items()})
    assert "锡林郭勒盟" in shelf.ask("锡盟和阿盟2030年GDP谁高").done.answer.split("，")[0]
    assert "6387万吨" in shelf.ask("锡盟原煤产量").done.answer
    assert shelf.ask("乌市GDP多少").done.reason is not None
