"""Filling the sample stand: sellers, items, pictures, and the goods they bring."""

import random
from collections.abc import Callable
from pathlib import Path

from pos.events import GoodsLine
from pos.sample.crafts import CATEGORIES
from pos.sample.goods import SampleItem, sample_items
from pos.sample.people import CRAFT, FASHION, WORKSHOPS
from pos.sample.pictures import keep_picture, picture
from pos.services.goods import NewItem, NewSeller, add_category, add_cluster, add_item, add_seller
from pos.services.pictures import FOLDER
from pos.services.till import Till
from pos.services.unit_of_work import Transaction

FIRST_CODE, STEP = 1_191, 3
"""Codes have gaps, as those of a stand that has been open for a while."""
LATE = 46
"""So many items came in during the two weeks, the newest last."""


class Stocking:
    """Enters people and goods in the order in which they came."""

    def __init__(self, till: Till, dice: random.Random, manager_id: int) -> None:
        self._till = till
        self._manager = manager_id
        self._items = sample_items(dice)
        self._entered = 0
        self._sellers: dict[str, int] = {}
        self._categories: dict[str, int] = {}

    def people(self) -> None:
        """Clusters, categories and sellers with their terms."""
        by = self._manager
        with self._till.unit.write() as tx:
            clusters = {name: add_cluster(tx, name, by=by) for name in (FASHION, CRAFT)}
            self._categories = {name: add_category(tx, name, by=by) for name in CATEGORIES}
            for shop in WORKSHOPS:
                new = NewSeller(
                    shop.code, shop.name, clusters[shop.cluster], shop.terms, maker=shop.maker
                )
                self._sellers[shop.code] = add_seller(tx, new, by=by)

    def first_goods(self, told: Callable[[int, int], None]) -> None:
        """Everything but the late arrivals; `told` (done, total) is called now and then."""
        self._enter(len(self._items) - LATE, told)

    def more_goods(self, count: int) -> None:
        """The next `count` arrivals."""
        self._enter(count, lambda _done, _total: None)

    def the_rest(self) -> None:
        """Whatever has not come yet."""
        self.more_goods(len(self._items) - self._entered)

    def seller_id(self, code: str) -> int:
        """A seller by code."""
        return self._sellers[code]

    def _enter(self, count: int, told: Callable[[int, int], None]) -> None:
        batch = self._items[self._entered : self._entered + count]
        brought: dict[str, list[GoodsLine]] = {}
        with self._till.unit.write() as tx:
            for done, item in enumerate(batch):
                item_id = self._add(tx, item)
                if item.pieces:
                    brought.setdefault(item.seller, []).append(GoodsLine(item_id, item.pieces))
                told(done, len(batch))
            for seller, lines in brought.items():
                self._till.goods.receive_in(
                    tx, self._sellers[seller], tuple(lines), by=self._manager
                )

    def _add(self, tx: Transaction, item: SampleItem) -> int:
        new = NewItem(
            code=item.code or f"DKR-{FIRST_CODE + STEP * self._entered}",
            name=item.name,
            kind=item.kind,
            price=item.price,
            seller_id=self._sellers[item.seller],
            category_id=self._categories[item.category],
            picture=_picture(self._till.folder / FOLDER, item),
            terms=item.terms,
        )
        self._entered += 1
        return add_item(tx, new, by=self._manager)


def _picture(folder: Path, item: SampleItem) -> str:
    return keep_picture(folder, picture(*item.look)) if item.look else ""
