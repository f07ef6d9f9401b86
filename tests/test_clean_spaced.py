"""Characters set apart by a typesetter or a PDF, and headers that stand beside page numbers in the text."""

from __future__ import annotations

import pytest

from qa.clean import clean
from qa.formats import Line
from qa.typeset import close_up, paragraphs_in

LONG = "请各县各部门各单位结合实际认真遵照执行，重要情况及时报告，年底逐项检查，逐项公布，不留尾巴。"


def blocks(lines: list[str]) -> list[str]:
    return [block.text for block in clean([Line(n, text) for n, text in enumerate(lines, 1)], "lines")[0]]


@pytest.mark.parametrize(
    ("written", "closed"),
    [
        ("总值 2 1 7 . 9 亿 元，", "总值217.9亿元，"),
        ("完成 7 3 .6 亿元，", "完成73.6亿元，"),
        ("达到 4 1 , 5 0 8 元，", "达到41,508元，"),
        ("达到38. 4亿元，", "达到38.4亿元，"),
        ("人均61\u2009204元，", "人均61204元，"),
        ("增长 6. 2%、5.1 %以上，", "增长6.2%、5.1%以上，"),
        ("地 区 生 产 总 值增长，", "地区生产总值增长，"),
        ("２ ０ ３ ０ 年，", "２０３０年，"),
        ("在 2031 年 1 月，GDP 增长 5.2% 左右", "在2031年1月，GDP增长5.2%左右"),
        ("3 个区 5 个县，", "3个区5个县，"),
        ("国道 312 线，", "国道312线，"),
        ("粮食产量稳定在 1 65万吨以上，", "粮食产量稳定在165万吨以上，"),
    ],
)
def test_numbers_and_words_of_a_sentence_are_closed_up(written: str, closed: str) -> None:
    assert close_up(written) == closed


@pytest.mark.parametrize(
    "written",
    [
        "原煤 万吨 4 7 8",  # cells of a table: no sentence
        "实事：1. 30个；2. 500座。",
        "分别为2.3 4.5，",
        "现在 我代表市政府，",
        "Smart City Expo 2031，",
        "表1 12月数据，",
    ],
)
def test_what_belongs_apart_stays_apart(written: str) -> None:
    assert close_up(written) == written


def test_header_beside_page_numbers_is_left_out_of_the_sentence_it_breaks() -> None:
    lines = [
        "关于财政的报告",
        "——2031年1月8日在某某大会上",
        "各位代表：",
        "全年争取到各类资金二十二亿元，其中债券十一亿元，比上年多一亿元，合计",
        "苇河县2031年政府工作报告",
        "— 2 —",
        "二十三亿元。今年要继续向上争取资金，用好每一分钱，办好每一件事，做到",
        "苇河县2031年政府工作报告",
        "— 3 —",
        "有始有终。苇河县2031年政府工作报告提出的任务要落实，不能只写在纸上，",
        "要让群众看得到，摸得着，用得上，年底逐项检查，逐项公布，不留尾巴，不打",
        "折扣，不搞变通，不走过场，不做表面文章，让全县人民满意，让各方都放心。",
    ]
    told = "".join(blocks(lines))
    assert "合计二十三亿元" in told
    assert "做到有始有终。苇河县2031年政府工作报告提出的任务" in told


def test_title_beside_one_page_number_is_no_heading_within_its_document() -> None:
    lines = [
        "苇河县2031年政府工作报告",
        "第一段，完。",
        "第二段，完。",
        "第三段，完。",
        "苇河县2031年政府工作报告",
        "— 2 —",
        "第四段，完。",
    ]
    assert blocks(lines) == [lines[0], *lines[1:4], lines[6]]


def test_line_that_stands_beside_one_page_number_only_is_kept() -> None:
    lines = [
        "题目",
        "第一段，完。",
        "第二段，完。",
        "第三段，完。",
        "县长 甲乙丙",
        "— 2 —",
        "第四段，完。",
        "第五段，完。",
    ]
    assert "县长 甲乙丙" in blocks(lines)


def test_text_strewn_with_spaces_is_closed_up() -> None:
    """40 characters of each of 12 lines behind its first 30, with a space in them: 12 in 480, over one in 400."""
    line = "全市上下齐心协力办好了许多实事，各项工作都有了新的进展，群众看得见摸得着，" + "满意 度年年提高。"
    assert blocks([line] * 12) == [line.replace(" ", "")] * 12


def test_heading_set_apart_by_a_space_stays_apart() -> None:
    lines = [f"（{n}）稳增长 全市上下齐心协力，办好了许多实事。" for n in "一二三四五六七八九十"] * 2
    assert blocks(lines) == lines


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            '压减"三公"经费12%,落实"过紧日子"要求;增加值(现价)增长5.2%,完成1,163元.',
            "压减“三公”经费12%，落实“过紧日子”要求；增加值（现价）增长5.2%，完成1,163元。",
        ),
        (
            '压减"三公经费12%，落实过紧日子的要求。',
            '压减"三公经费12%，落实过紧日子的要求。',
        ),  # one mark alone
        (f"全文见https://example.cn/a?b=1,2，{LONG}", f"全文见https://example.cn/a?b=1,2，{LONG}"),
    ],
)
def test_half_width_marks_in_chinese_become_chinese_ones(written: str, read: str) -> None:
    assert blocks([written, "第二段，完。"])[0] == read


def test_sentence_goes_on_over_the_end_of_a_page() -> None:
    """The lines before and behind the page number are one sentence, although the first is short and a blank one follows."""
    full = [
        f"全年争取到各类资金{n}十二亿元，其中债券{n}十一亿元，比上年多{n}亿元，群众满意"
        for n in "二三四五六七八"
    ]
    ended = [line + "。" for line in full]
    lines = [
        full[0],
        ended[1],
        full[2],
        "新增就业",
        "— 3 —",
        "",
        "二万人。",
        full[3],
        ended[4],
        full[5],
        ended[6],
    ]
    assert f"{full[2]}新增就业二万人。" in blocks(lines)


def test_report_without_line_breaks_is_parted_where_its_headings_tell() -> None:
    text = "全市上下齐心协力办好了许多实事，各项工作都有了新的进展。"
    body = text * 40  # 28 characters each: with the rest over 3000
    parts = [
        "政府工作报告",
        "——2031年1月15日在云岭市第五届人民代表大会上市长 林知远",
        "各位代表：现在，我代表市人民政府，向大会报告政府工作，请予审议。",
        "一、2030年工作回顾",
        f"2030年，{body}",
        f"（一）产业提质增效。{body}",
        f"各位代表！{text}",
        "二、2031年重点工作安排",
        f"今年要做好一、二、三产业的工作。{body}",
    ]
    assert paragraphs_in("".join(parts)) == parts
    assert paragraphs_in("".join(parts[3:5])) == ["".join(parts[3:5])]  # no longer than a paragraph may be
