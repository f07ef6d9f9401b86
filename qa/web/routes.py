"""What the page's own scripts fetch and post, below /api/page/: no part of the public API."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from qa.config import Settings
from qa.errors import IndexMissingError, QAError
from qa.tables import Filters
from qa.web import copies, reader, tabs
from qa.web.desk import Desk, Library
from qa.web.feedback import MAX_COMMENT_CHARS, Feedback, Opinion, Vote
from qa.web.sessions import Exchange, Memory
from qa.web.words import INGEST_COMMAND

log = logging.getLogger(__name__)

TITLE = "政报问答"
MAX_TEXT = 100
GONE = "这条回答已过期，请重新提问"

T = TypeVar("T")
Text = Annotated[str, Query(max_length=MAX_TEXT)]
Year = Annotated[int | None, Query(ge=1949, le=2200)]


class Said(BaseModel):
    """The body of POST /api/page/feedback."""

    model_config = ConfigDict(extra="forbid")
    key: str = Field(max_length=64)
    vote: Vote
    comment: str = Field("", max_length=MAX_COMMENT_CHARS)


def router(desk: Desk, memory: Memory, settings: Settings) -> APIRouter:
    """The routes over one desk and one memory."""
    routes = APIRouter(prefix="/api/page")
    _reports(routes, desk, settings)
    _tables(routes, desk)
    _answers(routes, desk, memory, Feedback(settings.feedback))
    return routes


def _reports(routes: APIRouter, desk: Desk, settings: Settings) -> None:
    @routes.get("/reports")
    def reports() -> dict[str, Any]:
        """The catalogue; ``notice`` says what to do if there is none."""
        shared = {"model": bool(settings.llm_model), "mode": settings.mode}
        try:
            return {"reports": reader.catalogue(desk.library()), "notice": ""} | shared
        except IndexMissingError:
            return {"reports": [], "notice": "no_index", "command": INGEST_COMMAND} | shared
        except QAError as exc:
            log.error("no index to show: %s", exc)
            return {"reports": [], "notice": "broken"} | shared

    @routes.get("/report")
    def report(id: Text) -> dict[str, Any]:
        """A whole report."""
        return _of(desk, lambda index: reader.whole(index, id))


def _tables(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/indicators")
    def indicators() -> dict[str, Any]:
        return {"indicators": _of(desk, tabs.indicators)}

    @routes.get("/compare")
    def compare(indicator: Text, measure: Text = "") -> dict[str, Any]:
        return _of(desk, lambda index: tabs.comparison(index, indicator, measure))

    @routes.get("/compare.csv")
    def compare_csv(indicator: Text, measure: Text = "") -> Response:
        text = _of(desk, lambda index: tabs.comparison_csv(index, indicator, measure))
        return _file(text, f"指标对比-{indicator}.csv", "text/csv")

    @routes.get("/commitments")
    def commitments(
        place: Text = "",
        year: Year = None,
        kind: Text = "",
        sector: Text = "",
        text: Text = "",
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> dict[str, Any]:
        wanted = _filters(place, year, kind, sector, text)
        return _of(desk, lambda index: tabs.commitments(index, wanted, offset))

    @routes.get("/commitments.csv")
    def commitments_csv(
        place: Text = "", year: Year = None, kind: Text = "", sector: Text = "", text: Text = ""
    ) -> Response:
        wanted = _filters(place, year, kind, sector, text)
        return _file(_of(desk, lambda index: tabs.commitments_csv(index, wanted)), "承诺清单.csv", "text/csv")


def _answers(routes: APIRouter, desk: Desk, memory: Memory, feedback: Feedback) -> None:
    @routes.get("/answers/{key}")
    def answer(key: str) -> dict[str, Any]:
        """A recent answer: its citations with their paragraphs, its forms for copying, the reader's opinion."""
        exchange = _exchange(memory, key)
        try:
            index: Library | None = desk.library()
        except QAError:
            index = None
        return _told(exchange, index) | {"opinion": _opinion(feedback.of(key))}

    @routes.post("/feedback")
    def opinion(said: Said) -> dict[str, Any]:
        """Keep a reader's opinion; the same one twice is one."""
        try:
            feedback.save(_exchange(memory, said.key), Opinion(said.vote, said.comment))
        except QAError as exc:
            log.error("%s", exc)
            raise HTTPException(503, "意见没有保存成功，请管理员查看服务器日志") from exc
        return {"opinion": _opinion(feedback.of(said.key))}

    @routes.get("/conversation")
    def conversation(id: Text, form: Annotated[str, Query(pattern="^(md|json)$")] = "md") -> Response:
        """A conversation as a file."""
        session = memory.known(id)
        if session is None or not session.exchanges:
            raise HTTPException(404, "这段对话还没有内容，或已过期")
        if form == "json":
            return _file(copies.conversation_json(session.exchanges), f"{TITLE}.json", "application/json")
        text = copies.conversation_markdown(session.exchanges, TITLE)
        return _file(text, f"{TITLE}.md", "text/markdown")


def _told(exchange: Exchange, index: Library | None) -> dict[str, Any]:
    answer = exchange.answer
    shared = {"question": exchange.question, "sent": list(exchange.sent)}
    if answer is None:
        return shared | {"citations": [], "text": "", "markdown": "", "scope": None, "abstained": False}
    names = {info.report_id: info.place for info in index.reports} if index else {}
    scope = answer.scope
    return shared | {
        "citations": [reader.card(citation, index) for citation in answer.citations],
        "text": copies.answer_text(answer),
        "markdown": copies.answer_copy(answer),
        "mode": answer.mode,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "scope": {
            "places": list(dict.fromkeys(names[i] for i in scope.report_ids if i in names)),
            "years": list(scope.years),
            "kind": scope.kind or "",
            "indicators": list(scope.indicators),
        },
    }


def _opinion(opinion: Opinion) -> dict[str, str]:
    return {"vote": opinion.vote, "comment": opinion.comment}


def _exchange(memory: Memory, key: str) -> Exchange:
    exchange = memory.exchange(key)
    if exchange is None:
        raise HTTPException(404, GONE)
    return exchange


def _filters(place: str, year: int | None, kind: str, sector: str, text: str) -> Filters:
    return Filters(
        place=place or None, year=year, kind=kind or None, sector=sector or None, text=text or None
    )


def _of(desk: Desk, get: Callable[[Library], T]) -> T:
    """What ``get`` makes of the index; what is wrong with it becomes an answer that says so."""
    try:
        return get(desk.library())
    except IndexMissingError as exc:
        raise HTTPException(503, f"还没有可以查询的报告：请在服务器上运行 {INGEST_COMMAND}") from exc
    except QAError as exc:
        raise HTTPException(404, str(exc)) from exc


def _file(text: str, name: str, kind: str) -> Response:
    """A download; the name may be Chinese (RFC 6266)."""
    return Response(
        text,
        media_type=f"{kind}; charset=utf-8",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Cache-Control": "no-store",
        },
    )
