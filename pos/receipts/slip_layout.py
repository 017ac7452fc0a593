"""A slip on the receipt printer: 32, 42 or 48 columns."""

from pos.i18n import _
from pos.receipts.elements import Cut, Element, Feed, Qr, Rule, Text
from pos.receipts.lines import centred, pair, wrap
from pos.receipts.slip import Signature, Slip, SlipRow, Sum, moment_text

_SIGNING_ROOM = 3
"""Lines left free for a signature."""


def slip_elements(slip: Slip, columns: int) -> list[Element]:
    """The slip from its head to its cut."""
    out: list[Element] = [*_head(slip, columns), Rule()]
    for label, value in slip.facts:
        out += [Text(line) for line in wrap(f"{label}: {value}", columns, "  ")]
    out.append(Rule())
    for row in slip.rows:
        out += [Text(line) for line in _row(row, columns)]
    if not slip.rows and slip.empty:
        out += [Text(line) for line in wrap(slip.empty, columns)]
    if slip.sums and not isinstance(out[-1], Rule):
        out.append(Rule())
    for total in slip.sums:
        out += _sum(total, columns)
    return [*out, *_foot(slip, columns), Cut()]


def _foot(slip: Slip, columns: int) -> list[Element]:
    """What follows the sums: the amount in words, notes, signatures, a code, the entry's hash."""
    out: list[Element] = []
    if slip.words:
        out += [Text(line) for line in wrap(f"({slip.words})", columns)]
    if slip.notes:
        out.append(Rule())
    for note in slip.notes:
        out += [Text(line) for line in wrap(note, columns)]
    out += _signatures(slip.signatures, columns)
    if slip.qr:
        out += [Feed(), Qr(slip.qr)]
    if slip.head.entry_hash:
        out += [Feed(), *centred(slip.head.entry_hash[:16], columns)]
    return out


def _head(slip: Slip, columns: int) -> list[Element]:
    head = slip.head
    out: list[Element] = [*centred(head.stand_name, columns, bold=True, size=2)]
    for address in head.address:
        out += centred(address, columns)
    out.append(Feed())
    out += centred(slip.title, columns, bold=True)
    for mark in slip.marks:
        out += centred(mark, columns, bold=True)
    when = moment_text(head.at_local)
    top = pair(head.number, when, columns) if head.number else wrap(when, columns)
    staff = wrap(_("Served by: {name}").format(name=head.staff), columns) if head.staff else ()
    return [*out, Rule(), *[Text(line) for line in (*top, *staff)]]


def _row(row: SlipRow, columns: int) -> list[str]:
    out = [*wrap(row.name, columns)]
    out += [f"  {part}" for part in pair(row.left, row.right, columns - 2)]
    for note in row.notes:
        out += [f"  {part}" for part in wrap(note, columns - 2, "  ")]
    return out


def _sum(total: Sum, columns: int) -> list[Element]:
    half = columns // 2
    if total.strong and len(total.label) + 1 + len(total.figure) <= half:
        large = pair(total.label, total.figure, half)
        return [Text(line, bold=True, size=2) for line in large]
    return [Text(line, bold=total.strong) for line in pair(total.label, total.figure, columns)]


def _signatures(signatures: tuple[Signature, ...], columns: int) -> list[Element]:
    """Two side by side: the roles, room to sign, a line, and the names below."""
    if not signatures:
        return []
    width = (columns - 2 * (len(signatures) - 1)) // len(signatures)
    roles = [wrap(one.role, width) for one in signatures]
    names = [wrap(one.name, width)[:2] for one in signatures]
    blocks = [
        *_beside(roles, width),
        *[""] * _SIGNING_ROOM,
        "  ".join("_" * width for _one in signatures),
        *_beside(names, width),
    ]
    return [Feed(), *[Text(line) if line else Feed() for line in blocks]]


def _beside(blocks: list[tuple[str, ...]], width: int) -> list[str]:
    height = max(len(block) for block in blocks)
    rows = []
    for at in range(height):
        cells = [block[at] if at < len(block) else "" for block in blocks]
        rows.append("  ".join(cell.center(width) for cell in cells).rstrip())
    return rows
