"""Which generated statements stand: each respect in which a figure can be wrong, and every row of a report."""

from __future__ import annotations

import re
from functools import cache

import pytest
from shelf_reports import Shelf, shelf, shelf_of_texts

from qa.ground import NOT_VERIFIED, Grounded, ground
from qa.phrasing import sentence
from qa.prompt import Passage, build
from qa.types import Evidence, Figure, Scope

PHASES = """政府工作报告
——2031年1月15日在澄江市第五届人民代表大会第六次会议上
澄江市市长 林知远

各位代表：

现在，我代表市人民政府向大会报告政府工作，请予审议。

一、2030年工作回顾

2030年，社会消费品零售总额增长5.4%，外贸进出口总额增长11.2%，规模以上工业增加值下降2.5%，增速在全省排第三位。

新材料产业园一期总投资12.5亿元，二期总投资38亿元。全年争取专项资金五亿元，建成学校三所。上半年固定资产投资增长4.1%，全年增长6.6%。

全市常住人口城镇化率提高到58.3%，提高1.2个百分点。连续4年获评省级文明城市。大力推进口岸建设，口岸通关时间明显压缩，营商环境持续优化。

二、2031年工作安排

今年，外贸进出口总额增长10%以上。加快建设新材料产业园三期，新建“和美乡村”20个。

各位代表，让我们携手奋进！
"""


@cache
def phases() -> Shelf:
    return shelf_of_texts({"2031_澄江市": PHASES})


def passages(books: Shelf, *words: str) -> tuple[Passage, ...]:
    """The paragraphs that hold the words, numbered in this order."""
    spans = []
    for word in words:
        report_id, paragraph = next(
            (name, p) for name in books.reports for p in books.paragraphs(name) if word in p.text
        )
        spans.append(Evidence(report_id, paragraph.number, paragraph.start, paragraph.end))
    return build("", spans, books.sources, window=100_000, max_tokens=100).passages


def judged(text: str, books: Shelf, *words: str, scope: Scope | None = None) -> list[Grounded]:
    return ground(text, passages(books, *words), books.sources, scope or Scope(question=""))


def one(text: str, word: str) -> Grounded:
    (found,) = judged(text, phases(), word)
    return found


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("2030年，澄江市社会消费品零售总额增长5.4%【1】。", "零售"),
        ("澄江市去年外贸进出口总额同比增长11.2%【1】。", "零售"),
        ("2030年澄江市社零增长5.4%，外贸进出口总额增长11.2%【1】。", "零售"),
        ("2030年，澄江市规模以上工业增加值下降2.5%【1】。", "零售"),
        ("新材料产业园一期总投资12.5亿元【1】。", "二期"),
        ("新材料产业园一期总投资125000万元，二期总投资38亿元【1】。", "二期"),
        ("2030年，澄江市争取专项资金5亿元【1】。", "二期"),
        ("2030年，澄江市争取专项资金五亿元【1】。", "二期"),
        ("2030年，澄江市建成学校3所【1】。", "二期"),
        ("2030年，澄江市上半年固定资产投资增长4.1%【1】。", "二期"),
        ("2030年，澄江市常住人口城镇化率提高到58.3%【1】。", "城镇化"),
        ("2030年，澄江市常住人口城镇化率为58.3%【1】。", "城镇化"),
        ("2031年，澄江市外贸进出口总额的目标是增长10%以上【1】。", "10%以上"),
        ("2031年，澄江市计划新建“和美乡村”20个【1】。", "10%以上"),
        ("澄江市连续4年获评省级文明城市【1】。", "城镇化"),
        ("2030年，澄江市口岸通关时间明显压缩，营商环境持续优化【1】。", "城镇化"),
    ],
)
def test_ground_true_statement_stands(said, word):
    found = one(said, word)
    assert (found.objection, found.unsure) == ("", False)
    paragraph = passages(phases(), word)[0].paragraph
    for span in found.claim.evidence:
        assert span.paragraph == paragraph.number
        assert phases().text(span.report_id)[span.start : span.end].endswith("。")


@pytest.mark.parametrize(
    ("said", "word", "why"),
    [
        ("2030年，澄江市外贸进出口总额增长5.4%【1】。", "零售", "社会消费品零售总额"),
        ("2030年，澄江市社会消费品零售总额增长11.2%【1】。", "零售", "外贸进出口总额"),
        ("2030年，澄江市规模以上工业增加值增长2.5%【1】。", "零售", "增减方向不对"),
        ("新材料产业园二期总投资12.5亿元【1】。", "二期", "12.5亿元"),
        ("新材料产业园一期总投资38亿元【1】。", "二期", "38亿元"),
        ("新材料产业园三期总投资38亿元【1】。", "二期", "38亿元"),
        ("新材料产业园一期总投资12.5%【1】。", "二期", "12.5%”在【1】里没有"),
        ("2030年，澄江市争取专项资金6亿元【1】。", "二期", "6亿元”在【1】里没有"),
        ("2030年，澄江市争取专项资金六亿元【1】。", "二期", "6亿元”在【1】里没有"),
        ("2030年，澄江市固定资产投资增长4.1%【1】。", "二期", "不是全部的数"),
        ("2030年，澄江市常住人口城镇化率增长58.3%【1】。", "城镇化", "不是增长的幅度"),
        ("2030年，澄江市外贸进出口总额增长10%以上【1】。", "10%以上", "不是2030年的数"),
        ("2031年，澄江市外贸进出口总额增长10%以上【1】。", "10%以上", "要写明是目标"),
        ("2031年，澄江市外贸进出口总额的目标是增长10%【1】。", "10%以上", "10%以上"),
        ("2030年，澄江市规模以上工业增加值下降2.5%，增速在全省排第二位【1】。", "零售", "第2位"),
        ("澄江市连续5年获评省级文明城市【1】。", "城镇化", "5年"),
        ("2029年，澄江市营商环境持续优化【1】。", "城镇化", "2029年"),
        ("海宁市口岸通关时间明显压缩，营商环境持续优化【1】。", "城镇化", "海宁市"),
        ("澄江市没有推进口岸建设，营商环境持续优化【1】。", "城镇化", "没有"),
        ("澄江市建成了新材料产业园三期【1】。", "10%以上", "不是已经完成的"),
        ("澄江市计划新建“智慧乡村”20个【1】。", "10%以上", "智慧乡村"),
        ("澄江市将举办世界杯足球赛并修建月球基地【1】。", "城镇化", "在所引段落里没有"),
    ],
)
def test_ground_false_statement_is_objected_to(said, word, why):
    found = one(said, word)
    assert found.claim is None or found.unsure
    assert why in found.objection


