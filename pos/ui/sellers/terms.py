"""What was agreed with a seller, and a new agreement. No widgets."""

import datetime as dt
from typing import TYPE_CHECKING, Literal

from pos.errors import UserError
from pos.formats import format_date
from pos.i18n import _
from pos.terms import Terms
from pos.ui.goods.work import Work
from pos.ui.sellers.words import parse_percent, terms_text
from pos.ui.widgets.rows import Row

if TYPE_CHECKING:
    from pos.services.queries.sellers import Agreement
    from pos.services.queries.stock import ShelfRow
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate

TermsKind = Literal["paid", "list", "net"]


class TermsWork(Work):
    """`agreements` newest first; `items` are what an agreement may be about besides everything."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.seller_id = 0
        self.agreements: tuple[Agreement, ...] = ()
        self.items: tuple[ShelfRow, ...] = ()

    def open(self, seller_id: int) -> None:
        """Another seller."""
        self.seller_id = seller_id
        self._read()
        self.tell()

    def today(self) -> dt.date:
        """The first day from which something may hold."""
        return self._till.business_date()

    def agree(self, terms: "Terms | UserError", valid_from: dt.date, item_id: int) -> None:
        """Agree terms from a day on, for one item or (0) for everything."""
        if isinstance(terms, UserError):
            self.tell(errors={terms.field: terms.sentence})
            return
        seller_id, by = self.seller_id, self.session.staff_id

        def work(approver_id: int) -> None:
            self._till.sellers.agree(
                seller_id,
                terms,
                valid_from=valid_from,
                item_id=item_id or None,
                by=by,
                approver_id=approver_id,
            )

        def done(_nothing: None) -> None:
            self._read()
            day = format_date(valid_from)
            self.tell(
                note=_("Agreed from {day}: {terms}.").format(day=day, terms=terms_text(terms))
            )

        self.do_allowed(work, done)

    def _read(self) -> None:
        self.agreements = self._till.sellers.agreements(self.seller_id)
        self.items = self._till.stock.on_shelf(seller_id=self.seller_id)


def read_terms(kind: TermsKind, percent: str, net: int | None) -> Terms:
    """What the fields say. Raises UserError (field "terms")."""
    if kind == "net":
        if not net:
            raise UserError(_("Type the net price that the seller gets."), field="terms")
        return Terms(kind="net", net_price=net)
    return Terms(rate_bp=parse_percent(percent), base=kind)


def agreement_row(agreement: "Agreement") -> Row:
    """An agreement in the list."""
    about = (
        f"{agreement.item_code} · {agreement.item_name}"
        if agreement.item_id is not None
        else _("All goods")
    )
    return Row(
        agreement.terms_id,
        terms_text(agreement.terms),
        detail=about,
        right=_("from {day}").format(day=format_date(agreement.valid_from)),
        badge=_("holds") if agreement.holds else "",
        badge_tone="good",
        faded=not agreement.holds,
    )
