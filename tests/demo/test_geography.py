"""District outlines, divisions and the network agree with each other."""

import csv
import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

import lianxue
from lianxue.demo.network import read_network

SOURCE = Path(lianxue.__file__).parent
GEO = SOURCE / "web" / "static" / "web" / "geo"
FILES = ["shanghai-districts.json", "zhejiang-cities.json", "jiangsu-cities.json"]
DIVISIONS = SOURCE / "orgs" / "data" / "divisions.csv"
STREETS_AND_TOWNS = {"街道", "镇", "乡"}

Ring = list[list[float]]


def divisions() -> dict[str, dict[str, str]]:
    with DIVISIONS.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def outlines(file: str) -> dict[str, list[Ring]]:
    """Return the outer rings of each district or city by division code."""
    collection = json.loads((GEO / file).read_text(encoding="utf-8"))
    rings = {}
    for feature in collection["features"]:
        geometry = feature["geometry"]
        coordinates = geometry["coordinates"]
        polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
        rings[feature["properties"]["division_code"]] = [polygon[0] for polygon in polygons]
    return rings


def contains(ring: Ring, x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


@pytest.mark.parametrize(
    ("file", "province", "level", "number"),
    [
        ("shanghai-districts.json", "31", "3", 16),
        ("zhejiang-cities.json", "33", "2", 11),
        ("jiangsu-cities.json", "32", "2", 13),
    ],
)
def test_the_outlines_are_those_of_the_divisions_and_small(
    file: str, province: str, level: str, number: int
) -> None:
    collection = json.loads((GEO / file).read_text(encoding="utf-8"))
    known = divisions()
    named = {f["properties"]["division_code"]: f["properties"]["name"] for f in collection["features"]}
    assert named == {
        code: row["name"]
        for code, row in known.items()
        if code.startswith(province) and row["level"] == level
    }
    assert len(named) == number
    assert all(f["properties"]["code"] + "000000" in named for f in collection["features"])
    assert (GEO / file).stat().st_size < 40_000
    assert f"`{file}`" in (GEO / "NOTICE.md").read_text(encoding="utf-8"), "where it is from, and its licence"


@pytest.mark.parametrize("file", FILES)
def test_labels_lie_inside_and_rings_are_closed(file: str) -> None:
    rings = outlines(file)
    for feature in json.loads((GEO / file).read_text(encoding="utf-8"))["features"]:
        longitude, latitude = feature["properties"]["label_point"]
        own = rings[feature["properties"]["division_code"]]
        assert any(contains(ring, longitude, latitude) for ring in own)
        assert all(ring[0] == ring[-1] for ring in own)


def test_every_division_code_of_the_network_exists() -> None:
    assert {o.division_code for o in read_network()} <= divisions().keys()


def test_every_street_and_town_of_shanghai_has_its_school() -> None:
    streets = {
        code: row["name"]
        for code, row in divisions().items()
        if code.startswith("31") and row["kind"] in STREETS_AND_TOWNS
    }
    assert len(streets) == 215
    schools = {o.division_code: o.name for o in read_network() if o.kind == "community_school"}
    assert {code: name for code, name in schools.items() if code in streets} == {
        code: f"{name}社区学校" for code, name in streets.items()
    }
    zones = [o for o in read_network() if o.kind == "community_school" and o.division_code not in streets]
    assert [(o.name, o.name_source) for o in zones] == [
        ("菊园新区社区学校", "inferred"),
        ("嘉定工业区社区学校", "inferred"),
    ]


def test_every_position_lies_in_its_district() -> None:
    rings = outlines(FILES[0])
    placed = [o for o in read_network() if o.latitude is not None and o.longitude is not None]
    assert Counter(o.kind for o in placed) == {
        "community_college": 16,
        "community_school": 217,
        "elder_branch": 70,  # one branch has no district of its own
        "care_learning_point": 99,
    }
    for o in placed:
        assert o.latitude is not None
        assert o.longitude is not None
        own = rings[o.division_code[:6] + "000000"]
        assert any(contains(ring, o.longitude, o.latitude) for ring in own), o.code


def test_divisions_of_the_delta_parse_with_the_depth_they_have() -> None:
    rows = divisions()
    assert len(rows) == 5167
    assert all(len(code) == 12 and code.isdigit() for code in rows)
    for row in rows.values():
        above = rows.get(row["parent"])
        assert (above is None) == (row["level"] == "1")
        assert above is None or int(above["level"]) == int(row["level"]) - 1

    counts = Counter((code[:2], row["level"]) for code, row in rows.items())
    assert [counts["31", level] for level in "234"] == [1, 16, 234]
    assert [counts["32", level] for level in "234"] == [13, 104, 1487]
    assert [counts["33", level] for level in "234"] == [11, 90, 1387]

    kinds = Counter((code[:2], row["kind"]) for code, row in rows.items())
    assert {kind: kinds["31", kind] for kind in ("街道", "镇", "乡")} == {"街道": 107, "镇": 106, "乡": 2}
    assert kinds["32", "功能区"] == 9
    assert kinds["33", "街道"] == 488
