"""The ingest step: files -> reports -> chunks, figures, commitments, vectors -> a new generation of the index.

``ingest`` is the library call, ``main`` the command line (``python ingest.py`` and ``govqa ingest``).
"""

from __future__ import annotations

import argparse
import errno
import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from qa.chunk import chunk_report
from qa.commitments import extract_commitments
from qa.config import Settings
from qa.console import Parser, guarded
from qa.encode import TextTokens
from qa.errors import IndexMismatchError, IndexMissingError, ModelError, QAError, StoreError
from qa.figures import extract_figures
from qa.index_generation import Fingerprint, text_hash
from qa.ingest_plan import Plan, Request, plan
from qa.late_interaction import Head
from qa.passage_tokens import PassageTokens, tokens_version
from qa.store import Index
from qa.types import Chunk, Report
from qa.writer import GenerationWriter, write_lock

logger = logging.getLogger(__name__)

Progress = Callable[[int], None]

_HELP_EXAMPLES = """例：
  python ingest.py                                       把 data/reports 全部收入索引（未变的不重算）
  python ingest.py 报告.docx --place 某市 --year 2025     收入一份文件，并写明地区和年份
"""


class ChunkEncoder(Protocol):
    """The part of qa.encode.Encoder that ingest uses."""

    dim: int

    def encode_chunks(
        self,
        texts: Sequence[str],
        *,
        progress: Progress | None = None,
        keep: Callable[[int, TextTokens], None] | None = None,
    ) -> np.ndarray: ...


