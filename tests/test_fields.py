"""Questions for a field of work as a whole: what belongs to it, from the review or the plan, and what is no field."""

import pytest
from shelf_reports import HEAD, answers_from

from qa.fields import words_of

REPORT = (
    HEAD.format(place="石湾市")
    + """一、2030年工作回顾

新建长者食堂24家，适老化改造1200户。改造老旧小区87个。地区生产总值增长5.4%。

跨省直接结算惠及2.38万人次，新建卫生院3所。

二、2031年工作安排

全面推行长期护理保险。建成市中医医院新院区。

地区生产总值增长5%左右，开工建设环城快速路。
"""
)


@pytest.fixture(scope="module")
def answer():
    return answers_from({"2031_石湾市": REPORT})


def test_results_and_plans_of_a_field_that_the_report_does_not_name(answer) -> None:
    said = answer("石湾养老方面去年做了什么，今年有什么安排")
    assert said.index("长者食堂24家") < said.index("长期护理保险")
    assert "老旧小区" not in said


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("石湾今年养老方面有什么新安排", "长期护理保险", "24家"),
        ("石湾去年养老服务做了哪些工作", "24家", "长期护理"),
        (
            "石湾看病医保方面去年做了什么，今年又有什么新安排",
            "卫生院3所",
            "快速路",
        ),  # two words for one field
    ],
)
def test_of_the_time_that_is_asked_for(answer, question, told, not_told) -> None:
    said = answer(question)
    assert told in said
    assert not_told not in said


@pytest.mark.parametrize("question", ["石湾低空经济方面有什么安排", "石湾停车难怎么解决"])
def test_a_field_that_is_unknown_or_untold_is_refused(answer, question) -> None:
    assert answer(question).startswith("资料中未提及")


@pytest.mark.parametrize(
    ("topic", "named"),
    [("养老", True), ("看病医保", True), ("养老、就业", True), ("养老金标准", False), ("", False)],
)
def test_a_topic_is_made_of_names_of_fields_alone(topic, named) -> None:
    assert bool(words_of(topic)) is named
