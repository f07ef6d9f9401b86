"""Sentences of statistical bulletins: shares, firms' profits, growths that turn, names between their figures."""

import pytest
from figure_rows import in_review

from qa.types import Figure


def rows_of(text: str) -> list[tuple[str | None, str, str]]:
    return [(f.canonical, f.measure, str(f.value)) for f in in_review(text)]


def named(text: str) -> list[tuple[str, str]]:
    return [(f.indicator, str(f.value)) for f in in_review(text)]


def test_structure_gives_the_share_of_each_industry_now_and_before() -> None:
    rows = in_review("三次产业结构由上年的15.2∶40.1∶44.7调整为14.6∶40.3∶45.1。")
    assert [(f.canonical, str(f.value), f.unit, f.period) for f in rows if f.unit] == [
        ("第一产业增加值占比", "15.2", "%", "2029"),
        ("第二产业增加值占比", "40.1", "%", "2029"),
        ("第三产业增加值占比", "44.7", "%", "2029"),
        ("第一产业增加值占比", "14.6", "%", "2030"),
        ("第二产业增加值占比", "40.3", "%", "2030"),
        ("第三产业增加值占比", "45.1", "%", "2030"),
    ]


def test_spending_beside_gdp_is_a_share_and_no_gdp() -> None:
    assert rows_of("全年研究与试验发展（R&D）经费支出8.6亿元，增长9.1%，与地区生产总值之比为1.87%。") == [
        ("研发经费投入", "总量", "8.6"),
        ("研发经费投入", "增速", "9.1"),
        ("研发经费投入强度", "占比", "1.87"),
    ]


def test_growths_dealt_out_may_turn() -> None:
    assert rows_of(
        "教育支出21亿元，社会保障和就业支出18亿元，卫生健康支出9亿元，分别增长4.0%、7.3%和下降1.6%。"
    )[3:] == [
        ("教育支出", "增速", "4.0"),
        ("社会保障和就业支出", "增速", "7.3"),
        ("卫生健康支出", "降幅", "-1.6"),
    ]


def test_fall_dealt_out_may_turn_to_a_growth() -> None:
    told = [
        (f.indicator, f.measure, str(f.value))
        for f in in_review("采矿业、制造业利润分别下降5.2%和增长3.4%。")
    ]
    assert told == [("采矿业利润", "降幅", "-5.2"), ("制造业利润", "增速", "3.4")]


@pytest.mark.parametrize("joint", ["；", "，"])
def test_profit_behind_the_revenue_of_firms_is_theirs(joint: str) -> None:
    rows = in_review(f"规模以上工业企业实现营业收入812亿元，增长4.5%{joint}实现利润总额43亿元，下降2.1%。")
    told = [(f.canonical, str(f.value)) for f in rows]
    assert told == [
        ("规模以上工业企业营业收入", "812"),
        ("规模以上工业企业营业收入", "4.5"),
        ("规模以上工业企业利润总额", "43"),
        ("规模以上工业企业利润总额", "-2.1"),
    ]
    assert _clause(rows[2]).startswith("规模以上工业企业实现营业收入")


def _clause(figure: Figure) -> str:
    text = "规模以上工业企业实现营业收入812亿元，增长4.5%；实现利润总额43亿元，下降2.1%。"
    return text[figure.clause_start : figure.clause_end]


def test_profit_of_the_next_sentence_is_of_nobody_named() -> None:
    rows = in_review("规模以上工业企业实现营业收入812亿元。利润总额43亿元。")
    assert rows[1].canonical is None


def test_subscript_before_a_yearly_mean_is_no_span_of_years() -> None:
    assert rows_of("PM2.5年平均浓度33微克/立方米，下降4.2%。") == [
        ("细颗粒物平均浓度", "总量", "33"),
        ("细颗粒物平均浓度", "降幅", "-4.2"),
    ]


def test_part_of_an_amount_has_the_measure_of_its_whole() -> None:
    assert named("六大产业集群实现产值910亿元，其中新型建材120亿元、智能家电88亿元。")[1:] == [
        ("新型建材产值", "120"),
        ("智能家电产值", "88"),
    ]


def test_part_in_another_unit_has_no_measure_lent() -> None:
    assert named("六大产业集群实现产值910亿元，其中龙头企业12家。")[1] == ("龙头企业", "12")


def test_insured_people_are_told_of_by_the_insurance_alone() -> None:
    told = rows_of("年末参加城乡居民基本养老保险17.2万人，失业保险3.9万人。")
    assert [name for name, _, _ in told] == ["城乡居民基本养老保险参保人数", "失业保险参保人数"]


def test_money_of_an_insurance_counts_no_people() -> None:
    assert rows_of("支付失业保险3.9亿元。")[0][0] is None


def test_share_has_the_name_in_its_brackets() -> None:
    told = rows_of("城镇常住人口22.6万人，占常住人口比重（常住人口城镇化率）为58.51%。")
    assert told[1] == ("常住人口城镇化率", "占比", "58.51")


def test_towns_and_villages_among_a_coefficient_are_named_in_full() -> None:
    told = rows_of("居民恩格尔系数为33.6%，其中城镇32.9%，农村34.8%。")
    assert [name for name, _, _ in told] == ["恩格尔系数", "城镇居民恩格尔系数", "农村居民恩格尔系数"]


def test_crops_share_the_measure_and_not_the_last_crop() -> None:
    assert named("油桐、厚朴、高山蔬菜种植面积分别达到4万亩、2.3万亩和1.1万亩。") == [
        ("油桐种植面积", "4"),
        ("厚朴种植面积", "2.3"),
        ("高山蔬菜种植面积", "1.1"),
    ]


def test_count_before_a_share_counts_the_things_and_is_no_share() -> None:
    told = in_review("9个国考断面水质优良比例88.9%。")
    assert [(f.canonical, str(f.value), f.unit) for f in told if f.canonical] == [
        ("地表水水质优良比例", "88.9", "%")
    ]
