"""What stands on a letter."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class LetterPaper:
    """A letter as it is printed. ``between_offices`` is the layout of a 函, all others have the red head of a document.

    ``attachments`` are titles. ``withdrawn`` are words that say so, printed over the head.
    """

    issuer: str
    number: str
    title: str
    body: str
    dated_on: date
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    copies_to: str = ""
    between_offices: bool = False
    withdrawn: str = ""

    @property
    def mark(self) -> str:
        """Return the words of the red head (发文机关标志)."""
        return self.issuer if self.between_offices else f"{self.issuer}文件"

    @property
    def paragraphs(self) -> list[tuple[int, str, str]]:
        """Return the paragraphs of the text as level, heading and what follows it in the same paragraph.

        Level 1 is 一、, 2 is （一）, 0 all others, which have no heading. A heading ends with its first full stop.
        """
        lines = (line.strip(" \t　") for line in self.body.splitlines())
        return [_parted(line) for line in lines if line]

    @property
    def attachment_lines(self) -> list[tuple[str, str]]:
        """Return the lines of 附件说明 as lead and title: numbered when there are several, without a full stop."""
        if len(self.attachments) < 2:  # noqa: PLR2004  # one is not numbered
            return [("附件：", one) for one in self.attachments]
        return [
            (f"{'附件：' if at == 1 else '　　　'}{at}. ", one)
            for at, one in enumerate(self.attachments, start=1)
        ]


NUMERALS = "一二三四五六七八九十"


def _parted(line: str) -> tuple[int, str, str]:
    level = _level(line)
    if not level:
        return 0, "", line
    heading, stop, rest = line.partition("。")
    return (level, heading + stop, rest) if rest else (level, line, "")


def _level(line: str) -> int:
    head, mark, _rest = line.partition("、")
    if mark and head and all(letter in NUMERALS for letter in head):
        return 1
    inner, bracket, _rest = line[1:].partition("）") if line.startswith("（") else line[1:].partition(")")
    opened = line.startswith(("（", "("))
    return 2 if opened and bracket and inner and all(letter in NUMERALS for letter in inner) else 0
