"""Labels to stick on copies."""

from dataclasses import dataclass

A4_WIDTH_MM, A4_HEIGHT_MM = 210.0, 297.0
SMALLEST_WIDTH_MM, SMALLEST_HEIGHT_MM = 25.0, 12.0


@dataclass(frozen=True, kw_only=True)
class Label:
    """One label: the code as text and as QR code (a scanner types it), the title, and whose copy it is."""

    code: str
    title: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class LabelGrid:
    """How labels lie on an A4 sheet, in millimetres; ``start`` is the first place that is not used up, from 1."""

    columns: int
    rows: int
    margin_top: float = 0.0
    margin_left: float = 0.0
    gap_x: float = 0.0
    gap_y: float = 0.0
    start: int = 1

    @property
    def width(self) -> float:
        """Return the width of one label: what margins and gaps leave, shared out."""
        return (A4_WIDTH_MM - 2 * self.margin_left - (self.columns - 1) * self.gap_x) / self.columns

    @property
    def height(self) -> float:
        """Return the height of one label."""
        return (A4_HEIGHT_MM - 2 * self.margin_top - (self.rows - 1) * self.gap_y) / self.rows

    @property
    def is_printable(self) -> bool:
        """Tell whether a QR code and a title can be read on labels of this size."""
        return self.width >= SMALLEST_WIDTH_MM and self.height >= SMALLEST_HEIGHT_MM


# Sheets that Chinese and European shops sell, by the name on their box.
COMMON_GRIDS: dict[str, LabelGrid] = {
    "3x8": LabelGrid(columns=3, rows=8),  # 70 × 37.1 mm
    "3x7": LabelGrid(columns=3, rows=7, margin_top=15.1, margin_left=7.2, gap_x=2.5),  # 63.5 × 38.1 mm
    "2x7": LabelGrid(columns=2, rows=7, margin_top=15.1, margin_left=4.7, gap_x=2.5),  # 99.1 × 38.1 mm
    "4x10": LabelGrid(columns=4, rows=10, margin_top=21.5, margin_left=8.0),  # 48.5 × 25.4 mm
    "5x13": LabelGrid(columns=5, rows=13, margin_top=10.7, margin_left=4.7, gap_x=2.5),  # 38.1 × 21.2 mm
}
