"""Words in a group: what reaches a real web-hook on this machine, how it is signed, and what is never called."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test.utils import override_settings
from tests.factories.orgs import AT, Network, small_network
from tests.notices.receivers import Hook, make_certificate, web_hook
from tests.notices.trial import KIND, send_all

from lianxue.kernel.errors import NotAllowed
from lianxue.kernel.models import AuditEntry
from lianxue.notices.enums import RobotKind
from lianxue.notices.errors import BadRobot, NoRobot
from lianxue.notices.models import Delivery, Message, Robot
from lianxue.notices.operations.deliver import PAUSES
from lianxue.notices.operations.group_robot import register_robot, remove_robot, try_robot
from lianxue.notices.operations.sending.open_hosts import OpenAddress, open_address
from lianxue.notices.public import notify
from lianxue.orgs.public import Role

pytestmark = pytest.mark.django_db

SECRET = "SEC0123456789abcdef"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def hook(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with (
        web_hook(*certificate) as running,
        override_settings(
            WEBHOOK_HOSTS=[running.host],
            WEBHOOK_PRIVATE_HOSTS=[running.host],
            SITE_URL="https://lianxue.example.cn",
        ),
    ):
        yield running


@pytest.fixture
def network() -> Network:
    return small_network()


def register(network: Network, hook: Hook, kind: RobotKind, path: str) -> Robot:
    point = network.points[0]
    return register_robot(
        actor=network.actor(point), at=AT, kind=kind, address=f"https://{hook.host}{path}", secret=SECRET
    )


def tell(network: Network, title: str = "三份教材已发出", body: str = "请查收。") -> Message:
    return notify(
        at=AT, kind=KIND, title=title, body=body, url="/shipments/7/", organisation_ids=[network.points[0].pk]
    )


def test_dingtalk_gets_markdown_signed_in_the_query(network: Network, hook: Hook) -> None:
    register(network, hook, RobotKind.DINGTALK, "/robot/send?access_token=abc")
    tell(network, body="见[清单](x)")
    assert send_all() == [("sent", "")]
    (heard,) = hook.heard
    query = {name: value[0] for name, value in parse_qs(urlsplit(heard.path).query).items()}
    stamp = str(int(AT.timestamp() * 1000))
    expected = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
    assert query == {
        "access_token": "abc",
        "timestamp": stamp,
        "sign": base64.b64encode(expected).decode(),
    }
    assert urlsplit(heard.path).path == "/robot/send"
    assert heard.json == {
        "msgtype": "markdown",
        "markdown": {
            "title": "三份教材已发出",
            "text": "### 三份教材已发出\n\n见\\[清单\\]\\(x\\)\n\n"
            "[https://lianxue.example.cn/shipments/7/](https://lianxue.example.cn/shipments/7/)",
        },
    }


def test_wecom_gets_markdown_with_the_key_in_the_address(network: Network, hook: Hook) -> None:
    register(network, hook, RobotKind.WECOM, "/cgi-bin/webhook/send?key=k-1")
    tell(network, body="长" * 1900)
    assert send_all() == [("sent", "")]
    (heard,) = hook.heard
    assert heard.path == "/cgi-bin/webhook/send?key=k-1"
    content = heard.json["markdown"]["content"]
    assert heard.json["msgtype"] == "markdown"
    assert len(content.encode()) <= 4096
    assert content.endswith(
        "[https://lianxue.example.cn/shipments/7/](https://lianxue.example.cn/shipments/7/)"
    )


def test_any_other_is_signed_in_a_header(network: Network, hook: Hook) -> None:
    register(network, hook, RobotKind.GENERIC, "/hook")
    message = tell(network)
    assert send_all() == [("sent", "")]
    (heard,) = hook.heard
    stamp = heard.headers["X-Lianxue-Timestamp"]
    assert stamp == str(int(AT.timestamp()))
    expected = hmac.new(SECRET.encode(), f"{stamp}.".encode() + heard.body, hashlib.sha256).hexdigest()
    assert heard.headers["X-Lianxue-Signature"] == f"sha256={expected}"
    assert heard.json == {
        "id": message.pk,
        "kind": KIND,
        "title": "三份教材已发出",
        "text": "请查收。",
        "link": "https://lianxue.example.cn/shipments/7/",
    }


def test_refusal_in_the_body_counts(network: Network, hook: Hook) -> None:
    register(network, hook, RobotKind.DINGTALK, "/robot/send?access_token=abc")
    hook.answer = lambda _heard: (200, {}, b'{"errcode":310000,"errmsg":"sign not match"}')
    tell(network)
    assert send_all() == [("failed", "refused")]
    assert Delivery.objects.get().detail == "310000 sign not match"


def test_too_much_at_once_is_tried_later(network: Network, hook: Hook) -> None:
    register(network, hook, RobotKind.WECOM, "/send?key=k")
    hook.answer = lambda _heard: (200, {}, b'{"errcode":45009,"errmsg":"api freq out of limit"}')
    tell(network)
    assert send_all() == [("waiting", "busy")]
    hook.answer = lambda _heard: (200, {}, b'{"errcode":0}')
    assert send_all(AT + PAUSES[0]) == [("sent", "")]
    assert len(hook.heard) == 2


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(500, ("waiting", "busy")), (429, ("waiting", "busy")), (404, ("failed", "refused"))],
)
def test_status_counts(network: Network, hook: Hook, status: int, outcome: tuple[str, str]) -> None:
    register(network, hook, RobotKind.GENERIC, "/hook")
    hook.answer = lambda _heard: (status, {}, b"")
    tell(network)
    assert send_all() == [outcome]


def test_redirects_are_not_followed(network: Network, hook: Hook) -> None:
    register(network, hook, RobotKind.GENERIC, "/hook")
    hook.answer = lambda _heard: (302, {"Location": f"https://{hook.host}/elsewhere"}, b"")
    tell(network)
    assert send_all() == [("failed", "refused")]
    assert [heard.path for heard in hook.heard] == ["/hook"]


def test_private_addresses_are_not_called_unless_the_operator_opened_them(
    network: Network, hook: Hook
) -> None:
    register(network, hook, RobotKind.GENERIC, "/hook")
    tell(network)
    with override_settings(WEBHOOK_PRIVATE_HOSTS=[]):
        assert send_all() == [("failed", "not_open")]
    assert hook.heard == []


def test_a_host_that_was_taken_off_the_list_is_not_called(network: Network, hook: Hook) -> None:
    register(network, hook, RobotKind.GENERIC, "/hook")
    tell(network)
    with override_settings(WEBHOOK_HOSTS=["oapi.dingtalk.com"]):
        assert send_all() == [("failed", "not_open")]
    assert hook.heard == []


def test_a_certificate_that_nobody_vouches_for_is_not_spoken_to(
    network: Network, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    register(network, hook, RobotKind.GENERIC, "/hook")
    tell(network)
    assert send_all() == [("waiting", "unreachable")]
    assert hook.heard == []


def test_a_removed_robot_says_nothing_more(network: Network, hook: Hook) -> None:
    robot = register(network, hook, RobotKind.GENERIC, "/hook")
    tell(network)
    remove_robot(actor=network.actor(network.points[0]), at=AT)
    assert send_all() == [("failed", "removed")]
    tell(network)
    assert Delivery.objects.count() == 1
    robot.refresh_from_db()
    assert (robot.address, robot.secret, robot.host, robot.removed_at) == ("", "", "", AT)


@pytest.mark.parametrize(
    "address",
    [
        "http://oapi.dingtalk.com/robot/send",
        "https://oapi.dingtalk.com.example.org/robot/send",
        "https://example.org/oapi.dingtalk.com",
        "https://user@oapi.dingtalk.com/robot/send",
        "https://oapi.dingtalk.com:8443/robot/send",
        "https://oapi.dingtalk.com:99999/",
        "https://oapi.dingtalk.com\\@example.org/",
        "https://oapi.dingtalk.com/a b",
        "https://oapi.dingtalk.com/\r\nX: y",
        "https://[::1]/",
        "file:///etc/passwd",
        "",
    ],
)
def test_addresses_that_are_not_open(address: str) -> None:
    assert open_address(address) is None


def test_address_that_is_open() -> None:
    assert open_address("https://OAPI.dingtalk.com/robot/send?access_token=1#x") == OpenAddress(
        "oapi.dingtalk.com", 443, "/robot/send?access_token=1"
    )


def test_registering_is_for_the_administrator_and_is_written_down_without_the_secret(
    network: Network,
) -> None:
    point = network.points[0]
    wanted = {
        "kind": RobotKind.DINGTALK,
        "address": "https://oapi.dingtalk.com/robot/send?access_token=t-1",
        "secret": SECRET,
    }
    with pytest.raises(NotAllowed):
        register_robot(actor=network.actor(point, Role.DESK_CLERK), at=AT, **wanted)  # type: ignore[arg-type]
    assert Robot.objects.count() == 0
    row = register_robot(actor=network.actor(point), at=AT, **wanted)  # type: ignore[arg-type]
    assert (row.organisation, row.host) == (point, "oapi.dingtalk.com")
    entry = AuditEntry.objects.get(verb="notices.register_robot", outcome="done")
    assert SECRET not in str(entry.after)
    assert "t-1" not in str(entry.after)
    again = register_robot(
        actor=network.actor(point),
        at=AT,
        kind=RobotKind.WECOM,
        address="https://qyapi.weixin.qq.com/x?key=1",
        secret="",
    )
    assert again.pk == row.pk
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM notices_robot")
        assert "weixin" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("kind", "address", "secret", "fields"),
    [
        (RobotKind.DINGTALK, "https://oapi.dingtalk.com/robot/send", "", {"secret"}),
        (RobotKind.WECOM, "https://qyapi.weixin.qq.com/send", "", {"address"}),
        (RobotKind.GENERIC, "https://example.org/", "s", {"address"}),
        (RobotKind.DINGTALK, "https://oapi.dingtalk.com/robot/send", "密", {"secret"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    network: Network, kind: RobotKind, address: str, secret: str, fields: set[str]
) -> None:
    with pytest.raises(BadRobot) as refused:
        register_robot(actor=network.office_admin, at=AT, kind=kind, address=address, secret=secret)
    assert set(refused.value.fields) == fields
    assert Robot.objects.count() == 0


def test_a_word_of_trial(network: Network, hook: Hook) -> None:
    admin = network.actor(network.points[0])
    with pytest.raises(NoRobot):
        try_robot(actor=admin, at=AT)
    register(network, hook, RobotKind.GENERIC, "/hook")
    try_robot(actor=admin, at=AT + timedelta(seconds=1))
    assert send_all(AT + timedelta(seconds=1)) == [("sent", "")]
    assert hook.heard[0].json["title"] == "试发消息"
