from functools import cache

import pytest
from shelf_reports import Shelf, shelf_of_texts

REPORT = """青禾市政府工作报告
——2033年1月10日在青禾市第八届人民代表大会第四次会议上
青禾市市长 林若溪

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2032年和过去五年工作回顾

过去五年，面对严峻复杂的困难挑战，全市地区生产总值年均增长6.2%。

（一）着力稳住大盘。规模以上工业增加值增长8.4%。实施“七大攻坚行动”，取得明显成效。

（二）着力守牢底线。有效化解重点企业债务风险、烂尾楼盘风险、基层运转风险等三大领域风险。

在肯定成绩的同时，我们也清醒看到，发展还有不少困难。主要是：外贸依存度偏高，出口连续两年下降。新兴产业占比不足两成。老旧管网隐患较多。少数干部作风漂浮。对这些问题，我们一定认真解决。

二、今后五年主要目标

（一）迈向更强实力。地区生产总值突破2000亿元。

（二）迈向更高品质。常住人口城镇化率达到70%。

三、2033年重点工作

主攻“三大链条”。推动传统产业焕新。做强丝绸家纺产业链条。新增规上企业30家。做优绿色船舶产业链条。建成船坞2座。做大光学电子产业链条。引进项目12个。

（一）聚焦消费提质。投资方面，加快桥梁、隧道、码头“三大通道”建设。

（二）聚焦创新突破。筹集26亿元办好四大惠民工程。投入3亿元实施助学工程，新增学位900个。投入8.5亿元实施安居工程，改造老旧小区11个。投入2亿元实施康养工程。投入12.5亿元实施畅行工程。

（三）聚焦绿色转型。办好五件民生实事：1.新建公园3个；2.新增托位600个；3.免费体检1.5万人；

4.改造农村公路90公里；5.更新公交车40辆。

各位代表，让我们奋勇前进！
"""


@cache
def shelf() -> Shelf:
    return shelf_of_texts({"青禾市2033年政府工作报告": REPORT})


def bullets(question: str) -> list[str]:
    lines = shelf().ask(question).done.answer.splitlines()
    return [line[2:].partition("【")[0] for line in lines if line.startswith("- ")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("青禾市化解的三大风险各是什么？", ["重点企业债务风险", "烂尾楼盘风险", "基层运转风险"]),
        ("青禾市的三大通道是哪三个？", ["桥梁", "隧道", "码头"]),
        ("青禾市三大链条都是啥？", ["做强丝绸家纺产业链条", "做优绿色船舶产业链条", "做大光学电子产业链条"]),
        ("青禾市四大惠民工程都是什么，每个多少钱？", ["投入3亿元实施助学工程", "投入8.5亿元实施安居工程", "投入2亿元实施康养工程", "投入12.5亿元实施畅行工程"]),
        ("青禾市2033年三大聚焦是聚焦啥？", ["（一）聚焦消费提质", "（二）聚焦创新突破", "（三）聚焦绿色转型"]),
        ("青禾市2033年五件民生实事是哪些？", ["1.新建公园3个", "2.新增托位600个", "3.免费体检1.5万人", "4.改造农村公路90公里", "5.更新公交车40辆"]),
        ("青禾市2033年重点工作有哪些？", ["（一）聚焦消费提质", "（二）聚焦创新突破", "（三）聚焦绿色转型"]),
    ],
)  # fmt: skip
def test_members_are_complete_and_in_order(question, expected):
    assert bullets(question) == expected


def test_set_that_is_only_named_is_not_stated():
    assert shelf().ask("青禾市七大攻坚行动是哪七个？").done.reason == "not_stated"


def test_set_of_another_number_is_said_to_be_so():
    answer = shelf().ask("青禾市六大惠民工程是哪些？").done.answer
    assert "没有找到恰好“六大”的清单" in answer
    assert len(bullets("青禾市六大惠民工程是哪些？")) == 4


@pytest.mark.parametrize(
    "question", ["青禾市自己承认有哪些困难和不足？", "青禾市还存在哪些突出问题？", "青禾市有哪些短板弱项？"]
)
def test_problems_are_told_whole_without_the_closing_sentence(question):
    answer = shelf().ask(question).done.answer
    told = [
        "外贸依存度偏高，出口连续两年下降",
        "新兴产业占比不足两成",
        "老旧管网隐患较多",
        "少数干部作风漂浮",
    ]
    places = [answer.find(one) for one in told]
    assert places == sorted(places)
    assert -1 not in places
    assert "认真解决" not in answer


def test_amount_of_one_member_is_not_that_of_the_set():
    assert "12.5亿元" in shelf().ask("青禾市四大惠民工程里畅行工程多少钱？").done.answer
