"""Ways of answering a question: from rows, from sentences, from enumerations. Each gives None when it finds nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.compare import comparison, over_years
from qa.figure_answer import Found, claims
from qa.lexicon import as_reports_write, indicators, pattern
from qa.lists import Enumeration, enumeration, expected_count, is_generic, outline
from qa.match import Weights, pairs_of
from qa.operation import operation_of
from qa.sources import MAX_REPORTS, Sources, instead_of, look_up, quoted
from qa.text import fold, quantities, split_sentences, unit_family
from qa.text_answer import MAX_LIST, MAX_QUOTE, choose, quotes
from qa.types import Claim, Draft, Evidence, Hit, Kind, ReportInfo, Scope
from qa.wants import Wanted
from qa.where import BULLETIN


def without_repeats(made: Sequence[Claim]) -> list[Claim]:
    """Leave out a sentence that another one says whole: "…26.1亿元" before "…26.1亿元，排全区第一"."""
    kept: list[Claim] = []
    for i, claim in enumerate(made):
        said = claim.text.rstrip("。")
        others = [*kept, *made[i + 1 :]]
        if not any(
            (o.text == claim.text and o in kept) or (o.text != claim.text and o.text.startswith(said))
            for o in others
        ):
            kept.append(claim)
    return kept


def with_year_anchor(scope: Scope, sources: Sources) -> Scope:
    """A year that no report in scope reviews or plans must be named by whatever answers."""
    near = {y for r in sources.chosen(scope) for y in (r.year - 1, r.year)}
    outside = tuple(f"{year}年" for year in scope.years if year not in near)
    return replace(scope, anchors=(*scope.anchors, *outside), kind=None) if outside else scope


def by_figures(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """From rows: a sentence for one place, a table over several, a year at a time over several years."""
    if len(scope.years) > 1 and not scope.asks:
        return _by_years(scope, hits, sources, asked)
    found = look_up(scope, sources, asked)
    if scope.kind is None and not scope.years and len({r.place for r in sources.chosen(scope)}) > 1:
        actual = look_up(replace(scope, kind="actual"), sources, asked)
        if any(item.rows for each in actual for item in each):
            found = actual  # no time said: results, and targets only where no report has a result
    if not any(item.rows for each in found for item in each):
        return None
    if len({r.place for r in sources.chosen(scope)}) > 1:
        made = [claim for each in found for claim in comparison(_one_a_place(each), sources.library, scope)]
        return Draft(tuple(made)) if made else None
    made = []
    for each, want in zip(found, asked, strict=True):
        best = max(each, key=_most_fitting)
        made += claims(best, sources.library) if best.rows else _silent(best, want, sources)
    return Draft(tuple(without_repeats(made)))


MENTIONED = 0.75
"""Share of a question's weight that one sentence must hold for its report to mention what is asked about."""


