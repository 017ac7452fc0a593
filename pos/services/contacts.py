"""Contact cards: the personal part of staff, sellers and customers, outside of the journal."""

import msgspec

from pos.ids import till_of
from pos.models.prepared import Cursor, Plain

_put = Plain(
    "INSERT INTO contact_cards (id, name, phone, bank, updated_at, updated_by) "
    "VALUES (:id, :name, :phone, :bank, :updated_at, :updated_by) "
    "ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone, "
    "bank = excluded.bank, updated_by = excluded.updated_by, "
    "updated_at = max(excluded.updated_at, contact_cards.updated_at + 1)"
)
_name = Plain("SELECT name FROM contact_cards WHERE id = :contact_id")
_card = Plain("SELECT name, phone, bank FROM contact_cards WHERE id = :contact_id")


class ContactCard(msgspec.Struct, frozen=True):
    """A person's card: `phone` as 628..., `bank` a bank account or e-wallet in words."""

    name: str = ""
    phone: str = ""
    bank: str = ""


def put_card(
    cursor: Cursor, contact_id: int, name: str, at: int, *, phone: str = "", bank: str = ""
) -> None:
    """Write or replace a card; `at` is UTC milliseconds. It is newer than the one before in any case."""
    _put.run(
        cursor,
        id=contact_id,
        name=name,
        phone=phone,
        bank=bank,
        updated_at=at,
        updated_by=till_of(contact_id),
    )


def read_card(cursor: Cursor, contact_id: int) -> ContactCard:
    """A card; an empty one when the person was erased."""
    row = _card.one(cursor, contact_id=contact_id)
    return ContactCard(*row) if row else ContactCard()


def card_name(cursor: Cursor, contact_id: int) -> str:
    """The name on a card; "" when the person was erased."""
    row = _name.one(cursor, contact_id=contact_id)
    return str(row[0]) if row else ""
