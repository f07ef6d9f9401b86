"""What a number is said of: 分别, subjects that go on, parts, other calibres."""

import pytest
from figure_rows import in_plan, in_review, lines_of, measures_of, report_of, values_of

from qa.figures import extract_figures

# ------------------------------------------------------------------ several subjects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、二、三产业增加值分别增长4.9%、8.3%、4.4%。",
            [
                ("第一产业增加值", "4.9", "%"),
                ("第二产业增加值", "8.3", "%"),
                ("第三产业增加值", "4.4", "%"),
            ],
        ),
        (
            "城镇、农村居民人均可支配收入分别增长3.8%、7.3%。",
            [("城镇居民人均可支配收入", "3.8", "%"), ("农村居民人均可支配收入", "7.3", "%")],
        ),
        (
            "茶叶、蔬菜产量分别达12万吨、45万吨。",
            [("茶叶产量", "12", "万吨"), ("蔬菜产量", "45", "万吨")],
        ),
        (
            "食品、木材加工和家居、医药产值分别增长19.7%、10.9%、36.7%。",
            [("食品产值", "19.7", "%"), ("木材加工和家居产值", "10.9", "%"), ("医药产值", "36.7", "%")],
        ),
        # the verb, the head of the name or the projects go on without 分别
        ("新建幼儿园14所、小学3所。", [("新建幼儿园", "14", "所"), ("新建小学", "3", "所")]),
        (
            "新增国家级基地4家；省级8家。面积增长5%。",
            [("新增国家级基地", "4", "家"), ("新增省级基地", "8", "家"), ("面积", "5", "%")],
        ),
        (  # a list of what was added goes on behind a comma, but not what there is
            "新增星火企业41家、“小巨人”企业1家，省级创新平台6个、孵化器3家，省级平台达20个。",
            [
                ("新增星火企业", "41", "家"),
                ("新增小巨人企业", "1", "家"),
                ("新增省级创新平台", "6", "个"),
                ("新增孵化器", "3", "家"),
                ("省级平台", "20", "个"),
            ],
        ),
        ("新认定国家级工厂2家，省级平台共9个。", [("新认定国家级工厂", "2", "家"), ("省级平台", "9", "个")]),
        ("新建88个项目，总投资320亿元。", [("新建项目", "88", "个"), ("新建项目总投资", "320", "亿元")]),
    ],
)
def test_extract_several_subjects_several_values(text, expected):
    assert values_of(in_review(text)) == expected


def test_extract_values_dealt_out_stand_in_their_own_spans():
    text = "一、二、三产业增加值分别增长4.9%、8.3%、4.4%。"
    assert [text[f.start : f.end] for f in in_review(text)] == ["4.9%", "8.3%", "4.4%"]


