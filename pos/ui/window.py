"""The window: the gate (sign-in or set-up) or the shop (rail, header, screens), banners above."""

import base64
import binascii
import logging
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.i18n import _, set_language
from pos.ui import actions, registry
from pos.ui.banner import BannerArea
from pos.ui.desk import Desk
from pos.ui.garbage import Garbage
from pos.ui.header import Header
from pos.ui.idle import IdleWatch
from pos.ui.notices import Banner
from pos.ui.rail import Rail
from pos.ui.receipts.query import scanned_number, scanned_order
from pos.ui.report_window import Reporter
from pos.ui.scanner import Scanner
from pos.ui.screen import Screen
from pos.ui.widgets.box import column, row
from pos.ui.widgets.toast import ToastBar

if TYPE_CHECKING:
    from pos.services.staff import Session
    from pos.services.till import Till
    from pos.ui.backups.wanted import RestoreWanted

log = logging.getLogger(__name__)

DEFAULT_IDLE_MINUTES: Final = 5
_PREPARE_MS: Final = 30
"""After the sign-in screen is painted, the rest is loaded and the selling screen is made, while
the PIN is typed."""


class Window(QWidget):
    """The one window of a till. `loaded`: what the sign-in screen did without is there now."""

    loaded = Signal()

    def __init__(self, till: "Till", reporter: Reporter | None = None) -> None:
        super().__init__()
        self.till = till
        self.desk = Desk(till)
        self.reporter = reporter or Reporter()
        self.reporter.tell = self.desk.announce
        self.scanner = Scanner(self)
        self.idle = IdleWatch(self._monotonic, self)
        self.garbage = Garbage(self)
        self._banners = BannerArea()
        self._root = QStackedWidget()
        self._shop: Shop | None = None
        self._loading = False
        self._gate: Screen | None = None
        self.setLayout(column(self._banners, self._root, gap=0))
        self._toasts = ToastBar(self)
        self.setMinimumSize(680, 500)
        self.resize(1366, 768)
        self._connect()
        self._companions = registry.companions(self.desk)
        self.restore_wanted: RestoreWanted | None = None
        self._show_gate()

    def _connect(self) -> None:
        desk = self.desk
        desk.signed_in.connect(self._signed_in)
        desk.signed_out.connect(self._show_gate)
        desk.set_up.connect(self._show_gate)
        desk.language.connect(self._rebuild)
        desk.banner.connect(self._banners.show_banner)
        desk.banner_gone.connect(self._banners.hide_banner)
        desk.restore.connect(self._restore)
        desk.toast.connect(self._toasts.show_toast)
        # What one person did is nothing for the next to undo.
        desk.signed_out.connect(self._toasts.hide)
        desk.navigate.connect(self._navigate)
        desk.paper.connect(self._show_paper)
        desk.bridge.broken.connect(self.reporter.show)
        desk.changed.connect(self._settings_changed)
        self.scanner.scanned.connect(self._scanned)
        self.idle.idle.connect(self._idle)
        actions.bind(self, "lock", self._lock)

    # -- gate and shop ---------------------------------------------------------------

    @property
    def shop(self) -> "Shop":
        """The shop, made on first use."""
        if self._shop is None:
            self._shop = Shop(self.desk)
            self._root.addWidget(self._shop)
        return self._shop

    @property
    def current(self) -> Screen | None:
        """The screen in view."""
        if self._shop is not None and self._root.currentWidget() is self._shop:
            return self._shop.current
        return self._gate

    @property
    def banners(self) -> tuple[Banner, ...]:
        """The banners that are shown now."""
        return self._banners.banners()

    def _show_gate(self, gate: str = "sign-in") -> None:
        self.setWindowTitle(self._title())
        make = registry.GATES[gate] if self.till.is_set_up else registry.make_set_up
        old, self._gate = self._gate, make(self.desk)
        if old is not None:
            old.left()
        self._root.addWidget(self._gate)
        self._root.setCurrentWidget(self._gate)
        if old is not None:
            self._root.removeWidget(old)
            old.deleteLater()
        self._gate.entered()
        if self.till.is_set_up and self._shop is None and self.isVisible():
            QTimer.singleShot(_PREPARE_MS, self, self._prepare)

    def _prepare(self) -> None:
        # A window that was closed meanwhile has a till no longer.
        if not self._loading and self.till.is_set_up and self.isVisible():
            self._loading = True
            self.desk.run_aside(self.till.load_all, self._loaded)

    def _loaded(self, _nothing: object) -> None:
        self.desk.watch_printer()
        if self._shop is None:
            self.shop.prepare()
        self.loaded.emit()

    def _signed_in(self, session: "Session") -> None:
        self.idle.touch()
        self._settings_changed(frozenset({"settings"}))
        shop = self.shop
        self._root.setCurrentWidget(shop)
        shop.open_for(session)

    def _restore(self, wanted: "RestoreWanted") -> None:
        """Close, so that a backup can take the book's place (see pos.app)."""
        self.restore_wanted = wanted
        self.close()

    def _lock(self) -> None:
        if self.desk.session is not None:
            self.desk.sign_out()

    def _idle(self) -> None:
        self._lock()

    def _rebuild(self) -> None:
        """Build all screens anew, in the language now chosen."""
        self.setWindowTitle(self._title())
        shown = self._shop.current_id if self._shop is not None else registry.FIRST
        if self._shop is not None:
            self._root.removeWidget(self._shop)
            self._shop.deleteLater()
            self._shop = None
        if self.desk.session is None:
            self._show_gate()
            return
        self._root.setCurrentWidget(self.shop)
        self.shop.open_for(self.desk.session, shown)

    # -- what comes from elsewhere ----------------------------------------------------

    def _navigate(self, screen: str) -> None:
        if self.desk.session is not None:
            self.shop.go(screen)
        elif screen in registry.GATES and self.till.is_set_up:
            self._show_gate(screen)

    def _scanned(self, code: str) -> None:
        current = self.current
        if current is not None and not current.scanned(code):
            self._show_paper(code)

    def _show_paper(self, code: str) -> None:
        if self.desk.session is None:
            return
        place = "receipts" if scanned_number(code) else "selling"
        self.shop.go("orders" if scanned_order(code) else place)
        self.shop.current.scanned(code)

    def _settings_changed(self, topics: frozenset[str]) -> None:
        if "settings" not in topics or not self.till.is_set_up:
            return
        settings = self.till.settings
        self.scanner.prefix = settings.preference("scanner_prefix", "")
        minutes = settings.preference("idle_minutes", str(DEFAULT_IDLE_MINUTES))
        self.idle.minutes = int(minutes) if minutes.isdecimal() else DEFAULT_IDLE_MINUTES

    def _monotonic(self) -> float:
        from time import monotonic

        return monotonic()

    def _title(self) -> str:
        if not self.till.is_set_up:
            return "Titip"
        info = self.till.info
        sample = " · " + _("Sample stand") if info.sample else ""
        return f"{info.stand_name} · {info.till_code}{sample} · Titip"

    # -- Qt's hooks ---------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the keys as soon as there is a window to watch."""
        super().showEvent(event)
        handle = self.windowHandle()
        if not event.spontaneous():
            self.scanner.attach(handle)
            self.idle.attach(handle)
            if self._shop is None and self.till.is_set_up:
                QTimer.singleShot(_PREPARE_MS, self, self._prepare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The toast stays at the foot."""
        super().resizeEvent(event)
        self._toasts.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place and let go of the till (who opened it closes it)."""
        if self.till.is_set_up:
            place = bytes(self.saveGeometry().toBase64().data()).decode()
            self.till.worker.submit(self.till.settings.set_preference, "window", place)
        self.desk.close()
        self.reporter.close()
        super().closeEvent(event)

    def come_forward(self) -> None:
        """Show the window above the others: the program was started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def restore_place(self) -> None:
        """Where the window was when it was closed; a first start fills the screen."""
        saved = self.till.settings.preference("window") if self.till.is_set_up else ""
        try:
            known = bool(saved) and self.restoreGeometry(
                QByteArray(base64.b64decode(saved, validate=True))
            )
        except binascii.Error:
            known = False
        if not known:
            self.showMaximized()
        else:
            self.show()


class Shop(QWidget):
    """Rail, header and the stack of screens; each screen is made on first use."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rail = Rail(registry.ENTRIES)
        self._rail.chosen.connect(self.go)
        self._rail.lock.connect(desk.sign_out)
        self._header = Header(desk)
        self._header.printer_clicked.connect(partial(desk.navigate.emit, registry.PRINT_QUEUE))
        self._stack = QStackedWidget()
        self._screens: dict[str, Screen] = {}
        self.current_id = registry.FIRST
        body = row(self._rail, gap=0)
        body.addLayout(column(self._header, self._stack, gap=0), 1)
        self.setLayout(body)
        for entry in registry.ENTRIES:
            actions.bind(self, entry.action, partial(self.go, entry.id))
        desk.printer.connect(self._header.show_printer)
        self._header.show_printer(desk.till.printing.state())

    def prepare(self) -> None:
        """Make the first screen before it is needed."""
        self._screen(registry.FIRST)

    @property
    def current(self) -> Screen:
        """The screen in view."""
        return self._screen(self.current_id)

    def open_for(self, session: "Session", screen: str = registry.FIRST) -> None:
        """Somebody has signed in."""
        self._header.refresh()
        self._rail.show_role(registry.ENTRIES, session.role)
        self.go(screen)

    def go(self, screen: str) -> None:
        """Show a screen; unknown ids and those not for this role are left alone."""
        entry = next((entry for entry in registry.ENTRIES if entry.id == screen), None)
        if (
            entry is None
            or self._desk.session is None
            or self._desk.session.role not in entry.roles
        ):
            return
        if (
            self._stack.currentWidget() is not self._screens.get(screen)
            and self.current_id in self._screens
        ):
            self._screens[self.current_id].left()
        self.current_id = screen
        self._stack.setCurrentWidget(self._screen(screen))
        self._rail.show_current(screen)
        self._desk.shown.emit(screen)
        self._screens[screen].entered()

    def _screen(self, screen: str) -> Screen:
        if screen not in self._screens:
            entry = next(entry for entry in registry.ENTRIES if entry.id == screen)
            made = entry.make(self._desk)
            self._screens[screen] = made
            self._stack.addWidget(made)
        return self._screens[screen]


def start_language(till: "Till") -> None:
    """The language that this till was told to use."""
    chosen = till.settings.preference("language", "id") if till.is_set_up else "id"
    try:
        set_language(chosen)
    except ValueError:
        log.warning("unknown language in the preferences")
