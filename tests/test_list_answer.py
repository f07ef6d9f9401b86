"""Answers that are a list of a report: whole and in order, one item of it, and lists that are not there."""

import pytest
from list_reports import bullets, lists_shelf

from qa.list_asks import knows_list

SHELF = lists_shelf()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云溪县2031年取得的成绩，破折号那三条是哪些？", ["产业转型迈出新步伐", "乡村振兴取得新成效", "民生事业实现新进步"]),
        ("云溪县2030年重点做了哪三项工作？", ["①加快复工复产", "②补齐设施短板，新建农村公路112公里", "③改善民生，新增学位2100个"]),
        ("云溪县2031年政府自身建设分哪三个方面？", ["坚持党建引领", "坚持依法行政", "坚持从严治政"]),
        ("云溪县2031年重点抓好哪三个方面工作？", ["（一）聚力产业升级", "（二）聚力乡村振兴", "（三）聚力民生改善"]),
        ("云溪县2032年激发消费活力有哪些举措？", ["发放消费券500万元", "建设县域商业中心2个"]),
        ("云溪县2032年促进消费有哪些措施？", ["发放消费券500万元", "建设县域商业中心2个"]),
    ],
)  # fmt: skip
def test_list_is_complete_and_in_order(question, expected):
    assert bullets(question) == expected


def test_list_of_the_year_asked_is_that_years_plan():
    assert bullets("云溪县2031年的四件民生实事是哪些？")[0] == "1.新建幼儿园1所"
    assert bullets("云溪县2032年的四件民生实事是哪些？")[0] == "1.新建小学1所"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("云溪县2031年民生实事第三件是什么？", "第三件：新建敬老院2所"),
        ("云溪县2032年民生实事最后一件是什么？", "最后一件：送戏下乡170场"),
        ("云溪县2030年的第二个差距是什么？", "第二个：财政增收困难"),
    ],
)
def test_item_by_its_place(question, said):
    assert said in SHELF.ask(question).done.answer


def test_item_beyond_the_end_is_not_stated():
    done = SHELF.ask("云溪县2031年民生实事第五件是什么？").done
    assert (done.reason, done.citations) == ("not_stated", ())


def test_form_that_the_report_does_not_use_gives_no_other_list():
    assert bullets("云溪县2030年那三条“——”是什么？") == []


@pytest.mark.parametrize(
    ("question", "knows"),
    [
        ("回顾里那三条“——”讲的是什么", True),
        ("用——列的三个方面是什么", True),
        ("遥感中心谁来建——依托的是哪个研究所", False),
    ],
)
def test_dash_names_a_list_only_where_it_is_spoken_of(question, knows):
    assert knows_list(question) is knows


def test_list_of_another_count_is_said_to_be_so():
    answer = SHELF.ask("云溪县2031年的五件民生实事是哪些？").done.answer
    assert answer.startswith("云溪县2031年报告里没有找到恰好“五件”的清单，最接近的依次是：")
    assert len(bullets("云溪县2031年的五件民生实事是哪些？")) == 4


def test_list_of_no_time_is_found_in_an_older_report():
    assert bullets("云溪县“三个云溪”是哪三个？") == ["建设实力云溪", "建设生态云溪", "建设幸福云溪"]


def test_differences_are_problems():
    assert "产业支撑不强；财政增收困难；公共服务不均衡" in SHELF.ask("云溪县2030年有哪些差距？").done.answer
