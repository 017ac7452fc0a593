"""The sample's drawer: counted in the morning and in the evening, now and then not quite right."""

from pos.events import Counted
from pos.services.shifts import DENOMINATIONS, Closing
from pos.services.staff import Session
from pos.services.till import Till

FLOAT = 300_000
"""What the drawer starts each day with (rupiah)."""
_WRONG = {4: (-2_000, "salah kembalian"), 9: (1_000, "kelebihan, tidak diketahui")}
"""Day -> by how much the drawer differed in the evening, and why."""


def in_money(amount: int) -> tuple[Counted, ...]:
    """An amount (a multiple of Rp 100) in as few notes and coins as there can be."""
    counted = []
    for value, coin in DENOMINATIONS:
        pieces, amount = divmod(amount, value)
        if pieces:
            counted.append(Counted(value, coin, pieces))
    return tuple(counted)


def open_drawer(till: Till, session: Session) -> None:
    """The morning: the float that was left, or one that the office brings."""
    found = till.shifts.drawer()
    till.shifts.open(in_money(FLOAT), brought=FLOAT - found, session=session)


def close_drawer(till: Till, session: Session, day: int) -> None:
    """The evening: counted, the float kept, the rest to the office."""
    wrong, reason = _WRONG.get(day, (0, ""))
    till.shifts.close(
        Closing(
            in_money(till.shifts.figures().expected_cash + wrong),
            kept=FLOAT,
            reason=reason,
            left_open=tuple(payment.payment_id for payment in till.shifts.unchecked()),
        ),
        session=session,
    )
