import pytest

from qa.figures import extract_figures
from qa.horizons import (
    asks_mean,
    covers,
    horizon_said,
    horizons_in,
    is_over_years,
    is_spread,
    lies_in,
    plan_years,
    without_horizons,
)
from qa.load import load_report
from qa.measure_fit import fits_time
from qa.question_places import Catalogue
from qa.scope import resolve
from qa.types import ReportInfo, Scope

REPORT = """河湾县政府工作报告
——2026年1月8日在河湾县第五届人民代表大会第一次会议上
县长 某某

各位代表：
现在，我代表县人民政府，向大会报告工作，请予审议。
一、2025年和“十四五”时期工作回顾
2025年，全县经济稳中向好。地区生产总值增长6.1%。
这是综合实力显著提升的五年。
地区生产总值连跨两个百亿元台阶，年均增长5.7%，2025年总量比2020年增加超74亿元。
城乡居民收入倍差从2.42缩小至2.12。外贸进出口、税收收入年均分别增长9.2%、3%。
二、“十五五”时期主要目标任务
城镇化率达到60%左右，地区生产总值年均增长5%左右。
三、2026年工作安排
今年地区生产总值增长5.5%左右。
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "2026_河湾县.txt"
    path.write_text(REPORT, encoding="utf-8")
    return extract_figures(load_report(path))


CATALOGUE = Catalogue(
    (ReportInfo("2026-河湾县", "河湾县", 2026, "t", "政府工作报告", None, None, "r.txt", "0", 9, 9, 900),),
    {"2026-河湾县": REPORT},
)


def ask(question: str) -> Scope:
    return resolve("河湾县" + question, CATALOGUE)


@pytest.mark.parametrize(
    ("name", "years"),
    [("十五", (2001, 2005)), ("十一五", (2006, 2010)), ("十四五", (2021, 2025)), ("十七五", (2036, 2040))],
)
def test_plan_is_counted_from_its_number(name, years):
    assert plan_years(name) == years


@pytest.mark.parametrize(
    ("question", "span", "kind"),
    [
        ("“十四五”GDP年均增速是多少", "2021—2025", "actual"),
        ("十三五期间GDP增长多少", "2016—2020", "actual"),
        ("过去五年GDP年均增长多少", "2021—2025", "actual"),
        ("五年来城镇化率提高了多少", "2021—2025", "actual"),
        ("近三年GDP年均增速多少", "2023—2025", "actual"),
        ("城镇化率五年提高了几个百分点", "2021—2025", "actual"),
        ("今后五年GDP年均增长目标", "2026—2030", "target"),
        ("十五五时期GDP年均要增长多少", "2026—2030", "target"),
    ],
)
def test_span_of_a_question(question, span, kind):
    scope = ask(question)
    assert (scope.span, scope.kind, scope.years) == (span, kind, ())


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("十五五末城镇化率要到多少", (2030,)),
        ("2020年、2025年、十五五末城镇化率各是多少", (2020, 2025, 2030)),
        ("五年前城镇化率是多少", (2020,)),
        ("今年和2030年的城镇化率目标各是多少", (2030, 2026)),
    ],
)
def test_years_of_a_question_named_by_a_plan_or_from_now(question, years):
    scope = ask(question)
    assert (scope.span, scope.years) == ("", years)


@pytest.mark.parametrize("question", ["“十四五”规划纲要讲了什么", "近五年级学生多少人", "三年行动计划有哪些"])
def test_name_of_a_plan_is_no_time(question):
    assert horizons_in(question, 2026) == []


def test_words_of_a_horizon_are_no_content():
    assert without_horizons("十四五期间粮食产量多少").strip() == "粮食产量多少"
    assert horizon_said("“十四五”粮食产量多少") == "“十四五”时期"


@pytest.mark.parametrize(
    ("period", "held"), [("2021—2025", True), ("2021—2023", True), ("2018—2022", False), ("2025", False)]
)
def test_row_of_a_span_begins_with_it(period, held):
    assert covers(period, "2021—2025") is held


@pytest.mark.parametrize(("period", "within"), [("2021", True), ("2026", False), ("2021—2023", False)])
def test_year_of_a_span(period, within):
    assert lies_in(period, "2021—2025") is within


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("出口年均增速多少", (True, True, True)),
        ("平均每年新建几所学校", (True, True, True)),
        ("累计新建几所学校", (False, True, True)),
        ("三年新建几所学校", (False, False, True)),
        ("去年平均气温多少", (False, False, False)),
        ("臭氧年均浓度多少", (False, False, False)),
    ],
)
def test_means_sums_and_counted_years(question, told):
    assert (asks_mean(question), is_over_years(question), is_spread(question)) == told


def test_parts_of_a_question_have_their_own_horizon():
    scope = ask("十四五时期GDP年均增长多少，2025年增长多少，今年目标呢")
    assert [(one.span, one.years) for one in scope.asks] == [("2021—2025", ()), ("", (2025,)), ("", (2026,))]
    begun = ask("收入倍差五年缩小到多少，原来是多少").asks
    assert [(one.span, one.years) for one in begun] == [("2021—2025", ()), ("", (2020,))]


def _of(rows, value: str):
    return next(f for f in rows if str(f.value) == value)


def test_rows_of_a_review_of_a_year_and_of_five(rows):
    five, ahead = "2021—2025", "2026—2030"
    assert (_of(rows, "6.1").period, _of(rows, "5.5").period) == ("2025", "2026")
    assert (_of(rows, "5.7").period, _of(rows, "5.7").canonical) == (five, "地区生产总值")
    # what five years came to is of the last of them
    assert (_of(rows, "2.42").period, _of(rows, "2.12").period) == ("2020", "2025")
    assert [_of(rows, value).period for value in ("9.2", "3", "60", "5")] == [five, five, "2030", ahead]


def test_more_than_years_ago_is_no_total(rows):
    assert (_of(rows, "74").measure, _of(rows, "74").period) == ("增量", "2021—2025")


def test_average_over_years_is_of_no_year(rows):
    growth, level = _of(rows, "5.7"), _of(rows, "2.12")
    year = Scope("2025年增长多少", years=(2025,), kind="actual")
    assert not fits_time(growth, year)
    assert fits_time(growth, Scope("2025年以来年均增长多少", years=(2025,), kind="actual"))
    assert fits_time(level, year)
    assert not fits_time(level, Scope("2021年是多少", years=(2021,), kind="actual"))
    assert not fits_time(_of(rows, "6.1"), Scope("十四五增长多少", span="2021—2025", kind="actual"))


def test_plan_that_is_over_is_told_in_review(tmp_path):
    path = tmp_path / "2026_河湾县.txt"
    told = "二、“十五五”规划纲要草案的说明\n“十四五”时期，我县极不平凡。这五年，新增养老床位2.5万张。\n"
    path.write_text(REPORT.partition("二、")[0] + told, encoding="utf-8")
    row = _of(extract_figures(load_report(path)), "2.5")
    assert (row.kind, row.period) == ("actual", "2021—2025")
