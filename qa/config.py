"""Settings: default, then environment (``QA_…``), then flag. Importing this module reads nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qa.errors import ConfigError

BUNDLED_ENCODER = "bundled"
MODES = ("extract", "llm")
MIN_KEY_CHARS = 16


class Secret:
    """A value that no repr, log line or JSON shows; ``reveal`` is called where it is sent, nowhere else."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself, for the request that needs it and nothing else."""
        return self._value

    def masked(self, text: str) -> str:
        """``text`` without the secret, for messages that others wrote."""
        return text.replace(self._value, str(self)) if self._value else text

    def __str__(self) -> str:
        return "***" if self._value else ""

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return f"Secret({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __deepcopy__(self, memo: object) -> Secret:
        return Secret()  # dataclasses.asdict copies what it does not know: the copy carries nothing


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the product. Units are in the names.

    ``encoder`` is "bundled", or the name or folder of a sentence-transformers model. ``mode`` is how a
    question is answered that does not say: "extract", or "llm" by the model of the ``llm_`` settings, an
    OpenAI-compatible endpoint. ``llm_window`` and ``llm_max_tokens`` count tokens of cl100k_base, prices are
    for a million of the model's own; ``llm_cache`` is a file that keeps its texts, "" for none.

    ``widget_origins`` are the sites that may show the page in a frame or call the API from a browser.
    ``rate_limit`` is questions a minute from one client, 0 for no limit; ``concurrency`` questions are answered
    at once while ``queue`` more wait; ``max_history`` counts messages; an ``api_key`` is asked of programs.
    ``feedback`` is the SQLite file of readers' opinions on answers.
    """

    index: Path = Path("data/index")
    encoder: str = BUNDLED_ENCODER
    host: str = "127.0.0.1"
    port: int = 7860
    max_question_chars: int = 500
    max_file_mb: int = 50
    threads: int = 0
    mode: str = "extract"
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: Secret = field(default_factory=Secret)
    llm_timeout_s: int = 60
    llm_retries: int = 1
    llm_concurrency: int = 4
    llm_max_tokens: int = 800
    llm_window: int = 8192
    llm_cooldown_s: int = 60
    llm_cache: str = ""
    llm_price_in: Decimal = Decimal(0)
    llm_price_out: Decimal = Decimal(0)
    widget_origins: tuple[str, ...] = ()
    api_key: Secret = field(default_factory=Secret)
    rate_limit: int = 120
    concurrency: int = 4
    queue: int = 64
    max_body_kb: int = 256
    max_history: int = 40
    feedback: Path = Path("data/feedback.sqlite")

    def __post_init__(self) -> None:
        _check("QA_PORT", self.port, 0, 65_535)
        _check("QA_MAX_QUESTION_CHARS", self.max_question_chars, 10, 10_000)
        _check("QA_MAX_FILE_MB", self.max_file_mb, 1, 2_000)
        _check("QA_THREADS", self.threads, 0, 256)
        _check("QA_LLM_TIMEOUT_S", self.llm_timeout_s, 1, 3_600)
        _check("QA_LLM_RETRIES", self.llm_retries, 0, 10)
        _check("QA_LLM_CONCURRENCY", self.llm_concurrency, 1, 256)
        _check("QA_LLM_MAX_TOKENS", self.llm_max_tokens, 50, 100_000)
        _check("QA_LLM_WINDOW", self.llm_window, 1_500, 10_000_000)
        _check("QA_LLM_COOLDOWN_S", self.llm_cooldown_s, 0, 86_400)
        _check("QA_RATE_LIMIT", self.rate_limit, 0, 1_000_000)
        _check("QA_CONCURRENCY", self.concurrency, 1, 256)
        _check("QA_QUEUE", self.queue, 1, 10_000)
        _check("QA_MAX_BODY_KB", self.max_body_kb, 16, 10_240)
        _check("QA_MAX_HISTORY", self.max_history, 0, 1_000)
        if self.api_key and len(self.api_key.reveal()) < MIN_KEY_CHARS:
            raise ConfigError(
                f"QA_API_KEY 太短：至少 {MIN_KEY_CHARS} 个字符，例如 openssl rand -hex 16 的输出"
            )
        self._check_model()
        if not self.encoder.strip():
            raise ConfigError(
                "QA_ENCODER 不能为空：请写 bundled，或 sentence-transformers 模型的名称或文件夹"
            )

    def _check_model(self) -> None:
        if self.mode not in MODES:
            raise ConfigError(f"QA_MODE 应是 {' 或 '.join(MODES)}，现在是 {self.mode!r}")
        if self.llm_base_url and not self.llm_base_url.startswith(("http://", "https://")):
            raise ConfigError("QA_LLM_BASE_URL 应以 http:// 或 https:// 开头，例如 http://127.0.0.1:8080/v1")
        if "@" in self.llm_base_url:
            raise ConfigError("QA_LLM_BASE_URL 里不要写账号和密码：密钥请用 QA_LLM_API_KEY")
        if bool(self.llm_base_url) != bool(self.llm_model):
            missing = "QA_LLM_MODEL" if self.llm_base_url else "QA_LLM_BASE_URL"
            raise ConfigError(f"QA_LLM_BASE_URL 和 QA_LLM_MODEL 要一起设，现在缺 {missing}")
        if self.llm_window < self.llm_max_tokens + 1_000:
            raise ConfigError(
                f"QA_LLM_WINDOW 至少应比 QA_LLM_MAX_TOKENS 大 1000，现在是 {self.llm_window} 和 {self.llm_max_tokens}"
            )
        if min(self.llm_price_in, self.llm_price_out) < 0:
            raise ConfigError("QA_LLM_PRICE_IN 和 QA_LLM_PRICE_OUT 不能小于 0")

    @classmethod
    def from_env(cls, environ: Mapping[str, str], **flags: Any) -> Settings:
        """Build settings from ``environ``; flags that are not None win.

        Raises: ConfigError naming the variable, what was found and what is allowed.
        """
        values: dict[str, Any] = {}
        for item in fields(cls):
            raw = environ.get(f"QA_{item.name.upper()}")
            if raw is not None and raw.strip():
                values[item.name] = _CONVERT[str(item.type)](f"QA_{item.name.upper()}", raw.strip())
        given = {name: value for name, value in flags.items() if value is not None}
        return replace(cls(**values), **given)


def _check(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        raise ConfigError(f"{name} 应在 {low} 到 {high} 之间，现在是 {value}")


def _int(name: str, raw: str) -> int:
    try:
        return int(raw)
    except ValueError as exc:
        raise ConfigError(f"{name} 应是整数，现在是 {raw!r}") from exc


def _decimal(name: str, raw: str) -> Decimal:
    try:
        value = Decimal(raw)
    except InvalidOperation as exc:
        raise ConfigError(f"{name} 应是数字，现在是 {raw!r}") from exc
    if not value.is_finite():
        raise ConfigError(f"{name} 应是数字，现在是 {raw!r}")
    return value


def _origins(name: str, raw: str) -> tuple[str, ...]:
    """Origins as browsers send them, from a list separated by commas or spaces."""
    return tuple(dict.fromkeys(_origin(name, item) for item in raw.replace(",", " ").split()))


def _origin(name: str, raw: str) -> str:
    wrong = ConfigError(
        f"{name} 的每一项应是网站的来源，如 https://www.example.gov.cn（协议、域名、端口，不带路径和 *），现在有 {raw!r}"
    )
    try:
        parts = urlsplit(raw)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as exc:  # UnicodeError, which idna raises, is one
        raise wrong from exc
    extra = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in _PORTS or not _HOST.fullmatch(host) or extra:
        raise wrong
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port and port != _PORTS[parts.scheme] else "")


_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+")

_CONVERT: dict[str, Callable[[str, str], Any]] = {
    "int": _int,
    "str": lambda _name, raw: raw,
    "Path": lambda _name, raw: Path(raw).expanduser(),
    "Decimal": _decimal,
    "Secret": lambda _name, raw: Secret(raw),
    "tuple[str, ...]": _origins,
}
