"""A circuit breaker with a clock that the test moves."""

from __future__ import annotations

from qa.breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_breaker_lets_through_until_a_failure():
    breaker = Breaker(60, clock=Clock())
    assert breaker.wait_s() == 0.0
    breaker.succeeded()
    assert breaker.wait_s() == 0.0


def test_breaker_opens_for_the_cooldown():
    clock = Clock()
    breaker = Breaker(60, clock=clock)
    breaker.failed()
    assert breaker.wait_s() == 60.0
    clock.now += 59.5
    assert breaker.wait_s() == 0.5


def test_breaker_one_trial_after_the_cooldown():
    clock = Clock()
    breaker = Breaker(60, clock=clock)
    breaker.failed()
    clock.now += 60
    assert breaker.wait_s() == 0.0  # the trial
    assert breaker.wait_s() > 0.0  # another question meanwhile
    breaker.failed()
    assert breaker.wait_s() == 60.0
    clock.now += 60
    assert breaker.wait_s() == 0.0
    breaker.succeeded()
    assert (breaker.wait_s(), breaker.wait_s()) == (0.0, 0.0)


def test_breaker_undecided_trial_leaves_the_next_one():
    clock = Clock()
    breaker = Breaker(60, clock=clock)
    breaker.failed()
    clock.now += 60
    assert breaker.wait_s() == 0.0
    breaker.undecided()
    assert breaker.wait_s() == 0.0


def test_breaker_waits_as_long_as_it_was_asked_to():
    breaker = Breaker(60, clock=Clock())
    breaker.failed(3_600)
    assert breaker.wait_s() == 3_600.0


def test_breaker_failure_without_trial_counts_once():
    clock = Clock()
    breaker = Breaker(60, clock=clock)
    breaker.failed()
    clock.now += 30
    breaker.failed()  # a request that was under way when the first one failed
    assert breaker.wait_s() == 60.0
