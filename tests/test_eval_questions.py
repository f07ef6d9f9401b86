"""Question files are read whole or refused by line; gold is found where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from eval_rows import ABSENT, RIGHT, TEXT, TEXTS, write

from eval.questions import Question, dump, locate, locate_all, read_questions
from qa.errors import EvalDataError


def test_read_questions_split_and_order(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", RIGHT, "", ABSENT | {"split": "test"})
    assert [item.id for item in read_questions([path])] == ["dev-1", "dev-2"]
    assert [item.id for item in read_questions([path], "test")] == ["dev-2"]


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("{", "q.jsonl:2：整行"),
        (RIGHT | {"id": "x", "typ": 1}, "q.jsonl:2：typ"),
        (RIGHT | {"id": "x", "type": "quiz"}, "q.jsonl:2：type"),
        (RIGHT | {"id": "x", "must": []}, "must"),
        (RIGHT | {"id": "x", "must": [[]]}, "must"),
        (RIGHT | {"id": "x", "reason": "off_topic"}, "reason"),
        (ABSENT | {"abstain": False, "reason": None}, "abstain"),
        (RIGHT, "q.jsonl:2：id：编号 dev-1 已在"),
    ],
)
def test_read_questions_names_the_bad_line(tmp_path: Path, row: Any, part: str) -> None:
    with pytest.raises(EvalDataError) as caught:
        read_questions([write(tmp_path / "q.jsonl", RIGHT, row)])
    assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_read_questions_nothing_left_or_no_file(tmp_path: Path) -> None:
    with pytest.raises(EvalDataError, match="没有可用的问题"):
        read_questions([write(tmp_path / "q.jsonl", RIGHT)], "test")
    with pytest.raises(EvalDataError, match="读不出来"):
        read_questions([tmp_path / "none.jsonl"])


def test_locate_ignores_line_breaks_and_gives_pieces() -> None:
    gold = [{"report": "2024-甲市", "text": "农民收入 14164元"}]
    (found,) = locate(Question.model_validate(RIGHT | {"gold": gold}), TEXTS)
    (place,) = found.occurrences
    # "农民收入" is 13..17, the line break 17, "14164元" 18..24
    assert [TEXT[item.start : item.end] for item in place.pieces] == ["农民收入", "14164元"]
    assert TEXT[place.sentence.start : place.sentence.end] == "农民收入\n14164元。"


def test_locate_every_place_and_folded_forms() -> None:
    (found,) = locate(
        Question.model_validate(RIGHT | {"gold": [{"report": "r", "text": "增長２％"}]}),
        {"r": "增长2%，又增长2%。"},
    )
    assert [(item.pieces[0].start, item.pieces[0].end) for item in found.occurrences] == [(0, 4), (6, 10)]


def test_locate_finds_words_copied_from_a_file_with_other_marks() -> None:
    copied = {"report": "r", "text": '入选"百强县".增长'}
    (found,) = locate(Question.model_validate(RIGHT | {"gold": [copied]}), {"r": "入选“百强县”。增长2%"})
    assert [(item.pieces[0].start, item.pieces[0].end) for item in found.occurrences] == [(0, 10)]


def test_locate_takes_also_as_further_places() -> None:
    item = {"report": "r", "text": "增长2%", "also": ["目标为2%"]}
    question = Question.model_validate(RIGHT | {"gold": [item]})
    (found,) = locate(question, {"r": "增长2%。目标为2%。"})
    assert [(place.pieces[0].start, place.pieces[0].end) for place in found.occurrences] == [(0, 4), (5, 10)]
    with pytest.raises(EvalDataError, match="r 中找不到原文：目标为2%"):
        locate(question, {"r": "增长2%。"})


def test_also_is_dumped_only_where_it_says_something() -> None:
    item = {"report": "r", "text": "增长2%"}
    for gold in (item, item | {"also": ["目标为2%"]}):
        assert dump(Question.model_validate(RIGHT | {"gold": [gold]}))["gold"] == [gold]


def test_locate_all_names_all_that_is_not_there() -> None:
    absent = Question.model_validate(RIGHT | {"gold": [{"report": "2024-甲市", "text": "增长9.9%"}]})
    other = Question.model_validate(RIGHT | {"id": "b", "gold": [{"report": "2024-乙市", "text": "增长"}]})
    with pytest.raises(EvalDataError, match=r"dev-1：2024-甲市 中找不到原文：增长9.9%\nb：索引里没有报告"):
        locate_all([absent, other], TEXTS)
