"""The stand and its people."""

from typing import Literal

from pos.events.base import Event

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


class SettingChanged(Event, frozen=True, kw_only=True):
    """A setting that changes results (rounding step, cut-off, QRIS code, discount limit, ...)."""

    stand_id: int
    name: str
    value: str


class StaffAdded(Event, frozen=True, kw_only=True):
    """A member of staff; the name stands on the contact card, not in the journal."""

    staff_id: int
    contact_id: int
    role: Role


class StaffChanged(Event, frozen=True, kw_only=True):
    """Another role, or no longer active."""

    staff_id: int
    role: Role
    active: bool


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
