"""The goods of the big book: who brings what and when, and what is there to be sold."""

import random
from pathlib import Path
from typing import NamedTuple

import msgspec

from pos.cart import CartItem, ItemKind
from pos.events import GoodsLine, ItemChanged
from pos.sample.crafts import CATEGORIES, CRAFTS, PESANAN, Craft
from pos.sample.goods import nice_price, pieces_of
from pos.sample.people import CRAFT, FASHION
from pos.sample.pictures import COLOURWAYS, keep_picture, picture
from pos.services.goods import (
    Goods,
    NewItem,
    NewSeller,
    add_category,
    add_cluster,
    add_item,
    add_seller,
    agree,
)
from pos.terms import Terms
from tools.big_book_plan import Plan
from tools.big_book_things import Pile, Thing
from tools.big_book_writer import Writer

_LETTERS = "BCDGHJKLMNPRSTWY"
# fmt: off
_NAMES = (
    "Sejahtera", "Lestari", "Mandiri", "Sentosa", "Bersama", "Rukun", "Makmur", "Cahaya",
    "Kencana", "Pelangi", "Harapan", "Berkah", "Indah", "Maju", "Setia", "Mulia", "Fajar",
    "Senja", "Bestari", "Jaya",
)
_SECOND = (
    "merah", "biru", "hijau", "kuning", "hitam", "putih", "ungu", "jingga", "cokelat", "abu",
    "gading", "emas", "perak", "marun", "toska", "besar", "kecil", "sedang", "panjang", "bulat",
    "kotak", "lonjong", "tebal", "tipis", "halus", "kasar", "lama", "baru", "ganda", "polos",
)
# fmt: on
_AGREED = (
    Terms(rate_bp=2_000),
    Terms(rate_bp=2_000),
    Terms(rate_bp=1_500),
    Terms(rate_bp=2_500),
    Terms(rate_bp=2_000, base="list"),
)
_FASHION_CRAFTS = {"busana", "batik", "tenun", "ecoprint", "jumputan", "bordir", "hijab", "sepatu"}


class Seller(NamedTuple):
    """A seller and what they make."""

    seller_id: int
    code: str
    craft: Craft


