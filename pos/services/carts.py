"""Parked carts and the open one: rows of this machine that survive a crash."""

import datetime as dt

import msgspec

from pos.cart import Cart, decode_cart, encode_cart, price_cart
from pos.clock import local
from pos.errors import UserError
from pos.i18n import _
from pos.models.engine import Book
from pos.models.prepared import Cursor, Plain
from pos.services.texts import one_line
from pos.services.unit_of_work import UnitOfWork

MAX_NAME = 40
_add = Plain(
    "INSERT INTO carts (name, staff_id, at, open, cart) "
    "VALUES (:name, :staff_id, :at, :open, :cart)"
)
_save_open = Plain(
    "INSERT INTO carts (name, staff_id, at, open, cart) VALUES ('', :staff_id, :at, 1, :cart) "
    "ON CONFLICT (open) WHERE open = 1 DO UPDATE "
    "SET cart = excluded.cart, staff_id = excluded.staff_id, at = excluded.at"
)
_drop_open = Plain("DELETE FROM carts WHERE open = 1")
_drop = Plain("DELETE FROM carts WHERE id = :cart_id AND open = 0")
_open = Plain("SELECT cart FROM carts WHERE open = 1")
_one = Plain("SELECT cart FROM carts WHERE id = :cart_id AND open = 0")
_held = Plain(
    "SELECT carts.id, carts.name, carts.at, carts.cart, contact_cards.name "
    "FROM carts LEFT JOIN staff ON staff.id = carts.staff_id "
    "LEFT JOIN contact_cards ON contact_cards.id = staff.contact_id "
    "WHERE carts.open = 0 ORDER BY carts.id"
)


class HeldCart(msgspec.Struct, frozen=True):
    """A parked cart in the list; `total` in rupiah before cash rounding."""

    cart_id: int
    name: str
    at: dt.datetime
    staff: str
    pieces: int
    total: int


class Carts:
    """Keeps carts."""

    def __init__(self, book: Book, unit: UnitOfWork) -> None:
        self._book = book
        self._unit = unit

    def save_open(self, cart: Cart, staff_id: int) -> None:
        """Keep the cart that is being filled; an empty one is forgotten."""
        with self._unit.write() as tx:
            if cart.lines:
                _save_open.run(tx.cursor, staff_id=staff_id, at=tx.at, cart=encode_cart(cart))
            else:
                drop_open(tx.cursor)

    def load_open(self) -> Cart | None:
        """The cart that was open when the program last ended."""
        row = _open.one(self._book.reader())
        return _decode(row[0]) if row else None

    def hold(self, cart: Cart, name: str, staff_id: int) -> int:
        """Park a cart under a name ("" for one made from the time). Its id."""
        if not cart.lines:
            raise UserError(_("The cart is empty: there is nothing to hold."))
        named = one_line(name, MAX_NAME)
        with self._unit.write() as tx:
            named = named or f"{local(tx.at, self._unit.zone):%H.%M}"
            kept = msgspec.structs.replace(cart, name=named)
            _add.run(
                tx.cursor, name=named, staff_id=staff_id, at=tx.at, open=0, cart=encode_cart(kept)
            )
            tx.cursor.execute("SELECT last_insert_rowid()")
            cart_id = int(tx.cursor.fetchone()[0])
            drop_open(tx.cursor)
            tx.changed("carts")
        return cart_id

    def held(self) -> tuple[HeldCart, ...]:
        """The parked carts, oldest first."""
        found = []
        for cart_id, name, at, raw, staff_name in _held.all(self._book.reader()):
            cart = _decode(raw)
            if cart is not None:
                priced = price_cart(cart)
                when = local(at, self._unit.zone)
                found.append(
                    HeldCart(cart_id, name, when, staff_name or "", priced.pieces, priced.total)
                )
        return tuple(found)

    def resume(self, cart_id: int) -> Cart:
        """Take a parked cart back; it is the open one from now on. Raises UserError if it is gone."""
        with self._unit.write() as tx:
            row = _one.one(tx.cursor, cart_id=cart_id)
            cart = _decode(row[0]) if row else None
            if cart is None:
                raise UserError(_("This cart is no longer held."))
            _drop.run(tx.cursor, cart_id=cart_id)
            drop_open(tx.cursor)
            _save_open.run(tx.cursor, staff_id=0, at=tx.at, cart=encode_cart(cart))
            tx.changed("carts")
        return cart

    def discard(self, cart_id: int) -> None:
        """Forget a parked cart."""
        with self._unit.write() as tx:
            _drop.run(tx.cursor, cart_id=cart_id)
            tx.changed("carts")


def drop_open(cursor: Cursor) -> None:
    """Forget the open cart, within a transaction of the caller's."""
    _drop_open.run(cursor)


def _decode(raw: bytes) -> Cart | None:
    """A cart that this version can't read any more is let go: it is convenience, not book."""
    try:
        return decode_cart(raw)
    except msgspec.MsgspecError:
        return None
