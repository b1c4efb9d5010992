"""What is said to the robot of a group, and how it is signed: DingTalk, WeCom, and any web-hook that checks an HMAC."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from lianxue.notices.enums import Failure, RobotKind
from lianxue.notices.errors import NotDelivered
from lianxue.notices.models import Robot
from lianxue.notices.operations.sending.open_hosts import OpenAddress, open_address
from lianxue.notices.operations.sending.web_hook import Call, post

_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|<>~])")
# Codes by which the two say “too much at once, come back later”.
_LATER = {
    RobotKind.DINGTALK: frozenset({-1, 130101, 130102, 410100}),
    RobotKind.WECOM: frozenset({-1, 45009, 45033}),
}
WECOM_LONGEST = 4000  # bytes; 4096 are allowed


@dataclass(frozen=True)
class Said:
    """What a group is to read: number and kind of the message, its words, and the page it leads to."""

    number: int
    kind: str
    title: str
    text: str
    link: str


def say(robot: Robot, said: Said, *, at: datetime) -> None:
    """Say something in the group of ``robot``. Raise ``NotDelivered``."""
    target = open_address(robot.address)
    if target is None:
        raise NotDelivered(Failure.NOT_OPEN, robot.host, is_final=True)
    kind = RobotKind(robot.kind)
    answer = post(_CALLS[kind](target, robot.secret, said, at))
    if kind in _LATER:
        _require_agreed(kind, answer)


def _require_agreed(kind: RobotKind, answer: dict[str, Any]) -> None:
    """Both answer 200 whatever happens, and say in the body whether they did it."""
    code = answer.get("errcode")
    if code == 0:
        return
    detail = f"{code} {answer.get('errmsg', '')}"
    if code in _LATER[kind]:
        raise NotDelivered(Failure.BUSY, detail)
    raise NotDelivered(Failure.REFUSED, detail, is_final=True)


def _plain(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is: what somebody typed makes no links and no headings."""
    return _MARKS.sub(r"\\\1", text)


def _markdown(said: Said) -> str:
    lines = [f"### {_plain(said.title)}", _plain(said.text), f"[{said.link}]({said.link})"]
    return "\n\n".join(line for line in lines if line)


def _body(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _to_dingtalk(target: OpenAddress, secret: str, said: Said, at: datetime) -> Call:
    """DingTalk: HMAC-SHA-256 over milliseconds, a new line and the secret, in the query."""
    stamp = str(int(at.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    signed = urlencode({"timestamp": stamp, "sign": base64.b64encode(digest).decode()})
    glue = "&" if "?" in target.path else "?"
    content = {"msgtype": "markdown", "markdown": {"title": said.title, "text": _markdown(said)}}
    return Call(replace(target, path=f"{target.path}{glue}{signed}"), _body(content), {})


def _to_wecom(target: OpenAddress, _secret: str, said: Said, _at: datetime) -> Call:
    """WeCom: the key in the address is all there is."""
    text = _markdown(said).encode()
    if len(text) > WECOM_LONGEST:
        shorter = said.text.encode()[: max(0, WECOM_LONGEST - (len(text) - len(said.text.encode())))]
        text = _markdown(replace(said, text=shorter.decode(errors="ignore"))).encode()[:WECOM_LONGEST]
    content = {"msgtype": "markdown", "markdown": {"content": text.decode(errors="ignore")}}
    return Call(target, _body(content), {})


def _to_any(target: OpenAddress, secret: str, said: Said, at: datetime) -> Call:
    """Any other: HMAC-SHA-256 in hexadecimal over seconds, a full stop and the body, in a header."""
    stamp = str(int(at.timestamp()))
    body = _body(
        {"id": said.number, "kind": said.kind, "title": said.title, "text": said.text, "link": said.link}
    )
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return Call(target, body, {"X-Lianxue-Timestamp": stamp, "X-Lianxue-Signature": f"sha256={digest}"})


_CALLS: dict[RobotKind, Callable[[OpenAddress, str, Said, datetime], Call]] = {
    RobotKind.DINGTALK: _to_dingtalk,
    RobotKind.WECOM: _to_wecom,
    RobotKind.GENERIC: _to_any,
}
