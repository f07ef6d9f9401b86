"""A county head's report to a council of Taiwan: years of its own calendar, amounts in two steps, 貳、 and 參、 above 一、."""

import pytest
from shelf_reports import shelf_of_texts

from qa.text import fold, quantities, years

TEXT = """青嵐縣議會第9屆第2次定期大會縣長施政報告
發布日期：112-11-03　　點閱次數：326
張議長、各位議員女士先生,大家好!
今天是青嵐縣議會第9屆第2次定期大會,本人率縣府團隊前來進行施政報告。
壹、前言
感謝各位議員支持,讓縣政推動能夠順利進展。
貳、施政成果
一、招商引資
111年全縣營業額達5,024億元,較108年3,512億元成長43%。總開發經費24億7,000萬元。
二、社會福利
長照涵蓋率由107年的45.2%提升至112年9月的81.7%,社區據點達291處。低收入戶1萬3,580人。
參、未來展望
一、健全長照網絡：113年再增設日照中心8處。
二、友善育兒：113年起生育補助由每胎1萬元提高至2萬元。
"""


@pytest.fixture(scope="module")
def shelf():
    return shelf_of_texts({"cp_13241": TEXT})


def test_report_is_of_the_year_of_the_session_and_plans_the_next(shelf) -> None:
    info = shelf.infos[0]
    assert (info.report_id, info.given_on) == ("2023-青岚县", "2023-11-03")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青嵐縣107年長照涵蓋率是多少", "45.2%"),
        ("青嵐縣長照涵蓋率從多少提升到多少", "81.7%"),
        ("青嵐縣2022年營業額多少", "5,024億元"),
        ("青嵐縣108年營業額", "3,512億元"),
        ("青嵐縣低收入戶有多少人", "1萬3,580人"),
        ("青嵐縣開發經費多少", "24億7,000萬元"),
        ("青嵐縣明年要增設幾處日照中心", "8處"),
        ("青嵐縣2024年生育補助多少", "2萬元"),
    ],
)
def test_years_and_amounts_are_read(shelf, question, said) -> None:
    answer = shelf.ask(question).done
    assert answer.reason is None
    assert fold(said).replace(",", "") in fold(answer.answer).replace(",", "")


@pytest.mark.parametrize("question", ["青嵐縣110年長照涵蓋率", "青嵐縣113年營業額多少"])
def test_other_years_of_the_calendar_are_not_answered(shelf, question) -> None:
    assert shelf.ask(question).done.reason is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("耕地7万2900公顷", [("72900", "公顷")]),
        ("经费24亿7000万元", [("24.7", "亿元")]),
        ("人口3万5千人", [("3.5", "万人")]),
        ("新增2亿、5000万元", [("2", "亿"), ("5000", "万元")]),
        ("投资3万亿元", [("3", "万亿元")]),
        ("10万5000户", [("105000", "户")]),
    ],
)
def test_amounts_in_two_steps_are_one(text, told) -> None:
    assert [
        (str(q.value.normalize() if q.value % 1 else int(q.value)), q.unit) for q in quantities(text)
    ] == told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("112年度总预算", [2023]),
        ("自107年12月迄今", [2018]),
        ("建成110年来", []),
        ("连续105年", []),
        ("100年历史", []),
        ("2023年", [2023]),
    ],
)
def test_years_of_the_calendar_of_taiwan(text, said) -> None:
    assert years(text) == said
