"""Letters for tests."""

from typing import Any

from tests.factories.orgs import AT

from lianxue.documents.public import Letter, LetterKind, issue_letter, set_letter_code
from lianxue.orgs.public import Actor


def issued(actor: Actor, *, title: str = "关于做好名单上报工作的通知", **more: Any) -> Letter:
    """Issue a letter of the actor's organisation."""
    given = {
        "kind": LetterKind.NOTICE,
        "body": "请于4月30日前报送。",
        "addressee": "各设区市教育技术中心",
        **more,
    }
    return issue_letter(actor=actor, at=AT, title=title, **given)


def with_code(actor: Actor, words: str = "浙教技中心", *, used_until: int = 0) -> Actor:
    """Give the actor's organisation a letter code."""
    set_letter_code(actor=actor, at=AT, words=words, used_until=used_until)
    return actor
