"""The HTTP API under /api/: asking, reports, figures, commitments, health, and its description.

Whatever goes wrong under /api/ gives {"error": {"code", "message"}} with a message in Chinese.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query, Request
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response
from starlette.routing import Match

from qa.config import Settings
from qa.errors import IndexMissingError, QAError
from qa.table_text import csv_text
from qa.tables import (
    COMMITMENT_FIELDS,
    FIGURE_FIELDS,
    Filters,
    commitment_dict,
    figure_dict,
    find_commitments,
    find_figures,
    place_named,
)
from qa.types import Answer, Paragraph, ReportInfo
from qa.web.asking import AskBody, Asking, answered, check_limits, streamed
from qa.web.desk import Desk, Library, starters
from qa.web.guard import API, is_own
from qa.web.limits import Line, refusal
from qa.web.refusals import ApiError, add_errors

STATIC = Path(__file__).parent / "static"
DESCRIPTION = "对政府工作报告提问，每句回答都标明所依据的段落；也可取报告、数据和承诺。"
PAGE_ROWS, MAX_ROWS = 100, 1_000

Word = Annotated[str, Field(max_length=100)]


class Paging(BaseModel):
    """A part of a listing."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=PAGE_ROWS, ge=1, le=MAX_ROWS, description="最多几条")
    offset: int = Field(default=0, ge=0, le=10_000_000, description="略去前几条")


class Listing(Paging):
    """The filters of ``govqa figures`` and ``govqa commitments``."""

    place: Word | None = Field(default=None, description="只看这个地方的报告，可写简称")
    year: int | None = Field(default=None, description="只看这一年作的报告")
    kind: Word | None = Field(default=None, description="数据：actual 实绩，target 目标；承诺：新建、开工……")
    indicator: Word | None = Field(default=None, description="指标名称、俗称（GDP）或名称的一部分")
    sector: Word | None = Field(default=None, description="所在小标题里的字")
    text: Word | None = Field(default=None, description="原句里的词，空格隔开，须全部出现")
    period: Word | None = Field(default=None, description="所指的年份，如 2024")
    format: Literal["json", "csv"] = Field(default="json", description="csv 是全部结果，不分页")

    def filters(self) -> Filters:
        """The conditions alone, as ``qa.tables`` takes them."""
        return Filters(**self.model_dump(exclude={"limit", "offset", "format"}))


def add_api(app: FastAPI, desk: Desk, settings: Settings, line: Line) -> None:
    """Put the routes and the wording of errors on ``app``; ``line`` runs the questions."""
    add_errors(app)
    _add_asking(app, desk, settings, line)
    _add_reports(app, desk)
    _add_rows(app, desk)
    _add_health(app, desk)
    _add_widget(app, desk, settings)


def close_api(app: FastAPI) -> None:
    """Catch what no route under /api/ takes, before the page at the root does: to be called last."""

    @app.api_route(
        API + "{rest:path}",
        methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        include_in_schema=False,
    )
    def unknown(request: Request, rest: str) -> JSONResponse:
        for route in app.router.routes:
            match, _ = route.matches(request.scope)
            if match == Match.PARTIAL:
                methods = sorted(getattr(route, "methods", None) or ())
                refused = refusal(405, f"这个地址只接受 {'、'.join(methods)} 请求")
                refused.headers["Allow"] = ", ".join(methods)
                return refused
        return refusal(404, "没有这个地址")


# ------------------------------------------------------------------ asking


def _add_asking(app: FastAPI, desk: Desk, settings: Settings, line: Line) -> None:
    def begin(body: AskBody, request: Request) -> Asking:
        foreign = request.headers.get("origin") is not None and not is_own(request.headers)
        check_limits(body, settings, foreign=foreign)
        return Asking(body, desk.assistant, line)

    @app.post("/api/ask", summary="提问", responses={200: {"model": Answer}})
    async def ask(body: AskBody, request: Request) -> Response:
        """与 `govqa ask --json` 相同的 Answer。"""
        return await answered(begin(body, request), request)

    @app.post(
        "/api/ask/stream", summary="提问，边答边收", responses={200: {"content": {"text/event-stream": {}}}}
    )
    async def ask_stream(body: AskBody, request: Request) -> Response:
        """服务器推送事件：scope 问题的理解，evidence 交给语言模型的段落，text 未核实的草稿（后一个取代前一个），
        answer 核实过的 Answer（最后一个），error 出错。没有语言模型时只有 scope 和 answer。"""
        return await streamed(begin(body, request))


# ------------------------------------------------------------------ reading


