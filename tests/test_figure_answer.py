"""Answers that are a figure: the row chosen, its sentence and quote, and what does not answer."""

from dataclasses import replace
from decimal import Decimal

import pytest
from shelf_reports import QINGPING as QINGPING_TEXT
from shelf_reports import shelf, shelf_of_texts

from qa.compare_cells import cells, difference, order
from qa.figure_answer import Found, claims, find
from qa.phrasing import sentence, value_of
from qa.scope import resolve
from qa.wanted import wanted

SHELF = shelf()
YUNLING, HAITANG, QINGPING = "2031-云岭市", "2031-海棠市", "2031-青屏市"


def found(question: str, report_id: str = YUNLING) -> Found:
    scope = resolve(question, SHELF.catalogue)
    return find(SHELF.sources.table, (report_id, report_id[5:]), scope, wanted(scope)[0])


def rows(question: str, report_id: str = YUNLING) -> list[tuple[str, str, str, str, str]]:
    return [(f"{r.value}", r.unit, r.comparator, r.period, r.kind) for r in found(question, report_id).rows]


# ------------------------------------------------------------------ one figure: the value and all it carries


@pytest.mark.parametrize(
    ("question", "value", "unit", "comparator", "kind", "quote"),
    [
        ("云岭市去年GDP增长多少？", "6.3", "%", "", "actual", "地区生产总值完成512.4亿元、增长6.3%"),
        ("云岭市2030年GDP是多少亿元？", "512.4", "亿元", "", "actual", "地区生产总值完成512.4亿元、增长6.3%"),
        ("云岭市今年GDP目标是多少？", "6.5", "%", "以上", "target", "地区生产总值增长6.5%以上"),
        ("云岭市今年一般公共预算收入目标是多少？", "5", "%", "左右", "target", "一般公共预算收入增长5%左右"),
        (
            "云岭市今年城镇新增就业目标是多少？",
            "2.8",
            "万人",
            "不少于",
            "target",
            "城镇新增就业不少于2.8万人",
        ),
        ("云岭市今年固定资产投资目标是多少？", "320", "亿元", "超过", "target", "固定资产投资超过320亿元"),
        ("云岭市去年固定资产投资增长多少？", "0", "%", "与上年持平", "actual", "固定资产投资与上年持平"),
        ("云岭市去年新增高新技术企业多少家？", "42", "家", "", "actual", "新增高新技术企业42家"),
        ("云岭市去年新建公办幼儿园多少所？", "14", "所", "", "actual", "新建公办幼儿园14所"),
        ("云岭市今年新建公办幼儿园多少所？", "9", "所", "", "target", "新建公办幼儿园9所"),
        ("云岭市去年粮食产量是多少？", "31.6", "万吨", "", "actual", "粮食总产量31.6万吨"),
        ("阳朔县新建茶园多少万亩？", "1.2", "万亩", "", "actual", "阳朔县新建茶园1.2万亩"),
    ],
)
def test_figure_value_unit_comparator_kind_and_quote(question, value, unit, comparator, kind, quote):
    done = SHELF.ask(question).done
    ((figure,), (citation,)) = (done.figures, done.citations)
    assert (figure.value, figure.unit, figure.comparator, figure.kind) == (value, unit, comparator, kind)
    assert (figure.place, figure.derived, figure.citation, figure.verdict) == (
        "云岭市",
        False,
        1,
        "supported",
    )
    assert figure.period == ("2030" if kind == "actual" else "2031")
    assert citation.quote == quote == SHELF.text(YUNLING)[citation.start : citation.end]
    assert (done.reason, citation.report_id) == (None, YUNLING)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("云岭市第一产业增加值增速是多少？", "4.9"),
        ("云岭市第二产业增加值增速是多少？", "8.3"),
        ("云岭市三产增加值增长多少？", "4.4"),
        ("云岭市城镇居民人均可支配收入增长多少？", "3.8"),
        ("云岭市农村居民人均可支配收入增长多少？", "7.3"),
    ],
)
def test_figure_of_a_dealt_out_list_is_its_own_member(question, value):
    assert rows(question) == [(value, "%", "", "2030", "actual")]


