"""Choosing a printer: found ones, an address typed by hand, its paper and switches, a test print.

Used by the settings and by the set-up, which has no book yet: what is chosen goes to `keep`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import msgspec

from pos.errors import TitipError, UserError
from pos.i18n import _
from pos.receipts.addresses import parse_address

if TYPE_CHECKING:
    from pos.receipts.outcomes import FoundPrinter
    from pos.services.printing import PrinterChoice, Printing
    from pos.ui.bridge import Runner

PREVIEW = "preview:"
Paper = Literal["58", "80-42", "80-48"]
PAPERS: tuple[Paper, ...] = ("58", "80-42", "80-48")
"""Paper widths in millimetres and, for 80, the characters on a line."""


@dataclass(frozen=True)
class PrinterState:
    """What the page shows.

    `searching` says that the list is being made; `testing` that a test print is under way; `test`
    how the last one ended, well if `test_good`.
    """

    choice: "PrinterChoice"
    found: "tuple[FoundPrinter, ...]" = ()
    searching: bool = False
    by_hand: bool = False
    address_error: str = ""
    testing: bool = False
    test: str = ""
    test_good: bool = False

    @property
    def is_preview(self) -> bool:
        """Whether the paper only appears on the screen."""
        return self.choice.address.startswith(PREVIEW)


class PrinterPresenter:
    """Edits a choice. `keep` is called with each changed one; it may refuse by UserError.

    `run_aside` runs on a thread of its own: looking for printers and a test print wait for devices.
    """

    def __init__(
        self,
        printing: "Printing",
        run_aside: "Runner",
        keep: "Callable[[PrinterChoice], None]",
    ) -> None:
        self._printing, self._run_aside, self._keep = printing, run_aside, keep
        self.state = PrinterState(choice=printing.choice())
        self.on_change: Callable[[], None] = lambda: None

    def refresh(self) -> None:
        """What holds now, and a new look for printers."""
        self._set(replace(self.state, choice=self._printing.choice(), address_error=""))
        self.search()

    def search(self) -> None:
        """Look what is connected."""
        if self.state.searching:
            return
        self._set(replace(self.state, searching=True))

        def done(found: "tuple[FoundPrinter, ...]") -> None:
            self._set(replace(self.state, searching=False, found=found))

        def failed(error: TitipError) -> None:
            self._set(replace(self.state, searching=False, found=(), address_error=error.sentence))

        self._run_aside(self._printing.discover, done, failed, failed)

    def choose(self, address: str) -> None:
        """One of the list, or the preview."""
        self._set(replace(self.state, by_hand=False, address_error=""))
        self._change(address=address)

    def type_address(self, text: str) -> None:
        """An address typed by hand."""
        try:
            address = str(parse_address(text))
        except UserError as error:
            self._set(replace(self.state, by_hand=True, address_error=error.sentence))
            return
        self._set(replace(self.state, by_hand=True, address_error=""))
        self._change(address=address)

    def set_paper(self, paper: Paper) -> None:
        """Width of the paper."""
        self._change(paper=paper)

    def set_switch(self, name: str, on: bool) -> None:
        """One of has_cut, has_drawer, native_qr."""
        self._change(**{name: on})

    def set_drawer_pin(self, pin: int) -> None:
        """Which contact opens the drawer: 2 or 5."""
        self._change(drawer_pin=pin)

    def test(self) -> None:
        """Print a test page with what is chosen now."""
        if self.state.testing:
            return
        self._set(replace(self.state, testing=True, test=""))
        choice = self.state.choice

        def done(_result: object) -> None:
            said = (
                _("The test page is shown on the screen.")
                if choice.address.startswith(PREVIEW)
                else _("The test page was sent. Did it come out clearly?")
            )
            self._set(replace(self.state, testing=False, test=said, test_good=True))

        def failed(error: TitipError) -> None:
            self._set(replace(self.state, testing=False, test=error.sentence, test_good=False))

        self._run_aside(lambda: self._printing.test_print(choice), done, failed, failed)

    def _change(self, **changes: object) -> None:
        choice = msgspec.structs.replace(self.state.choice, **changes)
        if choice == self.state.choice:
            return
        try:
            self._keep(choice)
        except UserError as error:
            self._set(replace(self.state, address_error=error.sentence))
            return
        self._set(replace(self.state, choice=choice, test="", test_good=False))

    def _set(self, state: PrinterState) -> None:
        if state != self.state:
            self.state = state
            self.on_change()


def paper_label(paper: str) -> str:
    """A paper's width for people."""
    return {
        "58": _("58 mm"),
        "80-42": _("80 mm, 42 characters"),
        "80-48": _("80 mm, 48 characters"),
    }[paper]
