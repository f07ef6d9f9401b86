"""Comparisons of reports: the winner, ties, differences, bounds, and what silent reports have instead."""

import re
from decimal import Decimal

import pytest
from shelf_reports import HEAD, shelf, shelf_of_texts

from qa.bounds import meets
from qa.compare import comparison
from qa.figure_answer import find
from qa.operation import Condition
from qa.scope import resolve
from qa.types import Figure
from qa.wanted import wanted

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
        ("哪个市去年规模以上工业增加值涨得慢", ["海棠市", "青屏市", "云岭市"]),
        ("云岭市和海棠市今年GDP目标谁定得低", ["海棠市", "云岭市"]),
        ("Which city had the highest GDP growth in 2030?", ["云岭市", "青屏市", "海棠市"]),
    ],
)
def test_comparison_winner_first_then_the_others(question, places):
    assert re.findall("云岭市|海棠市|青屏市", direct_of(question)) == places


def test_comparison_winner_with_its_value():
    assert direct_of("哪个市去年城镇居民人均可支配收入增速最高？").startswith(
        "2030年城镇居民人均可支配收入增速最高的是青屏市（增长5.5%）【1】。其后依次是"
    )


def test_comparison_tie_names_both_as_best():
    best = direct_of("哪个市去年GDP增速最高？").split("【")[0]
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
    assert direct_of("哪个市新造竹林最多？") == "只有青屏市的报告写了数额，不能比较多少。"
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


def test_comparison_extremes_are_subtracted_not_ranked():
    done = SHELF.ask("去年规模以上工业增加值增速最高和最低的市相差多少？").done
    (figure,) = [f for f in done.figures if f.derived]
    # 9.7 - (-1.3)
    assert (Decimal(figure.value), figure.unit) == (Decimal(11), "个百分点")
    assert done.answer.startswith(
        "2030年规模以上工业增加值增速：云岭市（增长9.7%）比海棠市（下降1.3%）高11个百分点"
    )


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("哪些市去年GDP增速高于5%？", "2030年地区生产总值增速符合条件的有2个：云岭市（增长6.3%）、青屏市（增长6.3%）【1】【2】。不符合的是海棠市（增长4.8%）【3】。"),
        ("去年GDP增速低于5%的市有哪些？", "2030年地区生产总值增速符合条件的有1个：海棠市（增长4.8%）【1】。"),
        ("有没有哪个市去年GDP增速超过7%？", "没有一个地方的2030年地区生产总值增速符合条件："),
        ("去年GDP超过500亿元的城市有几个？", "2030年地区生产总值符合条件的有2个：海棠市"),
    ],
)  # fmt: skip
def test_comparison_filter_names_who_meets_the_bound(question, start):
    assert direct_of(question).startswith(start)


def test_comparison_filter_bound_is_not_said_as_a_fact():
    assert "5%" not in direct_of("哪些市去年GDP增速高于5%？").split("【")[0]


def test_comparison_total_says_on_how_many_reports_it_stands():
    (claim,) = [c for c in claims_of("三个市去年一般公共预算收入合计多少？") if c.derived]
    # 58.4 + 102.7; 青屏市 is silent
    assert claim.text == "有数据的2个地方，2030年一般公共预算收入合计161.1亿元（计算得出）。"
    assert [(d.measure, d.value) for d in claim.derived] == [("合计", Decimal("161.1")), ("个数", Decimal(2))]


def test_comparison_ratio_in_the_order_asked():
    (claim,) = [c for c in claims_of("海棠市去年的一般公共预算收入是云岭市的几倍？") if c.derived]
    # 102.7 / 58.4 = 1.7585…
    assert claim.derived[0].value == Decimal("1.76")
    assert "海棠市（102.7亿元）是云岭市（58.4亿元）的1.76倍（计算得出）" in claim.text


def test_comparison_second_place_and_whole_order():
    said = direct_of("去年规模以上工业增加值增速第二高的是哪个市？")
    assert said.startswith("2030年规模以上工业增加值增速由高到低，所问的是青屏市（增长7.2%）【1】。")


def test_comparison_highest_and_lowest_are_both_named():
    said = direct_of("去年规模以上工业增加值增速最高和最低的市是哪个？")
    assert said.startswith("2030年规模以上工业增加值增速最高的是云岭市（增长9.7%）【1】。")
    assert "增速最低的是海棠市（下降1.3%）【2】。" in said


def test_comparison_rates_have_no_sum():
    assert direct_of("三个市去年GDP增速合计是多少？") == "比率和人均数不能相加。"