@dataclass(frozen=True, slots=True)
class EncoderSource:
    """An encoder that is loaded only when there is something to embed."""

    name: str
    fingerprint: str
    load: Callable[[], ChunkEncoder]

    @classmethod
    def from_settings(cls, settings: Settings) -> EncoderSource:
        """Of the encoder that ``settings`` name."""
        from qa.encode import encoder_fingerprint, load_encoder

        return cls(
            settings.encoder,
            encoder_fingerprint(settings.encoder),
            lambda: load_encoder(settings.encoder, threads=settings.threads),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an ingest run did, or with ``dry_run`` would do. ``generation`` is None if nothing was written.

    ``embedded`` counts texts whose vector was computed, ``reused`` those whose vector was there already.
    """

    plan: Plan
    embedded: int = 0
    reused: int = 0
    generation: str | None = None
    dry_run: bool = False

    def to_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        done = self.plan
        return {
            "added": done.added, "updated": done.updated,
            "unchanged": done.unchanged, "removed": done.removed,
            "embedded": self.embedded, "reused": self.reused, "generation": self.generation,
            "dry_run": self.dry_run, "notes": done.notes,
            "errors": [{"path": error.path, "reason": error.reason} for error in done.errors],
            "dropped": [
                {"report_id": report.report_id, "line": line.line, "text": line.text, "reason": line.reason}
                for report in done.puts for line in report.dropped
            ],
        }  # fmt: skip


def ingest(
    index: Path,
    request: Request,
    *,
    encoder: EncoderSource,
    dry_run: bool = False,
    progress: Callable[[int], Progress] | None = None,
) -> Outcome:
    """Bring the index at ``index`` up to date with the files of ``request``.

    Files that cannot be ingested are in ``Outcome.plan.errors``; the others are ingested. ``progress`` is
    called once with the number of texts to embed and gives the function that is told how many are done.

    Raises: IndexMismatchError if the index has another encoder's vectors and ``rebuild`` was not asked;
        IndexLockedError; StoreError; ModelError. The index then stays as it was.
    """
    with ExitStack() as stack:
        if not dry_run:
            stack.enter_context(write_lock(index))
        old = _open_old(index, encoder, rebuild=request.rebuild)
        if old is not None:
            stack.callback(old.close)
        dim = old.fingerprint.dim if old else 0
        here = Fingerprint(encoder.fingerprint, encoder.name, dim, tokens=tokens_version(encoder.name))
        rederive = old is not None and (request.rebuild or old.fingerprint.rules != here.rules)
        reread = old is not None and old.fingerprint.loader != here.loader
        todo = plan(request, old, rederive=rederive, reread=reread)
        if todo.is_empty:
            return Outcome(todo, dry_run=dry_run)
        builder = _Builder(encoder, old, here, reuse=not request.rebuild)
        prepared = [(report, chunk_report(report)) for report in todo.puts]
        total = builder.count(prepared)
        if dry_run:
            return Outcome(todo, embedded=total, reused=builder.chunks - total, dry_run=True)
        builder.progress = progress(total) if progress is not None and total else None
        base = None if rederive else old
        try:
            name = builder.write(GenerationWriter(index, base=base), todo, prepared)
        except Exception as exc:
            if _is_full(exc):
                raise StoreError(
                    f"磁盘已满，没有写成，索引保持原样：请在 {index} 所在的磁盘上腾出空间再运行"
                ) from exc
            raise
        return Outcome(todo, embedded=total, reused=builder.chunks - total, generation=name)


def _is_full(exc: Exception) -> bool:
    """Whether a disk had no room left, in the words of the system, of SQLite or of Chroma."""
    if isinstance(exc, OSError) and exc.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return any(words in str(exc) for words in ("disk is full", os.strerror(errno.ENOSPC)))


def _open_old(index: Path, encoder: EncoderSource, *, rebuild: bool) -> Index | None:
    try:
        old = Index.open(index)
    except IndexMissingError:
        return None
    except StoreError as exc:
        if not rebuild:
            raise
        logger.warning("旧索引无法读取，从头建立；以前从别处收入的报告，请再收入一次（%s）", exc)
        return None
    if old.fingerprint.encoder != encoder.fingerprint and not rebuild:
        old.close()
        raise IndexMismatchError(
            f"{index} 是用编码器 {old.fingerprint.encoder_name} 建的，与现在的 {encoder.name} 不同："
            "要换编码器请加 --rebuild（全部重算），否则请把 QA_ENCODER 改回去"
        )
    return old


class _Builder:
    """Owns the encoder of one run: loaded at the first text without a stored vector, or without its tokens."""

    def __init__(
        self, encoder: EncoderSource, old: Index | None, fingerprint: Fingerprint, *, reuse: bool
    ) -> None:
        self._source = encoder
        self._old = old if reuse else None
        self._fingerprint = fingerprint
        self._has_tokens = old is not None and old.fingerprint.tokens == fingerprint.tokens
        self._loaded: ChunkEncoder | None = None
        self.progress: Progress | None = None
        self.chunks = 0

    def count(self, prepared: Sequence[tuple[Report, list[Chunk]]]) -> int:
        """How many texts are to be embedded; equal texts of one report count once."""
        missing = 0
        for _, chunks in prepared:
            texts = {text_hash(chunk.search_text) for chunk in chunks}
            self.chunks += len(texts)
            stored = self._old.known_texts(list(texts)) if self._old and self._has_tokens else set()
            missing += len(texts - stored)
        return missing

    def write(
        self,
        writer: GenerationWriter,
        todo: Plan,
        prepared: Sequence[tuple[Report, list[Chunk]]],
    ) -> str:
        """Fill ``writer`` and publish; on any error the unfinished generation is removed."""
        try:
            for report_id in todo.removed:
                writer.remove(report_id)
            for report in todo.moves:
                writer.set_source(report.report_id, source=report.source, sha256=report.sha256)
            for report, chunks in prepared:
                figures = extract_figures(report)
                commitments = extract_commitments(report, figures)
                vectors, tokens = self._vectors(chunks)
                writer.put(
                    report,
                    chunks=chunks,
                    figures=figures,
                    commitments=commitments,
                    vectors=vectors,
                    tokens=tokens,
                )
                counts = len(chunks), len(figures), len(commitments)
                logger.info("%s: %d chunks, %d figures, %d commitments", report.report_id, *counts)
            dim = self._loaded.dim if self._loaded else self._fingerprint.dim
            return writer.publish(replace(self._fingerprint, dim=dim))
        except BaseException:
            writer.discard()
            raise

    def _vectors(self, chunks: Sequence[Chunk]) -> tuple[dict[str, np.ndarray], dict[str, PassageTokens]]:
        """The vector of each text, by its ``text_hash``, and its tokens if the encoder has them."""
        texts = {text_hash(chunk.search_text): chunk.search_text for chunk in chunks}
        old = self._old if self._has_tokens else None
        vectors = old.vectors_by_text(list(texts)) if old else {}
        tokens = old.passage_tokens(list(texts)) if old else {}
        missing = [name for name in texts if name not in vectors]
        if missing:
            rows, made = self._embedded([texts[name] for name in missing])
            vectors |= dict(zip(missing, rows, strict=True))
            tokens |= {missing[n]: own for n, own in made.items()}
        return vectors, tokens

    def _embedded(self, texts: Sequence[str]) -> tuple[np.ndarray, dict[int, PassageTokens]]:
        if self._loaded is None:
            self._loaded = self._source.load()
        made: dict[int, PassageTokens] = {}
        if self._fingerprint.tokens:
            head = Head.bundled()

            def keep(n: int, own: TextTokens) -> None:
                made[n] = head.of_passage(texts[n], own)

            rows = self._loaded.encode_chunks(texts, progress=self.progress, keep=keep)
        else:
            rows = self._loaded.encode_chunks(texts, progress=self.progress)
        lengths = np.linalg.norm(rows, axis=1)
        if rows.shape != (len(texts), self._loaded.dim) or not np.allclose(lengths, 1.0, atol=1e-3):
            raise ModelError(f"编码器 {self._source.name} 给出的向量不是单位长度：请换一个编码器")
        return rows, made


# ------------------------------------------------------------------ command line


def build_parser(prog: str | None = None) -> Parser:
    """The flags of ``python ingest.py`` and ``govqa ingest``."""
    parser = Parser(
        prog=prog,
        description="把政府工作报告（txt md html docx pdf）收入索引；未变的文件不重算。",
        epilog=_HELP_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", type=Path, help="文件或文件夹，缺省为 data/reports"
    )
    parser.add_argument("--index", type=Path, metavar="DIR", help="索引文件夹（缺省 QA_INDEX 或 data/index）")
    parser.add_argument("--rebuild", action="store_true", help="重读文件、重算全部向量")
    parser.add_argument("--dry-run", action="store_true", help="只说会做什么，不写任何东西")
    parser.add_argument("--check", action="store_true", help="核对索引与文件、索引自身是否一致")
    parser.add_argument("--place", help="报告的地区，优先于文件名和正文")
    parser.add_argument("--year", type=int, help="作报告的年份，优先于文件名和正文")
    parser.add_argument(
        "--remove", action="append", default=[], metavar="REPORT_ID", help="从索引删去一份报告"
    )
    parser.add_argument("--json", action="store_true", help="结果写成 JSON")
    return parser


def main(argv: Sequence[str] | None = None, *, prog: str | None = None) -> int:
    """Run the command line. Returns: 0 done, 1 something failed; wrong usage exits with 2."""
    parser = build_parser(prog)
    args = parser.parse_args(argv)
    if args.check and (args.rebuild or args.dry_run or args.remove):
        parser.error("--check 不能与 --rebuild、--dry-run、--remove 同用")
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    return guarded(lambda: _run(args))


def _run(args: argparse.Namespace) -> int:
    settings = Settings.from_env(os.environ, index=args.index)
    return _run_check(settings, as_json=args.json) if args.check else _run_ingest(settings, args)


def _run_ingest(settings: Settings, args: argparse.Namespace) -> int:
    request = Request(
        tuple(args.paths),
        args.place,
        args.year,
        tuple(args.remove),
        args.rebuild,
        settings.max_file_mb * 2**20,
    )
    source = EncoderSource.from_settings(settings)
    try:
        with ExitStack() as stack:
            outcome = ingest(
                settings.index,
                request,
                encoder=source,
                dry_run=args.dry_run,
                progress=lambda total: _progress_bar(stack, total),
            )
    except QAError:
        raise
    except KeyboardInterrupt:
        sys.stderr.write("已中断，索引保持原样\n")
        raise
    except Exception:
        logger.exception("收入报告时出错，索引保持原样；请把下面的信息报告给开发者")
        return 1
    _report_problems(outcome.plan)
    if args.json:
        sys.stdout.write(json.dumps(outcome.to_dict(), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(_summary(outcome))
    return 1 if outcome.plan.errors else 0


def _run_check(settings: Settings, *, as_json: bool) -> int:
    from qa.ingest_check import check

    source = EncoderSource.from_settings(settings)
    index = Index.open(settings.index)
    problems = check(index, encoder_fingerprint=source.fingerprint, max_bytes=settings.max_file_mb * 2**20)
    if as_json:
        result = {"generation": index.generation, "reports": len(index.reports), "problems": problems}
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    elif problems:
        sys.stdout.write("".join(f"{problem}\n" for problem in problems) + f"共 {len(problems)} 个问题\n")
    else:
        sys.stdout.write(f"索引完好：{len(index.reports)} 份报告，{index.chunk_count} 个片段\n")
    return 1 if problems else 0


def _progress_bar(stack: ExitStack, total: int) -> Progress:
    """A bar on a terminal; elsewhere a plain line at the start, every 10 seconds and at the end."""
    from tqdm import tqdm

    if sys.stderr.isatty():
        bar = stack.enter_context(tqdm(total=total, desc="计算向量", unit="段", file=sys.stderr))

        def advance(done: int) -> None:
            bar.update(done)

        return advance
    return _PlainProgress(total)


class _PlainProgress:
    """Counts texts and writes lines to a log."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._written_s = float("-inf")
        self(0)

    def __call__(self, done: int) -> None:
        self._done += done
        now_s = time.monotonic()
        if now_s - self._written_s >= 10 or self._done >= self._total:
            self._written_s = now_s
            sys.stderr.write(f"计算向量：{self._done}/{self._total} 段\n")


def _report_problems(done: Plan) -> None:
    for error in done.errors:
        sys.stderr.write(f"错误：{error}\n")
    for note in done.notes:
        sys.stderr.write(f"{note}\n")
    for report in done.puts:
        counts = Counter((line.text.strip()[:40], line.reason) for line in report.dropped)
        if counts:
            sys.stderr.write(f"{report.report_id}：略去 {len(report.dropped)} 行非正文\n")
        for (text, reason), number in counts.most_common(5):
            sys.stderr.write(f"  {number} 行「{text}」（{reason}）\n")


def _summary(outcome: Outcome) -> str:
    done = outcome.plan
    lines = [
        f"{word} {report_id}\n"
        for word, ids in (("新增", done.added), ("更新", done.updated), ("删除", done.removed))
        for report_id in ids
    ]
    head = "预演（未写入）：" if outcome.dry_run else ""
    counts = (
        f"{head}新增 {len(done.added)}，更新 {len(done.updated)}，"
        f"未变 {len(done.unchanged)}，删除 {len(done.removed)}"
        f"；向量新算 {outcome.embedded}，沿用 {outcome.reused}"
    )
    failed = f"；失败 {len(done.errors)}（见上）" if done.errors else ""
    return "".join(lines) + counts + failed + "\n"
