"""Pages of the evaluation: one self-contained HTML file each, no network, no script, everything escaped."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from eval.cells import show, show_ms
from eval.highlight import segments, window
from eval.stats import interval, mean
from eval.tally import (
    GROUP_COLUMNS,
    GROUPINGS,
    SMALLER_IS_BETTER,
    TYPES,
    Records,
    by_type,
    confusion,
    counts,
    expected_of,
    faults_of,
    latency,
    scores,
    values,
)
from eval.usage import NOTE, USAGE_HEADS, model_part

_STEPS = [base * 10**power for power in range(0, 6) for base in (1, 2, 5)]
"""Upper edges of the latency bins in ms: 1, 2, 5, 10 … 500,000."""

_KINDS = {
    "出错": "程序出错",
    "误拒": "误拒",
    "缺": "答案缺内容",
    "不应出现": "说了不应说的",
    "应拒答": "应拒答却答了",
    "理由应为": "拒答理由不对",
    "次序不对": "次序不对",
    "数字无依据": "数字无依据",
}


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions that took more than the bin before and at most ``upper`` ms."""

    upper: int
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A group's share, 0 to 1, with its 95 % interval."""

    label: str
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class GroupTable:
    """One table of means: a row a group."""

    heading: str
    name: str
    rows: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=1)
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"score": show, "ms": show_ms, "expected": expected_of, "faults": faults_of}
    made.globals |= {"segments": segments, "window": window, "types": TYPES}
    return made


def render(template: str, **values: Any) -> str:
    """A page from eval/templates; all values are escaped."""
    page: str = _environment().get_template(template).render(**values)
    return page


def report_page(records: Records, run: Mapping[str, Any], *, failures: bool = True) -> str:
    """The whole page of a run. Without ``failures`` it shows no question and no answer."""
    return render(
        "report.html",
        title="评测结果",
        run=run,
        records=records,
        scores=scores(records),
        smaller=SMALLER_IS_BETTER,
        counts=counts(records),
        confusion=confusion(records),
        latency=latency(records),
        model=model_part(records),
        usage_heads=USAGE_HEADS,
        usage_note=NOTE,
        bins=bins([record["wall_ms"] for record in records]),
        bars=type_bars(records),
        columns=[head for _, head in GROUP_COLUMNS],
        groups=group_tables(records),
        failures=failures_by_kind(records) if failures else {},
        show_questions=failures,
    )


def bins(times: Sequence[float]) -> list[Bin]:
    """Counts by 1-2-5 steps, from the first step with a count to the last. Empty without times."""
    counted = [0] * (len(_STEPS) + 1)
    for time in times:
        counted[bisect_left(_STEPS, time)] += 1
    used = [i for i, count in enumerate(counted) if count]
    steps = [*_STEPS, _STEPS[-1] * 2]
    return [Bin(steps[i], counted[i]) for i in range(used[0], used[-1] + 1)] if used else []


def type_bars(records: Records) -> list[Bar]:
    """Share of correct answers by type of question."""
    bars = []
    for kind, members in by_type(records).items():
        column = values(members, "correct")
        low, high = interval(column) or (0.0, 0.0)
        bars.append(Bar(TYPES.get(kind, kind), len(members), mean(column) or 0.0, low, high))
    return bars


def group_tables(records: Records) -> list[GroupTable]:
    """Means by type, report, part and paragraph length; a grouping without groups is left out."""
    tables = []
    for heading, name, grouping in GROUPINGS:
        rows = tuple(
            (
                TYPES.get(group, group),
                str(len(members)),
                *(show(mean(values(members, check))) for check, _ in GROUP_COLUMNS),
                str(counts(members)["无依据的数字"]),
            )
            for group, members in grouping(records).items()
        )
        if rows:
            tables.append(GroupTable(heading, name, rows))
    return tables


def failures_by_kind(records: Records) -> dict[str, list[Mapping[str, Any]]]:
    """Records with a fault by their first one, the most frequent kind first."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for record in records:
        faults = faults_of(record)
        if faults:
            kind = _KINDS.get(faults[0].partition(" ")[0], "引用有问题")
            found.setdefault(kind, []).append(record)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))
