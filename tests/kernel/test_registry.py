"""Registries are filled once."""

import pytest

from lianxue.kernel.registry import Registry


def test_keeps_the_order_and_refuses_doubles() -> None:
    fruit = Registry[int]("fruit")
    assert fruit.register("pear", 2) == 2
    fruit.register("apple", 1)
    assert list(fruit) == ["pear", "apple"]
    assert fruit.items() == [("pear", 2), ("apple", 1)]
    assert fruit.values() == [2, 1]
    assert (fruit["apple"], fruit.get("apple", 0), fruit.get("plum", 0)) == (1, 1, 0)
    assert "pear" in fruit
    assert "plum" not in fruit
    with pytest.raises(ValueError, match="fruit already holds 'pear'"):
        fruit.register("pear", 3)
    assert fruit["pear"] == 2
    with pytest.raises(KeyError):
        fruit["plum"]
