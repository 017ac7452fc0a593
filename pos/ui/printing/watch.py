"""The printer's banner: there as long as the window lives, whatever screen is in view."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pos.i18n import _
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.notices import NoticeAction
from pos.ui.printing.presenter import PrintPresenter

if TYPE_CHECKING:
    from pos.receipts.jobs import QueueState
    from pos.ui.printing.words import Banner

KEY: Final = "printer"


class PrintWatch(QObject):
    """Shows a banner while the printer has a problem, or a paper needs a person's word."""

    def __init__(self, desk: Desk, show_queue: str) -> None:
        super().__init__(desk)
        self._desk = desk
        self._show_queue = show_queue
        self._presenter: PrintPresenter | None = None
        self._shown: Banner | None = None
        self._drawer = ""
        desk.printer.connect(self._told)
        desk.signed_in.connect(self._changed)
        desk.signed_out.connect(self._locked)
        desk.language.connect(self._say_anew)

    def _told(self, state: "QueueState") -> None:
        drawer, self._drawer = self._drawer, state.drawer
        if state.drawer and state.drawer != drawer and self._desk.session is not None:
            # Whoever stands before it has to open it by its key, now; it is not tried again.
            self._desk.say(state.drawer)
        self._changed(state)

    def _changed(self, _told: object) -> None:
        if self._desk.session is None:
            return
        if self._presenter is None:
            self._presenter = PrintPresenter(self._desk.till, self._desk.run)
            listen(self, self._presenter, self._show)
        self._presenter.refresh()
        self._show()

    def _say_anew(self) -> None:
        self._shown = None
        self._changed(None)

    def _locked(self) -> None:
        """Nobody is there whose word would count; it is asked again after signing in."""
        self._shown = None
        self._desk.hide_banner(KEY)

    def _show(self) -> None:
        presenter = self._presenter
        banner = presenter.state.banner if presenter else None
        if presenter is None or self._desk.session is None or banner == self._shown:
            return
        self._shown = banner
        if banner is None:
            self._desk.hide_banner(KEY)
        elif banner.is_question:
            said = partial(presenter.answer, banner.job_id)
            self._desk.show_banner(
                KEY,
                banner.sentence,
                NoticeAction(_("Yes, printed"), partial(said, printed=True)),
                NoticeAction(_("No, print again"), partial(said, printed=False)),
                NoticeAction(_("Give it up"), partial(presenter.cancel, banner.job_id)),
            )
        else:
            self._desk.show_banner(
                KEY,
                banner.sentence,
                NoticeAction(_("Try again"), presenter.retry),
                NoticeAction(_("Show queue"), self._go),
                kind="bad",
            )

    def _go(self) -> None:
        self._desk.navigate.emit(self._show_queue)
