"""An item of a list, asked for after a question for the list that was answered in whatever form."""

import pytest
from shelf_reports import HEAD, shelf_of_texts

from qa.types import Turn

TEXTS = {
    "2031_石湾市": HEAD.format(place="石湾市")
    + """一、2030年工作回顾

我们办成了三件大事。

一是石湾大桥建成通车。

二是石湾师范学院挂牌招生。

三是高新区获批设立。

二、2031年工作安排

（一）兴产业

壮大特色产业。

（二）强配套

建设标准厂房。

（三）惠民生

办好民生实事。
"""
}


@pytest.fixture(scope="module")
def after():
    shelf = shelf_of_texts(TEXTS)

    def ask(first: str, answer: str, second: str) -> str:
        history = [Turn("user", first), Turn("assistant", answer)]
        return shelf.answer(second, history).done.answer

    return ask


@pytest.mark.parametrize("answer", ["- 石湾大桥\n- 石湾师范学院\n- 高新区", "有大桥、学院和高新区三件。"])
def test_the_item_is_of_the_list_that_was_asked_for(after, answer):
    said = after("石湾去年办成了哪三件大事", answer, "第二件是什么")
    assert "第二件：石湾师范学院挂牌招生" in said


def test_another_item_after_one_item(after):
    """The first question names an item itself: the second one is not that again."""
    said = after("石湾三件大事的第一件是什么", "石湾大桥建成通车。", "第三件呢")
    assert "第三件：高新区获批设立" in said


def test_an_item_of_a_list_that_was_only_spoken_of(after):
    assert "第一件：石湾大桥建成通车" in after("石湾去年办成了三件大事", "是的。", "第一件是什么")
