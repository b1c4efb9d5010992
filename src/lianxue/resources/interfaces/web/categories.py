"""The tree of subjects, kept by the office."""

from django.contrib import messages
from django.db.models import Count
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianxue.kernel import clock
from lianxue.kernel.errors import NotFound, Refused
from lianxue.kernel.pages import add_refusal, page, request_key
from lianxue.orgs.public import ActingRequest
from lianxue.resources.errors import CategoryInUse
from lianxue.resources.interfaces.web.access import CATEGORY_KEEPERS
from lianxue.resources.interfaces.web.forms import CategoryForm, sent
from lianxue.resources.models import CatalogueEntry, Category
from lianxue.resources.operations import remove_category, save_category
from lianxue.resources.queries.categories import category_tree


@page(CATEGORY_KEEPERS)
def categories(request: ActingRequest) -> HttpResponseBase:
    """Show the whole tree with how many entries stand where."""
    counts = dict(CatalogueEntry.objects.order_by().values_list("category").annotate(count=Count("pk")))
    rows = [(branch, counts.get(branch.category.pk, 0)) for branch in category_tree().branches()]
    return render(request, "resources/categories.html", {"rows": rows})


@page(CATEGORY_KEEPERS)
def edit(request: ActingRequest, code: str = "") -> HttpResponseBase:
    """Add a category, or change one."""
    category = _category(code) if code else None
    initial = (
        {}
        if category is None
        else {name: getattr(category, name) for name in ("name", "name_en", "code", "rank")}
    )
    if category is not None and category.parent is not None:
        initial["parent"] = category.parent.code
    form = CategoryForm(*sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {"parent": form.tree.by_code.get(form.cleaned_data["parent"])}
        try:
            saved = save_category(
                actor=request.actor,
                at=clock.now(),
                category=category,
                request_key=request_key(request),
                **values,
            )
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("“%(name)s” has been saved.") % {"name": saved})
            return redirect("resources:categories")
    context = {"form": form, "category": category, "request_key": request_key(request)}
    return render(request, "resources/category.html", context, status=422 if form.errors else 200)


@page(CATEGORY_KEEPERS)
@require_POST
def remove(request: ActingRequest, code: str) -> HttpResponseBase:
    """Remove a category under which nothing stands."""
    category = _category(code)
    try:
        remove_category(actor=request.actor, at=clock.now(), category=category)
    except CategoryInUse as used:
        messages.warning(request, str(used))
    else:
        messages.success(request, _("“%(name)s” has been removed.") % {"name": category})
    return redirect("resources:categories")


def _category(code: str) -> Category:
    found = Category.objects.select_related("parent").filter(code=code).first()
    if found is None:
        raise NotFound
    return found
