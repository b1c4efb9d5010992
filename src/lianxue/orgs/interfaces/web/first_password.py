"""A first password that comes out the same when the same form is sent twice, and is stored nowhere."""

from collections.abc import Sequence

from django.utils.crypto import salted_hmac

from lianxue.accounts.public import new_first_password


class _KeyedChoice:
    """Chooses by the bytes of a keyed digest instead of by chance."""

    def __init__(self, key: str) -> None:
        digest = salted_hmac("lianxue.orgs.first-password", key, algorithm="sha512").digest()
        self._bytes = iter(digest)

    def choice(self, signs: Sequence[str]) -> str:
        """Return the next sign; 256 is large against the number of signs, so none is markedly likelier."""
        return signs[next(self._bytes) % len(signs)]


def first_password(request_key: str) -> str:
    """Return the first password that belongs to the form with ``request_key``.

    A double click sends the form twice: the second answer, which the browser shows, must name the password that
    the first one set. Only this server can work it out.
    """
    return new_first_password(_KeyedChoice(request_key))
