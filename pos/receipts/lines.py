"""Setting text into columns: wrap, pair, centre. Pure; text in is made safe here, once."""

from pos.receipts.elements import Text
from pos.receipts.safe import paper_text

GAP = 1
"""Columns left free at least between a label and its amount."""


def wrap(text: str, width: int, indent: str = "") -> tuple[str, ...]:
    """The text in lines of at most `width` columns, wrapped by words; longer words are broken.

    Follow-up lines begin with `indent`. An empty text gives no line.
    """
    lines: list[str] = []
    line = ""
    for word in paper_text(text).split():
        rest = word
        room = width - len(line) - 1
        if line and len(rest) <= room:
            line = f"{line} {rest}"
            continue
        if line:
            lines.append(line)
        line = indent + rest if lines else rest
        while len(line) > width:
            lines.append(line[:width])
            line = indent + line[width:]
    return (*lines, line) if line else tuple(lines)


def pair(left: str, right: str, width: int, indent: str = "") -> tuple[str, ...]:
    """A label and an amount flush right; a long label wraps, and the amount ends its last line.

    The amount is never broken: it stands alone on a line when the label's last line is too full.
    """
    label = wrap(left, width, indent)
    amount = paper_text(right)
    if not label:
        return (amount.rjust(width),)
    *above, last = label
    if len(last) + GAP + len(amount) <= width:
        return (*above, last + amount.rjust(width - len(last)))
    return (*label, amount.rjust(width))


def centred(text: str, columns: int, *, bold: bool = False, size: int = 1) -> tuple[Text, ...]:
    """The text centred, wrapped; `size` 2 falls back to 1 when it would take over three lines."""
    if size == 2:
        large = wrap(text, columns // 2)
        if len(large) <= 3:
            return tuple(Text(line, "center", bold=bold, size=2) for line in large)
    return tuple(Text(line, "center", bold=bold) for line in wrap(text, columns))
