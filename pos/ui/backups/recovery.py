"""A window of its own for restoring: without a till, since the book is closed or can't be opened."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QProgressBar, QSizePolicy, QStackedWidget, QWidget

from pos.errors import TitipError
from pos.i18n import _
from pos.services.restore import Restored, restore
from pos.services.restore_words import took_over
from pos.ui.backups.panel import RestorePanel
from pos.ui.bridge import Bridge
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.ui.backups.wanted import RestoreOrder

_SIZE: Final = (860, 680)
_STEPS: Final = 100


class RecoveryWindow(QWidget):
    """`sentence` says why it is there. With an `order` it begins at once.

    `restored` says whether the book may be opened (again) when the window is closed.
    """

    _progressed = Signal(object)

    def __init__(
        self, folder: Path, sentence: str = "", order: "RestoreOrder | None" = None
    ) -> None:
        super().__init__()
        self._folder = folder
        self.restored = False
        self.again_wanted = False
        """Whether the book is to be opened once more as it is."""
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="restore")
        self.bridge = Bridge(self._pool, self)
        self.bridge.broken.connect(self._broken)
        self.setWindowTitle("Titip")
        self.resize(*_SIZE)
        self.panel = RestorePanel(folder, self.bridge.run_aside)
        self.panel.wanted.connect(self.start)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._said = Label("", "body", wrap=True)
        self._said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.open = Button(_("Open Titip"), "primary", icon="check")
        self.open.clicked.connect(self.close)
        self.back = Button(_("Back"), "outline", icon="arrow-left")
        self.back.clicked.connect(self._show_list)
        self._pages = QStackedWidget()
        self._pages.addWidget(scroll(self.panel))
        self._pages.addWidget(self._make_doing())
        self._pages.addWidget(self._make_done())
        self._why = Label(sentence, "body", wrap=True)
        self.again = Button(_("Try again"), "primary", icon="arrow-clockwise")
        self.again.clicked.connect(self._try_again)
        for widget in (self._why, self.again):
            widget.setVisible(bool(sentence))
        self._head = Label(_("The book can't be opened") if sentence else _("Restoring"), "heading")
        card = frame(
            "card",
            column(
                self._head,
                self._why,
                row(self.again, None),
                self._pages,
                gap=12,
                margins=(28, 24, 28, 24),
            ),
        )
        self.setLayout(row(card, margins=(18, 18, 18, 18)))
        if order is None:
            self._show_list()
        else:
            self.start(order)

    def start(self, order: "RestoreOrder") -> None:
        """Restore this one; progress, then how it went."""
        self.again.hide()
        self._pages.setCurrentIndex(1)
        tell = self._progressed.emit

        def work() -> Restored:
            return restore(
                self._folder,
                order.path,
                take_newer=order.take_newer,
                by=order.by,
                progress=lambda what, done, total: tell((what, done, total)),
            )

        self.bridge.run(work, self._done, self._failed, self._failed)

    def _try_again(self) -> None:
        """Nothing is restored: what failed to read may be read now."""
        self.again_wanted = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A restore that is under way is not broken off by closing its window."""
        if self._pages.currentIndex() == 1:
            event.ignore()
            return
        self.bridge.close()
        self._pool.shutdown(wait=False)
        super().closeEvent(event)
        QApplication.exit(0)

    def _make_doing(self) -> QWidget:
        page = QWidget()
        page.setLayout(column(None, Label(_("Restoring. Please wait…"), "lead"), self._bar, None))
        return page

    def _make_done(self) -> QWidget:
        page = QWidget()
        page.setLayout(column(self._said, None, row(None, self.back, self.open)))
        return page

    def _show_list(self) -> None:
        self._pages.setCurrentIndex(0)
        self.panel.refresh()
        if self._why.isHidden():
            self.panel.focus_first()
        else:
            self.again.show()
            self.again.setFocus()

    def _show_progress(self, told: tuple[str, int, int]) -> None:
        _what, done, total = told
        self._bar.setValue(_STEPS * done // max(1, total))

    def _done(self, done: Restored) -> None:
        self.restored = True
        self._head.setText(_("Restored"))
        self._why.hide()
        lines = [took_over(done)]
        if done.newer.broken:
            lines.append(_("More was there that can't be read any more; it is lost."))
        if done.aside is not None:
            lines.append(_("The earlier book lies in {folder}.").format(folder=done.aside))
        self._finish("\n\n".join(lines), "")

    def _failed(self, error: TitipError) -> None:
        self._finish(error.sentence, "bad")

    def _broken(self, _error: object) -> None:
        self._finish(_("The restoring failed. The book that was there is as it was."), "bad")

    def _finish(self, words: str, tone: str) -> None:
        self._said.set_tone(tone)
        self._said.setText(words)
        self.open.setVisible(self.restored)
        self.back.setVisible(not self.restored)
        self._pages.setCurrentIndex(2)
        (self.open if self.restored else self.back).setFocus()


def run_recovery(
    folder: Path,
    execute: Callable[[], int],
    sentence: str = "",
    order: "RestoreOrder | None" = None,
) -> bool:
    """Show the window until it is closed; whether the book is to be opened now."""
    window = RecoveryWindow(folder, sentence, order)
    window.show()
    execute()
    restored = window.restored or window.again_wanted
    window.deleteLater()
    return restored
