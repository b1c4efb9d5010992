"""Rules: predicate and row filter stay one thing however they are composed."""

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.trial import AT, Note

from lianxue.kernel.errors import NotFound
from lianxue.kernel.rules import EVERYONE, NOBODY, Rule, get_visible, role_rule, rule, visible

TEXTS = ["a", "ab", "b", "bc", "c"]


def holds_letter(letter: str) -> Rule[str]:
    return rule(
        f"holds {letter}",
        holds=lambda _actor, note: letter in note.key,
        rows=lambda _actor: Q(key__contains=letter),
    )


own: Rule[str] = rule("own", holds=lambda actor, note: note.key == actor, rows=lambda actor: Q(key=actor))
chief: Rule[str] = role_rule("chief", lambda actor: actor == "chief")

simple = st.sampled_from([holds_letter("a"), holds_letter("b"), own, chief, EVERYONE, NOBODY])
composed = st.recursive(
    simple,
    lambda inner: st.builds(lambda x, y, both: x & y if both else x | y, inner, inner, st.booleans()),
    max_leaves=6,
)


@pytest.fixture
def some_notes(db: None) -> list[Note]:
    return [Note.objects.create(key=text, verb="note", at=AT) for text in TEXTS]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(made=composed, actor=st.sampled_from(["a", "bc", "chief", "nobody"]))
def test_lists_show_exactly_what_pages_would(some_notes: list[Note], made: Rule[str], actor: str) -> None:
    shown = visible(Note.objects.filter(verb="note"), made, actor).order_by("pk")
    assert list(shown) == [note for note in some_notes if made.holds(actor, note)], made.name


def test_names_of_composed_rules_can_be_read() -> None:
    assert (own | chief & EVERYONE).name == "(own or (chief and everyone))"


@pytest.mark.django_db
def test_foreign_and_missing_look_the_same() -> None:
    mine = Note.objects.create(key="mine", verb="note", at=AT)
    foreign = Note.objects.create(key="other", verb="note", at=AT)
    rows = Note.objects.all()
    assert get_visible(rows, own, "mine", pk=mine.pk) == mine
    refusals = []
    for pk in (foreign.pk, foreign.pk + 1000, "not a number", 10**30):
        with pytest.raises(NotFound) as refused:
            get_visible(rows, own, "mine", pk=pk)
        refusals.append((refused.value.code, str(refused.value), refused.value.fields))
    assert len({repr(refusal) for refusal in refusals}) == 1
