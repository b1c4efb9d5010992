"""Words of a call in the texts of its definition: a text that was published for one year serves every year.

``{year}`` is the year of the call, ``{years}`` its first and last year (2013-2014), ``{opens}`` and ``{closes}`` the first and the last day of the stage (2021年4月30日), ``{opens_day}`` and ``{closes_day}`` the same
without the year (4月30日). Without a call they say what is published.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from lianxue.kernel.rendering import written_day
from lianxue.programmes.models.definition.parts import Definition, Form, Stage

CALL_WORDS = ("year", "years", "opens", "closes", "opens_day", "closes_day")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NO_DAY = "规定日期"  # the office has set none
NO_YEAR = "××××"
Words = Mapping[str, str]


def filled(text: str, words: Words) -> str:
    """Put ``words`` in in one go: what somebody wrote is never read as a placeholder itself; unknown ones stay."""
    return PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), text)


def words_for(definition: Definition, year: int | None, opens: date | None, closes: date | None) -> Words:
    """Return the words of a stage from ``opens`` to ``closes`` in a call of ``year``.

    A round lasts as many years as the published one did, whenever its days come to lie: its title does not change when
    the office moves a day.
    """
    published = published_years(definition)
    last = year + (max(published) - min(published) if published else 0) if year else None
    return {
        "year": str(year or NO_YEAR),
        "years": NO_YEAR if year is None else str(year) if year == last else f"{year}-{last}",
        "opens": written_day(opens) if opens else NO_DAY,
        "closes": written_day(closes) if closes else NO_DAY,
        "opens_day": _of_any_year(opens),
        "closes_day": _of_any_year(closes),
    }


def published_years(definition: Definition) -> list[int]:
    """Return the years of the published days; none where these are of every year, or missing."""
    days = (_dated(text) for one in definition.stages for text in (one.opens, one.closes))
    return [day.year for day in days if day]


def _of_any_year(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else NO_DAY


def published_words(definition: Definition, stage: Stage) -> Words:
    """Return the words of a stage as they are published: with the days of the definition."""
    year = min(published_years(definition), default=None)
    words = dict(words_for(definition, year, _dated(stage.opens), _dated(stage.closes)))
    for key in ("opens", "closes"):
        yearly = getattr(stage, key)
        if yearly and _dated(yearly) is None:  # 10-31: every year
            month, _dash, day = yearly.partition("-")
            words[key] = words[f"{key}_day"] = f"{int(month)}月{int(day)}日"
    return words


def _dated(text: str) -> date | None:
    return date.fromisoformat(text) if text.count("-") > 1 else None


def published_form(definition: Definition, form: Form) -> Form:
    """Return a form with the words that are published for the first stage that files it."""
    stage = next((one for one in definition.stages if one.form == form.key), definition.stages[0])
    return worded(form, published_words(definition, stage))


def worded(form: Form, words: Words) -> Form:
    """Return the form with the words of a call in its title and on its paper."""
    paper = form.paper and replace(
        form.paper,
        title=filled(form.paper.title, words),
        mark=filled(form.paper.mark, words),
        note=filled(form.paper.note, words),
    )
    return replace(form, title=filled(form.title, words), paper=paper)
