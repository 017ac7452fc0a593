"""Contact cards: the personal part of staff, sellers and customers, outside of the journal."""

import msgspec
from sqlalchemy import bindparam, func, literal_column, select
from sqlalchemy.dialects.sqlite import insert

from pos.ids import till_of
from pos.models.catalog import contact_cards
from pos.models.prepared import Cursor, Prepared

_put = Prepared(
    insert(contact_cards).on_conflict_do_update(
        index_elements=[contact_cards.c.id],
        set_={
            name: getattr(insert(contact_cards).excluded, name)
            for name in ("name", "phone", "bank", "updated_by")
        }
        | {
            "updated_at": func.max(
                insert(contact_cards).excluded.updated_at,
                contact_cards.c.updated_at + literal_column("1"),
            )
        },
    )
)
_name = Prepared(select(contact_cards.c.name).where(contact_cards.c.id == bindparam("contact_id")))
_card = Prepared(
    select(contact_cards.c.name, contact_cards.c.phone, contact_cards.c.bank).where(
        contact_cards.c.id == bindparam("contact_id")
    )
)


class ContactCard(msgspec.Struct, frozen=True):
    """A person's card: `phone` as 628..., `bank` a bank account or e-wallet in words."""

    name: str = ""
    phone: str = ""
    bank: str = ""


def put_card(
    cursor: Cursor, contact_id: int, name: str, at: int, *, phone: str = "", bank: str = ""
) -> None:
    """Write or replace a card; `at` is UTC milliseconds. It is newer than the one before in any case."""
    cursor.execute(_put.sql, (contact_id, name, phone, bank, at, till_of(contact_id)))


def read_card(cursor: Cursor, contact_id: int) -> ContactCard:
    """A card; an empty one when the person was erased."""
    row = _card.one(cursor, contact_id=contact_id)
    return ContactCard(*row) if row else ContactCard()


def card_name(cursor: Cursor, contact_id: int) -> str:
    """The name on a card; "" when the person was erased."""
    row = _name.one(cursor, contact_id=contact_id)
    return str(row[0]) if row else ""
