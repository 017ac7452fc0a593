"""The stand's own QRIS code: checked, shown for a person to confirm, then kept."""

from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.i18n import _
from pos.qris import Qris, parse_qris
from pos.ui.settings.section import Section

if TYPE_CHECKING:
    from pos.services.till import Till
    from pos.ui.bridge import Runner
    from pos.ui.settings.gate import Gate, Word


class QrisSection(Section):
    """`found` is what a typed or scanned text says, waiting to be confirmed."""

    def __init__(self, till: "Till", run: "Runner", gate: "Gate") -> None:
        super().__init__(till, run, gate)
        self.found: Qris | None = None

    @property
    def current(self) -> Qris | None:
        """The code that is in use."""
        text = self._till.settings.qris()
        return parse_qris(text) if text else None

    @property
    def fills_amount(self) -> bool:
        """Whether the amount is put into the code that buyers scan."""
        return self._till.settings.preference("qris_amount", "0") == "1"

    def refresh(self) -> None:
        """See Section."""
        self.found = None
        super().refresh()

    def read(self, text: str) -> None:
        """Check a text; an empty one takes back what was found."""
        self.found = None
        if not text.strip():
            self.tell()
            return
        try:
            found = parse_qris(text)
            if found.has_amount:
                raise UserError(
                    _(
                        "This code carries an amount. Use the stand's static code, the one on the stand."
                    )
                )
        except UserError as error:
            self.tell(errors={"qris": error.sentence})
            return
        self.found = found
        self.tell()

    def save(self) -> None:
        """Keep the code that was found and confirmed."""
        if self.found is not None:
            self._write(self.found.text, _("A manager's PIN is needed to change the QRIS code."))

    def remove(self) -> None:
        """Keep no code; QRIS payments are then shown without one."""
        if self.current is not None:
            self._write("", _("A manager's PIN is needed to remove the QRIS code."))

    def fill_amount(self, on: bool) -> None:
        """Put the amount into the code, or leave it to the buyer to type."""

        def write(_word: "Word") -> None:
            self.do(
                lambda: self._till.settings.set_preference("qris_amount", "1" if on else "0"),
                lambda _done: self.tell(note=_("Saved.")),
            )

        self._gate.ask(_("A manager's PIN is needed to change how QRIS is shown."), write)
        # A switch that waits for a PIN shows what holds, not what was asked for.
        self.on_change()

    def _write(self, text: str, sentence: str) -> None:
        def write(word: "Word") -> None:
            def done(_done: object) -> None:
                self.found = None
                self.tell(note=_("QRIS code saved.") if text else _("QRIS code removed."))

            settings, by, approver_id = self._till.settings, word.by, word.approver_id
            self.do(
                lambda: settings.set_setting("qris", text, by=by, approver_id=approver_id), done
            )

        self._gate.ask(sentence, write)
