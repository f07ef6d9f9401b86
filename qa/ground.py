"""Generated text -> claims that the evidence carries, and objections to the rest, statement by statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.indicator_names import as_reports_write, indicators_in
from qa.lexicon import pattern
from qa.match import pairs_of
from qa.numerals import arabic
from qa.ordering import order_objection
from qa.places import gazetteer, province_of
from qa.prompt import Passage
from qa.question_places import covered
from qa.sources import Sources
from qa.stated_numbers import TALK, Context, Mention, Said, claimed, mentions
from qa.statements import Statement, statements
from qa.support import Judge
from qa.text import fold, quantities, split_sentences
from qa.types import Claim, Derived, Evidence, Figure, Scope
from qa.verify import objection

SUPPORTED, UNSURE = 0.6, 0.4
"""Least share of a statement's words in its cited passages to stand, and to stand marked 未核实."""
BESIDE = 0.4
"""The same for a clause without a number beside one with a number."""
MIN_CLAUSE = 6
MAX_SPANS = 4
NOT_VERIFIED = "（未核实）"
_DONE = re.compile(r"已经?|[完建实][成现]了")
_AHEAD = pattern("claim", "ahead")
_NOT = pattern("claim", "negated")
_LEVEL = re.compile(r"持平|同步")
ORDER = re.compile(r"最[高低大小多少快慢]|高于|低于|快于|慢于|超过|比")
_CLAUSE = re.compile(r"[^，；：。！？、]+")


@dataclass(frozen=True, slots=True)
class Grounded:
    """One statement: the claim it comes to, or why it does not stand. ``unsure`` claims are marked 未核实."""

    text: str
    claim: Claim | None = None
    objection: str = ""
    unsure: bool = False
    refuses: bool = False


def ground(
    text: str, passages: Sequence[Passage], sources: Sources, scope: Scope, known: Sequence[Figure] = ()
) -> list[Grounded]:
    """Judge each statement of a generated text. ``known`` are the rows that code found for the question."""
    judge = Judge(passages, sources, scope.question)
    reader = _Reader(judge, scope, tuple(known))
    context = Context.of(scope)
    made: list[Grounded] = []
    for statement in statements(text):
        one, context = reader.read(statement, context)
        if one is not None:
            made.append(one)
    return made


