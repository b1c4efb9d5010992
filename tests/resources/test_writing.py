"""Writing contributions: what is kept, what is refused and where, what can be sent in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from tests.factories.orgs import AT, Network, small_network
from tests.factories.resources import (
    COMPLETE_OFFER,
    make_contribution,
    make_description,
    make_picture,
)

from lianxue.kernel.errors import Invalid, NotAllowed, Refused, Unmet, WrongState
from lianxue.kernel.models import AuditEntry
from lianxue.resources.enums import ContributionState, ResourceKind
from lianxue.resources.errors import (
    ChangedMeanwhile,
)
from lianxue.resources.models import CatalogueEntry, Contribution, SubmittedRevision
from lianxue.resources.operations import (
    Description,
    Offer,
    add_entry,
    discard_contribution,
    save_contribution,
    submit_contribution,
)
from lianxue.resources.rules.completeness import missing_from

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)


@pytest.fixture
def network() -> Network:
    return small_network()


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
        actor=author, at=AT, description=make_description(), offer=COMPLETE_OFFER, new_cover=make_picture()
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


@pytest.mark.parametrize("organisation", ["office", "supplier"])
def test_office_and_supplier_contribute_nothing(network: Network, organisation: str) -> None:
    actor = network.office_admin if organisation == "office" else network.supplier_clerk
    with pytest.raises(NotAllowed):
        save_contribution(actor=actor, at=AT, description=make_description(), offer=COMPLETE_OFFER)


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
        new_cover=make_picture(),
    )
    assert entry.cover is not None
