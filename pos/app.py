"""The start: the only place where everything is wired together."""

import faulthandler
import gc
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from pos.errors import EnvironmentProblem
from pos.i18n import _
from pos.services.till import Till
from pos.ui import fonts, theme
from pos.ui.report_window import Reporter, level
from pos.ui.single import SingleInstance
from pos.ui.window import Window, start_language

log = logging.getLogger(__name__)

APPLICATION: Final = "Titip"
_LISTEN_AFTER_MS: Final = 200


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The Qt application with our font and theme, or the one that runs already."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication(arguments or sys.argv[:1])
    app.setApplicationName(APPLICATION)
    app.setDesktopFileName("titip")
    app.setStyle("Fusion")
    fonts.install()
    return app


def run(folder: Path) -> int:
    """Open the till of this folder in a window; returns the exit status when it is closed.

    Raises what `Till.open` raises (a TitipError) before any window is shown.
    """
    faulthandler.enable()
    app = make_application()
    single = SingleInstance(folder)
    if not single.claim():
        if single.show_first():
            return 0
        raise EnvironmentProblem(
            _("Titip is already running with this data folder. Close it first.")
        )
    till = Till.open(folder)
    later: list[QTimer] = []
    try:
        start_language(till)
        theme.apply(_wanted_theme(till))
        reporter = Reporter()
        _catch_everything(reporter)
        window = Window(till, reporter)
        window.restore_place()
        theme.follow_system()
        later.append(_soon(_LISTEN_AFTER_MS, lambda: single.listen(window.come_forward)))
        if till.is_set_up:
            window.loaded.connect(till.start_printing)
            window.loaded.connect(till.start_backups)
        # What the start has loaded stays for good, and need not be looked through at each turn.
        # Collecting stays off: the window does it, on its own thread (see pos.ui.garbage).
        gc.freeze()
        return app.exec()
    finally:
        # A window that was closed at once must not wake the till after its end.
        for timer in later:
            timer.stop()
        till.close()
        single.release()


def _soon(after_ms: int, call: Callable[[], object]) -> QTimer:
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(call)
    timer.start(after_ms)
    return timer


def _wanted_theme(till: Till) -> theme.Mode:
    wanted = till.settings.preference("theme", "system") if till.is_set_up else "system"
    for mode in ("light", "dark"):
        if wanted == mode:
            return mode
    return "system"


def _catch_everything(reporter: Reporter) -> None:
    """Errors that nobody expected: the log and one report window; the program goes on."""

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.critical("unexpected error", exc_info=(kind, error, trace))
        reporter.show(error)

    def qt_said(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        logging.getLogger("qt").log(logging.getLevelName(level(kind)), "%s", message)

    sys.excepthook = caught
    qInstallMessageHandler(qt_said)
