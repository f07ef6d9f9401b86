"""Chunks of a report: they cover it exactly, keep sentences and numbers whole, and carry a short prefix."""

from __future__ import annotations

from pathlib import Path

import pytest
from source_files import REPORT, write_text

from qa.chunk import MAX_HEADING_CHARS, MAX_PREFIX_CHARS, chunk_report
from qa.load import load_report
from qa.types import Paragraph, Report

CORPUS_FILES = sorted((Path(__file__).parent.parent / "data" / "reports").glob("*.txt"))


def report_of(*texts: str, section: tuple[str, ...] = (), part: str = "plan") -> Report:
    paragraphs, start = [], 0
    for number, text in enumerate(texts, 1):
        paragraphs.append(Paragraph(number, start, start + len(text), text, section, part))  # type: ignore[arg-type]
        start += len(text) + 1
    return Report("2023-云山市", "云山市", 2023, "t", "\n".join(texts), tuple(paragraphs), "a.txt", "0" * 64)


def pieces(text: str, max_chars: int = 20) -> list[str]:
    return [chunk.text for chunk in chunk_report(report_of(text), max_chars=max_chars)]


@pytest.mark.parametrize("max_chars", [40, 200])
@pytest.mark.parametrize("path", CORPUS_FILES, ids=lambda path: path.stem)
def test_chunks_cover_the_corpus_exactly(path: Path, max_chars: int) -> None:
    report = load_report(path)
    chunks = chunk_report(report, max_chars=max_chars)
    assert len({chunk.chunk_id for chunk in chunks}) == len(chunks)
    by_paragraph: dict[int, list[tuple[int, int]]] = {}
    for chunk in chunks:
        assert report.text[chunk.start : chunk.end] == chunk.text
        assert 0 < len(chunk.text) <= max_chars
        assert len(chunk.prefix) <= MAX_PREFIX_CHARS
        by_paragraph.setdefault(chunk.paragraph, []).append((chunk.start, chunk.end))
    for p in report.paragraphs:
        spans = by_paragraph.get(p.number, [])
        assert bool(spans) is not p.is_heading
        if spans:
            assert [start for start, _ in spans] == [p.start, *(end for _, end in spans[:-1])]
            assert spans[-1][1] == p.end


def test_chunk_ids_count_within_the_paragraph() -> None:
    chunks = chunk_report(report_of("一二三四五六七八九。" * 3, "短。"), max_chars=20)
    assert [chunk.chunk_id for chunk in chunks] == ["2023-云山市#1.1", "2023-云山市#1.2", "2023-云山市#2.1"]


def test_chunk_joins_whole_sentences_greedily() -> None:
    # 8 + 8 + 8: two fit in 20, the third does not.
    assert pieces("一二三四五六七。" * 3) == ["一二三四五六七。一二三四五六七。", "一二三四五六七。"]


def test_chunk_of_exactly_the_limit_is_whole() -> None:
    assert pieces("一二三四五六七八九。" * 2) == ["一二三四五六七八九。" * 2]


def test_chunk_cuts_a_long_sentence_at_commas() -> None:
    assert pieces("一二三四五六七八九十甲乙，一二三四五六七八九、完。") == [
        "一二三四五六七八九十甲乙，",
        "一二三四五六七八九、完。",
    ]


def test_chunk_cuts_hard_but_not_inside_a_number() -> None:
    assert pieces("一二三四五六七八九十一二三四五六七1234.5%增长") == [
        "一二三四五六七八九十一二三四五六七",
        "1234.5%增长",
    ]
    assert pieces("1" * 50) == ["1" * 20, "1" * 20, "1" * 10]


def test_chunk_very_long_paragraph() -> None:
    text = "全市完成投资100亿元，增长5%。" * 600
    chunks = chunk_report(report_of(text))
    assert "".join(chunk.text for chunk in chunks) == text
    assert max(len(chunk.text) for chunk in chunks) <= 200
    assert all(chunk.text.endswith("。") for chunk in chunks)


def test_chunk_prefix_names_place_year_part_and_headings(tmp_path: Path) -> None:
    chunks = chunk_report(load_report(write_text(tmp_path / "a.txt", REPORT)))
    assert [chunk.prefix for chunk in chunks] == [
        "云山市 2023年",
        "云山市 2023年 回顾实绩 · 一、2022年工作回顾",
        "云山市 2023年 回顾实绩 · 一、2022年工作回顾",
        "云山市 2023年 回顾实绩 · 一、2022年工作回顾",
        "云山市 2023年 计划目标 · 二、2023年工作安排",
        "云山市 2023年 计划目标 · 二、2023年工作安排 · （一）抓项目扩投资",
        "云山市 2023年 计划目标 · 二、2023年工作安排",
    ]


def test_chunk_prefix_keeps_own_heading_for_later_chunks() -> None:
    head = "（一）坚持稳中求进。"
    chunks = chunk_report(report_of(head + "增长5%，好。" * 4, section=("二、安排", head)), max_chars=20)
    assert [chunk.prefix.split(" · ")[1:] for chunk in chunks[:2]] == [
        ["二、安排"],
        ["二、安排", "（一）坚持稳中求进"],
    ]


def test_chunk_prefix_is_cut_from_the_outside() -> None:
    section = tuple(f"{name}" * 40 for name in "甲乙丙丁")
    prefix = chunk_report(report_of("增长。", section=section))[0].prefix
    assert prefix == " · ".join(
        ["云山市 2023年 计划目标", "丙" * MAX_HEADING_CHARS, "丁" * MAX_HEADING_CHARS]
    )


def test_chunk_search_text_is_prefix_then_text() -> None:
    chunk = chunk_report(report_of("增长。", part="head"))[0]
    assert chunk.search_text == "云山市 2023年\n增长。"


def test_chunk_empty_report() -> None:
    assert chunk_report(Report("r", "p", 2023, "t", "", (), "a", "0")) == []


def test_chunk_too_small_limit_is_error() -> None:
    with pytest.raises(ValueError, match="at least 20"):
        chunk_report(report_of("增长。"), max_chars=10)
