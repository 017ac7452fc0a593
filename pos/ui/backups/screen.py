"""Backups before anybody signs in: a manager's PIN leads back to one."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from pos.i18n import _
from pos.ui.backups.panel import RestorePanel
from pos.ui.backups.wanted import RestoreWanted
from pos.ui.desk import Desk
from pos.ui.screen import Screen
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label
from pos.ui.widgets.pin import ApprovalPanel

if TYPE_CHECKING:
    from pos.services.staff import Session
    from pos.ui.backups.wanted import RestoreOrder

_WIDE: Final = 760
_LOW: Final = 640


class BackupsScreen(Screen):
    """The list, then a manager's PIN, then the window's `restore`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._order: RestoreOrder | None = None
        self.panel = RestorePanel(desk.till.folder, desk.run_aside)
        self.panel.wanted.connect(self._wanted)
        self.approval = ApprovalPanel(desk.till, desk.run)
        self.approval.approved.connect(self._approved)
        self.approval.cancelled.connect(self._show_list)
        self._pages = QStackedWidget()
        self._pages.addWidget(scroll(self.panel))
        self._pages.addWidget(scroll(self.approval))
        back = Button(_("Back"), "ghost", icon="arrow-left", key="Esc")
        back.clicked.connect(self._leave)
        head = row(Label(_("Backups"), "heading"), None, back)
        self._inner = column(head, self._pages, gap=12)
        card = frame("card", self._inner)
        card.setMaximumWidth(_WIDE)
        whole = row(None, card, None)
        whole.setStretch(1, 100)
        self._whole = whole
        self.setLayout(whole)

    def entered(self) -> None:
        """See Screen."""
        self._show_list()
        self.panel.refresh()

    def scanned(self, code: str) -> bool:
        """See Screen: before signing in nothing is sold."""
        del code
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the names."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less around things in a low window."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        around = 8 if low else 28
        self._whole.setContentsMargins(around, around, around, around)
        inside = 14 if low else 26
        self._inner.setContentsMargins(inside, inside - 4, inside, inside - 4)

    def _wanted(self, order: "RestoreOrder") -> None:
        self._order = order
        self._pages.setCurrentIndex(1)
        self.approval.ask(_("A manager's PIN is needed to restore a backup."))

    def _approved(self, session: "Session") -> None:
        if self._order is not None:
            self.desk.restore.emit(RestoreWanted(replace(self._order, by=session.staff_id)))

    def _show_list(self) -> None:
        self._order = None
        self._pages.setCurrentIndex(0)
        self.panel.focus_first()

    def _leave(self) -> None:
        self.desk.navigate.emit("sign-in")
