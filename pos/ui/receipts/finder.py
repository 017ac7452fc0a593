"""What narrows the list of receipts: text, day, seller."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from pos.errors import UserError
from pos.formats import format_date
from pos.i18n import _
from pos.ui.fonts import font
from pos.ui.receipts.presenter import DayChoice
from pos.ui.receipts.query import parse_day
from pos.ui.widgets.box import column, row
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.find_input import FindInput
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.services.queries.catalog import SellerChoice
    from pos.ui.receipts.presenter import ReceiptsState

DAYS: Final[tuple[DayChoice, ...]] = ("all", "today", "yesterday")
_UNCHECKED: Final = len(DAYS)
_DATE: Final = _UNCHECKED + 1
_NARROW: Final = 740
_TINY: Final = 400
_HIGH: Final = 52


class Finder(QWidget):
    """Text, chips, a date, a seller; each change is told at once."""

    text_changed = Signal(str)
    day_chosen = Signal(str, object)
    seller_chosen = Signal(object)
    till_chosen = Signal(object)
    unchecked_chosen = Signal()

    def __init__(self, sellers: "Sequence[SellerChoice]", today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._today = today
        self.search = FindInput(
            "find-receipt",
            _("Scan a receipt, or type number, item, seller, amount"),
            _("Search receipts"),
            takes_scans=True,
        )
        self.search.setMinimumHeight(_HIGH)
        self.search.textEdited.connect(self.text_changed)
        self.chips = ChipRow(self._chip)
        self.date = QLineEdit()
        self.date.setFont(font("body"))
        self.date.setPlaceholderText(_("Date: 22/11/2026"))
        self.date.setAccessibleName(_("Date"))
        self.date.setFixedWidth(176)
        self.date.returnPressed.connect(self._date)
        self._error = Label("", "small", "bad", wrap=True)
        self.seller = DropDown(_("Seller"))
        names = [(seller.seller_id, f"{seller.code} · {seller.workshop}") for seller in sellers]
        self.seller.set_choices([(0, _("All sellers")), *names])
        self.seller.activated.connect(lambda _at: self.seller_chosen.emit(self.seller.chosen))
        self.till = DropDown(_("Till"))
        self.till.activated.connect(lambda _at: self.till_chosen.emit(self.till.chosen))
        self._tills: tuple[tuple[int, str], ...] = ()
        self.till.hide()
        self._state: tuple[object, ...] = ()
        self._line = row(self.chips, row(self.date, self.seller, self.till, gap=8), gap=8)
        self._line.setStretch(0, 1)
        self._top = row(self.search, gap=8)
        self.setLayout(column(self._top, self._line, self._error, gap=10))
        self._error.hide()

    def show_tills(self, tills: tuple[tuple[int, str], ...], chosen: int) -> None:
        """Which tills there are to choose from; nothing where there is one."""
        if tills != self._tills:
            self._tills = tills
            self.till.set_choices(tills, chosen)
        self.till.choose(chosen)
        self.till.setVisible(bool(tills))

    def add_beside_search(self, widget: QWidget) -> None:
        """Something of the screen's own, at the right of the search field."""
        self._top.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, date and seller get a line of their own."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        way = QBoxLayout.Direction
        self._line.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        for box in (self.seller, self.till):
            box.setMinimumWidth(100 if narrow or self.till.isVisible() else 190)
        self.date.setFixedWidth(130 if self.width() < _TINY else 176)

    def show_state(self, state: "ReceiptsState") -> None:
        """Put what is asked for into chips and fields."""
        if self.search.text() != state.text:
            self.search.setText(state.text)
        shown = (state.day, state.date, state.unchecked_only, len(state.unchecked))
        if shown != self._state:
            self._state = shown
            self._show_chips(state)
        if not state.seller_id:
            self.seller.choose(0)

    def _show_chips(self, state: "ReceiptsState") -> None:
        names = {"all": _("All"), "today": _("Today"), "yesterday": _("Yesterday")}
        chips = [(at, names[day]) for at, day in enumerate(DAYS)]
        count = len(state.unchecked)
        text = _("Not checked yet ({count})").format(count=count) if count else _("Not checked yet")
        chips.append((_UNCHECKED, text))
        on = DAYS.index(state.day) if state.day in DAYS else _DATE
        if state.day == "date" and state.date is not None:
            chips.insert(len(DAYS), (_DATE, format_date(state.date)))
        self.chips.set_chips(chips, _UNCHECKED if state.unchecked_only else on)

    def _chip(self, number: int) -> None:
        self._say("")
        if number == _UNCHECKED:
            self.unchecked_chosen.emit()
        elif number < len(DAYS):
            self.date.clear()
            self.day_chosen.emit(DAYS[number], None)

    def _date(self) -> None:
        if not self.date.text().strip():
            self.day_chosen.emit("all", None)
            return
        try:
            day = parse_day(self.date.text(), self._today())
        except UserError as error:
            self._say(error.sentence)
            return
        self._say("")
        self.day_chosen.emit("date", day)

    def _say(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