# ------------------------------------------------------------------ shared subjects


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "地区生产总值完成512.4亿元，增长6.3%。",
            [("地区生产总值", "总量", "512.4"), ("地区生产总值", "增速", "6.3")],
        ),
        (  # what stands in brackets is no part of the name
            "结算量3000亿元（增长154%）、占全区的80%。",
            [("结算量", "总量", "3000"), ("结算量", "增速", "154"), ("结算量占全区", "占比", "80")],
        ),
        ("全市完成GDP512.4亿元，增长6.3%。", [("GDP", "总量", "512.4"), ("GDP", "增速", "6.3")]),
        (
            "一般公共预算收入完成58.4亿元、增长4.1%。",
            [("一般公共预算收入", "总量", "58.4"), ("一般公共预算收入", "增速", "4.1")],
        ),
        (
            "空气质量优良天数比率96.4%，比上年提高1.2个百分点。",
            [("空气质量优良天数比率", "比率", "96.4"), ("空气质量优良天数比率", "变化", "1.2")],
        ),
        (
            "城镇居民人均可支配收入增长5.2%，快于全省0.4个百分点。",
            [("城镇居民人均可支配收入", "增速", "5.2"), ("城镇居民人均可支配收入", "快于全省", "0.4")],
        ),
        (
            "经营主体突破15万户，增长8%。",
            [("经营主体", "总量", "15"), ("经营主体", "增速", "8")],
        ),
        (
            "地区生产总值跨越500亿元，达560亿元（预计数，下同），增长4%。",
            [("地区生产总值", "总量", "500"), ("地区生产总值", "总量", "560"), ("地区生产总值", "增速", "4")],
        ),
        # reference points of one value
        (
            "旅游收入增长20.5%，增速分别高于全国、全省1.5、0.8个百分点。",
            [("旅游收入", "增速", "20.5"), ("旅游收入", "高于全国", "1.5"), ("旅游收入", "高于全省", "0.8")],
        ),
        # a clause that names its own
        (
            "地区生产总值增长6.3%，固定资产投资下降2.5%、社会消费品零售总额增长5%。",
            [
                ("地区生产总值", "增速", "6.3"),
                ("固定资产投资", "降幅", "-2.5"),
                ("社会消费品零售总额", "增速", "5"),
            ],
        ),
        # 其中 takes the subject over, from the level and not from its increase
        (
            "一般公共预算收入58.4亿元，其中税收收入30.2亿元，增长5%。",
            [("一般公共预算收入", "总量", "58.4"), ("税收收入", "总量", "30.2"), ("税收收入", "增速", "5")],
        ),
        (
            "年末常住人口300万人，比上年末减少2万人，其中城镇常住人口180万人。",
            [("常住人口", "总量", "300"), ("常住人口", "增量", "-2"), ("城镇常住人口", "总量", "180")],
        ),
    ],
)
def test_extract_subject_goes_on_across_clauses(text, expected):
    assert measures_of(in_review(text)) == expected


def test_extract_subject_does_not_pass_the_full_stop():
    rows = in_review("粮食产量35万吨。增长5%。")
    assert values_of(rows)[0] == ("粮食产量", "35", "万吨")
    assert [f.value for f in rows[1:] if f.indicator == "粮食产量"] == []


def test_extract_short_members_take_the_indicator_before_them():
    rows = in_review("全体居民人均可支配收入4万元，城镇、农村居民分别达到5万元、2万元，分别增长8%、10%。")
    assert [(f.canonical, f.measure, str(f.value)) for f in rows[1:]] == [
        ("城镇居民人均可支配收入", "总量", "5"),
        ("农村居民人均可支配收入", "总量", "2"),
        ("城镇居民人均可支配收入", "增速", "8"),
        ("农村居民人均可支配收入", "增速", "10"),
    ]


def test_extract_value_reached_belongs_to_the_subject():
    rows = in_review("地区生产总值由2026年的612亿元增加到1126亿元。")
    assert [(f.canonical, str(f.value), f.period) for f in rows] == [
        ("地区生产总值", "612", "2026"),
        ("地区生产总值", "1126", "2030"),
    ]


def test_extract_other_calibre_is_not_the_indicator():
    rows = in_review("固定资产投资增长5%，剔除房地产因素后增长12%。")
    assert [(f.canonical, str(f.value)) for f in rows] == [("固定资产投资", "5"), (None, "12")]


def test_extract_counted_things_are_not_the_indicator_they_have():
    rows = in_review("286个村集体经济收入超50万元。")
    assert (rows[0].canonical, rows[0].unit) == (None, "个")


def test_extract_axis_of_a_division_is_no_calibre():
    said = "居民人均可支配收入3万元。按常住地分，城镇居民人均可支配收入4万元，增长5%。"
    assert [(f.indicator, f.canonical) for f in in_review(said)][1:] == [("城镇居民人均可支配收入",) * 2] * 2


def test_extract_branches_go_on_in_the_next_paragraph_of_a_section():
    report = report_of(("review", "规模以上工业增加值增长4%。"), ("review", "分门类看，采矿业下降6%。"))
    assert measures_of(extract_figures(report))[1] == ("规模以上工业增加值中采矿业", "降幅", "-6")


