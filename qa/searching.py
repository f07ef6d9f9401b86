"""Scope -> hits: both searches of each report in scope, ordered again by what is asked."""

from __future__ import annotations

from dataclasses import replace

from qa.list_answer import list_items
from qa.rerank import rerank
from qa.retrieve import QueryEncoder, search_each
from qa.sources import Sources
from qa.store import Index
from qa.text import fold
from qa.types import Hit, Scope

POOL = 40
"""Chunks of each report that are ordered again."""


def find_hits(scope: Scope, index: Index, sources: Sources, encoder: QueryEncoder, *, k: int) -> list[Hit]:
    """Chunks for a scope: of one report the k best; of several, each one's best first, then the next."""
    if scope.intent == "off_topic" or not scope.report_ids:
        return []
    pool = search_each(index, encoder, query_of(scope), k=POOL, report_ids=scope.report_ids)
    items = list_items(scope, sources)
    hits: list[Hit] = []
    for report_id in scope.report_ids:
        own = replace(scope, report_ids=(report_id,))
        found = [hit for hit in pool if hit.chunk.report_id == report_id]
        here = [item for item in items if item.report_id == report_id]
        hits += rerank(found, own, index, sources.table, k=k, items=here)
    ordered = sorted(hits, key=lambda hit: (hit.rank, -hit.score))
    return [Hit(hit.chunk, hit.score, rank) for rank, hit in enumerate(ordered, 1)]


def query_of(scope: Scope) -> str:
    """What is sent to the index: the resolved question with standard names beside the user's words."""
    extra = [name for name in scope.indicators if name not in scope.question]
    return " ".join([fold(scope.question), *extra])
