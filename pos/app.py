"""The start: the only place where everything is wired together."""

import pos.ui.bindings  # noqa: F401 (before all others, as it says itself)

# isort: split
import gc
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from pos.config import book_path
from pos.errors import BookDamagedError, EnvironmentProblem
from pos.i18n import _
from pos.logs import Log
from pos.models.migrate import needs_migration, version_of
from pos.services.restore_moves import finish_interrupted
from pos.services.till import Till
from pos.ui import fonts, theme
from pos.ui.notices import NoticeAction
from pos.ui.report_window import Reporter, level
from pos.ui.single import SingleInstance
from pos.ui.window import Window, start_language

if TYPE_CHECKING:
    from pos.ui.backups.wanted import RestoreOrder, RestoreWanted

log = logging.getLogger(__name__)

APPLICATION: Final = "Titip"
_LISTEN_AFTER_MS: Final = 200
_SWITCH_SECONDS: Final = 0.0005
"""So long a thread keeps the interpreter while another wants it. By Python's own choice it is ten
times as long: a window that asks the book ten things beside long work would wait a tenth of a second."""
WAIT_SECONDS = 60.0
"""So long a second start waits for a first one that is just ending."""


def make_application(arguments: list[str] | None = None) -> QApplication:
    """The Qt application with our font and theme, or the one that runs already."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    sys.setswitchinterval(_SWITCH_SECONDS)
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
    app = make_application()
    single = SingleInstance(folder)
    if not single.claim():
        if single.show_first():
            return 0
        _wait_for_the_first(single)
    theme.follow_system()
    kept = Log(folder)
    try:
        return _run_until_closed(app, folder, single, kept)
    finally:
        kept.close()
        single.release()


def _wait_for_the_first(single: SingleInstance) -> None:
    """Another program has the folder and shows no window: it makes its last backup, most likely."""
    deadline = monotonic() + WAIT_SECONDS
    while not single.claim():
        if monotonic() > deadline:
            raise EnvironmentProblem(
                _("Titip is already running with this data folder. Close it first.")
            )
        sleep(0.1)


def _run_until_closed(app: QApplication, folder: Path, single: SingleInstance, kept: Log) -> int:
    """A window on the till; where the book can't be opened, or another is wanted, the way back."""
    while True:
        try:
            _update(app, folder)
            till = Till.open(folder)
        except BookDamagedError as error:
            log.warning("the book can't be opened", exc_info=True)
            if not _recover(app, folder, error.sentence, None):
                return 1
            continue
        status, wanted = _session(app, till, single, kept)
        if wanted is None:
            return status
        _recover(app, folder, wanted.sentence, wanted.order)


def _update(app: QApplication, folder: Path) -> None:
    """A book of an earlier version is brought up to date by a window that tells how far it is."""
    finish_interrupted(folder)
    path = book_path(folder)
    if path.exists() and needs_migration(path) and version_of(path):
        from pos.ui.backups.updating import run_update

        run_update(path, app.exec)


def _recover(app: QApplication, folder: Path, sentence: str, order: "RestoreOrder | None") -> bool:
    from pos.ui.backups.recovery import run_recovery

    return run_recovery(folder, app.exec, sentence, order)


def _session(
    app: QApplication, till: Till, single: SingleInstance, kept: Log
) -> "tuple[int, RestoreWanted | None]":
    """The window until it is closed; the exit status, and what is to be restored, if anything."""
    later: list[QTimer] = []
    try:
        start_language(till)
        theme.apply(_wanted_theme(till))
        reporter = Reporter()
        _catch_everything(reporter)
        window = Window(till, reporter)
        window.restore_place()
        if kept.last_crash:
            _tell_of_crash(window, reporter, kept.last_crash)
            kept.last_crash = ""
        later.append(_soon(_LISTEN_AFTER_MS, lambda: single.listen(window.come_forward)))
        if till.is_set_up:
            window.loaded.connect(till.start_printing)
            window.loaded.connect(till.start_backups)
            window.loaded.connect(gc.freeze)
        # What the start has loaded stays for good, and need not be looked through at each turn.
        # Collecting stays off: the window does it, on its own thread (see pos.ui.garbage).
        gc.freeze()
        return app.exec(), window.restore_wanted
    finally:
        # A window that was closed at once must not wake the till after its end.
        for timer in later:
            timer.stop()
        single.stop_listening()
        till.close()


def _tell_of_crash(window: Window, reporter: Reporter, report: str) -> None:
    """The run before died: calmly, with its report for whoever looks after Titip."""
    key = "crash"

    def show() -> None:
        window.desk.hide_banner(key)
        reporter.show_report(report)

    window.desk.show_banner(
        key,
        _(
            "Titip stopped unexpectedly last time. What was recorded is safe, and the open cart is kept."
        ),
        NoticeAction(_("Show the report"), show),
        kind="info",
    )


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
