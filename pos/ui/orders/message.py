"""WhatsApp messages about an order: links that a phone opens, made offline."""

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pos.formats import format_date
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.slips_orders import state_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos.services.queries.order_rows import Order

MOST: Final = 408
"""Characters of the whole link: what a QR code that a small screen can show holds."""
_NAME: Final = 30


def customer_link(order: "Order", stand: str) -> str:
    """To the customer: what state the order is in and, once it is ready, what is left to pay."""
    what = ", ".join(line.name for line in order.lines if line.left) or order.lines[0].name
    hello = _("Hello {name},").format(name=order.customer.name[:_NAME])
    lines = [hello]
    if order.state == "ready":
        ready = _("your order {number} ({what}) is ready at {stand}.")
        lines.append(ready.format(number=order.number, what=what[:60], stand=stand[:40]))
        lines.append(_("Still to pay: {amount}.").format(amount=rupiah(order.rest)))
        lines.append(_("Please bring the order slip."))
    else:
        now = _("your order {number} ({what}) at {stand}: {state}.")
        lines.append(
            now.format(
                number=order.number,
                what=what[:60],
                stand=stand[:40],
                state=state_text(order.state),
            )
        )
        lines.append(_("Promised for {day}.").format(day=format_date(order.promised)))
    return link(order.customer.phone, "\n".join(lines))


def maker_link(orders: "Sequence[Order]", phone: str, stand: str) -> str:
    """To the maker: what is to be made, the earliest first, as much as fits."""
    title = _("Orders to make:")
    text = f"*{stand[:40]}*\n{title}"
    for order in orders:
        for line in order.lines:
            if not line.left:
                continue
            details = ", ".join(one.value for one in line.fields)
            what = f"{thousands(line.left)}x {line.name[:_NAME]}"
            what = f"{what} ({details[:40]})" if details else what
            longer = f"{text}\n{format_date(order.promised)} {order.number} {what}"
            if len(link(phone, longer)) > MOST:
                return link(phone, f"{text}\n…")
            text = longer
    return link(phone, text)


def link(phone: str, text: str) -> str:
    """wa.me with a number (628...), or without one: then WhatsApp asks whom to send it to."""
    return f"https://wa.me/{phone}?text={quote(text, safe='')}"
