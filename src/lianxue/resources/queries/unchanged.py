"""What was worked out from the catalogue, kept in this process for as long as the catalogue does not change.

Turning pages and narrowing a search down ask for the same counts again and again. They are kept by everything that was
asked and by what the actor may see, so that nobody gets what another may see, under the catalogue's mark
(``CatalogueMark``). The mark changes with the entries and with the names and places that stand beside them: of subject
categories, of who provides something, of districts.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from lianxue.kernel.kept import kept
from lianxue.resources.models import CatalogueMark

T = TypeVar("T")


@kept
def _marks() -> "QuerySet[CatalogueMark, UUID]":
    return CatalogueMark.objects.values_list("mark", flat=True)


def catalogue_mark() -> UUID | None:
    """Return the mark of the catalogue as it is now."""
    return _marks.first()


class Unchanged(Generic[T]):
    """Answers by question, all of one mark; the ones asked for last stay."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._mark: UUID | None = None
        self._answers: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, mark: UUID | None, question: Hashable, work_out: Callable[[], T]) -> T:
        """Return the answer that was worked out under ``mark``, or work it out. ``mark`` was read before; None: keep nothing."""
        if mark is None:
            return work_out()
        with self._lock:
            if mark == self._mark and question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        found = work_out()
        with self._lock:
            if mark != self._mark:
                self._mark = mark
                self._answers.clear()
            self._answers[question] = found
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)
        return found
