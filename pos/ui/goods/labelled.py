"""Which pieces wait for their labels; outlives leaving the section."""

from collections.abc import Iterable

from pos.receipts.labels import ItemLabel


class LabelTray:
    """What was put there from a note or the shelf, until labels were made of it."""

    def __init__(self) -> None:
        self.labels: tuple[ItemLabel, ...] = ()

    def put(self, labels: Iterable[ItemLabel]) -> None:
        """These instead of what lay there."""
        self.labels = tuple(labels)

    def add(self, label: ItemLabel) -> None:
        """One more item, or more copies of one that lies there."""
        for at, known in enumerate(self.labels):
            if known.code == label.code:
                copies = known.copies + label.copies
                self.set_copies(at, copies)
                return
        self.labels = (*self.labels, label)

    def set_copies(self, at: int, copies: int) -> None:
        """How often; 0 takes it out."""
        old = self.labels[at]
        new = (
            (ItemLabel(old.name, old.price, old.code, old.seller_code, copies),)
            if copies > 0
            else ()
        )
        self.labels = (*self.labels[:at], *new, *self.labels[at + 1 :])

    @property
    def count(self) -> int:
        """Labels in all."""
        return sum(label.copies for label in self.labels)
