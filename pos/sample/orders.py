"""The sample's orders: some being made, one late, one that waits to be fetched. None is real."""

import datetime as dt
from dataclasses import dataclass

from pos.events.orders import OrderStep
from pos.services.orders import NewOrder, NewPiece
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Method, Tender


@dataclass(frozen=True)
class _Wish:
    """Who wants what; `promised` days after the day it was ordered. Rupiah."""

    customer: str
    phone: str
    seller: int
    what: str
    pieces: int
    price: int
    details: tuple[str, str]
    deposit: int
    method: Method
    promised: int
    ceiling: int = 0
    note: str = ""


_WISHES = {
    2: _Wish(
        *("Ibu Wati", "6281200000101", 0, "Kebaya kutu baru, ungu tua", 1, 650_000),
        *(("M", "ungu tua"), 300_000, "cash", 9),
    ),
    5: _Wish(
        *("Pak Joko", "6281200000102", 3, "Tas anyam untuk seminar", 12, 85_000),
        *(("30 x 25 cm", "alami"), 400_000, "transfer", 14),
        note="Cetak nama panitia di tali",
    ),
    9: _Wish(
        *("Ibu Ratna", "", 6, "Selendang tenun, hijau", 1, 275_000),
        *(("2 m", "hijau lumut"), 275_000, "cash", 4),
    ),
    12: _Wish(
        *("Dinas Contoh", "6281200000104", 9, "Cendera mata meja", 5, 120_000),
        *(("Sedang", "sesuai contoh"), 0, "cash", 20),
        ceiling=150_000,
    ),
}
_STEPS: dict[int, tuple[int, OrderStep]] = {4: (2, "confirmed"), 6: (2, "making"), 13: (9, "ready")}
"""Day -> (day of the order, how far it is by then)."""


class Ordering:
    """Takes the orders and moves them on, day by day."""

    def __init__(self, till: Till, session: Session) -> None:
        self._till = till
        self._session = session
        self._taken: dict[int, int] = {}

    def day(self, day: int) -> None:
        """What is ordered on this day of the sample, and what comes a step further."""
        orders = self._till.office.orders
        wish, step = _WISHES.get(day), _STEPS.get(day)
        if wish is not None:
            tenders = (Tender(wish.method, wish.deposit, checked=True),) if wish.deposit else ()
            taken = orders.take(self._new(wish), tenders, session=self._session)
            self._taken[day] = taken.order_id
        if step is not None:
            orders.move(self._taken[step[0]], step[1], session=self._session)

    def _new(self, wish: _Wish) -> NewOrder:
        names = self._till.settings.order_fields(0)
        return NewOrder(
            customer=wish.customer,
            phone=wish.phone,
            seller_id=self._till.catalog.sellers()[wish.seller].seller_id,
            promised=self._till.business_date() + dt.timedelta(days=wish.promised),
            pieces=(
                NewPiece(
                    name=wish.what,
                    qty=wish.pieces,
                    price=wish.price,
                    ceiling=wish.ceiling,
                    fields=tuple(zip(names, wish.details, strict=False)),
                ),
            ),
            note=wish.note,
            deposit=wish.deposit,
        )
