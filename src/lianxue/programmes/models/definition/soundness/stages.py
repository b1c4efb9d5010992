"""Stages: windows, order, the desks on the way, what comes of it."""

import re
from datetime import date

from django.utils.translation import gettext as _

from lianxue.programmes.models.definition.faults import nearest
from lianxue.programmes.models.definition.parts import Definition, Level, Product, Stage
from lianxue.programmes.models.definition.shaping import Shaper
from lianxue.programmes.models.definition.soundness.keys import look_at_kept_keys, look_at_keys
from lianxue.programmes.models.definition.soundness.wording import look_at_words
from lianxue.programmes.models.definition.vocabulary import Vocabulary

YEARLY = re.compile(r"[0-9]{2}-[0-9]{2}")
DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LETTER_WORDS = ("unit", "call", "stage", "decision", "comment", "valid_until")
TITLE_LENGTH = 120  # of an award, as it is kept
CERTIFICATE_WORDS = ("unit", "call")
LEAP_YEAR = 2024  # has every day that a year can have


def look_at_stages(definition: Definition, lines: Shaper, vocabulary: Vocabulary) -> None:
    """Tell what is wrong in the stages."""
    if not definition.stages:
        lines.fault(lines.line(definition, "stages"), _("A programme has at least one stage."))
    look_at_kept_keys(definition.stages, lines)
    for stage in definition.stages:
        _look_at_window(stage, lines)
        look_at_words(stage, "about", lines)
        _look_at_form(definition, stage, lines)
        _look_at_levels(definition, stage, lines, vocabulary)
        look_at_kept_keys(stage.products, lines)
        for product in stage.products:
            _look_at_product(definition, stage, product, lines)
        _look_at_letters(stage, lines)
    _look_at_order(definition, lines)
    used = {stage.form for stage in definition.stages}
    for key, form in definition.forms.items():
        if key not in used:
            lines.fault(lines.line(form), _("No stage files the form “%(key)s”.") % {"key": key})


def _day(text: str) -> date | None:
    written = f"{LEAP_YEAR}-{text}" if YEARLY.fullmatch(text) else text
    try:
        return date.fromisoformat(written) if DATED.fullmatch(written) else None
    except ValueError:
        return None


def _look_at_window(stage: Stage, lines: Shaper) -> None:
    days = {}
    for key, text in (("opens", stage.opens), ("closes", stage.closes)):
        if text:
            days[key] = _day(text)
            if days[key] is None:
                message = _("“%(day)s” is no day: write 2013-01-31 or, for every year, 10-31.")
                lines.fault(lines.line(stage, key), message % {"day": text})
    opens, closes = days.get("opens"), days.get("closes")
    if opens is None or closes is None:
        return
    line = lines.line(stage, "closes")
    if bool(YEARLY.fullmatch(stage.opens)) != bool(YEARLY.fullmatch(stage.closes)):
        lines.fault(line, _("Give both days of the window with the year, or both without."))
    elif closes < opens:
        values = {"opens": stage.opens, "closes": stage.closes}
        lines.fault(line, _("The window ends on %(closes)s before it begins on %(opens)s.") % values)


def _look_at_form(definition: Definition, stage: Stage, lines: Shaper) -> None:
    if stage.form and stage.form not in definition.forms:
        message = _("There is no form “%(word)s”. %(nearest)s")
        values = {"word": stage.form, "nearest": nearest(stage.form, definition.forms)}
        lines.fault(lines.line(stage, "form"), message % values)
    if not stage.form:
        for key, said in (("levels", stage.levels), ("products", stage.products), ("letters", stage.letters)):
            if said:
                message = _("“%(key)s” needs a form: nothing is filed in this stage.")
                lines.fault(lines.line(stage, key), message % {"key": key})
        if stage.changes == "notice":
            lines.fault(
                lines.line(stage, "changes"),
                _("“%(key)s” needs a form: nothing is filed in this stage.") % {"key": "changes"},
            )


def _look_at_levels(definition: Definition, stage: Stage, lines: Shaper, vocabulary: Vocabulary) -> None:
    if stage.form and not stage.levels:
        lines.fault(lines.line(stage), _("No level decides: what is filed here would lie for ever."))
    look_at_kept_keys(stage.levels, lines)
    for level in stage.levels:
        if not level.may:
            lines.fault(lines.line(level, "may"), _("Nothing can be decided on this level."))
        _look_at_seat(definition, level, lines, vocabulary)
        _look_at_panel(level, lines)
    if stage.levels and stage.levels[-1].may and "approve" not in stage.levels[-1].may:
        lines.fault(lines.line(stage.levels[-1], "may"), _("No level decides: the last one cannot agree."))


