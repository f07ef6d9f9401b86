"""What the server says on the page, in Chinese and English. What the page's scripts say is in static/words.js."""

from __future__ import annotations

INGEST_COMMAND = "python ingest.py 报告所在的文件夹"

_WORDS: dict[str, tuple[str, str]] = {
    "pending": ("正在查找……", "Searching…"),
    "draft": ("语言模型草稿，未核实", "Model draft, unverified"),
    "understood": ("按“{}”理解", "Understood as “{}”"),
    "struck": ("已删去：", "Removed: "),
    "unverified": ("未核实：", "Unverified: "),
    "welcome": (
        "### 向政府工作报告提问\n\n用一句话提问，例如某地某年的指标、目标或承诺。\n\n"
        "回答中的【1】是依据的原文段落，点一下就能核对；报告里没有的，会说“资料中未提及”。",
        "### Ask the government work reports\n\nAsk in one sentence about a place, a year, an indicator, a target "
        "or a commitment.\n\n【1】 in an answer is the paragraph it stands on: click to check it. What the reports "
        "do not say is answered by “资料中未提及” (not stated). Answers are in Chinese, the reports' language.",
    ),
    "no_index": (
        "还没有可以查询的报告。\n\n请在服务器上运行下面的命令收录报告，完成后直接提问即可，不必重启：\n\n"
        f"`{INGEST_COMMAND}`",
        "There are no reports yet.\n\nRun this command on the server; then ask, no restart is needed:\n\n"
        "`python ingest.py FOLDER_OF_REPORTS`",
    ),
    "broken": (
        "索引现在不能使用，请管理员查看服务器日志里的说明。",
        "The index cannot be used now: the administrator finds the reason in the server's log.",
    ),
    "failed": (
        "这个问题没有处理成功，请再试一次；如果一直这样，请管理员查看服务器日志。",
        "This question failed. Please try again; if it keeps failing, the server's log says why.",
    ),
    "expired": (
        "之前的对话已过期，从这里重新开始。",
        "The earlier conversation has expired; a new one starts here.",
    ),
    "none": ("尚未收录报告", "No reports yet"),
    "reports": ("已收录 {} 份政府工作报告", "{} reports"),
    "empty_question": ("请先输入一个问题。", "Please type a question first."),
    "long_question": (
        "问题太长：最多 {} 个字，现在是 {} 个字，请缩短后再发送。",
        "The question is too long: {} characters at most, now {}.",
    ),
    "mend": ("请修改问题", "Please change the question"),
    "send": ("发送", "Send"),
    "stop": ("停止", "Stop"),
    "stopped": ("已停止，没有生成回答。", "Stopped; there is no answer."),
    "new": ("新对话", "New"),
    "placeholder": ("输入问题，按回车发送", "Type a question, press Enter"),
}


def say(name: str, lang: str = "zh") -> str:
    """A text in the page's language."""
    return _WORDS[name][lang == "en"]
