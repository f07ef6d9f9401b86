"""How answers read: everyday questions of an invented city, what is refused in the asker's words, whole phrases."""

from __future__ import annotations

from functools import cache

import pytest
from shelf_reports import HEAD, Shelf, shelf_of_texts

LINYUAN = (
    HEAD.format(place="林原市")
    + """一、2030年工作回顾

2030年，地区生产总值完成420.6亿元，增长5.4%。规模以上工业企业达318家，高新技术企业72家。市区空气质量优良天数比率97.1%。

（一）办学条件继续改善。成立31个教育集团，覆盖112所学校146个校区。向840名教师发放住房补贴260万元。蔬菜、水果、药材三大特色产业产值分别达到21亿元、17亿元、9亿元。

（二）加快推进林原机场建设。

二、2031年工作安排

今年经济社会发展的主要预期目标是：地区生产总值增长6%左右，全年空气质量优良天数比率不低于96%。

（一）保障群众安居。推进东湾地块、北岭地块等3个保障性住房和西关片区等2个城中村改造。

统筹发展和安全。建设更高水平的平安林原，守牢安全底线。
"""
)


@cache
def linyuan() -> Shelf:
    return shelf_of_texts({"2031_林原市": LINYUAN})


def answer(question: str) -> str:
    said = linyuan().ask(question).done.answer
    return "".join(part.split("】")[-1] for part in said.split("【"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("林原新机场几条跑道", "没有直接说明“新机场几条跑道”。"),
        ("林原的报告里，电费多少钱一度", "没有直接说明“电费多少钱一度”。"),
        ("林原电费多少钱一度", "没有直接说明“电费多少钱一度”。"),
        ("林原去年财政收入多少", "没有直接说明2030年“一般公共预算收入”。"),
    ],
)
def test_refusal_names_what_was_asked_for_as_it_was_put(question, said):
    assert said in answer(question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("林原学校有多少", "2030年，林原市覆盖112所学校。"),
        ("林原住房补贴发了多少", "2030年，林原市向840名教师发放住房补贴260万元。"),
        ("林原今年保障性住房有几个", "推进东湾地块、北岭地块等3个保障性住房。"),
        ("林原药材产业产值多少", "2030年，林原市药材产业产值为9亿元。"),
        ("林原三大特色产业产值各多少", "蔬菜、水果、药材三大特色产业产值分别达到21亿元、17亿元、9亿元。"),
    ],
)
def test_number_is_told_with_what_it_counts(question, said):
    assert said in answer(question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("林原工业企业有多少家规上的", "规模以上工业企业达318家"),
        ("林原企业有多少家是高新技术的", "高新技术企业72家"),
        ("林原去年GDP涨没涨", "2030年，林原市地区生产总值增长5.4%。"),
        (
            "林原空气好不好",
            "2030年，林原市市区空气质量优良天数比率97.1%。林原市2031年的目标是：全年空气质量优良天数比率不低于96%。",
        ),
    ],
)
def test_spoken_word_order(question, said):
    assert said in answer(question)


def test_the_report_is_named_where_its_first_sentence_is_left_out():
    assert answer("林原安全吗").startswith("林原市2031年报告：")
