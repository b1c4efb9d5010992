"""Sentences that people write into the forms of a year: reasons, notes, remarks, reports."""

from dataclasses import dataclass

from lianxue.demo.toml_rows import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedNote:
    """What a teacher or learner writes on the public page of a point."""

    audience: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """The four contents of a yearly effect report (S0-53)."""

    recipients: str
    forms: str
    effects: str
    suggestions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """Every kind of sentence, in the order of the file."""

    accepted: tuple[str, ...]
    returned: tuple[str, ...]
    rejected: tuple[str, ...]
    adjusted: tuple[str, ...]
    dispatched: tuple[str, ...]
    received_in_order: tuple[str, ...]
    received_short: tuple[str, ...]
    received_damaged: tuple[str, ...]
    needs: tuple[NeedNote, ...]
    corner_locations: tuple[str, ...]
    counted_short: tuple[str, ...]
    said: dict[int, tuple[str, ...]]  # about a title, by stars
    effect_reports: tuple[ReportText, ...]


def read_remarks() -> Remarks:
    """Read all sentences."""
    content = read_toml("remarks.toml")
    review, receipt = content["review"], content["receipt"]
    return Remarks(
        accepted=review["accept"],
        returned=review["return"],
        rejected=review["reject"],
        adjusted=content["adjustment"]["reasons"],
        dispatched=content["dispatch"]["notes"],
        received_in_order=receipt["good"],
        received_short=receipt["short"],
        received_damaged=receipt["damaged"],
        needs=tuple(NeedNote(**row) for row in content["need"]),
        corner_locations=content["corner"]["locations"],
        counted_short=content["count"]["short"],
        said={int(stars): words for stars, words in content["said"].items()},
        effect_reports=tuple(ReportText(**row) for row in content["effect_report"]),
    )
