"""Counts asked in one breath, everyday words for what a flood did, shares of the province by its name."""

from __future__ import annotations

from functools import cache

import pytest
from shelf_reports import Shelf, shelf_of_texts

TEXT = """政府工作报告
——2031年1月15日在溪亭县第五届人民代表大会第六次会议上
溪亭县县长 周若愚
各位代表：
一、2030年工作回顾
面对特大洪灾，倒塌房屋2316间，搜救被困人员472人。全年减贫1835户6127人。建设保障性租赁住房340套，建成智能化煤矿14座。
争取债券资金12.6亿元，占全省的7.5%。一本上线83人，比上年多9人。
规模以上工业增加值增长6.4%，增速比上年回落1.8个百分点。外贸进出口增长6.1%，未完成年初9%的增长目标。
二、2031年工作安排
今年，现行标准下剩余贫困人口212户735人全部脱贫。
"""


@cache
def shelf() -> Shelf:
    return shelf_of_texts({"溪亭县2031年政府工作报告": TEXT})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("溪亭2030年减贫多少户多少人", "2030年，溪亭县全年减贫1835户【1】，减贫为6127人【1】。"),
        ("溪亭2030年脱贫了几户几人", "2030年，溪亭县全年减贫1835户【1】，减贫为6127人【1】。"),
        ("溪亭一共倒了多少房子", "2030年，溪亭县倒塌房屋2316间【1】。"),
        ("溪亭去年救了多少被困的人", "2030年，溪亭县搜救被困人员472人【1】。"),
        ("溪亭债券资金占安徽的几成", "2030年，溪亭县债券资金占全省的7.5%【1】。"),
        ("溪亭一本上线比去年多几个", "2030年，溪亭县一本上线增加9人【1】。"),
        (
            "溪亭2030年外贸目标是多少，完成了吗",
            "溪亭县2030年的目标是：外贸进出口增长9%【1】。2030年，溪亭县外贸进出口增长6.1%【2】。",
        ),
        ("溪亭规上工业增速比上年快了还是慢了", "2030年，溪亭县规模以上工业增加值增速下降1.8个百分点【1】。"),
    ],
)
def test_everyday_counts_are_found(question: str, said: str) -> None:
    assert shelf().ask(question).done.answer == said


@pytest.mark.parametrize("question", ["溪亭一共拆了多少房子", "溪亭关了多少煤矿", "溪亭GDP占安徽的几成"])
def test_everyday_counts_take_no_neighbour(question: str) -> None:
    assert shelf().ask(question).done.reason == "not_stated"
