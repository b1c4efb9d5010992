"""What is said of a resource, alike in a contribution and in a catalogue entry."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxue.kernel.models import StoredFile
from lianxue.resources.enums import ResourceKind
from lianxue.resources.models.category import Category

DESCRIPTION_FIELDS = (
    "title",
    "kind",
    "creator",
    "publisher",
    "isbn",
    "year",
    "category",
    "audience",
    "description",
    "keywords",
    "cover",
    "online_url",
)


class Described(models.Model):
    """The description of a resource.

    ``isbn`` holds digits only, 10 or 13; ``year`` is the year of publication; ``keywords`` are joined by ``、``.
    """

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("resource type"), max_length=10, choices=ResourceKind)
    creator = models.CharField(_("author or maker"), max_length=120, blank=True)
    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    category = models.ForeignKey(
        Category,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("subject category"),
    )
    audience = models.CharField(_("for whom"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=5000, blank=True)
    keywords = models.CharField(_("keywords"), max_length=300, blank=True)
    cover = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    online_url = models.URLField(_("web address"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def keyword_list(self) -> list[str]:
        """Return the keywords one by one."""
        return [word for word in self.keywords.split("、") if word]
