"""What only a manager may write is refused where it is written, whatever the screens do."""

from collections.abc import Callable

import pytest

from pos.errors import ApprovalNeededError
from pos.services.goods import ItemCard
from pos.services.staff import Session
from pos.services.till import Till
from tests.services.ringing import last_entry
from tests.support import FakeClock

Command = Callable[[Till, int, int], object]


def _card(till: Till) -> ItemCard:
    item = till.catalog.find("DKR-1187")
    return ItemCard(item.item_id, item.name, "stock", item.price, None, item.seller_id)


COMMANDS: dict[str, Command] = {
    "setting": lambda till, by, ok: till.settings.set_setting(
        "discount_limit_bp", "9000", by=by, approver_id=ok
    ),
    "order fields": lambda till, by, ok: till.settings.set_order_fields(
        1, ["Ukuran"], by=by, approver_id=ok
    ),
    "staff": lambda till, by, ok: till.staff.add(
        "Dewi", "manajer", "975310", by=by, approver_id=ok
    ),
    "role": lambda till, by, ok: till.staff.change(
        _rina(till), role="manajer", active=True, by=by, approver_id=ok
    ),
    "pin": lambda till, by, ok: till.staff.set_pin(_rina(till), "975310", by=by, approver_id=ok),
    "name": lambda till, by, ok: till.staff.rename(_rina(till), "Rina W", by=by, approver_id=ok),
    "card": lambda till, by, ok: till.catalog.complete_item(_card(till), by=by, approver_id=ok),
    "logo": lambda till, by, ok: till.set_logo(None, by=by, approver_id=ok),
}


def _rina(till: Till) -> int:
    return next(row.staff_id for row in till.staff.list_all() if row.name.startswith("Rina"))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_kasir_alone_is_refused_and_with_a_managers_word_both_are_recorded(
    till: Till, kasir: Session, manager: Session, name: str
) -> None:
    before = last_entry(till)
    for approver in (0, kasir.staff_id):
        with pytest.raises(ApprovalNeededError):
            COMMANDS[name](till, kasir.staff_id, approver)
    assert last_entry(till) == before
    COMMANDS[name](till, kasir.staff_id, manager.staff_id)
    if name != "name":  # names are on contact cards, not in the journal
        entry = last_entry(till)
        assert (entry.staff_id, entry.approver_id) == (kasir.staff_id, manager.staff_id)
    COMMANDS[name](till, manager.staff_id, 0)


def test_the_clock_is_a_managers_word(
    till: Till, clock: FakeClock, kasir: Session, manager: Session
) -> None:
    clock.ms -= 86_400_000
    with pytest.raises(ApprovalNeededError):
        till.accept_clock(by=kasir.staff_id)
    assert till.clock_behind()
    till.accept_clock(by=kasir.staff_id, approver_id=manager.staff_id)
    assert not till.clock_behind()
