"""The content words of a question, two-digit years, and bounds taken out of it."""

import pytest

from qa.indicator_names import unpacked
from qa.question_times import with_full_years
from qa.wording import content_of


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("今年哪条高速要建成", "高速 建成"),
        ("哪一家医院要投产", "医院 投产"),
        ("把哪个景区创成5A", "景区创成5a"),  # "a" is no English article there
        ("需要建设哪些水库", "建设 水库"),
        ("会举办哪些展会", "举办 展会"),
        ("有色金属产业怎么转型", "有色金属产业 转型"),
        ("要把握好哪些方面", "把握好"),
        ("哪个季度开工", "开工"),
    ],
)
def test_content_keeps_words_whole(question, content):
    from qa.text import fold

    assert content_of(fold(question)) == content


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("23年和24年分别多少", "2023年和2024年分别多少"),
        ("23、24年产值", "2023、2024年产值"),
        ("24年底人口", "2024年底人口"),
        ("连续23年增长", "连续23年增长"),
        ("第23届", "第23届"),
        ("建国75周年", "建国75周年"),
        ("近20年来", "近20年来"),
        ("12年义务教育", "12年义务教育"),
        ("2024年和25年", "2024年和2025年"),
    ],
)
def test_full_years_of_two_digits(text, full):
    assert with_full_years(text, [2024, 2025]) == full


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("旅游收入破万亿没有", "旅游收入"),
        ("茶叶产值有没有突破50亿元", "茶叶产值"),
        ("茶叶产值超过百亿元的项目", "茶叶产值超过百亿元 项目"),
    ],
)
def test_content_without_the_bound(question, content):
    assert content_of(question) == content


def test_things_run_together_before_each_are_set_apart() -> None:
    assert unpacked("猪牛禽肉各产了多少") == "猪肉、牛肉、禽肉各产了多少"
    assert unpacked("火电水电装机分别多少") == "火电、水电装机分别多少"
    assert unpacked("铁路公路客运量一共多少") == "铁路公路客运量一共多少"
