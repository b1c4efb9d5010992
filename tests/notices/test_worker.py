"""A real worker sends what was kept, and nothing that was not."""

from contextlib import suppress

import pytest
from django.db import connections, transaction
from django.test.utils import override_settings
from tests.factories.orgs import AT, small_network
from tests.factories.threads import at_once
from tests.notices.receivers import LOCAL, mail_server
from tests.notices.trial import KIND, confirm, send_all

from lianxue.kernel.jobs import run_waiting_jobs
from lianxue.notices.models import Delivery, Notice
from lianxue.notices.public import notify


@pytest.mark.usefixtures("own_database")
def test_what_was_kept_is_sent_once_and_what_was_undone_never(monkeypatch: pytest.MonkeyPatch) -> None:
    # The worker's thread ends with the worker, so its connection must end with the job.
    monkeypatch.setitem(connections["default"].settings_dict, "CONN_MAX_AGE", 0)
    network = small_network()
    point = network.points[0]
    confirm(network.actor(point).person_id)
    telling = {"at": AT, "kind": KIND, "url": "/", "organisation_ids": [point.pk]}
    with (
        mail_server() as box,
        override_settings(EMAIL_HOST=LOCAL, EMAIL_PORT=box.port, EMAIL_USE_SSL=False, EMAIL_USE_TLS=False),
    ):
        with suppress(ZeroDivisionError), transaction.atomic():
            notify(title="undone", **telling)  # type: ignore[arg-type]
            raise ZeroDivisionError
        notify(title="kept", **telling)  # type: ignore[arg-type]
        run_waiting_jobs()
        run_waiting_jobs()
        assert [mail["Subject"] for mail in box.taken] == ["kept"]
    assert Notice.objects.count() == 1
    assert Delivery.objects.get().state == "sent"


@pytest.mark.usefixtures("own_database")
def test_several_workers_at_once_send_each_message_once() -> None:
    network = small_network()
    for number, point in enumerate(network.points):
        confirm(network.actor(point).person_id, f"p{number}@example.org")
    with (
        mail_server() as box,
        override_settings(EMAIL_HOST=LOCAL, EMAIL_PORT=box.port, EMAIL_USE_SSL=False, EMAIL_USE_TLS=False),
    ):
        for number in range(5):
            notify(
                at=AT, kind=KIND, title=f"{number}", url="/", organisation_ids=[p.pk for p in network.points]
            )
        at_once([send_all] * 4)
        taken = sorted((mail["To"], mail["Subject"]) for mail in box.taken)
    assert taken == [(f"p{n}@example.org", f"{number}") for n in range(6) for number in range(5)]
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
