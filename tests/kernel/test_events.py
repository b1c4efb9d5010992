"""Events reach those who listen to exactly their kind, inside the transaction."""

from dataclasses import dataclass

import pytest
from django.db import transaction
from tests.kernel.trial import AT, Note, notes

from lianxue.kernel import events
from lianxue.kernel.events import Event, publish, subscribe


@dataclass(frozen=True)
class Rain(Event):
    place: str


@dataclass(frozen=True)
class Hail(Rain):
    pass


@pytest.fixture(autouse=True)
def _own_subscribers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_subscribers", type(events._subscribers)(list))


def test_all_who_listen_are_told_in_order_and_once() -> None:
    heard: list[str] = []

    def first(event: Rain) -> None:
        heard.append(f"first {event.place}")

    def second(event: Rain) -> None:
        heard.append(f"second {event.place}")

    subscribe(Rain, first)
    subscribe(Rain, second)
    subscribe(Rain, first)
    publish(Rain("静安"))
    assert heard == ["first 静安", "second 静安"]


def test_kinds_are_not_inherited_and_nobody_need_listen() -> None:
    heard: list[Rain] = []
    subscribe(Rain, heard.append)
    publish(Hail("静安"))
    assert heard == []


@pytest.mark.django_db
def test_what_a_subscriber_does_is_taken_back_with_the_rest() -> None:
    def react(event: Rain) -> None:
        Note.objects.create(key=event.place, verb="note", at=AT)

    subscribe(Rain, react)
    with transaction.atomic():
        publish(Rain("静安"))
        assert notes() == ["静安"]
        transaction.set_rollback(True)
    assert notes() == []
