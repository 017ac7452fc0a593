"""Items of the big book on their way through the stand."""

from pos.cart import CartItem
from pos.terms import Terms


class Thing:
    """An item on its way through the stand; `own_terms` only where they differ from its seller's."""

    __slots__ = ("active", "category_id", "item", "on_hand", "own_terms")

    def __init__(self, item: CartItem, category_id: int, own_terms: Terms | None) -> None:
        self.item = item
        self.category_id = category_id
        self.own_terms = own_terms
        self.on_hand = 0
        self.active = True


class Pile:
    """Things to pick from at random, taking out in constant time."""

    def __init__(self) -> None:
        self._things: list[Thing] = []
        self._places: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._things)

    def put(self, thing: Thing) -> None:
        """Add one that is not in it."""
        self._places[thing.item.item_id] = len(self._things)
        self._things.append(thing)

    def take(self, thing: Thing) -> None:
        """Take one out."""
        place = self._places.pop(thing.item.item_id)
        last = self._things.pop()
        if last is not thing:
            self._things[place] = last
            self._places[last.item.item_id] = place

    def pick(self, roll: float) -> Thing:
        """The one at a random number from 0 to 1 (1 excluded)."""
        return self._things[int(roll * len(self._things))]
