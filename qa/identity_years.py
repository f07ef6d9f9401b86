"""The year of a report, from its file name, its title, its date, its headings or, last, the page around it."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

from qa.horizons import PLAN_NAMES, plan_years
from qa.text import fold, han_number, year_said

logger = logging.getLogger(__name__)

YEARS = range(1949, 2101)
HAN_YEAR = "[〇零○一二三四五六七八九]{4}"


def dense(text: str) -> str:
    """A text folded, without white space."""
    return re.sub(r"\s", "", fold(text))


def year_of(stem: str, title: str, given_on: str | None, kind: str, texts: Sequence[str]) -> int | None:
    dated = int(given_on[:4]) if given_on else None
    titled = _single_year(title, latest=kind != "统计公报")
    named = _single_year(stem, latest=kind in {"预算报告", "计划报告"})
    if kind == "统计公报":
        return titled or named or (dated and dated - 1)  # it comes out in the year after its own
    if kind == "规划纲要":
        return dated or _plan_start(title or stem)
    if named and dated and named != dated:
        logger.warning("%s：文件名说的是%d年，正文的日期是%d年，按文件名处理", stem, named, dated)
    return named or dated or titled or _planned_year(texts)


_STAMPED = re.compile(
    r"(?:[发發上更][布表稿架新]|时间|日期)[^\d]{0,8}(?P<year>\d{3,4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})"
)


def published(around: Sequence[str]) -> str | None:
    """The ISO date that the page around a report bears, None if it bears none."""
    found = next((match for line in around if (match := _STAMPED.search(dense(line)))), None)
    if not found or year_said(found["year"]) not in YEARS:
        return None
    return f"{year_said(found['year']):04d}-{int(found['month']):02d}-{int(found['day']):02d}"


def published_year(stem: str, kind: str, date: str) -> int:
    """The year by the date of the page, where the text says none; the reader is warned. A bulletin is of the year before."""
    year = int(date[:4]) - (kind == "统计公报")
    logger.warning("%s：没有写明年份，按网页上的日期认作%d年；不对请用 --year 指明", stem, year)
    return year


def _single_year(text: str, *, latest: bool) -> int | None:
    """The one year named in a file name or title; of several the latest, or None if that is not sensible."""
    found = {
        int(m)
        for m in re.findall(r"(?<!\d)((?:19|20)\d{2})(?=\D|$|(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d))", text)
    }
    han = re.findall(rf"({HAN_YEAR})年", text)
    found |= {int(han_number(re.sub(r"[零○]", "〇", value)) or 0) for value in han}
    years = sorted(found & set(YEARS))
    if len(years) == 1 or (years and latest):
        return years[-1]
    return None


def _plan_start(text: str) -> int | None:
    """The first year of the plan that a title names: 第十五个五年规划 begins in 2026; 2035年远景目标 is no year of it."""
    named = re.search(rf"第(十[一二三四五六七八九]?)个五年|({PLAN_NAMES})", text)
    return plan_years(named[2] or f"{named[1]}五")[0] if named else None


def _planned_year(texts: Sequence[str]) -> int | None:
    """From the headings: the year whose work is arranged, else the year after the one reviewed."""
    short = [dense(text) for text in texts if len(text) <= 60]
    for said, add in (
        (
            r"((?:19|20)\d{2})年.{0,12}(?:工作安排|主要工作|重点工作|主要任务|工作任务|工作建议|总体要求|预期目标)",
            0,
        ),
        (r"((?:19|20)\d{2})年.{0,8}(?:回顾|总结)", 1),
    ):
        for text in short:
            match = re.search(said, text)
            if match:
                return int(match[1]) + add
    return None
