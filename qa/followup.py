"""What a question leaves to the conversation before it.

A follow-up takes what it does not say (thing, places, time) from the questions before it. Of the answers it
takes only the place that one of them chose ("哪个市最高" … "它的财政收入呢"), and whether it showed a list, never
a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from qa.among import among_all
from qa.conversation import Seen, after, answered
from qa.courtesy import is_off_topic
from qa.indicator_names import indicators_in, indicators_meant, spread
from qa.lexicon import pattern, regex, rewrites, words
from qa.list_asks import item_in, without_count
from qa.meant import (
    LEADING_DEED,
    asks_till_now,
    content_meant,
    other_measure,
    other_side,
    other_verb,
    partner_meant,
    set_in,
    without_sum,
)
from qa.operation import operation_of
from qa.place_groups import groups_of
from qa.question_places import Catalogue, find_places
from qa.question_times import relative_years
from qa.reading import Own, read
from qa.restating import rewrite
from qa.text import fold, squeeze, whole_number, years
from qa.types import Item, Turn
from qa.wording import VERBS_ONLY, asks_comparison, content_of

MAX_DEED = 4
"""Characters of a deed that leaves its thing to the question before: 什么时候 投产."""


def completed(
    own: Own, history: Sequence[Turn], catalogue: Catalogue
) -> tuple[Own, tuple[str, ...], Own | None]:
    """A question with what it leaves to the conversation (oldest turn first); what was taken; the question before."""
    seen = _seen_in(history, catalogue)
    return *_in_view(own, seen, catalogue), seen.previous


def together(question: str, history: Sequence[Turn], catalogue: Catalogue) -> str:
    """ "两个区加起来多少", "哪个增速快" after two things of one place: as a question of both; "" for any other."""
    return _together(question, _seen_in(history, catalogue)) if _THINGS.fullmatch(_plain(question)) else ""


def with_named(question: str, history: Sequence[Turn], catalogue: Catalogue) -> str:
    """A follow-up with a name for what it holds its own against: 海棠比它少多少, 今年的目标比这高几个点, 前者比后者多多少."""
    if regex("group", "every").search(question) or regex("group", "sum").search(question):
        return _among(question, _seen_in(history, catalogue), catalogue)
    if _BOTH.search(question) and len(both := _seen_in(history, catalogue).places[-2:]) == 2:
        return question.replace("前者", both[0]).replace("后者", both[1])
    if not (said := _THAN_IT.search(question)):
        return question
    seen, own = _seen_in(history, catalogue), read(question, catalogue)
    others = [place for place in seen.places if place not in own.places][-1:]
    if len(own.places) == 1 and others:
        name = others[0]
    elif seen.years and not own.places and len(seen.places) < 2 and not own.timeless:
        name = f"{seen.years[-1]}年" + ("目标" if seen.kinds[-1] == "target" else "")
    else:
        return question
    return f"{question[: said.start()]}比{name}{question[said.end() :]}"


def _among(question: str, seen: Seen, catalogue: Catalogue) -> str:
    """A follow-up that holds the one place asked about before against all or the others, complete: 在五个市里排第几."""
    previous, places = seen.previous, seen.places[-1:]
    if previous is None or not places or places[0] in find_places(fold(question), catalogue)[0]:
        return question
    when = "".join(f"{year}年" for year in seen.years[-1:])
    thing = "".join(previous.content.split())
    aim = "目标" if previous.kind == "target" and "目标" not in thing else ""
    bare = regex("group", "bare").sub(" ", question)
    own = "" if read(bare, catalogue).content else f"{when}{thing}{aim}"
    whole = f"{places[0]}{own}{regex('follow', 'lead').sub('', question)}"
    added = groups_of(fold(whole), catalogue.places)
    if added is not None and places[0] in (*added.one, *added.other):
        return whole
    return whole if among_all(fold(whole), catalogue.places, places) else question


_WHOLE = re.compile("全[国区省市县州]")
_BOTH = re.compile("前者.*后者|后者.*前者")
_THAN_IT = regex("follow", "than_it")
_THINGS = regex("follow", "things")


def _plain(question: str) -> str:
    return squeeze(fold(question)).strip("？?。")


def _together(question: str, seen: Seen) -> str:
    said = _THINGS.fullmatch(_plain(question))
    if not said or len(seen.places) > 1 or len(seen.years) > 1:
        return ""
    names = [thing.content.replace(" ", "") for thing in seen.things]
    alike = len([*takewhile(lambda name: name[-2:] == names[-1][-2:], reversed(names))])
    count = whole_number(said["n"]) if said["n"] else min(2, alike) if said["apart"] else alike
    if not 2 <= count <= len(names):
        return ""
    last, things = seen.things[-1], names[-count:]
    time = "".join(f"{year}年" for year in seen.years)
    if not any(map(indicators_in, things)):
        heads = (
            head for head in words("subject", "asked_heads") if all(one.endswith(head) for one in things)
        )
        shared = next(heads, "")
        things = [name.removesuffix(shared) or name for name in things[:-1]] + things[-1:]
    aim = "目标" if last.kind == "target" else ""
    asked = "分别是多少" if said["ends"] and count > 2 else said["asked"]
    return f"{'、'.join(last.places)}{time}{'、'.join(things)}{aim}{asked}"


def _seen_in(history: Sequence[Turn], catalogue: Catalogue) -> Seen:
    """The conversation, oldest turn first."""
    seen, asked = Seen(), False
    for turn in history:
        if turn.role == "assistant" and asked:
            seen = answered(seen, turn.content, catalogue)
        elif turn.role == "user":
            text = fold(turn.content)
            asked = bool(text.strip()) and not (
                is_off_topic(text) or regex("follow", "remark").fullmatch(text)
            )
            if asked and not _together(turn.content, seen):
                said, taken = _in_view(read(turn.content, catalogue), seen, catalogue)
                seen = after(seen, said, taken, catalogue)
    return seen


def _in_view(own: Own, seen: Seen, catalogue: Catalogue) -> tuple[Own, tuple[str, ...]]:
    if seen.previous is None:
        return own, ()
    if regex("follow", "proof").fullmatch(own.text):
        return seen.item or seen.previous, ("content", "place", "time")
    if regex("follow", "names").fullmatch(own.text) and (named := _names_meant(seen, catalogue)):
        return named, ("content", "place", "time")
    if pointed := _item_meant(own, seen, catalogue):
        return pointed, ("content", "place")
    if both := _aim_and_result(own, seen, catalogue):
        return both, ("content", "place", "time")
    own = _one_of_two(_without_whole(own), seen, catalogue)
    meant = _size_meant(_place_meant(own, seen, catalogue), seen.previous, catalogue)
    meant = _member_meant(meant, seen.previous, catalogue)
    alone = own.content in rewrites("sector") or regex("follow", "alone").fullmatch(own.content)
    begins = regex("follow", "begins").search(own.text) or regex("follow", "within").match(own.text)
    partner = partner_meant(own, seen.previous)
    opposite = not own.places and other_side(own.content, seen.previous.content)
    follows = meant is not own or bool(begins or alone or partner or opposite) or not own.content
    return _complete(_year_meant(_places_meant(meant, seen), seen), seen.previous, catalogue, follows=follows)


def _without_whole(own: Own) -> Own:
    """A question of nothing but measures without the whole that one is a share of: 累计几家，占全区多少."""
    measures = [word for word in own.content.split() if not _WHOLE.fullmatch(word)]
    bare = measures and all(regex("follow", "alone").fullmatch(word) for word in measures)
    return replace(own, content=" ".join(measures)) if bare else own


def _one_of_two(own: Own, seen: Seen, catalogue: Catalogue) -> Own:
    """ "后者的金额是多少" after two places, or two statistics of one (城乡居民收入): of the second of them."""
    said = regex("follow", "one_of_two").match(own.text)
    if not said or own.places or seen.previous is None:
        return own
    both = seen.places[-2:]
    if len(both) < 2:
        both = indicators_meant(spread(seen.previous.text))
    if len(both) != 2:
        return own
    return read(both["前后".index(said["which"])] + own.text[said.end() :], catalogue)


def _names_meant(seen: Seen, catalogue: Catalogue) -> Own | None:
    """ "叫什么名字" after 有几个村获评…: 有哪些村获评…; None after a list, or a question that counts nothing."""
    before = seen.previous.shown.rstrip("？?。") if seen.previous else ""
    named = regex("follow", "counted").sub("有哪些", before, count=1)
    if not before or seen.listed is not None:
        return None
    return read(named, catalogue) if named != before else None


def _item_meant(own: Own, seen: Seen, catalogue: Catalogue) -> Own | None:
    """ "第四件具体怎么说的" after a list: that item of it, and what is asked of it; "它什么时候投产": of the same one."""
    listed = seen.listed
    if listed is None or own.missing:
        return None
    unfolded = regex("follow", "unfold").match(own.bare)
    if found := item_in(own.bare[unfolded.end() :] if unfolded else own.bare):
        before, place, said, rest = found
        rest = rest or ("具体怎么说的" if unfolded else "")
        if not all(word in listed.content for word in without_count(content_of(before)).split()):
            return None
        moved = bool(own.places or relative_years(before) or years(before))
        whole = (
            _complete(replace(own, content="", kind=None), listed, catalogue, follows=True)[0]
            if moved
            else listed
        )
    elif seen.item and seen.item.item and _of_it(own):
        whole, rest = replace(seen.item, shown=seen.item.item.listed), own.bare
        place, said = seen.item.item.place, seen.item.item.said
    else:
        return None
    rest = rest.strip("，。？?！ ")
    shown = f"{whole.shown.rstrip('？?。')}，{said}{rest}"
    return replace(whole, shown=shown, item=Item(whole.shown, place, said, rest))


def _of_it(own: Own) -> bool:
    """Whether a question names nothing of its own, so that it is asked of the item of a list asked about before."""
    if own.places or own.every or asks_comparison(own.text):
        return False
    when = pattern("when", "ask").search(own.text) and len(own.content) <= MAX_DEED
    bare = (
        not own.content
        or VERBS_ONLY.fullmatch(own.content)
        or regex("follow", "measure").fullmatch(own.content)
    )
    return bool(when or bare or regex("follow", "pronoun").search(own.text))


def _place_meant(own: Own, seen: Seen, catalogue: Catalogue) -> Own:
    """ "那个市的社零呢" after a question which one: the place that was the answer; "最低的呢", "第二呢": another place."""
    match = regex("follow", "chosen").search(own.text)
    if not seen.chosen or seen.previous is None or own.places or own.missing:
        return own
    other, extreme = regex("follow", "other_end").fullmatch(own.text), regex("follow", "extreme")
    if other and other["nth"]:
        return read(f"第{other['nth']}名呢", catalogue)
    said, asked = extreme.search(own.text), extreme.search(seen.previous.shown)
    if said and asked and said[0] != asked[0]:  # not the one that was chosen
        return read(seen.previous.shown.replace(asked[0], said[0], 1), catalogue) if other else own
    if not match:
        return own
    return read(seen.chosen + own.text[match.end() :], catalogue)


def _size_meant(own: Own, previous: Own, catalogue: Catalogue) -> Own:
    """ "其中上亿的有几个" after 新签约项目: 新签约亿元以上项目有几个."""
    said = regex("follow", "of_size").match(own.text)
    thing = previous.content.replace(" ", "")
    head = next((word for word in words("subject", "heads") if thing.endswith(word)), "") if said else ""
    if not said or not head or own.places:
        return own
    deed, size = LEADING_DEED.match(thing), said["size"] or ""
    sizes = (form.format(size) + head for form in words("follow", "sizes"))
    named = next((name for name in sizes if catalogue.mentions(name)), "")
    return read(f"{deed[0] if deed else ''}{named}{own.text[said.end() :]}", catalogue) if named else own


def _member_meant(own: Own, previous: Own, catalogue: Catalogue) -> Own:
    """ "哪个今年开工" after 两大灌区: 灌区哪个今年开工; "另一个进展怎么样": 灌区进展怎么样."""
    said = regex("follow", "member").match(own.text)
    of_set = set_in(previous.content) if said else ""
    if not said or not of_set or own.places or asks_comparison(own.text):
        return own
    which = said["which"] or ""
    return read(f"{of_set}{which}{own.text[said.end() :]}", catalogue)


def _places_meant(own: Own, seen: Seen) -> Own:
    """ "两个差几个百分点", "三个市平均多少", "比海棠多多少": the places last asked about."""
    if not asks_comparison(own.text):
        return own
    if len(own.places) == 1 and regex("follow", "beside").search(own.text) and seen.previous:
        others = [place for place in seen.places if place not in own.places][-1:]
        others = others or [place for place in seen.previous.places if place not in own.places]
        return replace(own, places=(*others, *own.places)) if len(others) == 1 else own
    several = regex("follow", "several").search(own.text)
    if own.places or not (several or regex("follow", "together").fullmatch(own.text)):
        return own
    count = len(seen.places)
    if several and several["n"]:
        count = whole_number(several["n"])
    elif operation_of(own.text).name in ("difference", "ratio"):
        count = 2
    if not 2 <= count <= len(seen.places):
        return own
    left = content_of(regex("follow", "several").sub(" ", own.bare))
    return replace(own, places=seen.places[-count:], every=False, content=left)


def _year_meant(own: Own, seen: Seen) -> Own:
    """ "再往前一年呢": the year before the one asked about; "增加了多少" after two years: both."""
    shift = regex("follow", "year_shift").fullmatch(own.text)
    if shift and len(seen.years) > 0 and not own.years:
        steps = (1, 2) if shift["next_two"] else (1,) if shift["later"] else (-1,)
        meant = tuple(seen.years[-1] + step for step in steps)
        return replace(own, years=meant, relative=(), kind=None, content="")
    two_years = len(seen.years) > 1 and len(seen.places) < 2 and not own.years and not own.relative
    if two_years and regex("follow", "change").fullmatch(own.text):
        return replace(own, years=tuple(sorted(seen.years[-2:])), content="")
    return own


def _aim_and_result(own: Own, seen: Seen, catalogue: Catalogue) -> Own | None:
    """ "超了多少" after what was aimed at and what was reached of one thing in one year: one against the other."""
    last = seen.previous
    kinds = seen.kinds[-2:]
    both = set(kinds) == {"target", "actual"} and len(seen.places) < 2
    timed = own.years or own.relative or own.horizon or own.kind == "actual"
    if last is None or not both or timed or not regex("follow", "change").fullmatch(own.text):
        return None
    aim, result = sorted(zip(kinds, (seen.years * 2)[-2:], strict=False), key=lambda one: one[0] != "target")
    place, thing = "、".join(last.places), last.content.replace(" ", "")
    if aim[1] == result[1]:
        return read(f"{place}{result[1]}年{thing}实际比目标多多少", catalogue)
    return read(f"{place}{aim[1]}年{thing}目标和{result[1]}年实际相差多少", catalogue)


def _complete(own: Own, previous: Own, catalogue: Catalogue, *, follows: bool) -> tuple[Own, tuple[str, ...]]:
    """Take from the question before what this one leaves out; names what was taken."""
    likewise = regex("follow", "likewise").search(own.text) and regex("follow", "level").fullmatch(
        own.content
    )
    if likewise or (own.horizon and own.content == "累计"):  # 五年累计呢
        own = replace(own, content="")
    said = own.content
    follows = follows or not said
    own = replace(own, content=content_meant(own, previous, catalogue, follows=follows))
    taken: list[str] = []
    done = own
    if not own.content or VERBS_ONLY.fullmatch(own.content):
        done = replace(done, content=other_measure(own, other_verb(own.content, previous.content)))
        if own.kind == "target" and previous.kind != "target":
            done = replace(done, content=without_sum(done.content))
        taken.append("content")
    if not own.places and not own.missing and not own.every:
        done = replace(done, places=previous.places, missing=previous.missing, every=previous.every)
        if done.places or done.missing:
            taken.append("place")
    part = regex("follow", "within").match(own.text)  # 其中…多少 is of the same time
    thing = own.content != said and not part and regex("follow", "pronoun").search(own.text)
    ranked = len(previous.years) > 1 and pattern("rank", "ask").search(own.text)
    same_year = bool(previous.years) and "place" in taken
    same_kind = own.kind is not None and own.kind == previous.kind
    timeless = own.timeless or (same_kind and replace(own, kind=None).timeless)
    timeless = timeless and not asks_till_now(own.text, previous.content)
    if timeless and not thing and (follows or "content" in taken or same_year):
        done = replace(
            done,
            years=previous.years if not ranked else (max(previous.years),),
            relative=previous.relative,
            kind=None if pattern("kind", "both").search(own.text) else previous.kind,
            report_year=previous.report_year,
            horizon=previous.horizon,
        )
        if done.years or done.relative or done.kind or done.horizon:
            taken.append("time")
    if not taken and own.content == said:
        return own, ()
    shown = rewrite(done, own, previous, anew="content" in taken or own.content != said)
    bare = fold(shown)
    for name in (*done.places, *done.missing):
        bare = bare.replace(fold(name), " ")
    leans = "content" in taken or own.content != said
    anchors = own.anchors or (previous.anchors if leans else ())
    return replace(done, text=fold(shown), shown=shown, bare=bare, anchors=anchors), tuple(taken)
