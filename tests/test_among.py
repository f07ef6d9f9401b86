"""One place named in a question that is asked of all: its rank, who is above it, how far it is from the first."""

import pytest
from shelf_reports import answers_from
from test_place_groups import TEXTS

from qa.among import against_of


@pytest.fixture(scope="module")
def answer():
    return answers_from(TEXTS)


@pytest.mark.parametrize(
    ("question", "how"),
    [
        ("海棠gdp增速在四个市里排第几", "rank"),
        ("海棠的惠企贷是不是最多的", "rank"),
        ("海棠惠企贷多少，是四个市里最多的吗", "rank"),
        ("海棠惠企贷比第二名多多少", "rank"),
        ("哪些市gdp增速比海棠高", "above"),
        ("惠企贷比海棠少的有哪些市", "below"),
        ("有几个市的增速超过海棠", "above"),
        ("海棠增速多少，哪个市比它高", "above"),
        ("哪个市增速最高，比海棠高多少", "first"),
        ("增速目标最高的是哪个？海棠是不是一样", "first"),
        ("海棠惠企贷多少，四市里谁最多", "first"),
        ("海棠惠企贷跟其他市比怎么样", "each"),
        ("海棠和其他城市签了多少协议", None),
        ("海棠惠企贷比其他三市加起来多多少", None),  # their sum
        ("海棠gdp增速全省排第几", None),
        ("海棠今年要举办谁的诞辰活动", None),
        ("谁的增速高，海棠各是多少", None),
        ("海棠哪几个县今年创建示范县", None),
    ],
)
def test_against_of(question, how):
    found = against_of(question, ("海棠市",))
    assert (found and found.how) == how


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("哪个市惠企贷最多？比云岭多多少", ("最多的是海棠市（52.5亿元）", "比云岭市（20.4亿元）多32.1亿元")),
        ("哪些市的惠企贷比松溪多", ("比松溪市（15.1亿元）多的有2个：海棠市（52.5亿元）、云岭市（20.4亿元）", "其余的是白鹭市")),
        ("GDP增速比松溪低的市有哪些，低多少", ("低的有2个：白鹭市（增长3.3%）、云岭市（增长4.1%）", "低1.7个百分点")),
        ("云岭惠企贷多少，哪个市比它多", ("比云岭市（20.4亿元）多的有1个：海棠市（52.5亿元）",)),
        ("海棠的惠企贷是不是最多的，比第二名多多少", ("排第1位", "比云岭市（20.4亿元）多32.1亿元")),
        ("今年固投目标最高的是哪个？云岭和松溪是不是一样", ("最高的是白鹭市（增长9%以上）", "云岭市（增长5%）和松溪市（增长5%）相同")),
        ("海棠惠企贷比其他三市多多少", ("海棠市（52.5亿元）在有数据的4个地方里排第1位", "比松溪市（15.1亿元）多37.4亿元", "比白鹭市（12亿元）多40.5亿元")),
        ("哪些市的城镇新增就业比白鹭多", ("白鹭市的报告里没有可比的数，不能比较",)),
        ("哪些市GDP增速比海棠高", ("没有一个地方的2030年地区生产总值增速比海棠市（增长6.2%）高",)),
    ],
)  # fmt: skip
def test_answers_of_all_beside_the_named(answer, question, said):
    """52.5 - 20.4 = 32.1; 5.0 - 3.3 = 1.7."""
    made = answer(question)
    assert [part for part in said if part not in made] == []
