"""Words about a line of the cart, for the screen."""

from pos.cart import CartLine, Discount, PricedLine
from pos.i18n import _
from pos.money import thousands
from pos.terms import Bearer


def minus(amount: int) -> str:
    """7000 -> "−7.000" with a real minus sign; 0 -> "0"."""
    return f"−{thousands(amount)}" if amount else "0"


def percent(basis_points: int) -> str:
    """1000 -> "10%", 1250 -> "12,5%"."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}%" if not rest else f"{whole},{rest:02}".rstrip("0") + "%"


def bearer_name(bearer: Bearer) -> str:
    """Who bears a discount, as a button says it."""
    return {"seller": _("Seller"), "stand": _("Stand"), "shared": _("Both")}[bearer]


def discount_words(discount: Discount) -> str:
    """Discount 10% borne by the seller."""
    how_much = percent(discount.percent_bp) if discount.percent_bp else ""
    words = {
        "seller": _("Discount {percent} borne by the seller"),
        "stand": _("Discount {percent} borne by the stand"),
        "shared": _("Discount {percent} shared by seller and stand"),
    }[discount.bearer]
    return " ".join(words.format(percent=how_much).split())


def line_note(line: CartLine) -> tuple[str, str]:
    """What is unusual about a line (another price, a discount), and what the discount comes to.

    Both are "" for a plain line; the words may be shortened on the screen, the amount may not.
    """
    words = []
    if line.price_approved_by:
        words.append(_("Price was {price}").format(price=thousands(line.item.price)))
    if line.discount is not None:
        words.append(discount_words(line.discount))
    return " · ".join(words), minus(line.line_discount) if line.discount is not None else ""


def line_origin(line: CartLine) -> str:
    """LMB · DKR-1187 · @35.000: seller, code, and the price of a piece where it is not plain."""
    parts = [line.item.seller_code, line.item.code]
    if line.qty != 1 or line.price_approved_by:
        parts.append(f"@{thousands(line.price)}")
    return " · ".join(part for part in parts if part)


def line_amount(priced: PricedLine) -> str:
    """What the line costs after its own discount (that over the cart stands in the totals)."""
    return thousands(priced.line.gross - priced.line_discount)
