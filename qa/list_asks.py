"""Question -> ListAsk: what it asks of a list. How many items, which of them, in what form, in whose words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from qa.lexicon import pattern, regex, words
from qa.text import ONE_TO_TEN, fold, whole_number
from qa.types import Scope

MAX_ITEMS = 30

Form = Literal["", "dash", "ordinal"]
"""How a report sets its list: paragraphs that begin with ——, or 一是…二是…; "" if the question does not say."""

_CLASSIFIER = "个方面|个|件|项|大|方面|条|类|种|座|所|点|句|块|篇|张|重|步"
_COUNTED = re.compile(
    rf"(?P<which>哪)?(?<!第)(?<![{ONE_TO_TEN}\d.])(?P<n>[二两三四五六七八九十][{ONE_TO_TEN}]?|\d{{1,2}})(?:{_CLASSIFIER})(?![市县区省州城地])"
)
_NTH = re.compile(
    rf"(?:(?P<last>最后|末尾?)一?|(?P<back>倒数)?第(?P<n>[{ONE_TO_TEN}]{{1,3}}|\d{{1,2}}))(?P<unit>个方面|个|件|项|条|点|方面|句|块)"
)
_EXAMPLE = re.compile(r"(?:比如|例如|譬如|诸如|如|像)[：，]?[“‘「](?P<said>[^”’」]{2,30})[”’」]")
_DEED = "|".join(words("list", "deeds"))
_DEEDS = re.compile(
    rf"(?:哪|什么|啥|何)[^，。？]{{0,6}}?(?:{_DEED}|事(?![项业件务实]))|(?:{_DEED})(?:都|主要|具体)?(?:有|是|包括)?(?:哪|什么|啥)"
)
_BARE_COUNT = re.compile(rf"[那这前后]?[{ONE_TO_TEN}两几\d]{{1,3}}(?:{_CLASSIFIER})")


@dataclass(frozen=True, slots=True)
class ListAsk:
    """What a question asks of a list.

    ``terms`` are its content words without those that only describe the list (那五条, 小标题, 举措);
    ``expected`` the number of items it names (八件大事: 8) and ``counted`` that number as said; ``item`` the
    1-based place of the one item it wants, negative from the end, 0 for all, ``nth`` that place as said;
    ``example`` an item it quotes; ``deeds`` whether it asks what is done, not what a thing consists of.
    """

    terms: tuple[str, ...]
    expected: int | None = None
    counted: str = ""
    item: int = 0
    nth: str = ""
    form: Form = ""
    example: str = ""
    deeds: bool = False


def list_ask(scope: Scope) -> ListAsk:
    """Read a list question; also of one that asks for no list something comes back, with no form and no count."""
    said = fold(scope.question)
    nth, example, count = _NTH.search(said), _EXAMPLE.search(said), _count_in(said)
    dashed = bool(regex("list", "dash").search(said))
    return ListAsk(
        terms=_own_words(scope, example["said"] if example else ""),
        expected=whole_number(count["n"]) if count else None,
        counted=count[0].removeprefix("哪") if count else "",
        item=_place(nth) if nth else 0,
        nth=nth[0] if nth else "",
        form="dash" if dashed else "ordinal" if pattern("list", "ordinal").search(said) else "",
        example=example["said"] if example else "",
        deeds=count is None and bool(_DEEDS.search(said) or regex("list", "how_done").search(said)),
    )


def _place(nth: re.Match[str]) -> int:
    return -1 if nth["last"] else whole_number(nth["n"]) * (-1 if nth["back"] else 1)


def item_in(said: str) -> tuple[str, int, str, str] | None:
    """Where a folded text names an item of a list: what stands before it, its place, that as said, the rest."""
    nth = _NTH.search(said)
    return (said[: nth.start()], _place(nth), nth[0], said[nth.end() :]) if nth else None


def is_item(term: str) -> bool:
    """Whether a content word is nothing but an item's place in a list: 第三件."""
    return bool(_NTH.fullmatch(term))


def without_count(content: str) -> str:
    """Content words without counts and the words that only describe a list: 那十件 里."""
    return _BARE_COUNT.sub(" ", pattern("list", "shape").sub(" ", content))


def topic_of(terms: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a topic without the verb that opens them: 促进消费 is 消费."""
    opening = pattern("list", "verbs")
    bare = (term[match.end() :] if (match := opening.match(term)) else term for term in terms)
    return tuple(term for term in bare if len(term) > 1)


def knows_list(question: str) -> bool:
    """Whether a folded question knows a list by its form (破折号那几条) or an item by its place (第三件)."""
    return bool(_NTH.search(question) or regex("list", "dash").search(question))


_HOW_MANY = re.compile(rf"[有分列抓办干做](?:了|成|为)?几(?:{_CLASSIFIER})[^，。？]{{0,4}}[？?]?$")


def counts_items(question: str) -> bool:
    """Whether a folded question asks how many items a list has: 重点工作有几项, 分几个方面."""
    return bool(_HOW_MANY.search(question))


def expected_count(question: str) -> int | None:
    """The number of items that a question names: 八件大事 8, 十大工程 10; 哪三个 before any other."""
    match = _count_in(fold(question))
    return whole_number(match["n"]) if match else None


def _count_in(said: str) -> re.Match[str] | None:
    found = [m for m in _COUNTED.finditer(said) if 2 <= whole_number(m["n"]) <= MAX_ITEMS]
    return next((m for m in found if m["which"]), found[0] if found else None)


def _own_words(scope: Scope, example: str) -> tuple[str, ...]:
    """The content words that a list's announcement or heading would have."""
    kept: list[str] = []
    for term in scope.terms:
        if example and term in example:
            continue
        if term in scope.anchors:
            kept.append(term)
            continue
        left = pattern("list", "shape").sub(" ", _NTH.sub(" ", term))
        left = _BARE_COUNT.sub(" ", left)
        kept += [
            part
            for part in regex("list", "edge").sub("", left.strip()).split()
            if len(part) > 1 or part in words("question", "one_character")
        ]
    content = [part for part in kept if not pattern("list", "deeds").fullmatch(part)]
    return tuple(content or kept)


def without_example(scope: Scope, ask: ListAsk) -> Scope:
    """The scope whose anchors are not the example: 如“兴产业” names one item, not the whole list."""
    kept = tuple(word for word in scope.anchors if word != ask.example)
    return replace(scope, terms=ask.terms, anchors=kept)
