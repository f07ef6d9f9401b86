"""Hits put in order by the rows that answer: what comes first, what goes behind, how many."""

from dataclasses import replace

import pytest
from fakes import FakeEncoder, encoder_source
from shelf_reports import write_reports

from qa.ingest import Request, ingest
from qa.match import FigureTable, Weights
from qa.rerank import MAX_ROWS, WRONG_PART, rerank
from qa.store import Index
from qa.types import Evidence, Hit, Scope

YUNLING = "2031-云岭市"
GROWTH = Scope(
    "云岭市去年GDP增长多少？",
    intent="figure",
    years=(2030,),
    kind="actual",
    indicators=("地区生产总值",),
    terms=("地区生产总值", "增长"),
    report_ids=(YUNLING,),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rerank")
    encoder = FakeEncoder()
    paths = tuple(write_reports(folder / "corpus"))
    ingest(folder / "index", Request(paths), encoder=encoder_source(encoder))
    return Index.open(folder / "index", encoder_fingerprint=encoder.fingerprint)


@pytest.fixture(scope="module")
def table(index):
    return FigureTable(index, Weights.from_texts(chunk.text for chunk in index.chunks))


def hits_of(index, report_id: str = YUNLING) -> list[Hit]:
    """Every chunk of a report, the last first: the worst order for what stands early."""
    chunks = index.report_chunks(report_id)[::-1]
    return [Hit(chunk, 1 / rank, rank) for rank, chunk in enumerate(chunks, 1)]


def test_rerank_row_that_answers_is_first(index, table):
    best = rerank(hits_of(index), GROWTH, index, table, k=5)[0]
    assert "地区生产总值完成512.4亿元、增长6.3%" in best.chunk.text


def test_rerank_target_asked_plan_is_first(index, table):
    scope = replace(GROWTH, question="云岭市今年GDP目标是多少？", kind="target", years=(2031,))
    best = rerank(hits_of(index), scope, index, table, k=5)[0]
    assert "地区生产总值增长6.5%以上" in best.chunk.text


def test_rerank_row_that_search_missed_is_found(index, table):
    (hit,) = rerank([], GROWTH, index, table, k=5)
    assert "增长6.3%" in hit.chunk.text
    # one ranking of weight 1, first in it: 1/(60+1)
    assert (hit.rank, hit.score) == (1, 1 / 61)


@pytest.mark.parametrize("k", [1, 3])
def test_rerank_k_best(index, table, k):
    every = rerank(hits_of(index), GROWTH, index, table, k=99)
    assert rerank(hits_of(index), GROWTH, index, table, k=k) == every[:k]


def test_rerank_ranks_from_one_scores_falling(index, table):
    found = rerank(hits_of(index), GROWTH, index, table, k=99)
    assert [hit.rank for hit in found] == list(range(1, len(found) + 1))
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert len({hit.chunk.chunk_id for hit in found}) == len(found) == len(hits_of(index))


def test_rerank_chunk_of_the_wrong_part_goes_behind(index, table):
    unknown = Scope("云岭市怎么航天？", terms=("航天",), report_ids=(YUNLING,))
    parts = {p.number: p.part for p in index.paragraphs(YUNLING)}
    plan = next(c for c in index.report_chunks(YUNLING) if parts[c.paragraph] == "plan")
    (open_hit,) = rerank([Hit(plan, 1.0, 1)], unknown, index, table, k=1)
    (past_hit,) = rerank([Hit(plan, 1.0, 1)], replace(unknown, kind="actual"), index, table, k=1)
    assert past_hit.score == open_hit.score * WRONG_PART


def test_rerank_without_hits_and_rows(index, table):
    assert rerank([], Scope("航天", terms=("航天",), report_ids=(YUNLING,)), index, table, k=5) == []


def test_rerank_rows_of_one_report_are_few(index, table):
    scope = Scope("云岭市新建多少？", terms=("新建",), report_ids=(YUNLING,))
    assert len(rerank([], scope, index, table, k=99)) <= MAX_ROWS


def test_rerank_leaves_the_hits_unchanged(index, table):
    hits = hits_of(index)
    before = list(hits)
    rerank(hits, GROWTH, index, table, k=3)
    assert hits == before


def test_rerank_item_of_a_list_comes_before_what_only_sounds_like_it(index, table):
    plain = rerank(hits_of(index), GROWTH, index, table, k=99)
    worst = plain[-1].chunk
    item = Evidence(worst.report_id, worst.paragraph, worst.start, worst.end)
    listed = rerank(hits_of(index), GROWTH, index, table, k=99, items=[item])
    assert worst.chunk_id in [
        hit.chunk.chunk_id for hit in listed[:2]
    ]  # behind the row that answers, at most
