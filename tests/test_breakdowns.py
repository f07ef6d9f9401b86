"""Parts of an indicator after an axis of division, a first branch or 其中: their names and measures."""

from decimal import Decimal

import pytest

from qa.breakdowns import Whole, branches_of, name_branches, part_of
from qa.clauses import clauses
from qa.row import Row
from qa.rows import clause_rows
from qa.subjects import Subject
from qa.text import split_sentences


def _names(text: str) -> list[str]:
    """The indicators of a text as named with their whole, in order."""
    whole, made = Whole(), []
    subject = Subject("", 0)
    for start, end in split_sentences(text):
        rows: list[Row] = []
        for low, high in clauses(text, start, end):
            more, subject = clause_rows(text, low, high, subject)
            rows += more
        named, whole = name_branches(text, (start, end), rows, whole)
        made += [row.indicator for row in named]
        subject = Subject("", end)
    return made


def test_branches_after_an_axis_are_parts_of_the_indicator_before() -> None:
    assert _names("规模以上工业增加值增长4.1%。分门类看，采矿业下降6.8%，制造业增长5.6%。") == [
        "规模以上工业增加值",
        "规模以上工业增加值中采矿业",
        "规模以上工业增加值中制造业",
    ]


def test_first_branch_of_a_kind_lends_its_measure_to_the_next() -> None:
    assert _names(
        "全社会用电量92亿千瓦时。其中，第一产业用电量1亿千瓦时；第二产业60亿千瓦时，增长6.5%。"
    ) == [
        "全社会用电量",
        "第一产业用电量",
        "第二产业用电量",
        "第二产业用电量",
    ]


def test_measure_is_not_lent_to_another_kind_or_another_unit() -> None:
    assert _names("高技术企业增加值增长9%，乡村增长3%，外资企业52家。")[1:] == ["乡村", "外资企业"]


def test_list_goes_on_in_the_sentence_that_begins_with_qizhong() -> None:
    said = "规模以上工业增加值增长7.5%。分行业看，有8个大类保持增长。其中，纺织业增长9.1%。"
    assert _names(said)[-1] == "规模以上工业增加值中纺织业"


def test_list_ends_with_its_sentence() -> None:
    assert _names("规模以上工业增加值增长4.1%。分行业看，纺织业增长2.8%。旅游业增长9%。")[-1] == "旅游业"


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("分三大门类看", "固定资产投资"),
        ("按经营单位所在地分", "固定资产投资"),
        ("从企业类型看", "固定资产投资"),
        ("在固定资产投资中", "固定资产投资"),
        ("限额以上单位商品零售额中", "限额以上单位商品零售额"),
        ("从总体看", None),
        ("在推进项目建设中", None),
        ("新增公路1794公里", None),
        ("分类施策", None),
    ],
)
def test_axis_of_a_division(clause: str, expected: str | None) -> None:
    assert branches_of(clause, "固定资产投资") == expected


def test_part_that_is_a_standard_indicator_has_its_own_name() -> None:
    assert part_of("地区生产总值", "第二产业") == "第二产业增加值"
    assert part_of("粮食产量", "稻谷") == "稻谷产量"
    assert part_of("居民消费价格", "居住") == "居民消费价格中居住"


def test_rows_keep_values_and_order() -> None:
    row = Row("采矿业", "降幅", Decimal("-6.8"), "%", "", 9, 13, 4, 14)
    named, _ = name_branches(
        "分门类看，采矿业下降6.8%", (0, 14), [row], Whole("规模以上工业增加值", frozenset({"percent"}))
    )
    assert [(one.indicator, one.value, one.start) for one in named] == [
        ("规模以上工业增加值中采矿业", Decimal("-6.8"), 9)
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "全省规模以上工业增加值增长5.6%，其中，制造业增长6%，纺织业增长9%。",
            "全省规模以上工业增加值中纺织业",
        ),
        (
            "规模以上工业增加值增长5.6%，其中制造业增长6%，纺织业增长9%。",
            "规模以上工业增加值中纺织业",
        ),
        ("规模以上工业增加值增长5.6%，其中制造业增长6%，旅游人次增长9%。", "旅游人次"),
        ("规模以上工业增加值增长5.6%，其中装备制造业增长9%。", "装备制造业增加值"),
        ("外贸进出口总额4亿元，其中对东盟进出口1亿元。", "对东盟进出口"),
        ("居民人均可支配收入3万元，其中城镇居民4万元、农村居民2万元。", "农村居民人均可支配收入"),
        ("实际使用外资12亿美元，其中制造业占比35%。", "实际使用外资中制造业占比"),
        ("一般公共预算收入12亿元，其中税收9亿元、占比72%。", "税收占比"),
        ("新登记经营主体120户，其中企业38户。", "新登记企业"),
    ],
)
def test_what_stands_behind_qizhong_is_a_part(text: str, last: str) -> None:
    assert _names(text)[-1] == last


def test_exports_and_imports_behind_a_partners_trade_are_the_partners() -> None:
    text = "全年进出口总额51亿元，其中出口30亿元。对东盟进出口12亿元。其中，出口8亿元，增长3%；进口4亿元。服务业投资2亿元。"
    assert _names(text)[:6] == [
        "进出口总额",
        "出口",
        "对东盟进出口",
        "对东盟出口",
        "对东盟出口",
        "对东盟进口",
    ]


def test_exports_beside_a_partner_that_is_a_part_are_the_places_own() -> None:
    assert _names("全年进出口总额51亿元，其中对东盟进出口12亿元；出口30亿元，进口21亿元。")[-2:] == [
        "出口",
        "进口",
    ]
