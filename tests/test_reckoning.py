"""What is computed of the values that a question's own parts asked for, and what is not."""

import pytest
from shelf_reports import HEAD, answers_from

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

2030年，地区生产总值增长5.2%，第二产业增加值增长7.9%，第三产业增加值增长4.6%。粮食总产量36.5万吨。接待游客480万人次。城镇居民人均可支配收入41200元，农村居民人均可支配收入20600元。

新建社区食堂24个，新建口袋公园15个，除险加固病险水库9座。新增停车位2600个。新签约项目120个，其中亿元以上项目48个。保障项目海域使用指标1.4万亩、滩涂指标2.3万亩。清退低效茶园7个。五年累计接待研学学生16万人。

二、2031年工作安排

今年的主要预期目标是：地区生产总值增长6%左右。粮食总产量40万吨以上。新建社区食堂30个。清退低效茶园5个。新增停车位1800个。接待研学学生4万人。
""",
    "2031_竹陵市": HEAD.format(place="竹陵市")
    + """一、2030年工作回顾

2030年，地区生产总值增长6.4%。新增停车位3100个。新建社区食堂11个。

二、2031年工作安排

今年，新增停车位900个。新建社区食堂8个。
""",
}


@pytest.fixture(scope="module")
def answer():
    return answers_from(TEXTS)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("石湾市去年新建社区食堂、新建口袋公园、新增停车位三项合计多少", "合计2639个"),
        ("石湾市去年新建社区食堂、新建口袋公园、清退低效茶园之和是多少个", "合计46个"),
        ("石湾市去年新建社区食堂、新建口袋公园、清退低效茶园一共加起来多少个", "合计46个"),
    ],
)
def test_total_of_a_list_within_one_clause(answer, question, said):
    """24 + 15 + 2600 = 2639; 24 + 15 + 7 = 46."""
    assert said in answer(question)


def test_total_of_a_list_in_units_of_their_own_is_not_computed(answer):
    said = answer("石湾市去年新建社区食堂、口袋公园和除险加固病险水库合计多少")
    assert "口径或单位不同，不能相加" in said
    assert "计算得出" not in said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("石湾市第二产业增加值增速快于第三产业几个百分点", "高3.3个百分点（计算得出）"),
        ("石湾市第三产业增加值增速慢于地区生产总值多少个百分点", "低0.6个百分点（计算得出）"),
        ("石湾市农村居民收入低于城镇居民多少元", "低20600元（计算得出）"),
    ],
)
def test_gap_asked_for_by_above_and_below(answer, question, said):
    """7.9 - 4.6 = 3.3; 5.2 - 4.6 = 0.6; 41200 - 20600 = 20600."""
    assert said in answer(question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("石湾市2031年停车位新增任务比上年完成数少多少个", "少800个（计算得出）"),
        ("石湾市2031年新增停车位目标比上年实际少多少个", "少800个（计算得出）"),
        ("石湾市2031年粮食产量任务比上年实绩多多少", "多3.5万吨（计算得出，其中有约数）"),
        ("石湾市2031年粮食目标比上年完成情况多多少万吨", "多3.5万吨（计算得出，其中有约数）"),
    ],
)
def test_aim_against_what_came_out_the_year_before(answer, question, said):
    """2600 - 1800 = 800; 40 - 36.5 = 3.5."""
    assert said in answer(question)


def test_result_against_the_year_before_is_not_reckoned_with_another(answer):
    assert "计算得出" not in answer("石湾市2030年新增停车位比上年多多少个")


def test_total_of_two_things(answer):
    """24 + 15 = 39."""
    said = answer("石湾市去年新建社区食堂和口袋公园各几个，一共多少个")
    assert "合计39个（计算得出）【1】【2】。" in said


def test_total_of_two_values_in_one_quoted_sentence(answer):
    """1.4 + 2.3 = 3.7."""
    assert "合计3.7万亩（计算得出）" in answer("去年石湾给项目保障了多少海域使用和滩涂指标？两样加起来呢")


def test_total_of_two_years(answer):
    """7 + 5 = 12."""
    said = answer("石湾市去年清退低效茶园几个，今年要清退几个，两年合计")
    assert "合计12个（计算得出）" in said


def test_gap_between_result_and_aim(answer):
    """40 - 36.5 = 3.5; 以上 is said."""
    said = answer("石湾市粮食产量去年多少万吨，今年目标多少，还差多少万吨")
    assert "多3.5万吨（计算得出，其中有约数）" in said


def test_gap_of_two_growths_in_points(answer):
    """7.9 - 4.6 = 3.3."""
    said = answer("石湾市去年第二产业增加值增长多少、第三产业增长多少，两者相差几个百分点")
    assert "高3.3个百分点（计算得出）" in said


def test_how_far_it_moved_at_two_times(answer):
    """30 - 24 = 6."""
    said = answer("石湾市去年新建社区食堂几个，今年计划几个，增加了多少")
    assert "多6个（计算得出）" in said


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("石湾市去年除险加固病险水库几座、新建口袋公园几个，一共多少", "口径或单位不同，不能相加。"),
        ("石湾市去年二产增加值增长多少、三产增长多少，合计多少", "比率和人均数不能相加。"),
        (
            "石湾市去年城镇居民人均可支配收入多少、农村居民人均可支配收入多少，加起来多少",
            "比率和人均数不能相加。",
        ),
        ("石湾市去年新签约项目多少个、其中亿元以上项目多少个，合计多少", "不能"),
        ("石湾市去年新建社区食堂几个、新建游泳馆几个，合计多少", "没有找到要用的全部数据，不能计算。"),
    ],
)
def test_nothing_is_added_that_does_not_go_together(answer, question, why):
    said = answer(question)
    assert why in said
    assert "计算得出" not in said


def test_a_span_of_years_is_not_held_against_a_year(answer):
    """16万 over five years and 4万 in one."""
    said = answer("石湾市五年累计接待研学学生多少，今年计划多少，差多少")
    assert "计算得出" not in said


# ------------------------------------------------------------------ over a conversation


def test_total_of_the_question_before(answer):
    assert "合计39个（计算得出）" in answer("两项加起来多少", "石湾市去年新建社区食堂和口袋公园各几个")


def test_total_of_the_years_asked_about(answer):
    """2600 + 1800 = 4400."""
    said = answer("两年合计", "石湾市去年新增停车位多少个", "今年呢")
    assert "合计4400个（计算得出）" in said


def test_both_years_of_another_place(answer):
    """3100 - 900 = 2200."""
    said = answer("换成竹陵，两年的数都给我，少了多少", "石湾市去年新增停车位多少个")
    assert "3100个" in said
    assert "900个" in said
    assert "2200个（计算得出）" in said


def test_another_place_then_both_together(answer):
    """3100 - 2600 = 500."""
    said = answer("竹陵的是多少？两家差多少", "石湾市去年新增停车位多少个")
    assert "竹陵市（3100个）比石湾市（2600个）多500个（计算得出）" in said


def test_another_place_and_another_year(answer):
    said = answer("竹陵呢，今年又打算建多少", "石湾市去年新建社区食堂多少个")
    assert "11个" in said
    assert "8个" in said
    assert "24个" not in said
