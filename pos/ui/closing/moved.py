"""What was done to the drawer by hand, a row each, with the picture of its slip."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.formats import format_time
from pos.i18n import _
from pos.money import rupiah
from pos.ui.closing.picture import SlipThumb
from pos.ui.widgets.box import column, row
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.services.queries.cash_moves import ByHand, HandKind
    from pos.ui.desk import Desk


class MovedList(QWidget):
    """Built anew only when something was added. `view(picture, title)` shows one large."""

    def __init__(self, desk: "Desk", view: "Callable[[str, str], None]") -> None:
        super().__init__()
        self._view = view
        self.thumbs: list[SlipThumb] = []
        self._desk = desk
        self._shown: tuple[ByHand, ...] = ()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)

    @property
    def moves(self) -> "tuple[ByHand, ...]":
        """What is shown."""
        return self._shown

    def show_moves(self, moves: "tuple[ByHand, ...]") -> None:
        """Show these, the newest first."""
        self.setVisible(bool(moves))
        if moves == self._shown:
            return
        self._shown = moves
        self.thumbs = []
        while (item := self._box.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if moves:
            self._box.addWidget(Label(_("By hand"), "small-strong", "muted"))
        for move in reversed(moves):
            self._box.addWidget(self._row(move))

    def _row(self, move: "ByHand") -> QWidget:
        line = QWidget()
        about = (format_time(move.at), move.number, move.staff)
        title = f"{hand_title(move.kind)}: {move.reason}"
        words = column(
            ElidedLabel(title, "body"),
            ElidedLabel(" · ".join(part for part in about if part), "small", "muted"),
            gap=1,
        )
        box = row(gap=12)
        if move.picture:
            thumb = SlipThumb(self._desk)
            thumb.show_picture(move.picture)
            heading = " · ".join((move.number, title, rupiah(move.amount)))
            thumb.pressed.connect(partial(self._view, move.picture, heading))
            self.thumbs.append(thumb)
            box.addWidget(thumb)
        box.addLayout(words, 1)
        if move.amount:
            signed = move.amount if move.kind == "in" else -move.amount
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            box.addWidget(Label(rupiah(signed), "item", align=right))
        line.setLayout(box)
        return line


def hand_title(kind: "HandKind") -> str:
    """What is done by hand."""
    return {
        "in": _("Cash in"),
        "out": _("Cash out"),
        "deposit": _("Cash to the office"),
        "drawer": _("Open the drawer"),
    }[kind]