def _look_at_seat(definition: Definition, level: Level, lines: Shaper, vocabulary: Vocabulary) -> None:
    if not level.seat:
        return
    seat = vocabulary.seats.get(level.seat)
    if seat is None:
        message = _("Nobody can sit on this level: there is no rule “%(word)s” for seats. %(nearest)s")
        values = {"word": level.seat, "nearest": nearest(level.seat, vocabulary.seats)}
        lines.fault(lines.line(level, "seat"), message % values)
        return
    for key, message in seat.given_faults(level.given, definition.units):
        fallback = lines.line(level, "given" if level.given else "seat")
        lines.fault(lines.line(level, f"given.{key}") if key in level.given else fallback, message)


def _look_at_panel(level: Level, lines: Shaper) -> None:
    panel = level.panel
    if panel is None:
        return
    look_at_keys(panel.items, lines)
    if not panel.items:
        lines.fault(lines.line(panel, "items"), _("A panel needs something to score."))
    if panel.size is not None and panel.size < 1:
        lines.fault(lines.line(panel, "size"), _("A panel has at least one expert."))
    for item in panel.items:
        if item.most < 1 or item.weight < 1:
            key = "most" if item.most < 1 else "weight"
            lines.fault(
                lines.line(item, key), _("“%(key)s” is at least %(least)d.") % {"key": key, "least": 1}
            )


def _look_at_certificate(product: Product, lines: Shaper) -> None:
    if product.certificate is None:
        return
    if product.kind == "roster":
        lines.fault(lines.line(product, "certificate"), _("A roster has no certificate."))
    for key in ("title", "words", "closing"):
        look_at_words(product.certificate, key, lines, besides=CERTIFICATE_WORDS)


def _look_at_product(definition: Definition, stage: Stage, product: Product, lines: Shaper) -> None:
    _look_at_certificate(product, lines)
    form = definition.forms.get(stage.form)
    if form is None:
        return
    if product.kind == "roster" and not (product.grid and product.name_column):
        lines.fault(
            lines.line(product),
            _("A roster needs the grid that it is made of (grid) and the column of names (name_column)."),
        )
    if product.kind != "roster" and product.grid and not product.name_column:
        lines.fault(
            lines.line(product),
            _("Whoever stands in the grid needs a name to be awarded: name_column is missing here."),
        )
    if len(product.title) > TITLE_LENGTH:
        values = {"key": "title", "most": TITLE_LENGTH}
        lines.fault(lines.line(product, "title"), _("“%(key)s” has at most %(most)d characters.") % values)
    grids = form.grids()
    if product.grid and product.grid not in grids:
        message = _("There is no grid “%(word)s” in the form “%(form)s”. %(nearest)s")
        values = {"word": product.grid, "form": form.key, "nearest": nearest(product.grid, grids)}
        lines.fault(lines.line(product, "grid"), message % values)
        return
    columns = {one.key: one for one in grids[product.grid].columns} if product.grid else {}
    for key in ("name_column", "area_column"):
        word = getattr(product, key)
        if word and word not in columns:
            message = _("There is no column “%(word)s” in the grid “%(grid)s”. %(nearest)s")
            values = {"word": word, "grid": product.grid, "nearest": nearest(word, columns)}
            lines.fault(lines.line(product, key), message % values)
        elif word and key == "area_column" and columns[word].type != "area":
            lines.fault(
                lines.line(product, key), _("The column “%(word)s” is not of type area.") % {"word": word}
            )
    if product.term_years is not None and product.term_years < 1:
        lines.fault(
            lines.line(product, "term_years"),
            _("“%(key)s” is at least %(least)d.") % {"key": "term_years", "least": 1},
        )


def _look_at_letters(stage: Stage, lines: Shaper) -> None:
    seen: set[str] = set()
    for letter in stage.letters:
        if letter.on in seen:
            lines.fault(lines.line(letter, "on"), _("There are two letters for the same decision."))
        seen.add(letter.on)
        if stage.levels and letter.on not in stage.levels[-1].may and letter.on == "decline":
            lines.fault(
                lines.line(letter, "on"), _("The last level never declines, so nobody gets this letter.")
            )
        for key in ("title", "body"):
            look_at_words(letter, key, lines, besides=LETTER_WORDS)


def _look_at_order(definition: Definition, lines: Shaper) -> None:
    stages = {stage.key: stage for stage in definition.stages}
    for stage in definition.stages:
        if not stage.after:
            continue
        line = lines.line(stage, "after")
        if stage.after not in stages:
            values = {"word": stage.after, "nearest": nearest(stage.after, stages)}
            lines.fault(line, _("There is no stage “%(word)s”. %(nearest)s") % values)
        elif not stages[stage.after].form:
            message = _("Nothing is filed in the stage “%(word)s”, so this one would never begin.")
            lines.fault(line, message % {"word": stage.after})
        walked, step = [stage.key], stage.after
        while step in stages and step not in walked:
            walked.append(step)
            step = stages[step].after
        if step == stage.key:
            way = " → ".join([*walked, step])
            lines.fault(line, _("The stages wait for each other: %(way)s.") % {"way": way})
