"""A file to a Report: read, clean, identify, structure. Also finds the files to load."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from qa.clean import clean
from qa.errors import SourceError
from qa.formats import SUFFIXES, read_source
from qa.identity import identify
from qa.sections import build_paragraphs
from qa.types import Report
from qa.year_parts import tells_own_year

LOADER_VERSION = "12"
"""Rules of reading, cleaning, identity and sections; a change makes ingest read unchanged files again."""

logger = logging.getLogger(__name__)

DEFAULT_MAX_BYTES = 50 * 2**20
_NOT_REPORTS = {"manifest.csv", "thumbs.db", "desktop.ini"}


def load_report(
    path: Path, *, place: str | None = None, year: int | None = None, max_bytes: int = DEFAULT_MAX_BYTES
) -> Report:
    """Load one report; ``place`` and ``year`` override what file name and text say.

    Raises: SourceError naming the file and the cause in one line.
    """
    source = read_source(path, max_bytes=max_bytes)
    blocks, dropped = clean(source.lines, source.layout)
    if not blocks:
        raise SourceError(str(path), "清理后没有正文")
    texts = [block.text for block in blocks]
    identity = identify(path, texts, place=place, year=year, around=[line.text for line in dropped])
    bulletin = tells_own_year(identity.doc_kind)
    paragraphs = build_paragraphs(blocks, year=identity.year, only_review=bulletin)
    if all(paragraph.is_heading for paragraph in paragraphs):
        raise SourceError(str(path), "只有标题，没有正文")
    if dropped:
        logger.info("%s：略去 %d 行非正文", path.name, len(dropped))
    return Report(
        report_id=identity.report_id,
        place=identity.place,
        year=identity.year,
        title=identity.title,
        text="\n".join(texts),
        paragraphs=paragraphs,
        source=str(path),
        sha256=source.sha256,
        doc_kind=identity.doc_kind,
        given_on=identity.given_on,
        speaker=identity.speaker,
        dropped=tuple(dropped),
    )


def discover(paths: Sequence[Path]) -> tuple[list[Path], list[SourceError]]:
    """Files to load, sorted and each once, and an error for every path that cannot be one.

    Folders are searched to any depth; hidden files, lock files of Office (~$…) and manifest.csv are passed
    over. A link inside a folder that leads out of it is refused; a file named by the user is taken as it is.
    """
    found: dict[Path, Path] = {}
    errors: list[SourceError] = []
    for given in paths:
        if given.is_dir():
            candidates = list(_walk(given, errors))
        elif given.exists():
            candidates = [given]
        else:
            errors.append(SourceError(str(given), "文件或文件夹不存在"))
            continue
        for path in candidates:
            if path.suffix.lower() in SUFFIXES:
                found.setdefault(path.resolve(), path)
            else:
                known = " ".join(sorted(SUFFIXES))
                name = path.suffix or "没有扩展名"
                errors.append(SourceError(str(path), f"不支持的格式（{name}）；支持：{known}"))
    return sorted(found.values()), errors


def _walk(folder: Path, errors: list[SourceError]) -> Iterator[Path]:
    """Files below a folder; links that leave it, or lead nowhere, go to ``errors``."""
    root = folder.resolve()

    def unreadable(exc: OSError) -> None:
        errors.append(SourceError(str(exc.filename), "文件夹无法读取，请检查权限"))

    for base, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        for name in sorted([*files, *links]):
            path = Path(base) / name
            if name.startswith((".", "~$")) or name.lower() in _NOT_REPORTS:
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                errors.append(SourceError(str(path), f"路径在 {folder} 之外（是指向外面的链接），不读取"))
            elif not path.exists():
                errors.append(SourceError(str(path), "链接指向的文件不存在"))
            elif name not in links:
                yield path
