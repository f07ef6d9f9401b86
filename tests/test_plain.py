"""A question as typed → as asked: address and thanks, gaps for commas, afterthoughts, and the words for its years."""

import pytest
from shelf_reports import shelf

from qa.plain import as_asked
from qa.question_places import Catalogue
from qa.question_times import with_full_years, with_years_called
from qa.scope import resolve
from qa.types import Turn

CATALOGUE = shelf().catalogue
GDP = "云岭市去年GDP增长多少"


def plain(question: str, catalogue: Catalogue = CATALOGUE) -> str:
    return as_asked(question, catalogue)


# ------------------------------------------------------------------ address and thanks


@pytest.mark.parametrize("before", [
    "请问", "请问一下，", "你好，", "您好！我想了解一下，", "麻烦帮我查一下", "帮我看看：", "我想知道", "想请教一下，",
    "根据政府工作报告，", "按照报告，请问", "请帮忙查一下", "帮查一下", "想问下", "麻烦告诉我", "不好意思，打扰一下，", "請問", "谢谢，那", "好的，",
])  # fmt: skip
def test_address_before_a_question(before):
    assert plain(before + GDP) in (GDP, "那" + GDP)


@pytest.mark.parametrize("behind", [
    "，谢谢！", "，谢谢您", "？谢谢啦~", "呀", "啊？", "，告诉我具体数据和出处", "，请注明出处", "？在线等，急", " thanks",
    "呢？",
])  # fmt: skip
def test_thanks_behind_a_question(behind):
    assert plain(GDP + behind).rstrip("？") == GDP


@pytest.mark.parametrize("question", [
    "谢谢", "你好", "请问",  # nothing else is said
    "早稻面积多少", "好人好事有哪些",  # words that begin like an address
    "根据云岭市2031年政府工作报告，GDP增长多少",  # says whose report
    "农村的呢", "GDP目标呢", "请列出云岭市的主要目标", "今年要干嘛",
    "要查处哪些问题", "给看病难的群众做了什么", "帮找工作的政策有哪些", "回答代表询问多少次",
])  # fmt: skip
def test_question_that_stays_as_it_is(question):
    assert plain(question) == question


def test_quotation_marks_around_all_of_a_question():
    assert plain(f"“{GDP}”") == GDP
    assert plain("“云岭“茶通天下”今年办几场”") == "云岭“茶通天下”今年办几场"
    assert plain("“茶通天下”和“竹通天下”") == "“茶通天下”和“竹通天下”"
    assert plain("“十大工程”") == "“十大工程”"


def test_place_that_has_no_report_is_found_behind_an_address():
    for before in ("", "帮我查一下", "根据政府工作报告，", "你好，"):
        assert resolve(f"{before}柳州市去年GDP增长多少", CATALOGUE).missing_places == ("柳州市",)


def test_address_within_a_conversation():
    before = [Turn("user", "你好，请问云岭市去年GDP增长多少？谢谢"), Turn("assistant", "增长6.3%【1】。")]
    scope = resolve("请问海棠的呢，谢谢", CATALOGUE, history=before)
    assert (scope.places, scope.years, scope.indicators) == (("海棠市",), (2030,), ("地区生产总值",))


# ------------------------------------------------------------------ gaps


@pytest.mark.parametrize(("typed", "asked"), [
    ("云岭去年新建公园多少个 今年计划多少", "云岭去年新建公园多少个，今年计划多少"),
    ("老旧小区改造 云岭去年改了多少个", "老旧小区改造：云岭去年改了多少个"),
    ("云岭 海棠去年GDP哪个高", "云岭、海棠去年GDP哪个高"),
    ("云岭今年打造精品村 示范村 提升村各几个", "云岭今年打造精品村、示范村、提升村各几个"),
    ("云岭港吞吐量\n完成多少\n增长多少", "云岭港吞吐量 完成多少，增长多少"),
    ("写材料用 云岭去年GDP多少", "写材料用，云岭去年GDP多少"),
    ("云岭 茶园面积 2031 目标", "云岭 茶园面积 2031 目标"),  # key words ask nothing
    ("云岭去年收入突破了多少亿涨了几个点", "云岭去年收入突破了多少亿，涨了几个点"),
    ("云岭外贸做了多少亿增长多少", "云岭外贸做了多少亿，增长多少"),
    ("云岭新建学校多少所", "云岭新建学校多少所"),
])  # fmt: skip
def test_gaps_are_commas(typed, asked):
    assert plain(typed) == asked


# ------------------------------------------------------------------ afterthoughts


@pytest.mark.parametrize(("typed", "asked"), [
    ("GDP去年增长多少？云岭的", "云岭GDP去年增长多少"),
    ("云岭GDP增长多少？去年的", "去年云岭GDP增长多少"),
    ("写材料用，GDP增长多少？云岭的", "写材料用，云岭GDP增长多少"),
    ("GDP增长多少？农村的", "GDP增长多少？农村的"),  # no place, no time
    ("不是，海棠的", "不是，海棠的"),  # a correction
])  # fmt: skip
def test_afterthought_comes_first(typed, asked):
    assert plain(typed) == asked


# ------------------------------------------------------------------ years


def test_years_by_the_words_of_the_reports():
    assert with_years_called("2030年完成多少、今年目标多少", 2031) == "去年完成多少、今年目标多少"
    assert with_years_called("去年完成多少、2031年目标多少", 2031) == "去年完成多少、今年目标多少"
    assert with_years_called("2030年和今年各多少", 2031) == "去年和今年各多少"


@pytest.mark.parametrize("text", [
    "2031年实际增长多少",  # alone, it may be asked for what came of it
    "2030年末人口", "2031年政府工作报告", "2030年比2029年多多少", "2030至2031年", "2030年上半年",
])  # fmt: skip
def test_years_that_stay_numbers(text):
    assert with_years_called(text, 2031) == text


def test_years_stay_numbers_where_reports_differ():
    assert with_years_called("2030年和今年各多少", 0) == "2030年和今年各多少"


def test_short_year_before_its_thing():
    assert (
        with_full_years("云岭30年的GDP和31年的目标", [2031]) == "云岭30年的GDP和2031年的目标"
    )  # 30年的 may be a span


def test_year_is_not_moved_into_a_name_made_by_chance():
    # 加固|今年|投多少 would make 固投, which is not asked about
    assert resolve("云岭圩堤除险加固今年投多少", CATALOGUE).indicators == ()
