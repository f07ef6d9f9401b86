"""The counties of a place beside each other: in a table, in a list of clauses, and what is none of them."""

from __future__ import annotations

import pytest
from test_chain import assistant_of

BULLETIN = """石湾市2030年国民经济和社会发展统计公报
石湾市统计局
2031年3月20日

一、综合

全年地区生产总值512.4亿元，增长5.4%。分县区看，东山区生产总值201.5亿元，增长6.1%；南溪县158.3亿元，增长4.8%；\
北桥县152.6亿元，增长5.2%。

表1 2030年各县区主要指标
县区\t常住人口（万人）\t固定资产投资增长（%）
东山区\t61.2\t-3.6
南溪县\t48.7\t7.5
北桥县\t39.4\t-1.1
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    assistant = assistant_of(tmp_path_factory.mktemp("areas"), {"石湾市": BULLETIN})
    return lambda question: assistant.ask(question).answer


def test_the_area_with_the_most_and_the_one_with_the_least(ask) -> None:
    # 61.2 > 48.7 > 39.4
    said = ask("石湾各县区里哪个人最多，哪个最少，各有多少人")
    assert said.startswith(
        "石湾市2030年各地常住人口最多的是东山区（61.2万人），最少的是北桥县（39.4万人）（比较得出）"
    )
    assert "- 南溪县：48.7万人" in said


def test_how_far_apart_the_areas_are(ask) -> None:
    assert "东山区和北桥县相差21.8万人（计算得出）" in ask("石湾各县区常住人口差距多大")  # 61.2 - 39.4


def test_values_in_a_list_of_clauses_are_of_the_statistic_of_the_first(ask) -> None:
    assert "最多的是东山区（201.5亿元）" in ask("石湾哪个县区GDP最高")
    assert "第2的有北桥县（增长5.2%）" in ask("石湾GDP增速第二的县区是哪个")  # 6.1, 5.2, 4.8


def test_areas_that_fell_or_pass_a_bound(ask) -> None:
    fell = ask("石湾哪几个县区投资是往下掉的")
    assert "下降的有东山区（下降3.6%）、北桥县（下降1.1%）" in fell
    assert "南溪县" not in fell
    met = ask("石湾哪些县区GDP增速超过5%")
    assert "符合条件的有东山区（增长6.1%）、北桥县（增长5.2%）" in met


def test_all_areas_in_order_and_their_names(ask) -> None:
    ordered = ask("石湾各县区固定资产投资增速排名")
    assert ordered.index("南溪县") < ordered.index("北桥县") < ordered.index("东山区")  # 7.5, -1.1, -3.6
    assert "东山区、南溪县、北桥县" in ask("石湾下面有哪些县区")


def test_a_statistic_that_no_area_has_is_none_of_theirs(ask) -> None:
    assert "最多的是" not in ask("石湾哪个县区出口最多")


def test_two_areas_by_growth_and_then_by_amount(ask) -> None:
    said = ask("石湾市2030年东山区和南溪县哪个GDP增速快，快几个百分点？总量差多少？")
    assert "高1.3个百分点" in said and "多43.2亿元" in said  # 6.1 - 4.8; 201.5 - 158.3
