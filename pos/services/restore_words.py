"""What a backup holds and what restoring it means, in sentences, for the screen and the terminal."""

from collections.abc import Iterator

from pos.clock import local
from pos.formats import format_date_long
from pos.i18n import _
from pos.models.backup import Facts
from pos.money import rupiah
from pos.services.restore import Choice, Outlook, Restored


def says(choice: Choice) -> str:
    """What a backup holds, in one line."""
    facts = choice.facts
    if facts is None:
        return _("can't be read")
    return _("{stand}, {till}: up to {day}, last receipt {receipt}, {count} entries").format(
        stand=facts.stand,
        till=facts.till_code,
        day=_day(facts),
        receipt=facts.receipt or _("none yet"),
        count=facts.entries,
    )


def foretell(outlook: Outlook, *, take_newer: bool) -> Iterator[str]:
    """What restoring would mean, sentence by sentence."""
    facts, newer = outlook.facts, outlook.newer
    yield _("This backup ends with receipt {receipt} of {day}.").format(
        receipt=facts.receipt or _("none yet"),
        day=_day(facts),
    )
    if outlook.present == "absent":
        yield _("There is no book here now.")
        return
    if outlook.other:
        yield _("The present book is another one; nothing of it is taken over.")
        return
    if outlook.present == "unreadable":
        yield _("The present book can't be read at all; what is newer than the backup is lost.")
        return
    if not newer.entries and not newer.broken:
        yield _("The present book holds nothing newer.")
        return
    said = (
        _("Newer and taken over from the present book: {sales} sales, {amount}, {count} entries.")
        if take_newer
        else _("LOST from the present book: {sales} sales, {amount}, {count} entries.")
    )
    yield said.format(sales=newer.sales, amount=rupiah(newer.amount), count=newer.entries)
    if newer.broken:
        yield _("More was there that can't be read any more; it is lost.")


def took_over(done: Restored) -> str:
    """What was done, and what to do before anything else where there are other tills."""
    said = _(
        "Restored, with {sales} sales ({count} entries) taken over from the earlier book."
    ).format(sales=done.newer.sales, count=done.newer.entries)
    if not done.others:
        return said
    first = _(
        "Before anything is sold here, take a box of another stand (Other stands, Boxes): it brings "
        "back what this till had written after the backup, as far as that stand had it."
    )
    return f"{said} {first}"


def _day(facts: Facts) -> str:
    return format_date_long(local(facts.at, facts.zone).date()) if facts.at else "-"
