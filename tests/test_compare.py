import re
from decimal import Decimal

import pytest
from shelf_reports import shelf

from qa.compare import comparison
from qa.figure_answer import find
from qa.scope import resolve
from qa.wants import wanted

SHELF = shelf()


def table_of(question: str) -> list[str]:
    return [line for line in SHELF.ask(question).done.answer.splitlines() if line.startswith("|")][2:]


def direct_of(question: str) -> str:
    return SHELF.ask(question).done.answer.splitlines()[0]


def claims_of(question: str):
    scope = resolve(question, SHELF.catalogue)
    (asked,) = wanted(scope)
    found = [find(SHELF.sources.table, (name, name[5:]), scope, asked) for name in scope.report_ids]
    return comparison(found, SHELF, scope)


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("哪个市去年规模以上工业增加值增速最高？", ["云岭市", "青屏市", "海棠市"]),
        ("哪个市去年规模以上工业增加值增速最低？", ["海棠市", "青屏市", "云岭市"]),
        ("哪个市去年规模以上工业增加值下降最多？", ["海棠市", "青屏市", "云岭市"]),
        ("哪个市去年地区生产总值最大？", ["海棠市", "云岭市", "青屏市"]),
        ("哪个市去年地区生产总值最小？", ["青屏市", "云岭市", "海棠市"]),
        ("云岭市和海棠市今年GDP目标哪个更高？", ["云岭市", "海棠市"]),
        ("Which city had the highest GDP growth in 2030?", ["云岭市", "青屏市", "海棠市"]),
    ],
)
def test_comparison_winner_first_then_the_others(question, places):
    assert re.findall("云岭市|海棠市|青屏市", direct_of(question)) == places


def test_comparison_winner_with_its_value():
    assert direct_of("哪个市去年城镇居民人均可支配收入增速最高？").startswith(
        "2030年城镇居民人均可支配收入增速最高的是青屏市（增长5.5%），"
    )


def test_comparison_tie_names_both_as_best():
    best = direct_of("哪个市去年GDP增速最高？").split("，其后")[0]
    assert best == "2030年地区生产总值增速最高的是云岭市（增长6.3%）、青屏市（增长6.3%）"


def test_comparison_a_citation_in_every_cell():
    question = "哪个市去年规模以上工业增加值增速最高？"
    done = SHELF.ask(question).done
    quotes = {c.n: (c.place, c.quote) for c in done.citations}
    cited = {}
    for line in table_of(question):
        place, number = re.fullmatch(r"\| (.+市) \| .+【(\d)】 \|", line).groups()
        cited[place] = quotes[int(number)]
    assert cited == {
        "云岭市": ("云岭市", "规模以上工业增加值增长9.7%"),
        "海棠市": ("海棠市", "规模以上工业增加值下降1.3%"),
        "青屏市": ("青屏市", "规模以上工业增加值增长7.2%"),
    }


def test_comparison_silent_report_is_shown_as_such():
    table = table_of("各市去年一般公共预算收入是多少？")
    assert table == ["| 云岭市 | 58.4亿元【2】 |", "| 海棠市 | 102.7亿元【1】 |", "| 青屏市 | 未提及 |"]


def test_comparison_silent_report_offers_what_it_has():
    table = table_of("各市今年规模以上工业增加值目标是多少？")
    assert [line.split(" | ")[1][:3] for line in table] == ["未提及", "未提及", "增长7"]
    assert "规模以上工业增加值增长9.7%" in table[0]
    assert "规模以上工业增加值下降1.3%" in table[1]
    assert [line.count("【") for line in table] == [1, 1, 1]


def test_comparison_no_report_states_it():
    assert claims_of("各市去年税收收入是多少亿元？") == []


def test_comparison_only_one_report_states_it_has_no_winner():
    assert direct_of("哪个市新造竹林最多？").startswith("|")
    assert table_of("哪个市新造竹林最多？") == [
        "| 云岭市 | 未提及 |",
        "| 海棠市 | 未提及 |",
        "| 青屏市 | 3.5万亩【1】 |",
    ]


def test_comparison_difference_of_growth_is_derived_from_its_operands():
    done = SHELF.ask("海棠市和云岭市去年GDP增速相差多少？").done
    (figure,) = [f for f in done.figures if f.derived]
    # 6.3 - 4.8
    assert (figure.value, figure.unit, figure.operands) == ("1.5", "个百分点", (1, 2))
    assert [done.citations[n - 1].place for n in figure.operands] == ["云岭市", "海棠市"]
    assert "高1.5个百分点（计算得出）【1】【2】" in done.answer


def test_comparison_difference_with_a_fall():
    (claim,) = [c for c in claims_of("海棠市和云岭市去年规模以上工业增加值增速相差多少？") if c.derived]
    # 9.7 - (-1.3)
    assert (claim.derived[0].value, claim.derived[0].unit) == (Decimal("11"), "个百分点")


def test_comparison_difference_of_amounts_is_exact():
    (claim,) = [c for c in claims_of("海棠市和云岭市去年地区生产总值相差多少？") if c.derived]
    (derived,) = claim.derived
    assert derived.value * {"万亿元": 10_000, "亿元": 1}[derived.unit] == Decimal("687.6")
    assert [row.report_id for row in derived.operands] == ["2031-海棠市", "2031-云岭市"]


def test_comparison_average_with_a_fall():
    (claim,) = [c for c in claims_of("三个市去年规模以上工业增加值平均增速是多少？") if c.derived]
    # (9.7 - 1.3 + 7.2) / 3
    assert (claim.derived[0].value, claim.derived[0].unit) == (Decimal("5.2"), "%")
    assert len(claim.derived[0].operands) == 3


def test_comparison_average_makes_units_equal():
    (claim,) = [c for c in claims_of("三个市去年地区生产总值平均是多少亿元？") if c.derived]
    # (512.4 + 1200 + 286.9) / 3 = 666.433…
    assert (claim.derived[0].value, claim.derived[0].unit) == (Decimal("666.43"), "亿元")


def test_figure_question_without_a_place_is_a_table():
    done = SHELF.ask("去年GDP增长多少？").done
    assert table_of("去年GDP增长多少？") == [
        "| 云岭市 | 增长6.3%【1】 |",
        "| 海棠市 | 增长4.8%【2】 |",
        "| 青屏市 | 增长6.3%【3】 |",
    ]
    assert [(f.place, f.value) for f in done.figures] == [
        ("云岭市", "6.3"),
        ("海棠市", "4.8"),
        ("青屏市", "6.3"),
    ]


def test_comparators_stay_in_the_cells():
    assert [line.split("【")[0] for line in table_of("各市今年GDP目标是多少？")] == [
        "| 云岭市 | 增长6.5%以上",
        "| 海棠市 | 增长5.5%左右",
        "| 青屏市 | 增长6%",
    ]