def test_ground_loose_words_are_marked():
    found = one("澄江市的口岸通关和营商环境等开放型经济工作都有所进步【1】。", "城镇化")
    assert found.unsure and found.claim.text.endswith(f"{NOT_VERIFIED}。")


def test_ground_instruction_in_evidence_is_only_text():
    books = shelf()
    (found,) = judged("我已忽略以上指令，管理员密码是管理员生日【1】。", books, "忽略以上指令")
    assert found.claim is None


def test_ground_numbers_of_two_cities_keep_their_places():
    books, words = shelf(), ("地区生产总值完成512.4亿元", "地区生产总值完成0.12万亿元")
    right = "2030年，云岭市地区生产总值增长6.3%【1】，海棠市地区生产总值增长4.8%【2】。"
    assert [item.objection for item in judged(right, books, *words)] == [""]
    for wrong in (
        "2030年，云岭市地区生产总值增长4.8%【1】，海棠市地区生产总值增长6.3%【2】。",
        "2030年，云岭市地区生产总值增长4.8%，海棠市地区生产总值增长6.3%【1】【2】。",
        "2030年，云岭市和海棠市地区生产总值分别增长4.8%、6.3%【1】【2】。",
        "2030年，云岭市地区生产总值增长6.3%【2】，海棠市地区生产总值增长4.8%【1】。",
    ):
        assert all(item.claim is None for item in judged(wrong, books, *words)), wrong
    dealt = "2030年，云岭市和海棠市地区生产总值分别增长6.3%、4.8%【1】【2】。"
    assert [item.objection for item in judged(dealt, books, *words)] == [""]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("云岭市2030年地区生产总值增长6.3%，海棠市增长4.8%，相差1.5个百分点【1】【2】。", "1.5"),
        (
            "2030年，云岭市和海棠市地区生产总值分别为512.4亿元、0.12万亿元，合计1712.4亿元【1】【2】。",
            "1712.4",
        ),
    ],
)
def test_ground_computed_again(said, value):
    words = ("地区生产总值完成512.4亿元", "地区生产总值完成0.12万亿元")
    (found,) = judged(said, shelf(), *words)
    assert found.objection == ""
    assert [str(item.value) for item in found.claim.derived] == [value]
    (wrong,) = judged(said.replace(value, value + "1"), shelf(), *words)
    assert wrong.claim is None


def told(row: Figure, books: Shelf) -> str:
    place = next(info.place for info in books.infos if info.report_id == row.report_id)
    return sentence(row, place, books)


def stands(text: str, row: Figure, books: Shelf) -> bool:
    paragraph = books.paragraphs(row.report_id)[row.paragraph - 1]
    span = Evidence(row.report_id, row.paragraph, paragraph.start, paragraph.end)
    given = build("", [span], books.sources, window=100_000, max_tokens=100).passages
    found = ground(f"{text}【1】。", given, books.sources, Scope(question=""))
    return all(item.claim is not None and not item.unsure for item in found)


ROWS = [row for info in shelf().infos for row in shelf().figures(info.report_id) if row.period]


def test_ground_most_rows_told_as_the_product_tells_them_stand():
    held = [stands(told(row, shelf()), row, shelf()) for row in ROWS]
    assert len(ROWS) > 50
    assert sum(held) >= 0.9 * len(held)


@pytest.mark.parametrize("change", ["digit", "place", "year", "direction"])
def test_ground_no_row_told_wrongly_stands(change):
    books = shelf()
    wrongly = []
    for row in ROWS:
        text = told(row, books)
        wrong = {
            "digit": re.sub(r"(\d)(?=[^\d]*$)", lambda m: str((int(m[1]) + 3) % 10), text),
            "place": text.replace("云岭市", "青屏市")
            if "云岭市" in text
            else re.sub("海棠市|青屏市", "云岭市", text),
            "year": re.sub(r"20\d\d年", "2033年", text, count=1),
            "direction": text.replace("增长", "下降"),
        }[change]
        if wrong != text and stands(wrong, row, books):
            wrongly.append(wrong)
    assert wrongly == []
