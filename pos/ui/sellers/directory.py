"""Finding a seller. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos.i18n import _
from pos.services.queries.sellers import name_key

if TYPE_CHECKING:
    from pos.services.queries.sellers import ClusterRow, SellerRow
    from pos.services.till import Till

ALL, OWED = 0, -1
"""Filters besides the clusters' ids."""


@dataclass(frozen=True)
class DirectoryState:
    """`sellers` are all there are, `shown` those that fit; `chosen` is a seller's id or 0."""

    sellers: "tuple[SellerRow, ...]" = ()
    clusters: "tuple[ClusterRow, ...]" = ()
    text: str = ""
    only: int = ALL
    chosen: int = 0

    @property
    def shown(self) -> "tuple[SellerRow, ...]":
        """The sellers that fit the text and the filter."""
        words = [name_key(word) for word in self.text.split()]
        return tuple(one for one in self.sellers if self._fits(one) and _has(one, words))

    @property
    def due(self) -> int:
        """What the stand owes to all of them, in rupiah; debts of sellers not counted against."""
        return sum(max(0, one.due) for one in self.sellers)

    def _fits(self, seller: "SellerRow") -> bool:
        if self.only == ALL:
            return True
        return seller.due > 0 if self.only == OWED else seller.cluster_id == self.only


class Directory:
    """The list; `on_change` is called whenever `state` is another."""

    def __init__(self, till: "Till") -> None:
        self._till = till
        self.state = DirectoryState()
        self.on_change: Callable[[], None] = lambda: None

    def refresh(self) -> None:
        """Read everything anew."""
        sellers = self._till.sellers
        self._set(replace(self.state, sellers=sellers.list_all(), clusters=sellers.clusters()))

    def type(self, text: str) -> None:
        """Another text in the search field."""
        self._set(replace(self.state, text=text))

    def show_only(self, which: int) -> None:
        """ALL, OWED, or a cluster's id."""
        self._set(replace(self.state, only=which))

    def choose(self, seller_id: int) -> None:
        """Another seller is in view; 0 for none."""
        self._set(replace(self.state, chosen=seller_id))

    def best(self) -> int:
        """Enter in the search field: the seller with this code, else the first of the list."""
        shown, code = self.state.shown, self.state.text.strip().upper()
        first = next((one for one in shown if one.code == code), shown[0] if shown else None)
        return first.seller_id if first else 0

    def _set(self, state: DirectoryState) -> None:
        if state != self.state:
            self.state = state
            self.on_change()


def empty_sentence(state: DirectoryState) -> str:
    """Why the list is empty, and what to do about it."""
    if not state.sellers:
        return _("No sellers yet. Add the first one, or take your list over from a table.")
    return _("No seller fits. Try less text or another group.")


def _has(seller: "SellerRow", words: list[str]) -> bool:
    parts = (seller.code, seller.workshop, seller.maker, seller.cluster, seller.phone)
    keys = [name_key(part) for part in parts]
    return all(any(word in key for key in keys) for word in words)
