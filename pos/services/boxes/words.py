"""How screens and the command line speak of other tills."""

from collections.abc import Iterable

from pos.clock import local
from pos.formats import format_datetime
from pos.i18n import _
from pos.services.boxes.check import TailFacts
from pos.services.boxes.heads import KnownTill


def up_to(stand: str, at: int, zone: str) -> str:
    """How far another till is known here: "Blu Plaza up to 21 Nov 2026 18.04"."""
    return _("{stand} up to {date}").format(stand=stand, date=format_datetime(local(at, zone)))


def others_up_to(known: Iterable[KnownTill], here: int, zone: str, only: int = 0) -> list[str]:
    """How far each other stand (or `only` that one) is known: what is shown of it is no newer."""
    latest: dict[int, KnownTill] = {}
    for till in known:
        before = latest.get(till.stand_id)
        if till.stand_id != here and only in {0, till.stand_id}:
            latest[till.stand_id] = till if before is None or till.at > before.at else before
    return [up_to(till.stand_name, till.at, zone) for till in latest.values()]


def fork_sentence(facts: TailFacts, zone: str) -> str:
    """What happened to a till whose journal goes on in two ways, and what becomes of it."""
    return _(
        "{stand}, till {till}: its journal goes on in two ways from entry {seq}. This comes from a "
        "machine that was restored from an old backup, or copied, and went on selling. What this "
        "book has stays; the {count} entries of the other way (up to {date}) are kept beside it. "
        "Set that machine up as a new till. A manager can book the sales among them again at a till of that stand; enter the rest by hand."
    ).format(
        stand=facts.tail.stand_name,
        till=facts.tail.till_code,
        seq=facts.fork_seq,
        count=facts.fresh,
        date=format_datetime(local(facts.tail.at, zone)),
    )
