"""Two values of each place: what is computed, with which citations, and what is not."""

import pytest
from shelf_reports import shelf_of_texts

HEAD = """政府工作报告
——{year}年1月15日在{place}第五届人民代表大会第{n}次会议上

各位代表：

现在，我代表市人民政府向大会报告政府工作，请予审议。

"""

TEXTS = {
    "2031_石湾市": HEAD.format(year=2031, place="石湾市", n="六")
    + """一、2030年工作回顾

2030年，地区生产总值增长5.2%，第二产业增加值增长7.9%，第三产业增加值增长4.6%。城镇居民人均可支配收入41200元，农村居民人均可支配收入20600元。粮食总产量36.5万吨。接待游客480万人次，增长12.5%。

新增学位6200个，改造老旧小区41个。办理人大代表建议81件、政协提案143件。出口总额12.4亿元，进口总额8.9亿元。

二、2031年工作安排

今年的主要预期目标是：地区生产总值增长6%左右。新增学位0.75万个，改造老旧小区1800户。新建高标准农田2.4万亩、改造提升1.5万亩。
""",
    "2030_石湾市": HEAD.format(year=2030, place="石湾市", n="五")
    + """一、2029年工作回顾

2029年，地区生产总值增长4.9%。粮食总产量35.8万吨。接待游客426.5万人次。

二、2030年工作安排

今年的主要预期目标是：地区生产总值增长5.5%。力争接待游客470万人次。
""",
    "2031_竹陵市": HEAD.format(year=2031, place="竹陵市", n="三")
    + """一、2030年工作回顾

2030年，地区生产总值增长6.4%，第二产业增加值增长3.1%，第三产业增加值增长5.5%。新增学位5000个。办理人大代表建议95件、政协提案88件。

二、2031年工作安排

今年的主要预期目标是：地区生产总值增长6%。新增学位4000个以上。
""",
}


@pytest.fixture(scope="module")
def answer():
    shelf = shelf_of_texts(TEXTS)

    def ask(question: str, *before: str) -> str:
        return shelf.ask(question, *before).done.answer

    ask.done = lambda question: shelf.ask(question).done
    return ask


def test_pair_aim_against_result(answer):
    """6 - 5.2 = 0.8; 左右 is said."""
    assert answer("石湾市今年GDP增速目标比去年实际高多少个百分点") == (
        "石湾市地区生产总值增速：2031年目标（增长6%左右）比2030年（增长5.2%）高0.8个百分点"
        "（计算得出，其中有约数）【1】【2】。"
    )


def test_pair_each_place_by_itself(answer):
    said = answer("石湾和竹陵今年GDP增速目标分别比去年实际高多少")
    assert "（增长6%左右）比2030年（增长5.2%）高0.8个百分点" in said
    assert "（增长6%）比2030年（增长6.4%）低0.4个百分点" in said  # 6 - 6.4 = -0.4


def test_pair_two_reports_of_one_place(answer):
    """480 - 426.5 = 53.5; the aim of 470 is no result."""
    said = answer("石湾市2030年比2029年多接待多少游客")
    assert "2030年（480万人次）比2029年（426.5万人次）多53.5万人次（计算得出）" in said
    assert "470" not in said


def test_pair_result_against_the_aim_of_the_same_year(answer):
    assert "2030年（480万人次）比2030年目标（470万人次）多10万人次" in answer(
        "石湾市接待游客2030年实际比2030年目标多多少"
    )


def test_pair_units_are_made_equal(answer):
    """0.75万 - 6200 = 0.13万."""
    assert "多0.13万个" in answer("石湾市今年新增学位比去年多多少")


def test_pair_places_picked(answer):
    """0.75万 > 6200, but 4000 < 5000."""
    said = answer("哪些市今年打算新增的学位超过了去年实际新增的？")
    assert said.startswith("符合条件的有1个：石湾市【1】【2】。")
    assert "竹陵市新增学位：2031年目标（4000个以上）比2030年（5000个）少1000个" in said


def test_pair_places_picked_by_a_margin(answer):
    """石湾 gains 0.8 points, 竹陵 loses 0.4."""
    assert answer("今年GDP目标比去年实际高0.5个百分点以上的市有哪些").startswith("符合条件的有1个：石湾市")
    assert answer("今年GDP目标比去年实际高1个百分点以上的市有哪些").startswith("没有一个地方符合条件。")


def test_pair_two_things_of_one_place(answer):
    """41200 - 20600 = 20600; 41200 / 20600 = 2; 7.9 - 4.6 = 3.3; 12.4 - 8.9 = 3.5."""
    assert "高20600元（计算得出）" in answer("石湾市去年城镇居民收入比农村高多少")
    assert "的2倍（计算得出）" in answer("石湾市去年城乡居民收入比是多少")
    assert "高3.3个百分点" in answer("石湾去年二产增速比三产高几个百分点")
    assert "出口总额（12.4亿元）比进口总额（8.9亿元）多3.5亿元" in answer(
        "石湾市去年进口和出口哪个多，差多少"
    )


def test_pair_sum_of_two_things_then_places(answer):
    """81 + 143 = 224, 95 + 88 = 183, 224 - 183 = 41."""
    said = answer("人大建议加政协提案，石湾总数比竹陵多还是少？")
    assert said.startswith("石湾市合计224件，比竹陵市（合计183件）多41件（计算得出）【1】【2】【3】【4】。")


