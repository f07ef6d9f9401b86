"""Words of a question against rows: weights of character pairs, and which figure is wanted."""

from decimal import Decimal

import pytest
from shelf_reports import shelf

from qa.match import (
    LEAST_COVERAGE,
    UNKNOWN,
    FigureTable,
    Weights,
    covered,
    pairs_of,
    score,
    signed,
    whole_sentences,
)
from qa.measure_fit import fits_measure, fits_time
from qa.scope import resolve
from qa.text import split_sentences
from qa.types import Figure, Scope
from qa.wanted import Wanted, wanted, wanted_of

SHELF = shelf()
YUNLING = "2031-云岭市"


def asked_for(question: str) -> tuple[Wanted, ...]:
    return wanted(resolve(question, SHELF.catalogue))


def row(measure: str = "总量", unit: str = "亿元", **changes) -> Figure:
    fields = {"value": Decimal("5"), "period": "2030", "kind": "actual", **changes}
    return Figure(YUNLING, 1, "外贸", None, measure, fields["value"], unit, "", "", fields["period"],
                  fields["kind"], 0, 1, 0, 1)  # fmt: skip


def want(*, measure: str = "", families: tuple[str, ...] = (), pairs: tuple[str, ...] = ("茶园",)) -> Wanted:
    return Wanted(((frozenset(pairs), 1.0),), (), measure, families)


# ------------------------------------------------------------------ weights


def test_weights_rare_pair_weighs_more():
    weights = Weights.from_texts(["茶园", "茶园", "竹林"])
    # idf = ln((3+1)/(n+1)) / ln(3+1): 竹林 n=1 -> ln 2/ln 4 = 1/2; 茶园 n=2 -> ln(4/3)/ln 4
    assert weights.of("竹林") == pytest.approx(0.5)
    assert weights.of("茶园") == pytest.approx(0.2075187)


def test_weights_pair_in_every_text_is_almost_nothing():
    assert Weights.from_texts(["茶园", "茶园"]).of("茶园") == 0.01


def test_weights_counts_a_pair_once_a_text():
    assert Weights.from_texts(["茶园茶园", "竹林"]).of("茶园") == Weights.from_texts(["茶园", "竹林"]).of(
        "茶园"
    )


def test_weights_unknown_pair():
    assert Weights.from_texts(["茶园"]).of("航天") == UNKNOWN


def test_weights_of_nothing():
    assert Weights.from_texts([]).sum(["茶园", "竹林"]) == 2 * UNKNOWN


def test_covered_share_of_the_weight():
    weights = Weights({"茶园": 1.0, "竹林": 0.5})
    assert covered(frozenset(["茶园"]), want(pairs=("茶园", "竹林")), weights) == pytest.approx(1.0 / 1.5)


def test_covered_without_content_words():
    assert covered(frozenset(["茶园"]), Wanted((), (), "", ()), Weights({})) == 0.0


def test_pairs_of_folds_and_reads_aliases():
    assert pairs_of("茶園") == frozenset(["茶园"])
    assert pairs_of("ＧＤＰ") == pairs_of("地区生产总值")


# ------------------------------------------------------------------ what is wanted


@pytest.mark.parametrize(
    ("question", "measure", "families"),
    [
        ("云岭市去年GDP增长多少？", "growth", ()),
        ("云岭市去年GDP增速是多少？", "growth", ()),
        ("云岭市去年GDP是多少亿元？", "amount", ("money",)),
        ("云岭市去年GDP排名第几？", "rank", ()),
        ("云岭市去年GDP占全省的比重是多少？", "share", ()),
        ("云岭市去年GDP是多少？", "", ()),
        ("云岭市去年GDP比上年高几个百分点？", "", ("percent", "point")),
    ],
)
def test_wanted_measure_and_families(question, measure, families):
    (asked,) = asked_for(question)
    assert (asked.measure, asked.families) == (measure, families)
    assert asked.indicators == ("地区生产总值",)


def test_wanted_one_for_each_indicator():
    made = asked_for("云岭市去年一、二、三产业增加值增速分别是多少？")
    assert [asked.indicators for asked in made] == [
        ("第一产业增加值",),
        ("第二产业增加值",),
        ("第三产业增加值",),
    ]


def test_wanted_users_word_has_the_standard_reading_first():
    (asked,) = asked_for("云岭市去年社零增长多少？")
    assert asked.indicators == ("社会消费品零售总额",)
    assert "零售" in asked.readings[0][0]


def test_wanted_measure_word_is_not_content():
    (asked,) = asked_for("云岭市去年茶园面积增长多少？")
    assert asked.readings == ((frozenset({"茶园", "园面", "面积"}), 1.0),)


@pytest.mark.parametrize(
    ("question", "increment", "whole"),
    [
        ("云岭市去年新增高新技术企业多少家？", True, False),
        ("云岭市高新技术企业总数是多少家？", False, True),
        ("云岭市有多少家高新技术企业？", False, False),
    ],
)
def test_wanted_added_or_all(question, increment, whole):
    (asked,) = asked_for(question)
    assert (asked.increment, asked.whole) == (increment, whole)


def test_wanted_county_is_an_anchor():
    (asked,) = asked_for("云岭市阳朔县新建茶园多少万亩？")
    assert asked.anchors == ("阳朔",)


def test_wanted_without_content_words():
    (asked,) = wanted(Scope("云岭市"))
    assert asked.readings == ()


def test_wanted_of_later_ask_knows_the_topic():
    scope = resolve("云岭市去年茶园建设情况：面积多少？产量多少？", SHELF.catalogue)
    (asked,) = wanted_of(scope.asks[1], scope)
    assert "茶园" in asked.topic
    assert any("产量" in pairs for pairs, _ in asked.readings)


# ------------------------------------------------------------------ rows


