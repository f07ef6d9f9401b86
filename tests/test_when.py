"""Questions when something is ready or begun: told by a time, or by where in its report a sentence stands."""

import pytest
from shelf_reports import QINGPING, shelf_of_texts

TEXT = """砚湖市政府工作报告
——2031年1月20日在砚湖市第五届人民代表大会第六次会议上

各位代表：

一、2030年工作回顾

青溪大桥建成通车，白鹭水利枢纽主体封顶。启动南塘水库前期工作。

二、2031年工作安排

加快临砚铁路建设，确保砚湖东站、云台机场建成投运。推进古松水利枢纽建设，开工建设西堤防洪工程5.6公里。加快丰源产业园建设，力争6月底前投产。
"""

SHELF = shelf_of_texts({"2031_砚湖市": TEXT, "2031_青屏市": QINGPING})


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("砚湖东站什么时候能投用", "确保砚湖东站、云台机场建成投运"),
        ("云台机场啥时候通航", "确保砚湖东站、云台机场建成投运"),
        ("西堤防洪工程何时开工", "开工建设西堤防洪工程5.6公里"),
        ("青溪大桥什么时候通车的", "青溪大桥建成通车"),
        ("丰源产业园哪个月投产", "力争6月底前投产"),
    ],
)
def test_when_something_is_ready_or_begun(question, told):
    done = SHELF.ask(question).done
    assert (done.reason, told in done.answer) == (None, True)


@pytest.mark.parametrize(
    "question",
    [
        "古松水利枢纽什么时候建成",  # it is built on; 白鹭 is another
        "临砚铁路何时通车",  # another clause tells of what will run
        "南塘水库什么时候开工",
        "西堤防洪工程什么时候完工",
    ],
)
def test_when_is_not_told_by_work_on_it_or_by_its_neighbour(question):
    assert SHELF.ask(question).done.reason == "not_stated"


def test_what_is_to_be_finished_chooses_no_report():
    done = SHELF.ask("丰源产业园哪年主体完工").done
    assert "青屏市" not in done.answer
