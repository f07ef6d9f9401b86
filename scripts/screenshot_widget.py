"""Take docs/widget.png: the widget on a foreign page, its answer beside the paragraph that it cites.

    QA_WIDGET_ORIGINS=http://127.0.0.1:8000 python app.py                     in one terminal, then in another
    python scripts/screenshot_widget.py [SERVER] [FILE]

Needs Playwright for Python and Debian's Chromium (/usr/bin/chromium).
"""

from __future__ import annotations

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import sync_playwright

HOST = ("127.0.0.1", 8000)
QUESTION = "百色和贺州2023年GDP增速相差多少？"
PAGE = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<style>body{{margin:0;background:#f6f4f0;color:#2b2b2b;font:16px/1.9 "Noto Serif CJK SC",serif}}
header{{background:#8a1c1c;color:#fff;padding:16px 48px;font-size:22px;letter-spacing:.1em}}
main{{max-width:1000px;margin:24px auto;padding:0 48px}}#ask{{width:520px}}</style></head>
<body><header>某市统计局 · 数据服务</header><main><h2>向政府工作报告提问</h2><div id="ask"></div></main>
<script src="{server}widget.js" data-title="问政报" data-color="#8a1c1c" data-id="corner"></script>
<script src="{server}widget.js" data-title="问政报" data-color="#1f5c4d" data-mode="inline" data-target="#ask"
  data-height="560" data-id="inline"></script></body></html>"""


def main(server: str, target: str) -> None:
    """Serve a page of another site that embeds the widget of ``server``; write its picture to ``target``."""
    body = PAGE.format(server=server).encode()

    class Foreign(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    site = ThreadingHTTPServer(HOST, Foreign)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 780}, locale="zh-CN")
        page.goto(f"http://{HOST[0]}:{HOST[1]}/")
        page.evaluate(f"GovQA.ask({QUESTION!r}, 'inline'); 0")
        page.locator("[data-govqa=inline] table").wait_for()
        page.evaluate(f"GovQA.ask({QUESTION!r}, 'corner'); 0")
        page.locator("[data-govqa=corner] .cite").first.click()
        page.locator(".cited mark").wait_for()
        page.screenshot(path=target)
        browser.close()
    site.shutdown()


if __name__ == "__main__":
    main(*(sys.argv[1:] + ["http://127.0.0.1:7860/", "docs/widget.png"][len(sys.argv) - 1 :]))
