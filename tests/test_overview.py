"""Questions for a report as a whole: the year's figures, the aims, the headings of the work."""

import pytest
from shelf_reports import HEAD, shelf_of_texts

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

2030年，粮食产量62万吨，茶叶产量3万吨，水果产量9万吨，蔬菜产量88万吨。

一年来，我们顶住压力。全年地区生产总值增长6.2%，总量居全省第四位。规模以上工业增加值增长7.1%，固定资产投资增长4%。社会消费品零售总额增长5.3%。

（一）产业升级步伐加快。新建厂房9万平方米。

（二）城乡面貌持续改善。改造管网17公里。

二、2031年工作安排

今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，固定资产投资增长5%。

（一）全力做强实体经济。新增规模以上工业企业88家。

（二）全力增进民生福祉。新增学位5000个。
""",
    "2031_竹陵市": HEAD.format(place="竹陵市")
    + """一、2030年工作回顾

2030年，地区生产总值增长3.3%，一般公共预算收入增长2%，固定资产投资增长1%。

二、2031年工作安排

今年的主要预期目标是：地区生产总值增长4%。
""",
}
YEAR = (
    "石湾市2031年报告：全年地区生产总值增长6.2%，总量居全省第四位。规模以上工业增加值增长7.1%，固定资产投资增长4%。"
    "社会消费品零售总额增长5.3%"
)
AIMS = "今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，固定资产投资增长5%"
WORK = "石湾市2031年的工作安排有：\n\n- （一）全力做强实体经济"


@pytest.fixture(scope="module")
def ask():
    shelf = shelf_of_texts(TEXTS)
    return lambda question: shelf.ask(question).done


@pytest.mark.parametrize(
    "question",
    [
        "总结一下石湾的报告",
        "帮我概括石湾市政府工作报告的主要内容",
        "石湾报告讲了什么",
        "石湾2031年政府工作报告要点",
        "介绍一下石湾的情况",
        "给我讲讲石湾",
        "Summarize the report of 石湾市",
    ],
)
def test_a_report_as_a_whole_is_its_year_its_aims_and_its_work(ask, question):
    done = ask(question)
    assert done.answer.startswith(YEAR) and done.reason is None
    assert AIMS in done.answer and WORK in done.answer


@pytest.mark.parametrize(
    "question", ["石湾去年干得怎么样", "用三句话概括石湾去年的成绩", "石湾去年经济运行情况如何"]
)
def test_a_year_is_its_figures_and_the_headings_of_the_review(ask, question):
    said = ask(question).answer
    assert said.startswith(YEAR) and "主要预期目标" not in said
    assert (
        "石湾市2031年报告回顾的工作有：\n\n- （一）产业升级步伐加快【2】\n- （二）城乡面貌持续改善【3】"
        in said
    )


@pytest.mark.parametrize("question", ["石湾今年打算干什么", "石湾今年重点干啥", "石湾2031年工作安排"])
def test_a_plan_is_its_aims_and_headings(ask, question):
    said = ask(question).answer
    assert said.startswith("石湾市2031年报告：" + AIMS) and WORK in said and "6.2%" not in said


def test_of_several_reports_each_has_one_sentence(ask):
    """The paragraph with 地区生产总值 is meant, though the one on crops states four statistics too."""
    said = ask("各市的报告都讲了什么").answer
    assert said.count("\n- ") == 1 and f"- {YEAR}" in said
    assert (
        "- 竹陵市2031年报告：2030年，地区生产总值增长3.3%，一般公共预算收入增长2%，固定资产投资增长1%" in said
    )


@pytest.mark.parametrize(
    "question",
    ["总结一下石湾的茶叶生产", "石湾的管网情况怎么样", "石湾厂房建设得怎么样", "海棠的报告讲了什么"],
)
def test_a_thing_or_another_place_is_no_overview(ask, question):
    assert "工作安排有" not in ask(question).answer


@pytest.mark.parametrize("words", ["工作安排重点工作", "主要内容情况介绍", "你这里现在", "请问那"])
def test_a_long_question_of_these_words_comes_to_an_end(ask, words):
    """Each word is two words too: tried in every way, forty of them would take longer than the world is old."""
    assert "工作安排有" not in ask(f"石湾{words * 40}鱼").answer
