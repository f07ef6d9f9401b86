"""Which figures may stand beside each other: new and renewed, what was added and all there is, units."""

from dataclasses import replace
from decimal import Decimal

import pytest
from shelf_reports import QINGPING, shelf_of_texts

from qa.calibre import comparable, deeds, of_near_calibre, of_one_calibre, told_apart
from qa.row_words import name_of
from qa.subjects import strip_subject
from qa.types import Figure
from qa.wording import content_of

ROW = Figure(
    "2031-云岭市", 1, "新建绿道", None, "增量", Decimal(12), "公里", "", "", "2030", "actual", 0, 4, 0, 8
)


def row(indicator: str, measure: str = "总量", unit: str = "公里", subject: str = "") -> Figure:
    return replace(ROW, indicator=indicator, measure=measure, unit=unit, subject=subject)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("新增建设绿道", {"新增"}),
        ("新建和改造提升绿道", {"新增", "改造"}),
        ("实施厂房改造", {"改造"}),
        ("城市建成区绿化", set()),
        ("新增投放贷款", {"投放"}),
    ],
)
def test_deeds_of_words(text, named):
    assert deeds(text) == named


def test_of_one_calibre_new_and_renewed_are_two():
    new, renewed = row("新建绿道", "增量"), row("改造绿道")
    assert not of_one_calibre([new, renewed])
    assert of_one_calibre([new, row("新增绿道", "增量")])


def test_of_one_calibre_all_there_is_beside_what_was_added():
    assert not of_one_calibre([row("新增绿道", "增量"), row("绿道")])


def test_of_one_calibre_units_differ():
    assert not of_one_calibre([row("改造厂房", unit="套"), row("改造厂房", unit="个")])


def test_comparable_only_rows_of_the_deed_asked():
    new, renewed = row("新建绿道", "增量"), row("改造绿道")
    assert comparable([new, renewed], "谁改造的绿道多") == [renewed]


def test_comparable_leaves_out_a_bundle_and_a_part_of_the_place():
    plain = row("发放低保金")
    bundle, part = row("发放低保金和特困供养金"), row("发放低保金", subject="市区")
    assert comparable([plain, bundle, part], "哪里发放低保金最多") == [plain]
    assert comparable([plain, part], "市区发放低保金谁多") == [part]


def test_strip_subject_without_whom_it_is_for():
    assert strip_subject("为各类市场主体新增减税降费", "money") == "新增减税降费"
    assert strip_subject("为企业家提供服务", "次") == "为企业家提供服务"


def test_content_of_a_second_thought_in_brackets():
    assert content_of("到位资金差多少（含不含续建）") == content_of("到位资金差多少")
    assert "新增建设" in content_of("绿道（新增建设）")


def test_of_one_calibre_counters_of_single_things():
    assert of_one_calibre([row("新增充电桩", "增量", "台"), row("新建充电桩", "增量", "个")])
    assert not of_one_calibre([row("改造巷道", unit="条"), row("改造巷道", unit="处")])


def test_comparable_leaves_out_a_level_that_was_not_asked():
    own, level = row("重大项目完成投资", unit="亿元"), row("列入市层面重大项目完成投资", unit="亿元")
    assert comparable([own, level], "谁的重大项目完成投资多") == [own]
    assert comparable([own, level], "谁的市层面重大项目完成投资多") == [own, level]


def test_name_of_a_row_is_not_made_narrower_than_its_report_says():
    said = replace(ROW, indicator="工业总产值", canonical="规模以上工业总产值")
    assert name_of(said) == "工业总产值"
    assert name_of(replace(said, indicator="规上工业总产值")) == "规模以上工业总产值"


def test_of_near_calibre_overlapping_deeds_and_new_ones_by_another_word():
    new, both = row("新建绿道", "增量"), row("新建及改造绿道", "增量")
    assert of_near_calibre([new, both])
    assert of_near_calibre([row("认定高新技术企业", unit="家"), row("新增高新技术企业", "增量", unit="家")])


def test_of_near_calibre_not_for_other_deeds_stocks_or_totals_of_years():
    new = row("新建绿道", "增量")
    assert not of_near_calibre([new, row("改造绿道")])
    assert not of_near_calibre([row("开工厂房"), row("建成厂房")])
    assert not of_near_calibre([new, row("绿道")])
    assert not of_near_calibre([new, row("新建绿道", "累计")])


def test_told_apart_is_of_the_same_thing_only():
    new = row("新建绿道", "增量")
    assert told_apart(new, [new, row("改造提升绿道")])
    assert not told_apart(new, [new, row("改造厂房")])


PLACED = """砚湖市政府工作报告
——2031年1月20日在砚湖市第五届人民代表大会第六次会议上

一、2030年工作回顾

全市进出口总额245.8亿元，增长18%，规模和增速分别位列全省第7、第5。固定资产投资增长8.4%，居全省第四位。

茶叶产值90亿元，总量居全省第五、增速居全省第三。

二、2031年工作安排

茶叶产值达到100亿元。
"""
SHELF = shelf_of_texts({"2031_砚湖市": PLACED, "2031_青屏市": QINGPING})


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("砚湖市茶叶产值增速排全省第几？", ["3"]),
        ("砚湖市茶叶产值总量排全省第几？", ["5"]),
        ("砚湖市茶叶产值在全省排第几？", ["5"]),
        ("砚湖市外贸增幅位列全省第几？", ["5"]),
        ("砚湖市进出口规模排全省第几？", ["7"]),
        ("砚湖市固定资产投资增速排第几？", ["4"]),  # its only place
    ],
)
def test_the_place_of_a_growth_is_not_that_of_an_amount(question, places):
    done = SHELF.ask(question)
    assert [str(figure.value) for figure in done.done.figures] == places


def test_places_told_together_are_shown_together():
    done = SHELF.ask("砚湖市进出口规模排全省第几？")
    assert "规模和增速分别位列全省第7、第5【1】" in done.done.answer
