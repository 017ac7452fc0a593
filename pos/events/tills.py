"""Stands that move, goods between stands, and what one till has seen of the others."""

from typing import Final, Literal

import msgspec

from pos.events.base import Change, Event, Register

StandKind = Literal["stand", "bazaar"]
ConflictKind = Literal[
    "sold_twice",
    "returned_twice",
    "code_twice",
    "seller_code_twice",
    "order_twice",
    "order_money",
    "branch_sale",
]
BRANCH_SALE: Final = "branch_sale"
"""A sale of another branch of a journal; it was booked again."""


class Seen(msgspec.Struct, frozen=True):
    """How far a till knows another till's journal; `hash` (hex) names the branch of it."""

    till_no: int
    seq: int
    hash: str


class BoxTaken(Event, frozen=True, kw_only=True):
    """Entries of other tills came into this book: what follows may rest on them."""

    seen: tuple[Seen, ...]


class StandPlanned(Change, frozen=True, kw_only=True):
    """A stand and its facts as they hold from now on; a bazaar has a first and a last day (ISO)."""

    stand_id: int
    code: str
    name: str
    kind: StandKind
    address: tuple[str, ...]
    zone: str
    first_day: str = ""
    last_day: str = ""
    sample: bool = False

    def registers(self) -> tuple[Register, ...]:
        """The stand's facts."""
        return (("stand", self.stand_id),)


class TransferLine(msgspec.Struct, frozen=True):
    """Pieces of one item."""

    item_id: int
    qty: int


class GoodsTransferred(Event, frozen=True, kw_only=True):
    """Pieces went from one stand to another, and are on that one's shelf from now on."""

    transfer_id: int
    from_stand: int
    to_stand: int
    number: int
    lines: tuple[TransferLine, ...]
    note: str = ""


class TransferChecked(Event, frozen=True, kw_only=True):
    """Where they arrived, the pieces of a transfer were scanned; no stock moves by it."""

    check_id: int
    transfer_id: int
    stand_id: int
    lines: tuple[TransferLine, ...]


class PayerChosen(Change, frozen=True, kw_only=True):
    """Which till pays the sellers for all stands; 0: each stand pays what it sold."""

    payer: int

    def registers(self) -> tuple[Register, ...]:
        """There is one payer, or none."""
        return (("payer", 0),)


class ConflictSettled(Event, frozen=True, kw_only=True):
    """A manager decided what two tills, not knowing of each other, had left open."""

    settlement_id: int
    kind: ConflictKind
    subject_id: int
    decision: str
