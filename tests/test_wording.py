"""The content words of a question, two-digit years, and bounds taken out of it."""

import pytest

from qa.indicator_names import unpacked
from qa.question_times import with_full_years, with_year_before
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
        # half a name is no verb
        ("去年固投多少", "固定资产投资"),
        ("2030年研发多少", "研发"),
        ("去年基建多少亿", "基建"),
        ("去年扶贫款发了多少", "扶贫款"),
        ("农村公路修了几条", "农村公路"),
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
        ("的中低收入户有几户", "中低收入户"),
        ("报告里中型水库有几座", "中型水库"),
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


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("青岚水泥2024年的产量", "2024年青岚水泥产量"),
        ("青岚城镇居民2024年人均可支配收入多少", "2024年青岚城镇居民人均可支配收入多少"),
        ("青岚GDP2024年增速", "青岚GDP2024年增速"),
        ("青岚2024年和岭北2023年粮食产量", "青岚2024年和岭北2023年粮食产量"),
        ("青岚粮食2024年多少，出口呢", "青岚粮食2024年多少，出口呢"),
    ],
)
def test_year_inside_the_name_of_a_statistic_goes_before_it(text, moved):
    assert with_year_before(text) == moved
