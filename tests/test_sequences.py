"""Runs of words of a report, as slogans and their continuation, given whole."""

import pytest
from list_reports import bullets
from words_reports import words_shelf


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("云溪县2031年报告“山上有林”后面两句是什么？", ["山上有林", "田里有粮", "家中有产"]),
        ("云溪县2031年报告“家中有产”前一句是什么", ["山上有林", "田里有粮", "家中有产"]),
        ("云溪县2031年一年三年五年各要做到什么？", ["一年打基础", "三年见成效", "五年上台阶"]),
    ],
)
def test_sequence_is_given_whole(question, expected):
    assert bullets(question) == expected


@pytest.mark.parametrize(
    "question",
    ["云溪县2031年“山上有林”之后新建厂房多少？", "云溪县2031年一年两年各要做到什么？", "云溪县2032年“山上有林”后面是什么？"],
)  # fmt: skip
def test_sequence_that_is_not_asked_or_not_there(question):
    assert bullets(question) == []


def test_members_of_a_quoted_run_say_what_each_word_means():
    said = words_shelf().ask("岚山说的“全天候、全链条”各指什么").done.answer.splitlines()
    lines = [line[2:].partition("【")[0] for line in said if line.startswith("- ")]
    assert lines == ["打造全天候预警平台", "全链条监管队伍"]
