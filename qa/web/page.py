"""The chat page: Gradio Blocks. The chat is output only; what was said is kept on the server (sessions.py).

The cited paragraphs are not Gradio's: static/page.js fetches them as JSON and draws them with text nodes.
"""

from __future__ import annotations

import html
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import gradio as gr

from qa.config import Settings
from qa.errors import IndexMissingError, QAError, QuestionError
from qa.types import Answer, Citation
from qa.web.desk import INGEST_COMMAND, MAX_STARTERS, Asked, Desk, Library, starters
from qa.web.markup import answer_markdown, escape, question_markdown, split_paragraph
from qa.web.sessions import Exchange, Memory, Session

log = logging.getLogger(__name__)

TITLE = "政报问答"
CONCURRENT_ASKS = 4
QUEUED_ASKS = 64
SHOWN_REPORTS = 12

HEAD = """<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/ui/page.css"><script src="/ui/page.js" defer></script>"""
WELCOME = (
    f"### {TITLE}\n\n用一句话提问，例如某地某年的指标、目标或承诺。\n\n"
    "回答中的【1】是依据的原文段落，点一下就能核对；报告里没有的，会说“资料中未提及”。"
)
NO_INDEX = (
    "还没有可以查询的报告。\n\n请在服务器上运行下面的命令收录报告，完成后直接提问即可，不必重启：\n\n"
    f"`{INGEST_COMMAND}`"
)
BROKEN = "索引现在不能使用，请管理员查看服务器日志里的说明。"
FAILED = "这个问题没有处理成功，请再试一次；如果一直这样，请管理员查看服务器日志。"
PENDING = "正在查找……"  # page.js knows it: the panel waits for the answer itself
EXPIRED = "*之前的对话已过期，从这里重新开始。*\n\n"

Shown = list[Any]
Updates = tuple[Any, ...]
T = TypeVar("T")


