"""What an ingest run has to do: files and the index as it stands -> Plan. Reads, and writes nothing."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qa.errors import SourceError
from qa.load import discover, load_report
from qa.store import Index
from qa.types import Report, ReportInfo

logger = logging.getLogger(__name__)

DEFAULT_CORPUS = Path("data/reports")


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for. No ``paths`` is the whole corpus: data/reports and all files known so far."""

    paths: tuple[Path, ...] = ()
    place: str | None = None
    year: int | None = None
    remove: tuple[str, ...] = ()
    rebuild: bool = False
    max_bytes: int = 50 * 2**20


@dataclass(frozen=True, slots=True)
class Plan:
    """Report ids by what happens to them. ``puts`` are written, ``moves`` only get another source file."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    puts: tuple[Report, ...] = ()
    moves: tuple[Report, ...] = ()
    errors: tuple[SourceError, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True if the index stays as it is."""
        return not (self.puts or self.moves or self.removed)


def plan(request: Request, old: Index | None, *, rederive: bool, reread: bool = False) -> Plan:
    """Decide for every file and every indexed report.

    A folder is authoritative: a report recorded from a file below it goes when no file there gives it any
    more. A single file only adds or updates. A file that cannot be read never takes its report away.
    ``rederive`` puts every kept report again, from its stored text if its file is not loaded. ``reread`` loads
    files also where their bytes are those of the index, because the rules of loading are others.
    """
    planner = _Planner(request, old, reread=reread)
    if request.paths or not request.remove:
        planner.read_files()
    planner.remove_asked()
    return planner.finish(rederive=rederive)


