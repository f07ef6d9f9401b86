"""Everyday words of a question to what reports write for the same thing, and the file that knows them."""

import re
from importlib import resources

import pytest

from qa.concepts import MOST_PARTS, concepts_in
from qa.text import fold


def written(question: str) -> set[str]:
    return {word for words in concepts_in(fold(question)) for word in words}


@pytest.mark.parametrize(
    "question",
    [
        "老板拖着工钱不给咋办",
        "工钱被老板拖着，没人管吗",  # the other way round, over a comma
        "厂里不发工资，谁管",
    ],
)
def test_words_of_every_part_in_any_order(question: str) -> None:
    assert {"欠薪", "拖欠工资"} <= written(question)


@pytest.mark.parametrize(
    "question", ["老板给的工钱够不够", "公园里的花拖到什么时候开", "工钱够吗？房租还欠着"]
)
def test_words_of_one_part_or_of_two_sentences_are_no_concept(question: str) -> None:
    assert "欠薪" not in written(question)


def lines() -> list[str]:
    text = resources.files("qa").joinpath("data/concepts.tsv").read_text("utf-8")
    return [line for line in text.splitlines() if not re.match(r"#|@[^ |]+\t", line)]


def test_every_line_of_the_file_is_parts_and_what_reports_write() -> None:
    part, word = r"[^\t |]{1,8}(?:\|[^\t |]{1,8})*", r"[^\t| ]{2,14}(?: [^\t| ]{1,8}){0,2}"
    form = re.compile(rf"{part}(?: {part}){{0,{MOST_PARTS - 1}}}\t{word}(?:\|{word})*")
    assert [line for line in lines() if not form.fullmatch(line)] == []
    assert [line for line in lines() if fold(line.replace("\t", "|")) != line.replace("\t", "|")] == []
    assert len({line.partition("\t")[0] for line in lines()}) == len(lines())
