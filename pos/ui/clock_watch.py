"""The banner about a clock that was set back: at the start, and whenever an entry was refused."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pos.i18n import _
from pos.ui.notices import NoticeAction

if TYPE_CHECKING:
    from pos.ui.desk import Desk

KEY: Final = "clock"
SCREEN: Final = "settings"
_TOPICS: Final = frozenset({"clock", "sales"})


class ClockWatch(QObject):
    """Looks at the start and at each sign-in, after each sale, and when an entry was refused."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        desk.signed_in.connect(self.look)
        desk.signed_out.connect(self.look)
        desk.language.connect(self.look)
        desk.changed.connect(self._changed)
        if desk.till.is_set_up:
            self.look()

    def look(self, _told: object = None) -> None:
        """Say it, or that it is over. Before anybody has signed in there is nowhere to go."""
        desk = self._desk
        sentence = desk.till.clock_behind()
        go = NoticeAction(_("Show the clock"), partial(desk.navigate.emit, SCREEN))
        if not sentence:
            desk.hide_banner(KEY)
        elif desk.session is None:
            desk.show_banner(KEY, sentence, kind="bad")
        else:
            desk.show_banner(KEY, sentence, go, kind="bad")

    def _changed(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            self.look()
