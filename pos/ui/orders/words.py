"""Words about orders, for the screen."""

from typing import TYPE_CHECKING

from pos.formats import format_date_short
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.slips_orders import ceiling_text, state_text
from pos.ui.widgets.rows import Row

if TYPE_CHECKING:
    from pos.services.queries.order_rows import OrderEvent, OrderLine, OrderRow

_TONES = {
    "ordered": "quiet",
    "confirmed": "quiet",
    "making": "accent",
    "ready": "good",
    "handed": "quiet",
    "cancelled": "quiet",
}


def late_text(days: int) -> str:
    """1 -> "1 day late"; 0 -> ""."""
    if not days:
        return ""
    return _("1 day late") if days == 1 else _("{count} days late").format(count=days)


def board_row(order: "OrderRow") -> Row:
    """An order on the board."""
    closed = order.state in {"handed", "cancelled"} and not order.unsettled
    left = order.deposit if order.unsettled else max(0, order.total - order.deposit)
    return Row(
        order.order_id,
        order.customer or order.number,
        " · ".join(filter(None, (order.what, order.seller_code))),
        format_date_short(order.promised),
        "" if closed else rupiah(left),
        badge=_("to settle")
        if order.unsettled
        else late_text(order.late) or state_text(order.state),
        badge_tone="bad" if order.late or order.unsettled else _TONES[order.state],
        faded=closed,
    )


def line_text(line: "OrderLine") -> str:
    """Size: M, Colour: purple · estimate ...: what stands below a piece's name."""
    details = ", ".join(f"{one.name}: {one.value}" for one in line.fields)
    handed = _("{count} handed over").format(count=line.handed) if line.handed else ""
    return " · ".join(filter(None, (details, ceiling_text(line.ceiling), handed)))


def line_row(line: "OrderLine") -> Row:
    """A piece of an order."""
    return Row(
        line.line_id,
        line.name,
        line_text(line),
        thousands(line.qty * line.price),
        f"{thousands(line.qty)} x {thousands(line.price)}",
    )


def event_text(event: "OrderEvent") -> str:
    """A line of the history in words."""
    return step_text(event.kind, event.amount)


def step_text(kind: str, figure: int) -> str:
    """What happened to an order; `figure` is rupiah (of "changed": the version)."""
    amount = rupiah(figure) if figure else ""
    words = {
        "paid": _("paid ahead {amount}"),
        "advance": _("advance for material {amount}"),
        "refunded": _("given back {amount}"),
        "handed": _("handed over, worth {amount}"),
        "returned": _("hand-over cancelled, {amount}"),
        "changed": _("agreed anew, version {version}"),
    }.get(kind, "")
    if kind == "cancelled" and amount:
        words = _("cancelled, {amount} given back")
    if not words:
        said = state_text(kind)
        return f"{said}, {amount}" if amount else said
    return words.format(amount=amount, version=figure)
