"""What every screen is given: the till, who is signed in, and ways to run work and to say things."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from pos.errors import BookDamagedError, EnvironmentProblem, TitipError, UserError
from pos.i18n import _
from pos.services.changes import TOPICS
from pos.ui.backups.wanted import RestoreWanted
from pos.ui.bridge import Bridge
from pos.ui.notices import Banner, NoticeAction, Toast

if TYPE_CHECKING:
    import datetime as dt

    from pos.services.staff import Session
    from pos.services.till import Till

Kept = TypeVar("Kept")


class Desk(QObject):
    """One per window. Screens and presenters hold it; it knows no widget.

    changed     frozenset of topics, after each commit ("items", "sales", "settings", ...)
    signed_in   the Session
    signed_out  nothing; the cart stays
    navigate    id of the screen to show
    paper       code of a receipt or an order, as its QR says it: that paper is shown
    banner      a Banner to show (one of the same key is replaced)
    banner_gone key of a banner to take away
    toast       a Toast
    language    nothing: the language was changed, the window builds its screens anew
    set_up      nothing: the first set-up is done
    printer     the QueueState, whenever the print queue changed
    backup      the BackupState, whenever it changed
    restore     a RestoreWanted: the window closes, the till with it, and a backup takes its place
    shown       id of the screen that has come into view
    closing     nothing: the window goes, and the till soon after it
    """

    changed = Signal(object)
    signed_in = Signal(object)
    signed_out = Signal()
    navigate = Signal(str)
    paper = Signal(str)
    banner = Signal(object)
    banner_gone = Signal(str)
    toast = Signal(object)
    language = Signal()
    set_up = Signal()
    printer = Signal(object)
    backup = Signal(object)
    restore = Signal(object)
    shown = Signal(str)
    closing = Signal()
    _news = Signal(object)
    _printer_news = Signal(object)

    def __init__(self, till: "Till") -> None:
        super().__init__()
        self.till = till
        self.session: Session | None = None
        self.session_since: dt.datetime | None = None
        self.last_staff_id = 0
        """Who was signed in last, so that the lock screen asks for that person's PIN."""
        self.bridge = Bridge(till.worker, self)
        self.run = self.bridge.run
        self.run_aside = self.bridge.run_aside
        self.bridge.refused.connect(self._say_refused)
        self.bridge.problem.connect(self._say_problem)
        self._watches_backups = False
        self._kept: dict[str, object] = {}
        self._open = True
        self._news.connect(self._pass_on)
        self._printer_news.connect(self._pass_on_printer)
        self._unsubscribe = [till.changes.subscribe(self._news.emit)]
        self._watches_printer = False

    def watch_printer(self) -> None:
        """Tell `printer` from now on: once somebody is there to see it, or all is loaded."""
        if not self._watches_printer:
            self._watches_printer = True
            self._unsubscribe.append(self.till.printing.subscribe(self._printer_changed))

    def watch_backups(self) -> None:
        """Tell `backup` from now on; called when the window stands, once is enough."""
        if self.till.is_set_up and not self._watches_backups:
            self._watches_backups = True
            self._unsubscribe.append(self.till.backups.subscribe(self.backup.emit))

    @property
    def staff(self) -> "Session":
        """Who is signed in; RuntimeError where nobody is."""
        if self.session is None:
            raise RuntimeError("nobody is signed in")
        return self.session

    def sign_in(self, session: "Session") -> None:
        """A person has shown their PIN: open the till for them."""
        self.watch_printer()
        self.session = session
        self.last_staff_id = session.staff_id
        self.session_since = self.till.now()
        self.signed_in.emit(session)

    def sign_out(self) -> None:
        """Lock: back to the name tiles, the open cart kept."""
        self.session = None
        self.session_since = None
        self.signed_out.emit()

    def keep(self, make: "Callable[[], Kept]", kind: "type[Kept]") -> "Kept":
        """The one `kind` of this window, made on first use: outlives a change of language."""
        found = self._kept.get(kind.__qualname__)
        if not isinstance(found, kind):
            found = make()
            self._kept[kind.__qualname__] = found
        return found

    def say(self, text: str, action: str = "", call: Callable[[], None] | None = None) -> None:
        """A short word at the foot of the screen, with at most one button ("Undo")."""
        self.toast.emit(Toast(text, action, call))

    def show_banner(
        self, key: str, text: str, *actions: NoticeAction, kind: str = "warning"
    ) -> None:
        """A banner across the top until `hide_banner` or its close button; kinds: see Banner."""
        self.banner.emit(Banner(key, text, kind, actions))

    def hide_banner(self, key: str) -> None:
        """Take a banner away; nothing happens where there is none."""
        self.banner_gone.emit(key)

    def close(self) -> None:
        """Deliver nothing more. The till itself is closed by whoever opened it."""
        if self._open:
            self.closing.emit()
        self._open = False
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self.bridge.close()

    def announce(self, error: TitipError) -> None:
        """Say an error that nobody caught: a state of the machine as a banner, else in short."""
        if isinstance(error, EnvironmentProblem):
            self._say_problem(error)
        else:
            self.say(error.sentence)

    def _say_refused(self, error: UserError) -> None:
        self.say(error.sentence)

    def _say_problem(self, error: EnvironmentProblem) -> None:
        ways = []
        if isinstance(error, BookDamagedError):
            wanted = RestoreWanted(sentence=error.sentence)
            ways.append(NoticeAction(_("Try again"), self._read_again))
            ways.append(NoticeAction(_("Restore a backup"), lambda: self.restore.emit(wanted)))
        self.show_banner("environment", error.sentence, *ways, kind="bad")

    def _read_again(self) -> None:
        """A disk that failed to read looks like a damaged book: perhaps it can be read now."""

        def done(_done: None) -> None:
            self.hide_banner("environment")
            self.say(_("The book can be read again."))
            self.changed.emit(TOPICS)

        self.bridge.run(self.till.look_over, done)

    def _printer_changed(self, *_told: object) -> None:
        self._printer_news.emit(self.till.printing.state())

    # News comes from other threads by way of the event loop, so it can arrive after the close.

    def _pass_on(self, topics: frozenset[str]) -> None:
        if self._open:
            self.changed.emit(topics)

    def _pass_on_printer(self, state: object) -> None:
        if self._open:
            self.printer.emit(state)
