"""Several pairs of values in one question, clause by clause, of one invented county."""

import pytest
from shelf_reports import HEAD, answers_from

TEXTS = {
    "2031_海棠县": f"""{HEAD.format(place="海棠县")}一、2030年工作回顾

2030年，城镇居民人均可支配收入36000元，农村居民人均可支配收入18000元。接待游客400万人次，实现旅游综合收入27.3亿元。高新技术企业达到42家。陶瓷产业产值80亿元，电子信息产业产值20.5亿元。

二、2031年工作安排

接待游客450万人次，旅游综合收入31亿元。高新技术企业总数突破50家。陶瓷产业产值达到95亿元、电子信息产业产值达到30亿元。
"""
}


@pytest.fixture(scope="module")
def answer():
    return answers_from(TEXTS)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("海棠县城乡收入差多少钱，城里是农村的几倍", ("高18000元", "（18000元）的2倍")),
        ("海棠县城镇居民收入比农村高多少，是农村的几倍", ("高18000元", "（18000元）的2倍")),
        ("海棠县旅游收入今年目标比去年多多少亿，游客要多多少万", ("多3.7亿元", "多50万人次")),
        ("海棠县陶瓷和电子信息产业2030年产值加起来多少？今年目标加起来呢", ("合计100.5亿元", "合计125亿元")),
        ("海棠县旅游收入今年目标比去年多多少，离高新技术企业的目标还差多少", ("多3.7亿元", "多8家")),
        ("海棠县高新技术企业今年目标比去年多几家", ("多8家",)),
    ],
)
def test_each_clause_has_its_pair(answer, question, said):
    """36000 - 18000 and their ratio; 31 - 27.3 = 3.7; 450 - 400; 80 + 20.5, 95 + 30; 50 - 42."""
    made = answer(question)
    assert [part for part in said if part not in made] == []
