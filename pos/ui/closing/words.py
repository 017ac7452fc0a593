"""What the right card says at each step."""

from typing import TYPE_CHECKING

from pos.i18n import _
from pos.ui import actions
from pos.ui.closing.page import hand_title, over_short_name
from pos.ui.closing.right import Foot

if TYPE_CHECKING:
    from pos.ui.closing.state import ClosingState


def foot_of(state: "ClosingState", *, at_end: bool) -> Foot:
    """Caption, amount and button; `at_end` says that Enter is what goes on now."""
    finish = actions.key_text("shift-next")
    on = "Enter" if at_end else finish
    match state.step:
        case "open":
            return Foot(_("Money in the drawer"), state.total, _("Open the shift"), finish)
        case "day":
            shown = None if state.hidden else state.drawer
            caption = (
                _("What should be in the drawer shows after the count.")
                if state.hidden
                else _("In the drawer, by the book")
            )
            return Foot(caption, shown, _("Close the till"), finish, digits=False)
        case "move" if state.hand == "drawer":
            return Foot(hand_title(state.hand), None, _("Open the drawer"), "Enter", digits=False)
        case "move":
            return Foot(hand_title(state.hand), state.amount or 0, _("Save"), "Enter")
        case "payments":
            amount = sum(payment.amount for payment in state.unchecked)
            caption = _("Not checked yet")
            return Foot(caption, amount, _("On to the count"), "Enter", digits=False)
        case "count":
            return Foot(_("Money in the drawer"), state.total, _("Save the count"), on)
        case "difference":
            caption = over_short_name(state.difference)
            return Foot(caption, abs(state.difference), _("Next"), "Enter")
        case "deposit":
            return Foot(_("To the office"), state.deposit, _("Close & print Z"), "Enter")
        case _:
            return Foot(
                _("To the office"),
                state.closed.deposit if state.closed else 0,
                _("New shift"),
                "Enter",
                digits=False,
                other=actions.text("shift-print"),
                other_key=actions.key_text("shift-print"),
            )
