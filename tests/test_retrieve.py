"""Search in both indexes fused into one ranking, and the LangChain retriever."""

import pytest
from fakes import FakeEncoder, encoder_source, write_report

from qa.ingest import Request, ingest
from qa.retrieve import ReportRetriever, fuse, search, search_each
from qa.store import Index

BODY = ("修建道路路网。", "新建大桥。", "兴修水利。")


@pytest.fixture
def encoder():
    return FakeEncoder()


@pytest.fixture
def index(tmp_path, encoder):
    for place in ("云山市", "海阳县"):
        write_report(tmp_path / f"corpus/2024_{place}.txt", *BODY)
    ingest(tmp_path / "index", Request((tmp_path / "corpus",)), encoder=encoder_source(encoder))
    return Index.open(tmp_path / "index", encoder_fingerprint=encoder.fingerprint)


def test_fuse_adds_reciprocal_ranks():
    # b: 1/(60+2) + 1/(60+1); a: 1/61; c: 1/62
    assert fuse([(1.0, ["a", "b"]), (1.0, ["b", "c"])]) == [
        ("b", 1 / 62 + 1 / 61),
        ("a", 1 / 61),
        ("c", 1 / 62),
    ]


def test_fuse_weight():
    assert fuse([(1.0, ["a"]), (2.0, ["b"])]) == [("b", 2 / 61), ("a", 1 / 61)]


def test_fuse_tie_goes_to_the_earlier_ranking():
    assert [found for found, _ in fuse([(1.0, ["z"]), (1.0, ["a"])])] == ["z", "a"]


def test_fuse_empty():
    assert fuse([(1.0, []), (1.0, [])]) == []


def test_search_best_is_first_in_both(index, encoder):
    hits = search(index, encoder, "大桥", k=1, report_ids=["2024-海阳县"])
    assert [(hit.chunk.report_id, hit.chunk.text, hit.rank) for hit in hits] == [
        ("2024-海阳县", "新建大桥。", 1)
    ]
    assert hits[0].score == 1 / 61 + 1 / 61


def test_search_query_is_folded_for_the_encoder(index, encoder):
    search(index, encoder, "大橋Ａ", k=1)
    assert encoder.query_texts == ["大桥a"]


def test_search_all_reports_by_default(index, encoder):
    hits = search(index, encoder, "大桥", k=2)
    assert {hit.chunk.report_id for hit in hits} == {"2024-云山市", "2024-海阳县"}
    assert [hit.rank for hit in hits] == [1, 2]


@pytest.mark.parametrize("query", ["", " \n"])
def test_search_blank_query_finds_nothing(index, encoder, query):
    assert search(index, encoder, query, k=5) == search_each(index, encoder, query, k=5) == []


def test_search_empty_scope_finds_nothing(index, encoder):
    assert search(index, encoder, "大桥", k=5, report_ids=[]) == []


def test_search_each_gives_every_report_its_best(index, encoder):
    order = ["2024-海阳县", "2024-云山市"]
    hits = search_each(index, encoder, "水利", k=1, report_ids=order)
    assert [(hit.chunk.report_id, hit.chunk.text, hit.rank) for hit in hits] == [
        ("2024-海阳县", "兴修水利。", 1),
        ("2024-云山市", "兴修水利。", 2),
    ]
    assert encoder.query_texts == ["水利"]
    assert order == ["2024-海阳县", "2024-云山市"]


def test_search_empty_index(tmp_path, encoder, index):
    ids = tuple(info.report_id for info in index.reports)
    ingest(tmp_path / "index", Request(remove=ids), encoder=encoder_source(encoder))
    empty = Index.open(tmp_path / "index")
    assert search(empty, encoder, "大桥", k=5) == search_each(empty, encoder, "大桥", k=5) == []


def test_retriever_document_carries_the_citation(index, encoder):
    retriever = ReportRetriever(index=lambda: index, encoder=encoder, k=1, report_ids=("2024-云山市",))
    (document,) = retriever.invoke("大桥")
    chunk = index.chunk(document.metadata["chunk_id"])
    assert document.page_content == chunk.text == "新建大桥。"
    assert document.id == chunk.chunk_id
    assert document.metadata == {
        "chunk_id": chunk.chunk_id,
        "report_id": "2024-云山市",
        "place": "云山市",
        "year": 2024,
        "title": index.info("2024-云山市").title,
        "section": ["一、过去一年工作回顾"],
        "paragraph": chunk.paragraph,
        "start": chunk.start,
        "end": chunk.end,
        "score": 1 / 61 + 1 / 61,
        "rank": 1,
    }
    text = index.text("2024-云山市")
    assert text[document.metadata["start"] : document.metadata["end"]] == "新建大桥。"