@dataclass(frozen=True, slots=True)
class _Reader:
    judge: Judge
    scope: Scope
    known: tuple[Figure, ...]

    @property
    def sources(self) -> Sources:
        return self.judge.sources

    def read(self, statement: Statement, context: Context) -> tuple[Grounded | None, Context]:
        """The verdict on one statement, None for words that state nothing ("具体如下："); and the context after."""
        if statement.refuses:
            return Grounded(statement.text, refuses=True), context
        if not statement.marks:
            lead = len(statement.said) <= 30 and not re.search(r"\d", statement.said)
            if lead and statement.said.endswith("："):
                return None, context
            return Grounded(statement.text, objection="没有标出所依据段落的编号"), context
        unknown = [n for n in statement.numbers if n not in self.judge.passages]
        if unknown:
            known = f"只有【1】到【{len(self.judge.passages)}】" if self.judge.passages else "没有给出段落"
            return Grounded(statement.text, objection=f"编号【{unknown[0]}】不存在，{known}"), context
        cited = [self.judge.passages[n] for n in statement.numbers]
        text = fold(" ".join(" ".join((p.text, *p.paragraph.section)) for p in cited))
        places = tuple(dict.fromkeys(r.place for r in self.sources.reports))
        named = mentions(statement.said, places, text)
        numbers, after = claimed(statement, named, context)
        wrong = self._wrong_names(statement, named, cited, text) or _wrong_digits(statement.said, text)
        wrong = wrong or self._wrong_level(statement, cited)
        if wrong:
            return Grounded(statement.text, objection=wrong), after
        if numbers:
            return self._with_numbers(statement, numbers, named, context), after
        return self._of_words(statement, named, text, context), after

    # -------------------------------------------------------------- names

    def _wrong_names(
        self, statement: Statement, named: Sequence[Mention], cited: Sequence[Passage], text: str
    ) -> str:
        """A place, year or quoted name that the cited passages do not have."""
        own = {p.info.place for p in cited}
        for mention in named:
            if mention.report_place:
                if mention.report_place not in own and fold(mention.report_place) not in text:
                    return f"“{mention.name}”不是所引段落的地区"
            elif fold(mention.name) not in text and not any(_is_parent(mention.name, place) for place in own):
                return f"“{mention.name}”不在所引段落里"
        allowed = {y for p in cited for y in covered(p.info)}
        for year in re.findall(r"((?:19|20)\d{2})年", statement.said):
            if int(year) not in allowed and year not in text:
                return f"所引段落里没有{year}年的内容"
        for name in re.findall(r"[“《「]([^”》」]{2,30})[”》」]", statement.said):
            if name not in re.sub(r"[“”《》「」]", "", text):
                return f"“{name}”不在所引段落里"
        return ""

    # -------------------------------------------------------------- numbers

    def _wrong_level(self, statement: Statement, cited: Sequence[Passage]) -> str:
        """持平 and 同步 are values without digits: they must be of the indicator that is named."""
        found = _LEVEL.search(statement.said)
        names = indicators_in(as_reports_write(statement.said)) if found else ()
        if not found or not names:
            return ""
        rows = [row for p in cited for row in p.rows if found[0] in fold(row.comparator)]
        return "" if any(row.canonical in names for row in rows) else f"“{found[0]}”说的不是{names[-1]}"

    def _with_numbers(
        self, statement: Statement, numbers: Sequence[Said], named: Sequence[Mention], context: Context
    ) -> Grounded:
        cited = [self.judge.passages[n] for n in statement.numbers]
        rows: list[Figure] = []
        spans: list[Evidence] = []
        derived: list[Derived] = []
        for said in numbers:
            support = self.judge.number(said, statement.said, statement.numbers)
            if support.objection:
                return Grounded(statement.text, objection=support.objection)
            rows += support.rows
            spans += support.spans
            derived += [support.derived] if support.derived else []
        wrong, ordered = self._order(statement, named, numbers, context)
        wrong = wrong or self._beside(statement, named, cited, decided=bool(ordered))
        if wrong:
            return Grounded(statement.text, objection=wrong)
        rows += ordered
        spans += [self.judge.span(row) for row in ordered]
        claim = Claim(statement.text, tuple(dict.fromkeys(spans)), tuple(dict.fromkeys(rows)), tuple(derived))
        return self._checked(statement, claim)

    def _beside(
        self, statement: Statement, named: Sequence[Mention], cited: Sequence[Passage], *, decided: bool
    ) -> str:
        """A clause without a number that the cited passages do not say. ``decided``: orders are rows' matter."""
        for clause in _CLAUSE.findall(statement.said):
            bare = TALK.sub("", clause)
            for name in {statement.said[m.start : m.end] for m in named}:
                bare = bare.replace(name, "")
            bare = re.sub(r"[\W\d]", "", bare)
            if quantities(clause) or len(bare) < MIN_CLAUSE or (decided and ORDER.search(clause)):
                continue
            if self._share(clause, cited) < BESIDE:
                return f"“{clause}”在所引段落里没有"
        return ""

    def _order(
        self, statement: Statement, named: Sequence[Mention], numbers: Sequence[Said], context: Context
    ) -> tuple[str, tuple[Figure, ...]]:
        """(what is wrong with a claimed order among places, the rows that decide it)."""
        cited = [self.judge.passages[n] for n in statement.numbers]
        about = indicators_in(as_reports_write(statement.said)) or indicators_in(
            as_reports_write(fold(context.indicator))
        )
        rows = [row for row in self.known if not about or row.canonical in about]
        have = {row.report_id for row in rows}
        for said in numbers:
            for row in self.judge.operands(said, statement.said, statement.numbers):
                if row.report_id not in have:
                    have.add(row.report_id)
                    rows.append(row)
        names = {info.report_id: info.place for info in self.sources.reports if info.report_id in have}
        stated = ORDER.search(statement.said)
        if (
            stated
            and any(stated[0] in fold(p.text) for p in cited)
            and len({p.info.place for p in cited}) == 1
        ):
            return "", ()  # the report says so itself
        return order_objection(statement.said, named, rows, names)

    # -------------------------------------------------------------- words

    def _of_words(
        self, statement: Statement, named: Sequence[Mention], text: str, context: Context
    ) -> Grounded:
        cited = [self.judge.passages[n] for n in statement.numbers]
        wrong, rows = self._order(statement, named, (), context)
        if rows and not wrong:
            return self._checked(
                statement, Claim(statement.text, tuple(self.judge.span(row) for row in rows), rows)
            )
        wrong = (
            wrong or _wrong_tense(statement, cited) or self._beside(statement, named, cited, decided=False)
        )
        negation = _NOT.search(statement.said)
        if not wrong and negation and not _NOT.search(text):
            wrong = f"“{negation[0]}”在所引段落里没有"
        share = self._share(statement.said, cited)
        if not wrong and share < UNSURE:
            wrong = "所引段落里没有这个意思"
        if wrong:
            return Grounded(statement.text, objection=wrong)
        spans = self._sentences(statement.said, cited)
        if share >= SUPPORTED:
            return self._checked(statement, Claim(statement.text, spans))
        end = re.search(r"[。！？；]*$", statement.text)
        at = end.start() if end else len(statement.text)
        marked = Claim(statement.text[:at] + NOT_VERIFIED + statement.text[at:], spans)
        return replace(self._checked(statement, marked), unsure=True, objection="与所引段落的字句相差较多")

    def _share(self, said: str, cited: Sequence[Passage]) -> float:
        """Share of a text's words, by weight, that the cited passages and their headers have."""
        words = frozenset(pair for pair in pairs_of(said) if not re.search(r"\d", pair))
        held = frozenset().union(
            *(pairs_of(" ".join((p.text, *p.paragraph.section))) | self.judge.place(p) for p in cited)
        )
        return self.sources.weights.sum(words & held) / (self.sources.weights.sum(words) or 1.0)

    def _sentences(self, said: str, cited: Sequence[Passage]) -> tuple[Evidence, ...]:
        """The sentences that hold most of a statement's words: one a passage, and more where they add much."""
        weights, words = self.sources.weights, pairs_of(said)
        chosen: list[tuple[int, Evidence]] = []
        for number, passage in enumerate(cited):
            left = words
            pool = [
                (Evidence(passage.info.report_id, passage.paragraph.number, s, e),
                 pairs_of(passage.text[s - passage.start : e - passage.start]))
                for s, e in split_sentences(passage.text, passage.start)
            ]  # fmt: skip
            for _ in range(MAX_SPANS):
                best = max(pool, key=lambda item: weights.sum(item[1] & left), default=None)
                if best is None or weights.sum(best[1] & left) < 0.2 * weights.sum(words):
                    break
                chosen.append((number, best[0]))
                pool.remove(best)
                left = left - best[1]
            if not any(n == number for n, _ in chosen) and pool:
                chosen.append((number, max(pool, key=lambda item: weights.sum(item[1] & words))[0]))
        return tuple(span for _, span in sorted(chosen, key=lambda item: (item[0], item[1].start)))

    def _checked(self, statement: Statement, claim: Claim) -> Grounded:
        """The last word is that of the check every answer passes."""
        if objection(claim, self.sources.library):
            return Grounded(statement.text, objection="有数字不在所引的句子里")
        return Grounded(statement.text, claim)


