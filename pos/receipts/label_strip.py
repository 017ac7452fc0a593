"""Labels on the receipt printer: one below the other, a line to cut along between them."""

from pos.receipts.elements import Cut, Dots, Element, Feed, Rule
from pos.receipts.label_bitmap import label_bitmap
from pos.receipts.labels import ItemLabel, LabelStrip, repeated
from pos.receipts.safe import paper_text

_DOTS = {32: 384}
_WIDE = 576


def label_strip(strip: LabelStrip, columns: int) -> list[Element]:
    """The strip for paper of 58 mm (32 columns) or 80 mm."""
    dots = _DOTS.get(columns, _WIDE)
    drawn: dict[ItemLabel, Dots] = {}
    out: list[Element] = []
    for label in repeated(strip.labels):
        if label not in drawn:
            drawn[label] = Dots(label_bitmap(label, dots), _in_words(label))
        if out:
            out += [Feed(), Rule(), Feed()]
        out.append(drawn[label])
    return [*out, Feed(), Cut()]


def _in_words(label: ItemLabel) -> str:
    parts = (label.name, label.price_text, label.code, label.seller_code)
    return "\n".join(filter(None, (paper_text(part) for part in parts)))
