"""Figures one below the other: what it is, and how much."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.ui.widgets.label import ElidedLabel, Label


@dataclass(frozen=True)
class Fact:
    """A line; without a value it is a heading. `strong` is for sums."""

    name: str
    value: str = ""
    tone: str = ""
    strong: bool = False


class Facts(QWidget):
    """Built anew only when they differ."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Fact, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(0, 1)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What is shown."""
        return self._shown

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show these."""
        if facts == self._shown:
            return
        self._shown = facts
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for at, fact in enumerate(facts):
            self._add(at, fact)

    def _add(self, at: int, fact: Fact) -> None:
        if not fact.value:
            heading = Label(fact.name, "small-strong", "muted")
            heading.setContentsMargins(0, 8 if at else 0, 0, 0)
            self._grid.addWidget(heading, at, 0, 1, 2)
            return
        name = ElidedLabel(fact.name, "body-strong" if fact.strong else "body", fact.tone)
        value = Label(
            fact.value,
            "price" if fact.strong else "item",
            fact.tone,
            align=Qt.AlignmentFlag.AlignRight,
        )
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(value, at, 1)
