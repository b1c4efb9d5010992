"""The tree of subjects in one read."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet

from lianxue.kernel.kept import kept
from lianxue.resources.models import Category


@dataclass(frozen=True)
class Branch:
    """A category at its place in the tree; ``depth`` is 0 at the top."""

    category: Category
    depth: int
    path: str


@dataclass
class CategoryTree:
    """All categories; made by ``category_tree``."""

    by_id: dict[int, Category] = field(default_factory=dict)
    by_code: dict[str, Category] = field(default_factory=dict)
    _below: dict[int | None, list[Category]] = field(default_factory=lambda: defaultdict(list))

    def children(self, of: Category | None) -> list[Category]:
        """Return the categories directly below (None: those at the top) in their order."""
        return self._below.get(of.pk if of else None, [])

    def with_all_below(self, category: Category) -> list[int]:
        """Return the ids of ``category`` and of everything under it."""
        return [branch.category.pk for branch in self.branches(category)]

    def ancestry(self, category: Category) -> list[Category]:
        """Return the way from the top down to ``category``, itself included."""
        way = [category]
        while way[0].parent_id is not None:
            way.insert(0, self.by_id[way[0].parent_id])
        return way

    def path(self, category: Category) -> str:
        """Return the names from the top down: ``Knowledge and skills › Digital skills``."""
        return " › ".join(str(step) for step in self.ancestry(category))

    def branches(self, top: Category | None = None) -> Iterator[Branch]:
        """Yield the whole tree, or ``top`` and what is under it, each parent before its children."""
        waiting = [top] if top else self.children(None)[:]
        while waiting:
            category = waiting.pop(0)
            yield Branch(category, len(self.ancestry(category)) - 1, self.path(category))
            waiting[:0] = self.children(category)


@kept
def _categories() -> QuerySet[Category]:
    return Category.objects.order_by("rank", "code")


def category_tree() -> CategoryTree:
    """Read the whole tree; it is small and read in one query."""
    tree = CategoryTree()
    categories = _categories.rows()
    tree.by_id = {category.pk: category for category in categories}
    for category in categories:
        category.parent = tree.by_id[category.parent_id] if category.parent_id else None
        tree.by_code[category.code] = category
        tree._below[category.parent_id].append(category)  # noqa: SLF001  # its maker
    return tree
