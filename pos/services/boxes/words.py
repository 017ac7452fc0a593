"""How screens and the command line speak of other tills."""

from pos.clock import local
from pos.formats import format_datetime
from pos.i18n import _
from pos.services.boxes.check import TailFacts


def up_to(stand: str, at: int, zone: str) -> str:
    """How far another till is known here: "Blu Plaza up to 21 Nov 2026 18.04"."""
    return _("{stand} up to {date}").format(stand=stand, date=format_datetime(local(at, zone)))


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
