"""Taking a table of sellers over, and giving it back. No widgets."""

from pathlib import Path
from typing import TYPE_CHECKING

from pos.i18n import _
from pos.ui.goods.table_work import TableWork

if TYPE_CHECKING:
    from pos.services.spreadsheet.plan import Plan, Progress
    from pos.services.spreadsheet.take_over import Taken


class TakingWork(TableWork):
    """The stand's table of sellers."""

    def check(self, path: Path, progress: "Progress") -> "Plan":
        """See TableWork."""
        return self._till.importing.read_sellers(path, progress)

    def write(self, plan: "Plan", progress: "Progress", by: int) -> "Taken":
        """See TableWork."""
        return self._till.importing.take_sellers(plan, progress, by=by)

    def write_table(self, target: Path) -> int:
        """See TableWork."""
        from pos.services.spreadsheet.export import export_sellers

        return export_sellers(self._till.book, target, self._till.business_date())

    def said_taken(self, taken: "Taken") -> str:
        """See TableWork."""
        return _("{count} sellers are in the book now.").format(count=taken.cards)

    def said_given(self, count: int, file: str) -> str:
        """See TableWork."""
        return _("{count} sellers written to {file}.").format(count=count, file=file)
