"""Named things scattered over a report: found complete, of the year asked, and refused where no report names them."""

import pytest
from words_reports import answer, bullets, words_shelf

SHELF = words_shelf()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "环江县去年拿了哪些荣誉？",
            ["环江毛南族自治县获评国家卫生县城", "环江毛南族自治县入选全省改革试点县"],
        ),
        ("岚山去年哪些指标“首次突破”了大关？", ["白茶产业产值首次突破80亿元", "旅客吞吐量首次突破90万人次"]),
        ("岚山今年要用哪几种招商办法", ["以商招商", "基金招商", "驻点招商"]),
    ],
)
def test_scattered_things_come_complete(question, expected):
    assert bullets(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("岚山今年打算办哪些体育赛事和展会？", "办好第五届岚山山地马拉松、首届竹木家具展"),
        ("岚山去年举办了哪些展会", "成功举办第四届岚山山地马拉松、第二届白茶博览会"),
        ("去年哪些现场会在岚山召开", "全省特色农业现场推进会在我市召开"),
        ("禾川去年拿了哪些国家级荣誉", "荣获全国双拥模范城称号"),
    ],
)
def test_things_of_a_kind_are_of_the_year_asked_about(question, expected):
    assert answer(question).partition("报告：")[2].rstrip("。") == expected


def test_long_form_of_an_event_answers_for_its_short_name():
    assert "焊工比赛" in answer("禾川承办了职技会的什么比赛")


def test_reports_silent_on_a_thing_are_named():
    said = answer("哪几个市的报告提出申报硕士学位授权单位，是哪几所学校？")
    assert said == "禾川市2031年报告：支持禾川学院申报硕士学位授权单位。岚山市的报告未提及。"


@pytest.mark.parametrize("question", ["禾川今年打算办哪些展会", "融水县去年拿了哪些荣誉"])
def test_things_that_no_report_names_are_refused(question):
    assert SHELF.ask(question).done.reason is not None


def test_kind_that_the_part_has_no_word_of_is_not_answered_by_another_meeting():
    done = SHELF.ask("岚山去年召开了哪些论坛").done
    assert (done.reason, done.citations) == ("not_stated", ())
    assert "没有说到" in done.answer


def test_all_places_but_one_are_asked_about():
    assert SHELF.ask("除了岚山，其他市去年拿了哪些荣誉").scope.places == ("禾川市",)