# ------------------------------------------------------------------ steps, tolls, ranks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # how far something came is no part of its name; of several steps the last was reached
        (
            "外贸总额先后跨越200亿元、300亿元两个大台阶，年均增长8%，总额居全省第2位。",
            [
                ("外贸总额", "总量", "300", "亿元", "迈上"),
                ("外贸总额", "增速", "8", "%", ""),
                ("外贸总额", "排名", "2", "位", ""),
            ],
        ),
        (
            "旅游收入连续迈上3个百亿元台阶、达412亿元、年均增长9.1%。",
            [("旅游收入", "总量", "412", "亿元", ""), ("旅游收入", "增速", "9.1", "%", "")],
        ),
        (
            "地区生产总值、财政收入分别迈上3000亿元、200亿元台阶。",
            [("地区生产总值", "总量", "3000", "亿元", "迈上"), ("财政收入", "总量", "200", "亿元", "迈上")],
        ),
        # 分别超过 says 超过 of both
        (
            "农村和城镇居民收入分别突破2万元、5万元。",
            [("农村居民收入", "总量", "2", "万元", "突破"), ("城镇居民收入", "总量", "5", "万元", "突破")],
        ),
        # what accidents and crimes cost is of the accidents told before
        (
            "道路交通事故起数和死亡人数分别下降3%、8%，火灾起数下降12%、死亡人数下降20%。",
            [
                ("道路交通事故起数", "降幅", "-3", "%", ""),
                ("道路交通事故死亡人数", "降幅", "-8", "%", ""),
                ("火灾起数", "降幅", "-12", "%", ""),
                ("火灾死亡人数", "降幅", "-20", "%", ""),
            ],
        ),
        (
            "技术交易额达21亿元、金额居全省第4位。",
            [("技术交易额", "总量", "21", "亿元", ""), ("技术交易额", "排名", "4", "位", "")],
        ),
        ("公路密度由全省第9位进至第6位。", [("公路密度", "排名", "6", "位", "")]),
        ("城市PM2.5年平均浓度28微克/立方米。", [("城市PM2.5年平均浓度", "总量", "28", "微克/立方米", "")]),
        ("茶叶产量始终稳定在5万吨以上。", [("茶叶产量", "总量", "5", "万吨", "以上")]),
        ("城乡居民收入比缩小到2.05。", [("城乡居民收入比", "总量", "2.05", "", "")]),
        # a bracket that is closed and a word that begins with 和 are parts of a name
        (
            "建成近零碳园区12个、绿色（智能）工厂30家。",
            [("建成近零碳园区", "总量", "12", "个", ""), ("建成绿色（智能）工厂", "总量", "30", "家", "")],
        ),
        ("和美乡村覆盖率达73%。", [("和美乡村覆盖率", "比率", "73", "%", "")]),
        # two deeds before the first of several things are done to all of them
        (
            "开工改造老旧小区96个、城中村6万户。",
            [("开工改造老旧小区", "总量", "96", "个", ""), ("开工改造城中村", "总量", "6", "万户", "")],
        ),
        # a bare number of a name is no figure; one that is reached is
        ("加快数字政府2.0建设，港口排名“保5争3”，发展指数达到82.0。", [("发展指数", "总量", "82.0", "", "")]),
    ],
)
def test_extract_names_of_steps_tolls_ranks_and_versions(text, expected):
    assert lines_of(in_review(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("经济增长5.2%，民营经济增长6%。", ["地区生产总值", None]),
        ("道路交通事故起数、死亡人数分别下降3%、8%。", [None, None]),
        ("生产安全事故起数、死亡人数分别下降3%、8%。", ["生产安全事故起数", "生产安全事故死亡人数"]),
    ],
)
def test_extract_standard_names_of_the_economy_and_of_accidents(text, expected):
    assert [f.canonical for f in in_review(text)] == expected


