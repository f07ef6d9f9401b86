"""Scope + hits + rows -> draft: the answerer that needs no language model.

It quotes and assembles. Figure questions go to rows, list questions to enumerations, the rest to the
sentences that hold what was asked; when none does, the draft says so and offers what is nearest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.about import report_facts
from qa.compare import comparison, over_years
from qa.figure_answer import Found, claims
from qa.lexicon import Topic, as_reports_write, indicators, pattern, topics
from qa.lists import Enumeration, enumeration, expected_count, is_generic, outline
from qa.match import Weights, whole_sentences
from qa.refusal import no_report, not_stated, not_understood, off_topic, other_year, year_not_covered
from qa.sources import MAX_REPORTS, Sources, instead_of, look_up, quoted
from qa.text import fold, quantities, split_sentences
from qa.text_answer import MAX_LIST, MAX_QUOTE, choose, quotes
from qa.types import Ask, Claim, Draft, Evidence, Hit, Kind, ReportInfo, Scope
from qa.wants import Wanted, wanted, wanted_of
from qa.where import BULLETIN

Attempt = Callable[["Scope", Sequence[Hit], "Sources", Sequence[Wanted]], "Draft | None"]
"""A way of answering; None when it finds nothing."""


def draft(scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft:
    """Answer a question from its hits and rows, or decline with a reason and what there is instead."""
    if scope.intent == "off_topic":
        return Draft((Claim(off_topic(sources.reports)),), reason="off_topic")
    if scope.missing_places:
        return no_report(scope, sources)
    scope = _with_year_anchor(scope, sources)
    asked = wanted(scope)
    if year_not_covered(scope, sources):
        return other_year(scope, sources, asked)
    about = report_facts(scope, sources.library, sources.chosen(scope))
    if about:
        return Draft(about)
    if not any(want.readings for want in asked) and scope.intent != "list":
        return _by_topic(scope, sources) or _by_year_named(scope, sources) or not_understood(scope, sources)
    if scope.asks and scope.intent == "figure":
        return _each(scope, hits, sources)
    return _one(scope, hits, sources, asked) or not_stated(scope, hits, sources, asked)


def _with_year_anchor(scope: Scope, sources: Sources) -> Scope:
    """A year that no report in scope reviews or plans must be named by whatever answers."""
    near = {y for r in sources.chosen(scope) for y in (r.year - 1, r.year)}
    outside = tuple(f"{year}年" for year in scope.years if year not in near)
    return replace(scope, anchors=(*scope.anchors, *outside), kind=None) if outside else scope


def _one(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    topical = _by_topic(scope, sources)
    if topical:
        return topical
    if pattern("cause", "ask").search(fold(scope.question)):
        return _by_text(scope, hits, sources, asked)
    for attempt in _attempts(scope):
        made = attempt(scope, hits, sources, asked)
        if made is not None:
            return made
    return None


def _each(scope: Scope, hits: Sequence[Hit], sources: Sources) -> Draft:
    """Answer each thing that a question asks; what is not stated is said so beside what is."""
    drafts: list[tuple[Ask, Draft | None]] = []
    for ask in scope.asks:
        own = replace(
            scope, question=ask.text, terms=ask.terms or ask.topic, kind=ask.kind, years=ask.years, asks=()
        )
        drafts.append((ask, _one(own, hits, sources, wanted_of(ask, own))))
    if not any(made for _, made in drafts):
        return not_stated(scope, hits, sources, wanted(scope))
    claims_made: list[Claim] = []
    for ask, made in drafts:
        if made is None:
            claims_made.append(Claim(f"“{ask.text.strip('，。？?、 ')}”：资料中未提及。"))
        else:
            claims_made += made.claims
    return Draft(tuple(_without_repeats(claims_made)))


def _without_repeats(made: Sequence[Claim]) -> list[Claim]:
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


_MENTIONED = re.compile(r"提到|提及|说到|讲到|出自|出现")


def _attempts(scope: Scope) -> tuple[Attempt, ...]:
    if scope.intent == "list":
        return (_by_list, _by_text, _by_figures)
    if scope.intent == "compare" and _MENTIONED.search(scope.question):
        return (_by_figures, _by_text)
    if scope.intent in ("figure", "compare"):
        return (_by_figures, _by_text_with_number)
    return (_by_text, _by_figures)


def _by_topic(scope: Scope, sources: Sources) -> Draft | None:
    """What every report speaks of in set words (problems, main targets): the sentences after those words."""
    asked = "".join(scope.terms)
    near = {y for r in sources.chosen(scope) for y in (r.year - 1, r.year)}
    if not set(scope.years) <= near:
        return None
    topic = next((t for t in topics() if t.ask.search(asked) and t.need.search(asked)), None)
    if topic is None and not scope.terms and "目标" in scope.question and scope.intent in ("list", "text"):
        topic = next(t for t in topics() if t.name == "targets")
    if topic is None:
        return None
    made = [claim for info in sources.chosen(scope)[:6] for claim in _topic_of(topic, info, sources)]
    return Draft(tuple(made)) if made else None


def _by_year_named(scope: Scope, sources: Sources) -> Draft | None:
    """Nothing asked for but a year (到2030年要实现什么): the sentences that name it."""
    made: list[Claim] = []
    named = [word for word in scope.anchors if re.fullmatch(r"\d{4}年", word)]
    for info in sources.chosen(scope)[:6] if named else ():
        for paragraph in sources.library.paragraphs(info.report_id):
            for start, end in split_sentences(paragraph.text, paragraph.start):
                said = paragraph.text[start - paragraph.start : end - paragraph.start]
                if any(word in fold(said) for word in named) and len(made) < 3:
                    span = Evidence(info.report_id, paragraph.number, start, end)
                    made.append(Claim(f"{info.place}{info.year}年报告：{said.strip()}", (span,)))
    return Draft(tuple(made)) if made else None


def _topic_of(topic: Topic, info: ReportInfo, sources: Sources) -> list[Claim]:
    for paragraph in sources.library.paragraphs(info.report_id):
        if paragraph.is_heading or paragraph.part != topic.part:
            continue
        spans = whole_sentences(split_sentences(paragraph.text), paragraph.text)
        for i, (start, end) in enumerate(spans):
            if topic.found.search(fold(paragraph.text[start:end])):
                last = spans[min(i + 1, len(spans) - 1)][1] if end - start < 60 else end
                said = paragraph.text[start:last].strip()
                span = Evidence(
                    info.report_id, paragraph.number, paragraph.start + start, paragraph.start + last
                )
                return [Claim(f"{info.place}{info.year}年报告：{said}", (span,))]
    return []


def _by_figures(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
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
    return Draft(tuple(_without_repeats(made)))


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
        one = _by_figures(replace(scope, years=(year,), kind=kind), hits, sources, asked)
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
    return [Claim(f"{item.place}的{name}，资料中未提及。"), *instead_of(item, sources)]


def _by_text(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
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


def _by_text_with_number(
    scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]
) -> Draft | None:
    """A figure question without a row: only a sentence that holds a number of the unit asked for will do."""
    if scope.intent == "compare" or any(indicators()[name].statistical for name in asked[0].indicators):
        return None  # a statistic is answered by its rows or not at all
    made = _by_text(scope, hits, sources, asked)
    if made is None:
        return None
    kept = []
    for claim in made.claims:
        numbers = quantities(fold(claim.text))
        families = asked[0].families
        if asked[0].head and not _stated_of(asked[0].head, claim.text):
            continue
        digits = re.search(r"\d", re.sub(r"\d{4}年", "", claim.text))
        if (not families and digits) or any(n.family in families for n in numbers):
            kept.append(claim)
    return Draft(tuple(kept)) if kept else None


def _stated_of(head: str, text: str) -> bool:
    """Whether a clause of the text names the noun asked for and holds a number of its own (not 6号线)."""
    clauses = re.split(r"[，；。：]", fold(text))
    return any(head in as_reports_write(clause) and quantities(clause) for clause in clauses)


def _by_list(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
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
