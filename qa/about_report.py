"""Questions about the report itself: who gave it, when, at which session. Answered from its head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.lexicon import regex
from qa.match import Library
from qa.text import fold
from qa.types import Claim, Evidence, ReportInfo, Scope

_ASKED = regex("about", "asked")


def report_facts(scope: Scope, library: Library, reports: Sequence[ReportInfo]) -> tuple[Claim, ...]:
    """Speaker, date and session of the reports in scope, cited from their head lines; () if not asked or unknown."""
    if not _ASKED.search(fold(scope.question)):
        return ()
    who = regex("about", "name").search(fold(scope.question))
    made = []
    for info in reports[:10]:
        spans = _head_spans(info, library)
        if not spans or not (info.speaker or (info.given_on and not who)):
            continue
        text = library.text(info.report_id)
        lines = [re.sub(r"\s+", "", text[span.start : span.end]).strip("—-（）()") for span in spans]
        made.append(Claim(f"{info.place}{info.year}年{info.doc_kind}：{_in_one(lines, info)}。", spans))
    return tuple(made)


def _in_one(lines: Sequence[str], info: ReportInfo) -> str:
    """The head lines as one sentence: …大会|第六次会议上, 由市长某某作报告."""
    said = ""
    for line in lines:
        alone = bool(info.speaker and fold(info.speaker) in fold(line)) and len(line) <= MAX_SPEAKER
        joint = "" if not said or (said.endswith(("大会", "会议")) and line.startswith("第")) else "，"
        said += joint + (f"由{line}作报告" if alone else line)
    return said


MAX_SPEAKER = 16
"""Characters of a head line that only names the speaker and his office."""


def _head_spans(info: ReportInfo, library: Library) -> tuple[Evidence, ...]:
    """The head lines that name the date or the speaker."""
    spans = []
    for paragraph in library.paragraphs(info.report_id):
        if paragraph.part != "head":
            break
        bare = re.sub(r"\s", "", paragraph.text)
        dated = re.search(r"\d{4}年\d{1,2}月\d{1,2}日|第.{1,4}次会议上?$", fold(bare)) and len(bare) <= 60
        if dated or (info.speaker and fold(info.speaker) in fold(bare) and len(bare) <= 40):
            spans.append(Evidence(info.report_id, paragraph.number, paragraph.start, paragraph.end))
    return tuple(spans)
