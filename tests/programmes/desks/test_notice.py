"""A change notice is decided on its page by the desk before which it lies (S1-48)."""

from datetime import date

from django.urls import reverse
from tests.factories.orgs import client_for
from tests.factories.programmes import TrialCall

from lianxue.kernel import clock
from lianxue.programmes.models import ChangeNotice
from lianxue.programmes.operations.notices.change_notice import begin_notice, save_notice, submit_notice


def _handed_in(trial: TrialCall) -> ChangeNotice:
    filing = trial.approved(trial.network.streets[0])
    unit, at = trial.network.actor(filing.unit), clock.now()
    notice = begin_notice(actor=unit, at=at, filing=filing, effective_on=date(2026, 4, 1))
    save_notice(actor=unit, at=at, notice=notice, version=0, answers={"head_name": "张垟"}, reason="人员变动")
    return submit_notice(actor=unit, at=at, notice=notice)


def test_the_desk_reads_the_notice_and_accepts_it(trial: TrialCall) -> None:
    notice = _handed_in(trial)
    office = client_for(trial.network.actor(trial.network.office))
    url = reverse("programmes:notice", args=[notice.pk])
    assert url in office.get(reverse("programmes:desk")).content.decode()
    text = office.get(url).content.decode()
    assert "出具意见" in text
    assert "第 1 次调整告知" in text
    answer = office.post(url, {"decision": "accept", "comment": ""})
    assert answer.url == url
    notice.refresh_from_db()
    assert notice.state == "approved"
    assert "出具意见" not in office.get(url).content.decode(), "what is decided is not decided twice"
    assert office.post(url, {"decision": "decline", "comment": "晚了"}).status_code == 404


def test_not_accepting_needs_words(trial: TrialCall) -> None:
    notice = _handed_in(trial)
    office = client_for(trial.network.actor(trial.network.office))
    url = reverse("programmes:notice", args=[notice.pk])
    answer = office.post(url, {"decision": "decline", "comment": ""})
    assert answer.status_code == 422
    assert "comment" in answer.context["form"].errors
    assert office.post(url, {}).status_code == 422
    notice.refresh_from_db()
    assert notice.state == "submitted"
    office.post(url, {"decision": "decline", "comment": "请附任职文件。"})
    notice.refresh_from_db()
    assert (notice.state, notice.comment) == ("declined", "请附任职文件。")


def test_the_unit_reads_its_notice_and_cannot_decide_it(trial: TrialCall) -> None:
    notice = _handed_in(trial)
    unit = client_for(trial.network.actor(notice.filing.unit))
    url = reverse("programmes:notice", args=[notice.pk])
    assert "出具意见" not in unit.get(url).content.decode()
    assert unit.post(url, {"decision": "accept", "comment": ""}).status_code == 404
    notice.refresh_from_db()
    assert notice.state == "submitted"
