"""Helpers for tests of sellers and of Cek titipan: sales, ids, PINs on a real till."""

from pos.cart import Cart, price_cart
from pos.services.till import Till
from pos.tender import Tender
from tests.support import kasir_of, manager_of

SRI_PIN, LMB_PIN = "4826", "7193"


def sell(till: Till, *codes: str) -> str:
    cart = Cart()
    for code in codes:
        cart = cart.add(till.catalog.find(code))
    tender = Tender("cash", price_cart(cart).total)
    return till.worker.call(till.selling.complete, cart, (tender,), session=kasir_of(till)).number


def seller(till: Till, code: str) -> int:
    return next(row.seller_id for row in till.sellers.list_all() if row.code == code)


def give_pins(till: Till) -> None:
    by = manager_of(till).staff_id
    for code, pin in (("SRI", SRI_PIN), ("LMB", LMB_PIN)):
        till.worker.call(till.sellers.set_pin, seller(till, code), pin, by=by)
