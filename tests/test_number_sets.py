"""Sets named by a number, as 三个云溪: their members before or behind the name."""

import pytest
from list_reports import lists_shelf
from words_reports import words_shelf

from qa.number_sets import members, sets_named

SHELF = lists_shelf()
REPORT = "2031-云溪县"
PARAGRAPHS = SHELF.paragraphs(REPORT)


def found(name: str) -> list[str] | None:
    named = dict(sets_named(f"“{name}”", REPORT, PARAGRAPHS))[name]
    made = members(name, REPORT, named, PARAGRAPHS)
    return made and [SHELF.text(REPORT)[e.start : e.end] for e in made.items]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("三个云溪", ["——建设实力云溪。", "——建设生态云溪。", "——建设幸福云溪。"]),
        ("五改", ["改水", "改厕", "改路", "改电", "改房同步推进"]),
        ("四个始终", ["始终坚持党的领导", "始终坚持人民至上", "始终坚持实干担当", "始终坚持团结奋斗"]),
    ],
)
def test_members_of_a_set(name, expected):
    assert found(name) == expected


@pytest.mark.parametrize("name", ["四个云溪", "三个始终", "六改", "五个坚持"])
def test_members_of_another_number_are_none(name):
    assert found(name) is None


def test_sets_without_quotation_marks_are_those_of_the_report():
    named = sets_named("三个云溪和四个始终分别指什么，三个方面呢", REPORT, PARAGRAPHS)
    assert [name for name, _ in named] == ["三个云溪", "四个始终"]


def test_members_before_the_name_that_counts_them():
    shelf = words_shelf()
    report = "2031-岚山市"
    paragraphs = shelf.paragraphs(report)
    name, named = sets_named("“三项改革”是哪三项", report, paragraphs)[0]
    made = members(name, report, named, paragraphs)
    assert made is not None
    assert [shelf.text(report)[e.start : e.end] for e in made.items] == ["数据共享", "流程再造", "窗口整合"]
