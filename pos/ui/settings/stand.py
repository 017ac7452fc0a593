"""The stand and its receipts: closing words, cash rounding, the kasir's discount limit."""

import re
from dataclasses import dataclass

from pos.errors import UserError
from pos.i18n import _
from pos.ui.settings.gate import Word
from pos.ui.settings.section import Section

ROUNDING_STEPS = (1, 100, 500, 1_000)
"""Rupiah. 1 leaves totals as they are."""

_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?")


@dataclass(frozen=True)
class StandFields:
    """The page's fields as typed."""

    closing_words: str
    rounding_step: int
    discount_limit: str


class StandSection(Section):
    """Reads and writes the settings that change results; each change is a manager's."""

    def fields(self) -> StandFields:
        """What holds now."""
        settings = self._till.settings
        return StandFields(
            closing_words="\n".join(settings.closing_words()),
            rounding_step=settings.rounding_step(),
            discount_limit=percent_text(settings.discount_limit_bp()),
        )

    def save(self, fields: StandFields) -> None:
        """Write what differs, in one manager's name."""
        try:
            limit = parse_percent(fields.discount_limit)
        except UserError as error:
            self.tell(errors={"discount_limit_bp": error.sentence})
            return
        held, settings = self.fields(), self._till.settings
        words = tidy_lines(fields.closing_words)
        changes = [
            ("closing_words", words, held.closing_words),
            ("rounding_step", str(fields.rounding_step), str(held.rounding_step)),
            ("discount_limit_bp", str(limit), str(settings.discount_limit_bp())),
        ]
        wanted = [(name, value) for name, value, old in changes if value != old]
        if not wanted:
            self.tell(note=_("Nothing was changed."))
            return

        def write(word: Word) -> None:
            def work() -> None:
                for name, value in wanted:
                    settings.set_setting(name, value, by=word.by, approver_id=word.approver_id)

            self.do(work, lambda _done: self.tell(note=_("Saved.")))

        self._gate.ask(_("A manager's PIN is needed to change the stand's settings."), write)


def tidy_lines(text: str) -> str:
    """Lines without spaces at their ends, and without empty lines around them."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def percent_text(basis_points: int) -> str:
    """1250 -> "12,5"."""
    whole, part = divmod(basis_points, 100)
    return f"{whole},{part:02}".rstrip("0") if part else str(whole)


def parse_percent(text: str) -> int:
    """Read a percentage: "12,5 %" is 1250 basis points. Raises UserError when it is not 0 to 100 percent."""
    match = _PERCENT.fullmatch(text.strip())
    points = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else -1
    if not 0 <= points <= 10_000:
        raise UserError(_("Type a percentage from 0 to 100, such as 10 or 12,5."))
    return points
