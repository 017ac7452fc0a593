"""What only a manager may write, checked where it is written: a screen can be wrong."""

from typing import TYPE_CHECKING, Final

from pos.errors import ApprovalNeededError
from pos.events import (
    ClockAccepted,
    PersonErased,
    PinChanged,
    SettingChanged,
    StaffAdded,
    StaffChanged,
)
from pos.i18n import _
from pos.models.prepared import Cursor, Plain

if TYPE_CHECKING:
    from pos.events import Event

_MANAGERS_ONLY: Final = frozenset(
    {ClockAccepted, PersonErased, PinChanged, SettingChanged, StaffAdded, StaffChanged}
)
_role = Plain("SELECT role FROM staff WHERE id = :staff_id")


def check_roles(cursor: Cursor, event: "Event", staff_id: int, approver_id: int) -> None:
    """Raises ApprovalNeededError for a kasir's entry that needs a manager, or an approver who is none.

    `staff_id` 0 is whoever owns the machine (the set-up, the command line); the first manager of a
    stand writes themselves down.
    """
    if isinstance(event, StaffAdded) and event.staff_id == staff_id:
        return
    if approver_id and not _is_manager(cursor, approver_id):
        raise _only_a_manager()
    if type(event) in _MANAGERS_ONLY:
        refuse_but_a_manager(cursor, staff_id, approver_id)


def refuse_but_a_manager(cursor: Cursor, by: int, approver_id: int = 0) -> None:
    """Raises ApprovalNeededError unless a manager does it, or allowed it."""
    who = approver_id or by
    if who and not _is_manager(cursor, who):
        raise _only_a_manager()


def _is_manager(cursor: Cursor, staff_id: int) -> bool:
    row = _role.one(cursor, staff_id=staff_id)
    return row is not None and row[0] == "manajer"


def _only_a_manager() -> ApprovalNeededError:
    return ApprovalNeededError(_("Only a manager can allow this."), action="manager")
