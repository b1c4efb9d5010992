"""Whatever arrives as answers, looking at it raises nothing."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.programmes.definitions.trial import trial

from lianxue.programmes.queries.definitions import latest_definitions
from lianxue.programmes.rules.answers import faults_of, known_answers, notes_of

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["keys", "own", "_id", "a"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_answers_are_looked_at(data: st.DataObject) -> None:
    forms = [form for kept in latest_definitions() for form in kept.definition.forms.values()]
    form = data.draw(st.sampled_from([*forms, *trial().forms.values()]))
    answers: dict[str, Any] = {}
    for key in (*form.fields(), "unasked"):
        answers[key] = data.draw(ANYTHING)
    for key, grid in form.grids().items():
        columns = st.dictionaries(st.sampled_from(["_id", "x", *(one.key for one in grid.columns)]), ANYTHING)
        answers[key] = data.draw(ANYTHING | st.lists(columns, max_size=4))
    for is_final in (True, False):
        faults_of(form, answers, areas={"330100000000": "杭州市"}, is_final=is_final)
    notes_of(form, answers)
    kept = known_answers(form, answers)
    assert kept.keys() <= form.fields().keys() | form.grids().keys()
