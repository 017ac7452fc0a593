"""What the stand keeps of a sale: percent commission, or a fixed net price for the seller.

The rules are those of the design's money table; tests/test_terms.py shows each of its rows.
"""

from typing import Literal

import msgspec

from pos.money import div_round

Bearer = Literal["seller", "stand", "shared"]


class Terms(msgspec.Struct, frozen=True):
    """An agreement with a seller, as frozen on each line sold.

    `kind` "percent": the stand keeps `rate_bp` basis points of the price paid or of the list price
    (`base`). `kind` "net": the seller gets `net_price` rupiah a piece ("harga titip").
    """

    kind: Literal["percent", "net"] = "percent"
    rate_bp: int = 2000
    base: Literal["paid", "list"] = "paid"
    net_price: int = 0


class Split(msgspec.Struct, frozen=True):
    """Who gets what of a line, in rupiah: `share` for the seller, `commission` for the stand.

    The stand's part of a discount is not taken off the commission here; it is a cost of its own
    (account stand_discounts), so share + commission = paid + stand's part of the discount.
    """

    share: int
    commission: int


def divide_discount(amount: int, bearer: Bearer) -> tuple[int, int]:
    """(seller's part, stand's part); of an odd shared discount the stand bears the larger half."""
    if bearer == "seller":
        return amount, 0
    if bearer == "stand":
        return 0, amount
    return amount // 2, amount - amount // 2


def split_line(gross: int, qty: int, seller_discount: int, terms: Terms) -> Split:
    """Share out a line of `gross` rupiah (qty pieces) of whose discount the seller bears a part.

    The seller's share is rounded half up to a whole rupiah and the stand gets the rest. The share
    can come out negative (a discount larger than it); callers refuse such a line.
    """
    shared = gross - seller_discount
    if terms.kind == "net":
        share = terms.net_price * qty - seller_discount
    elif terms.base == "paid":
        share = div_round(shared * (10_000 - terms.rate_bp), 10_000)
    else:
        share = div_round(gross * (10_000 - terms.rate_bp), 10_000) - seller_discount
    return Split(share=share, commission=shared - share)
