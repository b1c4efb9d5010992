"""The year of the service teams as a visitor finds it."""

import time

import pytest

from lianxue.demo.build.authorities import build_resource_service
from lianxue.demo.build.service_teams import ServiceTeams
from lianxue.demo.play.programmes.play import Play
from lianxue.demo.year import Year
from lianxue.kernel import clock


@pytest.mark.slow
@pytest.mark.django_db
def test_it() -> None:
    year = Year(clock.now())
    t = time.time()
    play = Play(build_resource_service(at=year.day(-430), seed=1), 50)
    print("build", time.time() - t)
    teams = ServiceTeams(play, year)
    for name in ("report_rosters", "train", "appraise", "recommend"):
        t = time.time()
        getattr(teams, name)()
        print(name, time.time() - t)
