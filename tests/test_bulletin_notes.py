"""Notes of a report on another year: part of an answer only where they name the year."""

import pytest
from shelf_reports import shelf_of_texts

BULLETIN = """河湾市2032年国民经济和社会发展统计公报
河湾市统计局
2033年3月20日

一、综合
全年地区生产总值[1]1203.45亿元，比上年增长5.2%。
二、科技
全年研究与试验发展经费支出[2]41.25亿元，比上年增长9.1%。
注：
[1] 地区生产总值按现价计算。
[2] 研究与试验发展经费支出为2031年数据。
"""


@pytest.fixture(scope="module")
def bulletin():
    return shelf_of_texts({"河湾市2032年统计公报": BULLETIN})


def test_note_on_another_year_belongs_to_the_answer(bulletin):
    done = bulletin.ask("河湾市2032年研发经费投入多少").done
    assert "41.25亿元" in done.answer
    assert "注：研究与试验发展经费支出为2031年数据【2】。" in done.answer
    assert done.citations[1].quote == "[2] 研究与试验发展经费支出为2031年数据。"


def test_note_that_names_no_year_is_left_out(bulletin):
    done = bulletin.ask("河湾市2032年地区生产总值多少").done
    assert "1203.45亿元" in done.answer
    assert "注：" not in done.answer
