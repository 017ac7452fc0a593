"""The selling screen in its states."""

from PySide6.QtCore import Qt

from pos.cart import Discount
from pos.ui.widgets.numpad import PadToggle
from tools.stage import Stage, shot

DOCUMENT = "1366x768-light-id"


def fill(stage: Stage) -> None:
    """The cart of the mock-up: a bag, two brooches with a discount, a vase."""
    stage.sign_in()
    screen = stage.selling
    tiles = screen.goods.tiles
    screen.presenter.add_tile(tiles[0].item_id)
    screen.presenter.add_tile(tiles[1].item_id, 2)
    line = screen.presenter.line
    if line is not None:
        discount = Discount(percent_bp=1_000, bearer="seller")
        screen.presenter.discount(line.key, discount, lambda: None)
    screen.presenter.add_tile(stage.till.catalog.search("Vas keramik biru")[0].item_id)
    stage.settle()


@shot("selling-empty")
def empty(stage: Stage) -> None:
    stage.sign_in()


@shot("selling-cart", DOCUMENT)
def cart(stage: Stage) -> None:
    fill(stage)


@shot("selling-cart-dark", "1366x768-dark-id")
def cart_dark(stage: Stage) -> None:
    fill(stage)


@shot("selling-search")
def search(stage: Stage) -> None:
    fill(stage)
    stage.type("tas an")


@shot("selling-nothing-found")
def nothing(stage: Stage) -> None:
    stage.sign_in()
    stage.type("zzz")


@shot("selling-refused")
def refused(stage: Stage) -> None:
    fill(stage)
    stage.selling.scanned("NO-SUCH-CODE")


@shot("selling-undo")
def undo(stage: Stage) -> None:
    fill(stage)
    stage.selling.presenter.remove()


@shot("selling-discount")
def discount(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F3)
    stage.type("15")


@shot("selling-price")
def price(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F5)


@shot("selling-quantity")
def quantity(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F9)


@shot("selling-approval")
def approval(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F3)
    stage.type("50")
    stage.press(Qt.Key.Key_Return)
    stage.type("24")


@shot("selling-unlisted")
def unlisted(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F6)
    stage.press(Qt.Key.Key_Return)


@shot("selling-hold")
def hold(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F7)


@shot("selling-held")
def held(stage: Stage) -> None:
    fill(stage)
    stage.selling.presenter.holding.hold("Ibu berkerudung hijau dengan dua anak kecil")
    stage.settle()
    stage.press(Qt.Key.Key_F8)


@shot("selling-payment", DOCUMENT)
def payment(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F12)
    stage.type("600000")


@shot("selling-payment-qris")
def qris(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F12)
    stage.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)


@shot("selling-payment-parts")
def parts(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F12)
    stage.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    stage.type("250000")
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    stage.type("100000")


@shot("selling-done")
def done(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F12)
    stage.type("600000")
    stage.press(Qt.Key.Key_Return)
    stage.settle()


@shot("selling-large")
def large(stage: Stage) -> None:
    """The largest figures and the longest names."""
    stage.sign_in("manajer")
    screen = stage.selling
    seller = stage.till.catalog.sellers()[0]
    name = "Set perhiasan perak bakar motif Bekasi kembang tapak dara dengan kotak ukir jati"
    staff = stage.desk.staff.staff_id
    screen.presenter.add_unlisted(name, 9_999_999_999, seller.seller_id, staff)
    stage.settle()


@shot("selling-payment-touch")
def touch(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F12)
    stage.selling.panels.payment.findChildren(PadToggle)[0].click()
    stage.type("600000")


@shot("selling-discount-touch")
def touch_discount(stage: Stage) -> None:
    fill(stage)
    stage.press(Qt.Key.Key_F3)
    stage.selling.panels.discount.findChildren(PadToggle)[0].click()
