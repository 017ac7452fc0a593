"""How sellers, their terms and the lines of their accounts read on the screen."""

import re
from typing import TYPE_CHECKING, Final

from pos.errors import UserError
from pos.formats import format_date_short, format_datetime, format_time
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.slips_account import kind_of_line
from pos.ui.widgets.rows import Row

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from pos.services.queries.others import SoldAt
    from pos.services.queries.payouts import PayoutRow
    from pos.services.queries.sellers import SellerRow
    from pos.services.queries.statement import StatementLine
    from pos.terms import Terms

_PERCENT: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?")
MINUS: Final = "−"
"""A minus as wide as a digit, as in the tables of figures."""


def percent_text(basis_points: int) -> str:
    """2050 -> "20,5"."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole},{rest:02d}".rstrip("0") if rest else str(whole)


def parse_percent(text: str) -> int:
    """Read "20", "12,5" or "12.5 %" as basis points. Raises UserError (field "terms")."""
    match = _PERCENT.fullmatch(text.strip())
    points = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")) if match else -1
    if not 0 <= points <= 10_000:
        raise UserError(_("Type a percentage from 0 to 100."), field="terms")
    return points


def terms_text(terms: "Terms | None") -> str:
    """What was agreed, in a few words."""
    if terms is None:
        return _("no terms yet")
    if terms.kind == "net":
        return _("{amount} net a piece").format(amount=rupiah(terms.net_price))
    rate = percent_text(terms.rate_bp)
    if terms.base == "list":
        return _("{rate}% of the list price").format(rate=rate)
    return _("{rate}% of the price paid").format(rate=rate)


def figure(amount: int) -> str:
    """Rupiah in a table: thousands, with a true minus."""
    return f"{MINUS}{thousands(-amount)}" if amount < 0 else thousands(amount)


def money(amount: int) -> str:
    """Rupiah with its unit and a true minus."""
    return f"{MINUS}{rupiah(-amount)}" if amount < 0 else rupiah(amount)


def moment(at: "dt.datetime") -> str:
    """Day and time in short."""
    return f"{format_date_short(at.date())} {format_time(at)}"


def line_name(line: "StatementLine") -> str:
    """What moved the account: the item, and what became of it unless it was sold."""
    if line.kind in {"payout", "undo"}:
        return kind_of_line(line.kind).capitalize()
    if line.kind == "sale":
        name = line.name
    else:
        name = f"{kind_of_line(line.kind).capitalize()}: {line.name}"
    return f"{name} ×{abs(line.qty)}" if abs(line.qty) > 1 else name


def method_text(method: str) -> str:
    """How a payout was paid."""
    return {"cash": _("Cash"), "transfer": _("Bank transfer")}.get(method, method)


def seller_row(seller: "SellerRow") -> Row:
    """A seller in the list."""
    shelf = _("{count} on the shelf").format(count=thousands(seller.on_shelf))
    paid = (
        _("paid {day}").format(day=format_date_short(seller.last_payout))
        if seller.last_payout
        else ""
    )
    return Row(
        seller.seller_id,
        seller.workshop,
        detail=f"{seller.code} · {seller.cluster} · {shelf}",
        right=money(seller.due),
        right_detail=paid,
        badge="" if seller.active else _("inactive"),
        badge_tone="quiet",
        faded=not seller.active,
    )


def payout_row(payout: "PayoutRow") -> Row:
    """A payout in the list."""
    return Row(
        payout.payout_id,
        payout.number,
        detail=f"{format_date_short(payout.business_date)} · {method_text(payout.method)}",
        right=rupiah(payout.amount),
        badge=_("taken back") if payout.undone else "",
        badge_tone="bad",
        faded=payout.undone,
    )


def elsewhere_text(sold: "Iterable[SoldAt]", here: int) -> str:
    """A seller's account at other stands, a line each, with up to when it is known."""
    words = _("{stand}: {pieces} pcs sold, {amount} due ({date})")
    return "\n".join(
        words.format(
            stand=one.stand_name,
            pieces=thousands(one.pieces),
            amount=rupiah(one.due),
            date=_("up to {date}").format(date=format_datetime(one.known_until))
            if one.known_until
            else _("no box yet"),
        )
        for one in sold
        if one.stand_id != here
    )
