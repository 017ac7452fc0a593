"""What the sample stand sells: about 400 items put together from word lists, the same every time."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from pos.cart import ItemKind
from pos.sample.crafts import AKSESORIS, BATIK, CRAFTS, PESANAN, RUMAH, TAS, Craft, Kind
from pos.sample.people import WORKSHOPS
from pos.sample.pictures import COLOURWAYS
from pos.terms import Terms

Look = tuple[str, str, int]
"""Pattern, colourway and cell of a picture; see pictures.picture."""


class SampleItem(NamedTuple):
    """An item as it will be entered; without a `code` it gets the next one."""

    name: str
    kind: ItemKind
    price: int
    seller: str
    category: str
    pieces: int
    look: Look | None
    terms: Terms | None
    code: str = ""


_ORDERS: tuple[tuple[str, str, int], ...] = (
    ("KRT", "Kebaya pesanan", 450_000),
    ("KRT", "Seragam batik kantor", 265_000),
    ("KRT", "Jahit blus dari kain sendiri", 150_000),
    ("BTK", "Batik tulis motif pesanan", 1_250_000),
    ("BTK", "Sarimbit batik keluarga", 875_000),
    ("BRD", "Bordir nama", 25_000),
    ("BRD", "Mukena bordir nama", 385_000),
    ("KYU", "Papan nama kayu pesanan", 185_000),
    ("KYU", "Plakat kayu", 145_000),
    ("KLT", "Dompet kulit ukir nama", 275_000),
    ("KLT", "Tas kerja kulit pesanan", 1_150_000),
    ("TNH", "Cangkir keramik bernama", 85_000),
    ("RTN", "Kap lampu rotan ukuran pesanan", 420_000),
    ("MKR", "Tirai makrame ukuran pesanan", 690_000),
    ("BBU", "Suvenir bambu nama (per buah)", 12_500),
    ("RSN", "Suvenir resin pernikahan (per buah)", 17_500),
    ("LLN", "Bingkisan wangi acara", 95_000),
    ("RJT", "Boneka rajut dari foto", 165_000),
    ("WRN", "Lukisan wajah di kanvas", 550_000),
    ("PRK", "Cincin perak ukir nama", 295_000),
    ("TNN", "Selendang tenun nama kelompok", 210_000),
    ("HJB", "Hijab seragam (per buah)", 62_500),
    ("ANK", "Baju adik kakak", 235_000),
    ("EGK", "Keranjang hantaran", 130_000),
)

_SHOWN_FIRST: tuple[tuple[str, str, ItemKind, int, str, int, Look], ...] = (
    ("SRI", "Tas anyam pandan", "unique", 185_000, TAS, 1, ("circles", "tan", 120)),
    ("LMB", "Bros bunga kain perca", "stock", 35_000, AKSESORIS, 14, ("diamonds", "teal", 120)),
    ("BBU", "Gantungan kunci bambu", "stock", 15_000, AKSESORIS, 46, ("scales", "rose", 120)),
    ("BTK", "Sarung bantal batik tulis", "unique", 225_000, RUMAH, 1, ("checks", "grass", 120)),
    ("MNK", "Kalung manik kayu", "stock", 95_000, AKSESORIS, 8, ("circles", "violet", 120)),
    ("KLT", "Dompet kulit jahit tangan", "unique", 240_000, TAS, 1, ("diamonds", "ochre", 120)),
    ("TNH", "Vas keramik biru", "unique", 310_000, RUMAH, 1, ("scales", "mint", 120)),
    ("WRN", "Kipas lukis", "stock", 60_000, AKSESORIS, 11, ("checks", "brick", 120)),
    ("TNN", "Syal tenun ulos mini", "stock", 175_000, BATIK, 6, ("zigzag", "sogan", 120)),
    ("KWT", "Miniatur becak kawat", "stock", 120_000, RUMAH, 5, ("kawung", "indigo", 120)),
    ("RSN", "Anting resin bunga", "stock", 45_000, AKSESORIS, 20, ("flowers", "plum", 120)),
    ("RTN", "Tempat tisu rotan", "stock", 130_000, RUMAH, 7, ("basket", "stone", 120)),
)
"""The newest arrivals, which the selling screen shows first."""

_CODES = {
    "Tas anyam pandan": "DKR-2041",
    "Bros bunga kain perca": "DKR-1187",
    "Vas keramik biru": "DKR-2210",
}

ITEMS = 400
UNIQUE = 134
PICTURES = 126


def sample_items(dice: random.Random) -> list[SampleItem]:
    """All items in the order of their coming in; the last ones are the newest."""
    shown = [
        SampleItem(name, kind, price, seller, category, pieces, look, None, _CODES.get(name, ""))
        for seller, name, kind, price, category, pieces, look in _SHOWN_FIRST
    ]
    orders = [
        SampleItem(name, "made_to_order", price, seller, PESANAN, 0, None, None)
        for seller, name, price in _ORDERS
    ]
    wanted = ITEMS - len(shown) - len(orders)
    names = {item.name for item in shown}
    uniques = UNIQUE - sum(item.kind == "unique" for item in shown)
    things = list(_things(dice, names, wanted))
    # What takes long to make is more often the only one of its kind.
    things.sort(key=lambda thing: -thing[1].least * dice.uniform(0.2, 1.0))
    looks = {item.look for item in shown if item.look}
    made = [
        _item(dice, *thing, looks, unique=number < uniques) for number, thing in enumerate(things)
    ]
    dice.shuffle(made)
    count = PICTURES - len(shown)
    # Those that came last are seen most; of the earlier ones only some were photographed.
    plain, pictured = made[:-count], made[-count:]
    return [*orders, *(item._replace(look=None) for item in plain), *pictured, *shown[::-1]]


def _things(
    dice: random.Random, taken: set[str], wanted: int
) -> Iterator[tuple[str, Kind, Craft, str]]:
    """(seller, kind, craft, name), each name once, workshops taking turns."""
    seen = set(taken)
    count = 0
    while count < wanted:
        workshop = WORKSHOPS[count % len(WORKSHOPS)]
        craft = CRAFTS[workshop.craft]
        kind = dice.choice(craft.kinds)
        name = f"{kind.name} {dice.choice(craft.words)}"
        if name not in seen:
            seen.add(name)
            count += 1
            yield workshop.code, kind, craft, name


def _item(
    dice: random.Random,
    seller: str,
    kind: Kind,
    craft: Craft,
    name: str,
    looks: set[Look],
    *,
    unique: bool,
) -> SampleItem:
    price = nice_price(dice, kind.least, kind.most)
    # Some makers name what they want for themselves instead of a percentage ("harga titip").
    net = dice.random() < 0.06
    terms = Terms(kind="net", net_price=price * 7 // 10 // 500 * 500) if net else None
    pieces = 1 if unique else pieces_of(dice, price)
    sort: ItemKind = "unique" if unique else "stock"
    look = _look(dice, craft, looks)
    return SampleItem(name, sort, price, seller, kind.category, pieces, look, terms)


def _look(dice: random.Random, craft: Craft, taken: set[Look]) -> Look:
    """One that no other item has."""
    while True:
        pattern, colourway = dice.choice(craft.patterns), dice.choice(list(COLOURWAYS))
        look = (pattern, colourway, dice.choice((96, 110, 124, 140)))
        if look not in taken:
            taken.add(look)
            return look


def nice_price(dice: random.Random, least: int, most: int) -> int:
    """A price as people set one: steps of 500, 1.000, 5.000 or 10.000, coarser as it grows."""
    price = dice.randint(least, most)
    for limit, step in ((20_000, 500), (60_000, 1_000), (250_000, 5_000)):
        if price < limit:
            return price // step * step
    return price // 10_000 * 10_000


def pieces_of(dice: random.Random, price: int) -> int:
    """How many pieces come at once: many of what is cheap."""
    return dice.randint(3, 6) if price > 150_000 else dice.randint(5, max(8, 900_000 // price))
