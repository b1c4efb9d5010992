"""A definition told in words: the page for officials and docs/programmes.md are both made of this."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxue.kernel.errors import Text
from lianxue.orgs.public import Chain, OrganisationKind
from lianxue.programmes.enums import Decision, Number
from lianxue.programmes.models.definition import (
    Definition,
    Field,
    Fields,
    Form,
    Grid,
    Level,
    Product,
    Stage,
    Who,
    filled,
    published_form,
    published_words,
)
from lianxue.programmes.models.definition.parts import TEXT_TYPES
from lianxue.programmes.rules.checks import CHECKS
from lianxue.programmes.rules.seats import SEATS

FIELD_TYPES: dict[str, Text] = {
    "text": gettext_lazy("one line"),
    "long_text": gettext_lazy("paragraphs"),
    "number": gettext_lazy("number"),
    "date": gettext_lazy("day"),
    "yes_no": gettext_lazy("yes or no"),
    "choice": gettext_lazy("one of"),
    "choices": gettext_lazy("several of"),
    "area": gettext_lazy("one of the unit's areas"),
    "phone": gettext_lazy("telephone number"),
    "email": gettext_lazy("e-mail address"),
    "postcode": gettext_lazy("postcode, 6 digits"),
    "url": gettext_lazy("web address"),
    "account": gettext_lazy("account name, kept to the letter"),
    "files": gettext_lazy("files"),
}
PRODUCTS: dict[str, Text] = {
    "roster": gettext_lazy("Roster"),
    "award": gettext_lazy("Award with a certificate"),
    "status": gettext_lazy("Status"),
}
SCANS: dict[str, Text] = {
    "none": gettext_lazy("no stamped scan"),
    "optional": gettext_lazy("a stamped scan may be sent in"),
    "required": gettext_lazy("a stamped scan must be sent in"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a description: what it is about, what holds for it, which requirements it fulfils."""

    title: str
    words: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSheet:
    """A part of a form in words."""

    title: str
    hint: str
    is_grid: bool
    questions: tuple[Line, ...]
    rules: tuple[Line, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """A form in words."""

    key: str
    title: str
    words: tuple[str, ...]
    sections: tuple[SectionSheet, ...]
    checks: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSheet:
    """A stage in words."""

    title: str
    window: str
    about: str
    words: tuple[str, ...]
    form: str
    form_key: str
    levels: tuple[Line, ...]
    products: tuple[Line, ...]
    letters: tuple[Line, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionSheet:
    """A whole definition in words."""

    code: str
    version: str
    title: str
    source: str
    about: str
    ids: tuple[str, ...]
    office: str
    units: str
    numbers: tuple[str, ...]
    guides: bool
    stages: tuple[StageSheet, ...]
    forms: tuple[FormSheet, ...]
    evidence: tuple[tuple[str, tuple[Line, ...]], ...]  # by group, in order


def describe(definition: Definition) -> DefinitionSheet:
    """Return a definition in words of the language in force."""
    groups = dict.fromkeys(one.group for one in definition.evidence)
    return DefinitionSheet(
        code=definition.code,
        version=definition.version,
        title=definition.title,
        source=definition.source,
        about=definition.about,
        ids=definition.ids,
        office=who_in_words(definition.office),
        units=who_in_words(definition.units),
        numbers=tuple(str(Number(one).label) for one in definition.numbers),
        guides=definition.guides,
        stages=tuple(_stage(definition, stage) for stage in definition.stages),
        forms=tuple(_form(published_form(definition, form)) for form in definition.forms.values()),
        evidence=tuple(
            (
                group,
                tuple(
                    Line(one.title, (one.about,), one.ids)
                    for one in definition.evidence
                    if one.group == group
                ),
            )
            for group in groups
        ),
    )


def who_in_words(who: Who) -> str:
    """Return which organisations are meant: chain, level, kinds."""
    words = [str(Chain(who.chain).label)]
    if who.depth is not None:
        words.append(_("level %(depth)d from the top") % {"depth": who.depth})
    if who.kinds:
        words.append(_listed([str(OrganisationKind(kind).label) for kind in who.kinds]))
    return " · ".join(words)


def _listed(words: Sequence[str]) -> str:
    return _(", ").join(words)


def _stage(definition: Definition, stage: Stage) -> StageSheet:
    form = definition.form_of(stage)
    published = published_words(definition, stage)
    words = []
    if stage.after:
        words.append(_("After “%(stage)s” was approved") % {"stage": definition.stage(stage.after).title})
    if stage.early:
        words.append(_("May be filed before the window opens"))
    if form and stage.late_by_consent:
        words.append(_("Late with consent"))
    if stage.changes == "notice":
        words.append(_("Changes after the approval by change notice"))
    return StageSheet(
        title=stage.title,
        window=_window(stage),
        about=filled(stage.about, published),
        words=tuple(words),
        form=filled(form.title, published) if form else "",
        form_key=stage.form,
        levels=tuple(_level(level) for level in stage.levels),
        products=tuple(_product(one, form) for one in stage.products),
        letters=tuple(
            Line(str(Decision(one.on).label), (one.title, *one.body.strip().splitlines()), one.ids)
            for one in stage.letters
        ),
        ids=stage.ids,
    )


def _window(stage: Stage) -> str:
    values = {"opens": stage.opens, "closes": stage.closes}
    if stage.opens and stage.closes:
        return _("%(opens)s to %(closes)s") % values
    if stage.opens:
        return _("from %(opens)s, open-ended") % values
    return (
        _("until %(closes)s") % values
        if stage.closes
        else _("The office gives the days when it opens the call")
    )


def _level(level: Level) -> Line:
    seat = str(SEATS[level.seat].title)
    if "steps" in level.given:
        seat = f"{seat} ({level.given['steps']})"
    words = [
        seat,
        _("may: %(verbs)s") % {"verbs": _listed([str(Decision(verb).label) for verb in level.may])},
    ]
    if level.panel:
        items = [f"{one.title} 0–{one.most} × {one.weight}" for one in level.panel.items]
        words.append(_("a panel scores: %(items)s") % {"items": _listed(items)})
        if level.panel.size:
            words.append(_("%(number)d experts") % {"number": level.panel.size})
        if level.panel.anonymous:
            words.append(_("experts do not see who filed"))
    return Line(level.title, tuple(words), level.ids)


def _product(product: Product, form: Form | None) -> Line:
    words = [str(PRODUCTS[product.kind])]
    if product.grid and form:
        words.append(_("for each row of “%(grid)s”") % {"grid": form.grids()[product.grid].title})
    if product.term_years:
        words.append(_("for %(years)d years") % {"years": product.term_years})
    elif product.kind == "status":
        words.append(_("the office gives the term"))
    if product.certificate:
        text = product.certificate
        said = " · ".join(filter(None, (text.title, text.words, text.closing)))
        words.append(_("certificate: %(words)s") % {"words": said})
    return Line(product.title, tuple(words), product.ids)


def _form(form: Form) -> FormSheet:
    words = [str(SCANS[form.scan])]
    if form.table_file:
        words.append(_("the electronic table goes with it"))
    if form.paper:
        words.append(_("printed as the published form"))
    return FormSheet(
        key=form.key,
        title=form.title,
        words=tuple(words),
        sections=tuple(_grid(part) if isinstance(part, Grid) else _fields(part) for part in form.sections),
        checks=tuple(_check(form, number) for number in range(len(form.checks))),
    )


def _check(form: Form, number: int) -> Line:
    check = form.checks[number]
    titles = {one.key: one.title for one in form.fields().values()}
    titles |= {grid.key: grid.title for grid in form.grids().values()}
    grid = form.grids().get(str(check.given.get("grid", "")))
    titles |= {one.key: one.title for one in grid.columns} if grid else {}
    said = []
    for value in check.given.values():
        said += [titles.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value])]
    return Line(str(CHECKS[check.rule].title), (_listed(said),) if said else (), check.ids)