def test_pair_sum_of_two_deeds(answer):
    """2.4 + 1.5 = 3.9."""
    assert "合计3.9万亩（计算得出）" in answer("石湾今年新建和改造提升高标准农田一共多少万亩")


def test_pair_order_of_differences(answer):
    """石湾 7.9 - 4.6 = 3.3, 竹陵 3.1 - 5.5 = -2.4: a 差距 has no sign."""
    said = answer("哪个市二产增速和三产增速差距最大")
    assert said.startswith("差由大到小：石湾市（高3.3个百分点）、竹陵市（低2.4个百分点）（计算得出）")


def test_pair_other_unit_is_not_computed(answer):
    said = answer("石湾市今年老旧小区改造任务比去年多多少")
    assert "2031年目标改造老旧小区1800户" in said and "2030年改造老旧小区41个" in said
    assert "口径或单位不同，不能直接计算" in said and "计算得出" not in said


def test_pair_rates_have_no_sum(answer):
    said = answer("石湾市去年二产增速加三产增速一共多少")
    assert "比率不能相加" in said and "12.5" not in said  # 7.9 + 4.6


def test_pair_absent_side_is_named(answer):
    said = answer("竹陵市2030年GDP增速比2029年高多少")
    assert said.startswith("竹陵市没有找到2029年“地区生产总值增速”的数，不能计算。")
    assert "增长6.4%" in said and "计算得出" not in said


def test_pair_growth_counted_from_a_year_is_the_stated_growth(answer):
    said = answer("石湾市2030年接待游客比2029年增长多少")
    assert "12.5%" in said and "计算得出" not in said


def test_pair_of_two_places_is_no_pair(answer):
    said = answer("石湾今年GDP目标比竹陵高多少")
    assert "相同" in said and "2030年" not in said.split("|")[0]


def test_pair_follow_up(answer):
    """36.5 - 35.8 = 0.7."""
    assert "多0.7万吨" in answer("和2029年比多了多少", "石湾市2030年粮食产量是多少")
    assert "合计224件" in answer("加上政协提案一共多少件", "石湾市去年办理人大建议多少件")


def test_pair_operands_are_cited(answer):
    done = answer.done("石湾去年二产增速比三产高几个百分点")
    derived = next(figure for figure in done.figures if figure.derived)
    assert (derived.value, derived.unit, derived.measure) == ("3.3", "个百分点", "差")
    assert set(derived.operands) <= {citation.n for citation in done.citations}


def test_pair_of_several_things_gives_each_difference(answer):
    text = answer("石湾市新增学位、地区生产总值增速，今年的目标各比去年高多少")
    assert "比2030年（6200个）多0.13万个" in text
    assert "高0.8个百分点" in text


def test_pair_of_several_things_says_which_is_not_stated(answer):
    text = answer("石湾市新增学位、新增病床，今年的目标各比去年多多少")
    assert "多0.13万个" in text
    assert "“新增病床”：资料中未提及" in text or "“新增床位”：资料中未提及" in text


def test_numbered_list_with_a_difference_is_read_line_by_line(answer):
    assert "多0.13万个" in answer("石湾市新增学位\n1. 去年多少\n2. 今年目标多少\n3. 多了多少个")


def test_difference_in_the_middle_of_a_question_and_what_follows(answer):
    text = answer("石湾市去年新增学位多少、今年新增多少，多出多少个？粮食总产量去年多少？")
    assert "多0.13万个" in text
    assert "36.5万吨" in text


FIVE_YEARS = (
    HEAD.format(year=2031, place="竹陵市", n="三")
    + """一、2030年工作回顾

五年来，我们办成了这些大事：

——产业更强。茶企从120家增加到310家，研发投入强度从1.9%提高到2.6%左右，累计新增学位2350个，高速公路里程达到410公里。

2030年，茶叶产量3.2万吨，茶叶产量比2025年增加0.9万吨。

二、2031年工作安排

今年茶企达到330家。
"""
)


@pytest.fixture(scope="module")
def over_years():
    shelf = shelf_of_texts({"2031_竹陵市": FIVE_YEARS})
    return lambda question: shelf.ask(question).done.answer


@pytest.mark.parametrize(
    "question", ["竹陵茶企比2025年多了多少家", "竹陵茶企五年增加了多少家", "茶企现在多少家，比五年前多多少"]
)
def test_pair_of_what_was_left_and_what_was_reached(over_years, question):
    """310 - 120 = 190."""
    assert over_years(question) == "竹陵市茶企：2030年（310家）比2025年（120家）多190家（计算得出）【1】。"


def test_pair_of_rates_over_years_is_in_points(over_years):
    """2.6 - 1.9 = 0.7."""
    said = over_years("竹陵研发投入强度五年提高了几个百分点")
    assert "高0.7个百分点（计算得出，其中有约数）" in said


def test_pair_over_years_without_both_values_computes_nothing(over_years):
    assert "计算得出" not in over_years("竹陵高速公路里程五年增加了多少公里")
    said = over_years("竹陵茶叶产量比2025年增加多少")
    assert "0.9万吨" in said and "计算得出" not in said
