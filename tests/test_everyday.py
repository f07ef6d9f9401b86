"""Single figures asked in everyday words, over the report of an invented city; and what must still be refused."""

import pytest
from shelf_reports import shelf_of_texts

from qa.wording import content_of, without_introduction

LUTAN = """政府工作报告
——2031年1月12日在芦滩市第四届人民代表大会第七次会议上
芦滩市市长 何清源

各位代表：

现在，我代表市人民政府向大会报告工作，请予审议。

一、2030年工作回顾

2030年，全市经济运行平稳。轻轨日均客流量38万人次，外贸结算量突破700亿元、增长21%、占全省的35%。

农作物受灾面积12.6万亩。港湾体育场商演活动吸引观众9万人次。“芦滩号”专列开行班列64趟，增长17%。成功举办第八届芦滩稻花节。

除险加固病险水库19座，治理中小河流8.5公里；实施水利项目77个；实施农村供水工程31个。开工建设轻轨3号线一期工程。

二、2031年工作安排

实施技术改造项目150项以上，水产品产量达到6.4万吨，禽蛋产量达到2.1万吨，油茶种植面积达到9万亩。举办第九届芦滩稻花节。轻轨2号线力争6月底建成通车。
"""


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts({"2031_芦滩市": LUTAN})
    return lambda question: shelf.ask(question).done


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("芦滩轻轨每天大概拉多少人？", ["38万人次"]),
        ("芦滩去年外贸结算做了多大规模？占全省几成", ["700亿元", "35%"]),
        ("芦滩去年那场大旱，庄稼受灾多少亩", ["12.6万亩"]),
        ("“芦滩号”去年开了多少趟班列，涨幅？", ["64趟", "17%"]),
        ("蘆灘舊年除險加固咗幾多座病險水庫", ["19座"]),
        ("芦滩去年除险加固病险水库几座、实施供水工程几个", ["19座", "31个"]),
        ("我做水产和蛋鸡生意的，芦滩今年水产品、禽蛋产量目标是多少", ["6.4万吨", "2.1万吨"]),
        ("芦滩2031水产品、禽蛋产量目标 还有油茶种植面积", ["6.4万吨", "2.1万吨", "9万亩"]),
        ("今年芦滩技改项目要搞多少项", ["150项以上"]),
        ("芦滩稻花节去年是第几届，今年要办第几届", ["第八届", "第九届"]),
        ("芦滩轻轨2号线哪年能通车？", ["6月底"]),
    ],
)
def test_figure_in_everyday_words(ask, question, held):
    done = ask(question)
    assert done.reason is None
    assert [said for said in held if said not in done.answer] == []


@pytest.mark.parametrize(
    "question",
    [
        "芦滩轻轨3号线哪年能通车？",
        "芦滩去年外贸结算量占全国几成",
        "我做茶叶生意的，芦滩今年茶叶产量目标是多少",
        "芦滩马拉松去年是第几届",
        "芦滩公交每天拉多少人？",
    ],
)
def test_near_miss_in_everyday_words_is_refused(ask, question):
    assert ask(question).reason == "not_stated"


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("我做水产生意的，今年禽蛋产量是多少", "今年禽蛋产量是多少"),
        ("选址参考：去年新签约项目多少个", "去年新签约项目多少个"),
        ("我想了解粮食产量，去年是多少", "我想了解粮食产量，去年是多少"),
        ("我市粮食产量，去年增长多少", "我市粮食产量，去年增长多少"),
        ("我家在种油茶，去年多少", "我家在种油茶，去年多少"),
    ],
)
def test_introduction_is_left_out_only_before_a_thing_of_its_own(question, rest):
    assert without_introduction(question) == rest


def test_an_english_name_gives_way_to_the_chinese_one_in_brackets():
    assert content_of("how many village plans（村庄规划）") == "村庄规划"
