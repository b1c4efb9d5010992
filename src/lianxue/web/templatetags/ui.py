"""``{% load ui %}``: every part that a page is made of. Shown with examples at /design/, told in docs/design-system.md."""

from django import template

from lianxue.web.templatetags import (
    ui_actions,
    ui_choices,
    ui_figures,
    ui_forms,
    ui_frame,
    ui_lists,
    ui_status,
)

register = template.Library()

for _part in (ui_actions, ui_choices, ui_figures, ui_forms, ui_frame, ui_lists, ui_status):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
