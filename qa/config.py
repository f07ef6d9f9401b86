"""Settings: default, then environment (``QA_…``), then flag. Importing this module reads nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from qa.errors import ConfigError

BUNDLED_ENCODER = "bundled"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the product. Units are in the names.

    ``encoder`` is "bundled", or the name or folder of a sentence-transformers model.
    """

    index: Path = Path("data/index")
    encoder: str = BUNDLED_ENCODER
    host: str = "127.0.0.1"
    port: int = 7860
    max_question_chars: int = 500
    max_file_mb: int = 50
    threads: int = 0

    def __post_init__(self) -> None:
        _check("QA_PORT", self.port, 0, 65_535)
        _check("QA_MAX_QUESTION_CHARS", self.max_question_chars, 10, 10_000)
        _check("QA_MAX_FILE_MB", self.max_file_mb, 1, 2_000)
        _check("QA_THREADS", self.threads, 0, 256)
        if not self.encoder.strip():
            raise ConfigError(
                "QA_ENCODER 不能为空：请写 bundled，或 sentence-transformers 模型的名称或文件夹"
            )

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


_CONVERT: dict[str, Callable[[str, str], Any]] = {
    "int": _int,
    "str": lambda _name, raw: raw,
    "Path": lambda _name, raw: Path(raw).expanduser(),
}
