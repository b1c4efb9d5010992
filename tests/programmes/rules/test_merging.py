"""Rows of two people at one grid: nothing of either is lost, and only rows that both changed are in question."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lianxue.programmes.rules.fingerprints import read_seen, row_digest, seen_of
from lianxue.programmes.rules.merging import merged_rows

Rows = list[dict[str, Any]]
NAMES = st.sampled_from("abcdef")
CELLS = st.sampled_from(["", "甲", "乙", "丙"])


def rows(**cells: str) -> Rows:
    return [{"_id": name, "name": text} for name, text in cells.items()]


def as_cells(found: Rows) -> dict[str, str]:
    return {row["_id"]: row["name"] for row in found}


GRIDS = st.dictionaries(NAMES, CELLS, max_size=6).map(lambda cells: rows(**cells))


def test_each_keeps_the_rows_that_the_other_left_alone() -> None:
    seen = read_seen(seen_of(rows(a="甲", b="乙", c="丙")))
    merged = merged_rows(rows(a="甲一", b="乙", n="新"), rows(a="甲", b="乙二", c="丙", m="另"), seen)
    assert merged.clashes == []
    assert as_cells(merged.rows) == {"a": "甲一", "b": "乙二", "n": "新", "m": "另"}


def test_a_row_that_both_changed_is_in_question_until_somebody_chooses() -> None:
    seen = read_seen(seen_of(rows(a="甲", b="乙")))
    mine, theirs = rows(a="甲一", b="乙"), rows(a="甲二", b="乙二")
    assert merged_rows(mine, theirs, seen).clashes == ["a"]
    assert as_cells(merged_rows(mine, theirs, seen, "mine").rows) == {"a": "甲一", "b": "乙二"}
    assert as_cells(merged_rows(mine, theirs, seen, "theirs").rows) == {"a": "甲二", "b": "乙二"}


def test_what_one_took_out_and_the_other_changed_is_in_question() -> None:
    seen = read_seen(seen_of(rows(a="甲")))
    assert merged_rows([], rows(a="甲二"), seen).clashes == ["a"]
    assert merged_rows(rows(a="甲二"), [], seen).clashes == ["a"]
    assert merged_rows([], rows(a="甲"), seen).rows == []


def test_the_order_of_whoever_moved_rows_stands() -> None:
    seen = read_seen(seen_of(rows(a="甲", b="乙", c="丙")))
    moved = [*rows(c="丙"), *rows(a="甲", b="乙")]
    assert [
        row["_id"] for row in merged_rows(moved, rows(a="甲", b="乙", c="丙", m="另"), seen).rows
    ] == list("cabm")
    assert [
        row["_id"] for row in merged_rows(rows(a="甲", b="乙", c="丙", n="新"), moved, seen).rows
    ] == list("cabn")


@given(GRIDS, GRIDS, GRIDS)
def test_every_change_of_either_stands_or_is_in_question(base: Rows, mine: Rows, theirs: Rows) -> None:
    seen = {row["_id"]: row_digest(row) for row in base}
    was, here, there = as_cells(base), as_cells(mine), as_cells(theirs)
    merged = merged_rows(mine, theirs, seen)
    stands = as_cells(merged.rows)
    for name in {*was, *here, *there} - set(merged.clashes):
        before, first, second = (cells.get(name, "") for cells in (was, here, there))
        assert stands.get(name, "") == (second if first == before else first)
    for name in merged.clashes:
        assert len({was.get(name, ""), here.get(name, ""), there.get(name, "")}) == 3
    for whose, cells in (("mine", here), ("theirs", there)):
        chosen = merged_rows(mine, theirs, seen, whose)  # type: ignore[arg-type]  # one of the two words
        assert chosen.clashes == []
        assert all(as_cells(chosen.rows).get(name, "") == cells.get(name, "") for name in merged.clashes)


@given(GRIDS, GRIDS)
def test_sending_the_same_once_more_changes_nothing(base: Rows, mine: Rows) -> None:
    seen = {row["_id"]: row_digest(row) for row in base}
    once = merged_rows(mine, base, seen).rows
    assert merged_rows(mine, once, seen).rows == once
