"""`titip pin NAME`: the way back when a manager's PIN is forgotten.

Whoever may log in to the machine as the owner of the data folder may do this; what remains is a
trace in the journal, an entry "pin_changed" by nobody.
"""

import getpass
from pathlib import Path

from pos.errors import UserError
from pos.i18n import _
from pos.services.till import Till


def reset_pin(folder: Path, name: str) -> int:
    """Ask twice for a new PIN on the terminal and set it."""
    till = Till.open(folder)
    try:
        if not till.is_set_up:
            raise UserError(_("There is no book in {folder}.").format(folder=folder))
        wanted = name.casefold()
        found = [row for row in till.staff.list_all() if row.name.casefold() == wanted]
        if len(found) != 1:
            names = ", ".join(row.name for row in till.staff.list_all())
            raise UserError(
                _("Nobody is called {name} here. There are: {names}.").format(
                    name=name, names=names
                )
            )
        pin = getpass.getpass(_("New PIN: "))
        if pin != getpass.getpass(_("Once more: ")):
            raise UserError(_("The two PINs differ."))
        till.staff.set_pin(found[0].staff_id, pin, by=0)
    finally:
        till.close()
    print(_("The new PIN holds from now on."))
    return 0