def _wrong_digits(said: str, text: str) -> str:
    """A number that counts nothing as read (4年, 12号, 5月1日) and that the passages do not have as it is."""
    counted = [(q.start, q.end) for q in quantities(said)]
    known = arabic(text)
    for match in re.finditer(r"(?<![\d.])(?P<number>\d+(?:\.\d+)?)(?P<after>[^\d\s]?)", said):
        year = re.fullmatch(r"(?:19|20)\d{2}年", match[0])
        if year or any(start <= match.start() < end for start, end in counted):
            continue
        after = "" if match["after"] in "，。；、）" else re.escape(match["after"])
        if not re.search(rf"(?<![\d.]){re.escape(match['number'])}(?!\.?\d){after}", known):
            return f"“{match[0]}”在所引段落里没有"
    return ""


def _is_parent(name: str, place: str) -> bool:
    """Whether a province is that of a report's place: 广西 in a sentence about a city of 广西."""
    is_province = any(item.name == name for item in gazetteer() if item.level == "province")
    return is_province and province_of(name) == province_of(place)


def _wrong_tense(statement: Statement, cited: Sequence[Passage]) -> str:
    parts = {p.paragraph.part for p in cited}
    if parts == {"plan"} and _DONE.search(statement.said) and not _AHEAD.search(statement.said):
        return "所引段落是今后的安排，不是已经完成的"
    return ""
