"""Keyword search: how text and numbers become tokens, and what is found by them."""

import numpy as np
import pytest

from qa.keyword import KeywordIndex, tokenize


def test_tokenize_number_whole_and_normalised():
    tokens = tokenize("新增就业1.2万个")
    assert {"1.2万个", "12000个", "12000", "1.2"} <= set(tokens)
    assert {"新增", "增就", "就业", "万个"} <= set(tokens)


def test_tokenize_percent_with_comparator():
    tokens = tokenize("增长6.5%以上")
    assert {"6.5%以上", "6.5%", "6.5"} <= set(tokens)
    assert "5%" not in tokens and "5" not in tokens


def test_tokenize_thousands_separator_is_no_cut():
    assert {"1163亿元", "1163", "116300000000"} <= set(tokenize("完成1,163亿元"))


def test_tokenize_full_width_and_traditional_equal_plain():
    assert tokenize("經濟增長５．２％，ＧＤＰ") == tokenize("经济增长5.2%，gdp")


def test_tokenize_stop_character_alone():
    assert tokenize("的，桥") == ["桥"]


def test_tokenize_blank():
    assert tokenize(" \n，。") == []


def test_search_tells_decimal_from_whole():
    index = KeywordIndex.build(["a", "b"], ["增速5.2%", "增速52%"])
    assert [found for found, _ in index.search("52%", 5)] == ["b"]
    assert [found for found, _ in index.search("5.2%", 5)] == ["a"]


def test_search_finds_the_same_amount_in_another_magnitude():
    index = KeywordIndex.build(["a", "b"], ["新增1.2万个岗位", "新增1.3万个岗位"])
    assert index.search("12000个", 5)[0][0] == "a"


def test_search_tie_keeps_index_order():
    index = KeywordIndex.build(["z", "a", "m"], ["修路", "修路", "建桥"])
    found = index.search("修路", 5)
    assert [chunk_id for chunk_id, _ in found] == ["z", "a"]
    assert found[0][1] == found[1][1] > 0


def test_search_k_and_mask():
    index = KeywordIndex.build(["a", "b", "c"], ["修路", "修路", "修路"])
    assert [found for found, _ in index.search("修路", 2)] == ["a", "b"]
    mask = np.array([False, True, True])
    assert [found for found, _ in index.search("修路", 5, mask=mask)] == ["b", "c"]
    assert mask.tolist() == [False, True, True]
    assert index.search("修路", 0) == []


@pytest.mark.parametrize("query", ["", "，", "没有这些字"])
def test_search_nothing_known(query):
    assert KeywordIndex.build(["a"], ["修路"]).search(query, 5) == []


@pytest.mark.parametrize("texts", [[], ["", "，"]])
def test_build_without_tokens_finds_nothing(texts, tmp_path):
    index = KeywordIndex.build([str(i) for i in range(len(texts))], texts)
    assert index.search("修路", 5) == []
    index.save(tmp_path / "k")
    loaded = KeywordIndex.load(tmp_path / "k")
    assert loaded.search("修路", 5) == [] and loaded.chunk_ids == index.chunk_ids


def test_build_lengths_differ():
    with pytest.raises(ValueError, match="2 ids for 1 texts"):
        KeywordIndex.build(["a", "b"], ["修路"])


def test_save_load_gives_the_same_scores(tmp_path):
    index = KeywordIndex.build(["a", "b"], ["增速5.2%，修路", "增速52%"])
    index.save(tmp_path / "k")
    assert KeywordIndex.load(tmp_path / "k").search("增速5.2%", 5) == index.search("增速5.2%", 5)
