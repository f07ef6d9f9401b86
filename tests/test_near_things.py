"""What a report says of something near is no answer: a part, another kind, deed, bound, day or set than was asked for.

Each question asks of what the report does not give; beside it stands a sentence with most of its words.
"""

import pytest
from shelf_reports import HEAD, shelf_of_texts

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

工业税收完成19.5亿元，增长6.9%。新增林产加工规上企业3家。云岭县国家4A级景区8家。

老旧小区“瓶改管”改造3.4万户。新签约2000万元以上设施农业项目123个，合同投资额166亿元。

规上工业增加值（排除水电行业影响）增长13.3%。政府热线群众满意率97.6%，企业满意度列全省第一位。

发展壮大高新技术企业，完成科技型中小企业入库80家。新增规模以上工业企业98家。乐购活动带动消费100亿元。

争取长河铁路二线年内通车。我们有效化解安全风险、债务风险、财政风险等三大发展风险。

二、2031年工作安排

抓好以下十项重点工作。完成植树15万亩。推进跨江大桥等8个交通项目开工。
""",
    "2031_海棠市": HEAD.format(place="海棠市")
    + """一、2030年工作回顾

社会消费品零售总额对全省增长贡献率居前。产业园区新投产企业12家。

二、2031年工作安排

社会消费品零售总额增长5%。
""",
}


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts(TEXTS)
    return lambda question, *before: shelf.ask(question, *before).done


@pytest.mark.parametrize("question", [
    "石湾去年税收多少亿",  # only of industry
    "石湾有几家4A景区",  # only those of a county
    "石湾去年改造老旧小区多少个",  # only what has a name of its own
    "石湾去年新签约亿元以上项目多少个",  # of another bound
    "石湾去年规上工业增加值增长多少",  # something left out
    "石湾去年认定了多少家高新技术企业",  # another kind, in the same sentence
    "石湾一共有多少家规上工业企业",  # only those added
    "长河铁路二线哪一天通车",  # no day
])  # fmt: skip
def test_something_near_is_not_told_as_the_answer(ask, question):
    assert ask(question).reason == "not_stated"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("石湾去年工业税收多少亿", "19.5亿元"),
        ("石湾去年新增林产加工规上企业多少家", "3家"),
        ("石湾的云岭县有几家4A景区", "8家"),
        ("石湾去年瓶改管改造多少户", "3.4万户"),
        ("石湾去年新签约2000万以上设施农业项目多少个", "123个"),
        ("排除水电行业影响，石湾去年规上工业增加值增长多少", "13.3%"),
        ("石湾去年新增规上工业企业多少家", "98家"),
        ("石湾去年科技型中小企业入库多少家", "80家"),
        ("长河铁路二线什么时候通车", "年内"),
    ],
)
def test_the_same_is_told_where_it_is_what_was_asked(ask, question, value):
    answer = ask(question)
    assert answer.reason is None
    assert value in answer.answer


def test_a_part_that_was_not_asked_for_is_offered_in_the_refusal(ask):
    said = ask("石湾有几家4A景区").answer
    assert "报告中有的是：石湾市2030年云岭县国家4A级景区8家" in said


@pytest.mark.parametrize("question", [
    "石湾长河机场去年旅客吞吐量多少，在全省排第几",  # the only rank is of something else
    "石湾音乐节来了多少观众，带动消费多少",
    "石湾会展中心去年竣工多少个，开工多少个",
])  # fmt: skip
def test_a_measure_or_a_rank_is_of_what_the_parts_before_named(ask, question):
    assert ask(question).reason == "not_stated"


def test_who_writes_of_a_statistic_does_not_tell_whose_is_lowest(ask):
    answer = ask("去年社会消费品零售总额增速最低的是哪个市")
    assert answer.reason == "not_stated"
    assert "报告里写到的有" not in answer.answer


def test_a_sentence_that_only_says_a_list_is_to_come_is_no_list(ask):
    answer = ask("石湾今年的十项重点工作是什么")
    assert answer.reason == "not_stated"


def test_a_set_whose_name_goes_on_otherwise_is_another(ask):
    assert "依次列出" in ask("石湾去年化解的三大发展风险是什么").answer
    assert "依次列出" not in ask("石湾去年破解的三大发展困局是什么").answer


def test_headings_are_no_answer_to_what_a_report_admits(ask):
    assert ask("石湾报告里说的差距有哪几条").reason == "not_stated"


MORE = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

渔业项目合同投资额7亿元。规上工业企业达554家。提高政协提案办理质量。影响全年固定资产投资增速2.6个百分点。

新增大湾区供应基地32家，累计达到52家、占全省总数的63%。累计完成处置1014户。新增四上企业9家。制造业企业达380家。新增学位4095个。

二、2031年工作安排

（一）打造产业高地。推进产业集群。

（二）提升城区品质。改造老旧小区。

为民办实事项目如下：

新建停车位700个。
""",
    "2031_海棠市": HEAD.format(place="海棠市") + "一、2030年工作回顾\n\n绿化造林。\n",
}


@pytest.fixture(scope="module")
def ask_more():
    shelf = shelf_of_texts(MORE)
    return lambda question, *before: shelf.ask(question, *before).done


@pytest.mark.parametrize("question", [
    "石湾去年渔业产值多少亿",  # another measure of it
    "石湾去年规上工业企业增加几家",  # all there are
    "两个市政协提案办理件数从多到少怎么排",  # who writes of it
    "石湾今年为民办实事有哪几项",  # a list that is only announced
    "石湾报告里说的差距有哪几条",  # no heading is one
])  # fmt: skip
def test_nothing_near_it_is_told(ask_more, question):
    answer = ask_more(question)
    assert (answer.reason, answer.answer.startswith("资料中未提及")) == ("not_stated", True)


def test_a_growth_without_a_thing_is_not_asked_by_itself(ask_more):
    assert "固定资产投资" not in ask_more("社零 去年增速 最低的市").answer


def test_a_part_named_just_so_is_found_without_the_topic_of_the_others(ask_more):
    assert "380家" in ask_more("石湾去年新增四上企业多少家？制造业企业总数到多少了").answer


def test_so_far_and_its_share_are_of_what_was_added_before(ask_more):
    said = ask_more("累计有多少家了，占全省总数多少", "石湾去年新增大湾区供应基地几家").answer
    assert "52家" in said
    assert "63%" in said
