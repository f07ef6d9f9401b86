"""What one clause of a plan does: opens a commitment, joins the one before, leads to the next, or neither.

What it is told by (verbs of each kind, adverbs, lead-ins, mottos) stands in commitments.toml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from qa.lexicon import choice, pattern, piece, regex, words
from qa.text import quantities

KINDS = ("开工", "新建", "建成", "完成", "改造", "新增", "创建", "力争", "推进")
"""All kinds; 力争 is also that of a bare numeric target, 推进 that of every other verb."""
_BY_VERB = tuple(kind for kind in KINDS if kind != "力争")

_TOPIC = re.compile(r"[^□\d]{1,14}(?:方面|(?<!以)上|领域|中|层面)")
_DEPENDS = regex("promise", "depends")
_CONCRETE = re.compile(r".{0,6}(?:□|建设|项目|改革|工程|行动)")
_FIELD = re.compile(r"[在从][^，]{2,}(?:领域|方面|过程中|工作中|基础上|前提下)$")
_OWES = re.compile(r"[^□，]{2,16}?[要将](?![求素件点来领])")
_OWED = re.compile(r"(?:我们|今年|全市|全省|全县|全区)?(?:要|必须|务必)")
_NAMED_FIRST = regex("promise", "named_first")
_WHEN = re.compile(r"要|将|拟|年内|月底前?|年底前?|季度")
_PAIRED = regex("promise", "paired")
_ATTACHED = regex("promise", "attached")
_PREDICATE = regex("promise", "predicate")
_STATE = regex("promise", "state")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clause does; ``kind`` and ``verb`` only if it opens a commitment."""

    role: Literal["open", "join", "lead", "skip"]
    kind: str = ""
    verb: str = ""


@lru_cache(1024)
def counts(folded: str) -> bool:
    """Whether a text has a number with a unit. Asked several times of each clause."""
    return any(item.unit for item in quantities(folded))


def describes(sentence: str, shielded: str) -> bool:
    """Whether a sentence without a figure describes the situation, exhorts or is a motto.

    ``shielded`` is the same text with its quotations blotted out.
    """
    if counts(shielded):
        return False
    told = regex("commitment", "described").search(shielded)
    return bool(
        told
        or regex("commitment", "exhorted").search(sentence)
        or regex("commitment", "motto").search(sentence)
    )


def announces_targets(clause: str) -> bool:
    """Whether what follows a clause is the list of main targets: 今年的主要预期目标是."""
    found = re.search(r"(?:目标(?:安排|建议)?(?:是|为|如下)|(?:主要|预期|奋斗)目标)$", clause)
    return bool(found) and not re.search(r"上述|以上|这些", clause)


def read_clause(clause: str, following: str, *, inside: bool, targets: bool) -> Reading:
    """What a clause does in its sentence; ``following`` is the clause after it, "" at the end.

    ``inside``: a commitment is open before it; ``targets``: it stands in the list of main targets. The text is
    folded, what stands in quotation marks and brackets blotted out with □.
    """
    counted = counts(clause)
    if regex("commitment", "announced").search(clause) and not re.search(r"\d[^\d，]{0,6}以下$", clause):
        return Reading("skip")
    if not counted and regex("commitment", "described").search(clause):
        return Reading("skip")
    if inside and _DEPENDS.match(clause):
        return Reading("join")
    if targets:
        return _read_target(clause, inside=inside)
    if counted and _OWED.match(following) and not _verb_at_start(clause):
        return Reading("lead")
    if _TOPIC.fullmatch(clause):
        return Reading("lead")
    kind, verb = _verb_of(clause, counted=counted)
    if _leads(clause) and not (counted and kind not in ("", "推进")):
        return _read_lead(clause, following, inside=inside)
    if not verb and counted:
        return _read_number(clause, inside=inside)
    if not verb:
        return _read_state(clause, following, inside=inside)
    if inside and not counted and _is_effect(clause):
        return Reading("join")
    return Reading("open", kind, verb)


def _read_state(clause: str, following: str, *, inside: bool) -> Reading:
    """A clause without a verb of its own: a state that is aimed at opens a commitment, all else joins one."""
    if inside or not _STATE.match(clause):
        return Reading("join")
    return Reading("lead" if _ATTACHED.match(following) else "open", "力争", _said(clause))


def _leads(clause: str) -> bool:
    """Whether a clause only prepares: 围绕…, 新能源产业要依托…, 在…上发力."""
    owed = _OWES.match(clause)
    for begin in (0, owed.end() if owed else 0):
        found = _opening().match(clause, begin)
        if found and found["lead"]:
            return True
    return bool(_FIELD.match(clause)) or (
        clause.startswith(tuple("在从沿由")) and not _verbs().search(clause, 1)
    )


def _read_lead(clause: str, following: str, *, inside: bool) -> Reading:
    """A lead-in that nothing follows may hold the promise itself: 围绕产业链部署创新链。"""
    if following or inside or clause.startswith("坚持"):
        return Reading("lead")
    behind = _verbs().search(clause, 4)
    return Reading("open", _kind_of(behind[0]), behind[0]) if behind else Reading("lead")


