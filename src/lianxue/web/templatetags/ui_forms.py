"""Forms: fields, what is wrong with them, filters."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.widgets import CheckboxInput, FileInput, Textarea
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.inclusion_tag("ui/field.html")
def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    suffix: str = "",
    width: str = "",
    hide_label: bool = False,
    camera: bool = False,
) -> dict[str, object]:
    """Show one field of a form with its label, hint and error.

    ``width`` is ``short`` (numbers, dates), ``half`` or empty; ``suffix`` a unit behind the box; ``camera`` lets a
    phone take the picture, shows it before it is sent and makes it smaller.
    """
    return field_context(
        bound, label=label, hint=hint, suffix=suffix, width=width, hide_label=hide_label, camera=camera
    )


def field_context(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    suffix: str = "",
    width: str = "",
    hide_label: bool = False,
    camera: bool = False,
) -> dict[str, object]:
    """Work out what the field template needs from the widget itself."""
    widget = bound.field.widget
    attributes: dict[str, Any] = {}
    if camera:
        attributes = {"accept": "image/*", "data-photo": ""}
    if widget.attrs.get("placeholder") == bound.label:
        attributes["placeholder"] = False  # the label has said it
    own_hint = hint or bound.help_text
    if hint and not bound.help_text:
        attributes["aria-describedby"] = f"{bound.auto_id}_helptext"
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=attributes) if attributes else bound,
        "label": label or bound.label,
        "hint": own_hint,
        "suffix": suffix,
        "width": width,
        "hide_label": hide_label,
        "kind": _kind(widget),
        "camera": camera,
    }


def _kind(widget: forms.Widget) -> str:
    """Return how the field template lays a widget out."""
    if widget.use_fieldset:
        return "group"
    if isinstance(widget, CheckboxInput):
        return "tick"
    if isinstance(widget, FileInput):
        return "file"
    return "area" if isinstance(widget, Textarea) else "box"


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: forms.BaseForm, *more: forms.BaseForm) -> dict[str, object]:
    """Say at the top of the page what is wrong, each fault a link to its field; shows nothing when all is well."""
    every = (form, *more)
    return {
        "general": [fault for one in every for fault in one.non_field_errors()],
        "faulty": [bound for one in every for bound in one if bound.errors],
    }


@register.simple_tag
def form_body(form: forms.BaseForm) -> SafeString:
    """Show all fields of a form with what is wrong at the top: the same as ``{{ form }}``."""
    return form.render()


@register.inclusion_tag("ui/filters.html", takes_context=True)
def filters(context: Context, form: forms.BaseForm, label: str = "", target: str = "") -> dict[str, object]:
    """Show a filter form above a list (sent with GET). ``target`` is the id of the list to renew without a reload."""
    request = context["request"]
    chosen = [name for name in form.fields if request.GET.getlist(form[name].html_name) not in ([], [""])]
    return {"form": form, "label": label, "target": target, "path": request.path, "chosen": chosen}


@register.simple_block_tag
def field_row(content: str) -> SafeString:
    """Set short fields side by side where there is room."""
    return format_html('<div class="field-row">{}</div>', content)
