"""Two weeks of selling, through the same commands that the screens call."""

import random
from collections.abc import Callable
from typing import Protocol

from pos.cart import Cart, CartItem, Discount, price_cart
from pos.errors import UserError
from pos.money import div_round
from pos.sample.paying import REASONS, tenders
from pos.services.queries.catalog import SoldError, Tile
from pos.services.staff import Session
from pos.services.till import Till

LEAVE_UNIQUE = 0.75
"""How often a buyer who looks at a unique piece leaves it there: most of them stay on the shelf."""
_UNLISTED = (("Tempelan kulkas becak", 15_000, "KWT"), ("Kantong serut batik", 28_000, "BTK"))
_HELD = (("Bu Retno", 3), ("ambil sore", 1))


class Moved(Protocol):
    """A clock that the sample moves."""

    ms: int


class Shopping:
    """Makes customers come: fills carts, pays, now and then with something unusual."""

    def __init__(
        self,
        till: Till,
        dice: random.Random,
        staff: dict[str, Session],
        seller_id: Callable[[str], int],
    ) -> None:
        self._till = till
        self._dice = dice
        self._staff = staff
        self._seller_id = seller_id
        self._manager = next(one for one in staff.values() if one.is_manager)
        self._kasir = [one for one in staff.values() if not one.is_manager]
        self._shelf: tuple[Tile, ...] = ()
        self.heard = 0.5
        """The share of QRIS payments whose arrival the kasir notices at once."""

    def look_at_shelf(self) -> None:
        """See what is there now; called in the morning and after goods came."""
        self._shelf = self._till.catalog.browse(limit=1_000)

    def sell(self, session: Session, special: str = "") -> None:
        """One customer. `special` is "price", "unlisted 0", "unlisted 1" or "big discount"."""
        cart = self._fill(self._dice.choices((1, 2, 3, 4), weights=(50, 29, 14, 7))[0])
        if special.startswith("unlisted"):
            name, price, code = _UNLISTED[int(special[-1])]
            item = self._till.catalog.unlisted(
                name, price, self._seller_id(code), approved_by=self._manager.staff_id
            )
            cart = cart.add(item)
        elif special == "price":
            cart = self._other_price(cart)
        cart = self._discounted(cart, big=special == "big discount")
        paid = tenders(self._dice, price_cart(cart).total, self.heard)
        self._till.selling.complete(cart, paid, session=session)

    def on_duty(self, day: int) -> Session:
        """Who is at the till: the kasir take turns, the manager helps out now and then."""
        if self._dice.random() < 0.06:
            return self._manager
        early, late = (self._kasir[(day + k) % len(self._kasir)] for k in (0, 1))
        return early if self._dice.random() < 0.55 else late

    def check_money(self, session: Session, leave: int) -> None:
        """Tick off QRIS payments and transfers but for the last `leave`."""
        waiting = self._till.receipts.unchecked()
        oldest_first = sorted(waiting, key=lambda payment: payment.at)
        for payment in oldest_first[: max(0, len(oldest_first) - leave)]:
            self._till.selling.check_payment(payment.payment_id, session=session)

    def hold_carts(self, session: Session, clock: Moved) -> None:
        """Two customers who come back later."""
        for name, lines in _HELD:
            clock.ms += 7 * 60_000
            self._till.carts.hold(self._fill(lines), name, session.staff_id)

    def _fill(self, lines: int) -> Cart:
        cart = Cart()
        while len(cart.lines) < lines:
            tile = self._dice.choice(self._shelf)
            if tile.kind == "unique" and self._dice.random() < LEAVE_UNIQUE:
                continue
            if tile.kind == "made_to_order" and self._dice.random() < 0.6:
                continue
            if tile.price > 500_000 and self._dice.random() < 0.6:
                continue
            cart = self._put_in(cart, tile)
        return cart

    def _put_in(self, cart: Cart, tile: Tile) -> Cart:
        try:
            item = self._till.catalog.item(tile.item_id)
            qty = self._qty(item)
            if item.kind == "stock" and item.on_hand < qty:
                return cart
            return cart.add(item, qty)
        except (SoldError, UserError):
            return cart  # gone, or the one piece is in the cart already

    def _qty(self, item: CartItem) -> int:
        if item.kind == "unique" or item.price > 100_000:
            return 1
        if item.kind == "made_to_order" and item.price < 30_000:
            return self._dice.choice((25, 50, 100))
        return self._dice.choices((1, 2, 3, 4), weights=(70, 18, 8, 4))[0]

    def _other_price(self, cart: Cart) -> Cart:
        line = cart.lines[0]
        lower = div_round(line.price * 9, 10_000) * 1_000
        return cart.set_price(
            line.key,
            max(1_000, lower),
            approved_by=self._manager.staff_id,
            reason="label lama",
        )

    def _discounted(self, cart: Cart, *, big: bool) -> Cart:
        reason, bearer = self._dice.choice(REASONS)
        roll = self._dice.random()
        if big:
            word = self._manager.staff_id
            given = Discount(percent_bp=2_000, bearer="stand", reason=reason, approved_by=word)
            return cart.discount_cart(given)
        if roll < 0.06:
            percent = self._dice.choice((500, 1_000))
            return cart.discount_cart(Discount(percent_bp=percent, bearer=bearer, reason=reason))
        if roll < 0.11:
            line = self._dice.choice(cart.lines)
            amount = line.gross // 20_000 * 1_000
            if amount:
                given = Discount(amount=amount, bearer=bearer, reason=reason)
                return cart.discount_line(line.key, given)
        return cart
