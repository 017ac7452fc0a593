"""Making labels: which, on what sheet, from which place on it. No widgets."""

from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.i18n import _
from pos.receipts.label_sheets import SHEETS, LabelSheet, sheet_by_key
from pos.receipts.labels import ItemLabel, LabelStrip, repeated
from pos.ui.goods.finding import is_code
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.ui.desk import Desk
    from pos.ui.goods.labelled import LabelTray
    from pos.ui.settings.gate import Gate

MOST_OFFSET = 200
"""Tenths of a millimetre, to either side: a sheet that is further off lies in the printer askew."""
MOST_COPIES = 999


class LabelWork(Work):
    """`sheet` with its calibration (`x`, `y`: tenths of a millimetre); `first`: label to begin at."""

    def __init__(self, desk: "Desk", gate: "Gate", tray: "LabelTray") -> None:
        super().__init__(desk, gate)
        self.tray = tray
        self.at = -1
        self.sheet: LabelSheet = SHEETS[0]
        self.x = self.y = 0
        self.first = 1

    def refresh(self) -> None:
        """See Section: the sheet and its calibration as this machine keeps them."""
        keep = self._till.settings.preference
        self._use(sheet_by_key(keep("label_sheet", SHEETS[0].key)))
        super().refresh()

    def _use(self, sheet: LabelSheet) -> None:
        if sheet.key != self.sheet.key:
            self.first = 1
        self.sheet = sheet
        kept = self._till.settings.preference(f"label_offset_{sheet.key}", "0 0").split()
        numbers = [int(part) for part in kept if part.lstrip("-").isdecimal()]
        self.x, self.y = numbers if len(numbers) == 2 else (0, 0)

    @property
    def sheets_needed(self) -> int:
        """Sheets that the labels take."""
        last = self.first - 1 + self.tray.count
        return -(-last // self.sheet.count) if self.tray.count else 0

    # -- which ---------------------------------------------------------------------------------

    def add(self, item_id: int) -> None:
        """One label more for an item."""
        item = self._till.intake.item(item_id)
        self.tray.add(ItemLabel(item.name, item.price, item.code, item.seller_code, 1))
        codes = [label.code for label in self.tray.labels]
        self.at = codes.index(item.code)
        self.tell()

    def add_code(self, code: str) -> bool:
        """One label more for the item with this code."""
        item_id = is_code(self._till, code)
        if not item_id:
            self.tell(errors={"item": _("No item has the code {code}.").format(code=code)})
            return False
        self.add(item_id)
        return True

    def mark(self, at: int) -> None:
        """A row, so that its copies can be changed."""
        self.at = at if 0 <= at < len(self.tray.labels) else -1
        self.tell()

    def set_copies(self, copies: int) -> None:
        """How many of the chosen one; 0 takes it out."""
        if not 0 <= self.at < len(self.tray.labels):
            return
        if copies > MOST_COPIES:
            words = _("At most {count} labels at a time.").format(count=MOST_COPIES)
            self.tell(errors={"copies": words})
            return
        self.tray.set_copies(self.at, copies)
        self.at = min(self.at, len(self.tray.labels) - 1)
        self.tell()

    def clear(self) -> None:
        """None at all."""
        self.tray.put(())
        self.at = -1
        self.tell()

    # -- on what -------------------------------------------------------------------------------

    def choose_sheet(self, key: str) -> None:
        """Another sheet, kept for the next time."""
        self._use(sheet_by_key(key))
        settings = self._till.settings
        self.do(lambda: settings.set_preference("label_sheet", key), lambda _done: None)

    def begin_at(self, first: int) -> None:
        """The first label that is still on the sheet."""
        if not 1 <= first <= self.sheet.count:
            words = _("This sheet has labels 1 to {count}.").format(count=self.sheet.count)
            self.tell(errors={"start": words})
            return
        self.first = first
        self.tell()

    def calibrate(self, x: int, y: int) -> None:
        """Move everything right and down (tenths of a millimetre); kept for this sheet."""
        if max(abs(x), abs(y)) > MOST_OFFSET:
            words = _("At most {count} mm to either side.").format(count=MOST_OFFSET // 10)
            self.tell(errors={"x": words})
            return
        self.x, self.y = x, y
        key, value, settings = self.sheet.key, f"{x} {y}", self._till.settings
        self.do(lambda: settings.set_preference(f"label_offset_{key}", value), lambda _done: None)

    # -- making --------------------------------------------------------------------------------

    def _checked(self) -> bool:
        try:
            if not self.tray.count:
                raise UserError(_("Choose what gets labels first."), field="item")
            repeated(self.tray.labels)
        except UserError as error:
            self.tell(errors={error.field: error.sentence})
            return False
        return True

    def save_labels(self, target: Path) -> None:
        """The sheets as a PDF at true size."""
        if not self._checked():
            return
        from pos.receipts.labels_pdf import labels_pdf

        labels, sheet, first = self.tray.labels, self.sheet, self.first
        offset = (self.x / 10, self.y / 10)
        self.save_file(target, lambda: labels_pdf(labels, sheet, start=first, offset_mm=offset))

    def save_test(self, target: Path) -> None:
        """The sheet's outlines, to be held against a real sheet."""
        from pos.receipts.labels_pdf import label_test_pdf

        sheet, offset = self.sheet, (self.x / 10, self.y / 10)
        self.save_file(target, lambda: label_test_pdf(sheet, offset))

    def print_strip(self) -> None:
        """On the receipt printer, one below the other."""
        if self._checked():
            said = _("{count} labels go to the printer.").format(count=self.tray.count)
            title = _("Labels ({count})").format(count=self.tray.count)
            self.print_paper("labels", LabelStrip(self.tray.labels), title, said=said)


def tenths(text: str) -> int | None:
    """Read "1,5" as 15 tenths of a millimetre; None for no number."""
    cleaned = text.strip().replace(",", ".").replace("−", "-") or "0"
    sign = -1 if cleaned.startswith("-") else 1
    whole, _dot, part = cleaned.lstrip("+-").partition(".")
    if not (whole or part) or not (whole + part).isdecimal() or len(whole) > 3:
        return None
    return sign * (int(whole or 0) * 10 + int((part + "0")[0]))


def tenths_text(value: int) -> str:
    """15 -> "1,5"."""
    whole, part = divmod(abs(value), 10)
    return f"{'-' if value < 0 else ''}{whole},{part}"
