"""The drawn flows are those in the code."""

from tools.flow_diagrams import TARGET, diagrams


def test_the_page_of_flows_is_up_to_date() -> None:
    assert TARGET.read_text(encoding="utf-8") == diagrams(), "run `make docs`"
