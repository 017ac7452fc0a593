"""What the right card says at each step."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from pos.i18n import _
from pos.ui import actions
from pos.ui.closing.moved import hand_title
from pos.ui.closing.page import over_short_name
from pos.ui.closing.right import Foot

if TYPE_CHECKING:
    from pos.ui.closing.state import ClosingState, Step


def foot_of(state: "ClosingState", *, at_end: bool) -> Foot:
    """Caption, amount and button; `at_end` says that Enter is what goes on now."""
    finish = actions.key_text("shift-next")
    if state.step == "count" and at_end:
        finish = "Enter"
    return _FEET[state.step](state, finish)


def _open(state: "ClosingState", finish: str) -> Foot:
    return Foot(_("Money in the drawer"), state.total, _("Open the shift"), finish)


def _day(state: "ClosingState", finish: str) -> Foot:
    caption = (
        _("What should be in the drawer shows after the count.")
        if state.hidden
        else _("In the drawer, by the book")
    )
    shown = None if state.hidden else state.drawer
    return Foot(caption, shown, _("Close the till"), finish, digits=False)


def _move(state: "ClosingState", _finish: str) -> Foot:
    title = hand_title(state.hand)
    if state.hand == "drawer":
        return Foot(title, None, _("Open the drawer"), "Enter", digits=False)
    return Foot(title, state.amount or 0, _("Save"), "Enter")


def _payments(state: "ClosingState", _finish: str) -> Foot:
    amount = sum(payment.amount for payment in state.unchecked)
    return Foot(_("Not checked yet"), amount, _("On to the count"), "Enter", digits=False)


def _count(state: "ClosingState", finish: str) -> Foot:
    return Foot(_("Money in the drawer"), state.total, _("Save the count"), finish)


def _difference(state: "ClosingState", _finish: str) -> Foot:
    return Foot(over_short_name(state.difference), abs(state.difference), _("Next"), "Enter")


def _deposit(state: "ClosingState", _finish: str) -> Foot:
    return Foot(_("To the office"), state.deposit, _("Close & print Z"), "Enter")


def _done(state: "ClosingState", _finish: str) -> Foot:
    return Foot(
        _("To the office"),
        state.closed.deposit if state.closed else 0,
        _("New shift"),
        "Enter",
        digits=False,
        other=actions.text("shift-print"),
        other_key=actions.key_text("shift-print"),
    )


_FEET: "Final[dict[Step, Callable[[ClosingState, str], Foot]]]" = {
    "open": _open,
    "day": _day,
    "move": _move,
    "payments": _payments,
    "count": _count,
    "difference": _difference,
    "deposit": _deposit,
    "done": _done,
}
