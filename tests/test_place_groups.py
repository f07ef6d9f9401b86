"""Places added up and held against others, shares in their sum, one place's rank among all: small invented reports."""

import pytest
from shelf_reports import HEAD, answers_from

from qa.place_groups import groups_of
from qa.wording import content_of

PLACES = ("海棠市", "云岭市", "松溪市", "白鹭市")


def text_of(place: str, review: str, plan: str) -> str:
    head = HEAD.format(place=place)
    return f"{head}一、2030年工作回顾\n\n{review}\n\n二、2031年工作安排\n\n{plan}\n"


TEXTS = {
    "2031_海棠市": text_of(
        "海棠市", "2030年，地区生产总值增长6.2%。投放“惠企贷”52.5亿元。城镇新增就业1.8万人。", "固定资产投资增长7%。"
    ),
    "2031_云岭市": text_of(
        "云岭市", "2030年，地区生产总值增长4.1%。投放“惠企贷”20.4亿元。城镇新增就业8600人。", "固定资产投资增长5%。"
    ),
    "2031_松溪市": text_of(
        "松溪市", "2030年，地区生产总值增长5.0%。投放“惠企贷”15.1亿元。城镇新增就业1.1万人。", "固定资产投资增长5%。"
    ),
    "2031_白鹭市": text_of("白鹭市", "2030年，地区生产总值增长3.3%。投放“惠企贷”12亿元。", "固定资产投资增长9%以上。"),
}  # fmt: skip


@pytest.fixture(scope="module")
def answer():
    return answers_from(TEXTS)


@pytest.mark.parametrize(
    ("question", "groups"),
    [
        ("海棠惠企贷比云岭和松溪之和多多少", ("difference", ("海棠市",), ("云岭市", "松溪市"))),
        (
            "云岭、松溪两市的惠企贷加起来有没有海棠多",
            ("difference", ("云岭市", "松溪市"), ("海棠市",)),
        ),
        ("海棠惠企贷比其他三个市加起来还多吗", ("difference", ("海棠市",), PLACES[1:])),
        (
            "云岭和松溪惠企贷加起来多少？比海棠少多少",
            ("difference", ("云岭市", "松溪市"), ("海棠市",)),
        ),
        ("海棠惠企贷是云岭和松溪之和的几倍", ("ratio", ("海棠市",), ("云岭市", "松溪市"))),
        ("四个市惠企贷总额里海棠占几成", ("share", ("海棠市",), PLACES)),
        ("海棠惠企贷占四市总数的百分之几", ("share", ("海棠市",), PLACES)),
        ("海棠、云岭惠企贷合计多少？海棠占几成", ("share", ("海棠市",), ("海棠市", "云岭市"))),
        ("海棠比云岭和松溪的惠企贷多多少", None),  # two differences, no sum
        ("海棠和云岭惠企贷加起来多少", None),  # a sum alone
        ("海棠工业投资占固定资产投资的比重在四个市里最高吗", None),  # another share
    ],
)
def test_groups_of(question, groups):
    found = groups_of(question, PLACES)
    assert (found and (found.how, found.one, found.other)) == groups
    assert found is None or content_of(found.rest) == "惠企贷"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("海棠惠企贷比云岭和松溪之和多多少", "之和（35.5亿元）多17亿元"),
        ("云岭、松溪两市的惠企贷加起来有没有海棠多", "之和（35.5亿元）比海棠市（52.5亿元）少17亿元"),
        ("海棠惠企贷比其他三个市加起来还多吗", "之和（47.5亿元）多5亿元"),
        ("海棠惠企贷是云岭和松溪之和的几倍", "之和（35.5亿元）的1.48倍"),
        ("四个市惠企贷总额里海棠占几成", "占4个地方合计100亿元的52.5%"),
        ("惠企贷四个市一共放了多少，海棠一家占百分之几", "占4个地方合计100亿元的52.5%"),
        ("海棠城镇新增就业比云岭、松溪加起来还多吗", "之和（1.96万人）少0.16万人"),
        ("海棠城镇新增就业占四个市合计的比重", "占有数据的3个地方合计3.76万人的47.87%"),
        ("海棠惠企贷占云岭和松溪之和的比例", "海棠市（52.5亿元）占2个地方合计35.5亿元的147.89%"),
        ("海棠惠企贷是其他三个市平均的几倍", "的简单平均（15.83亿元）的3.32倍"),
        ("松溪GDP增速比四个市平均水平高还是低", "的简单平均（4.65%）高0.35个百分点"),
        ("云岭惠企贷比四市平均少多少", "的简单平均（25亿元）少4.6亿元"),
        ("海棠GDP增速比云岭和松溪之和还高吗", "比率和人均数不能相加"),
        ("海棠和白鹭城镇新增就业加起来比云岭多多少", "白鹭市的报告里没有可比的数，不能计算"),
        ("云岭GDP增速在四个市里排第几", "云岭市（增长4.1%）在有数据的4个地方里排第3位"),
        ("云岭今年固投目标在四个市里排第几名", "排第3位（计算得出），与松溪市并列"),
        ("白鹭城镇新增就业在四个市里排第几", "白鹭市的报告里没有可比的数，不能比较"),
    ],
)
def test_sums_shares_and_ranks(answer, question, said):
    """20.4 + 15.1 = 35.5; + 12 = 47.5; + 52.5 = 100; 8600 + 11000 = 19600; 18000 / 37600 = 0.4787."""
    assert said in answer(question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("占四个市总数的几成", "合计100亿元的52.5%"),
        ("比其他三个市加起来还多吗", "多5亿元"),
        ("在四个市里排第几", "海棠市（52.5亿元）在有数据的4个地方里排第1位"),
        ("那跟云岭、松溪两家加起来比呢", "多17亿元"),
    ],
)
def test_follow_up_of_one_place(answer, question, said):
    assert said in answer(question, "海棠去年投放惠企贷多少")
