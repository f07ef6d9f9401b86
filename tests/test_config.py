"""Settings come from default, environment and flag, in that order, and say what is wrong with them."""

import subprocess
import sys
from pathlib import Path

import pytest

from qa.config import Settings
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
