"""Words for what the book has as keys."""

from typing import TYPE_CHECKING

from pos.formats import format_date_short, format_time
from pos.i18n import _
from pos.money import thousands
from pos.receipts.slips_goods import withdrawal_reason_text
from pos.ui.widgets.rows import Row

if TYPE_CHECKING:
    from pos.services.queries.stock import StockMove


def move_name(kind: str) -> str:
    """How pieces came or went."""
    names = {
        "intake": _("Taken in"),
        "sale": _("Sold"),
        "return": _("Brought back"),
        "withdrawal": _("Back to the seller"),
        "transfer": _("To another stand"),
        "loss": _("Lost"),
        "damage": _("Damaged"),
        "correction": _("Count set right"),
    }
    return names.get(kind, kind)


def move_row(number: int, move: "StockMove") -> Row:
    """A line of an item's history."""
    when = f"{format_date_short(move.at.date())} {format_time(move.at)}"
    reason = withdrawal_reason_text(move.reason) if move.kind == "withdrawal" else move.reason
    detail = " · ".join(part for part in (when, move.paper, move.staff, reason) if part)
    sign = "+" if move.qty > 0 else "−"
    return Row(
        number,
        move_name(move.kind),
        detail,
        f"{sign}{thousands(abs(move.qty))}",
        _("{count} left").format(count=thousands(move.left)),
    )


def bearer_name(bearer: str) -> str:
    """Who bears a loss."""
    names = {"seller": _("the seller"), "stand": _("the stand"), "shared": _("each half")}
    return names.get(bearer, bearer)


def reason_name(reason: str) -> str:
    """Why pieces went back."""
    return withdrawal_reason_text(reason)
