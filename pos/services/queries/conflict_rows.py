"""What two tills did without knowing of each other, as reads hand it out."""

import datetime as dt

import msgspec

from pos.events.tills import ConflictKind


class Happening(msgspec.Struct, frozen=True):
    """One of the entries that contradict each other; `amount` in rupiah, 0 where there is none.

    `step` is what happened to an order, where there is no paper. `here`: this stand's paper.
    """

    stand_name: str
    paper: str
    at: dt.datetime | None
    amount: int
    step: str = ""
    here: bool = False


class Conflict(msgspec.Struct, frozen=True):
    """What is to be settled: about an item, a line sold, a seller or an order (`subject_id`).

    `amount` is what an order holds although it is closed, or less than nothing (rupiah).
    """

    kind: ConflictKind
    subject_id: int
    code: str
    name: str
    happenings: tuple[Happening, ...]
    amount: int = 0

    @property
    def order_id(self) -> int:
        """The order it is about, or 0."""
        return self.subject_id if self.kind in {"order_twice", "order_money"} else 0