def file_sha256(path: Path) -> str:
    """Of the bytes of a file, as ``Report.sha256``. Raises: OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def same_content(one: Report, other: Report) -> bool:
    """True if the two differ at most in the file they came from."""
    return replace(one, source="", sha256="", dropped=()) == replace(other, source="", sha256="", dropped=())


class _Planner:
    """Collects decisions; lives for one call of ``plan``."""

    def __init__(self, request: Request, old: Index | None, *, reread: bool) -> None:
        self._request = request
        self._reread = reread
        self._old = old
        self._infos = {info.report_id: info for info in old.reports} if old else {}
        self._known: dict[Path, list[ReportInfo]] = {}
        for info in self._infos.values():
            self._known.setdefault(Path(info.source).resolve(), []).append(info)
        self._claims: dict[str, Path] = {}
        self._done: set[Path] = set()
        self._loaded: dict[str, Report] = {}
        self._lists: dict[str, list[str]] = {"added": [], "updated": [], "unchanged": [], "removed": []}
        self._moves: list[Report] = []
        self._errors: list[SourceError] = []
        self._notes: list[str] = []

    def read_files(self) -> None:
        paths = list(self._request.paths) or [DEFAULT_CORPUS]
        files, errors = discover(paths)
        self._errors += errors
        # The files that the index already knows come first: they own their report ids.
        for path in sorted(files, key=lambda path: path.resolve() not in self._known):
            self._read(path, self._request.place, self._request.year)
        folders = [path.resolve() for path in paths if path.is_dir()]
        if not self._request.paths:
            self._read_elsewhere(folders)
        self._remove_gone(folders)

    def _read_elsewhere(self, folders: Sequence[Path]) -> None:
        """Known files outside the corpus folder. What was said of them by flags still holds."""
        for path, infos in self._known.items():
            if not any(path.is_relative_to(folder) for folder in folders) and path.is_file():
                self._read(path, infos[0].place, infos[0].year)

    def _read(self, path: Path, place: str | None, year: int | None) -> None:
        try:
            if (info := self._unchanged_info(path)) is not None:
                self._claim(info.report_id, path, None)
            else:
                report = self._load(path, place, year)
                self._claim(report.report_id, path, report)
            self._done.add(path.resolve())
        except SourceError as exc:
            self._errors.append(exc)

    def _load(self, path: Path, place: str | None, year: int | None) -> Report:
        """Load a file; one read again that does not say whose it is was given with flags, which still hold."""
        limit = self._request.max_bytes
        known = self._known.get(path.resolve(), []) if self._reread else []
        try:
            return load_report(path, place=place, year=year, max_bytes=limit)
        except SourceError:
            if not known:
                raise
            return load_report(path, place=known[0].place, year=known[0].year, max_bytes=limit)

    def _unchanged_info(self, path: Path) -> ReportInfo | None:
        """The report that this very file gave when it had the same bytes, if loading it can be spared."""
        request = self._request
        if self._reread or request.rebuild or request.place is not None or request.year is not None:
            return None
        try:
            infos = self._known.get(path.resolve(), [])
            if not infos or path.stat().st_size > request.max_bytes:
                return None
            digest = file_sha256(path)
        except OSError:
            return None  # load_report says why
        return next((info for info in infos if info.sha256 == digest), None)

    def _claim(self, report_id: str, path: Path, report: Report | None) -> None:
        """``report`` None: the stored one, unchanged. Raises: SourceError if another file has the id."""
        before = self._infos.get(report_id)
        owner = self._claims.get(report_id)
        if owner is None and before is not None:
            source = Path(before.source)
            if source.resolve() != path.resolve() and source.is_file() and source.resolve() not in self._done:
                owner = source
        if owner is not None:
            if report is None or report.text != self._text(report_id):
                reason = (
                    f"与 {owner} 都是报告 {report_id}，但正文不同：请只留一份（移走旧文件，"
                    f"或先 --remove {report_id}），或用 --place、--year 区分"
                )
                raise SourceError(str(path), reason)
            self._notes.append(f"{path}：与 {owner} 内容相同，未重复收入")
            if report_id not in self._claims:
                self._claims[report_id] = owner
                self._lists["unchanged"].append(report_id)
            return
        self._claims[report_id] = path
        self._decide(report_id, report)

    def _decide(self, report_id: str, report: Report | None) -> None:
        if report is not None:
            self._loaded[report_id] = report
        if report_id not in self._infos:
            self._lists["added"].append(report_id)
        elif report is None or (self._old and same_content(report, self._old.report(report_id))):
            self._lists["unchanged"].append(report_id)
            info = self._infos[report_id]
            if report and (report.sha256, Path(report.source).resolve()) != (
                info.sha256,
                Path(info.source).resolve(),
            ):
                self._moves.append(report)
        else:
            self._lists["updated"].append(report_id)

    def _text(self, report_id: str) -> str:
        if report_id in self._loaded:
            return self._loaded[report_id].text
        return self._old.text(report_id) if self._old else ""

    def _remove_gone(self, folders: Sequence[Path]) -> None:
        failed = [Path(error.path).resolve() for error in self._errors]
        # A folder in which nothing could be read is more likely unmounted or mistaken than emptied.
        full = [folder for folder in folders if any(done.is_relative_to(folder) for done in self._done)]
        for folder in folders:
            if folder not in full and not any(path.is_relative_to(folder) for path in failed):
                self._errors.append(SourceError(str(folder), "文件夹里没有报告；已有的报告不动"))
        for report_id, info in self._infos.items():
            source = Path(info.source).resolve()
            if report_id in self._claims or any(source.is_relative_to(path) for path in failed):
                continue
            gone = not self._request.paths and bool(full) and not source.exists()
            if gone or any(source.is_relative_to(folder) for folder in full):
                self._lists["removed"].append(report_id)

    def remove_asked(self) -> None:
        for report_id in dict.fromkeys(self._request.remove):
            if report_id not in self._infos:
                self._errors.append(SourceError(report_id, "索引里没有这份报告：请用 govqa reports 查看"))
                continue
            for ids in self._lists.values():
                if report_id in ids:
                    ids.remove(report_id)
            self._lists["removed"].append(report_id)
            if Path(self._infos[report_id].source).is_file():
                source = self._infos[report_id].source
                self._notes.append(f"{report_id}：源文件 {source} 还在，再次收入它所在的文件夹会加回来")

    def finish(self, *, rederive: bool) -> Plan:
        ids = {name: tuple(found) for name, found in self._lists.items()}
        write = [*ids["added"], *ids["updated"]]
        if rederive:
            write += [i for i in self._infos if i not in write and i not in ids["removed"]]
        puts = [self._loaded[i] if i in self._loaded else self._stored(i) for i in write]
        moves = () if rederive else tuple(m for m in self._moves if m.report_id in ids["unchanged"])
        return Plan(
            **ids, puts=tuple(puts), moves=moves, errors=tuple(self._errors), notes=tuple(self._notes)
        )

    def _stored(self, report_id: str) -> Report:
        assert self._old is not None
        return self._old.report(report_id)
