"""Erasing a person: their contact card is emptied, and what still shows it on this machine goes.

The journal names people by an id alone, so its chain holds as before; it keeps a trace that the
card with this id was emptied, and by whom. The emptied card stays as a newer card, so that an older
one from another till does not bring the person back.
"""

import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from pos.errors import UserError
from pos.events import PersonErased, SellerChanged
from pos.i18n import _
from pos.models.prepared import Cursor
from pos.services.contacts import ContactCard, put_card, read_card
from pos.services.queries.sellers import SellerQueries
from pos.services.unit_of_work import Transaction, UnitOfWork

PREVIEWS = "preview"
_LEAST = 4
"""Letters; a shorter word counts only where it stands alone, or it would be found in others."""
log = logging.getLogger(__name__)


class Person(msgspec.Struct, frozen=True):
    """Somebody with a card; `id` is the seller's or the staff member's, of a customer the card's."""

    kind: Literal["seller", "staff", "customer"]
    id: int
    name: str
    also: str = ""


class Erasing:
    """Commands; `folder` is the data folder, whose papers on the screen are looked through."""

    def __init__(self, unit: UnitOfWork, sellers: SellerQueries, folder: Path) -> None:
        self._unit, self._sellers, self._folder = unit, sellers, folder

    def find(self, who: str) -> tuple[Person, ...]:
        """People with this name or phone number, and the seller with this code."""
        wanted = " ".join(who.split()).casefold()
        found = (person for person in self._people() if wanted in _words(person))
        return tuple(found) if wanted else ()

    def erase(self, person: Person, *, by: int) -> None:
        """Erase whoever this is. Raises UserError while they are still needed."""
        {"seller": self.seller, "staff": self.staff, "customer": self.customer}[person.kind](
            person.id, by=by
        )

    def seller(self, seller_id: int, *, by: int, approver_id: int = 0) -> None:
        """A maker: name, phone, bank account and PIN. The workshop's trade name stays.

        Raises UserError while pieces are on the shelf or money is owed either way.
        """
        with self._unit.write() as tx:
            facts = self._sellers.facts(seller_id, tx.cursor)
            if self._sellers.due(seller_id) or self._sellers.on_shelf(seller_id):
                raise UserError(
                    _("First the goods go back and the account is settled, then the person can go.")
                )
            if facts.active:
                event = SellerChanged(
                    seller_id=seller_id,
                    workshop=facts.workshop,
                    cluster_id=facts.cluster_id,
                    active=False,
                    loss_bearer=facts.loss_bearer,
                    loss_basis=facts.loss_basis,
                )
                tx.append(event, staff_id=by, approver_id=approver_id)
            gone = self._empty(tx, facts.contact_id, by, approver_id, "seller", seller_id)
            tx.changed("sellers", "items", "print_jobs")
        self._clean_up(gone)

    def staff(self, staff_id: int, *, by: int, approver_id: int = 0) -> None:
        """Somebody who no longer works here. Raises UserError for one who does."""
        with self._unit.write() as tx:
            row = tx.cursor.execute(
                "SELECT contact_id, active FROM staff WHERE id = ?", (staff_id,)
            ).fetchone()
            if row is None:
                raise KeyError(staff_id)
            if row[1]:
                raise UserError(_("Only somebody who no longer works here can be erased."))
            gone = self._empty(tx, int(row[0]), by, approver_id, "staff", staff_id)
            tx.changed("staff", "print_jobs")
        self._clean_up(gone)

    def customer(self, contact_id: int, *, by: int, approver_id: int = 0) -> None:
        """A customer of orders. Raises UserError while an order of theirs is open."""
        with self._unit.write() as tx:
            row = tx.cursor.execute(
                "SELECT 1 FROM orders WHERE contact_id = ? AND state NOT IN ('handed', 'cancelled')",
                (contact_id,),
            ).fetchone()
            if row is not None:
                raise UserError(_("An order of this customer is still open."))
            gone = self._empty(tx, contact_id, by, approver_id)
            tx.changed("orders", "print_jobs")
        self._clean_up(gone)

    # -- inside ----------------------------------------------------------------------

    def _people(self) -> list[Person]:
        cursor = self._unit.book.reader()
        rows: list[Person] = []
        for kind, sql in (
            (
                "seller",
                (
                    "SELECT s.id, c.name, s.code, c.phone FROM sellers s "
                    "JOIN contact_cards c ON c.id = s.contact_id"
                ),
            ),
            (
                "staff",
                (
                    "SELECT s.id, c.name, '', c.phone FROM staff s "
                    "JOIN contact_cards c ON c.id = s.contact_id"
                ),
            ),
            (
                "customer",
                (
                    "SELECT c.id, c.name, '', c.phone FROM contact_cards c "
                    "WHERE c.id IN (SELECT contact_id FROM orders)"
                ),
            ),
        ):
            for person_id, name, code, phone in cursor.execute(sql).fetchall():
                rows.append(Person(kind, person_id, name, code or phone))  # type: ignore[arg-type]  # one of the three
        return rows

    def _empty(
        self,
        tx: Transaction,
        contact_id: int,
        by: int,
        approver_id: int,
        pin_of: str = "",
        who: int = 0,
    ) -> ContactCard:
        """Empty the card, and drop the PIN (of a "seller" or of "staff") and the papers."""
        card = read_card(tx.cursor, contact_id)
        # What is overwritten or removed is zeroed in the file, too, not only given up.
        tx.cursor.execute("PRAGMA secure_delete = ON")
        try:
            put_card(tx.cursor, contact_id, "", tx.at)
            if pin_of:
                tx.cursor.execute(
                    "DELETE FROM pins WHERE kind = ? AND subject_id = ?", (pin_of, who)
                )
            _drop_papers(tx.cursor, card)
        finally:
            tx.cursor.execute("PRAGMA secure_delete = OFF")
        tx.append(PersonErased(contact_id=contact_id), staff_id=by, approver_id=approver_id)
        return card

    def _clean_up(self, card: ContactCard) -> None:
        """Papers that were shown on the screen and kept as files."""
        told = _mention(card)
        for path in (self._folder / PREVIEWS).glob("*.*"):
            try:
                if path.is_file() and told(path.read_bytes()):
                    path.with_suffix(".bin").unlink(missing_ok=True)
                    path.with_suffix(".txt").unlink(missing_ok=True)
            except OSError:
                log.warning("a kept paper could not be looked through", exc_info=True)


def _mention(card: ContactCard) -> Callable[[bytes], bool]:
    """Whether a paper, as it is kept, names the person; nobody is named by an empty card."""
    words = [word for word in (card.name, card.phone, card.bank) if word]
    parts = [
        re.escape(word) if len(word) >= _LEAST else rf"(?<!\w){re.escape(word)}(?!\w)"
        for word in words
    ]
    pattern = re.compile("|".join(parts) or r"(?!)")
    return lambda raw: pattern.search(raw.decode("utf-8", "replace")) is not None


def _words(person: Person) -> set[str]:
    return {word.casefold() for word in (person.name, person.also) if word}


def _drop_papers(cursor: Cursor, card: ContactCard) -> None:
    """Raises UserError while one of them is still to be printed."""
    told = _mention(card)
    kept = cursor.execute("SELECT id, document, title, status FROM print_jobs").fetchall()
    for job_id, document, title, status in kept:
        if not (told(bytes(document)) or told(str(title).encode())):
            continue
        if status in {"waiting", "sending"}:
            raise UserError(
                _(
                    "A paper that names this person still waits for the printer. "
                    "Print it or cancel it first."
                )
            )
        cursor.execute("DELETE FROM print_jobs WHERE id = ?", (job_id,))
