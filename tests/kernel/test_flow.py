"""Transition tables: what is checked, in which order, and what is offered."""

from datetime import datetime
from typing import Any

import pytest
from tests.kernel.trial import AT, Note

from lianxue.kernel.errors import NotAllowed, Unmet, WrongState
from lianxue.kernel.flow import FLOWS, Condition, Flow, Step
from lianxue.kernel.rules import EVERYONE, Rule, role_rule

chief: Rule[Any] = role_rule("chief", lambda actor: actor == "chief")
in_time = Condition("in_time", lambda note, at: at < datetime.fromisoformat(note.key), "It is too late.")
with_person = Condition("with_person", lambda note, _at: note.person_id is not None, "Nobody is named.")

FLOW = Flow(
    "trial note",
    states=["draft", "sent", "filed"],
    field="verb",
    steps=[
        Step(
            "send", source=("draft",), target="sent", who=EVERYONE, label="Send", needs=(in_time, with_person)
        ),
        Step("file", source=("draft", "sent"), target="filed", who=chief, label="File", tone="danger"),
        Step("mark", source=("sent",), target=None, who=EVERYONE, label="Mark"),
    ],
)
LATER, EARLIER = "2026-04-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"


def note(state: str, until: str = LATER, person_id: int | None = 7) -> Note:
    return Note(verb=state, key=until, person_id=person_id)


def test_step_is_returned_when_all_is_right() -> None:
    step = FLOW.require("send", actor="clerk", subject=note("draft"), at=AT)
    assert (step.verb, step.target, step.tone) == ("send", "sent", "primary")


def test_state_is_looked_at_before_the_actor_and_the_actor_before_conditions() -> None:
    with pytest.raises(WrongState):
        FLOW.require("file", actor="clerk", subject=note("filed"), at=AT)
    with pytest.raises(NotAllowed):
        FLOW.require("file", actor="clerk", subject=note("draft", EARLIER), at=AT)
    with pytest.raises(Unmet) as refused:
        FLOW.require("send", actor="clerk", subject=note("draft", EARLIER, person_id=None), at=AT)
    assert str(refused.value) == "It is too late."
    with pytest.raises(Unmet, match="Nobody is named"):
        FLOW.require("send", actor="clerk", subject=note("draft", person_id=None), at=AT)


@pytest.mark.parametrize(
    ("state", "actor", "offered"),
    [
        ("draft", "clerk", ["send"]),
        ("draft", "chief", ["send", "file"]),
        ("sent", "clerk", ["mark"]),
        ("sent", "chief", ["file", "mark"]),
        ("filed", "chief", []),
    ],
)
def test_buttons_by_state_and_person(state: str, actor: str, offered: list[str]) -> None:
    assert [offer.verb for offer in FLOW.offered(actor=actor, subject=note(state), at=AT)] == offered


def test_button_says_what_stands_in_its_way() -> None:
    (ready,) = FLOW.offered(actor="clerk", subject=note("draft"), at=AT)
    assert (ready.is_ready, ready.hindrances, ready.label, ready.tone) == (True, (), "Send", "primary")
    (hindered,) = FLOW.offered(actor="clerk", subject=note("draft", EARLIER, person_id=None), at=AT)
    assert (hindered.is_ready, hindered.hindrances) == (False, ("It is too late.", "Nobody is named."))


def test_flow_knows_its_table_and_is_registered() -> None:
    assert FLOW.verbs == ("send", "file", "mark")
    assert FLOW.states == ("draft", "sent", "filed")
    assert FLOWS["trial note"] is FLOW


def test_states_must_be_known() -> None:
    for step in (
        Step("lose", source=("sent",), target="lost", who=EVERYONE, label="Lose"),
        Step("find", source=("lost",), target=None, who=EVERYONE, label="Find"),
    ):
        with pytest.raises(ValueError, match="unknown states \\['lost'\\]"):
            Flow("trial unknown", states=["sent"], steps=[step])
    assert "trial unknown" not in FLOWS
