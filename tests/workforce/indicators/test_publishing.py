"""Publishing indicators for a year: the office's own numbers without default, and revisions that stay."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from tests.factories.orgs import AT
from tests.factories.service_teams import KEY, YEAR, office_numbers, publish
from tests.factories.workforce import EVERYBODY, Province, everything_written, small_province

from lianxue.kernel.errors import Invalid, NotAllowed, NotFound
from lianxue.notices.models import Notice
from lianxue.workforce.enums import Team
from lianxue.workforce.errors import ReasonMissing
from lianxue.workforce.models import IndicatorSet
from lianxue.workforce.operations.indicators.publish import publish_indicators
from lianxue.workforce.queries.indicators.sets import current_set, sets_seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    return small_province()


def test_only_the_office_of_the_province_publishes(province: Province) -> None:
    actors = province.everybody()
    assert sorted(actors) == sorted(EVERYBODY)
    for letter, actor in actors.items():
        with transaction.atomic():
            if letter == "P":
                publish_indicators(actor=actor, at=AT, key=KEY, year=YEAR, given=office_numbers())
            else:
                with pytest.raises(NotAllowed):
                    publish_indicators(actor=actor, at=AT, key=KEY, year=YEAR, given=office_numbers())
            transaction.set_rollback(True)


def test_no_number_and_no_ratio_comes_by_itself(province: Province) -> None:
    before = everything_written()
    with pytest.raises(Invalid) as refusal:
        publish(province, numbers={}, ratios={Team.TRAINERS: Decimal(0), Team.REVIEWERS: Decimal(101)})
    assert sorted(refusal.value.fields) == [
        "number_positive_share",
        "number_positive_stars",
        "number_review_days",
        "number_timely_share",
        "ratio_reviewers",
        "ratio_system_admins",
        "ratio_trainers",
    ]
    with pytest.raises(NotFound):
        publish_indicators(actor=province.admin, at=AT, key="nothing", year=YEAR, given=office_numbers())
    assert everything_written() == before


def test_a_change_is_a_new_revision_with_a_reason_and_the_old_one_stays(province: Province) -> None:
    city = province.actor(province.cities[0])
    first = publish(province)
    with pytest.raises(ReasonMissing):
        publish(province)
    second = publish(province, reason="按工作要点调整", ratios=dict.fromkeys(Team, Decimal(10)))
    assert (first.number, second.number) == (1, 2)
    assert current_set(province.office.pk, YEAR) == second
    assert IndicatorSet.objects.get(pk=first.pk).ratios == {str(team): "50" for team in Team}
    assert list(sets_seen(city)) == [second, first]
    assert Notice.objects.filter(person=city.person_id).count() == 2


def test_the_database_refuses_changes_of_what_was_published(province: Province) -> None:
    row = publish(province)
    with pytest.raises(DatabaseError), transaction.atomic():
        IndicatorSet.objects.filter(pk=row.pk).update(rounding="up")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
