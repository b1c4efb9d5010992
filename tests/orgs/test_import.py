"""A table of organisations is taken whole or not at all, with every fault by row and column."""

from collections.abc import Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.orgs import AT, PLATFORM, Network, small_network

from lianxue.kernel.models import AuditEntry
from lianxue.orgs.enums import OrganisationKind
from lianxue.orgs.errors import ImportFaulty
from lianxue.orgs.models import Actor, Organisation
from lianxue.orgs.operations import OrganisationRow, import_organisations, load_divisions
from lianxue.orgs.queries import superior_of, tier_of

USCC = "91350100M000100Y43"
SCHOOL, COLLEGE = OrganisationKind.COMMUNITY_SCHOOL, OrganisationKind.COMMUNITY_COLLEGE


@pytest.fixture
def network(db: None) -> Network:
    return small_network()


def row(
    number: int, code: str, superior: str, kind: OrganisationKind = SCHOOL, **more: str
) -> OrganisationRow:
    return OrganisationRow(number=number, code=code, name=f"{code}学校", kind=kind, superior=superior, **more)


def faults_of(actor: Actor, rows: Sequence[OrganisationRow]) -> list[tuple[int, str, str]]:
    before = Organisation.objects.count(), AuditEntry.objects.filter(outcome="done").count()
    with pytest.raises(ImportFaulty) as refused:
        import_organisations(actor=actor, at=AT, rows=rows)
    after = Organisation.objects.count(), AuditEntry.objects.filter(outcome="done").count()
    assert before == after
    refusals = AuditEntry.objects.filter(outcome="refused").values_list("verb", flat=True)
    assert list(refusals) == ["orgs.import_organisations"]
    return [(fault.row, fault.key, str(fault.message)) for fault in refused.value.faults]


def test_rows_may_stand_in_any_order(network: Network) -> None:
    import_organisations(
        actor=network.office_admin,
        at=AT,
        rows=[row(2, "s-2", "s-1"), row(3, "s-1", "c-3"), row(4, "c-3", "office", COLLEGE)],
    )
    school = Organisation.objects.get(code="s-2")
    assert tier_of(school.pk) == 4
    above = superior_of(school.pk)
    assert above is not None
    assert above.code == "s-1"
    assert AuditEntry.objects.get(verb="orgs.import_organisations").after == {"organisations": 3}


def test_every_fault_is_named_and_nothing_is_kept(network: Network) -> None:
    load_divisions(actor=PLATFORM, at=AT, provinces=frozenset({"31"}))
    found = faults_of(
        network.office_admin,
        [
            row(2, "good", "college-1", division="310101000000"),
            row(3, "good", "college-1"),
            row(4, "point-1", "college-1"),
            row(5, "bad code", "college-1"),
            row(6, "lost", "nowhere"),
            row(7, "circle-1", "circle-2"),
            row(8, "circle-2", "circle-1"),
            row(9, "division", "college-1", division="999999000000"),
            row(10, "credit", "college-1", uscc="123"),
        ],
    )
    assert [(number, key) for number, key, _ in found] == [
        (3, "code"),
        (4, "code"),
        (5, "code"),
        (6, "superior"),
        (7, "superior"),
        (8, "superior"),
        (9, "division"),
        (10, "uscc"),
    ]


def test_foreign_places_are_refused_row_by_row(network: Network) -> None:
    college = network.actor(network.colleges[0])
    found = faults_of(college, [row(2, "mine", "college-1"), row(3, "foreign", "college-2")])
    assert [(number, key) for number, key, _ in found] == [(3, "superior")]


def test_who_registers_nothing_imports_nothing(network: Network) -> None:
    found = faults_of(network.supplier_clerk, [row(2, "x", "office")])
    assert [(number, key) for number, key, _ in found] == [(2, "superior")]


def test_many_rows_take_as_many_queries_as_few(network: Network) -> None:
    admin = network.office_admin
    with CaptureQueriesContext(connection) as few:
        import_organisations(actor=admin, at=AT, rows=[row(1, "few-1", "college-1")])
    rows = [row(n, f"many-{n}", "college-1") for n in range(60)]
    with CaptureQueriesContext(connection) as many:
        import_organisations(actor=admin, at=AT, rows=rows)
    assert len(many) == len(few)
    assert (
        Organisation.objects.filter(places__superior=network.colleges[0], code__startswith="many").count()
        == 60
    )
    assert AuditEntry.objects.filter(
        verb="orgs.register_organisation", note="", after__code="many-7"
    ).exists()


def test_two_rows_with_one_credit_code(network: Network) -> None:
    found = faults_of(
        network.office_admin,
        [row(2, "one", "college-1", uscc=USCC), row(3, "two", "college-1", uscc=USCC.lower())],
    )
    assert [(number, key) for number, key, _ in found] == [(3, "uscc")]
