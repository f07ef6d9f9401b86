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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "全市一般公共预算收入完成61.2亿元，为年初预算的102.1%，增长4.4%。",
            [
                ("一般公共预算收入", "61.2"),
                ("一般公共预算收入完成年初预算", "102.1"),
                ("一般公共预算收入", "4.4"),
            ],
        ),
        (
            "政府性基金收入3.9亿元，完成调整预算数的62.4%，比上年减收2.1亿元，下降34.7%。",
            [
                ("政府性基金收入", "3.9"),
                ("政府性基金收入完成调整预算数", "62.4"),
                ("政府性基金收入", "-2.1"),
                ("政府性基金收入", "-34.7"),
            ],
        ),
        (
            "县本级支出完成预算的96.2%，增长3.4%。",
            [("县本级支出完成预算", "96.2"), ("县本级支出", "3.4")],
        ),
        ("农户户均增收3200元。", [("农户户均增收", "3200")]),
    ],
)
def test_share_of_a_budget_done_leaves_the_subject_to_what_follows(text, told) -> None:
    assert named(text) == told


def test_bare_share_is_of_what_was_told_before() -> None:
    told = rows_of("税收收入完成4.1亿元，占60.9%，下降2.1%。")
    assert told == [("税收收入", "总量", "4.1"), ("税收占比", "占比", "60.9"), ("税收收入", "降幅", "-2.1")]


def test_tax_is_no_part_of_the_income_told_before() -> None:
    assert named("非税收入2.7亿元。分税种看：增值税1.7亿元，契税0.3亿元。") == [
        ("非税收入", "2.7"),
        ("增值税", "1.7"),
        ("契税", "0.3"),
    ]


def test_parts_are_of_what_stands_right_before() -> None:
    told = named("科学技术支出2180万元。安排“三保”支出20.4亿元，其中保基本民生5.8亿元、保运转1.3亿元。")
    assert told[2:] == [("保基本民生支出", "5.8"), ("保运转支出", "1.3")]


def test_pupils_are_those_of_the_schools_told_before() -> None:
    assert named(
        "各级各类学校97所，在校学生4.7万人；普通高中3所，在校生6842人；小学42所，招生3605人，在校学生2.2万人。"
    ) == [
        ("各级各类学校", "97"),
        ("在校学生", "4.7"),
        ("普通高中", "3"),
        ("普通高中在校生", "6842"),
        ("小学", "42"),
        ("小学招生", "3605"),
        ("小学在校学生", "2.2"),
    ]


def test_what_a_fund_spent_and_kept_is_its_own() -> None:
    assert named("社会保险基金收入4.4亿元，支出3.8亿元，当年结余0.6亿元，年末滚存结余5.1亿元。") == [
        ("社会保险基金收入", "4.4"),
        ("社会保险基金支出", "3.8"),
        ("社会保险基金当年结余", "0.6"),
        ("社会保险基金滚存结余", "5.1"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "三次产业结构比为21.9:31.7:46.4，对经济增长的贡献率分别为15.6%、43.2%和41.2%。",
        "一、二、三产业对经济增长的贡献率分别为15.6%、43.2%和41.2%。",
    ],
)
def test_contributions_are_dealt_out_over_the_three_industries(text) -> None:
    told = [(name, value) for name, measure, value in rows_of(text) if measure == "比率"]
    assert told == [("第一产业贡献率", "15.6"), ("第二产业贡献率", "43.2"), ("第三产业贡献率", "41.2")]


def test_number_of_the_industries_is_no_part_of_the_last_one() -> None:
    assert named("竹木、光伏、装备制造三大主导产业产值分别达到15亿元、5亿元、4亿元。") == [
        ("竹木产业产值", "15"),
        ("光伏产业产值", "5"),
        ("装备制造产业产值", "4"),
    ]


