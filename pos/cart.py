"""The open sale as a pure value: lines, discounts, totals. No clock, no database, no screen.

Every change returns a new Cart, so that undo is keeping the old one. A cart can be written to
JSON and read back (msgspec), which is how held carts and the open one survive a restart.
"""

from typing import Literal

import msgspec

from pos.errors import UserError
from pos.i18n import _
from pos.money import MAX_AMOUNT, percent_of, rupiah, spread
from pos.terms import Bearer, Split, Terms, divide_discount, split_line

MAX_QTY = 9_999
MAX_LINES = 500
ItemKind = Literal["unique", "stock", "made_to_order"]


class CartItem(msgspec.Struct, frozen=True):
    """A thing as it stood in the book when it was put into the cart.

    `on_hand` is pieces on the shelf; made-to-order items are not counted. `unlisted` marks
    something that is not in the book yet: it gets its id when the sale is written (`item_id` 0).
    """

    item_id: int
    code: str
    name: str
    kind: ItemKind
    price: int
    seller_id: int
    seller_code: str
    terms: Terms
    on_hand: int = 0
    picture: str = ""
    unlisted: bool = False
    approved_by: int = 0


class Discount(msgspec.Struct, frozen=True):
    """A discount in percent (`percent_bp` basis points) or in rupiah (`amount`), never both.

    ValueError for both, and for less than nothing: that would be a surcharge nobody sees.
    """

    percent_bp: int = 0
    amount: int = 0
    bearer: Bearer = "seller"
    reason: str = ""
    approved_by: int = 0

    def __post_init__(self) -> None:
        if self.percent_bp < 0 or self.amount < 0 or (self.percent_bp and self.amount):
            raise ValueError(f"no discount: {self.percent_bp} basis points, {self.amount} rupiah")

    def on(self, base: int) -> int:
        """What it comes to on `base` rupiah."""
        return percent_of(base, self.percent_bp) if self.percent_bp else self.amount


class CartLine(msgspec.Struct, frozen=True):
    """One row of the cart. `price` is what is charged a piece; the list price is `item.price`."""

    key: int
    item: CartItem
    qty: int
    price: int
    price_approved_by: int = 0
    price_reason: str = ""
    discount: Discount | None = None

    @property
    def gross(self) -> int:
        """Rupiah before any discount."""
        return self.qty * self.price

    @property
    def line_discount(self) -> int:
        """Rupiah taken off by the line's own discount."""
        return self.discount.on(self.gross) if self.discount else 0


class PricedLine(msgspec.Struct, frozen=True):
    """A line with everything worked out, as it will be frozen in the book (rupiah)."""

    line: CartLine
    line_discount: int
    cart_discount: int
    seller_discount: int
    stand_discount: int
    split: Split

    @property
    def paid(self) -> int:
        """What the buyer pays for this line, before cash rounding."""
        return self.line.gross - self.line_discount - self.cart_discount


class Priced(msgspec.Struct, frozen=True):
    """The whole cart worked out; `total` is before cash rounding."""

    lines: tuple[PricedLine, ...]
    subtotal: int
    line_discounts: int
    cart_discount: int
    pieces: int

    @property
    def total(self) -> int:
        """Rupiah to pay, before cash rounding."""
        return self.subtotal - self.line_discounts - self.cart_discount