def _fields(part: Fields) -> SectionSheet:
    questions = tuple(_question(one) for one in part.fields)
    return SectionSheet(
        title=part.title, hint=part.hint, is_grid=False, questions=questions, rules=(), ids=part.ids
    )


def _grid(grid: Grid) -> SectionSheet:
    rules = []
    if grid.row_titles:
        rules.append(Line(_("Rows"), (_listed(grid.row_titles),)))
    elif grid.least_rows:
        rules.append(
            Line(
                _("Rows"), (_("%(least)d to %(most)d") % {"least": grid.least_rows, "most": grid.most_rows},)
            )
        )
    else:
        rules.append(Line(_("Rows"), (_("up to %(most)d") % {"most": grid.most_rows},)))
    for quota in grid.quotas:
        column = grid.column(quota.column)
        values = {"least": quota.least, "most": quota.most, "title": column.title if column else quota.column}
        if quota.least == quota.most:
            words = _("exactly %(least)d") % values
        elif quota.most is None:
            words = _("%(least)d or more") % values
        else:
            words = _("%(least)d to %(most)d") % values
        rules.append(Line(_("For each “%(title)s”") % values, (words,), quota.ids))
    return SectionSheet(
        title=grid.title,
        hint=grid.hint,
        is_grid=True,
        questions=tuple(_question(one) for one in grid.columns),
        rules=tuple(rules),
        ids=grid.ids,
    )


def _question(one: Field) -> Line:
    words = [str(FIELD_TYPES[one.type])]
    if one.options:
        only = _("only by itself")
        titles = [f"{o.title} ({only})" if o.exclusive else o.title for o in one.options]
        words = [_("%(type)s: %(options)s") % {"type": words[0], "options": _listed(titles)}]
    words += _limits(one)
    if one.own:
        words.append(_("or in one's own words"))
    if one.personal:
        words.append(_("kept sealed, shown masked"))
    words.append(_("required") if one.required else _("optional"))
    if one.hint:
        words.append(f"“{one.hint}”")
    return Line(one.title, tuple(words), one.ids)


def _limits(one: Field) -> list[str]:
    words = []
    values = {"least": one.least, "most": one.most, "guide": one.guide_length}
    if one.least is not None and one.most is not None:
        words.append(_("%(least)d to %(most)d") % values)
    elif one.least is not None:
        words.append(_("%(least)d or more") % values)
    elif one.most is not None:
        words.append(_("up to %(most)d") % values)
    if one.guide_length:
        words.append(_("about %(guide)d characters") % values)
    if one.type in TEXT_TYPES - {"postcode"}:
        lengths = {"least": one.least_length, "most": one.most_length}
        if one.least_length:
            words.append(_("%(least)d to %(most)d characters") % lengths)
        else:
            words.append(_("up to %(most)d characters") % lengths)
    return words
