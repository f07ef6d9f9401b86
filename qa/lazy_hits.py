"""The hits of a question, searched for only where an answer looks at them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import overload

from qa.types import Hit


class LazyHits(Sequence[Hit]):
    """The hits of a question, searched for when they are first looked at: rows and lists often answer without."""

    def __init__(self, search: Callable[[], list[Hit]]) -> None:
        self._search = search
        self.spent_ms = 0.0

    @cached_property
    def _found(self) -> list[Hit]:
        begin = time.perf_counter()
        found = self._search()
        self.spent_ms = round((time.perf_counter() - begin) * 1000, 2)
        return found

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        return self._found[index]

    def __len__(self) -> int:
        return len(self._found)
