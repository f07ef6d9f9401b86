"""Two reports of one place: each year's facts stand in two reports, results in the later one, aims in the earlier."""

from functools import cache

import pytest
from shelf_reports import HEAD, Shelf, shelf_of_texts

OLD = """政府工作报告
——2031年1月10日在芦湾市第一届人民代表大会第一次会议上
芦湾市市长 甲

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。
一、2030年工作回顾
过去一年，全市地区生产总值增长6.1%，电子信息产业营业收入达到410亿元。港口集装箱吞吐量32万标箱。
二、2031年工作安排
今年经济社会发展的主要预期目标是：地区生产总值增长7%左右。电子信息产业营业收入力争达到500亿元。
推动旧城更新，改造老旧小区60个。
各位代表，让我们团结奋斗！
"""

NEW = """政府工作报告
——2032年1月12日在芦湾市第一届人民代表大会第二次会议上
芦湾市市长 甲

各位代表：
现在，我代表市人民政府，向大会报告工作，请予审议。
一、2031年工作回顾
过去一年，全市地区生产总值增长5.4%，电子信息产业营业收入达到470亿元。旧城更新有序推进，改造老旧小区64个。
二、2032年工作安排
今年经济社会发展的主要预期目标是：地区生产总值增长6%左右。电子信息产业营业收入力争达到540亿元，到2035年迈上千亿台阶。
推动旧城更新，改造老旧小区80个。
各位代表，让我们团结奋斗！
"""


@cache
def two_years() -> Shelf:
    return shelf_of_texts({"2031_芦湾市": OLD, "2032_芦湾市": NEW})


@pytest.mark.parametrize(
    ("question", "said", "report_id"),
    [
        ("芦湾市2031年地区生产总值增长多少？", "增长5.4%", "2032-芦湾市"),
        ("芦湾市2030年地区生产总值增长多少？", "增长6.1%", "2031-芦湾市"),
        ("芦湾市2032年地区生产总值增长目标是多少？", "增长6%左右", "2032-芦湾市"),
        ("芦湾市今年改造老旧小区多少个？", "80个", "2032-芦湾市"),
        # words, not rows: the quote and the report named before it are of the same report
        (
            "芦湾市2031年旧城更新推进得怎么样？",
            "芦湾市2032年报告：旧城更新有序推进，改造老旧小区64个",
            "2032-芦湾市",
        ),
        ("芦湾市电子信息产业2035年要做到什么规模？", "到2035年迈上千亿台阶", "2032-芦湾市"),
    ],
)
def test_year_asked_is_answered_from_the_report_that_speaks_of_it(question, said, report_id):
    done = two_years().ask(question).done
    assert done.reason is None
    assert said in done.answer
    assert {citation.report_id for citation in done.citations} == {report_id}


FROM_WHAT = (
    HEAD.format(place="竹陵市")
    + """一、2030年工作回顾

市属国有企业资产总额412.5亿元，增长6%。新增学位5000个。

二、2031年工作安排

力争市属国有企业实现资产总额430亿元以上，新增学位6200个。
"""
)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("竹陵市属国企资产总额要从多少亿做到多少亿", ["412.5", "430"]),
        ("竹陵市属国企资产总额今年目标多少亿", ["430"]),
    ],
)
def test_aim_of_from_what_to_what_has_the_result_beside_it(question, values):
    done = shelf_of_texts({"2031_竹陵市": FROM_WHAT}).ask(question).done
    assert [figure.value for figure in done.figures][:2] == values
