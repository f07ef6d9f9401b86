"""A real small model on this machine (``make test-llm``): whatever it says, what leaves is proven."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.metrics import citation_faults, unsupported_numbers
from qa.chain import Assistant
from qa.config import Settings
from qa.events import Drafted, Finished
from qa.types import Answer

ROOT = Path(__file__).resolve().parent.parent
FOLDER = os.environ.get("GOVQA_LOCAL_MODEL", "")
NO_ANSWER = ""
QUESTIONS = {
    "云岭市2030年地区生产总值增长多少？": "6.3%",
    "云岭市2030年一般公共预算收入是多少？": "58.4亿元",
    "海棠市2030年进出口总额增长多少？": "11.2%",
    "海棠市2031年地区生产总值增长目标是多少？": "5.5%左右",
    "云岭市2031年要改造多少农村公路？": "160公里",
    "海棠市2030年粮食产量是多少？": NO_ANSWER,
    "云岭市2030年外贸进出口总额是多少？": NO_ANSWER,
    "海棠市2031年规模以上工业增加值增长目标是多少？": NO_ANSWER,
}

pytestmark = [
    pytest.mark.local_model,
    pytest.mark.skipif(not FOLDER, reason="only by make test-llm"),
]


@pytest.fixture(scope="module")
def assistant(small_index) -> Iterator[Assistant]:
    command = [sys.executable, str(ROOT / "scripts" / "local_model.py"), "serve", FOLDER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            address = next((line.strip() for line in process.stdout if line.startswith("http")), "")
            assert address, "the server did not start"
            settings = Settings(
                index=small_index,
                llm_base_url=f"{address}/v1",
                llm_model="local",
                llm_window=2048,
                llm_max_tokens=120,
                llm_timeout_s=600,
            )
            yield Assistant.open(settings, quick=True)
        finally:
            process.terminate()


@pytest.mark.parametrize("question", QUESTIONS)
def test_local_model_answer_is_proven(assistant, question, capsys):
    drafts: list[str] = []
    answer: Answer | None = None
    for event in assistant.events(question, mode="llm"):
        if isinstance(event, Drafted):
            drafts.append(event.text)
        elif isinstance(event, Finished):
            answer = event.answer
    assert answer is not None and drafts, answer
    texts = {info.report_id: assistant.index.text(info.report_id) for info in assistant.index.reports}
    assert unsupported_numbers(answer) == []
    assert citation_faults(answer, texts) == []
    expected = QUESTIONS[question]
    assert answer.abstained is (expected == NO_ANSWER)
    assert expected in answer.answer
    with capsys.disabled():
        seconds = answer.timings_ms["answer"] / 1000
        print(f"\n{answer.mode} {seconds:.0f}s {question}\n  草稿：{drafts[-1]}\n  回答：{answer.answer}")