class Shelf:
    """What is there, and the commands that bring more."""

    def __init__(self, writer: Writer, dice: random.Random, goods: Goods, by: int) -> None:
        self._writer = writer
        self._dice = dice
        self._goods = goods
        self._by = by
        self._sellers: list[Seller] = []
        self._categories: dict[str, int] = {}
        self._looks: dict[tuple[str, str], str] = {}
        self._empty: list[Thing] = []
        self.terms: dict[int, Terms] = {}
        self.uniques, self.stock, self.orders = Pile(), Pile(), Pile()
        self.items = 0

    # -- people --------------------------------------------------------------

    def add_sellers(self, count: int) -> None:
        """Clusters, categories, sellers with their terms."""
        tx, by = self._writer.tx, self._by
        clusters = {name: add_cluster(tx, name, by=by) for name in (FASHION, CRAFT)}
        self._categories = {name: add_category(tx, name, by=by) for name in CATEGORIES}
        crafts = list(CRAFTS)
        for number in range(count):
            craft = crafts[number % len(crafts)]
            turn = number // len(crafts)
            name = f"{craft.title()} {_NAMES[turn % len(_NAMES)]}"
            if turn >= len(_NAMES):
                name = f"{name} {turn // len(_NAMES) + 1}"
            cluster = clusters[FASHION if craft in _FASHION_CRAFTS else CRAFT]
            terms = self._dice.choice(_AGREED)
            code = _code(number)
            seller_id = add_seller(tx, NewSeller(code, name, cluster, terms), by=by)
            self.terms[seller_id] = terms
            self._sellers.append(Seller(seller_id, code, CRAFTS[craft]))

    def agree_anew(self) -> None:
        """One seller in ten makes another agreement, as each new year begins."""
        for seller in self._sellers:
            if self._dice.random() < 0.1:
                terms = self._dice.choice(_AGREED)
                agree(self._writer.tx, seller.seller_id, None, terms, by=self._by)
                self.terms[seller.seller_id] = terms

    # -- goods ---------------------------------------------------------------

    def arrive(self, count: int, kind: ItemKind, folder: Path) -> None:
        """New items of one kind, a handful from each of some sellers."""
        left = count
        while left:
            seller = self._dice.choice(self._sellers)
            batch = min(left, self._dice.randint(3, 9))
            left -= batch
            things = [self._add(seller, kind, folder) for _ in range(batch)]
            if kind == "made_to_order":
                for thing in things:
                    self.orders.put(thing)
            else:
                self._receive(seller.seller_id, things)

    def restock(self) -> None:
        """The makers bring more of what ran out."""
        waiting: dict[int, list[Thing]] = {}
        for thing in self._empty:
            if thing.active:
                waiting.setdefault(thing.item.seller_id, []).append(thing)
        self._empty = []
        for seller_id, things in waiting.items():
            self._receive(seller_id, things)

    def retire(self, count: int) -> None:
        """So many stock items are not made any more; what is left of them is sold."""
        for _ in range(min(count, len(self.stock))):
            self.stock.pick(self._dice.random()).active = False

    def raise_prices(self) -> None:
        """One stock item in fifteen gets dearer, as each new year begins."""
        for _ in range(len(self.stock) // 15):
            thing = self.stock.pick(self._dice.random())
            item = thing.item
            dearer = item.price * 11 // 10 // 500 * 500
            if dearer > item.price:
                event = ItemChanged(
                    item_id=item.item_id,
                    name=item.name,
                    kind=item.kind,
                    price=dearer,
                    category_id=thing.category_id,
                    seller_id=item.seller_id,
                    picture=item.picture,
                )
                self._writer.tx.append(event, staff_id=self._by)
                thing.item = msgspec.structs.replace(item, price=dearer)

    def sold(self, thing: Thing, qty: int) -> None:
        """Pieces have gone."""
        if thing.item.kind == "made_to_order":
            return
        thing.on_hand -= qty
        if thing.on_hand <= 0:
            (self.uniques if thing.item.kind == "unique" else self.stock).take(thing)
            if thing.item.kind == "stock":
                self._empty.append(thing)

    def as_of_now(self, thing: Thing) -> CartItem:
        """The item with today's terms and count, as selling reads it from the book."""
        terms = thing.own_terms or self.terms[thing.item.seller_id]
        return msgspec.structs.replace(thing.item, on_hand=thing.on_hand, terms=terms)

    @property
    def on_shelf(self) -> int:
        """Items of which there are pieces."""
        return len(self.uniques) + len(self.stock)

    def _receive(self, seller_id: int, things: list[Thing]) -> None:
        lines = []
        for thing in things:
            unique = thing.item.kind == "unique"
            pieces = 1 if unique else pieces_of(self._dice, thing.item.price)
            thing.on_hand += pieces
            (self.uniques if unique else self.stock).put(thing)
            lines.append(GoodsLine(thing.item.item_id, pieces))
        self._goods.receive_in(self._writer.tx, seller_id, tuple(lines), by=self._by)

    def _add(self, seller: Seller, kind: ItemKind, folder: Path) -> Thing:
        dice, craft = self._dice, seller.craft
        sort = dice.choice(craft.kinds)
        name = f"{sort.name} {dice.choice(craft.words)} {dice.choice(_SECOND)}"
        price = nice_price(dice, sort.least, sort.most)
        own = None
        if dice.random() < 0.04:
            own = Terms(kind="net", net_price=price * 7 // 10 // 500 * 500)
        made = kind == "made_to_order"
        category_id = self._categories[PESANAN if made else sort.category]
        look = (dice.choice(craft.patterns), dice.choice(tuple(COLOURWAYS)))
        new = NewItem(
            code=f"DKR-{100_001 + self.items}",
            name=name,
            kind=kind,
            price=price,
            seller_id=seller.seller_id,
            category_id=category_id,
            picture=self._picture(look, folder) if dice.random() < 0.7 else "",
            terms=own,
        )
        self.items += 1
        item = CartItem(
            item_id=add_item(self._writer.tx, new, by=self._by),
            code=new.code,
            name=name,
            kind=kind,
            price=price,
            seller_id=seller.seller_id,
            seller_code=seller.code,
            terms=own or self.terms[seller.seller_id],
            picture=new.picture,
        )
        return Thing(item, category_id, own)

    def _picture(self, look: tuple[str, str], folder: Path) -> str:
        if look not in self._looks:
            self._looks[look] = keep_picture(folder, picture(*look))
        return self._looks[look]


def opening(shelf: Shelf, plan: Plan, folder: Path) -> None:
    """What stands there on the first morning."""
    shelf.arrive(plan.opening_stock, "stock", folder)
    shelf.arrive(plan.opening_uniques, "unique", folder)
    shelf.arrive(plan.made_to_order, "made_to_order", folder)


def _code(number: int) -> str:
    """Three consonants, different for each of the first 4,096 sellers, then four letters."""
    base = len(_LETTERS)
    value = number * 1_237 % base**3
    letters = (_LETTERS[value // base**2], _LETTERS[value // base % base], _LETTERS[value % base])
    again = number // base**3
    return "".join(letters) + (_LETTERS[again - 1] if again else "")
