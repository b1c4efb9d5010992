"""What is wrong with a definition, and where: said in words for whoever wrote the file."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition.parts import Place


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: ``str()`` gives ``roster.yaml:47: …``."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a sentence that names the word that was probably meant, or all that are possible."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return _("Did you mean “%(word)s”?") % {"word": close[0]}
    if not names:
        return _("There is none here.")
    return _("Possible: %(words)s.") % {"words": ", ".join(names)}
