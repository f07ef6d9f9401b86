"""One measure over several things in a sentence, answered as a row for each."""

from words_reports import bullets


def test_one_measure_over_several_things_is_a_row_each():
    assert bullets("岚山今年给哪些产业定了规上工业产值目标，分别多少亿") == [
        "力争白茶产业实现规上工业产值90亿元",
        "力争陶瓷产业实现规上工业产值60亿元",
    ]


def test_growth_is_listed_where_growth_is_asked():
    assert bullets("岚山去年哪些产业的产值增速分别是多少") == ["陶瓷产业产值增长6.2%", "竹木产业产值增长7.3%"]


def test_measure_of_no_two_things_is_no_list():
    assert bullets("禾川今年给哪些产业定了产值目标，分别多少亿") == []
