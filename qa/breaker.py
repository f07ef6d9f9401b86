"""A circuit breaker: an endpoint that is down is asked once a while, not once a question."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Breaker:
    """Closed while requests succeed; opened by a failure for ``cooldown_s``; then one trial at a time.

    Safe to use from several threads. ``clock`` gives seconds and never goes back.
    """

    def __init__(self, cooldown_s: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._cooldown_s = cooldown_s
        self._clock = clock
        self._lock = threading.Lock()
        self._open_until: float | None = None
        self._trial = False

    def wait_s(self) -> float:
        """0.0 if a request may be made now (it must end in one of the three below), else seconds to wait."""
        with self._lock:
            if self._open_until is None:
                return 0.0
            left = self._open_until - self._clock()
            if left > 0:
                return left
            if self._trial:
                return 1.0
            self._trial = True
            return 0.0

    def succeeded(self) -> None:
        """The endpoint answered: requests are made again."""
        with self._lock:
            self._open_until, self._trial = None, False

    def failed(self, wait_s: float = 0.0) -> None:
        """The endpoint is down, or asked not to be asked for ``wait_s``."""
        with self._lock:
            self._open_until = self._clock() + max(self._cooldown_s, wait_s)
            self._trial = False

    def undecided(self) -> None:
        """The request ended without telling whether the endpoint works (it was cancelled)."""
        with self._lock:
            self._trial = False
