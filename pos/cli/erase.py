"""`titip erase WHO`: empty a person's contact card."""

from pathlib import Path

from pos.cli.alone import alone
from pos.config import book_path
from pos.errors import UserError
from pos.i18n import _
from pos.services.erasing import Person
from pos.services.till import Till


def erase_person(folder: Path, who: str, *, yes: bool) -> int:
    """Erase the one person of this name, phone number or seller's code."""
    if not book_path(folder).is_file():
        raise UserError(_("There is no book in {folder}.").format(folder=folder))
    with alone(folder):
        till = Till.open(folder)
        try:
            if not till.is_set_up:
                raise UserError(_("There is no book in {folder}.").format(folder=folder))
            person = _the_one(till, who)
            if not yes:
                print(f"{_kind(person)}: {person.name} {person.also}".rstrip())
                raise UserError(_("This can't be undone; --yes does it."))
            till.office.erasing.erase(person, by=0)
        finally:
            till.close()
    print(_("Erased. Backups still hold the card until they are too old to be kept."))
    return 0


def _the_one(till: Till, who: str) -> Person:
    found = till.office.erasing.find(who)
    if not found:
        raise UserError(_("Nobody of this name, number or code is in the book."))
    if len(found) > 1:
        names = ", ".join(f"{_kind(one)} {one.name} {one.also}".rstrip() for one in found)
        raise UserError(_("More than one is meant: {names}.").format(names=names))
    return found[0]


def _kind(person: Person) -> str:
    return {"seller": _("Seller"), "staff": _("Staff"), "customer": _("Customer")}[person.kind]