class Page:
    """The handlers of the page over one desk and one memory; updates are in the order of the outputs."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.desk, self.settings = desk, settings
        self.memory = Memory()

    def opened(self, request: gr.Request) -> Updates:
        """A page was opened: what can be asked, or what to do first."""
        session = self.memory.session(request.session_hash)
        session.is_new = False
        index, notice = self._found(self.desk.library)
        chat = gr.Chatbot(value=_messages(session), placeholder=notice or WELCOME)
        return gr.Markdown(self._status(index)), chat, *_buttons(starters(index))

    def ask(self, question: str | None, request: gr.Request) -> Iterator[Updates]:
        """Show the question at once, then the answer."""
        text = (question or "").strip()
        refusal = self._objection(text)
        if refusal:
            gr.Warning(html.escape(refusal), title="请修改问题", duration=8)
            yield gr.skip(), gr.skip(), gr.skip(), *(gr.skip() for _ in range(MAX_STARTERS))
            return
        session = self.memory.session(request.session_hash)
        run = session.begin()
        before = _messages(session)
        asked = {"role": "user", "content": question_markdown(text)}
        pending = {"role": "assistant", "content": PENDING}
        yield gr.skip(), _waiting(), [*before, asked, pending], *_buttons(())
        exchange, follow_ups = self._exchange(text, session)
        if session.is_new:
            session.is_new = False
            exchange = replace(exchange, shown_answer=EXPIRED + exchange.shown_answer)
        if session.finish(run, exchange):
            index, _ = self._found(self.desk.library)
            yield gr.Markdown(self._status(index)), _ready(), _messages(session), *_buttons(follow_ups)

    def stop(self, request: gr.Request) -> Updates:
        """The answer that is being made is not wanted: it will not enter the conversation."""
        session = self.memory.session(request.session_hash)
        session.running = None
        return gr.skip(), _ready(), _messages(session), *(gr.skip() for _ in range(MAX_STARTERS))

    def clear(self, request: gr.Request) -> Updates:
        """A new conversation."""
        session = self.memory.session(request.session_hash)
        session.exchanges, session.running = [], None
        index, notice = self._found(self.desk.library)
        chat = gr.Chatbot(value=[], placeholder=notice or WELCOME)
        return gr.Markdown(self._status(index)), _ready(), chat, *_buttons(starters(index))

    # -------------------------------------------------------------- parts

    def _objection(self, text: str) -> str | None:
        limit = self.settings.max_question_chars
        if not text:
            return "请先输入一个问题。"
        if len(text) > limit:
            return f"问题太长：最多 {limit} 个字，现在是 {len(text)} 个字，请缩短后再发送。"
        return None

    def _found(self, get: Callable[[], T]) -> tuple[T | None, str]:
        """What the desk gives, or None and the notice that says what to do."""
        try:
            return get(), ""
        except IndexMissingError:
            return None, NO_INDEX
        except QAError as exc:
            log.error("cannot answer: %s", exc)
            return None, BROKEN

    def _status(self, index: Library | None) -> str:
        if index is None:
            return "尚未收录报告"
        reports = index.reports
        names = "、".join(escape(f"{info.place}{info.year}年") for info in reports[:SHOWN_REPORTS])
        return f"已收录 {len(reports)} 份政府工作报告：{names}{' 等' if len(reports) > SHOWN_REPORTS else ''}"

    def _exchange(self, text: str, session: Session) -> tuple[Exchange, Sequence[str]]:
        shown = question_markdown(text)
        assistant, notice = self._found(self.desk.assistant)
        if assistant is None:
            return Exchange(text, shown, notice, None), ()
        try:
            answer = assistant.ask(text, session.turns())
        except QuestionError as exc:
            return Exchange(text, shown, escape(str(exc)), None), ()
        except IndexMissingError:
            return Exchange(text, shown, NO_INDEX, None), ()
        except QAError as exc:
            log.error("cannot answer: %s", exc)
            return Exchange(text, shown, BROKEN, None), ()
        except Exception:
            log.exception("question failed")
            return Exchange(text, shown, FAILED, None), starters(assistant.index)
        key = self.memory.keep_citations([card(c, assistant.index) for c in answer.citations])
        return Exchange(text, shown, answer_markdown(answer, key), answer), _follow_ups(answer, assistant)


def card(citation: Citation, index: Any) -> dict[str, Any]:
    """A citation as the JSON that page.js draws: the paragraph in three parts around the quote."""
    paragraphs = index.paragraphs(citation.report_id)
    known = 1 <= citation.paragraph <= len(paragraphs)
    start = paragraphs[citation.paragraph - 1].start if known else None
    before, quote, after = split_paragraph(citation, start)
    return {
        "n": citation.n,
        "place": citation.place,
        "year": citation.year,
        "title": citation.title,
        "section": list(citation.section),
        "paragraph": citation.paragraph,
        "before": before,
        "quote": quote,
        "after": after,
    }


def _messages(session: Session) -> Shown:
    shown: Shown = []
    for exchange in session.exchanges:
        shown.append({"role": "user", "content": exchange.shown_question})
        shown.append({"role": "assistant", "content": exchange.shown_answer})
    return shown


def _follow_ups(answer: Answer, assistant: Asked) -> Sequence[str]:
    return answer.suggestions or (starters(assistant.index) if answer.abstained else ())


def _buttons(questions: Sequence[str]) -> list[Any]:
    """One update a button; the unused ones are hidden."""
    filled = [*questions[:MAX_STARTERS], *[""] * MAX_STARTERS][:MAX_STARTERS]
    return [gr.Button(value=text, visible=bool(text)) for text in filled]


def _waiting() -> Any:
    return gr.Textbox(value="", submit_btn=False, stop_btn="停止")


def _ready() -> Any:
    return gr.Textbox(submit_btn="发送", stop_btn=False)


def build(desk: Desk, settings: Settings) -> tuple[gr.Blocks, Page]:
    """The page, queued and ready to be mounted."""
    page = Page(desk, settings)
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as demo:
        with gr.Row(elem_id="qa-top"):
            gr.Markdown(f"# {TITLE}", elem_id="qa-title")
            status = gr.Markdown("正在读取报告索引……", elem_id="qa-status", sanitize_html=True)
        with gr.Row(elem_id="qa-main", equal_height=True):
            with gr.Column(scale=3, elem_id="qa-talk"):
                chat = gr.Chatbot(
                    elem_id="qa-chat", show_label=False, label="对话", container=False, height="100%",
                    placeholder="正在读取报告索引……", layout="bubble", buttons=[], feedback_options=None,
                    sanitize_html=True, allow_tags=False, latex_delimiters=[], allow_file_downloads=False,
                    group_consecutive_messages=False,
                )  # fmt: skip
                with gr.Row(elem_id="qa-next"):
                    chips = [
                        gr.Button("", visible=False, size="sm", elem_classes="qa-chip")
                        for _ in range(MAX_STARTERS)
                    ]
                with gr.Row(elem_id="qa-ask"):
                    box = gr.Textbox(
                        elem_id="qa-box", show_label=False, label="问题", container=False, scale=1, lines=1,
                        max_lines=5, autofocus=True, submit_btn="发送",
                        placeholder="输入问题，按回车发送",
                    )  # fmt: skip
                    clear = gr.Button("新对话", scale=0, min_width=80, elem_id="qa-clear")
            with gr.Column(scale=2, elem_id="qa-side"):
                gr.Markdown("正在准备引用栏……")  # page.js puts the panel here; gr.HTML would need unsafe-eval
        _wire(demo, page, (status, box, chat, *chips), clear)
    demo.queue(default_concurrency_limit=CONCURRENT_ASKS, max_size=QUEUED_ASKS, api_open=False)
    return demo, page


def _wire(demo: gr.Blocks, page: Page, outputs: Sequence[Any], clear: gr.Button) -> None:
    status, box, chat, *chips = outputs
    asks: dict[str, Any] = {
        "outputs": list(outputs),
        "concurrency_limit": CONCURRENT_ASKS,
        "concurrency_id": "ask",
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "multiple",
    }
    asked = [box.submit(page.ask, inputs=[box], **asks)]
    asked += [chip.click(page.ask, inputs=[chip], **asks) for chip in chips]
    small = asks | {"concurrency_id": "small"}
    box.stop(page.stop, inputs=None, cancels=asked, **small)
    clear.click(page.clear, inputs=None, cancels=asked, **small)
    demo.load(page.opened, inputs=None, **(small | {"outputs": [status, chat, *chips]}))


def theme() -> gr.themes.Base:
    """Fonts by name only: nothing is fetched."""
    fonts = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        radius_size="md",
        font=[gr.themes.Font(name) for name in fonts],
        font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")],
    )
