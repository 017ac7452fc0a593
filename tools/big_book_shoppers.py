"""The customers of the big book: carts made, paid and written as Selling.complete does it."""

import random

from pos.cart import Cart, CartLine, Discount, price_cart
from pos.errors import UserError
from pos.events import PaymentChecked
from pos.sample.paying import REASONS, tenders
from pos.services.selling import sale_event
from pos.services.staff import Session
from pos.tender import settle
from tools.big_book_plan import LineCounts, Plan
from tools.big_book_shelf import Shelf
from tools.big_book_things import Thing
from tools.big_book_writer import Writer

HEARD = 0.7
LEFT_UNCHECKED = 12
_QTY = (1,) * 14 + (2,) * 4 + (3, 4)


class Shoppers:
    """Sells through the five years."""

    def __init__(
        self,
        writer: Writer,
        dice: random.Random,
        shelf: Shelf,
        plan: Plan,
        stand_id: int,
        staff: tuple[Session, ...],
    ) -> None:
        self._writer = writer
        self._dice = dice
        self._shelf = shelf
        self._plan = plan
        self._stand_id = stand_id
        self._manager = next(one for one in staff if one.is_manager)
        self._kasir = tuple(one for one in staff if not one.is_manager)
        self._counts = LineCounts(plan.sales, plan.lines)
        self._unchecked: list[int] = []
        self._uniques_sold = 0
        self.sales = 0
        self.lines = 0
        self.payments = 0

    def sell(self) -> None:
        """One customer, now."""
        dice = self._dice
        kasir = self._kasir[int(dice.random() * len(self._kasir))]
        cart, things, approver = self._fill(self._counts.next(dice.random()))
        cart = self._discounted(cart)
        priced = price_cart(cart)
        settled = settle(priced.total, tenders(dice, priced.total, HEARD))
        event = sale_event(
            priced,
            cart.discount,
            settled,
            stand_id=self._stand_id,
            number=self.sales + 1,
            new_id=self._writer.tx.new_id,
        )
        self._writer.tx.append(event, staff_id=kasir.staff_id, approver_id=approver)
        for thing, line in zip(things, cart.lines, strict=True):
            self._shelf.sold(thing, line.qty)
        self._unchecked += [p.payment_id for p in event.payments if not p.checked]
        self.sales += 1
        self.lines += len(event.lines)
        self.payments += len(event.payments)

    def check_money(self, leave: int = 0) -> None:
        """In the evening the kasir ticks off what came in, but for the last `leave` payments."""
        count = max(0, len(self._unchecked) - leave)
        for payment_id in self._unchecked[:count]:
            event = PaymentChecked(payment_id=payment_id)
            self._writer.tx.append(event, staff_id=self._kasir[0].staff_id)
        self._unchecked = self._unchecked[count:]

    @property
    def unchecked(self) -> int:
        """Payments that nobody has seen arrive yet."""
        return len(self._unchecked)

    def _fill(self, count: int) -> tuple[Cart, list[Thing], int]:
        """A cart of `count` lines, its things, and the manager who allowed another price (or 0)."""
        things: dict[int, Thing] = {}
        while len(things) < count:
            thing = self._pick(self.lines + len(things))
            things.setdefault(thing.item.item_id, thing)
        approver = 0
        lines = []
        for key, thing in enumerate(things.values(), start=1):
            item = self._shelf.as_of_now(thing)
            line = CartLine(key=key, item=item, qty=self._qty(thing), price=item.price)
            lines.append(line)
        cart = Cart(lines=tuple(lines), next_key=count + 1)
        if self._dice.random() < 0.005:
            approver = self._manager.staff_id
            lower = max(1_000, lines[0].price * 9 // 10_000 * 1_000)
            cart = cart.set_price(1, lower, approved_by=approver, reason="label lama")
            approver = cart.lines[0].price_approved_by
        return cart, list(things.values()), approver

    def _pick(self, lines_before: int) -> Thing:
        shelf, roll = self._shelf, self._dice.random()
        due = (self._plan.uniques - self._plan.opening_uniques) * lines_before // self._plan.lines
        if self._uniques_sold < due and len(shelf.uniques):
            self._uniques_sold += 1
            return shelf.uniques.pick(roll)
        if self._dice.random() < 0.03 and len(shelf.orders):
            return shelf.orders.pick(roll)
        if len(shelf.stock) < 12:
            shelf.restock()
        return (shelf.stock if len(shelf.stock) else shelf.orders).pick(roll)

    def _qty(self, thing: Thing) -> int:
        if thing.item.kind == "unique" or thing.item.price > 100_000:
            return 1
        qty = _QTY[int(self._dice.random() * len(_QTY))]
        return qty if thing.item.kind == "made_to_order" else min(qty, thing.on_hand)

    def _discounted(self, cart: Cart) -> Cart:
        roll = self._dice.random()
        if roll > 0.1:
            return cart
        reason, bearer = self._dice.choice(REASONS)
        try:
            if roll < 0.06:
                percent = self._dice.choice((500, 1_000))
                given = Discount(percent_bp=percent, bearer=bearer, reason=reason)
                return cart.discount_cart(given)
            amount = cart.lines[0].gross // 20_000 * 1_000
            if amount:
                given = Discount(amount=amount, bearer=bearer, reason=reason)
                return cart.discount_line(cart.lines[0].key, given)
        except UserError:
            return cart  # more than that seller's share: the kasir leaves it
        return cart
