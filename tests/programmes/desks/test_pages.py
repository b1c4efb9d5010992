"""The desk on its pages."""

from datetime import timedelta

from django.urls import reverse
from tests.factories.asking import queries_of
from tests.factories.orgs import client_for
from tests.factories.programmes import PHONE, TrialCall

from lianxue.kernel import clock
from lianxue.orgs.public import Role
from lianxue.programmes.enums import Decision
from lianxue.programmes.models import Delegation, Opinion
from lianxue.programmes.operations.desks.delegations import delegate


def test_an_opinion_is_given_and_the_next_filing_opens(trial: TrialCall) -> None:
    first, second = (trial.submitted(street) for street in trial.network.streets[:2])
    district = client_for(trial.network.actor(trial.network.districts[0]))
    page = district.get(reverse("programmes:opinion", args=[first.pk]))
    text = page.content.decode()
    assert "王栟" in text
    assert PHONE not in text, "a telephone number is shown masked"
    answer = district.post(
        reverse("programmes:opinion", args=[first.pk]),
        {"decision": "approve", "comment": "同意。", "revision": 1},
    )
    assert answer.url == reverse("programmes:opinion", args=[second.pk])
    first.refresh_from_db()
    assert first.desk_id == trial.network.office.pk
    assert district.get(reverse("programmes:opinion", args=[first.pk])).status_code == 404
    assert district.get(reverse("programmes:filing", args=[first.pk])).status_code == 200


def test_a_return_without_words_is_shown_beside_the_field(trial: TrialCall) -> None:
    filing = trial.submitted(trial.network.streets[0])
    district = client_for(trial.network.actor(trial.network.districts[0]))
    url = reverse("programmes:opinion", args=[filing.pk])
    answer = district.post(url, {"decision": "return", "comment": "", "revision": 1})
    assert answer.status_code == 422
    assert "comment" in answer.context["form"].errors
    assert not Opinion.objects.exists()


def test_nothing_is_chosen_beforehand_and_nothing_chosen_decides_nothing(trial: TrialCall) -> None:
    filing = trial.submitted(trial.network.streets[0])
    district = client_for(trial.network.actor(trial.network.districts[0]))
    url = reverse("programmes:opinion", args=[filing.pk])
    boxes = [tag for tag in district.get(url).content.decode().split("<input") if 'name="decision"' in tag]
    assert len(boxes) == 3
    assert not [tag for tag in boxes if "checked" in tag.partition(">")[0]]
    answer = district.post(url, {"comment": "同意。", "revision": 1, "position": 0})
    assert answer.status_code == 422
    assert answer.context["form"].errors["decision"] == ["请选择您的决定。"]
    for sent in ({}, {"decision": ""}, {"decision": "decline"}, {"decision": "x"}):
        many = district.post(
            reverse("programmes:desk-many"), {"chosen": [filing.pk], "comment": "同意", **sent}, follow=True
        )
        assert "请选择您的决定。" in many.content.decode()
    assert not Opinion.objects.exists()


def test_many_at_once_and_one_refusal_keeps_nobody_waiting(trial: TrialCall) -> None:
    filings = [trial.submitted(street) for street in trial.network.streets[:2]]
    district = client_for(trial.network.actor(trial.network.districts[0]))
    foreign = trial.submitted(trial.network.streets[2])
    district.post(
        reverse("programmes:desk-many"),
        {
            "chosen": [str(one.pk) for one in [*filings, foreign]],
            "decision": "approve",
            "comment": "均同意。",
        },
    )
    assert Opinion.objects.count() == 2
    foreign.refresh_from_db()
    assert foreign.position == 0
    district.post(reverse("programmes:desk-many"), {"chosen": ["no number", "9" * 30], "decision": "return"})
    assert Opinion.objects.count() == 2


def test_a_delegate_decides_and_both_are_named(trial: TrialCall) -> None:
    network = trial.network
    filing = trial.submitted(network.streets[0])
    district = network.districts[0]
    principal, deputy = network.actor(district), network.actor(district, Role.DESK_CLERK)
    client = client_for(deputy)
    url = reverse("programmes:opinion", args=[filing.pk])
    assert client.get(url).status_code == 404
    today = clock.today()
    from lianxue.accounts.models import Person

    delegate(
        actor=principal,
        at=clock.now(),
        person=Person.objects.get(pk=deputy.person_id),
        starts_on=today,
        ends_on=today + timedelta(days=7),
        reason="出差",
    )
    assert client.get(url).status_code == 200
    client.post(
        url, {"decision": Decision.APPROVE, "comment": "", "revision": 1, "on_behalf_of": principal.person_id}
    )
    opinion = Opinion.objects.get()
    assert (opinion.person_id, opinion.on_behalf_of_id) == (deputy.person_id, principal.person_id)
    principal_client = client_for(principal)
    principal_client.post(reverse("programmes:delegation-end", args=[Delegation.objects.get().pk]))
    other = trial.submitted(network.streets[1])
    assert client.get(reverse("programmes:opinion", args=[other.pk])).status_code == 404


def test_the_desk_asks_as_often_for_one_as_for_many(trial: TrialCall) -> None:
    trial.submitted(trial.network.streets[0])
    district = client_for(trial.network.actor(trial.network.districts[0]))
    few = queries_of(district, reverse("programmes:desk"))
    trial.submitted(trial.network.streets[1])
    assert queries_of(district, reverse("programmes:desk")) == few
