"""A small window while a book of an earlier version is backed up and brought up to date."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QProgressBar, QWidget

from pos.clock import Clock, SystemClock
from pos.errors import TitipError
from pos.i18n import _
from pos.services.updating import bring_up_to_date
from pos.ui.bridge import Bridge
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.label import Label

_SIZE: Final = (520, 240)
_STEPS: Final = 100
_SHOW_AFTER_MS: Final = 300
"""A small book is done before anybody could read the window."""


class UpdatingWindow(QWidget):
    """`error` is what it ended with; None when the book can be opened."""

    _progressed = Signal(object)

    def __init__(self, path: Path, clock: Clock) -> None:
        super().__init__()
        self.error: BaseException | None = None
        self._over = False
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="update")
        self.bridge = Bridge(self._pool, self)
        self.bridge.broken.connect(self._ended)
        self.setWindowTitle("Titip")
        self.setFixedSize(*_SIZE)
        self.step = Label("", "body", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        note = Label(
            _("A large book takes a few minutes. Please leave the machine on."), "small", "muted"
        )
        inner = column(
            Label(_("The book is brought up to date"), "heading"),
            self.step,
            self.bar,
            note,
            gap=12,
            margins=(24, 20, 24, 20),
        )
        self.setLayout(row(frame("card", inner), margins=(14, 14, 14, 14)))
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        tell = self._progressed.emit
        self.bridge.run(
            lambda: bring_up_to_date(path, clock, lambda *told: tell(told)),
            self._ended,
            self._ended,
            self._ended,
        )
        QTimer.singleShot(_SHOW_AFTER_MS, self, self._show_if_not_over)

    def closeEvent(self, event: QCloseEvent) -> None:
        """It ends by itself, and is not broken off."""
        if not self._over:
            event.ignore()

    def _show_if_not_over(self) -> None:
        if not self._over:
            self.show()

    def _show_progress(self, told: tuple[str, int, int]) -> None:
        what, done, total = told
        self.step.setText(
            {
                "copy": _("First a backup is made …"),
                "chain": _("The backup is checked …"),
                "migrate": _("The book is written in its new form …"),
            }[what]
        )
        self.bar.setRange(0, _STEPS if total else 0)
        self.bar.setValue(_STEPS * done // max(1, total))

    def _ended(self, error: TitipError | BaseException | None) -> None:
        self._over = True
        self.error = error
        self.bridge.close()
        self._pool.shutdown(wait=False)
        self.close()
        QApplication.exit(0)


def run_update(path: Path, execute: Callable[[], int], clock: Clock | None = None) -> None:
    """Bring the book up to date while the window tells how far it is. Raises what stopped it."""
    window = UpdatingWindow(path, clock or SystemClock())
    execute()
    error = window.error
    window.deleteLater()
    if error is not None:
        raise error
