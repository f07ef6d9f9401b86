"""Values and texts as the reports of an evaluation print them: numbers, milliseconds, Markdown cells and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable


def show(value: float | None) -> str:
    """Three decimals, or – where a metric does not apply."""
    return "–" if value is None else f"{value:.3f}"


def show_ms(value: float | None) -> str:
    """One decimal, or –."""
    return "–" if value is None else f"{value:.1f}"


def short(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters of the text, safe inside Markdown and in what renders it."""
    flat = " ".join(text.split())
    flat = flat if len(flat) <= limit else flat[: limit - 1] + "…"
    return re.sub(r"([\\`*_\[\]!#])", r"\\\1", flat.replace("&", "&amp;").replace("<", "&lt;"))


def code(text: str) -> str:
    """Text as Markdown code; characters that could end it are left out."""
    return "`" + re.sub(r"[`<>\s]+", " ", text).strip() + "`"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; pipes inside cells are escaped."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines) + "\n"
    )
