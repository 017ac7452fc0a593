"""The stand and its people."""

from typing import Literal

from pos.events.base import Change, Event, Register
from pos.events.tills import Seen

Role = Literal["kasir", "manajer"]


class TillOpened(Event, frozen=True, kw_only=True):
    """The first entry of every journal: which stand, which till."""

    stand_id: int
    stand_code: str
    stand_name: str
    address: tuple[str, ...]
    zone: str
    till_no: int
    till_code: str
    prefix: str
    sample: bool = False
    seen: tuple[Seen, ...] = ()
    """What the box held from which this till started; its entries rest on that."""


class SettingChanged(Change, frozen=True, kw_only=True):
    """A setting that changes results (rounding step, cut-off, QRIS code, discount limit, ...)."""

    stand_id: int
    name: str
    value: str

    def registers(self) -> tuple[Register, ...]:
        """One setting of one stand."""
        return ((f"setting {self.name}", self.stand_id),)


class StaffAdded(Event, frozen=True, kw_only=True):
    """A member of staff; the name stands on the contact card, not in the journal."""

    staff_id: int
    contact_id: int
    role: Role


class StaffChanged(Change, frozen=True, kw_only=True):
    """Another role, or no longer active."""

    staff_id: int
    role: Role
    active: bool

    def registers(self) -> tuple[Register, ...]:
        """A person's role."""
        return (("staff", self.staff_id),)


class PinChanged(Event, frozen=True, kw_only=True):
    """A PIN was set anew; neither it nor its hash is here."""

    staff_id: int


class ClockAccepted(Event, frozen=True, kw_only=True):
    """A manager's word that the clock is right although it shows a time before the last entry.

    `last_at` is the last entry's time, `now_at` the clock's (UTC milliseconds). The entry itself
    bears `now_at`: the one place where the journal's times may go back.
    """

    last_at: int
    now_at: int


class BookRestored(Event, frozen=True, kw_only=True):
    """A backup took the book's place: it ended with entry `seq` of hash `head` (hex).

    `taken` entries after that were still readable and were taken over; what else there had been
    is lost, and this entry is the trace of it.
    """

    seq: int
    head: str
    taken: int


class PersonErased(Event, frozen=True, kw_only=True):
    """The contact card with this id was emptied, at this person's wish."""

    contact_id: int
