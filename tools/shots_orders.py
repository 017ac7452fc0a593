"""Orders in their states: the board, taking one, one order, its forms, the hand-over."""

import datetime as dt

from pos.services.orders import NewOrder, NewPiece
from pos.services.staff import Session
from pos.tender import Tender
from pos.ui.orders.card_page import ADVANCE, CANCEL, CHANGE
from pos.ui.orders.screen import OrdersScreen
from tools.stage import Stage, shot

DOCUMENT = "1366x768-light-id"
_ORDERS = (
    ("Ibu Wati", "081234567890", 0, "Kebaya kutu baru, ungu tua", 650_000, 0, 250_000, -2),
    ("Pak Joko", "", 1, "Tas anyam untuk seminar", 85_000, 0, 300_000, 5),
    ("Dinas Pariwisata", "081300001111", 2, "Vas keramik biru laut", 310_000, 380_000, 0, 9),
    ("Ibu Ratna", "081255554444", 0, "Selendang tenun, hijau", 275_000, 0, 275_000, 12),
)


def _take(stage: Stage) -> list[int]:
    """A few orders, one of them late, one ready."""
    till = stage.till
    tile = next(tile for tile in till.staff.tiles() if tile.role == "manajer")
    session = Session(tile.staff_id, tile.name, tile.role)
    sellers = till.catalog.sellers()
    taken = []
    for customer, phone, at, what, price, ceiling, deposit, days in _ORDERS:
        new = NewOrder(
            customer,
            phone,
            sellers[at].seller_id,
            till.business_date() + dt.timedelta(days=max(0, days)),
            (
                NewPiece(
                    what,
                    12 if customer.startswith("Pak") else 1,
                    price,
                    ceiling,
                    fields=(("Ukuran", "M"), ("Warna", "sesuai contoh")),
                ),
            ),
            note="Bungkus kado" if deposit == 275_000 else "",
            deposit=deposit,
        )
        tenders = (Tender("cash", deposit),) if deposit else ()
        taken.append(till.office.orders.take(new, tenders, session=session).order_id)
    till.office.orders.move(taken[0], "making", session=session)
    till.office.orders.move(taken[3], "ready", session=session)
    till.office.order_endings.advance(taken[0], 100_000, session=session)
    return taken


def _screen(stage: Stage, role: str = "kasir") -> tuple[OrdersScreen, list[int]]:
    stage.sign_in(role)
    taken = _take(stage)
    stage.go("orders")
    screen = stage.window.shop.current
    if not isinstance(screen, OrdersScreen):
        raise TypeError("another screen is in view")
    return screen, taken


@shot("orders", DOCUMENT)
def orders(stage: Stage) -> None:
    screen, taken = _screen(stage)
    screen.open(taken[0])


@shot("orders-several")
def orders_several(stage: Stage) -> None:
    screen, taken = _screen(stage)
    screen.open(taken[1])


@shot("orders-take", DOCUMENT)
def orders_take(stage: Stage) -> None:
    screen, _taken = _screen(stage)
    screen.begin()
    work = screen.take.take
    work.put(customer="Ibu Melati", phone="081298765432", deposit=150_000)
    work.choose_seller(stage.till.catalog.sellers()[3].seller_id)
    work.put_piece(name="Tas rajut bulat", price=225_000, details=("Sedang", "Merah bata"))
    work.add_piece()
    work.put_piece(name="Dompet rajut", price=90_000)
    work.tell()


@shot("orders-take-wrong")
def orders_take_wrong(stage: Stage) -> None:
    screen, _taken = _screen(stage)
    screen.begin()
    screen.take.save()


@shot("orders-payment")
def orders_payment(stage: Stage) -> None:
    screen, taken = _screen(stage)
    screen.open(taken[0])
    screen.hand_over()


@shot("orders-done")
def orders_done(stage: Stage) -> None:
    screen, taken = _screen(stage)
    screen.open(taken[3])
    screen.hand_over()
    screen.payment.go_on()


@shot("orders-message")
def orders_message(stage: Stage) -> None:
    screen, taken = _screen(stage)
    screen.open(taken[3])
    screen.show_message()


@shot("orders-cancel")
def orders_cancel(stage: Stage) -> None:
    screen, taken = _screen(stage)
    screen.open(taken[0])
    screen.ask(CANCEL)


@shot("orders-change")
def orders_change(stage: Stage) -> None:
    screen, taken = _screen(stage)
    screen.open(taken[2])
    screen.ask(CHANGE)


@shot("orders-advance")
def orders_advance(stage: Stage) -> None:
    screen, taken = _screen(stage)
    screen.open(taken[1])
    screen.ask(ADVANCE)
