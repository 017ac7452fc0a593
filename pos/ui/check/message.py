"""The statement as a WhatsApp message: a link that the seller's own phone opens, made offline."""

import datetime as dt
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pos.formats import format_date, format_date_short, format_time
from pos.i18n import _
from pos.ui.sellers.words import figure, line_name, money

if TYPE_CHECKING:
    from pos.services.queries.statement import StatementLine
    from pos.ui.check.presenter import Mine

_ADDRESS: Final = "https://wa.me/?text="
MOST: Final = 408
"""Characters of the whole link: what a QR code of version 15 holds, which is still coarse enough to
be read from a small screen."""
_NAME: Final = 22
_WORKSHOP: Final = 40
_STAND: Final = 40


def statement_text(
    mine: "Mine", newest: "tuple[StatementLine, ...]", stand: str, now: dt.datetime
) -> str:
    """The link: what is due and on the shelf, then what was lent and what other stands owe, and as
    many of the newest lines as fit.
    """
    text = _head(mine, stand, now)
    more = mine.elsewhere.splitlines()
    if mine.lent:
        more.insert(0, _("Advance for material: {amount}").format(amount=money(mine.lent)))
    for line in newest:
        day = format_date_short(line.business_date)
        name = line_name(line)
        short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
        more.append(f"{day} {short} {figure(line.amount)}")
    for words in more:
        longer = f"{text}\n{words}"
        if len(_link(longer)) > MOST:
            break
        text = longer
    return _link(text)


def _head(mine: "Mine", stand: str, now: dt.datetime) -> str:
    lines = [
        f"{stand[:_STAND]}, {format_date(now.date())} {format_time(now)}",
        f"*{mine.workshop[:_WORKSHOP]} ({mine.code})*",
        _("Due to you: {amount}").format(amount=money(mine.payable)),
    ]
    if mine.last is not None:
        lines.append(
            _("Last payout {day}: {amount}").format(
                day=format_date_short(mine.last.business_date), amount=money(mine.last.amount)
            )
        )
    lines.append(_("On the shelf: {count} pieces").format(count=mine.on_shelf))
    return "\n".join(lines)


def _link(text: str) -> str:
    return _ADDRESS + quote(text, safe="")
