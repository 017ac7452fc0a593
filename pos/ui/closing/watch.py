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
_EVERY_MS: Final = 60_000


def show_offer(desk: "Desk") -> None:
    """Offer to open a shift, or ask to close one that belongs to an earlier day; blocks nothing."""
    till = desk.till
    if desk.session is None or not till.is_set_up:
        return
    shift = till.shifts.current()
    go = partial(desk.navigate.emit, SCREEN)
    if shift is None:
        desk.show_banner(
            KEY,
            _("No shift is open. You can sell all the same; count the drawer when there is time."),
            NoticeAction(_("Open the shift"), go),
            kind="info",
        )
    elif till.shifts.needs_closing():
        desk.show_banner(
            KEY,
            _("The shift of {day} is still open. Count the drawer and close it.").format(
                day=format_date_long(shift.business_date)
            ),
            NoticeAction(_("Close the till"), go),
        )
    else:
        desk.hide_banner(KEY)


def hide_offer(desk: "Desk") -> None:
    """Where the shift itself is in view, nobody needs to be told."""
    desk.hide_banner(KEY)


class ShiftWatch(QObject):
    """Says it after signing in and when a shift is opened or closed elsewhere; once a minute it
    looks whether the day has turned. What a person has put away stays away until then.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._late = False
        desk.signed_in.connect(self._signed_in)
        desk.signed_out.connect(partial(hide_offer, desk))
        desk.changed.connect(self._changed)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Say it as soon as the open shift belongs to an earlier day."""
        till = self._desk.till
        late = till.is_set_up and till.shifts.needs_closing()
        if late and not self._late and self._desk.session is not None:
            show_offer(self._desk)
        self._late = late

    def _signed_in(self, _session: object) -> None:
        show_offer(self._desk)

    def _changed(self, topics: frozenset[str]) -> None:
        if "shifts" in topics and self._desk.till.shifts.current() is not None:
            hide_offer(self._desk)
