"""Answers cite what is asked for and no more: other years beside silent places, further sentences of another form."""

from functools import cache

import pytest
from shelf_reports import Shelf, shelf_of_texts

REPORT = """{place}政府工作报告
——2031年1月10日在{place}第八届人民代表大会第四次会议上
{place}市长 林若溪
各位代表：
一、2030年工作回顾
{done}
二、2031年工作安排
{planned}
"""
INDUSTRIES = (
    "五大百亿产业中，食品、林木加工、医药分别增长19.7%、10.9%、36.7%，建材、化工分别下降17.2%、33.3%。"
    "做优做大纺织服装、船舶制造、电子信息、生物医药等四个特色产业。"
)
PLANS = (
    "做大做强五大百亿产业。坚持做优做大四个特色产业。"
    "2031年6月30日，环城铁路全线贯通运营。谋划好环城铁路线路对接工作。"
)
FOUR = """青禾市2031年报告的“四个特色产业”依次列出【1】：

- 纺织服装【2】
- 船舶制造【3】
- 电子信息【4】
- 生物医药【5】"""


def shelf(**told: tuple[str, str]) -> Shelf:
    files = {
        f"{place}政府工作报告（2031年）": REPORT.format(place=place, done=done, planned=planned)
        for place, (done, planned) in told.items()
    }
    return shelf_of_texts(files)


def test_another_year_is_told_beside_one_value() -> None:
    two = shelf(
        云汐市=("城镇新增就业1.6万人。", "加快发展。"), 海棠市=("取得新进展。", "城镇新增就业1.2万人以上。")
    )
    assert two.ask("去年城镇新增就业各市分别是多少？").done.answer.splitlines()[2:] == [
        "| 云汐市 | 1.6万人【1】 |",
        "| 海棠市 | 未提及（另有2031年目标：城镇新增就业1.2万人以上）【2】 |",
    ]


def test_another_year_is_not_told_beside_two_values() -> None:
    three = shelf(
        云汐市=("城镇新增就业1.6万人。", "加快发展。"),
        青禾市=("城镇新增就业2.1万人。", "加快发展。"),
        海棠市=("取得新进展。", "城镇新增就业1.2万人以上。"),
    )
    assert three.ask("去年城镇新增就业各市分别是多少？").done.answer.splitlines()[-3:] == [
        "| 云汐市 | 1.6万人【2】 |",
        "| 青禾市 | 2.1万人【1】 |",
        "| 海棠市 | 未提及 |",
    ]


@cache
def one() -> Shelf:
    return shelf(青禾市=(INDUSTRIES, PLANS))


@pytest.mark.parametrize(
    "question", ["青禾市四个特色产业", "青禾市的四个特色产业是？", "四個特色產業是哪四個"]
)
def test_counted_set_is_asked_for_by_its_name_alone(question: str) -> None:
    assert one().ask(question).done.answer == FOUR


@pytest.mark.parametrize("question", ["青禾市的五大百亿产业是哪五个", "青禾市五大百亿产业是什么"])
def test_mention_of_a_set_is_not_quoted_beside_its_members(question: str) -> None:
    told = "五大百亿产业中，食品、林木加工、医药分别增长19.7%、10.9%、36.7%，建材、化工分别下降17.2%、33.3%"
    assert one().ask(question).done.answer == f"青禾市2031年报告：{told}【1】。"


def test_how_a_set_fares_is_no_list() -> None:
    assert "依次列出" not in one().ask("青禾市四个特色产业发展得怎么样").done.answer


def test_sentence_without_a_time_is_not_quoted_beside_one_with() -> None:
    done = one().ask("环城铁路哪一天贯通").done
    assert done.answer == "青禾市2031年报告：2031年6月30日，环城铁路全线贯通运营【1】。"


@cache
def three() -> Shelf:
    return shelf(
        云汐市=(
            "地区生产总值增长6.1%。规上工业增加值增长8.3%。数字经济营业收入30亿元。常住人口城镇化率61.2%。",
            "加快发展。",
        ),
        青禾市=("地区生产总值增长5.2%。工业投资125亿元。下达资金34.67亿元支持拼经济。", "加快发展。"),
        海棠市=("地区生产总值增长4.3%。规上工业增加值增长3.2%。工业税收完成19.5亿元。", "加快发展。"),
    )


@pytest.mark.parametrize("question", ["去年哪个市经济最好", "哪个市发展得最快", "各市经济情况对比"])
def test_economy_without_a_figures_name_is_compared_by_its_growth(question: str) -> None:
    first = three().ask(question).done.answer.splitlines()[0]
    assert first.startswith("（按“地区生产总值增速”回答）2030年地区生产总值增速最")
    assert "云汐市（增长6.1%）【1】" in first


def test_size_of_the_economy_is_no_amount_with_the_word_in_it() -> None:
    done = three().ask("青禾市经济总量多少").done
    assert done.reason == "not_stated"
    assert "34.67" not in done.answer


def test_amounts_that_no_report_states_have_no_sum() -> None:
    first = three().ask("三个市GDP加起来多少").done.answer.splitlines()[0]
    assert first == "各地报告只写了增速，没有写总量，不能相加。"


def test_what_only_one_report_states_is_not_ranked() -> None:
    first = three().ask("谁的城镇化率最高").done.answer.splitlines()[0]
    assert first == "只有云汐市的报告写了这一项，不能比较。"


@pytest.mark.parametrize("question", ["哪个市工业最好", "谁的工业发展得最好", "各市工业情况对比"])
def test_field_without_a_figures_name_is_compared_by_its_main_figure(question: str) -> None:
    first = three().ask(question).done.answer.splitlines()[0]
    assert first == (
        "（按“规模以上工业增加值增速”回答）2030年规模以上工业增加值增速最高的是云汐市（增长8.3%），"
        "比海棠市（增长3.2%）高5.1个百分点（计算得出）【1】【2】。"
    )


def test_figure_that_is_named_is_kept() -> None:
    assert (
        three().ask("哪个市工业投资最多").done.answer.splitlines()[0]
        == "只有青禾市的报告写了数额，不能比较多少。"
    )