def _read_target(clause: str, *, inside: bool) -> Reading:
    """A clause of the list of main targets: each subject with its value is a commitment."""
    attached = _ATTACHED.match(clause) and not clause.startswith(("人均", "投资"))
    if inside and (attached or re.match(r"并|且|与|和|及", clause)):
        return Reading("join")
    modal = pattern("commitment", "modal").search(clause)
    return Reading("open", "力争", modal[0] if modal else _said(clause))


def _said(clause: str) -> str:
    """The word that a bare target is told by: 增长, 达到, 新增; "" for "居民消费价格涨幅3%左右"."""
    said = _PREDICATE.search(clause)
    found = None if said else _verb_at_start(clause)
    return said[0] if said else found[1] if found else ""


def _read_number(clause: str, *, inside: bool) -> Reading:
    """A clause with a number and no verb: a target of its own if it says what of."""
    head = clause[: quantities(clause)[0].start]
    bare = _adverbs().sub("", head, count=1)
    own = len(re.findall(r"[\u4e00-\u9fff]", _PREDICATE.sub("", bare))) >= 2
    if inside and (not own or _ATTACHED.match(bare)):
        return Reading("join")
    return Reading("open", "力争", _said(clause))


def _is_effect(clause: str) -> bool:
    match = _effects().match(clause)
    return match is not None and not _CONCRETE.match(clause, match.end())


def _verb_of(clause: str, *, counted: bool) -> tuple[str, str]:
    """(kind, verb) of the clause's own verb of doing, ("", "") if it has none."""
    found = _verb_at_start(clause)
    if found:
        return found
    coverb = _coverbs().match(clause)
    if coverb:
        behind = _verbs().search(clause, coverb.end() + 2)
        return (_kind_of(behind[0]), behind[0]) if behind else ("", "")
    modal = pattern("commitment", "modal").search(clause)
    if modal:
        return "力争", modal[0]
    if counted or _WHEN.search(clause) or re.search(r"□", clause):
        owed = re.search(r"[要将拟](?!求|素|件|点|来|领)", clause)
        if owed and (found := _verb_at_start(clause[owed.end() :])):
            return found
        behind = pattern("commitment", "behind").search(clause, 2)
        if behind and clause[behind.end() : behind.end() + 1] not in tuple("率面量额数度"):
            return _kind_of(behind[0]), behind[0]
    named = _NAMED_FIRST.match(clause)
    return (_kind_of(named["verb"]), named["verb"]) if named else ("", "")


def _verb_at_start(clause: str) -> tuple[str, str] | None:
    match = _opening().match(clause)
    if match is None or match["lead"]:
        return None
    if match["modal"]:
        return "力争", match["modal"]
    verb = match["verb"] or match["pair"]
    return _kind_of(verb), verb


@cache
def _kind_of(verb: str) -> str:
    return next((kind for kind in _BY_VERB if verb in words("commitment", kind)), "推进")


@cache
def _adverbs() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:(?:{choice(words('commitment', 'adverb'))}|(?:19|20)\d\d年|\d{{1,2}}月底前|地|、){{1,8}})"
    )


@cache
def _opening() -> re.Pattern[str]:
    """How a clause begins: adverbs, then a lead-in word, a modal or a verb. Backtracks: 加快 may be the verb."""
    adverb = choice(words("commitment", "adverb"))
    verb = choice(*(words("commitment", kind) for kind in _BY_VERB))
    return re.compile(
        rf"□*(?:(?:{adverb}|(?:19|20)\d\d年|\d{{1,2}}月底前)[地、]?){{0,6}}"
        rf"(?:(?P<modal>{choice(words('commitment', 'modal'))})|(?P<lead>{choice(words('commitment', 'lead'))})"
        rf"|(?!{piece('commitment', 'no_verb')})(?P<verb>{verb})|(?P<pair>{_PAIRED.pattern}))"
    )


def lone_deed(clauses: str) -> Reading | None:
    """The deed of lead-ins that nothing followed: 弘扬…精神。None for 坚持…, which is a motto."""
    found = _deeds().match(clauses)
    return Reading("open", "推进", found["deed"]) if found else None


@cache
def _deeds() -> re.Pattern[str]:
    """Lead-in words that are deeds where nothing follows them: 弘扬…精神。"""
    return re.compile(
        rf"(?:{choice(words('commitment', 'adverb'))}){{0,6}}(?P<deed>{choice(words('commitment', 'deed'))})"
    )


@cache
def _verbs() -> re.Pattern[str]:
    long = [w for kind in _BY_VERB for w in words("commitment", kind) if len(w) > 1]
    return re.compile(choice(long))


@cache
def _coverbs() -> re.Pattern[str]:
    return re.compile(
        _adverbs().pattern.removesuffix("{1,8})") + "{0,8})" + f"(?:{choice(words('commitment', 'coverb'))})"
    )


@cache
def _effects() -> re.Pattern[str]:
    effect = choice(words("commitment", "effect"))
    return re.compile(rf"(?:{choice(words('commitment', 'adverb'))}){{0,6}}(?:{effect})")
