"""The settings: sections on the left, a page on the right, a manager's PIN in place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos import i18n
from pos.i18n import _
from pos.ui import theme
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.screen import Screen
from pos.ui.settings.about import about
from pos.ui.settings.about_page import AboutPage
from pos.ui.settings.backup import BackupSection
from pos.ui.settings.backup_page import BackupPage
from pos.ui.settings.day import DaySection
from pos.ui.settings.day_page import DayPage
from pos.ui.settings.gate import Gate
from pos.ui.settings.lock import LockSection
from pos.ui.settings.lock_page import LockPage
from pos.ui.settings.logo import LogoSection
from pos.ui.settings.look import LookSection
from pos.ui.settings.look_page import LookPage
from pos.ui.settings.page import FORM_WIDTH, Page
from pos.ui.settings.printer_page import PrinterPage
from pos.ui.settings.qris import QrisSection
from pos.ui.settings.qris_page import QrisPage
from pos.ui.settings.section import Section
from pos.ui.settings.staff import StaffSection
from pos.ui.settings.staff_page import StaffPage
from pos.ui.settings.stand import StandSection
from pos.ui.settings.stand_page import StandPage
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.label import Label
from pos.ui.widgets.pin import ApprovalPanel
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.services.staff import Session

_LIST_WIDTH: Final = 250
_LIST_WIDTH_TINY: Final = 72
_TINY: Final = 720
_LOW: Final = 560
_CLOCK: Final = "clock"


@dataclass(frozen=True)
class _Entry:
    """A section: its place in the list, its maker."""

    name: str
    icon: str
    make: Callable[[], "Page | PrinterPage"]


class SettingsScreen(Screen):
    """Pages are made when they are first looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.gate = Gate(lambda: desk.staff)
        listen(self, self.gate, self._show_gate)
        self._entries = self._sections()
        self._pages: dict[int, Page | PrinterPage] = {}
        self.list = RowList(_("Settings"), height=52)
        self.list.set_rows(
            [Row(n, entry.name, icon=entry.icon) for n, entry in enumerate(self._entries, 1)], 1
        )
        self.list.chosen.connect(self.open)
        self.list.opened.connect(lambda _id: self.page.focus_first())
        self._title = Label("", "heading")
        self._stack = QStackedWidget()
        self.approval = ApprovalPanel(desk.till, desk.run)
        self.approval.approved.connect(self._approved)
        self.approval.cancelled.connect(self.gate.give_up)
        self.approval.setMaximumWidth(FORM_WIDTH)
        self._insides: list[QVBoxLayout] = []
        self._right = QStackedWidget()
        self._right.addWidget(self._wrap(column(self._title, 10, self._stack, gap=4)))
        self._right.addWidget(self._wrap(column(self.approval)))
        head = Label(_("Settings"), "heading")
        shelf = column(row(head, margins=(18, 16, 8, 6)), self.list, margins=(2, 2, 2, 8))
        self._head = head
        self._left = frame("card", shelf)
        self._whole = row(self._left, self._right, gap=18)
        self.setLayout(self._whole)
        self.current = 1

    def _wrap(self, inside: QVBoxLayout) -> QWidget:
        self._insides.append(inside)
        return frame("card", inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the list is icons alone, and there is less around things."""
        super().resizeEvent(event)
        tiny = self.width() < _TINY or self.height() < _LOW
        self._left.setFixedWidth(_LIST_WIDTH_TINY if self.width() < _TINY else _LIST_WIDTH)
        self._head.setVisible(self.width() >= _TINY)
        around = 10 if tiny else 18
        self._whole.setContentsMargins(around, around, around, around)
        for inside in self._insides:
            inside.setContentsMargins(*((14, 8, 14, 8) if tiny else (28, 20, 28, 16)))

    def _sections(self) -> tuple[_Entry, ...]:
        desk, gate = self.desk, self.gate
        till, run = desk.till, desk.run
        return (
            _Entry(
                _("Language & look"),
                "translate",
                lambda: LookPage(LookSection(till, run, gate, self._apply)),
            ),
            _Entry(
                _("Stand & receipt"),
                "storefront",
                lambda: StandPage(
                    StandSection(till, run, gate), LogoSection(till, run, gate), till.info
                ),
            ),
            _Entry(_("QRIS"), "qr-code", lambda: QrisPage(QrisSection(till, run, gate))),
            _Entry(_("Printer"), "printer", lambda: PrinterPage(desk)),
            _Entry(_("Staff"), "users", lambda: StaffPage(StaffSection(till, run, gate))),
            _Entry(_("Lock & scanner"), "barcode", lambda: LockPage(LockSection(till, run, gate))),
            _Entry(
                _("Day & drawer"),
                _CLOCK,
                lambda: DayPage(DaySection(till, run, gate), till.info.zone),
            ),
            _Entry(
                _("Backups"),
                "clock-counter-clockwise",
                lambda: BackupPage(BackupSection(till, run, gate, desk.run_aside, desk), desk),
            ),
            _Entry(_("About"), "info", lambda: AboutPage(Section(till, run, gate), about(till))),
        )

    # -- see Screen --------------------------------------------------------------------------

    def entered(self) -> None:
        """See Screen. While the clock is wrong, its page is what one comes for."""
        self.open(self._clock_section() if self.desk.till.clock_behind() else self.current)
        self.list.setFocus()

    def left(self) -> None:
        """See Screen: what waits for a PIN waits no longer."""
        self.gate.give_up()

    def scanned(self, code: str) -> bool:
        """See Screen: the QRIS page takes a scan; what is scanned elsewhere here is not sold."""
        page = self.page
        return isinstance(page, Page) and page.scanned(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes from the page to the list; Right goes from the list to the page."""
        if event.key() == Qt.Key.Key_Escape:
            if not (isinstance(self.page, Page) and self.page.back()):
                self.list.setFocus()
        elif event.key() == Qt.Key.Key_Right and self.list.hasFocus():
            self.page.focus_first()
        else:
            super().keyPressEvent(event)

    # -- pages -------------------------------------------------------------------------------

    @property
    def page(self) -> "Page | PrinterPage":
        """The page in view."""
        return self._pages[self.current]

    def open(self, number: int) -> None:
        """Show a section's page, read anew."""
        self.gate.give_up()
        self.current = number
        if number not in self._pages:
            made = self._entries[number - 1].make()
            self._pages[number] = made
            made.setMaximumWidth(FORM_WIDTH)
            holder = QWidget()
            line = row(made, None, margins=(2, 2, 12, 2))
            # All the room up to the form's width, the rest to the empty right.
            line.setStretch(0, 100)
            holder.setLayout(line)
            self._stack.addWidget(scroll(holder))
        self._title.setText(self._entries[number - 1].name)
        self._stack.setCurrentIndex(list(self._pages).index(number))
        self.list.set_rows(self.list.rows, number)
        self._pages[number].refresh()

    def _apply(self, code: str, look: str) -> None:
        """Language and look hold for the whole window, at once."""
        if look != theme.mode():
            theme.apply("light" if look == "light" else "dark" if look == "dark" else "system")
        if code != i18n.language():
            i18n.set_language(code)
            self.desk.language.emit()

    def _clock_section(self) -> int:
        return next(n for n, entry in enumerate(self._entries, 1) if entry.icon == _CLOCK)

    # -- a manager's word --------------------------------------------------------------------

    def _show_gate(self) -> None:
        asking = self.gate.asking
        shown = self._right.currentIndex() == 1
        self._right.setCurrentIndex(1 if asking else 0)
        if asking:
            self.approval.ask(asking)
        elif shown:
            self.page.focus_first()

    def _approved(self, session: "Session") -> None:
        self.gate.approved(session.staff_id)
