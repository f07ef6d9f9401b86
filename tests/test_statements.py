"""An answer cut into statements with their markers, and text made safe to print."""

from __future__ import annotations

import pytest

from qa.statements import printable, statements


def marked(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(item.text, item.numbers) for item in statements(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲【1】。", [("甲。", (1,))]),
        ("甲。【1】", [("甲。", (1,))]),
        ("甲。【1】乙【2】。", [("甲。", (1,)), ("乙。", (2,))]),
        ("甲【1】【3】。", [("甲。", (1, 3))]),
        ("甲【1、3】。", [("甲。", (1, 3))]),
        ("甲【１】。", [("甲。", (1,))]),
        ("甲【 1 】。", [("甲。", (1,))]),
        ("甲【0】。", [("甲。", (0,))]),
        ("- 甲【1】\n2. 乙【2】", [("- 甲", (1,)), ("- 乙", (2,))]),
        ("**甲**【1】。", [("甲。", (1,))]),
        ("| 地区 | 值【1】 |\n|---|---|", [("地区，值", (1,))]),
        ("甲；乙【2】。", [("甲；", (2,)), ("乙。", (2,))]),
        ("国发〔2023〕12号和国发[2023]12号。", [("国发〔2023〕12号和国发[2023]12号。", ())]),
        ("", []),
    ],
)
def test_statements_and_their_markers(text, found):
    assert marked(text) == found


def test_statements_blanks_beside_chinese_go():
    assert statements("2023 年增长 6.1 %【1】。")[0].text == "2023年增长6.1%。"


def test_numbers_at_are_the_next_markers():
    (one,) = statements("甲增长6.1%【1】，乙增长3.2%【2】，丙。")
    assert one.numbers_at(one.said.index("6.1")) == (1,)
    assert one.numbers_at(one.said.index("3.2")) == (2,)
    assert one.numbers_at(one.said.index("丙")) == (2,)


def test_numbers_at_the_end_of_a_number_before_its_marker():
    (one,) = statements("增长6.1%【1】【2】。")
    assert one.numbers_at(one.said.index("%")) == (1, 2)


@pytest.mark.parametrize(
    ("text", "refuses"),
    [("资料中未提及。", True), ("2024年的数据资料中未提及。", True), ("未提及，但增长6.1%【1】。", False), ("增长6.1%【1】。", False)],
)  # fmt: skip
def test_refuses(text, refuses):
    assert statements(text)[0].refuses is refuses


def test_printable_drops_what_a_terminal_obeys():
    assert printable("\x1b[2J红\u202e反\u200b\x07\n行") == "[2J红反\n行"
