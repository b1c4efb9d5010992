"""``lianxue simulate programmes``: a roster call of all counties and a two-year cycle of all streets, checked at the end."""

from dataclasses import dataclass
from typing import Any

from lianxue.demo.build.authorities import build_education, build_resource_service
from lianxue.demo.checking import check_programmes
from lianxue.demo.cycles.rosters import RosterYear
from lianxue.demo.cycles.streets import StreetCycle
from lianxue.demo.play.player import Step, no_step
from lianxue.demo.play.programmes.play import Play
from lianxue.demo.simulation import BEGIN, StopWatch


@dataclass(frozen=True)
class Size:
    """How much is played: cities of the province, districts of the city and streets in each (None: all)."""

    cities: int | None = None
    districts: int | None = None
    streets: int | None = None


SIZES = {"all": Size(), "few": Size(cities=2, districts=2, streets=4)}


def simulate_programmes(*, scale: str = "all", seed: int, step: Step = no_step) -> dict[str, Any]:
    """Play both calls on the empty database at hand and return figures and checks; ``seconds`` holds the time of each part.

    The same seed gives the same figures, seconds apart.
    """
    chosen, clock = SIZES[scale], StopWatch()
    with clock.part("authorities"):
        service = build_resource_service(at=BEGIN, seed=seed, cities=chosen.cities)
        education = build_education(at=BEGIN, seed=seed, districts=chosen.districts, streets=chosen.streets)
    roster = RosterYear(Play(service, seed, step), BEGIN)
    with clock.part("roster: filing"):
        roster.file()
    with clock.part("roster: stamping"):
        roster.stamp()
    with clock.part("roster: decisions"):
        roster.decide()
    with clock.part("roster: changes"):
        roster.change()
    cycle = StreetCycle(Play(education, seed, step), BEGIN)
    for name, play in cycle.parts():
        with clock.part(f"streets: {name}"):
            play()
    with clock.part("checks"):
        checks = check_programmes([roster.call, cycle.call], days=roster.days_to_check())
    return {
        "scale": scale,
        "seed": seed,
        "roster": roster.figures(),
        "streets": cycle.figures(),
        "checks": checks,
        "seconds": clock.parts,
    }