def by_mention(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """Which reports speak of something: those that hold its words, or a sentence that says as much.

    The whole text of each report is searched for the words, so that 未提及 is more than not being found.
    """
    if operation_of(scope.question).name not in ("rank", "list"):
        return None
    chosen = {info.report_id: info for info in sources.chosen(scope)}
    said = quotes(hits, sources.library, scope, asked[0], sources.table)
    spans = {quote.report_id: quote.evidence for quote in reversed(said) if quote.own >= MENTIONED}
    for name in chosen:
        if (span := _first_saying("".join(scope.terms), name, sources)) is not None:
            spans[name] = span
    having = [name for name in chosen if name in spans]
    silent = "、".join(info.place for name, info in chosen.items() if name not in spans)
    if not having:
        return None
    names = "、".join(chosen[name].place for name in having)
    first = Claim(f"报告里写到的有{names}。", tuple(spans[name] for name in having))
    made = [_saying(chosen[name], spans[name], "".join(scope.terms), sources) for name in having]
    last = [Claim(f"{silent}的报告未提及。")] if silent else []
    denied = re.search(rf"(?:没有?|未)(?:{pattern('mention', 'ask').pattern})", fold(scope.question))
    return Draft((*last, first, *made) if denied else (first, *made, *last))


def _first_saying(word: str, report_id: str, sources: Sources) -> Evidence | None:
    """The first sentence of a report that holds a word of two characters or more as it stands."""
    for paragraph in sources.library.paragraphs(report_id) if len(word) > 1 else ():
        if word not in _plain(paragraph.text):
            continue
        for start, end in split_sentences(paragraph.text, paragraph.start):
            if word in _plain(paragraph.text[start - paragraph.start : end - paragraph.start]):
                return Evidence(report_id, paragraph.number, start, end)
    return None


def _plain(text: str) -> str:
    return re.sub(r"[“”‘’《》\s]", "", fold(text))


def _saying(info: ReportInfo, span: Evidence, word: str, sources: Sources) -> Claim:
    """The sentence, or what stands around the word in a long one."""
    said = sources.library.text(span.report_id)[span.start : span.end].strip()
    begin = max(0, min(said.find(word[:4]) - MAX_QUOTE // 2, len(said) - MAX_QUOTE))
    short = "…" * (begin > 0) + said[begin : begin + MAX_QUOTE] + "…" * (begin + MAX_QUOTE < len(said))
    return Claim(f"- {info.place}{info.year}年报告：{short}", (span,))


def _most_fitting(found: Found) -> tuple[bool, bool, str]:
    """Of several reports of one place: what came out before what was planned, the newest before the older."""
    return bool(found.rows), any(row.kind == "actual" for row in found.rows), found.report_id


def _one_a_place(found: Sequence[Found]) -> list[Found]:
    """Of several reports of a place, the one that fits best; places in their order."""
    best: dict[str, Found] = {}
    for item in found:
        if item.place not in best or _most_fitting(item) > _most_fitting(best[item.place]):
            best[item.place] = item
    return list(best.values())


def _by_years(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """ "2023年和2024年各是多少": a year at a time."""
    base = max((r.year + (r.doc_kind == BULLETIN) for r in sources.chosen(scope)), default=0)
    made: list[Claim] = []
    for year in sorted(scope.years):
        kind: Kind | None = scope.kind or ("actual" if year < base else "target")
        own = with_year_anchor(replace(scope, years=(year,), kind=kind), sources)
        one = by_figures(own, hits, sources, [replace(want, anchors=own.anchors) for want in asked])
        made += [claim for claim in one.claims if claim not in made] if one else []
    if not made:
        return None
    places = [info.place for info in sources.chosen(scope)]
    if len(set(places)) == 1:
        rows = [row for claim in made for row in claim.figures]
        made = [*over_years(rows, places[0], sources.library, scope), *made]
    return Draft(tuple(made))


def _silent(item: Found, asked: Wanted, sources: Sources) -> list[Claim]:
    name = "、".join(asked.indicators) or "这一项"
    known = any(row.canonical in asked.indicators for row in sources.library.figures(item.report_id))
    how = "没有找到与所问完全相符的数" if known else "资料中未提及"
    return [Claim(f"{item.place}的{name}，{how}。"), *instead_of(item, sources)]


def by_text(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """From the sentences that hold what was asked, in the report's own words."""
    want = asked[0]
    if scope.intent == "text" and _is_statistic(want, sources.weights) and not _HOW.search(scope.question):
        return None
    limit = MAX_LIST if scope.intent == "list" else MAX_QUOTE
    found = quotes(hits, sources.library, scope, want, sources.table)
    several = len({info.place for info in sources.chosen(scope)}) > 1
    made: list[Claim] = []
    if several:
        for info in sources.chosen(scope):
            own = [q for q in found if q.report_id == info.report_id]
            made += quoted(choose(own, limit=1), info, want, sources, limit=limit)
        best = max((q.coverage for q in found), default=0.0)
        made = made if best else []
    else:
        for info in sources.chosen(scope)[:1] or []:
            made = quoted(choose(found, limit=3), info, want, sources, limit=limit)
    return Draft(tuple(made)) if made else None


_HOW = re.compile(r"怎么|怎样|如何|措施|举措|为什么|原因|安排|工作|政策")


def _is_statistic(asked: Wanted, weights: Weights) -> bool:
    """Whether a question is nothing but the name of a statistic: its rows answer it, or nothing does."""
    if not any(indicators()[name].statistical for name in asked.indicators):
        return False
    return all(
        weights.sum(pairs - asked.named) <= 0.2 * weights.sum(pairs) for pairs, _ in asked.readings[:1]
    )


def by_text_with_number(
    scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]
) -> Draft | None:
    """A figure question without a row: only a sentence that holds a number of the unit asked for will do."""
    made = None if scope.intent == "compare" else by_text(scope, hits, sources, asked)
    if made is None:
        return None
    statistic = any(indicators()[name].statistical for name in asked[0].indicators)
    kept = []
    for claim in made.claims:
        if statistic and not (
            _is_of_years(claim, scope, sources) and _states_statistic(asked[0], claim.text, sources.weights)
        ):
            continue
        numbers = quantities(fold(claim.text))
        families = asked[0].families
        if asked[0].head and not _stated_of(asked[0].head, claim.text):
            continue
        digits = re.search(r"\d", re.sub(r"\d{4}年", "", claim.text))
        if (not families and digits) or any(n.family in families for n in numbers):
            kept.append(claim)
    return Draft(tuple(kept)) if kept else None


ALL_BUT = 0.8
"""Share of a question's weight that a sentence must hold to stand for a missing row of a statistic."""


def _states_statistic(asked: Wanted, text: str, weights: Weights) -> bool:
    """Whether a clause names the statistic with a number of the kind asked for, and the text all else asked."""
    held = pairs_of(text)
    if not any(weights.sum(pairs & held) >= ALL_BUT * weights.sum(pairs) for pairs, _ in asked.readings):
        return False
    for clause in re.split(r"[，；。：]", as_reports_write(fold(text))):
        families = {number.family for number in quantities(clause)}
        for name in asked.indicators:
            if name in clause and _fits_kind(asked, families, unit_family(indicators()[name].unit)):
                return True
    return False


def _is_of_years(claim: Claim, scope: Scope, sources: Sources) -> bool:
    """Whether a sentence stands in the part of its report that speaks of a year asked about, or names one."""
    said = claim.text.partition("报告：")[2] or claim.text
    if not scope.years or any(f"{year}年" in said for year in scope.years):
        return True
    span = claim.evidence[0]
    info = next(r for r in sources.reports if r.report_id == span.report_id)
    part = sources.library.paragraphs(span.report_id)[span.paragraph - 1].part
    past = part == "review" and info.doc_kind != BULLETIN
    return info.year - past in scope.years


def _fits_kind(asked: Wanted, families: set[str], own: str) -> bool:
    if asked.measure == "amount":
        return own in families or bool(families - {"percent", "point"} and own == "")
    if asked.measure == "growth":
        return bool(families & {"percent", "times", "double", "point"})
    return bool(families) and asked.measure in ("", "share")


def _stated_of(head: str, text: str) -> bool:
    """Whether a clause of the text names the noun asked for and holds a number of its own (not 6号线)."""
    clauses = re.split(r"[，；。：]", fold(text))
    return any(head in as_reports_write(clause) and quantities(clause) for clause in clauses)


def by_list(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """From a complete enumeration, item by item."""
    reports = sources.chosen(scope)
    made: list[Claim] = []
    for info in reports[: 1 if len({r.place for r in reports}) == 1 else MAX_REPORTS]:
        found = _list_of(info, scope, sources, asked[0])
        if found:
            made += _listed(found, info, sources)
    return Draft(tuple(made)) if made else None


def _list_of(info: ReportInfo, scope: Scope, sources: Sources, asked: Wanted) -> Enumeration | None:
    if is_generic(scope):
        return outline(info.report_id, sources.library, scope)
    part = {"actual": "review", "target": "plan"}.get(scope.kind or "")
    paragraphs = [p for p in sources.library.paragraphs(info.report_id) if part is None or p.part == part]
    return enumeration(
        info.report_id, paragraphs, asked, sources.weights, expected=expected_count(scope.question)
    )


def _listed(found: Enumeration, info: ReportInfo, sources: Sources) -> list[Claim]:
    text = sources.library.text(info.report_id)
    lead = f"{info.place}{info.year}年报告依次列出："
    made = [Claim(lead, (found.intro,) if found.intro else ())]
    for item in found.items:
        said = re.sub(r"^[——\s]+", "", text[item.start : item.end]).strip("；。，、 \n")
        made.append(Claim(f"- {said}", (item,)))
    return made
