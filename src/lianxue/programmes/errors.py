"""Refusals in programmes."""

from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.errors import Conflict, Invalid, Text, Unmet


class AnswerChanged(Conflict):
    """Somebody else changed the same answer; ``theirs`` is what stands there now and ``mark`` its count.

    Of a grid, ``rows`` names the rows that both changed; empty when the whole answer is in question.
    """

    code = "answer_changed"
    default_message = _(
        "Somebody else has changed this answer in the meantime. Both are shown; please choose."
    )

    def __init__(self, *, key: str, theirs: object, mark: int, rows: Sequence[str] = ()) -> None:
        super().__init__()
        self.key, self.theirs, self.mark, self.rows = key, theirs, mark, list(rows)


class NotComplete(Unmet):
    """What was filled in is not complete or not right; ``places`` say where, with words."""

    code = "not_complete"
    default_message = _("Some answers are missing or not right yet. They are marked.")

    def __init__(self, places: Sequence[tuple[str, Text]]) -> None:
        super().__init__(fields=None)
        self.message = self.default_message
        self.places = list(places)


class RevisionMoved(Conflict):
    """The filing was handed in anew while somebody was reading the older revision."""

    code = "revision_moved"
    default_message = _("A newer revision was handed in while you were reading. Please read that one first.")


class OpinionGiven(Conflict):
    """Somebody else at the same desk was first."""

    code = "opinion_given"
    default_message = _(
        "Somebody of your organisation has given this opinion in the meantime. Please look at the filing."
    )


class WordsMissing(Invalid):
    """A return or a refusal needs words."""

    code = "words_missing"
    default_message = _("Please say why, so that the unit knows what to mend.")

    def __init__(self) -> None:
        super().__init__(self.default_message, fields={"comment": self.default_message})


class NobodySits(Unmet):
    """A level has no desk for some units."""

    code = "nobody_sits"


class VersionTaken(Invalid):
    """A definition was changed without a new version."""

    code = "version_taken"
    default_message = _(
        "This definition was changed under the same version. Give it a new version in its file; what was filed stays."
    )


class BadDefinitions(ImproperlyConfigured):
    """Definitions of programmes cannot be used: the message names every fault with file and line."""
