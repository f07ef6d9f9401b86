"""Ways of answering a question: from rows, from sentences, from enumerations. Each gives None when it finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.bulletin_notes import notes_on
from qa.compare import comparison
from qa.figure_answer import Found, claims
from qa.joining import without_repeats
from qa.lexicon import indicators, pattern, piece, regex
from qa.list_asks import list_ask
from qa.list_quotes import asks_which, cut, naming, noun_asked
from qa.match import Weights
from qa.narrowed import asks_which_area, names_area
from qa.operation import operation_of
from qa.question_places import covered, told_till
from qa.row_choice import is_of_before
from qa.sources import Sources, instead_of, look_up, quoted, with_older
from qa.text import fold, split_sentences
from qa.text_answer import MAX_LIST, MAX_QUOTE, Quote, choose, is_good, quotes
from qa.types import Claim, Draft, Evidence, Hit, Kind, Paragraph, Part, ReportInfo, Scope
from qa.wanted import Wanted
from qa.wording import asks_mention
from qa.year_parts import parts_in, tells_own_year


def with_year_anchor(scope: Scope, sources: Sources) -> Scope:
    """A year that no report in scope reviews or plans must be named by whatever answers."""
    near = {year for report in sources.chosen(scope) for year in covered(report)}
    outside = tuple(f"{year}年" for year in scope.years if year not in near)
    anchors = tuple(dict.fromkeys((*scope.anchors, *outside)))
    return replace(scope, anchors=anchors, kind=None) if outside else scope


def by_figures(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """From rows: a sentence for one place, a table over several, a year at a time over several years."""
    if len(scope.years) > 1 and not scope.asks:
        return _by_years(scope, hits, sources, asked)
    found = found_for(scope, sources, asked)
    if not any(item.rows for each in found for item in each):
        return None
    if len({r.place for r in sources.chosen(scope)}) > 1:
        made = [claim for each in found for claim in comparison(one_a_place(each), sources.library, scope)]
        return Draft(tuple(made)) if made else None
    made = []
    for each, want in zip(found, asked, strict=True):
        best = max(each, key=most_fitting)
        made += claims(best, sources.library) if best.rows else _silent(best, want, sources)
        made += notes_on(best.rows, sources.library)
    return Draft(tuple(without_repeats(made)))


def found_for(scope: Scope, sources: Sources, asked: Sequence[Wanted]) -> list[list[Found]]:
    """For each thing asked, what each report has of the time meant; of no time said, results before targets."""
    found = look_up(scope, sources, asked)
    if scope.kind is None and not scope.years and len({r.place for r in sources.chosen(scope)}) > 1:
        actual = look_up(replace(scope, kind="actual"), sources, asked)
        if any(item.rows for each in actual for item in each):
            found = actual  # no time said: results, and targets only where no report has a result
    if not scope.years:
        found = [with_older(each, scope, sources, want) for each, want in zip(found, asked, strict=True)]
    return found


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
    ranked = operation_of(question).name == "rank" and _BY_SIZE.search(question)
    if not named and (ranked or _is_statistic(asked[0], sources.weights)):
        return None  # who writes of the 社零 does not tell whose is the lowest
    chosen = {info.report_id: info for info in sources.chosen(scope)}
    told = _WON.sub("", "".join(scope.terms))
    word = regex("mention", "sought").sub("", told)
    part: Part | None = "plan" if word != told else "review" if _WON.search(question) else None
    said = quotes(hits, sources.library, scope, asked[0], sources.table)
    spans = _mentions(word, chosen, said, part, sources) or _mentions(word, chosen, said, None, sources)
    having = [name for name in chosen if name in spans and _of_year_named(spans[name], scope, sources)]
    spans = {name: spans[name] for name in having}
    silent = "、".join(info.place for name, info in chosen.items() if name not in spans)
    if not having:
        return None
    names = "、".join(chosen[name].place for name in having)
    first = Claim(f"报告里写到的有{names}。", tuple(spans[name] for name in having))
    made = [_saying(chosen[name], spans[name], word, sources) for name in having]
    last = [Claim(f"{silent}的报告未提及。")] if silent else []
    denied = re.search(rf"(?:没有?|未)(?:{pattern('mention', 'ask').pattern})", fold(scope.question))
    return Draft((*last, first, *made) if denied else (first, *made, *last))


_BY_SIZE = regex("mention", "by_size")
_AMOUNT_ASKED = regex("asked", "amount")
"""A question for an amount is not answered by who writes of it."""


_WON = regex("mention", "won")
"""评上了 asks for titles that reports tell of as won, not for those that they plan to win."""


def _of_year_named(span: Evidence, scope: Scope, sources: Sources) -> bool:
    """Whether a sentence has the year that no report in scope reviews or plans, if one is asked about."""
    said = fold(sources.library.text(span.report_id)[span.start : span.end])
    return all(word in said for word in scope.anchors if re.fullmatch(r"\d{4}年", word))


def _mentions(
    word: str, chosen: Iterable[str], said: Sequence[Quote], part: Part | None, sources: Sources
) -> dict[str, Evidence]:
    """By report the sentence of a part that holds a word as it stands; else one like it, but of a title not beside that."""
    exact = {name: span for name in chosen if (span := _first_saying(word, name, part, sources)) is not None}
    if exact and regex("mention", "titled").search(word):
        return exact
    like = (quote for quote in reversed(said) if part in (None, quote.paragraph.part))
    return {quote.report_id: quote.evidence for quote in like if quote.own >= MENTIONED} | exact


def _first_saying(word: str, report_id: str, part: Part | None, sources: Sources) -> Evidence | None:
    """The first sentence of a part of a report that holds a word of two characters or more as it stands."""
    for paragraph in sources.library.paragraphs(report_id) if len(word) > 1 else ():
        if part not in (None, paragraph.part) or word not in _plain(paragraph.text):
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
    return Claim(f"- {info.called}：{short}", (span,))


def most_fitting(found: Found) -> tuple[bool, bool, bool, str]:
    """Of several reports of one place: what came out before what was planned, the one that reviews the year
    before one that looks back on it, the newest before the older."""
    actual = any(row.kind == "actual" for row in found.rows)
    own = any(not is_of_before(row) for row in found.rows)
    return bool(found.rows), actual, own, found.report_id


def one_a_place(found: Sequence[Found]) -> list[Found]:
    """Of several reports of a place, the one that fits best; places in their order."""
    best: dict[str, Found] = {}
    for item in found:
        if item.place not in best or most_fitting(item) > most_fitting(best[item.place]):
            best[item.place] = item
    return list(best.values())


def _by_years(scope: Scope, hits: Sequence[Hit], sources: Sources, asked: Sequence[Wanted]) -> Draft | None:
    """ "2023年和2024年各是多少": a year at a time."""
    base = max((told_till(r) + 1 for r in sources.chosen(scope)), default=0)
    made: list[Claim] = []
    for year in sorted(scope.years):
        anchors = tuple(word for word in scope.anchors if _is_of_year(word, year, scope.question))
        for kind in _kinds_of(year, base, scope, sources):
            own = with_year_anchor(replace(scope, years=(year,), kind=kind, anchors=anchors), sources)
            one = by_figures(own, hits, sources, [replace(want, anchors=own.anchors) for want in asked])
            if one is not None:
                made += [claim for claim in one.claims if claim not in made]
                break
    return Draft(tuple(made)) if made else None


_AIMS_OF_ALL = re.compile(rf"(?:20\d\d年[和与跟及、，])+20\d\d年[^，。；？]*?{piece('kind', 'aimed')}")
"""2022年和2024年的增长目标各是多少: the aim of each year."""


def _kinds_of(year: int, base: int, scope: Scope, sources: Sources) -> tuple[Kind, ...]:
    """Result and aim of one of several years, what is meant first: a year that no later report reviews has its aim alone."""
    if scope.kind:
        return (scope.kind,)
    if year >= base:
        return ("target",)
    planned = any(report.year == year for report in sources.chosen(scope))
    if not planned:
        return ("actual",)
    return ("target", "actual") if _AIMS_OF_ALL.search(fold(scope.question)) else ("actual", "target")


def _is_of_year(anchor: str, year: int, question: str) -> bool:
    """Whether an anchor may be of a year: 2023年和2024年上半年 asks for a part of the second alone."""
    others = re.findall(rf"((?:19|20)\d\d)年{re.escape(anchor)}", question) if parts_in(anchor) else []
    return not others or str(year) in others


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
    if scope.intent == "list" and asks_which(fold(scope.question)):
        found = _of_list(found, scope, want, sources)
    made: list[Claim] = []
    if several:
        for info in sources.chosen(scope):
            own = [q for q in found if q.report_id == info.report_id]
            made += quoted(choose(own, limit=1), want, sources, limit=limit)
        best = max((q.coverage for q in found), default=0.0)
        made = made if best else []
    else:
        made = quoted(choose(_of_years(found, scope, sources), limit=3), want, sources, limit=limit)
    areas = any(asks_which_area(fold(scope.question), info.place) for info in sources.chosen(scope))
    if areas and want.indicators:  # a statistic of the whole is none of its areas'
        made = [claim for claim in made if names_area(_cited(claim, sources))]
    return Draft(tuple(made)) if made else None


def _cited(claim: Claim, sources: Sources) -> str:
    return "".join(sources.library.text(span.report_id)[span.start : span.end] for span in claim.evidence)


LEAST = 16
"""Characters of a sentence that tells something; a shorter one leads up to what is listed behind it: 前瞻布局未来产业。"""


def _of_list(found: Sequence[Quote], scope: Scope, want: Wanted, sources: Sources) -> list[Quote]:
    """The quotes that name what a list is asked of, each cut to the clause that lists it; deeds are told of at length."""
    question = fold(scope.question)
    good = [quote for quote in found if is_good(quote)]
    texts = [sources.library.text(quote.report_id)[quote.start : quote.end] for quote in good]
    if list_ask(scope).deeds:
        return naming(good, noun_asked(question), texts)
    listing = [quote.paragraph for quote, text in zip(good, texts, strict=True) if "、" in text]
    good = [
        quote
        for quote, text in zip(good, texts, strict=True)
        if len(text) >= LEAST or "、" in text or quote.paragraph not in listing
    ]
    texts = [sources.library.text(quote.report_id)[quote.start : quote.end] for quote in good]
    named = naming(good, noun_asked(question), texts)
    texts = [sources.library.text(quote.report_id) for quote in named]
    return [cut(q, text, want, sources.weights, question) for q, text in zip(named, texts, strict=True)]


def _of_years(found: Sequence[Quote], scope: Scope, sources: Sources) -> list[Quote]:
    """Of several reports of a place, the quotes from the parts that speak of the years asked about, if there are."""
    if not scope.years or len(scope.report_ids) < 2:
        return list(found)
    infos = {info.report_id: info for info in sources.reports}
    return [q for q in found if speaks_of(infos[q.report_id], q.paragraph, scope.years)] or list(found)


def speaks_of(info: ReportInfo, paragraph: Paragraph, years: Sequence[int]) -> bool:
    """Whether the years are reviewed or planned in a paragraph: a review of the year before, a plan of its own."""
    done = paragraph.part == "review" or tells_own_year(info.doc_kind)
    return told_till(info) + (not done) in years


_HOW = pattern("asked", "how")


def _is_statistic(asked: Wanted, weights: Weights) -> bool:
    """Whether a question is nothing but the name of a statistic: its rows answer it, or nothing does."""
    if not any(indicators()[name].statistical for name in asked.indicators):
        return False
    return all(
        weights.sum(pairs - asked.named) <= 0.2 * weights.sum(pairs) for pairs, _ in asked.readings[:1]
    )
