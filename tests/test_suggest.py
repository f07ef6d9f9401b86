"""Questions offered after an answer or a refusal: each can be answered and is another."""

import pytest
from fakes import FakeEncoder, encoder_source
from shelf_reports import shelf, write_reports

from qa.chain import Assistant
from qa.config import Settings
from qa.ingest import Request, ingest
from qa.store import LiveIndex
from qa.suggest import MAX_SUGGESTIONS, suggestions
from qa.types import Scope
from qa.verify import Verified

QUESTIONS = [
    "云岭市去年GDP增长多少？",
    "海棠市今年一般公共预算收入目标是多少？",
    "去年GDP增长多少？",
    "哪个市去年规模以上工业增加值增速最高？",
    "云岭市今年办好哪四件民生实事？",
    "柳州市去年GDP是多少？",
    "云岭市2020年GDP是多少？",
    "云岭市去年社会消费品零售总额是多少亿元？",
    "今天天气怎么样？",
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("suggest")
    encoder = FakeEncoder()
    ingest(
        folder / "index", Request(tuple(write_reports(folder / "corpus"))), encoder=encoder_source(encoder)
    )
    live = LiveIndex(folder / "index", encoder_fingerprint=encoder.fingerprint)
    return Assistant(Settings(index=folder / "index"), live, encoder)


@pytest.mark.parametrize("question", QUESTIONS)
def test_suggestions_can_be_answered(assistant, question):
    made = assistant.ask(question).suggestions
    assert 1 <= len(made) <= MAX_SUGGESTIONS
    assert [text for text in made if assistant.ask(text).abstained] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_suggestions_are_other_questions_each_once(assistant, question):
    made = assistant.ask(question).suggestions
    assert question not in made
    assert len(set(made)) == len(made)


def test_suggestions_target_and_another_place(assistant):
    made = assistant.ask("云岭市去年GDP增长多少？").suggestions
    assert made[0] == "云岭市2031年地区生产总值的目标是多少？"
    assert made[1].startswith("海棠市2030年地区生产总值")


def test_suggestion_of_the_other_kind_asks_for_it(assistant):
    first = assistant.ask("云岭市去年GDP增长多少？").suggestions[0]
    assert [(f.kind, f.value) for f in assistant.ask(first).figures] == [("target", "6.5")]


def test_suggestions_without_figures_name_what_the_report_has():
    done = Verified("资料中未提及。", "not_stated", (), (), ())
    made = suggestions(Scope("云岭市", report_ids=("2031-云岭市",)), done, shelf().sources)
    assert len(made) == MAX_SUGGESTIONS
    assert all(text.startswith("云岭市2030年") for text in made)
