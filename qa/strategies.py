"""Ways of answering a question: from rows, from sentences, from enumerations. Each gives None when it finds nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.bulletin_notes import notes_on
from qa.compare import comparison
from qa.figure_answer import Found, claims, is_of_before
from qa.lexicon import indicators, pattern, regex
from qa.match import Weights
from qa.operation import operation_of
from qa.question_places import BULLETIN
from qa.sources import Sources, instead_of, look_up, quoted, with_older
from qa.text import fold, split_sentences
from qa.text_answer import MAX_LIST, MAX_QUOTE, Quote, choose, quotes
from qa.types import Claim, Draft, Evidence, Hit, Kind, Paragraph, ReportInfo, Scope
from qa.wanted import Wanted
from qa.wording import asks_mention


def without_repeats(made: Sequence[Claim]) -> list[Claim]:
    """Leave out a sentence that another one says whole: "…26.1亿元" before "…26.1亿元，排全区第一"."""
    kept: list[Claim] = []
    for i, claim in enumerate(made):
        if claim.text.startswith("|"):  # a line of a table may stand in another one too
            kept.append(claim)
            continue
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
    if not scope.years:
        found = [with_older(each, scope, sources, want) for each, want in zip(found, asked, strict=True)]
    if not any(item.rows for each in found for item in each):
        return None
    if len({r.place for r in sources.chosen(scope)}) > 1:
        made = [claim for each in found for claim in comparison(_one_a_place(each), sources.library, scope)]
        return Draft(tuple(made)) if made else None
    made = []
    for each, want in zip(found, asked, strict=True):
        best = max(each, key=most_fitting)
        made += claims(best, sources.library) if best.rows else _silent(best, want, sources)
        made += notes_on(best.rows, sources.library)
    return Draft(tuple(without_repeats(made)))


MENTIONED = 0.75
"""Share of a question's weight that one sentence must hold for its report to mention what is asked about."""


ABOUT_IT = 0.6
"""Share of a question's weight that a sentence of the only place that can answer must hold."""


def is_about(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Wanted) -> bool:
    """Whether a sentence holds most of what a question asks, which asks it of no place."""
    found = quotes(hits, sources.library, scope, asked, sources.table)
    return any(quote.own >= ABOUT_IT for quote in found)


def by_mention(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """Which reports speak of something: those that hold its words, or a sentence that says as much.

    The whole text of each report is searched for the words, so that 未提及 is more than not being found.
    """
    question = fold(scope.question)
    named = asks_mention(question)
    if operation_of(question).name not in ("rank", "list") or (_AMOUNT_ASKED.search(question) and not named):
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


_AMOUNT_ASKED = regex("asked", "amount")
"""A question for an amount is not answered by who writes of it."""


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


def most_fitting(found: Found) -> tuple[bool, bool, bool, str]:
    """Of several reports of one place: what came out before what was planned, the one that reviews the year
    before one that looks back on it, the newest before the older."""
    actual = any(row.kind == "actual" for row in found.rows)
    own = any(not is_of_before(row) for row in found.rows)
    return bool(found.rows), actual, own, found.report_id


def _one_a_place(found: Sequence[Found]) -> list[Found]:
    """Of several reports of a place, the one that fits best; places in their order."""
    best: dict[str, Found] = {}
    for item in found:
        if item.place not in best or most_fitting(item) > most_fitting(best[item.place]):
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
    return Draft(tuple(made)) if made else None


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
    if several and not scope.places and scope.intent != "figure":  # a sentence must hold nearly all of it
        found = [quote for quote in found if quote.own >= MENTIONED]
    made: list[Claim] = []
    if several:
        for info in sources.chosen(scope):
            own = [q for q in found if q.report_id == info.report_id]
            made += quoted(choose(own, limit=1), want, sources, limit=limit)
        best = max((q.coverage for q in found), default=0.0)
        made = made if best else []
    else:
        made = quoted(choose(_of_years(found, scope, sources), limit=3), want, sources, limit=limit)
    return Draft(tuple(made)) if made else None


def _of_years(found: Sequence[Quote], scope: Scope, sources: Sources) -> list[Quote]:
    """Of several reports of a place, the quotes from the parts that speak of the years asked about, if there are."""
    if not scope.years or len(scope.report_ids) < 2:
        return list(found)
    infos = {info.report_id: info for info in sources.reports}
    return [q for q in found if speaks_of(infos[q.report_id], q.paragraph, scope.years)] or list(found)


def speaks_of(info: ReportInfo, paragraph: Paragraph, years: Sequence[int]) -> bool:
    """Whether the years are reviewed or planned in a paragraph: a review of the year before, a plan of its own."""
    past = paragraph.part == "review" and info.doc_kind != BULLETIN
    return info.year - past in years


_HOW = pattern("asked", "how")


def _is_statistic(asked: Wanted, weights: Weights) -> bool:
    """Whether a question is nothing but the name of a statistic: its rows answer it, or nothing does."""
    if not any(indicators()[name].statistical for name in asked.indicators):
        return False
    return all(
        weights.sum(pairs - asked.named) <= 0.2 * weights.sum(pairs) for pairs, _ in asked.readings[:1]
    )
