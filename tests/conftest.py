"""What all tests share: no settings from outside, and one small real index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_reports import write_reports

from qa.ingest import main as ingest_main


def _forget_settings() -> None:
    for name in [name for name in os.environ if name.startswith("QA_")]:
        del os.environ[name]


def pytest_configure() -> None:
    _forget_settings()


@pytest.fixture(autouse=True)
def no_settings_from_outside() -> Iterator[None]:
    """No ``QA_…`` variable reaches a test from the shell or from another test."""
    _forget_settings()
    yield
    _forget_settings()


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an index of the two reports of small_reports.py, built by the bundled encoder.

    Shared and read-only: a test that writes builds its own.
    """
    folder = tmp_path_factory.mktemp("small")
    paths = write_reports(folder)
    index = folder / "index"
    assert ingest_main([*map(str, paths), "--index", str(index)]) == 0
    return index
