"""Taking something back, at the receipts."""

from pos.cart import Cart, price_cart
from pos.tender import Tender
from pos.ui.receipts.screen import ReceiptsScreen
from tools.stage import Stage, shot

DOCUMENT = "1366x768-light-id"


def _returning(stage: Stage) -> ReceiptsScreen:
    stage.sign_in()
    till = stage.till
    stock = [tile for tile in till.catalog.browse(limit=60) if tile.kind == "stock"]
    cart = Cart()
    for tile, pieces in zip(stock, (3, 1, 2, 1), strict=False):
        cart = cart.add(till.catalog.item(tile.item_id), pieces)
    total = price_cart(cart).total
    paid = (Tender("qris", 100_000, checked=True), Tender("cash", total))
    till.selling.complete(cart, paid, session=stage.desk.staff)
    stage.go("receipts")
    screen = stage.window.shop.current
    if not isinstance(screen, ReceiptsScreen):
        raise TypeError("another screen is in view")
    screen.queue.closed.emit()
    screen.presenter.choose(screen.presenter.state.rows[0].sale_id)
    screen.paper.give_back.emit()
    stage.settle()
    return screen


@shot("returning", DOCUMENT)
def choosing(stage: Stage) -> None:
    show = _returning(stage).returning
    show.set_qty(0, 2)
    show.set_damaged(0, damaged=True)
    show.set_qty(2, 1)


@shot("returning-void")
def voiding(stage: Stage) -> None:
    show = _returning(stage).returning
    show.type_reason("Salah barang")
    show.void()


@shot("returning-done")
def done(stage: Stage) -> None:
    show = _returning(stage).returning
    show.take_all()
    show.choose_refund("as_paid")
    show.type_reason("Tidak cocok")
    show.give_back()


@shot("returned")
def returned(stage: Stage) -> None:
    screen = _returning(stage)
    screen.returning.take_all()
    screen.returning.type_reason("Tidak cocok")
    screen.returning.give_back()
    stage.settle()
    screen.returns.closed.emit()