# ------------------------------------------------------------------ what the first member of a list says of all


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "每千人泳道、养老床位数分别达到4.7条、27.3张。",
            [("每千人泳道", "4.7", "条"), ("每千人养老床位数", "27.3", "张")],
        ),
        (
            "人均住房面积、绿地面积分别达到42平方米、14平方米。",
            [("人均住房面积", "42", "平方米"), ("人均绿地面积", "14", "平方米")],
        ),
        (  # each says its own
            "人均产值、户均存款分别达到9万元、12万元。",
            [("人均产值", "9", "万元"), ("户均存款", "12", "万元")],
        ),
        ("每10万人刑事案件数下降36.9%。", [("每10万人刑事案件数", "-36.9", "%")]),
        (
            "实际使用内外资分别增长9%、6.4%。",
            [("实际使用内资", "9", "%"), ("实际使用外资", "6.4", "%")],
        ),
        (
            "工业、制造业、工业技改投资分别增长9.4%、13.3%、6.1%。",
            [("工业投资", "9.4", "%"), ("制造业投资", "13.3", "%"), ("工业技改投资", "6.1", "%")],
        ),
        (  # amounts of two kinds go to the list before them, but not where each has its own noun
            "客运量、货运量完成1.2亿人次、3.5亿吨。",
            [("客运量", "1.2", "亿人次"), ("货运量", "3.5", "亿吨")],
        ),
        ("新增企业5家、3个平台。", [("新增企业", "5", "家"), ("新增平台", "3", "个")]),
    ],
)
def test_subjects_dealt_over_a_list(text, expected):
    assert values_of(in_review(text)) == expected


def test_values_that_no_subjects_match_are_left_together():
    (row,) = in_review("大型水库分别蓄水1.2亿立方米、3.4亿立方米。")
    assert row.comparator == "分列"


@pytest.mark.parametrize(
    ("text", "comparators"),
    [
        ("自来水、卫生户厕普及率超过98%、85%。", ["超过", "超过"]),
        ("煤炭、钢材产量近80万吨、50万吨。", ["近", ""]),
    ],
)
def test_comparator_before_a_list_of_values(text, comparators):
    assert [row.comparator for row in in_review(text)] == comparators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国有企业营收和利润分别居全国第5、第6位。", [("国有企业营收", "5"), ("国有企业利润", "6")]),
        (
            "固定资产投资612亿元，总量、增速分别居全省第六位、第二位。",
            [("固定资产投资", "6"), ("固定资产投资增速", "2")],
        ),
        (
            "茶叶产值90亿元，总量居全省第五、增速居全省第三。",
            [("茶叶产值", "5"), ("茶叶产值增速", "3")],
        ),
        ("茶叶产值90亿元，总量和增速均居全省第一。", [("茶叶产值", "1")]),
    ],
)
def test_places_in_an_order_are_of_the_amount_or_of_its_growth(text, expected):
    rows = [row for row in in_review(text) if row.measure == "排名"]
    assert [(row.indicator, str(row.value)) for row in rows] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # how a thing came along is no part of its name
            "全市进出口总值再创历史新高，达到539亿元、增长18.5%。粮食总产量稳步增长，达到52万吨。",
            [("进出口总值", "539", "亿元"), ("进出口总值", "18.5", "%"), ("粮食总产量", "52", "万吨")],
        ),
        (  # a bare measure in an enumeration is of the thing before it, but not of a statistic
            "蜜柚综合产值增长8.5%、出口增长53.6%。外贸进出口总额增长7.5%、出口增长3.6%。",
            [
                ("蜜柚综合产值", "8.5", "%"),
                ("蜜柚出口", "53.6", "%"),
                ("外贸进出口总额", "7.5", "%"),
                ("出口", "3.6", "%"),
            ],
        ),
        (
            "城乡居民人均收入年均增长5.3%、7.7%，收入比缩小至2.54。",
            [
                ("城镇居民人均收入", "5.3", "%"),
                ("农村居民人均收入", "7.7", "%"),
                ("城乡居民收入比", "2.54", ""),
            ],
        ),
    ],
)
def test_what_goes_on_behind_another_thing(text, expected):
    assert values_of(in_review(text)) == expected


