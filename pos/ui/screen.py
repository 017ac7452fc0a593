"""The base of all screens."""

from PySide6.QtWidgets import QWidget

from pos.ui.desk import Desk


class Screen(QWidget):
    """One screen of the window: built on first use, thrown away when the language changes.

    Whatever must outlive that (an open cart, a typed form) belongs in the presenter, and the
    presenter of a screen that keeps something in the window's `Desk` or in the book.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def entered(self) -> None:
        """The screen is now in view: put the focus where typing should go, read what is new."""

    def left(self) -> None:
        """Another screen is in view now."""

    def scanned(self, code: str) -> bool:
        """A scanner read `code`. True when the screen used it; else the selling screen gets it."""
        del code
        return False
