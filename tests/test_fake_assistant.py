"""The fake assistant is called as the real one: a parameter that changes there has to change here."""

import inspect

import pytest
from fake_assistant import FakeAssistant, FakeIndex

from qa.chain import Assistant
from qa.store import Index
from qa.web.desk import Library


def test_fake_assistant_is_asked_as_the_real_one() -> None:
    assert inspect.signature(FakeAssistant.events) == inspect.signature(Assistant.events)


READ = sorted(name for name, member in vars(Library).items() if inspect.isfunction(member) and name[0] != "_")


@pytest.mark.parametrize("name", READ)
def test_fake_index_is_read_as_the_real_one(name: str) -> None:
    assert inspect.signature(getattr(FakeIndex, name)) == inspect.signature(getattr(Index, name))