def test_comparison_amounts_come_first_where_the_most_is_asked_for():
    assert direct_of("哪个市去年GDP最高？").startswith("2030年地区生产总值最高的是海棠市")
    assert direct_of("哪个市去年GDP增速最高？").startswith("2030年地区生产总值增速最高的是云岭市")


def test_comparison_bare_ordinal_after_the_measure():
    assert "所问的是青屏市（增长7.2%）" in direct_of("去年规模以上工业增加值增速第二的市是哪个？")


def test_bound_met_by_what_a_report_says_to_have_passed():
    plain, passed, near = (
        Figure(
            "2031-甲市",
            1,
            "出口总额",
            "出口总额",
            "总量",
            Decimal(1),
            "万亿元",
            how,
            "",
            "2030",
            "actual",
            0,
            1,
            0,
            1,
        )
        for how in ("", "突破", "近")
    )
    above, at_most = (Condition(bound, Decimal(10**12), "money", 0, 0) for bound in ("above", "at_most"))
    assert meets(passed, above)
    assert not meets(passed, at_most)
    assert not meets(near, above)
    assert not meets(plain, above)


REVIEW = "一、2030年工作回顾\n\n{0}\n\n二、2031年工作安排\n\n今年的主要预期目标是：{1}\n"
TOLD = {
    "石湾市": (
        "饮用水水源地水质达标率100%。地表水环境质量排名全国第31位。",
        "财政收入与上年持平，城镇调查失业率5.5%以内。",
    ),
    "竹陵市": (
        "饮用水水源地水质达标率97.5%。地表水环境质量排名全国第8位。",
        "财政收入增长4%，城镇调查失业率5.5%左右。",
    ),
    "枫桥市": (
        "饮用水水源地水质达标率100%。地表水环境质量排名全国第19位。",
        "财政收入与上年基本持平，城镇调查失业率5%以内。",
    ),
}


@pytest.fixture(scope="module")
def towns():
    texts = {f"2031_{place}": HEAD.format(place=place) + REVIEW.format(*told) for place, told in TOLD.items()}
    return shelf_of_texts(texts)


@pytest.mark.parametrize(
    ("question", "meet", "rest"),
    [
        ("哪些市今年财政收入目标只求持平", ["石湾市", "枫桥市"], ["竹陵市"]),
        ("饮用水水源达标率，哪几个市说是100%", ["石湾市", "枫桥市"], ["竹陵市"]),
        ("哪个市的城镇调查失业率目标写的是“5.5%以内”", ["石湾市"], ["枫桥市", "竹陵市"]),
    ],
)
def test_comparison_by_a_value_names_the_others_with_theirs(towns, question, meet, rest):
    first = towns.ask(question).done.answer.splitlines()[0]
    of_it, _, others = first.partition("不符合的是")
    assert (sorted(re.findall("..市", of_it)), sorted(re.findall("..市", others))) == (
        sorted(meet),
        sorted(rest),
    )


def test_comparison_by_a_value_that_no_place_has(towns):
    assert towns.ask("哪些市的饮用水水源达标率是90%").done.answer.startswith("没有一个地方的")


@pytest.mark.parametrize(
    ("question", "places", "word"),
    [
        ("地表水环境质量全国排名谁最靠前", ["竹陵市", "枫桥市", "石湾市"], "最靠前的是"),
        ("地表水环境质量全国排名哪个市最靠后", ["石湾市", "枫桥市", "竹陵市"], "最靠后的是"),
    ],
)
def test_comparison_of_places_in_an_order_puts_the_small_number_first(towns, question, places, word):
    first = towns.ask(question).done.answer.splitlines()[0]
    assert word in first
    assert re.findall("..市", first) == places


def test_comparison_of_places_in_an_order_tells_by_how_many(towns):
    # 31 - 8
    answer = towns.ask("石湾市和竹陵市地表水环境质量全国排名差几位").done.answer
    assert "竹陵市（排名第8位）比石湾市（排名第31位）靠前23位" in answer


def test_lowered_cost_is_an_amount_and_no_growth():
    texts = {
        f"2031_{place}": f"{HEAD.format(place=place)}\n\n一、2030年工作回顾\n\n{said}\n\n二、2031年工作安排\n\n新建公园2个。\n"
        for place, said in (("甲江市", "降低企业融资成本9.5亿元。"), ("乙山市", "直接降低融资成本2.2亿元。"))
    }
    said = shelf_of_texts(texts).ask("降低融资成本最多的是哪个市，差多少").done
    assert "甲江市" in said.answer.splitlines()[0] and "7.3亿元" in said.answer  # 9.5 - 2.2
