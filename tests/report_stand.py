"""A stand at which everything happened that a report can tell of, on days of two years."""

import datetime as dt
import random
from pathlib import Path

from pos.cart import Cart, Discount
from pos.clock import to_ms
from pos.events import Counted, WithdrawnLine
from pos.services.intake import IntakeLine, ItemEdit
from pos.services.payouts import PayoutAsked
from pos.services.returns import ReturnAsked
from pos.services.shifts import Closing
from pos.services.stock import LossAsked
from pos.tender import Tender
from tests.order_support import hand_over, taken
from tests.support import JAKARTA, FakeClock, kasir_of, make_till, manager_of

DAYS = (
    dt.date(2025, 11, 10),
    dt.date(2026, 10, 5),
    dt.date(2026, 10, 31),
    dt.date(2026, 11, 1),
    dt.date(2026, 11, 21),
    dt.date(2026, 11, 22),
)
QUIET = dt.date(2026, 11, 3)
"""A day on which nothing happened."""
FLOAT = Counted(100_000, coin=False, pieces=2)
STOCK = ("DKR-1187", "DKR-3001", "DKR-4001")


class BusyStand:
    """One till, its people, and dice that fall the same each time."""

    def __init__(self, folder: Path, *, orders: bool = True) -> None:
        self.orders = orders
        self.clock = FakeClock()
        self.at(DAYS[0], 8)
        self.till = make_till(folder, clock=self.clock)
        self.manager = manager_of(self.till)
        self.kasir = kasir_of(self.till)
        self.dice = random.Random(11)
        self.till.settings.set_setting("rounding_step", "100", by=self.manager.staff_id)

    def at(self, day: dt.date, hour: int, minute: int = 0) -> None:
        self.clock.ms = to_ms(dt.datetime.combine(day, dt.time(hour, minute), tzinfo=JAKARTA))

    def seller(self, code: str) -> int:
        return next(one.seller_id for one in self.till.catalog.sellers() if one.code == code)

    def live(self, day: dt.date, number: int) -> None:
        """One day, from the float to the count; some things only on some days."""
        till, by = self.till, self.manager.staff_id
        self.at(day, 8)
        till.shifts.open((FLOAT,), brought=150_000, reason="uang kecil", session=self.kasir)
        for code in STOCK[:2]:
            item = till.catalog.find(code)
            till.intake.take_in(item.seller_id, (IntakeLine(20, item_id=item.item_id),), by=by)
        sales = [self._sell(day, n) for n in range(8)]
        if self.orders:
            self._orders(number)
        self._bring_back(sales, number)
        self._withdraw(number)
        self._lose()
        self._pay(number)
        till.shifts.move("in", 30_000, "uang kembalian", session=self.kasir)
        till.shifts.move("out", 12_500, "lakban", session=self.kasir)
        till.shifts.open_drawer("tukar uang", session=self.kasir)
        if number % 2:
            self._count()
        self.at(day, 21)
        self._close(number)
        # After midnight, before the cut-off: still this business day, and no shift is open.
        self.at(day + dt.timedelta(days=1), 1, 30)
        self._sell_one("DKR-3001", 1, None)

    def _sell(self, day: dt.date, number: int) -> int:
        self.at(day, 9 + number, 7 * number)
        dice, till = self.dice, self.till
        cart = Cart()
        for code in dice.sample(STOCK, dice.randint(1, 3)):
            cart = cart.add(till.catalog.find(code), dice.randint(1, 2))
        if number % 3 == 0:
            seller = self.seller("KRT")
            name = f"Syal tenun {day} {number}"
            cart = cart.add(
                till.catalog.unlisted(name, 87_650, seller, approved_by=self.manager.staff_id)
            )
        bearers = ("seller", "stand", "shared")
        if number % 2:
            off = Discount(
                percent_bp=dice.choice((500, 1_250)),
                bearer=bearers[number % 3],  # type: ignore[arg-type]
                approved_by=self.manager.staff_id,
            )
            cart = cart.discount_line(cart.lines[0].key, off)
        if number % 4 == 2:
            cart = cart.discount_cart(
                Discount(amount=3_333, bearer="shared", approved_by=self.manager.staff_id)
            )
        tenders = (
            (Tender("cash", 10_000_000),),
            (Tender("qris", 5_000), Tender("cash", 10_000_000)),
            (Tender("transfer", 5_000), Tender("card", 2_000), Tender("cash", 10_000_000)),
        )[number % 3]
        return till.selling.complete(cart, tenders, session=self.manager).sale_id

    def _sell_one(self, code: str, qty: int, off: Discount | None) -> int:
        cart = Cart().add(self.till.catalog.find(code), qty)
        if off:
            cart = cart.discount_line(cart.lines[0].key, off)
        cash = (Tender("cash", 10_000_000),)
        return self.till.selling.complete(cart, cash, session=self.manager).sale_id

    def _orders(self, number: int) -> None:
        """One is taken each day, with an advance for material; each ends another way."""
        session = self.manager
        order_id = taken(self.till, session, promised=dt.date(2027, 1, 1))
        self.till.office.orders.pay(order_id, 50_000, (Tender("qris", 50_000),), session=session)
        self.till.office.order_endings.advance(order_id, 30_000 + number, session=session)
        if number % 3 == 0:
            hand_over(self.till, order_id, session, 1)
        elif number % 3 == 1:
            self.till.office.order_endings.cancel(
                order_id, by="customer", reason="pindah kota", rule="split", session=session
            )
        else:
            self.till.office.order_endings.refund(
                order_id, 40_000, "cash", "lebih murah", session=session
            )

    def _bring_back(self, sales: list[int], number: int) -> None:
        till = self.till
        line = till.returns.returnable(sales[0]).lines[0]
        till.returns.give_back(
            sales[0],
            (ReturnAsked(line.line_id, 1, to_shelf=number % 2 == 0),),
            refund="cash" if number % 2 else "as_paid",
            reason="sobek",
            session=self.manager,
        )
        till.returns.void(sales[1], reason="salah ketik", session=self.manager)

    def _withdraw(self, number: int) -> None:
        item = self.till.catalog.find("DKR-3001")
        for channel, price in (("shopee", 22_000), ("tiktok", 0)):
            self.till.stock.withdraw(
                item.seller_id,
                (WithdrawnLine(item.item_id, 1 + number % 2, price),),
                reason="online",
                channel=channel,  # type: ignore[arg-type]
                by=self.manager.staff_id,
            )

    def _lose(self) -> None:
        item = self.till.catalog.find("DKR-1187")
        asked = (LossAsked(item.item_id, 1, "damage"),)
        self.till.stock.lose(asked, reason="pecah", session=self.manager)

    def _pay(self, number: int) -> None:
        pay = self.till.payouts.pay
        paid = pay(PayoutAsked(self.seller("LMB"), amount=4_000), session=self.manager)
        asked = PayoutAsked(self.seller("BBU"), method="transfer", reference="TRX", amount=5_000)
        pay(asked, session=self.manager)
        if number % 2:
            self.till.payouts.undo(paid.payout_id, reason="salah hitung", session=self.manager)

    def _count(self) -> None:
        item = self.till.catalog.find("DKR-3001")
        count = self.till.stocktake.start(session=self.manager, seller_id=item.seller_id)
        on_hand = self.till.stock.on_hand(item.item_id)
        self.till.stocktake.scan(count, "DKR-3001", on_hand - 3)
        self.till.stocktake.answer(count, item.item_id, "sold", 2)
        self.till.stocktake.answer(count, item.item_id, "lost", 1)
        self.till.stocktake.close(count, session=self.manager)

    def _close(self, number: int) -> None:
        till = self.till
        for payment in till.shifts.unchecked():
            till.receipts.check_payment(payment.payment_id, session=self.manager)
        figures = till.shifts.figures()
        short = (2_000, 0, -1_500)[number % 3]
        counted = [Counted(1, coin=True, pieces=0)]
        left = figures.expected_cash - short
        notes = []
        for value in (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000):
            notes.append(Counted(value, coin=False, pieces=left // value))
            left %= value
        for value in (500, 200, 100):
            notes.append(Counted(value, coin=True, pieces=left // value))
            left %= value
        assert counted[0].pieces == 0
        total = sum(note.value * note.pieces for note in notes)
        asked = Closing(
            tuple(notes),
            kept=min(50_000, total),
            reason="kembalian salah",
        )
        till.shifts.close(asked, session=self.kasir)

    def recategorise(self, *, again: bool) -> None:
        """Items move to other categories after they were sold; the second time one is left empty."""
        till, by = self.till, self.manager.staff_id
        ids = {one.name: one.category_id for one in till.catalog.categories()}
        house = None if again else ids["Rumah"]
        moves = (("DKR-1187", ids["Tas & dompet"]), ("DKR-4001", house), ("DKR-3001", None))
        for code, category in moves:
            item = till.catalog.find(code)
            card = till.intake.item(item.item_id)
            edit = ItemEdit(item.item_id, card.name, card.kind, card.price, category)
            till.intake.change_item(edit, by=by)


def busy_stand(folder: Path, *, orders: bool = True) -> BusyStand:
    """The stand after all of DAYS, at noon of the day after the last one."""
    stand = BusyStand(folder, orders=orders)
    for number, day in enumerate(DAYS):
        stand.live(day, number)
        if number in {2, 3}:
            stand.recategorise(again=number == 3)
    stand.at(DAYS[-1] + dt.timedelta(days=1), 12)
    return stand
