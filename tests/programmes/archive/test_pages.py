"""Evidence, guidance and links to a dossier on their pages."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.display import scene
from tests.factories.orgs import client_for
from tests.factories.programmes import PHONE, TrialCall

from lianxue.programmes.models import DossierLink, Evidence, Guidance


def test_evidence_is_kept_found_and_counted(trial: TrialCall) -> None:
    street = trial.network.streets[0]
    client = client_for(trial.network.actor(street))
    url = reverse("programmes:archive", args=[trial.call.pk])
    assert client.get(url).context["complete"] == 0
    sent = {
        "item": "plan",
        "title": "外滩街道十二五规划",
        "words": "社区教育纳入发展规划",
        "dated_on": "2026-01-05",
    }
    assert client.post(url, {**sent, "upload": scene(1)}).status_code == 302
    page = client.get(url, {"find": "发展规划"})
    assert (page.context["complete"], [one.title for one in page.context["found"]]) == (
        1,
        ["外滩街道十二五规划"],
    )
    assert list(client.get(url, {"find": "经费"}).context["found"]) == []
    row = Evidence.objects.get()
    file = reverse("programmes:evidence-file", args=[row.pk])
    assert b"".join(client.get(file).streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]  # a streamed answer has it
    neighbour = client_for(trial.network.actor(trial.network.streets[1]))
    assert neighbour.get(file).status_code == 404
    district = client_for(trial.network.actor(trial.network.districts[0]))
    assert b"".join(district.get(file).streaming_content)  # type: ignore[attr-defined]  # a streamed answer has it
    client.post(reverse("programmes:evidence-remove", args=[row.pk]), {"reason": "重复"})
    assert client.get(url).context["complete"] == 0


def test_a_hostile_file_is_refused_and_nothing_is_kept(trial: TrialCall) -> None:
    client = client_for(trial.network.actor(trial.network.streets[0]))
    url = reverse("programmes:archive", args=[trial.call.pk])
    bad = SimpleUploadedFile("<script>.pdf", b"%PDF-1.4 broken", "application/pdf")
    answer = client.post(url, {"item": "plan", "title": "x", "upload": bad})
    assert answer.status_code == 422
    assert not Evidence.objects.exists()


def test_guidance_is_logged_by_levels_above_only(trial: TrialCall) -> None:
    network = trial.network
    url = reverse("programmes:dossier", args=[trial.call.pk, network.streets[0].pk])
    sent = {
        "given_on": "2026-03-01",
        "way": "visit",
        "stage": "filing",
        "words": "指导确定重点创建工作内容。",
    }
    district = client_for(network.actor(network.districts[0]))
    assert district.post(url, sent).status_code == 302
    entry = Guidance.objects.get()
    assert (entry.organisation_id, entry.words) == (network.districts[0].pk, "指导确定重点创建工作内容。")
    own = client_for(network.actor(network.streets[0]))
    assert "指导确定重点创建工作内容" in own.get(url).content.decode()
    own.post(url, sent)
    assert Guidance.objects.count() == 1
    assert client_for(network.actor(network.districts[1])).get(url).status_code == 404


def test_a_link_opens_the_dossier_for_a_time(trial: TrialCall) -> None:
    network = trial.network
    trial.submitted(network.streets[0])
    district = client_for(network.actor(network.districts[0]))
    url = reverse("programmes:dossier-link", args=[trial.call.pk, network.streets[0].pk])
    page = district.post(url, {"handed_to": "王专家", "days": "7"})
    address = page.context["address"].removeprefix("http://testserver")
    stranger = Client()
    text = stranger.get(address).content.decode()
    assert "王栟" in text
    assert PHONE not in text
    assert DossierLink.objects.get().times_opened == 1
    DossierLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert stranger.get(address).status_code == 404
    assert stranger.get(reverse("programmes:dossier-open", args=["x" * 32])).status_code == 404
    DossierLink.objects.update(expires_at=timezone.now() + timedelta(days=1))
    link = DossierLink.objects.get()
    district.post(
        reverse("programmes:dossier-link-withdraw", args=[trial.call.pk, network.streets[0].pk, link.pk])
    )
    assert stranger.get(address).status_code == 404
