"""How far what was done stayed behind the plan of its year, where a plan report says so itself."""

import pytest
from shelf_reports import shelf_of_texts

TEXT = """岚溪市2030年国民经济和社会发展计划执行情况
与2031年国民经济和社会发展计划草案的报告
——2031年1月12日在岚溪市第六届人民代表大会第三次会议上
各位代表：
一、2030年计划执行情况
全市生产总值1286.4亿元，增长4.6%，低于年度计划2.4个百分点；规模以上工业增加值增长9.3%，高于年度计划0.7个百分点；固定资产投资增长8.9%。
二、2031年主要预期目标
生产总值增长6.5%左右，规模以上工业增加值增长8%，固定资产投资增长8%。
"""


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts({"jihua": TEXT})
    return lambda question: shelf.ask(question).done


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("岚溪GDP增速比年度计划低几个百分点", "2.4个百分点"),
        ("岚溪市2030年经济增速低于计划多少", "2.4个百分点"),
        ("岚溪规上工业增加值增速高于年初计划多少", "0.7个百分点"),
        ("2030年岚溪规上工业增加值增速和计划相差多少", "0.7个百分点"),
        ("2030年岚溪GDP增长多少，年初目标达成了吗，差了几个点", "2.4个百分点"),
        ("2030年岚溪GDP增长多少，完成年初目标没有", "2.4个百分点"),
        ("岚溪2031年规上工业增加值计划增长多少", "8%"),
        ("岚溪市今年GDP目标是多少", "6.5%左右"),
    ],
)
def test_gap_to_the_plan_is_told_where_the_report_tells_it(ask, question, said):
    answer = ask(question)
    assert answer.reason is None and said in answer.answer


def test_gap_that_is_not_told_is_not_answered_by_an_aim(ask):
    answer = ask("岚溪2030年固定资产投资增速比计划低多少").answer
    assert "不能计算" in answer and "8%" not in answer.replace("8.9%", "")