def test_figure_all_members_of_a_dealt_out_list_share_a_citation():
    done = SHELF.ask("云岭市去年一、二、三产业增加值增速分别是多少？").done
    assert [(f.indicator, f.value, f.citation) for f in done.figures] == [
        ("第一产业增加值", "4.9", 1),
        ("第二产业增加值", "8.3", 1),
        ("第三产业增加值", "4.4", 1),
    ]
    assert [c.quote for c in done.citations] == ["一、二、三产业增加值分别增长4.9%、8.3%、4.4%"]


def test_figure_measure_left_open_gives_amount_and_growth():
    assert rows("云岭市去年地区生产总值是多少？") == [
        ("512.4", "亿元", "", "2030", "actual"),
        ("6.3", "%", "", "2030", "actual"),
    ]


def test_figure_time_left_open_gives_result_and_target():
    assert [(kind, value) for value, _, _, _, kind in rows("云岭市地区生产总值增速是多少？")] == [
        ("actual", "6.3"),
        ("target", "6.5"),
    ]


def test_figure_report_itself_says_the_sentence():
    done = SHELF.ask("云岭市去年GDP增长多少？").done
    assert done.answer == "2030年，云岭市地区生产总值增长6.3%【1】。"


def test_figure_target_is_said_to_be_one():
    done = SHELF.ask("云岭市今年GDP目标是多少？").done
    assert done.answer == "云岭市2031年的目标是：地区生产总值增长6.5%以上【1】。"


# ------------------------------------------------------------------ what does not answer


@pytest.mark.parametrize(
    ("question", "value", "quote"),
    [
        ("云岭市去年社会消费品零售总额是多少亿元？", "5.1", "社会消费品零售总额增长5.1%"),
        ("云岭市二产增加值是多少亿元？", "8.3", "一、二、三产业增加值分别增长4.9%、8.3%、4.4%"),
    ],
)
def test_amount_asked_growth_stated_abstains_with_the_growth(question, value, quote):
    done = SHELF.ask(question).done
    assert done.reason == "not_stated"
    assert [(f.value, f.unit) for f in done.figures] == [(value, "%")]
    assert [c.quote for c in done.citations] == [quote]
    assert "资料中未提及" in done.answer
    assert f"{value}%【1】" in done.answer


def test_amount_asked_growth_stated_is_no_row():
    item = found("云岭市去年社会消费品零售总额是多少亿元？")
    assert item.rows == ()
    assert [(r.value, r.unit) for r in item.instead] == [(Decimal("5.1"), "%")]


def test_rank_asked_not_stated():
    item = found("云岭市去年GDP在全省排名第几？")
    assert item.rows == ()


def test_target_asked_only_result_stated():
    item = found("云岭市今年社会消费品零售总额增长目标是多少？")
    assert item.rows == ()
    assert [r.kind for r in item.instead] == ["actual"]


def test_other_indicator_is_never_the_answer():
    item = found("云岭市去年税收收入是多少？")
    assert (item.rows, item.instead) == ((), ())


def test_other_indicator_whose_name_holds_the_asked_one():
    text = QINGPING_TEXT.replace("地区生产总值完成286.9亿元、增长6.3%", "人均地区生产总值达到5.2万元")
    text = text.replace("地区生产总值增长6%，", "")
    alone = shelf_of_texts({"2031_青屏市": text})
    assert alone.ask("青屏市去年地区生产总值是多少？").done.figures == ()
    (figure,) = alone.ask("青屏市去年人均地区生产总值是多少？").done.figures
    assert (figure.indicator, figure.value, figure.unit) == ("人均地区生产总值", "5.2", "万元")


def test_other_thing_of_the_same_words_is_not_the_answer():
    assert found("云岭市去年新建民办幼儿园多少所？").rows == ()


def test_silent_report():
    item = found("云岭市去年外贸进出口总额增长多少？")
    assert item == Found(YUNLING, "云岭市")


