"""Every entry of the word files is read by some module; every line of them can be reviewed."""

from __future__ import annotations

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.lexicon import WORD_FILES, joined

ROOT = Path(__file__).resolve().parent.parent
DATA = {name: ROOT / "qa" / "data" / f"{name}.toml" for name in WORD_FILES}
EVERYDAY = ROOT / "qa" / "data" / "everyday.toml"
SECTIONS = {
    section: entries
    for path in DATA.values()
    for section, entries in tomllib.loads(path.read_text("utf-8")).items()
}
READERS = {
    "words": 2,
    "pattern": 2,
    "regex": 2,
    "piece": 2,
    "entries": 2,
    "sections": 1,
    "rewrites": 1,
    "rewriting_patterns": 1,
}
"""The functions of qa/lexicon.py that read an entry, and how many names say which."""

WIDEST = 110
"""Columns of a line, a Chinese character two."""


def literals(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def entries_read(source: str) -> set[tuple[str, ...]]:
    """(section, key) or (section,) of every entry that a module reads.

    A name that is no literal may be any string of the module; two such names, any two of one tuple.
    """
    tree = ast.parse(source)
    everything = literals(tree)
    pairs = {
        tuple(item.value for item in node.elts)
        for node in ast.walk(tree)
        if isinstance(node, ast.Tuple)
        and len(node.elts) == 2
        and all(isinstance(item, ast.Constant) and isinstance(item.value, str) for item in node.elts)
    }
    found: set[tuple[str, ...]] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "_sections()":
            found |= {(name,) for name in literals(node.slice)}
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if len(node.args) != READERS.get(node.func.id):
            continue
        if len(node.args) == 2 and not any(isinstance(arg, ast.Constant) for arg in node.args):
            found |= pairs
            continue
        first, *rest = ({a.value} if isinstance(a, ast.Constant) else everything for a in node.args)
        found |= {(a, *more) for a in first for more in ([(b,) for b in rest[0]] if rest else [()])}
    return found


def pieces_of(entry: str | list[str], section: dict[str, str | list[str]]) -> Iterator[str]:
    """The names of the pieces of its own section that a regular expression is made of."""
    for alternative in [entry] if isinstance(entry, str) else entry:
        for name in re.findall(r"\{([a-z_]+)\}", alternative):
            yield name
            yield from pieces_of(section[name], section)


READ = {
    entry for path in sorted((ROOT / "qa").rglob("*.py")) for entry in entries_read(path.read_text("utf-8"))
}


def test_entries_read_by_literals_and_names() -> None:
    source = """
words("a", "b")
for key in ("c", "d"):
    pattern("e", key)
for section, key in (("f", "g"), ("h", "i", "j")):
    regex(section, key)
sections("k")
"""
    assert entries_read(source) >= {("a", "b"), ("e", "c"), ("e", "d"), ("f", "g"), ("k",)}
    assert not entries_read(source) & {("a", "c"), ("f", "i"), ("h", "i"), ("a",)}


def test_pieces_of_pieces() -> None:
    assert list(pieces_of("{a}", {"a": ["{b}", "x{1,2}"], "b": "y"})) == ["a", "b"]


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_every_entry_is_read(section: str) -> None:
    entries = SECTIONS[section]
    if (section,) in READ:
        return  # read whole
    read = {key for key in entries if (section, key) in READ}
    read |= {piece for key in read for piece in pieces_of(entries[key], entries)}
    assert set(entries) - read == set()


def test_every_piece_of_another_section_is_a_list_of_words() -> None:
    named = {
        (section, name)
        for path in DATA.values()
        for section, name in re.findall(r"\{([a-z_]+)\.([a-z_]+)\}", path.read_text("utf-8"))
    }
    assert ("subject", "verbs") in named
    for section, name in named - {("section", "name")}:  # as the head of questions.toml writes it
        assert not any(re.search(r"[\\(\[{|]", word) for word in SECTIONS[section][name])


@pytest.mark.parametrize("section", ["said", "dialect"])
def test_every_piece_of_a_rewriting_is_used(section: str) -> None:
    entries = SECTIONS[section]
    used = {piece for key in entries if not key.isascii() for piece in pieces_of(entries[key], entries)}
    assert {key for key in entries if key.isascii()} == used


@pytest.mark.parametrize("section", ["topic", "thing"])
def test_every_kind_has_expressions_that_compile(section: str) -> None:
    for kind in SECTIONS[section]:
        assert set(kind) <= {"name", "ask", "need", "found", "sure", "ends", "part", "held"}
        assert re.compile(joined(kind["found"], kind)).pattern


@pytest.mark.parametrize("path", [*DATA.values(), EVERYDAY], ids=lambda path: path.stem)
def test_lines_are_not_too_wide(path: Path) -> None:
    wide = [
        number
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) > WIDEST
    ]
    assert wide == []


def test_no_list_holds_an_entry_twice() -> None:
    twice = {
        (section, key)
        for section, entries in SECTIONS.items()
        if isinstance(entries, dict)
        for key, entry in entries.items()
        if isinstance(entry, list) and len(set(entry)) < len(entry)
    }
    assert twice == set()


def test_every_piece_of_the_everyday_rules_is_used() -> None:
    data = tomllib.loads(EVERYDAY.read_text("utf-8"))
    used = set(
        re.findall(r"{([a-z_]+)}", " ".join(text for texts in data["everyday"].values() for text in texts))
    )
    assert set(data["said"]) == used
