"""From a sale in the journal to the customer's receipt; the same for the first print and a copy."""

import datetime as dt
from collections.abc import Callable

import msgspec

from pos.clock import local
from pos.events import DiscountGiven, SaleCompleted, SaleLine
from pos.i18n import _, language
from pos.models.entries import Entry
from pos.receipts.documents import Receipt, ReceiptLine, ReceiptPayment
from pos.services.papers import paper_number


class Letterhead(msgspec.Struct, frozen=True):
    """What the stand puts on each paper."""

    stand_name: str
    stand_code: str
    address: tuple[str, ...]
    prefix: str
    zone: str
    closing: tuple[str, ...]
    sample: bool
    logo: str = ""


def receipt_of(
    entry: Entry,
    sale: SaleCompleted,
    head: Letterhead,
    *,
    staff: str,
    seller_code: Callable[[int], str],
    copied_at: dt.datetime | None = None,
    order: str = "",
) -> Receipt:
    """The receipt of a sale; with `copied_at` it says that it is a copy, with `order` what it hands over."""
    lines = tuple(_line(line, seller_code(line.seller_id)) for line in sale.lines)
    cart_discounts = [d for line in sale.lines for d in line.discounts if d.scope == "cart"]
    subtotal = sum(line.gross for line in lines)
    line_discounts = sum(line.discount for line in lines)
    cart_discount = sum(d.amount for d in cart_discounts)
    return Receipt(
        stand_name=head.stand_name,
        stand_code=head.stand_code,
        address=head.address,
        number=paper_number(head.prefix, sale.number),
        at_local=local(entry.at, head.zone).replace(microsecond=0, tzinfo=None).isoformat(),
        staff=staff,
        lines=lines,
        subtotal=subtotal,
        line_discounts=line_discounts,
        cart_discount=cart_discount,
        cart_discount_note=_note(cart_discounts[:1]),
        rounding=sale.rounding,
        total=subtotal - line_discounts - cart_discount + sale.rounding,
        payments=(
            *((ReceiptPayment("deposit", sale.deposit),) if sale.deposit else ()),
            *(ReceiptPayment(p.method, p.amount, p.tendered) for p in sale.payments),
        ),
        change=sale.change,
        entry_hash=entry.hash.hex(),
        closing=head.closing or (_("Thank you for supporting local makers."),),
        language=language(),
        copy=copied_at is not None,
        copy_at_local=copied_at.replace(microsecond=0, tzinfo=None).isoformat()
        if copied_at
        else "",
        logo=head.logo,
        sample=head.sample,
        order=order,
    )


def _line(line: SaleLine, seller_code: str) -> ReceiptLine:
    own = [d for d in line.discounts if d.scope == "line"]
    discount = sum(d.amount for d in own)
    gross = line.qty * line.price
    return ReceiptLine(
        name=line.name,
        code=line.code,
        seller_code=seller_code,
        qty=line.qty,
        unit_price=line.price,
        gross=gross,
        discount=discount,
        discount_note=_note(own),
        total=gross - discount,
    )


def _note(discounts: list[DiscountGiven]) -> str:
    """What stands beside a discount: its percentage and its reason, as far as there are any."""
    parts = []
    for discount in discounts:
        if discount.percent_bp:
            whole, rest = divmod(discount.percent_bp, 100)
            parts.append(f"{whole},{rest:02d}%".replace(",00", ""))
        if discount.reason:
            parts.append(discount.reason)
    return " ".join(parts)