def test_narrower_subject_is_named():
    done = SHELF.ask("云岭市空气质量优良天数比率是多少？").done
    assert "中心城区" in done.answer
    assert [f.place for f in done.figures] == ["云岭市中心城区"]


# ------------------------------------------------------------------ pieces


def test_claims_say_a_repeated_figure_once():
    item = found("云岭市去年GDP增长多少？")
    assert len(claims(replace(item, rows=item.rows * 2), SHELF)) == 1


def test_sentence_of_a_dealt_out_value_has_only_its_own():
    (figure,) = found("云岭市二产增加值增速是多少？").rows
    assert sentence(figure, "云岭市", SHELF) == "2030年，云岭市第二产业增加值增长8.3%"


def test_value_of_is_the_written_value():
    (figure,) = found("云岭市今年GDP目标是多少？").rows
    assert value_of(figure, SHELF.text(YUNLING)) == "6.5%以上"


def all_found(question: str) -> list[Found]:
    return [found(question, name) for name in (YUNLING, HAITANG, QINGPING)]


def test_cells_one_a_report_silent_is_empty():
    made = cells(all_found("各市去年一般公共预算收入是多少？"), SHELF)
    assert [(c.place, c.figure.value if c.figure else None) for c in made] == [
        ("云岭市", Decimal("58.4")),
        ("海棠市", Decimal("102.7")),
        ("青屏市", None),
    ]
    assert made[2].note == "未提及"


def test_cells_without_any_figure():
    assert cells(all_found("各市去年税收收入是多少？"), SHELF) == []


def test_order_falls_below_rises_and_units_made_equal():
    grown = [item.rows[0] for item in all_found("各市去年规模以上工业增加值增速是多少？")]
    assert [r.report_id for r in order(grown)] == [YUNLING, QINGPING, HAITANG]
    amounts = [item.rows[0] for item in all_found("各市去年地区生产总值是多少亿元？")]
    # 0.12万亿元 = 1200亿元
    assert [r.report_id for r in order(amounts)] == [HAITANG, YUNLING, QINGPING]
    assert [r.report_id for r in order(amounts, most=False)] == [QINGPING, YUNLING, HAITANG]


def test_order_tie_keeps_the_order_given():
    grown = [item.rows[0] for item in all_found("各市去年GDP增速是多少？")]
    assert [r.report_id for r in order(grown)] == [YUNLING, QINGPING, HAITANG]


def test_difference_of_percents_is_in_points():
    first, second = (found("去年GDP增速是多少？", name).rows[0] for name in (YUNLING, HAITANG))
    assert difference(first, second) == (Decimal("1.5"), "个百分点")


def test_difference_of_amounts_in_other_units():
    first, second = (found("去年GDP是多少亿元？", name).rows[0] for name in (YUNLING, HAITANG))
    # 512.4 - 1200
    assert difference(first, second) == (Decimal("-687.6"), "亿元")


# ------------------------------------------------------------------ tables, branches, values in words


BULLETIN = """云岭市2030年国民经济和社会发展统计公报
一、工业
规模以上工业增加值增长4.1%。分门类看，采矿业下降6.8%，制造业增长5.6%。
表1 主要工业产品产量
产品名称\t单位\t产量\t比上年增长（%）
水泥\t万吨\t412.7\t-7.8
医用口罩\t万只\t85\t12
全社会用电量92亿千瓦时。其中，第一产业用电量1亿千瓦时，第三产业16亿千瓦时，增长12%。
二、财政
一般公共预算收入58.2亿元，其中税收收入36.1亿元，税占比62.0%。
"""

AIMS = """政府工作报告
——2031年1月15日在海棠市第五届人民代表大会第六次会议上
一、2030年工作回顾
技改投资增长14.1%，工业投资增长8%。
二、2031年工作安排
力争技改投资保持两位数增长，到位资金实现翻番，工业投资增长9%。
"""