# ------------------------------------------------------------------ names without what only says how it went


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("粮食播种面积54.2万亩、总产21.6万吨。", ["粮食播种面积", "粮食产量"]),
        ("生猪出栏48.6万头，存栏27.3万头。", ["生猪出栏", "生猪存栏"]),
        ("进出口总值创历史新高，达到537亿元、增长18.5%。", ["外贸进出口总额"] * 2),
        ("一般公共预算收入再上新台阶，完成128亿元。", ["一般公共预算收入"]),
        ("工业投资实现较快增长，完成86亿元。", ["工业投资"]),
        ("城镇新增就业5.1万人、调查失业率5.2%。", ["城镇新增就业", "城镇调查失业率"]),
        ("全年为企业和个人减税降费13亿元。", ["减税降费"]),
    ],
)
def test_standard_name_of_a_value_told_after_its_subject(text, expected):
    assert [row.canonical for row in in_review(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规上工业增加值要达到800亿元。", [("规模以上工业增加值", "2031")]),
        ("力争“十九五”时期地区生产总值年均增长5%左右。", [("地区生产总值", "2046—2050")]),
        ("到“十八五”末粮食产量稳定在80万吨。", [("粮食产量", "2045")]),
        ("未来五年研发经费投入年均增长8%以上。", [("研发经费投入", "2031—2035")]),
        # a growth of several statistics is that of each, an amount is theirs together
        ("工业投资、民间投资增长6%左右。", [("工业投资", "2031"), ("民间投资", "2031")]),
        ("交通投资、水利投资达到90亿元。", [(None, "2031")]),
    ],
)
def test_standard_name_and_time_of_an_aim(text, expected):
    assert [(row.canonical, row.period) for row in in_plan(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("旅游收入56亿元，是上年的1.6倍。", ("旅游收入（相当于上年）", "1.6", "倍")),
        ("新增企业42家，是前三年总和的1.5倍。", ("新增企业（相当于前三年总和）", "1.5", "倍")),
        ("新增天然气产量10亿方以上。", ("新增天然气产量", "10", "亿方")),
    ],
)
def test_what_a_number_is_held_against_and_its_unit(text, expected):
    assert values_of(in_review(text))[-1] == expected


def test_county_whose_name_has_one_character_is_spoken_of_through_its_sentence() -> None:
    figures = in_review(
        "祁县生产总值完成18亿元，增长10%，人均GDP达到6191元；应县生产总值21亿元，人均GDP达到7300元。"
    )
    told = [(f.subject, f.indicator, str(f.value)) for f in figures if f.canonical == "人均地区生产总值"]
    assert told == [("祁县", "人均GDP", "6191"), ("应县", "人均GDP", "7300")]


def test_growth_of_a_counted_part_is_of_that_part() -> None:
    figures = in_review(
        "居民消费价格上涨2.1%。年末单位就业人员10万人，增长3%。其中：在岗职工9万人，同比增长2%。"
    )
    assert measures_of(figures)[-2:] == [("在岗职工", "总量", "9"), ("在岗职工", "增速", "2")]


def _dated(text: str) -> list[tuple[str, str, str, str]]:
    return [(f.indicator, f.measure, str(f.value), f.period) for f in in_review(text)]


def test_amount_that_a_growth_is_held_against_is_of_the_year_before() -> None:
    assert _dated(
        "税收收入完成8.2亿元，比上年7.9亿元增加0.3亿元，增长3.8%。旅游收入较上年同期的50亿元增长12%。销售额较2026年的30亿元增长43%。"
    ) == [
        ("税收收入", "总量", "8.2", "2030"),
        ("税收收入", "总量", "7.9", "2029"),
        ("税收收入", "增量", "0.3", "2030"),
        ("税收收入", "增速", "3.8", "2030"),
        ("旅游收入", "总量", "50", "2029"),
        ("旅游收入", "增速", "12", "2030"),
        ("销售额", "总量", "30", "2026"),
        ("销售额", "增速", "43", "2027—2030"),
    ]
    assert _dated("粮食产量12万吨，比上年增产1万吨。")[-1] == ("粮食产量", "增量", "1", "2030")


def test_share_of_a_budget_whose_amount_stands_between_is_of_what_was_done() -> None:
    assert measures_of(
        in_review("公共安全支出1.2亿元，完成调整预算1.3亿元的92.3%，较上年1.1亿元增长9%。")
    ) == [
        ("公共安全支出", "总量", "1.2"),
        ("公共安全支出完成调整预算", "占比", "92.3"),
        ("公共安全支出", "总量", "1.1"),
        ("公共安全支出", "增速", "9"),
    ]