def test_there_are_is_no_part_of_a_name() -> None:
    assert named("年末全县有规模以上工业企业86家，有文化馆2个。有效专利213件，有线电视用户3万户。") == [
        ("规模以上工业企业", "86"),
        ("文化馆", "2"),
        ("有效专利", "213"),
        ("有线电视用户", "3"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "女性人口18.7万人；0—17岁、18—59岁、60岁及以上人口分别为5.2万人、18.3万人和8.1万人，占比分别为16%、58%和26%。",
        "0—17岁人口5.2万人，占16%；18—59岁人口18.3万人，占58%；60岁及以上人口8.1万人，占26%。",
    ],
)
def test_people_of_ages_are_named_by_them(text) -> None:
    told = dict.fromkeys(named(text))
    for name, people, share in (
        ("0—17岁", "5.2", "16"),
        ("18—59岁", "18.3", "58"),
        ("60岁及以上", "8.1", "26"),
    ):
        assert (f"{name}人口", people) in told
        assert (f"{name}人口占比", share) in told


def test_beds_accidents_and_insurance_are_those_of_their_whole() -> None:
    told = "医疗机构床位2038张，其中医院1496张。发生道路交通事故120起，死亡31人。参加基本医疗保险35万人，参保率96.8%。"
    assert [named(one + "。")[1] for one in told.split("。")[:-1]] == [
        ("医院床位", "1496"),
        ("道路交通事故死亡", "31"),
        ("基本医疗保险参保率", "96.8"),
    ]


def test_sum_is_named_by_what_it_is_for() -> None:
    assert named("投入3亿元用于老旧小区改造，安排5600万元用于县第二中学改扩建。") == [
        ("投入用于老旧小区改造", "3"),
        ("安排用于县第二中学改扩建", "5600"),
    ]


def test_what_a_sum_is_used_for_is_part_of_its_name() -> None:
    bonds = "发行超长期特别国债1.5万亿元，其中8800亿元用于“两重”建设、3000亿元用于设备更新、3200亿元用于消费品以旧换新。"
    assert named(bonds) == [
        ("发行超长期特别国债", "1.5"),
        ("发行超长期特别国债用于“两重”建设", "8800"),
        ("发行超长期特别国债用于设备更新", "3000"),
        ("发行超长期特别国债用于消费品以旧换新", "3200"),
    ]


def test_the_days_of_a_holiday_count_no_visitors() -> None:
    assert named("泼水节期间5天接待游客118.6万人次，实现旅游花费13.2亿元。") == [
        ("泼水节期间接待游客", "118.6"),
        ("旅游花费", "13.2"),
    ]


def test_the_intensity_behind_what_was_spent_on_research() -> None:
    rows = rows_of("全社会研究与试验发展（R&D）经费投入812.6亿元、增长13.4%，投入强度由2.06%提高到2.21%。")
    assert rows == [
        ("研发经费投入", "总量", "812.6"),
        ("研发经费投入", "增速", "13.4"),
        ("研发经费投入强度", "比率", "2.06"),
        ("研发经费投入强度", "比率", "2.21"),
    ]


def test_deeds_that_stand_behind_their_thing_are_of_it() -> None:
    assert named("亿元以上项目签约215个、开工163个、竣工121个。") == [
        ("亿元以上项目签约", "215"),
        ("开工亿元以上项目", "163"),
        ("竣工亿元以上项目", "121"),
    ]
    lifts = "既有多层住宅加装电梯全年签约215台、开工163台、完工121台，累计完工284台。"
    assert named(lifts)[1:] == [
        ("开工既有多层住宅加装电梯", "163"),
        ("完工既有多层住宅加装电梯", "121"),
        ("累计完工既有多层住宅加装电梯", "284"),
    ]
    # 保障 begins the name of a thing there
    assert named("保障性住房开工1200套、基本建成800套。")[1] == ("基本建成保障性住房", "800")


def test_an_aim_and_what_is_striven_for_are_of_one_measure() -> None:
    assert rows_of("工业投资增长10%、力争12%。") == [
        ("工业投资", "增速", "10"),
        ("工业投资", "增速", "12"),
    ]


def test_sums_say_whether_they_are_paid_by_the_month_or_by_the_year() -> None:
    paid = in_review("农村低保标准由每人每年6120元提高到6840元。城乡低保标准分别提高到每人每月735元、585元。")
    assert [(str(row.value), row.per) for row in paid] == [
        ("6120", "年"),
        ("6840", "年"),
        ("735", "月"),
        ("585", "月"),
    ]
    assert [row.per for row in in_review("每年用水3亿立方米，财政收入12亿元。")] == ["", ""]
