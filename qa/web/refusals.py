"""How the API says no: one shape, {"error": {"code", "message"}}, in plain Chinese, nothing of the inside."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from qa.errors import ConfigError, IndexMissingError, QAError, QuestionError
from qa.web.limits import CODES, refusal

log = logging.getLogger(__name__)

_SAID = {
    "missing": "缺少 {name}",
    "extra_forbidden": "不认识 {name}",
    "string_type": "{name} 应是文字",
    "string_too_long": "{name} 太长：最多 {max_length} 个字",
    "half_character": "{name} 里有不成字的字符",
    "too_long": "{name} 太多：最多 {max_length} 项",
    "list_type": "{name} 应是列表",
    "int_type": "{name} 应是整数",
    "int_parsing": "{name} 应是整数",
    "int_from_float": "{name} 应是整数",
    "greater_than_equal": "{name} 不能小于 {ge}",
    "less_than_equal": "{name} 不能大于 {le}",
    "literal_error": "{name} 应是 {expected}",
    "json_invalid": "请求正文不是有效的 JSON",
}
_NO_OBJECT = "请求正文应是 JSON 对象，请求头应有 Content-Type: application/json"
_STATUS = {
    400: "请求正文不能解析", 404: "没有这个地址", 405: "这个地址不接受这种请求", 413: "内容太长，请缩短后再发送",
}  # fmt: skip


class ApiError(Exception):
    """What a caller did wrong, or the server cannot do now: status, code and a line in Chinese."""

    def __init__(self, status: int, code: str, message: str, *, retry_after_s: float = 0) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.retry_after_s = retry_after_s


def as_api_error(exc: Exception) -> ApiError:
    """An error as a caller may see it: nothing of an unexpected one but that it happened."""
    if isinstance(exc, ApiError):
        return exc
    if isinstance(exc, QuestionError):
        return ApiError(422, "invalid_question", str(exc))
    if isinstance(exc, IndexMissingError):
        return ApiError(
            503, "no_index", "还没有可以查询的报告：请管理员在服务器上运行 python ingest.py 报告所在的文件夹"
        )
    if isinstance(exc, ConfigError):
        return ApiError(422, "mode_unavailable", "服务器没有设语言模型：请不写 mode，或写 extract")
    if isinstance(exc, QAError):
        log.error("cannot answer: %s", exc)
        return ApiError(503, "unavailable", "现在不能回答，请管理员查看服务器日志里的说明")
    log.error("question failed", exc_info=exc)
    return ApiError(
        500, "internal_error", "这个问题没有处理成功，请再试一次；如果一直这样，请管理员查看服务器日志"
    )


def add_errors(app: FastAPI) -> None:
    """Give every error of ``app`` the one shape."""

    @app.exception_handler(ApiError)
    async def known(_request: Request, exc: ApiError) -> JSONResponse:
        return refusal(exc.status, exc.message, code=exc.code, retry_after_s=exc.retry_after_s)

    @app.exception_handler(RequestValidationError)
    async def malformed(_request: Request, exc: RequestValidationError) -> JSONResponse:
        return refusal(422, _objection(exc.errors()[0]))

    @app.exception_handler(HTTPException)
    async def http(_request: Request, exc: HTTPException) -> JSONResponse:
        own = str(exc.detail) if not str(exc.detail).isascii() else ""
        message = own or _STATUS.get(exc.status_code, "请求没有成功")
        return refusal(exc.status_code, message, code=CODES.get(exc.status_code, "error"))

    @app.exception_handler(QAError)
    async def refused(_request: Request, exc: QAError) -> JSONResponse:
        # The listings raise the plain class for a filter that cannot match, and say what there is.
        if type(exc) is QAError:
            return refusal(422, str(exc))
        error = as_api_error(exc)
        return refusal(error.status, error.message, code=error.code, retry_after_s=5)

    @app.exception_handler(Exception)
    async def unexpected(_request: Request, _exc: Exception) -> JSONResponse:
        return refusal(500, "服务器出错，请再试一次；如果一直这样，请管理员查看服务器日志")


def _objection(error: dict[str, Any]) -> str:
    where = [str(part) for part in error["loc"][1:]]
    said = _SAID.get(error["type"])
    if error["type"] == "json_invalid" or not where:
        return said if error["type"] == "json_invalid" and said else _NO_OBJECT
    name = where[0] + "".join(f"[{part}]" if part.isdigit() else f".{part}" for part in where[1:])
    expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", " 或 ")
    values = {**error.get("ctx", {}), "name": name[:100], "expected": expected}
    return said.format(**values) if said else f"{name[:100]} 的值不对"
