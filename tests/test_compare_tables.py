"""Cells of tables of several bulletins held against each other: each is cited with the line that gives its unit."""

from shelf_reports import shelf_of_texts

TABLE = """{place}2030年国民经济和社会发展统计公报
{place}统计局
一、综合
2030年，全市经济平稳运行，各项事业取得新的进展。
表1 2030年主要工业产品产量
产品名称 单位 产量 比上年增长（%）
水泥 万吨 {amount} {growth}
钢材 万吨 30.0 1.5
"""


def test_cells_of_two_places_are_cited_with_the_line_of_their_unit() -> None:
    told = {"云汐市": ("41.2", "-7.8"), "青禾市": ("52.6", "3.4")}
    files = {
        f"{place}2030年统计公报": TABLE.format(place=place, amount=amount, growth=growth)
        for place, (amount, growth) in told.items()
    }
    answer = shelf_of_texts(files).ask("2030年水泥产量增速哪个市高？").done
    assert "青禾市" in answer.answer.splitlines()[0]
    head = "产品名称\t单位\t产量\t比上年增长（%）"
    assert {c.place for c in answer.citations if c.quote == head} == {"云汐市", "青禾市"}