def _answer(question: str) -> tuple[str | None, str]:
    done = (
        shelf_of_texts({"云岭市2030年统计公报": BULLETIN, "海棠市2031年政府工作报告": AIMS})
        .ask(question)
        .done
    )
    return done.reason, done.answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "云岭市2030年水泥产量是多少？",
            "2030年，云岭市水泥产量为412.7万吨【1】，下降7.8%【1】【2】。",
        ),
        ("云岭市医用口罩产量增速是多少？", "2030年，云岭市医用口罩产量增长12%【1】【2】。"),
        ("云岭市规上工业里采矿业增速是多少？", "2030年，云岭市规模以上工业增加值中采矿业下降6.8%【1】。"),
        ("云岭市规上工业增加值增速是多少？", "2030年，云岭市规模以上工业增加值增长4.1%【1】。"),
        (
            "云岭市第三产业用电量是多少？",
            "2030年，云岭市第三产业用电量为16亿千瓦时【1】，增长12%【2】。",
        ),
        ("云岭市财政收入里税收占多少？", "2030年，云岭市税占比62.0%【1】。"),
        ("海棠市2031年技改投资目标是多少？", "海棠市2031年的目标是：力争技改投资保持两位数增长【1】。"),
        ("海棠市2031年到位资金目标？", "海棠市2031年的目标是：到位资金实现翻番【1】。"),
    ],
)
def test_figure_of_table_branch_share_or_words(question, answer):
    assert _answer(question) == (None, answer)


@pytest.mark.parametrize(
    "question",
    [
        "云岭市2030年玻璃产量是多少？",
        "云岭市非税收入占比是多少？",
        "云岭市民营经济税收占比是多少？",
        "海棠市2031年民间投资目标是多少？",
    ],
)
def test_figure_of_no_line_branch_or_share_is_not_the_neighbour(question):
    assert _answer(question)[0] == "not_stated"


def test_value_in_words_is_not_calculated_with():
    _, answer = _answer("海棠市2031年技改投资目标增速比2030年实际高多少？")
    assert "计算得出" not in answer
    assert "14.1%" in answer
    assert "两位数" in answer


TRADE = (
    "云岭市2030年国民经济和社会发展统计公报\n一、综合\n2030年，全市经济平稳运行。\n全年进出口总额51亿元，其中出口30亿元，进口21亿元。对越南进出口12亿元，其中出口8亿元，进口4亿元。"
    "\n一般公共预算收入60亿元，下降1.1%；扣除留抵退税因素后，增长3.7%。全年留抵退税2亿元。"
    "\n全年粮食产量12万吨。\n年末常住人口90万人。\n"
)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("云岭市2030年对越南出口多少", "8亿元"),
        ("云岭市2030年从越南进口多少", "4亿元"),
        ("云岭市2030年对越南进出口多少", "12亿元"),
        ("云岭市2030年出口多少", "30亿元"),
        ("云岭市2030年扣除留抵退税后财政收入增长多少", "3.7%"),
        ("云岭市2030年财政收入增长多少", "1.1%"),
    ],
)
def test_trade_is_of_its_partner_and_revenue_of_its_calibre(question, value) -> None:
    reason, answer = _trade_answer(question)
    assert reason is None and value in answer


def test_trade_with_a_partner_not_named_is_not_the_whole_trade() -> None:
    reason, answer = _trade_answer("云岭市2030年对智利出口多少")
    assert reason == "not_stated" and "30亿元" not in answer.split("最接近")[0]


def _trade_answer(question: str) -> tuple[str | None, str]:
    done = shelf_of_texts({"云岭市2030年统计公报": TRADE}).ask(question).done
    return done.reason, done.answer


def test_cells_of_measures_stated_as_often_take_the_row_that_fits_best():
    """The rows come best first; the order of a set, another in each run, must not choose among them."""
    row = found("云岭市去年新建公办幼儿园多少所？").rows[0]
    told = tuple(replace(row, unit=unit) for unit in ("所", "亩", "户", "公里", "吨", "人次"))
    (cell,) = cells([Found(YUNLING, "云岭市", rows=told)], SHELF)
    assert cell.figure == told[0]
