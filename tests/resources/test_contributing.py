"""Writing, sending in, passing on and deciding: what each operation leaves behind, and what it refuses."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from PIL import Image
from tests.factories.orgs import AT, PLATFORM, Network, small_network
from tests.factories.resources import COMPLETE_OFFER, make_category, make_contribution, make_description

from lianxue.accounts.models import Person
from lianxue.kernel.errors import Invalid, NotAllowed, NotFound, Refused, Unmet, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.orgs.public import Role, actor_for, appoint
from lianxue.resources.enums import ContributionState, EntryState, Level, ResourceKind, Verdict
from lianxue.resources.errors import (
    ChangedMeanwhile,
    NothingChosen,
    OtherRevision,
    ReasonMissing,
    SomeMovedOn,
)
from lianxue.resources.models import CatalogueEntry, Contribution, ReviewDecision, SubmittedRevision
from lianxue.resources.operations import (
    Description,
    Offer,
    add_entry,
    collate_contributions,
    discard_contribution,
    return_contribution,
    review_contribution,
    save_contribution,
    submit_contribution,
    submit_contributions,
)
from lianxue.resources.queries.contributions import changes_since_last, history_of
from lianxue.resources.rules.completeness import missing_from

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


@pytest.fixture
def network() -> Network:
    return small_network()


def picture(width: int = 300, height: int = 420) -> "ContentFile[bytes]":
    target = BytesIO()
    Image.new("RGB", (width, height), "teal").save(target, "PNG")
    return ContentFile(target.getvalue(), name="封面.png")


def test_text_is_made_tidy(network: Network) -> None:
    row = save_contribution(
        actor=network.actor(network.points[0]),
        at=AT,
        description=Description(
            title="  弄堂里的\n童谣 ",
            kind=ResourceKind.BOOK,
            isbn="ISBN 978-7-04-049890-" + _check_digit("978704049890"),
            keywords="童谣，口述;童谣 上海",
            description="第一行\r\n第二行\x00",
        ),
        offer=Offer(rights_holder="  本校 "),
    )
    assert (row.title, row.keywords, row.description, row.rights_holder) == (
        "弄堂里的 童谣",
        "童谣、口述、上海",
        "第一行\n第二行",
        "本校",
    )
    assert row.isbn == "978704049890" + _check_digit("978704049890")


def _check_digit(digits: str) -> str:
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return str(-total % 10)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " \x01 "}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"isbn": "9787040498900"}, "isbn"),
        ({"isbn": "12345"}, "isbn"),
        ({"year": 20222}, "year"),
        ({"year": 2028}, "year"),
        ({"online_url": "javascript:alert(1)"}, "online_url"),
        ({"online_url": "http://"}, "online_url"),
        ({"description": "长" * 5001}, "description"),
        ({"keywords": "、".join(str(n) * 9 for n in range(99))}, "keywords"),
    ],
)
def test_bad_values_are_named_by_field(network: Network, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        save_contribution(
            actor=network.actor(network.points[0]),
            at=AT,
            description=replace(make_description(), **values),
            offer=COMPLETE_OFFER,
        )
    assert list(refused.value.fields) == [field]
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "offer", [Offer(copies_offered=-1), Offer(copies_offered=100_001), Offer(rights_holder="长" * 121)]
)
def test_an_impossible_offer_is_refused(network: Network, offer: Offer) -> None:
    with pytest.raises(Invalid):
        save_contribution(
            actor=network.actor(network.points[0]), at=AT, description=make_description(), offer=offer
        )


def test_an_isbn_of_ten_digits_may_end_in_x(network: Network) -> None:
    assert make_contribution(network, isbn="0-8044-2957-x").isbn == "080442957X"


def test_what_is_no_picture_is_refused_at_its_field(network: Network) -> None:
    with pytest.raises(Invalid) as refused:
        save_contribution(
            actor=network.actor(network.points[0]),
            at=AT,
            description=make_description(),
            offer=COMPLETE_OFFER,
            new_cover=ContentFile(b"<svg onload=alert(1)>", name="a.png"),
        )
    assert list(refused.value.fields) == ["cover"]
    assert not Contribution.objects.exists()


def test_a_cover_goes_along_into_the_catalogue_and_can_be_taken_away_before(network: Network) -> None:
    author = network.actor(network.points[0])
    row = save_contribution(
        actor=author, at=AT, description=make_description(), offer=COMPLETE_OFFER, new_cover=picture()
    )
    assert row.cover is not None
    assert (row.cover.width, row.cover.height) == (300, 420)
    again = save_contribution(
        actor=author,
        at=AT,
        contribution=row,
        description=make_description(),
        offer=COMPLETE_OFFER,
        drop_cover=True,
    )
    assert again.cover is None
    accepted = make_contribution(network, ContributionState.ACCEPTED, title="另一本")
    assert accepted.entry.cover is None


def test_another_persons_change_is_noticed(network: Network) -> None:
    author = network.actor(network.points[0])
    row = make_contribution(network)
    common: dict[str, Any] = {
        "actor": author,
        "at": AT,
        "contribution": row,
        "offer": COMPLETE_OFFER,
        "version": row.version,
    }
    save_contribution(**common, description=make_description("甲写的"))
    with pytest.raises(ChangedMeanwhile):
        save_contribution(**common, description=make_description("乙写的"))
    row.refresh_from_db()
    assert row.title == "甲写的"


@pytest.mark.parametrize(
    ("values", "offer", "fields"),
    [
        ({"description": " "}, COMPLETE_OFFER, {"description"}),
        ({"category": None}, COMPLETE_OFFER, {"category"}),
        ({}, replace(COMPLETE_OFFER, copies_offered=0), {"copies_offered"}),
        ({"kind": ResourceKind.ONLINE}, COMPLETE_OFFER, {"online_url"}),
        ({}, replace(COMPLETE_OFFER, rights_declared=False), {"rights_declared"}),
        ({}, replace(COMPLETE_OFFER, rights_holder=""), {"rights_holder"}),
    ],
)
def test_what_is_incomplete_is_kept_but_not_sent_in(
    network: Network, values: dict[str, Any], offer: Offer, fields: set[str]
) -> None:
    row = make_contribution(network, offer=offer, **values)
    assert set(missing_from(row)) == fields
    with pytest.raises(Unmet):
        submit_contribution(actor=network.actor(network.points[0]), at=AT, contribution=row)
    row.refresh_from_db()
    assert (row.state, row.submitted_at) == (ContributionState.DRAFT, None)
    assert not SubmittedRevision.objects.exists()


def test_online_resources_need_no_copies(network: Network) -> None:
    row = make_contribution(
        network,
        ContributionState.SUBMITTED,
        kind=ResourceKind.ONLINE,
        online_url="https://learn.example.org/1",
        offer=replace(COMPLETE_OFFER, copies_offered=0),
    )
    assert row.state == ContributionState.SUBMITTED


def test_the_database_itself_refuses_what_was_sent_without_declaration(network: Network) -> None:
    row = make_contribution(network, ContributionState.SUBMITTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=row.pk).update(rights_declared=False)


def test_a_point_goes_by_its_college_and_a_college_straight_to_the_office(network: Network) -> None:
    of_point = make_contribution(network, ContributionState.SUBMITTED)
    author = network.actor(network.colleges[0])
    of_college = save_contribution(
        actor=author, at=AT, description=make_description("学院自编"), offer=COMPLETE_OFFER
    )
    submit_contribution(actor=author, at=AT, contribution=of_college)
    of_college.refresh_from_db()
    assert (of_point.state, of_college.state) == (ContributionState.SUBMITTED, ContributionState.COLLATED)


@pytest.mark.parametrize("organisation", ["office", "supplier"])
def test_office_and_supplier_contribute_nothing(network: Network, organisation: str) -> None:
    actor = network.office_admin if organisation == "office" else network.supplier_clerk
    with pytest.raises(NotAllowed):
        save_contribution(actor=actor, at=AT, description=make_description(), offer=COMPLETE_OFFER)


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


def test_a_discarded_draft_is_gone_but_its_text_stays_in_the_trail(network: Network) -> None:
    author = network.actor(network.points[0])
    row = make_contribution(network)
    discard_contribution(actor=author, at=AT, contribution=row)
    assert not Contribution.objects.exists()
    trail = AuditEntry.objects.get(verb="resources.discard_contribution")
    assert trail.before is not None
    assert trail.before["title"] == "弄堂里的童谣"
    with pytest.raises(WrongState):
        discard_contribution(actor=author, at=AT, contribution=row)


def test_the_same_form_sent_twice_saves_and_submits_once(network: Network) -> None:
    author = network.actor(network.points[0])
    common: dict[str, Any] = {"actor": author, "at": AT, "request_key": "one-form"}
    first = save_contribution(**common, description=make_description(), offer=COMPLETE_OFFER)
    second = save_contribution(**common, description=make_description(), offer=COMPLETE_OFFER)
    assert first.pk == second.pk
    submit_contribution(**common, contribution=first)
    submit_contribution(**common, contribution=first)
    assert (Contribution.objects.count(), SubmittedRevision.objects.count()) == (1, 1)


def test_a_refusal_stands_in_the_trail(network: Network) -> None:
    row = make_contribution(network)
    with pytest.raises(Refused):
        submit_contribution(actor=network.actor(network.points[1]), at=AT, contribution=row)
    trail = AuditEntry.objects.get(outcome="refused")
    assert (trail.verb, trail.subject_id) == ("resources.submit_contribution", str(row.pk))


def test_only_office_and_platform_add_entries(network: Network) -> None:
    description = Description(title="外来的书", kind=ResourceKind.BOOK)
    for actor in (
        network.actor(network.points[0]),
        network.actor(network.colleges[0]),
        network.supplier_clerk,
    ):
        with pytest.raises(NotAllowed):
            add_entry(actor=actor, at=AT, description=description, provider=network.supplier)
    assert not CatalogueEntry.objects.exists()
    entry = add_entry(
        actor=network.office_admin,
        at=AT,
        description=description,
        provider=network.supplier,
        new_cover=picture(),
    )
    assert entry.cover is not None