class Cart(msgspec.Struct, frozen=True):
    """The open sale."""

    lines: tuple[CartLine, ...] = ()
    discount: Discount | None = None
    next_key: int = 1
    name: str = ""

    # -- finding -------------------------------------------------------------

    def line(self, key: int) -> CartLine:
        """The line with this key; KeyError when it is gone."""
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)

    def line_of(self, item_id: int) -> CartLine | None:
        """The first line that holds this item of the book."""
        return next((ln for ln in self.lines if item_id and ln.item.item_id == item_id), None)

    def pieces_of(self, item_id: int) -> int:
        """Pieces of an item over all lines."""
        return sum(ln.qty for ln in self.lines if ln.item.item_id == item_id)

    # -- changing ------------------------------------------------------------

    def add(self, item: CartItem, qty: int = 1) -> "Cart":
        """Put pieces in: onto the line that already has them at the list price, or as a new line.

        Raises UserError for a unique piece that is already in, or more than one of it, and where
        the discount over the cart would take more than the seller's share of it.
        """
        _check_qty(qty)
        if item.kind == "unique":
            if self.line_of(item.item_id):
                raise UserError(
                    _("{name} is one of a kind and already in the cart.").format(name=item.name)
                )
            if qty != 1:
                raise UserError(
                    _("{name} is one of a kind: there is only one.").format(name=item.name)
                )
        present = self._at_list_price(item)
        if present:
            return _priced(self._replace(_with_qty(present, present.qty + qty)))
        if len(self.lines) >= MAX_LINES:
            raise UserError(_("A sale can have {count} lines at most.").format(count=MAX_LINES))
        line = CartLine(key=self.next_key, item=item, qty=qty, price=item.price)
        return _priced(
            msgspec.structs.replace(self, lines=(*self.lines, line), next_key=self.next_key + 1)
        )

    def set_qty(self, key: int, qty: int) -> "Cart":
        """Change the count of a line; 0 takes the line out."""
        if qty == 0:
            return self.remove(key)
        _check_qty(qty)
        line = self.line(key)
        if line.item.kind == "unique" and qty != 1:
            raise UserError(
                _("{name} is one of a kind: there is only one.").format(name=line.item.name)
            )
        return _without_misfit(self._replace(_with_qty(line, qty)))

    def set_price(self, key: int, price: int, *, approved_by: int, reason: str) -> "Cart":
        """Charge another price a piece (a manager's word); back to the list price drops the mark."""
        if not 0 <= price <= MAX_AMOUNT:
            raise UserError(_("Type its price."), field="price")
        line = self.line(key)
        same = price == line.item.price
        changed = msgspec.structs.replace(
            line,
            price=price,
            price_approved_by=0 if same else approved_by,
            price_reason="" if same else reason,
        )
        return _without_misfit(self._replace(_checked(changed)))

    def discount_line(self, key: int, discount: Discount | None) -> "Cart":
        """Set or take off (None) a line's discount. Raises UserError when it does not fit."""
        changed = msgspec.structs.replace(self.line(key), discount=discount)
        return _without_misfit(self._replace(_checked(changed)))

    def discount_cart(self, discount: Discount | None) -> "Cart":
        """Set or take off (None) the discount over the whole cart."""
        return _priced(msgspec.structs.replace(self, discount=discount))

    def remove(self, key: int) -> "Cart":
        """Take a line out; with the last line a discount over the cart goes too."""
        line = self.line(key)
        lines = tuple(ln for ln in self.lines if ln is not line)
        left = msgspec.structs.replace(self, lines=lines, discount=self.discount if lines else None)
        return _without_misfit(left)

    def _at_list_price(self, item: CartItem) -> CartLine | None:
        """The line that further pieces of an item go onto; something unlisted has none."""
        for line in self.lines:
            same = item.item_id and line.item.item_id == item.item_id
            if same and line.price == item.price and not line.price_approved_by:
                return line
        return None

    def _replace(self, line: CartLine) -> "Cart":
        lines = tuple(line if ln.key == line.key else ln for ln in self.lines)
        return msgspec.structs.replace(self, lines=lines)


def price_cart(cart: Cart) -> Priced:
    """Work everything out. Raises UserError when a discount is larger than what it is on."""
    nets = [ln.gross - ln.line_discount for ln in cart.lines]
    whole = sum(nets)
    off = cart.discount.on(whole) if cart.discount else 0
    if off > whole:
        raise UserError(
            _("The discount is larger than the sale ({amount}).").format(amount=rupiah(whole)),
            field="discount",
        )
    shares = spread(off, nets)
    priced = tuple(
        _price_line(line, share, cart.discount)
        for line, share in zip(cart.lines, shares, strict=True)
    )
    return Priced(
        lines=priced,
        subtotal=sum(ln.gross for ln in cart.lines),
        line_discounts=sum(p.line_discount for p in priced),
        cart_discount=off,
        pieces=sum(ln.qty for ln in cart.lines),
    )


def _price_line(line: CartLine, cart_share: int, cart_discount: Discount | None) -> PricedLine:
    own = line.line_discount
    seller, stand = divide_discount(own, line.discount.bearer) if line.discount else (0, 0)
    if cart_discount:
        seller_more, stand_more = divide_discount(cart_share, cart_discount.bearer)
        seller, stand = seller + seller_more, stand + stand_more
    split = split_line(line.gross, line.qty, seller, line.item.terms)
    if split.share < 0:
        raise UserError(
            _(
                "The discount is larger than the seller's share of {name}. Let the stand bear it."
            ).format(name=line.item.name),
            field="bearer",
        )
    return PricedLine(
        line=line,
        line_discount=own,
        cart_discount=cart_share,
        seller_discount=seller,
        stand_discount=stand,
        split=split,
    )


def _priced(cart: Cart) -> Cart:
    """The same cart; raises UserError where price_cart does."""
    price_cart(cart)
    return cart


def _without_misfit(cart: Cart) -> Cart:
    """Drop a discount over the cart that no longer fits what is left in it.

    A smaller cart must always be reachable: refusing to take a line out because of the discount
    would leave the cashier stuck.
    """
    try:
        price_cart(cart)
    except UserError:
        return msgspec.structs.replace(cart, discount=None)
    return cart


def _check_qty(qty: int) -> None:
    if not 0 < qty <= MAX_QTY:
        raise UserError(
            _("A quantity is a number from 1 to {most}.").format(most=MAX_QTY), field="qty"
        )


def _with_qty(line: CartLine, qty: int) -> CartLine:
    _check_qty(qty)
    return _checked(msgspec.structs.replace(line, qty=qty))


def _checked(line: CartLine) -> CartLine:
    if line.line_discount > line.gross:
        raise UserError(
            _("The discount is larger than the line ({amount}).").format(amount=rupiah(line.gross)),
            field="discount",
        )
    _price_line(line, 0, None)
    return line


def encode_cart(cart: Cart) -> bytes:
    """The cart as JSON bytes."""
    return msgspec.json.encode(cart)


def decode_cart(raw: bytes) -> Cart:
    """Read a cart back. Raises msgspec.DecodeError or ValidationError when it is not one."""
    return msgspec.json.decode(raw, type=Cart)