@pytest.mark.parametrize(
    ("measure", "unit", "asked", "fits"),
    [
        ("增速", "%", want(measure="growth"), True),
        ("降幅", "%", want(measure="growth"), True),
        ("总量", "亿元", want(measure="growth"), False),
        ("总量", "亿元", want(measure="amount"), True),
        ("增速", "%", want(measure="amount"), False),
        ("排名", "位", want(measure="rank"), True),
        ("总量", "亿元", want(measure="rank"), False),
        ("占比", "%", want(measure="share"), True),
        ("增速", "%", want(measure="share"), False),
        ("总量", "万亿元", want(families=("money",)), True),
        ("总量", "家", want(families=("money",)), False),
        ("排名", "位", want(), False),
        ("总量", "家", want(), True),
    ],
)
def test_fits_measure(measure, unit, asked, fits):
    assert fits_measure(row(measure, unit), asked) is fits


@pytest.mark.parametrize(
    ("figure", "scope", "fits"),
    [
        (row(), Scope("", years=(2030,), kind="actual"), True),
        (row(), Scope("", years=(2031,), kind="target"), False),
        (row(), Scope("", years=(2029,)), False),
        (row(), Scope("", kind="target"), False),
        (row(kind="target", period="2031"), Scope("", years=(2031,), kind="target"), True),
        (row(period="2026—2030"), Scope("", years=(2030,)), True),
        (row(period="2026—2030"), Scope("", years=(2028,)), False),
        (row(period=""), Scope("", years=(2030,)), True),
        (row(), Scope(""), True),
    ],
)
def test_fits_time(figure, scope, fits):
    assert fits_time(figure, scope) is fits


def test_signed_in_base_units():
    assert signed(row(unit="亿元", value=Decimal("512.4"))) == Decimal("51240000000")
    assert signed(row(unit="万亿元", value=Decimal("0.12"))) == Decimal("120000000000")


def test_signed_orders_a_fall_below_a_rise():
    assert signed(row("降幅", "%", value=Decimal("-8.8"))) < signed(row("增速", "%", value=Decimal("0.1")))


def best(question: str) -> tuple[str, str, Decimal, str]:
    scope = resolve(question, SHELF.catalogue)
    (asked,) = wanted(scope)
    figure = SHELF.sources.table.matches(YUNLING, asked)[0].figure
    return figure.indicator, figure.measure, figure.value, figure.unit


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云岭市新增高新技术企业多少家？", ("新增高新技术企业", "增量", Decimal("42"), "家")),
        ("云岭市粮食产量是多少？", ("粮食总产量", "总量", Decimal("31.6"), "万吨")),
        ("云岭市阳朔县新建茶园多少万亩？", ("阳朔县新建茶园", "增量", Decimal("1.2"), "万亩")),
    ],
)
def test_table_best_row(question, expected):
    assert best(question) == expected


def test_table_scores_are_shares_best_first():
    (asked,) = asked_for("云岭市新建公办幼儿园多少所？")
    matches = SHELF.sources.table.matches(YUNLING, asked)
    assert [m.figure.value for m in matches[:2]] == [Decimal("14"), Decimal("9")]
    assert all(0 < m.score <= 1 and 0 < m.coverage <= 1 for m in matches)
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)


def test_table_anchor_must_stand_there():
    pairs = ((frozenset(["茶园"]), 1.0),)
    table = FigureTable(SHELF, Weights({}))
    assert [m.figure.value for m in table.matches(YUNLING, Wanted(pairs, (), "", (), ("阳朔",)))] == [
        Decimal("1.2")
    ]
    assert table.matches(YUNLING, Wanted(pairs, (), "", (), ("恭城",))) == []


def test_table_unknown_words_find_no_row():
    assert SHELF.sources.table.matches(YUNLING, want(pairs=("航空", "空航", "航天"))) == []


def test_table_leaves_out_no_row_that_covers_enough():
    absent = ("航空", "航天", "轮船")
    views = SHELF.sources.table._views(YUNLING)
    table = FigureTable(SHELF, Weights(dict.fromkeys((*absent, *(p for v in views for p in v.words)), 1.0)))
    beside = [sorted(view.clause - view.subject)[:2] for view in views]
    assert any(len(pairs) == 2 for pairs in beside)
    for pairs in beside:  # two of five words in the clause: 2 * 0.85 / 5 = 0.34
        asked = want(pairs=(*pairs, *absent))
        scored = [score(view, asked, table.weights) for view in views]
        enough = sorted(match.figure.start for match in scored if match.coverage >= LEAST_COVERAGE)
        assert sorted(match.figure.start for match in table.matches(YUNLING, asked)) == enough
        assert enough or len(pairs) < 2


def test_whole_sentences_join_what_semicolons_part():
    text = "做强茶叶；做优药材。做大文旅。"
    spans = whole_sentences(split_sentences(text), text)
    assert [text[start:end] for start, end in spans] == ["做强茶叶；做优药材。", "做大文旅。"]


def test_table_worth_of_a_reading_scales_its_coverage():
    pairs = frozenset(["茶园"])
    table = FigureTable(SHELF, Weights({}))
    whole, half = (
        table.matches(YUNLING, Wanted(((pairs, worth),), (), "", ()))[0].coverage for worth in (1.0, 0.5)
    )
    assert (whole, half) == (1.0, 0.5)


def test_weights_sum_is_the_same_in_any_order():
    # 0.1 + 0.2 + 0.3 = 0.6000000000000001 from the left and 0.6 from the right
    weights = Weights({"甲乙": 0.1, "乙丙": 0.2, "丙丁": 0.3})
    pairs = ["甲乙", "乙丙", "丙丁"]
    assert weights.sum(pairs) == weights.sum(pairs[::-1])
