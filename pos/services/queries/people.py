"""Who somebody is, by the id that the journal keeps."""

from sqlalchemy import bindparam, select

from pos.models.catalog import contact_cards
from pos.models.prepared import Cursor, Prepared
from pos.models.stands import staff

_name = Prepared(
    select(contact_cards.c.name)
    .select_from(staff.join(contact_cards, contact_cards.c.id == staff.c.contact_id))
    .where(staff.c.id == bindparam("staff_id"))
)


def staff_name(cursor: Cursor, staff_id: int) -> str:
    """The name on the person's card; "" for nobody, or when the card was erased."""
    row = _name.one(cursor, staff_id=staff_id) if staff_id else None
    return str(row[0]) if row else ""
