"""The values of a description as they come in, checked and made tidy."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.clock import local_date
from lianxue.kernel.errors import Invalid, Text
from lianxue.kernel.files import store_picture
from lianxue.orgs.public import Actor
from lianxue.resources.enums import ResourceKind
from lianxue.resources.errors import BadIsbn
from lianxue.resources.models import CatalogueEntry, Category, Contribution

EARLIEST_YEAR = 1800
MOST_COPIES = 100_000
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BETWEEN_KEYWORDS = re.compile(r"[、,，;；/|\s]+")
WEB_ADDRESS = URLValidator(
    schemes=["http", "https"],
    message=gettext_lazy("This is not a web address. Example: https://www.shlll.net/"),
)


@dataclass(frozen=True)
class Description:
    """What is said of a resource. ``isbn`` and ``keywords`` may come as people write them."""

    title: str
    kind: ResourceKind
    creator: str = ""
    publisher: str = ""
    isbn: str = ""
    year: int | None = None
    category: Category | None = None
    audience: str = ""
    description: str = ""
    keywords: str = ""
    online_url: str = ""

    def tidy(self, at: datetime) -> "Description":
        """Return the same in one form: no stray spaces, plain digits in the ISBN, keywords joined by ``、``.

        Raise ``Invalid`` with what is wrong in each field.
        """
        words = [word for word in BETWEEN_KEYWORDS.split(one_line(self.keywords)) if word]
        tidied = Description(
            title=one_line(self.title),
            kind=self.kind,
            creator=one_line(self.creator),
            publisher=one_line(self.publisher),
            isbn=plain_isbn(self.isbn),
            year=self.year,
            category=self.category,
            audience=one_line(self.audience),
            description=UNPRINTABLE.sub("", self.description).replace("\r\n", "\n").strip(),
            keywords="、".join(dict.fromkeys(words)),
            online_url=one_line(self.online_url),
        )
        faults = {**too_long(CatalogueEntry, vars(tidied)), **_faults(tidied, local_date(at).year)}
        if faults:
            raise Invalid(fields=faults)
        return tidied

    def write_to(self, row: Contribution | CatalogueEntry) -> None:
        """Set the fields of ``row``."""
        for name, value in vars(self).items():
            setattr(row, name, value)


def _faults(description: Description, this_year: int) -> dict[str, Text]:
    faults: dict[str, Text] = {}
    if not description.title:
        faults["title"] = _("Please give the title.")
    if description.isbn and not is_isbn(description.isbn):
        faults["isbn"] = BadIsbn.default_message
    if description.year is not None and not EARLIEST_YEAR <= description.year <= this_year + 1:
        faults["year"] = _("Please give the year with four digits, at most %(year)d.") % {
            "year": this_year + 1
        }
    if description.online_url:
        try:
            WEB_ADDRESS(description.online_url)
        except ValidationError as wrong:
            faults["online_url"] = str(wrong.message)
    return faults


def too_long(model: type[models.Model], values: dict[str, object]) -> dict[str, Text]:
    """Return, for each text that does not fit into its column of ``model``, how long it may be."""
    faults: dict[str, Text] = {}
    for name, value in values.items():
        limit = getattr(model._meta.get_field(name), "max_length", None)
        if isinstance(value, str) and limit is not None and len(value) > limit:
            faults[name] = _("At most %(limit)d characters fit here.") % {"limit": limit}
    return faults


def plain_isbn(text: str) -> str:
    """Return an ISBN without hyphens, spaces and the letters ISBN in front."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s\-‐-―]", "", folded).removeprefix("ISBN").lstrip(":")


def is_isbn(digits: str) -> bool:
    """Tell whether the check digit of a 10- or 13-digit ISBN is right."""
    if re.fullmatch(r"\d{9}[\dX]", digits):
        weighted = (w * (10 if d == "X" else int(d)) for w, d in zip(range(10, 0, -1), digits, strict=True))
        return sum(weighted) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(digits)) % 10 == 0
    return False


def one_line(text: str) -> str:
    """Return ``text`` without line breaks, stray spaces and signs that cannot be printed."""
    return " ".join(UNPRINTABLE.sub("", text).split())


def change_cover(
    row: Contribution | CatalogueEntry, *, new: "File[bytes] | None", drop: bool, actor: Actor, at: datetime
) -> None:
    """Give ``row`` a new cover or take its cover away. Raise ``Invalid`` for what is no usable picture."""
    if new is not None:
        try:
            row.cover = store_picture(new, person_id=actor.person_id, at=at)
        except Invalid as wrong:
            raise Invalid(wrong.message, fields={"cover": wrong.message}) from wrong
    elif drop:
        row.cover = None
