"""Settings come from default, environment and flag, in that order, and say what is wrong with them."""

import json
import subprocess
import sys
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import pytest

from qa.config import Secret, Settings
from qa.errors import ConfigError


def test_from_env_defaults() -> None:
    settings = Settings.from_env({})
    assert settings == Settings()
    assert (settings.index, settings.encoder) == (Path("data/index"), "bundled")
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)


def test_from_env_variable_wins_over_default() -> None:
    settings = Settings.from_env({"QA_PORT": " 8000 ", "QA_INDEX": "/tmp/some index", "OTHER": "1"})
    assert settings == Settings(port=8000, index=Path("/tmp/some index"))


def test_from_env_flag_wins_over_variable() -> None:
    settings = Settings.from_env({"QA_PORT": "8000", "QA_HOST": "0.0.0.0"}, port=9000, host=None)
    assert (settings.port, settings.host) == (9000, "0.0.0.0")


def test_from_env_empty_variable_is_not_given() -> None:
    assert Settings.from_env({"QA_PORT": "", "QA_ENCODER": "  "}) == Settings()


def test_from_env_index_expands_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    assert Settings.from_env({"QA_INDEX": "~/index"}).index == Path("/somewhere/index")


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"QA_PORT": "many"}, ["QA_PORT", "整数", "'many'"]),
        ({"QA_PORT": "65536"}, ["QA_PORT", "0 到 65535", "65536"]),
        ({"QA_PORT": "-1"}, ["QA_PORT", "-1"]),
        ({"QA_MAX_QUESTION_CHARS": "9"}, ["QA_MAX_QUESTION_CHARS", "10 到", "9"]),
        ({"QA_MAX_FILE_MB": "0"}, ["QA_MAX_FILE_MB", "1 到", "0"]),
        ({"QA_THREADS": "257"}, ["QA_THREADS", "256", "257"]),
    ],
)
def test_from_env_bad_value_names_variable_and_bound(environ: dict[str, str], words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        Settings.from_env(environ)
    message = str(caught.value)
    assert [word for word in words if word not in message] == []
    assert "\n" not in message


@pytest.mark.parametrize(("port", "works"), [(0, True), (65_535, True), (65_536, False)])
def test_settings_port_bounds(port: int, works: bool) -> None:
    if works:
        assert Settings(port=port).port == port
    else:
        with pytest.raises(ConfigError):
            Settings(port=port)


def test_settings_empty_encoder_refused() -> None:
    with pytest.raises(ConfigError, match="QA_ENCODER"):
        Settings(encoder=" ")


def test_import_reads_no_environment() -> None:
    code = "import os; os.environ['QA_PORT'] = 'bad'; import qa.config; print(qa.config.Settings().port)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "7860\n"


LLM = {"QA_LLM_BASE_URL": "http://127.0.0.1:8080/v1", "QA_LLM_MODEL": "local"}


def test_from_env_language_model() -> None:
    given = {"QA_LLM_API_KEY": "sk-1", "QA_LLM_TIMEOUT_S": "5", "QA_LLM_PRICE_IN": "0.5", "QA_MODE": "llm"}
    settings = Settings.from_env({**LLM, **given})
    assert (settings.llm_base_url, settings.llm_model) == ("http://127.0.0.1:8080/v1", "local")
    assert (settings.llm_api_key, settings.llm_timeout_s, settings.mode) == (Secret("sk-1"), 5, "llm")
    assert settings.llm_price_in == Decimal("0.5")


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"QA_MODE": "gpt"}, "QA_MODE"),
        ({"QA_LLM_MODEL": "m"}, "QA_LLM_BASE_URL"),
        ({"QA_LLM_BASE_URL": "http://x/v1"}, "QA_LLM_MODEL"),
        ({**LLM, "QA_LLM_BASE_URL": "x:8080"}, "http://"),
        ({**LLM, "QA_LLM_BASE_URL": "http://me:pass@x/v1"}, "QA_LLM_API_KEY"),
        ({"QA_LLM_TIMEOUT_S": "0"}, "QA_LLM_TIMEOUT_S"),
        ({"QA_LLM_WINDOW": "2000", "QA_LLM_MAX_TOKENS": "1500"}, "QA_LLM_WINDOW"),
        ({"QA_LLM_PRICE_OUT": "NaN"}, "QA_LLM_PRICE_OUT"),
        ({"QA_LLM_PRICE_OUT": "-1"}, "QA_LLM_PRICE_OUT"),
    ],
)
def test_language_model_settings_that_cannot_be(environ: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        Settings.from_env(environ)
    assert "pass" not in str(caught.value)


def test_secret_is_shown_nowhere() -> None:
    settings = Settings.from_env({**LLM, "QA_LLM_API_KEY": "sk-1234"})
    shown = f"{settings!r} {settings} {settings.llm_api_key} {asdict(settings)} {json.dumps(asdict(settings), default=str)}"
    assert "sk-1234" not in shown
    assert settings.llm_api_key.reveal() == "sk-1234"
    assert settings.llm_api_key.masked("Bearer sk-1234") == "Bearer ***"
    assert (bool(settings.llm_api_key), bool(Secret()), Secret().masked("a")) == (True, False, "a")


def test_widget_origins_are_as_browsers_send_them() -> None:
    raw = "https://A.gov.cn, http://127.0.0.1:8000 https://b.cn:443/ https://政府.cn https://a.gov.cn"
    assert Settings.from_env({"QA_WIDGET_ORIGINS": raw}).widget_origins == (
        "https://a.gov.cn",
        "http://127.0.0.1:8000",
        "https://b.cn",
        "https://xn--mxtq1m.cn",
    )
    assert Settings.from_env({"QA_WIDGET_ORIGINS": " "}).widget_origins == ()


@pytest.mark.parametrize(
    "raw",
    ["*", "a.cn", "https://*.a.cn", "https://a/b", "javascript:alert(1)", "https://a;script-src", "https://u@a", "https://a:99999",
     "https://", "null"],
)  # fmt: skip
def test_widget_origins_that_are_none_are_refused(raw: str) -> None:
    with pytest.raises(ConfigError, match="QA_WIDGET_ORIGINS"):
        Settings.from_env({"QA_WIDGET_ORIGINS": raw})


def test_api_key_is_long_enough_and_never_shown() -> None:
    settings = Settings.from_env({"QA_API_KEY": "k" * 16})
    assert "kkkk" not in repr(settings)
    with pytest.raises(ConfigError, match="QA_API_KEY 太短：至少 16 个字符") as caught:
        Settings.from_env({"QA_API_KEY": "secret"})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("name", ["RATE_LIMIT", "CONCURRENCY", "QUEUE", "MAX_BODY_KB", "MAX_HISTORY"])
def test_limits_are_bounded(name: str) -> None:
    with pytest.raises(ConfigError, match=f"QA_{name} 应在"):
        Settings.from_env({f"QA_{name}": "-1"})
