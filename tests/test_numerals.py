"""Chinese numerals written as digits, and words that only look like them."""

from __future__ import annotations

import pytest

from qa.numerals import arabic


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("收入五亿元", "收入5亿元"),
        ("一千二百万元", "1200万元"),
        ("二亿三千五百万元", "235000000元"),
        ("一万二千人", "12000人"),
        ("增长百分之五点二", "增长5.2%"),
        ("增长百分之十", "增长10%"),
        ("增长百分之6", "增长6%"),
        ("提高二点五个百分点", "提高2.5个百分点"),
        ("提高2.5百分点", "提高2.5个百分点"),
        ("新建三所学校", "新建3所学校"),
        ("三百余家企业", "300余家企业"),
        ("三十万吨", "30万吨"),
    ],
)
def test_arabic_reads_what_counts(text, read):
    assert arabic(text) == read


@pytest.mark.parametrize(
    "text",
    ["三个方面", "一个中心", "第一产业", "第三位", "十五五时期", "二十大", "一二三产业", "万亿元", "2.9个百分点", "十大工程", "三者", ""],
)  # fmt: skip
def test_arabic_leaves_the_rest(text):
    assert arabic(text) == text
