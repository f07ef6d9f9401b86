"""The HTTP API, who may ask and how much: body, rate, queue, key, origins."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from api_calls import ASK, Scripted, error
from api_server import client, serving
from fake_assistant import GROWTH
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from qa.config import Secret, Settings
from qa.web.guard import is_own
from qa.web.limits import BusyError, Line, Rate, client_of

LISTED = "https://www.listed.example"
KEY = "0123456789abcdef-key"


# ------------------------------------------------------------------ limits


def test_large_body_is_refused() -> None:
    small = client(Settings(max_body_kb=16))
    told = error(small.post(ASK, json={"question": "x" * 17_000}))
    assert told == (413, "too_large", "内容太长，请缩短问题后再发送")


def test_too_many_questions_of_one_client() -> None:
    few = client(Settings(rate_limit=3))
    codes = [few.post(ASK, json={"question": GROWTH}).status_code for _ in range(3)]
    refused = few.post("/api/ask/stream", json={"question": GROWTH})
    assert codes == [200, 200, 200]
    assert error(refused) == (429, "too_many_requests", "提问太频繁，请稍等一分钟再试")
    assert 1 <= int(refused.headers["retry-after"]) <= 20  # 60 s / 3
    assert few.get("/api/reports").status_code == 200  # reading has its own, ten times wider
    assert [few.get("/api/reports").status_code for _ in range(30)][-1] == 429
    assert few.get("/api/health").status_code == 200


def test_full_queue_is_refused_with_retry_after() -> None:
    assistant = Scripted(waits=True)
    settings = Settings(concurrency=1, queue=1)
    with serving(settings, lambda: assistant) as url, ThreadPoolExecutor(3) as pool:
        first = pool.submit(httpx.post, f"{url}{ASK}", json={"question": GROWTH}, timeout=30)
        assert assistant.running.wait(10)
        rest = [
            pool.submit(httpx.post, f"{url}{ASK}", json={"question": GROWTH}, timeout=30) for _ in range(2)
        ]
        refused = next(done for done in iter(lambda: [f for f in rest if f.done()], None) if done)[0].result()
        assistant.go.set()
        answered = [f.result().status_code for f in [first, *rest]]
    assert error(refused) == (429, "busy", "现在提问的人太多，请稍后再试")
    assert int(refused.headers["retry-after"]) >= 1
    assert sorted(answered) == [200, 200, 429]


def test_line_takes_its_number_and_frees_the_place() -> None:
    line, go = Line(1, 1), threading.Event()
    running, waiting = line.submit(go.wait), line.submit(go.wait)
    with pytest.raises(BusyError) as busy:
        line.submit(go.wait)
    assert busy.value.retry_after_s > 0
    assert waiting.cancel()
    again = line.submit(lambda: "done")
    go.set()
    assert (running.result(5), again.result(5)) == (True, "done")
    line.close()
    with pytest.raises(BusyError):
        line.submit(go.wait)
    assert line.held == 0


def test_rate_says_how_long_to_wait() -> None:
    now = 0.0
    rate = Rate(6, lambda: now)  # one each 10 s
    assert [rate.wait_s("a") for _ in range(6)] == [0.0] * 6
    assert rate.wait_s("a") == pytest.approx(10)
    assert rate.wait_s("b") == 0
    now = 4.0
    assert rate.wait_s("a") == pytest.approx(6)
    now = 10.0
    assert rate.wait_s("a") == 0


def test_rate_zero_is_no_limit_and_many_clients_are_bounded() -> None:
    assert all(Rate(0).take("a") for _ in range(1_000))
    rate = Rate(1, lambda: 0.0, clients=2)
    assert [rate.take(name) for name in "aabca"] == [True, False, True, True, True]  # a was forgotten


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_client_is_an_address_or_a_network(address: str, counted: str) -> None:
    assert client_of({"client": (address, 1)}) == counted
    assert client_of({"client": None}) == ""


# ------------------------------------------------------------------ key and origins


@pytest.fixture(scope="module")
def keyed() -> TestClient:
    return client(Settings(api_key=Secret(KEY), widget_origins=(LISTED,), rate_limit=0))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"X-API-Key": KEY}, 200),
        ({"Authorization": f"Bearer {KEY}"}, 200),
        ({"authorization": f"bearer  {KEY} "}, 200),
        ({"Authorization": f"Basic {KEY}"}, 401),
        ({"X-API-Key": KEY[:-1]}, 401),
        ({"X-API-Key": "密钥".encode()}, 401),
        ({"X-API-Key": KEY + "x", "Sec-Fetch-Site": "same-origin"}, 401),  # a wrong key is never let through
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": LISTED}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 401),
    ],
)
def test_key_is_asked_of_programs(keyed: TestClient, headers: dict[str, Any], status: int) -> None:
    response = keyed.get("/api/reports", headers=headers)
    assert response.status_code == status
    if status == 401:
        assert error(response)[1] == "unauthorized"
        assert response.headers["www-authenticate"] == "Bearer"
        assert KEY not in response.text


def test_key_leaves_health_docs_and_widget_open(keyed: TestClient) -> None:
    paths = ("/api/health", "/api/openapi.json", "/api/docs", "/widget.js", "/widget-demo", "/ui/demo.css")
    assert [keyed.get(path).status_code for path in paths] == [200] * len(paths)


def test_listed_origin_may_call(keyed: TestClient) -> None:
    response = keyed.post(ASK, json={"question": GROWTH}, headers={"Origin": LISTED})
    assert response.headers["access-control-allow-origin"] == LISTED
    assert "access-control-allow-credentials" not in response.headers
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    preflight = keyed.options(ASK, headers={"Origin": LISTED, **asked})
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, LISTED)
    refused = keyed.post(ASK, json={"question": ""}, headers={"Origin": LISTED})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (422, LISTED)


def test_refusals_of_the_guard_can_be_read_by_listed_origins() -> None:
    few = client(Settings(rate_limit=1, widget_origins=(LISTED,), max_body_kb=16))
    large = few.post(ASK, json={"question": "x" * 17_000}, headers={"Origin": LISTED})
    often = few.post(ASK, json={"question": GROWTH}, headers={"Origin": LISTED})
    assert [(r.status_code, r.headers["access-control-allow-origin"]) for r in (large, often)] == [
        (413, LISTED),
        (429, LISTED),
    ]
    assert "Retry-After" in often.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "https://www.listed.example.evil.example", "null", "x"]
)
def test_other_origins_are_refused(keyed: TestClient, origin: str) -> None:
    for headers in ({"Origin": origin}, {"Origin": origin, "X-API-Key": KEY}):
        response = keyed.post(ASK, json={"question": GROWTH}, headers=headers)
        assert error(response)[:2] == (403, "origin_not_allowed")
        assert "access-control-allow-origin" not in response.headers
    asked = {"Access-Control-Request-Method": "POST"}
    assert keyed.options(ASK, headers={"Origin": origin, **asked}).status_code == 400


def test_no_list_is_nobody_but_itself(fake: TestClient) -> None:
    assert fake.post(ASK, json={"question": GROWTH}, headers={"Origin": LISTED}).status_code == 403
    assert (
        fake.post(ASK, json={"question": GROWTH}, headers={"Origin": "http://testserver"}).status_code == 200
    )


def test_own_origin_is_never_an_empty_one() -> None:
    assert is_own(Headers({"origin": "http://a:1", "host": "a:1"}))
    assert not is_own(Headers({"origin": "null", "host": ""}))
    assert not is_own(Headers({"host": "a"}))
    assert not is_own(Headers({"origin": "http://a", "host": "a:1", "sec-fetch-site": "same-site"}))


def test_foreign_page_cannot_choose_the_mode(keyed: TestClient) -> None:
    body = {"question": GROWTH, "mode": "extract"}
    assert error(keyed.post(ASK, json=body, headers={"Origin": LISTED}))[1] == "forbidden"
    assert keyed.post(ASK, json=body, headers={"X-API-Key": KEY}).status_code == 200


def test_page_endpoints_are_for_no_other_site(keyed: TestClient) -> None:
    response = keyed.get("/api/page/reports", headers={"Origin": LISTED})
    assert error(response)[:2] == (403, "origin_not_allowed")


def test_headers_name_who_may_frame(keyed: TestClient, fake: TestClient) -> None:
    listed = keyed.get("/widget-demo").headers
    assert listed["content-security-policy"].endswith(f"frame-ancestors 'self' {LISTED}")
    assert fake.get("/widget-demo").headers["content-security-policy"].endswith("frame-ancestors 'self'")
    assert "script-src 'self';" in listed["content-security-policy"]
    assert (listed["referrer-policy"], listed["cross-origin-resource-policy"]) == (
        "no-referrer",
        "same-origin",
    )
    assert keyed.get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"
    assert keyed.get("/api/health").headers["cache-control"] == "no-store"
