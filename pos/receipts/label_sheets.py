"""Label sheets as numbers: another sheet is another entry here.

The sizes and counts of the Indonesian sheets (sold by number, on paper that is not A4) are those on
their packs. The packs name no margins and sellers give differing ones, so they are derived: two
millimetres between labels, the rest shared by opposite edges. What differs on a real sheet is set
right by the calibration, after a look at the test page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pos.errors import UserError
from pos.i18n import _

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class LabelSheet:
    """A sheet in millimetres. `left` and `top` None: what is left over, halved."""

    key: str
    title: str
    page_width: float
    page_height: float
    columns: int
    rows: int
    width: float
    height: float
    gap_x: float = 0.0
    gap_y: float = 0.0
    left: float | None = None
    top: float | None = None

    @property
    def count(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    @property
    def origin(self) -> tuple[float, float]:
        """Where the first label's upper left corner is."""
        used_x = self.columns * self.width + (self.columns - 1) * self.gap_x
        used_y = self.rows * self.height + (self.rows - 1) * self.gap_y
        return (
            (self.page_width - used_x) / 2 if self.left is None else self.left,
            (self.page_height - used_y) / 2 if self.top is None else self.top,
        )

    def place(self, position: int) -> tuple[float, float]:
        """The upper left corner of label `position`, counted from 0 along the rows."""
        row, column = divmod(position, self.columns)
        left, top = self.origin
        return left + column * (self.width + self.gap_x), top + row * (self.height + self.gap_y)

    def places(self, start: int, count: int) -> Iterator[tuple[int, float, float]]:
        """(sheet from 0, x, y) of `count` labels, the first on label `start` (from 1).

        Raises UserError when the sheet has no label `start`.
        """
        if not 1 <= start <= self.count:
            raise UserError(
                _("This sheet has labels 1 to {count}.").format(count=self.count), field="start"
            )
        for index in range(start - 1, start - 1 + count):
            sheet, position = divmod(index, self.count)
            yield (sheet, *self.place(position))


SHEETS: tuple[LabelSheet, ...] = (
    LabelSheet("103", "No. 103 · 64 × 32 mm", 210, 164, 3, 4, 64, 32, 2, 2),
    LabelSheet("107", "No. 107 · 50 × 18 mm", 165, 210, 3, 10, 50, 18, 2, 2),
    LabelSheet("108", "No. 108 · 38 × 18 mm", 165, 210, 4, 10, 38, 18, 2, 2),
    LabelSheet("121", "No. 121 · 75 × 38 mm", 165, 210, 2, 5, 75, 38, 2, 2),
    LabelSheet("a4-65", "A4 · 65 × 38,1 × 21,2 mm", 210, 297, 5, 13, 38.1, 21.2, 2.5, 0),
    LabelSheet("a4-24", "A4 · 24 × 70 × 37 mm", 210, 297, 3, 8, 70, 37),
    LabelSheet("a4-21", "A4 · 21 × 63,5 × 38,1 mm", 210, 297, 3, 7, 63.5, 38.1, 2.5, 0),
)
"""The sheets that are offered."""


def sheet_by_key(key: str) -> LabelSheet:
    """The sheet of that key; the first one for a key that is gone."""
    return next((sheet for sheet in SHEETS if sheet.key == key), SHEETS[0])
