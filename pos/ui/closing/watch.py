"""What is said across the top about the shift: none is open, or yesterday's still is."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from pos.formats import format_date_long
from pos.i18n import _
from pos.ui.notices import NoticeAction

if TYPE_CHECKING:
    from pos.ui.desk import Desk

KEY: Final = "shift"
SCREEN: Final = "closing"
SELLING: Final = "selling"
_EVERY_MS: Final = 60_000


class ShiftWatch(QObject):
    """Over the selling screen it offers to open a shift; over every screen but the drawer's own
    it asks to close one that belongs to an earlier day. Blocks nothing.

    It looks when a screen comes into view, when a shift is opened or closed elsewhere, and once a
    minute whether the day has turned; what a person has put away stays away until then.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._late = False
        self._screen = ""
        desk.shown.connect(self._shown)
        desk.signed_out.connect(self._signed_out)
        desk.changed.connect(self._changed)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        desk.closing.connect(self._timer.stop)

    def look(self) -> None:
        """Say it as soon as the open shift belongs to an earlier day."""
        till = self._desk.till
        late = till.is_set_up and till.shifts.needs_closing()
        if late and not self._late:
            self._say()
        self._late = late

    def _shown(self, screen: str) -> None:
        self._screen = screen
        self._say()

    def _signed_out(self) -> None:
        self._screen = ""
        self._desk.hide_banner(KEY)

    def _changed(self, topics: frozenset[str]) -> None:
        if "shifts" in topics:
            self._say()

    def _say(self) -> None:
        desk, shifts = self._desk, self._desk.till.shifts
        if self._screen in {"", SCREEN}:
            desk.hide_banner(KEY)
            return
        go = partial(desk.navigate.emit, SCREEN)
        shift = shifts.current()
        if shift is not None and shifts.needs_closing():
            desk.show_banner(
                KEY,
                _("The shift of {day} is still open. Count the drawer and close it.").format(
                    day=format_date_long(shift.business_date)
                ),
                NoticeAction(_("Close the till"), go),
            )
        elif shift is None and self._screen == SELLING:
            desk.show_banner(
                KEY,
                _("No shift is open. You can sell all the same; count the drawer when you can."),
                NoticeAction(_("Open the shift"), go),
                kind="info",
            )
        else:
            desk.hide_banner(KEY)
