"""The stand that is measured: a copy of the big book, its people, and carts filled from its shelf."""

import random
import shutil
from itertools import islice
from pathlib import Path

from pos.cart import Cart, CartItem, price_cart
from pos.config import book_path
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender

TILES = 2_000


def copy_book(source: Path, folder: Path) -> Path:
    """A data folder with the same book, and pictures. The source must be closed."""
    folder.mkdir(parents=True)
    for part in ("", "-wal"):
        beside = book_path(source).with_name(book_path(source).name + part)
        if beside.exists():
            shutil.copy(beside, folder)
    pictures = source / "pictures"
    if pictures.is_dir():
        (folder / "pictures").symlink_to(pictures)
    return folder


def manager(till: Till) -> Session:
    """A manager of the stand, signed in."""
    tile = next(tile for tile in till.staff.tiles() if tile.role == "manajer")
    return Session(tile.staff_id, tile.name, tile.role)


def shelf(till: Till, rng: random.Random) -> list[CartItem]:
    """Items that can be sold again and again, from many sellers, in random order."""
    tiles = [tile for tile in till.catalog.browse(limit=TILES) if tile.kind != "unique"]
    rng.shuffle(tiles)
    return [till.catalog.item(tile.item_id) for tile in islice(tiles, 400)]


def fill(items: list[CartItem], rng: random.Random, lines: int) -> Cart:
    """A cart of so many lines."""
    cart = Cart()
    for item in rng.sample(items, lines):
        cart = cart.add(item, rng.randint(1, 2))
    return cart


def cash(cart: Cart) -> tuple[Tender, ...]:
    """Enough notes for it."""
    due = price_cart(cart).total
    return (Tender("cash", -(-due // 50_000) * 50_000),)
