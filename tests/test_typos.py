"""A question with one wrong character, mended by the words of the reports."""

import pytest

from qa.typos import mended

TEXTS = {
    "2031-云岭市": "投放“桂惠贷”12亿元，桂惠贷惠及企业300户。获评全国荣誉3项，入选改革试点县。中心城区扩大，服务中心城北分部投用。"
}


@pytest.mark.parametrize(
    ("term", "pairs"),
    [
        ("桂慧贷", (("桂慧贷", "桂惠贷"),)),  # one character of the same sound
        ("桂惠贷", ()),
        ("荣誉和试点", ()),  # 和 joins two words and is no wrong 合
        ("服务中心撑腰", ()),  # 城 stands behind 中心, but never before 腰
        ("新能源车", ()),  # nothing near in the report
    ],
)
def test_mended_only_one_wrong_character(term, pairs):
    assert mended([term], TEXTS) == pairs
