"""Receipts and payments as rows of a list."""

from typing import TYPE_CHECKING

from pos.formats import format_date_short, format_time
from pos.i18n import _
from pos.money import rupiah
from pos.ui.widgets.rows import Row

if TYPE_CHECKING:
    import datetime as dt

    from pos.services.queries.receipts import ReceiptRow, UncheckedPayment


def method_label(method: str) -> str:
    """A way to pay, for people."""
    names = {"cash": _("Cash"), "qris": _("QRIS"), "transfer": _("Transfer"), "card": _("Card")}
    return names[method]


def when(at: "dt.datetime") -> str:
    """Day and time in short; the year stands on the paper."""
    return f"{format_date_short(at.date())} {format_time(at)}"


def receipt_row(receipt: "ReceiptRow") -> Row:
    """A sale in the list."""
    pieces = _("{count} pcs").format(count=receipt.pieces)
    methods = ", ".join(method_label(method) for method in receipt.methods)
    parts = (when(receipt.at), receipt.staff, pieces, methods)
    return Row(
        receipt.sale_id,
        receipt.number,
        detail=" · ".join(part for part in parts if part),
        right=rupiah(receipt.paid),
        badge=_("not checked") if receipt.unchecked else "",
    )


def payment_row(payment: "UncheckedPayment") -> Row:
    """A payment to tick."""
    return Row(
        payment.payment_id,
        payment.number,
        detail=f"{method_label(payment.method)} · {when(payment.at)}",
        right=rupiah(payment.amount),
        badge=_("not checked"),
    )
