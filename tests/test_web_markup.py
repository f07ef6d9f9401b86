"""Answers as the page's markdown: nothing of a text becomes markup, markers, tables, the cited span."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_assistant import an_answer, citation, start_of

from qa.types import Scope
from qa.web.markup import answer_markdown, escape, question_markdown, split_paragraph


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("增长6.1%，达到1,234.5亿元；至9/10", "增长6.1%，达到1,234.5亿元；至9/10"),
        ("<b>&amp;", "&#60;b&#62;&#38;amp;"),
        ("![图](x)", "&#33;&#91;图&#93;&#40;x&#41;"),
        ("www.a.cn", "www&#46;a&#46;cn"),
        ("http://a", "http&#58;//a"),
        ("1. 一", "1&#46; 一"),
        (
            "**粗**_斜_`码`$x$~删~\\",
            "&#42;&#42;粗&#42;&#42;&#95;斜&#95;&#96;码&#96;&#36;x&#36;&#126;删&#126;&#92;",
        ),
        ("a\u202eb\x00c\td", "abc d"),
        ("", ""),
    ],
)
def test_escape_leaves_no_markup(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_question_markdown_keeps_lines_without_code_blocks() -> None:
    assert question_markdown("  第一行\r\n    # 第二行\n") == "第一行\n&#35; 第二行"


def test_answer_markdown_links_markers() -> None:
    assert answer_markdown(an_answer("增长6.1%【1】。"), "k") == "增长6.1%[【1】](#cite-k-1)。"


@pytest.mark.parametrize("marker", ["【0】", "【2】", "【1000】", "【一】", "[1]", "［1］"])
def test_answer_markdown_leaves_other_markers_plain(marker: str) -> None:
    assert "#cite" not in answer_markdown(an_answer(f"国发{marker}12号"), "k")


def test_answer_markdown_draws_table_and_list() -> None:
    text = "说明：\n\n| 地区 | 增速 |\n| --- | --- |\n| 甲*市 | 6.1%【1】 |\n\n- 一项<br>【1】"
    assert answer_markdown(an_answer(text), "k") == (
        "说明：\n\n| 地区 | 增速 |\n| --- | --- |\n| 甲&#42;市 | 6.1%[【1】](#cite-k-1) |\n\n"
        "- 一项&#60;br&#62;[【1】](#cite-k-1)"
    )


def test_answer_markdown_lone_bars_are_no_table() -> None:
    assert answer_markdown(an_answer("| 甲 | 乙 |"), "k") == "&#124; 甲 &#124; 乙 &#124;"


def test_answer_markdown_escaped_bar_stays_in_its_cell() -> None:
    text = "| 甲 | 乙 |\n| --- | --- |\n| a\\|b | c |"
    assert answer_markdown(an_answer(text), "k").splitlines()[2] == "| a&#124;b | c |"


def test_answer_markdown_names_resolved_question_when_inherited() -> None:
    scope = Scope(question="海棠市*增长？", inherited=("years",))
    assert answer_markdown(an_answer("好。", scope=scope), "k") == "*按“海棠市&#42;增长？”理解*\n\n好。"
    assert answer_markdown(an_answer("好。", scope=replace(scope, inherited=())), "k") == "好。"


def test_split_paragraph_takes_the_cited_of_two_equal_quotes() -> None:
    cited = citation(1, "云山市", 2, "增长6.1%", last=True)
    before, quote, after = split_paragraph(cited, start_of(2))
    assert (before + quote + after, quote) == (cited.paragraph_text, "增长6.1%")
    assert before.endswith("1234.5亿元，") and before.count("增长6.1%") == 1


def test_split_paragraph_finds_quote_when_offsets_do_not_fit() -> None:
    cited = citation(1, "云山市", 4, "增长7%左右")
    assert split_paragraph(cited, start_of(4) + 1) == split_paragraph(cited, start_of(4))
    assert split_paragraph(cited, None)[1] == "增长7%左右"


def test_split_paragraph_quote_elsewhere_is_shown_alone() -> None:
    cited = replace(citation(1, "云山市", 4, "增长7%左右"), quote="别处的话")
    assert split_paragraph(cited, start_of(4)) == ("", "别处的话", "")
