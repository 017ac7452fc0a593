"""Of when the report is: one step back or on, a day from the calendar, today."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from pos.i18n import _
from pos.services.reports.ask import period_text
from pos.services.reports.words import all_accounts
from pos.ui import actions
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button
from pos.ui.widgets.date import DateInput
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.label import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pos.ui.reports.state import ReportsState

_NARROW: Final = 620
_CROWDED: Final = 860


class PeriodBar(QWidget):
    """stepped (-1 or 1), today, day (a date), period (two dates), account (its name)."""

    stepped = Signal(int)
    today = Signal()
    day = Signal(object)
    period = Signal(object, object)
    account = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.earlier = Button("", "outline", icon="caret-left")
        self.later = Button("", "outline", icon="caret-right")
        self.now = Button("", "soft", key=actions.key_text("report-today"))
        self.shown = ElidedLabel("", "lead")
        self.shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.since = DateInput(_("From"))
        self.until = DateInput(_("To"))
        self._accounts = all_accounts()
        self.accounts = DropDown(_("Ledger account"))
        self.accounts.set_choices(
            [(at, text) for at, (_id, text) in enumerate(self._accounts, 1)], 1
        )
        for button, action in ((self.earlier, "report-earlier"), (self.later, "report-later")):
            button.setToolTip(actions.tip(action))
            button.setAccessibleName(actions.text(action))
        self._steps = row(self.earlier, self.later, self.shown, gap=8)
        self._steps.setStretch(2, 1)
        self._fields = row(self.accounts, self.since, self.until, self.now, gap=8)
        self._line = row(self._steps, self._fields, gap=8)
        self._line.setStretch(0, 1)
        self.setLayout(self._line)
        self._connect()

    def _connect(self) -> None:
        self.earlier.clicked.connect(lambda: self.stepped.emit(-1))
        self.later.clicked.connect(lambda: self.stepped.emit(1))
        self.now.clicked.connect(self.today)
        self.since.dateChanged.connect(self._changed)
        self.until.dateChanged.connect(self._changed)
        self.accounts.activated.connect(
            lambda _at: self.account.emit(self._accounts[self.accounts.chosen - 1][0])
        )

    def show_state(self, state: "ReportsState") -> None:
        """Put what is chosen into words and fields; tells nobody."""
        picks, period = state.kind.picks, state.period
        self.shown.set_text(period_text(period))
        self.later.setEnabled(state.may_go_later)
        names = {"day": _("Today"), "month": _("This month"), "year": _("This year")}
        self.now.setText(names.get(picks, _("This month")))
        self.now.updateGeometry()
        self.since.setVisible(picks in {"day", "period"})
        self.until.setVisible(picks == "period")
        self.accounts.setVisible(state.kind.has_account)
        ids = [account for account, _text in self._accounts]
        self.accounts.choose(ids.index(state.account) + 1)
        for field, day in ((self.since, period.since), (self.until, period.until)):
            with QSignalBlocker(field):
                field.set_day(day)
        self._show_words()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Where it is narrow, the fields get a line of their own."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        narrow = self.width() < _NARROW
        self._line.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._show_words()

    def _show_words(self) -> None:
        """The two days say it too: where both do not fit, these are enough."""
        crowded = _NARROW <= self.width() < _CROWDED and not self.until.isHidden()
        self.shown.setVisible(not crowded)

    def _changed(self) -> None:
        if self.until.isVisible():
            self.period.emit(self.since.day, self.until.day)
        else:
            self.day.emit(self.since.day)
