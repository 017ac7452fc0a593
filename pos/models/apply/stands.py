"""Stands, tills, settings, staff."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.dialects.sqlite import insert

from pos.events import (
    BookRestored,
    ClockAccepted,
    Event,
    PersonErased,
    PinChanged,
    SettingChanged,
    StaffAdded,
    StaffChanged,
    TillOpened,
)
from pos.models.apply.newest import holds
from pos.models.apply.tills import record_seen
from pos.models.entries import Entry
from pos.models.prepared import Cursor, Prepared, insert_into
from pos.models.stands import settings, staff, stands, tills

_stand = Prepared(insert(stands).on_conflict_do_nothing())
_till = insert_into(tills)
_setting = Prepared(
    insert(settings).on_conflict_do_update(
        index_elements=[settings.c.stand_id, settings.c.name],
        set_={"value": insert(settings).excluded.value},
    )
)
_staff = insert_into(staff)
_staff_change = Prepared(
    update(staff)
    .where(staff.c.id == bindparam("staff_id"))
    .values(role=bindparam("new_role"), active=bindparam("new_active"))
)


def till_opened(cursor: Cursor, entry: Entry, event: TillOpened) -> None:
    """The stand (unless another till of it came first) and the till."""
    address = "\n".join(event.address)
    cursor.execute(
        _stand.sql,
        (
            event.stand_id,
            event.stand_code,
            event.stand_name,
            address,
            event.zone,
            event.sample,
            "stand",
            "",
            "",
        ),
    )
    cursor.execute(_till.sql, (event.till_no, event.stand_id, event.till_code, event.prefix))
    record_seen(cursor, entry, event.seen)


def setting_changed(cursor: Cursor, entry: Entry, event: SettingChanged) -> None:
    """The value that holds from now on; earlier ones stay readable in the journal."""
    if not holds(cursor, entry, event, (f"setting {event.name}", event.stand_id)):
        return
    cursor.execute(_setting.sql, (event.stand_id, event.name, event.value))


def staff_added(cursor: Cursor, _entry: Entry, event: StaffAdded) -> None:
    """A new member of staff, active."""
    cursor.execute(_staff.sql, (event.staff_id, event.contact_id, event.role, 1))


def staff_changed(cursor: Cursor, entry: Entry, event: StaffChanged) -> None:
    """Role and whether they still work here."""
    if not holds(cursor, entry, event, ("staff", event.staff_id)):
        return
    _staff_change.run(
        cursor, staff_id=event.staff_id, new_role=event.role, new_active=int(event.active)
    )


def pin_changed(_cursor: Cursor, _entry: Entry, _event: PinChanged) -> None:
    """Leaves its trace in the journal only: PINs are local to a machine."""


def clock_accepted(_cursor: Cursor, _entry: Entry, _event: ClockAccepted) -> None:
    """Leaves its trace in the journal only: no table is in the order of the clock."""


def book_restored(_cursor: Cursor, _entry: Entry, _event: BookRestored) -> None:
    """A trace in the journal alone."""


def person_erased(_cursor: Cursor, _entry: Entry, _event: PersonErased) -> None:
    """A trace in the journal alone: contact cards stand beside the book."""


APPLY: dict[type[Event], Callable[[Cursor, Entry, Any], None]] = {
    TillOpened: till_opened,
    SettingChanged: setting_changed,
    StaffAdded: staff_added,
    StaffChanged: staff_changed,
    PinChanged: pin_changed,
    ClockAccepted: clock_accepted,
    BookRestored: book_restored,
    PersonErased: person_erased,
}
