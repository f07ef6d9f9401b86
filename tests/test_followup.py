"""Follow-ups, everyday talk and typos over the invented cities 云岭, 海棠, 青屏 (newest reports: 2031)."""

from __future__ import annotations

import pytest
from shelf_reports import shelf

from qa.scope import resolve
from qa.types import Turn
from qa.typos import mended

CATALOGUE = shelf().catalogue
GDP = "地区生产总值"


def ask(question: str, *before: str):
    return resolve(question, CATALOGUE, history=[Turn("user", text) for text in before])


def after(question: str, asked: str, answer: str):
    return resolve(question, CATALOGUE, history=[Turn("user", asked), Turn("assistant", answer)])


def test_the_place_that_the_answer_chose():
    scope = after(
        "那个市的社零增长多少",
        "三个市去年GDP增速哪个最高",
        "2030年增速最高的是海棠市（增长7%）【1】。其后依次是云岭市。",
    )
    assert scope.places == ("海棠市",)
    assert scope.indicators == ("社会消费品零售总额",)


def test_no_place_is_taken_from_an_answer_that_chose_none():
    assert after("它的社零增长多少", "云岭市去年GDP增长多少", "海棠市另有报告。").places == ("云岭市",)


def test_several_places_last_asked_about():
    history = ("云岭市去年粮食产量多少", "海棠市呢")
    assert ask("两个加起来多少", *history).places == ("云岭市", "海棠市")
    assert ask("比云岭多多少", "海棠市去年粮食产量多少").places == ("海棠市", "云岭市")


def test_a_place_against_the_one_last_asked_about():
    history = ("云岭市去年粮食产量多少", "海棠市呢")
    assert ask("云岭比它少多少", *history).places == ("云岭市", "海棠市")
    assert ask("青屏比它多多少", *history).places == ("青屏市", "海棠市")


def test_the_year_before_the_one_asked_about():
    assert ask("再往前一年呢", "云岭市2030年GDP多少").years == (2029,)
    assert ask("上一年呢", "云岭市今年GDP目标是多少").years == (2030,)


def test_both_years_after_two():
    scope = ask("增加了多少", "云岭市2031年新增托位多少", "2030年呢")
    assert scope.years == (2030, 2031)
    assert scope.question == "云岭市2030年和2031年新增托位相差多少"


def test_a_bare_measure_is_of_the_thing_before():
    assert ask("合同投资额呢", "云岭市去年招商引资到位资金多少").terms == ("招商引资", "合同投资额")
    assert ask("支出呢", "云岭市去年财政收入多少").indicators == ("一般公共预算支出",)
    assert ask("支出呢", "云岭市去年居民人均可支配收入多少").indicators == ("居民人均消费支出",)


def test_an_area_sown_is_left_out_for_another_measure_of_the_crop():
    assert ask("总产量呢", "云岭市去年粮食播种面积多少").indicators == ("粮食产量",)
    assert ask("播种面积呢", "云岭市去年粮食产量多少").indicators == ("粮食播种面积",)


def test_a_correction_and_the_wording_of_the_report():
    told = ask("不是，我问的是农村", "云岭市去年城镇居民收入增长多少")
    assert told.question == "云岭市去年农村居民人均可支配收入增长多少"
    assert ask("原文怎么说的", "云岭市去年GDP增长多少").indicators == (GDP,)


def test_a_rank_of_the_statistic_before():
    assert ask("在全区排第几", "云岭市去年GDP增长多少").question == "云岭市去年地区生产总值增长在全区排第几"


def test_a_full_question_takes_nothing():
    scope = ask("海棠市今年一般公共预算收入目标是多少", "云岭市去年城镇新增就业多少")
    assert scope.inherited == ()
    assert (scope.places, scope.indicators) == (("海棠市",), ("一般公共预算收入",))


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("云岭市农民一年能挣多少钱", ("农村居民人均可支配收入",)),
        ("云岭市老百姓去年平均到手多少钱", ("居民人均可支配收入",)),
        ("云岭市财政去年收了多少", ("一般公共预算收入",)),
        ("云岭市去年收了多少税", ("税收收入",)),
        ("云岭市去年打了多少粮", ("粮食产量",)),
        ("云岭市企业去年赚了多少钱", ()),
        ("云岭市农民工平均到手多少", ()),
        ("云岭市口袋公园建了几个", ()),
    ],
)
def test_everyday_talk_of_statistics(question, names):
    assert ask(question).indicators == names


def test_what_is_not_asked_is_left_out():
    scope = ask("云岭市去年外贸不问，只要社零增速")
    assert (scope.places, scope.years, scope.indicators) == (("云岭市",), (2030,), ("社会消费品零售总额",))


def test_english_filler_words_are_no_topic():
    assert ask("How many projects did Yunling receive? Give both years.").terms == ("项目",)
    assert "unicorn" in ask("How many unicorn companies does Yunling have?").terms


TEXTS = {"a": "投放“惠山贷”127.7亿元，惠山贷余额增长。新建青山湾码头。", "b": "青山湾码头、青山湾大桥开工。"}


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("慧山贷", (("慧山贷", "惠山贷"),)),  # the same sound
        ("惠山货", (("惠山货", "惠山贷"),)),  # the same shape
        ("惠山贷", ()),  # as written
        ("惠水贷", ()),  # another word: neither sound nor shape
        ("青山弯", (("青山弯", "青山湾"),)),
        ("山慧", ()),  # too short to tell
    ],
)
def test_one_wrong_character_in_a_word_of_the_reports(term, expected):
    assert mended((term,), TEXTS) == expected


def test_two_words_that_it_may_be_are_none():
    texts = {"a": "投放“惠山贷”。", "b": "投放“汇山贷”。"}
    assert mended(("慧山贷",), texts) == ()


def test_other_side_of_the_trade_with_the_same_partner():
    assert ask("进口呢", "云岭市2030年对越南出口多少").terms == ("越南", "进口总额")
    assert ask("其中出口多少", "云岭市2030年对越南进出口总额多少").terms == ("越南", "出口总额")
    assert ask("进口呢", "云岭市2030年出口总额多少").indicators == ("进口总额",)
