"""Two reports of one place: the year asked about, the aim of one and the result of the other."""

import pytest
from shelf_reports import shelf_of_texts

HEAD = "河湾市政府工作报告\n——{0}年1月8日在河湾市第五届人民代表大会上\n市长 某某\n\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"
OLDER = """一、2031年工作回顾
茶叶产业产值达到86亿元。实际使用外资2.15亿美元。森林覆盖率61.3%。全社会研发投入占GDP比重由1.72%提高到1.9%。
二、2032年工作安排
今年的主要预期目标是：地区生产总值增长6%左右；茶叶产业产值达到100亿元。
"""
NEWER = """一、2032年工作回顾
地区生产总值增长5.4%。茶叶产业产值达到97亿元。实际使用外资1.86亿美元。全社会研发投入占GDP比重由1.9%提高到2.08%。
二、2033年工作安排
今年的主要预期目标是：地区生产总值增长5.5%左右；茶叶产业产值达到105亿元。
"""


@pytest.fixture(scope="module")
def both():
    return shelf_of_texts(
        {"2032_河湾市": HEAD.format(2032) + OLDER, "2033_河湾市": HEAD.format(2033) + NEWER}
    )


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("河湾市31年和32年实际使用外资分别多少", ["2.15", "1.86"]),
        ("河湾市茶叶产业产值2032年完成目标了没", ["97", "100", "3"]),
        ("河湾市2032年茶叶产业产值的目标实现了吗", ["97", "100", "3"]),
        ("河湾市2032年完成了GDP增长目标没有", ["5.4", "6", "0.6"]),
        ("河湾市2033年GDP目标比2032年的调低了吗", ["5.5", "6", "0.5"]),
        ("河湾市森林覆盖率是多少", ["61.3"]),
        ("河湾市2031年研发强度从多少升到多少", ["1.72", "1.9"]),
        ("河湾市去年研发强度是多少", ["2.08"]),
    ],
)
def test_two_reports_answer_of_the_year(both, question, values):
    assert [f.value for f in both.ask(question).done.figures] == values


@pytest.mark.parametrize("question", ["河湾市2032年森林覆盖率是多少", "河湾市今年森林覆盖率目标是多少"])
def test_two_reports_older_does_not_stand_in_for_a_year_said(both, question):
    done = both.ask(question).done
    assert (done.reason, [f.value for f in done.figures if f.value == "61.3" and f.period == "2032"]) == (
        "not_stated",
        [],
    )
