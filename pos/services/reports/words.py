"""Words for what the book names in codes, as reports print them."""

from pos.i18n import _
from pos.models.ledger import ACCOUNTS


def bearer_text(bearer: str) -> str:
    """Who bears a discount."""
    return {"seller": _("Seller"), "stand": _("Stand"), "shared": _("Shared")}.get(bearer, bearer)


def channel_text(channel: str) -> str:
    """Where a seller sold something online."""
    names = {"shopee": "Shopee", "tokopedia": "Tokopedia", "tiktok": "TikTok Shop"}
    return names.get(channel) or _("Elsewhere")


def account_text(account: str) -> str:
    """An account of the ledger."""
    names = {
        "cash": _("Cash in the drawer"),
        "qris": _("QRIS"),
        "transfer": _("Bank transfer"),
        "card": _("Card"),
        "seller": _("Sellers"),
        "commission": _("Commission"),
        "deposits": _("Deposits of customers"),
        "rounding": _("Rounding"),
        "over_short": _("Over and short"),
        "stand_discounts": _("Discounts borne by the stand"),
        "losses": _("Losses borne by the stand"),
        "office": _("Office"),
        "expenses": _("Expenses from the drawer"),
    }
    return names.get(account, account)


def entry_text(kind: str, detail: str) -> str:
    """What an entry of the journal did; an unknown one as the journal names it."""
    if kind == "cash_moved":
        moves = {"in": _("cash in"), "out": _("cash out"), "deposit": _("cash to the office")}
        return moves.get(detail, detail)
    if kind == "sale_returned":
        return _("sale cancelled") if detail == "void" else _("returned by the buyer")
    names = {
        "sale_completed": _("sale"),
        "paid_out": _("payout"),
        "payout_undone": _("payout taken back"),
        "shift_opened": _("shift opened"),
        "shift_closed": _("shift closed"),
        "goods_lost": _("lost or damaged"),
        "stock_counted": _("stock count"),
        "order_taken": _("deposit for an order"),
        "order_paid": _("deposit for an order"),
        "order_refunded": _("deposit given back"),
        "order_cancelled": _("order cancelled"),
        "advance_paid": _("advance for material"),
    }
    return names.get(kind, kind.replace("_", " "))


def all_accounts() -> tuple[tuple[str, str], ...]:
    """The accounts of the ledger, each with its words."""
    return tuple((account, account_text(account)) for account in ACCOUNTS)
