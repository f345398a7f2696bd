from __future__ import annotations

import random

import pytest

from bench.series.clocks import said
from mabillon.connect.steps import Timed, steps
from mabillon.connect.zones import HYPOTHESES, Observed, decided, shift, weigh

PYONGYANG, MOSCOW = 540, 180


def route(clock: str, count: int, seed: int = 1, ahead: tuple[int, int] = (PYONGYANG, MOSCOW)) -> list[Observed]:
    """Return messages of a service that gives the time of sending by this clock."""
    mix = random.Random(seed)
    found = []
    for _ in range(count):
        local = int(mix.triangular(8 * 60, 24 * 60 - 1, 17 * 60))
        transit = round(mix.lognormvariate(5.0, 0.8))
        zone = {"sender": ahead[0], "recipient": ahead[1], "universal": 0}[clock]
        sent, received = local - ahead[0] + zone, local - ahead[0] + transit + ahead[1]
        found.append(Observed(sent % 1440, received - sent, ahead))
    return found


@pytest.mark.parametrize("clock", HYPOTHESES)
@pytest.mark.parametrize("ahead", [(PYONGYANG, MOSCOW), (480, -300), (330, -300), (-300, 180)])
def test_a_route_says_which_clock_it_went_by(clock: str, ahead: tuple[int, int]) -> None:
    right = [decided(weigh(route(clock, 60, seed, ahead))) for seed in range(20)]
    assert right.count(clock) >= 16
    assert len([one for one in right if one not in (clock, None)]) <= 1


def test_too_few_messages_decide_nothing() -> None:
    assert decided(weigh(route("sender", 7))) is None
    assert weigh([]) == []


def test_what_a_wrong_clock_would_mean_is_shown() -> None:
    found = {one.name: one for one in weigh(route("sender", 50))}
    assert found["sender"].backwards == 0
    assert found["universal"].by_night > found["sender"].by_night == 0
    assert found["recipient"].quartiles[1] == found["sender"].quartiles[1] + shift("recipient", (0, 0)) - (
        shift("sender", (PYONGYANG, MOSCOW))
    )
    assert sum(one.weight for one in found.values()) == pytest.approx(1, abs=0.01)


def test_places_on_one_clock_leave_it_open_between_them() -> None:
    found = weigh(route("sender", 50, ahead=(180, 180)))
    assert decided(found) is None
    assert {one.name for one in found[:2]} == {"sender", "recipient"}


def test_steps_of_a_chain() -> None:
    where = {"drafted": ("Pyongyang",), "sent": ("Pyongyang",), "received": ("Moscow",), "arrived": ("Moscow",)}
    events = [
        Timed("received", "1950-09-30T23:30", None, where["received"]),
        Timed("sent", "1950-09-30T20:35", None, where["sent"]),
        Timed("arrived", "1950-10-01", None, where["arrived"]),
        Timed("read", "1949-10-01T10:00", None, ("Moscow",)),
    ]
    first, second = steps(events, "1950-09-29")
    assert (first.first, first.last, first.minutes, first.precise) == ("sent", "received", 175, True)
    assert (first.clock, first.ahead, first.zones, first.crosses) == (20 * 60 + 35, (540, 180), 0, True)
    assert (second.last, second.minutes, second.precise) == ("arrived", 1440, False)  # a year before: a slip


def test_stated_zones_are_heeded() -> None:
    sent, came = Timed("sent", "1950-09-30T20:00", "+09:00"), Timed("received", "1950-09-30T15:00", "Moscow")
    [step] = steps([sent, came], None)
    assert (step.minutes, step.zones) == (60, 2)


def test_what_only_says_when_it_came_went_on_its_date() -> None:
    [step] = steps([Timed("received", "1950-10-09T10:00")], "1950-09-30", ("London",))
    assert (step.first, step.minutes, step.precise) == ("sent", 9 * 1440, False)
    assert steps([Timed("received", "1950-10-09T10:00")], "1950-09") == []


@pytest.mark.parametrize("clock", HYPOTHESES)
def test_routes_of_other_habits_are_rarely_wrong(clock: str) -> None:
    counted = said(clock, 30, seed=3)
    assert counted["wrong"] <= 2 and counted["right"] >= 40