def _add_reports(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/reports", summary="报告目录")
    def reports(paging: Annotated[Paging, Query()]) -> dict[str, Any]:
        """索引里的报告，按 `govqa reports` 的次序。"""
        found = desk.library().reports
        return _part("reports", [report_dict(info) for info in found], paging)

    @app.get("/api/reports/{report_id}", summary="一份报告：章节和段落")
    def report(report_id: str, paging: Annotated[Paging, Query()]) -> dict[str, Any]:
        """`sections` 是章节树（`path` 从外到内，`first`、`last` 是段号），`paragraphs` 是分页的段落。
        `start`、`end` 是段落在全文里的字符位置，与引用的 `start`、`end` 同一尺度。"""
        library = desk.library()
        info = next((info for info in library.reports if info.report_id == report_id), None)
        if info is None:
            raise ApiError(404, "not_found", "没有这份报告：报告目录在 /api/reports")
        paragraphs = library.paragraphs(report_id)
        head = {name: value for name, value in report_dict(info).items() if name != "paragraphs"}
        rows = [paragraph_dict(paragraph) for paragraph in paragraphs]
        return head | {"sections": sections(paragraphs)} | _part("paragraphs", rows, paging)


def _add_rows(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/figures", summary="数据表", responses={200: {"content": {"text/csv": {}}}})
    def figures(listing: Annotated[Listing, Query()]) -> Response:
        """筛选与 `govqa figures` 相同。一条也没有时 `note` 说明原因。"""
        rows, note = find_figures(desk.library(), listing.filters())
        return _listed("figures", [figure_dict(row) for row in rows], FIGURE_FIELDS, listing, note)

    @app.get("/api/commitments", summary="承诺清单", responses={200: {"content": {"text/csv": {}}}})
    def commitments(listing: Annotated[Listing, Query()]) -> Response:
        """筛选与 `govqa commitments` 相同。一条也没有时 `note` 说明原因。"""
        rows, note = find_commitments(desk.library(), listing.filters())
        return _listed(
            "commitments", [commitment_dict(row) for row in rows], COMMITMENT_FIELDS, listing, note
        )


def _add_health(app: FastAPI, desk: Desk) -> None:
    @app.head("/api/health", include_in_schema=False)
    @app.get("/api/health", summary="服务状态")
    def health() -> dict[str, Any]:
        """`status`：ok 可以提问；no_index 还没有报告；broken 索引不能用。语言模型可能还在载入。"""
        try:
            reports = len(desk.library().reports)
        except IndexMissingError:
            return {"status": "no_index", "reports": 0}
        except QAError:
            return {"status": "broken", "reports": 0}
        return {"status": "ok", "reports": reports}


def _part(name: str, rows: Sequence[Any], paging: Paging) -> dict[str, Any]:
    return {
        "total": len(rows),
        "limit": paging.limit,
        "offset": paging.offset,
        name: rows[paging.offset : paging.offset + paging.limit],
    }


def _listed(
    name: str, rows: list[dict[str, Any]], columns: Sequence[str], listing: Listing, note: str
) -> Response:
    if listing.format == "csv":
        disposition = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return Response(csv_text(columns, rows), media_type="text/csv; charset=utf-8", headers=disposition)
    return JSONResponse(_part(name, rows, listing) | ({"note": note} if note else {}))


def report_dict(info: ReportInfo) -> dict[str, Any]:
    """A catalogue line for outside: where its file lies on the server is nobody's business."""
    return {name: value for name, value in asdict(info).items() if name != "source"}


def paragraph_dict(paragraph: Paragraph) -> dict[str, Any]:
    """The JSON object of a paragraph; ``start`` and ``end`` as in ``qa.types.Paragraph``."""
    return {
        "paragraph": paragraph.number,
        "start": paragraph.start,
        "end": paragraph.end,
        "section": list(paragraph.section),
        "part": paragraph.part,
        "is_heading": paragraph.is_heading,
        "text": paragraph.text,
    }


def sections(paragraphs: Sequence[Paragraph]) -> list[dict[str, Any]]:
    """The headings in their order, each with the numbers of its first and last own paragraph."""
    found = []
    for path, group in groupby(paragraphs, key=lambda paragraph: paragraph.section):
        numbers = [paragraph.number for paragraph in group]
        if path:
            found.append({"path": list(path), "level": len(path), "first": numbers[0], "last": numbers[-1]})
    return found


# ------------------------------------------------------------------ widget and description


class _Some:
    """An index of which only some reports are offered, for questions that suit a narrowed widget."""

    def __init__(self, library: Library, reports: tuple[ReportInfo, ...]) -> None:
        self.reports = reports
        self.report, self.text, self.paragraphs = library.report, library.text, library.paragraphs
        self.figures, self.commitments = library.figures, library.commitments


def _add_widget(app: FastAPI, desk: Desk, settings: Settings) -> None:
    @app.get("/api/widget", summary="小部件开场所需")
    def widget(
        place: Annotated[list[Word] | None, Query(max_length=100)] = None,
        year: Annotated[list[int] | None, Query(max_length=100)] = None,
    ) -> dict[str, Any]:
        """报告份数、可以问的例题、问题最长几个字。"""
        library = desk.library()
        known = [info.place for info in library.reports]
        named = [place_named(known, name) for name in place or ()]
        chosen = tuple(
            info
            for info in library.reports
            if (not place or info.place in named) and (not year or info.year in year)
        )
        return {
            "reports": len(chosen),
            "suggestions": starters(_Some(library, chosen)),
            "max_question_chars": settings.max_question_chars,
            "max_history": settings.max_history,
        }

    def page(name: str) -> FileResponse:
        return FileResponse(STATIC / name, headers={"Cache-Control": "no-cache"})

    @app.get("/api/docs", include_in_schema=False)
    def docs() -> FileResponse:
        return page("api.html")

    @app.get("/widget.js", include_in_schema=False)
    def script() -> FileResponse:
        return FileResponse(
            STATIC / "widget.js",
            media_type="text/javascript; charset=utf-8",
            headers={"Cache-Control": "public, max-age=600"},
        )

    @app.get("/widget-demo", include_in_schema=False)
    def demo() -> FileResponse:
        return page("demo.html")
