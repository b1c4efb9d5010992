"""The whole table of appraisals: every state × every verb × everybody, and that what is refused changed nothing."""

import pytest
from django.db import transaction
from tests.factories.orgs import AT
from tests.factories.service_teams import Teams, everybody, make_appraisal, make_teams
from tests.factories.workforce import everything_written

from lianxue.kernel.errors import NotAllowed, Refused, Unmet, WrongState
from lianxue.kernel.rules import visible
from lianxue.orgs.public import Actor
from lianxue.workforce.enums import AppraisalState, PartVerdict
from lianxue.workforce.errors import StillOpen
from lianxue.workforce.flows.appraisal import APPRAISAL_FLOW
from lianxue.workforce.models import Appraisal
from lianxue.workforce.operations.appraisal.appraise import (
    confirm_appraisal,
    find_part,
    recommend,
    reopen_appraisal,
    take_recommendation_back,
)
from lianxue.workforce.operations.appraisal.declare import Declaration, declare_part
from lianxue.workforce.operations.members import link_account
from lianxue.workforce.rules.appraisal import SEES_APPRAISAL

pytestmark = pytest.mark.django_db

EVERYBODY = "PUCDKLSNXMA"
# verb: state -> who succeeds. The first county's administrator is K, the person appraised M, the city C (its auditor A).
TABLE: dict[str, dict[str, str]] = {
    "declare_part": {"open": "CKM"},
    "find_part": {"open": "C"},
    "confirm_appraisal": {"open": ""},
    "reopen_appraisal": {"confirmed": "C"},
    "recommend": {"confirmed": "C"},
    "take_recommendation_back": {"confirmed": ""},
}
# Who is the right person, but something is still missing.
UNMET = {"confirm_appraisal": "C", "take_recommendation_back": "C"}


@pytest.fixture
def teams() -> Teams:
    return make_teams()


def _act(verb: str, actor: Actor, row: Appraisal) -> None:
    if verb == "declare_part":
        declaration = Declaration(numbers={"number": "1"}, words="证明材料")
        declare_part(actor=actor, at=AT, appraisal=row, part="courses.new_courses", declaration=declaration)
    elif verb == "find_part":
        find_part(actor=actor, at=AT, appraisal=row, part="courses.new_courses", verdict=PartVerdict.MET)
    elif verb == "reopen_appraisal":
        reopen_appraisal(actor=actor, at=AT, appraisal=row, reason="有误")
    else:
        act = {"confirm_appraisal": confirm_appraisal, "recommend": recommend}.get(
            verb, take_recommendation_back
        )
        act(actor=actor, at=AT, appraisal=row)


def test_the_table_names_every_verb() -> None:
    assert tuple(TABLE) == APPRAISAL_FLOW.verbs


@pytest.mark.parametrize("state", AppraisalState.values)
def test_every_verb_in_every_state_by_everybody(teams: Teams, state: str) -> None:
    row = make_appraisal(teams, "吴体系", state)
    actors = everybody(teams, "吴体系")
    username = f"account-{row.entry_id}"
    link_account(actor=teams.city, at=AT, appraisal=row, username=username)
    before = everything_written()
    for verb, allowed_in in TABLE.items():
        for letter in EVERYBODY:
            outcome: type[Refused] | None = None
            with transaction.atomic():
                try:
                    _act(verb, actors[letter], row)
                except Refused as refusal:
                    outcome = type(refusal)
                    assert everything_written() == before
                transaction.set_rollback(True)
            allowed = allowed_in.get(state)
            if allowed is None:
                assert outcome is WrongState, (verb, letter)
            elif letter in UNMET.get(verb, ""):
                assert issubclass(outcome or Refused, Unmet), (verb, letter)
            else:
                assert outcome is (None if letter in allowed else NotAllowed), (verb, letter)


def test_who_sees_an_appraisal_in_a_list_and_by_its_address(teams: Teams) -> None:
    row = make_appraisal(teams, "吴体系")
    actors = everybody(teams, "吴体系")
    link_account(actor=teams.city, at=AT, appraisal=row, username=f"account-{row.entry_id}")
    rows = Appraisal.objects.filter(pk=row.pk)
    in_lists = [letter for letter in EVERYBODY if visible(rows, SEES_APPRAISAL, actors[letter]).exists()]
    assert in_lists == [letter for letter in EVERYBODY if SEES_APPRAISAL.holds(actors[letter], row)]
    assert in_lists == list("PUCKMA")


def test_nobody_appraises_themselves(teams: Teams) -> None:
    row = make_appraisal(teams, "周体系")
    city = teams.city
    row.entry.name = city.person_name
    row.entry.save(update_fields=["name"])
    person = city.person_name
    link_account(actor=city, at=AT, appraisal=row, username=person)
    with pytest.raises(NotAllowed):
        _act("find_part", city, row)
    _act("declare_part", city, row)


def test_an_appraisal_with_open_parts_is_not_confirmed(teams: Teams) -> None:
    row = make_appraisal(teams)
    before = everything_written()
    with pytest.raises(StillOpen):
        confirm_appraisal(actor=teams.city, at=AT, appraisal=row)
    assert everything_written() == before
