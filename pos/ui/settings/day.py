"""The business day, the drawer's count and the clock."""

import re
from dataclasses import dataclass

from pos.errors import UserError
from pos.formats import format_datetime
from pos.i18n import _
from pos.ui.settings.gate import Word
from pos.ui.settings.section import Section

_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
LATEST_CUTOFF = 12 * 60
"""Minutes after midnight."""


@dataclass(frozen=True)
class DayFields:
    """The page's fields as typed."""

    cutoff: str
    blind: bool


class DaySection(Section):
    """Each change is a manager's, and stands in the journal."""

    def fields(self) -> DayFields:
        """What holds now."""
        settings = self._till.settings
        return DayFields(time_text(settings.cutoff_minutes()), settings.blind_count())

    def save(self, fields: DayFields) -> None:
        """Write what differs, in one manager's name."""
        try:
            cutoff = parse_time(fields.cutoff)
        except UserError as error:
            self.tell(errors={"cutoff_minutes": error.sentence})
            return
        settings = self._till.settings
        wanted = []
        if cutoff != settings.cutoff_minutes():
            wanted.append(("cutoff_minutes", str(cutoff)))
        if fields.blind != settings.blind_count():
            wanted.append(("blind_count", str(int(fields.blind))))
        if not wanted:
            self.tell(note=_("Nothing was changed."))
            return

        def write(word: Word) -> None:
            def work() -> None:
                for name, value in wanted:
                    settings.set_setting(name, value, by=word.by, approver_id=word.approver_id)

            self.do(work, lambda _done: self.tell(note=_("Saved.")))

        self._gate.ask(_("A manager's PIN is needed to change the stand's settings."), write)

    # -- the clock -----------------------------------------------------------------------------

    def now(self) -> str:
        """What the computer's clock says, at the stand."""
        return format_datetime(self._till.now())

    def behind(self) -> str:
        """What is wrong with the clock; "" for nothing."""
        return self._till.clock_behind()

    def accept_clock(self) -> None:
        """A manager's word that the clock is right."""

        def write(word: Word) -> None:
            self.do(
                lambda: self._till.accept_clock(by=word.by, approver_id=word.approver_id),
                lambda _done: self.tell(note=_("Noted. Entries go on from this time.")),
            )

        self._gate.ask(_("A manager confirms that the clock is right."), write)


def time_text(minutes: int) -> str:
    """240 -> "04.00"."""
    return f"{minutes // 60:02}.{minutes % 60:02}"


def parse_time(text: str) -> int:
    """Read a time of the early day: "4", "04.00", "4:30". Raises UserError when it is none."""
    match = _TIME.fullmatch(text.strip())
    minutes = int(match[1]) * 60 + int(match[2] or 0) if match else -1
    if not 0 <= minutes <= LATEST_CUTOFF or (match and int(match[2] or 0) > 59):
        raise UserError(_("Type a time from 00.00 to 12.00, such as 04.00."))
    return minutes
