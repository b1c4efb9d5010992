"""Passing on and deciding: what each step leaves behind, and what it refuses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from tests.factories.orgs import AT, PLATFORM, Network, make_actor, make_organisation, small_network
from tests.factories.resources import (
    COMPLETE_OFFER,
    make_category,
    make_contribution,
    make_description,
)

from lianxue.accounts.models import Person
from lianxue.kernel.errors import NotAllowed, NotFound, Unmet
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import OrganisationKind, Role, actor_for, appoint
from lianxue.resources.enums import ContributionState, EntryState, Level, Verdict
from lianxue.resources.errors import (
    NothingChosen,
    OtherRevision,
    ReasonMissing,
    SomeMovedOn,
)
from lianxue.resources.models import CatalogueEntry, Contribution, ReviewDecision, SubmittedRevision
from lianxue.resources.operations import (
    collate_contributions,
    return_contribution,
    review_contribution,
    save_contribution,
    submit_contribution,
    submit_contributions,
)
from lianxue.resources.queries.contributions import changes_since_last, history_of

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


@pytest.fixture
def network() -> Network:
    return small_network()


def test_a_point_goes_by_its_college_and_a_college_straight_to_the_office(network: Network) -> None:
    of_point = make_contribution(network, ContributionState.SUBMITTED)
    author = network.actor(network.colleges[0])
    of_college = save_contribution(
        actor=author, at=AT, description=make_description("学院自编"), offer=COMPLETE_OFFER
    )
    submit_contribution(actor=author, at=AT, contribution=of_college)
    of_college.refresh_from_db()
    assert (of_point.state, of_college.state) == (ContributionState.SUBMITTED, ContributionState.COLLATED)


def test_accepting_publishes_the_same_text_in_one_go(network: Network) -> None:
    row = make_contribution(network, ContributionState.ACCEPTED, creator="王老师", year=2024)
    entry = CatalogueEntry.objects.get()
    assert (entry.contribution_id, entry.provider_id, entry.state) == (
        row.pk,
        row.organisation_id,
        EntryState.PUBLISHED,
    )
    assert (entry.title, entry.creator, entry.year, entry.category_id) == (
        row.title,
        "王老师",
        2024,
        row.category_id,
    )
    assert entry.code.startswith("ZY2026")
    assert len(entry.code) == 12


def test_every_decision_needs_a_reason_and_leaves_a_line(network: Network) -> None:
    row = make_contribution(network, ContributionState.COLLATED)
    office = network.office_admin
    for verdict in (Verdict.ACCEPTED, Verdict.RETURNED, Verdict.REJECTED):
        with pytest.raises(ReasonMissing):
            review_contribution(
                actor=office, at=AT, contribution=row, revision=1, verdict=verdict, reason=" \n\x00 "
            )
    assert ReviewDecision.objects.filter(level=Level.OFFICE).count() == 0
    review_contribution(
        actor=office, at=AT, contribution=row, revision=1, verdict=Verdict.REJECTED, reason="已有同类资源"
    )
    line = ReviewDecision.objects.get(level=Level.OFFICE)
    assert (line.verdict, line.reason, line.revision) == (Verdict.REJECTED, "已有同类资源", 1)
    assert (line.by_person_id, line.by_organisation_id) == (office.person_id, office.organisation_id)
    trail = AuditEntry.objects.get(verb="resources.review_contribution", outcome="done")
    assert (trail.before, trail.after, trail.note) == (
        {"state": "collated"},
        {"state": "rejected"},
        "已有同类资源",
    )


def test_after_a_return_the_next_submission_is_a_new_revision(network: Network) -> None:
    row = make_contribution(network, ContributionState.SUBMITTED)
    author, college = network.actor(network.points[0]), network.actor(network.colleges[0])
    return_contribution(actor=college, at=LATER, contribution=row, reason="请补充简介")
    save_contribution(
        actor=author,
        at=LATER,
        contribution=row,
        description=make_description(
            row.title, description="补充后的简介", category=make_category("arts", "书画")
        ),
        offer=replace(COMPLETE_OFFER, copies_offered=30),
    )
    submit_contribution(actor=author, at=LATER + timedelta(hours=1), contribution=row)
    row.refresh_from_db()
    assert (row.state, row.revision) == (ContributionState.SUBMITTED, 2)
    assert [r.content["copies_offered"] for r in row.revisions.all()] == [20, 30]
    changes = [(c.label, c.before, c.after) for c in changes_since_last(row)]
    assert changes == [
        ("主题类别", "智能技术", "书画"),
        ("内容简介", "收集整理本街道老人口述的童谣二十首。", "补充后的简介"),
        ("提供份数", "20", "30"),
    ]
    assert [h.title for h in history_of(row)] == ["提交", "已退回", "重新提交（第2版）"]


def test_a_decision_about_an_older_revision_is_refused(network: Network) -> None:
    row = make_contribution(network, ContributionState.RETURNED)
    author, college = network.actor(network.points[0]), network.actor(network.colleges[0])
    submit_contribution(actor=author, at=LATER, contribution=row)
    collate_contributions(actor=college, at=LATER, contribution_ids=[row.pk])
    with pytest.raises(OtherRevision):
        review_contribution(
            actor=network.office_admin,
            at=LATER,
            contribution=row,
            revision=1,
            verdict=Verdict.ACCEPTED,
            reason="很好",
        )
    row.refresh_from_db()
    assert (row.state, row.revision) == (ContributionState.COLLATED, 2)
    assert not CatalogueEntry.objects.exists()
    assert row.decisions.filter(revision=2, level=Level.OFFICE).count() == 0


@pytest.mark.parametrize("model", [SubmittedRevision, ReviewDecision])
def test_what_was_sent_and_decided_can_only_be_added_to(
    network: Network, model: type[SubmittedRevision] | type[ReviewDecision]
) -> None:
    make_contribution(network, ContributionState.ACCEPTED)
    _execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing pending, so that TRUNCATE meets the trigger
    rows = model._default_manager.all()
    table = model._meta.db_table
    for change in (lambda: rows.update(at=LATER), rows.delete, lambda: _execute(f"TRUNCATE {table}")):
        with pytest.raises((InternalError, ProgrammingError), match="append-only"), transaction.atomic():
            change()


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_nobody_reviews_what_they_wrote_under_another_post(network: Network) -> None:
    row = make_contribution(network, ContributionState.COLLATED)
    author = Person.objects.get(pk=network.actor(network.points[0]).person_id or 0)
    post = appoint(
        actor=PLATFORM,
        at=AT,
        person=author,
        organisation=network.office,
        role=Role.RESOURCE_REVIEWER,
        starts_on=AT.date(),
    )
    with pytest.raises(NotAllowed):
        review_contribution(
            actor=actor_for(author, post),
            at=AT,
            contribution=row,
            revision=1,
            verdict=Verdict.ACCEPTED,
            reason="自己写的真好",
        )


def test_many_are_passed_on_together_or_not_at_all(network: Network) -> None:
    college = network.actor(network.colleges[0])
    rows = [make_contribution(network, ContributionState.SUBMITTED, title=f"第{n}本") for n in range(3)]
    done = make_contribution(network, ContributionState.COLLATED, title="早已上交")
    ids = [row.pk for row in rows]
    with pytest.raises(SomeMovedOn, match="《早已上交》"):
        collate_contributions(actor=college, at=AT, contribution_ids=[*ids, done.pk])
    assert Contribution.objects.filter(state=ContributionState.SUBMITTED).count() == 3
    with pytest.raises(NothingChosen):
        collate_contributions(actor=college, at=AT, contribution_ids=[])
    foreign = make_contribution(
        network, ContributionState.SUBMITTED, organisation=network.points[3], title="外区的"
    )
    for wrong in (foreign.pk, 10**18):
        with pytest.raises(NotFound):
            collate_contributions(actor=college, at=AT, contribution_ids=[*ids, wrong])
    collate_contributions(actor=college, at=AT, contribution_ids=[*ids, ids[0]], note="三本均已核对")
    assert Contribution.objects.filter(state=ContributionState.COLLATED).count() == 4
    assert set(ReviewDecision.objects.filter(contribution__in=ids).values_list("reason", flat=True)) == {
        "三本均已核对"
    }


def test_many_drafts_are_sent_in_together_or_not_at_all(network: Network) -> None:
    author = network.actor(network.points[0])
    whole = make_contribution(network, title="写好的")
    half = make_contribution(network, title="没写完的", offer=replace(COMPLETE_OFFER, rights_declared=False))
    with pytest.raises(Unmet, match="《没写完的》"):
        submit_contributions(actor=author, at=AT, contribution_ids=[whole.pk, half.pk])
    assert not Contribution.objects.exclude(state=ContributionState.DRAFT).exists()
    submit_contributions(actor=author, at=AT, contribution_ids=[whole.pk])
    whole.refresh_from_db()
    assert whole.state == ContributionState.SUBMITTED


def test_a_long_list_of_titles_in_a_refusal_is_cut(network: Network) -> None:
    college = network.actor(network.colleges[0])
    rows = [make_contribution(network, ContributionState.COLLATED, title=f"书{n}") for n in range(7)]
    with pytest.raises(SomeMovedOn) as refused:
        collate_contributions(actor=college, at=AT, contribution_ids=[row.pk for row in rows])
    assert str(refused.value.message) == (
        "《书0》、《书1》、《书2》、《书3》、《书4》等，另有2项已经处理过。本次未作任何改动，请重新查看。"
    )


def test_in_a_deeper_network_whoever_stands_directly_above_passes_on(network: Network) -> None:
    town = make_organisation("town", OrganisationKind.COMMUNITY_SCHOOL, network.points[0], name="第四级")
    author, above = make_actor(town), network.actor(network.points[0])
    row = save_contribution(actor=author, at=AT, description=make_description(), offer=COMPLETE_OFFER)
    submit_contribution(actor=author, at=AT, contribution=row)
    with pytest.raises(NotAllowed):
        collate_contributions(actor=network.actor(network.colleges[0]), at=AT, contribution_ids=[row.pk])
    collate_contributions(actor=above, at=AT, contribution_ids=[row.pk])
    review_contribution(
        actor=network.office_admin,
        at=AT,
        contribution=row,
        revision=1,
        verdict=Verdict.ACCEPTED,
        reason="很好",
    )
    assert CatalogueEntry.objects.get().provider == town
