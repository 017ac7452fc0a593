"""A seller's card as staff type it. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.i18n import _
from pos.services.goods import NewSeller
from pos.services.queries.sellers import SellerCard, name_key
from pos.terms import Terms
from pos.ui.goods.work import Work
from pos.ui.settings.staff import check_pins

if TYPE_CHECKING:
    from pos.events.goods import LossBasis
    from pos.services.queries.catalog import SellerChoice
    from pos.services.queries.sellers import ClusterRow
    from pos.services.sellers import SellerDetail
    from pos.terms import Bearer
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate, Word


@dataclass(frozen=True)
class CardFields:
    """As typed. `new_cluster` is a name that goes before `cluster_id`; an empty PIN leaves it."""

    workshop: str = ""
    code: str = ""
    maker: str = ""
    phone: str = ""
    cluster_id: int = 0
    new_cluster: str = ""
    bank: str = ""
    loss_bearer: "Bearer" = "stand"
    loss_basis: "LossBasis" = "share"
    active: bool = True
    pin: str = ""
    pin_again: str = ""


class CardWork(Work):
    """`detail` is the seller on the card, None for a new one.

    `similar` are sellers whose names are the same but for spelling; one is saved beside them only
    when that is asked for a second time. `saved` is called with the id after each saving.
    """

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.detail: SellerDetail | None = None
        self.clusters: tuple[ClusterRow, ...] = ()
        self.similar: tuple[SellerChoice, ...] = ()
        self.number = 0
        """Goes up whenever another card is in view, so that the fields are filled anew."""
        self.saved: Callable[[int], None] = lambda _seller_id: None
        self._warned_of = ""
        self.erase_asked = False
        """Whether the next press erases."""

    def open(self, seller_id: int) -> None:
        """Put a seller on the card; 0 for a new one."""
        sellers = self._till.sellers
        self.detail = sellers.card(seller_id) if seller_id else None
        self.clusters = sellers.clusters()
        self.similar, self._warned_of = (), ""
        self.erase_asked = False
        self.number += 1
        self.tell()

    def fields(self) -> CardFields:
        """What stands on the card before anything is typed."""
        if self.detail is None:
            first = self.clusters[0].cluster_id if self.clusters else 0
            return CardFields(cluster_id=first)
        card = self.detail.card
        return CardFields(
            workshop=card.workshop,
            code=self.detail.code,
            maker=card.maker,
            phone=card.phone,
            cluster_id=card.cluster_id,
            bank=card.bank,
            loss_bearer=card.loss_bearer,
            loss_basis=card.loss_basis,
            active=card.active,
        )

    def named(self, workshop: str) -> str:
        """A name is being typed for a new seller: who it may be already; returns a code for it."""
        if self.detail is not None:
            return ""
        similar = self._till.sellers.similar(workshop)
        if similar != self.similar:
            self.similar = similar
            self.on_change()
        return self._till.sellers.suggest_code(workshop) if workshop.strip() else ""

    def save(self, fields: CardFields, terms: "Callable[[], Terms]") -> None:
        """Write the card; `terms` reads what a new seller agrees to (it may raise UserError)."""
        try:
            if fields.pin or fields.pin_again:
                check_pins(fields.pin, fields.pin_again)
            agreed = terms() if self.detail is None else Terms()
            self._warn(fields)
        except UserError as error:
            self.tell(errors={error.field: error.sentence})
            return
        detail, by = self.detail, self.session.staff_id

        def work() -> int:
            cluster_id = self._cluster(fields, by)
            if detail is None:
                return self._add(fields, cluster_id, agreed, by)
            self._change(detail, fields, cluster_id, by)
            return detail.card.seller_id

        def done(seller_id: int) -> None:
            self.open(seller_id)
            self.saved(seller_id)
            self.tell(note=_("Saved: {name}.").format(name=fields.workshop.strip()))

        self.do(work, done)

    def erase(self) -> None:
        """Erase the maker's name, number, bank account and PIN; asked for twice, and a manager's."""
        detail = self.detail
        if detail is None:
            return
        if not self.erase_asked:
            self.erase_asked = True
            self.tell()
            return
        seller_id = detail.card.seller_id

        def go(word: "Word") -> None:
            def done(_done: None) -> None:
                self.open(seller_id)
                self.saved(seller_id)
                self.tell(note=_("The person's data is erased. The trade name stays in the book."))

            by, approver_id = word.by, word.approver_id
            erasing = self._till.office.erasing
            self.do(lambda: erasing.seller(seller_id, by=by, approver_id=approver_id), done)

        self.erase_asked = False
        self._gate.ask(_("A manager's PIN is needed to erase a person."), go)

    def _warn(self, fields: CardFields) -> None:
        key = name_key(fields.workshop)
        if self.detail is not None or not self.similar or self._warned_of == key:
            return
        self._warned_of = key
        one = self.similar[0]
        raise UserError(
            _(
                "{name} ({code}) is in the book. Open that card, or save again for another one."
            ).format(name=one.workshop, code=one.code),
            field="workshop",
        )

    def _cluster(self, fields: CardFields, by: int) -> int:
        wanted = name_key(fields.new_cluster)
        if not wanted:
            return fields.cluster_id
        there = {name_key(row.name): row.cluster_id for row in self._till.sellers.clusters()}
        return there.get(wanted) or self._till.sellers.add_cluster(fields.new_cluster, by=by)

    def _add(self, fields: CardFields, cluster_id: int, terms: Terms, by: int) -> int:
        new = NewSeller(
            code=fields.code,
            workshop=fields.workshop,
            cluster_id=cluster_id,
            terms=terms,
            maker=fields.maker,
            phone=fields.phone,
            bank=fields.bank,
            loss_bearer=fields.loss_bearer,
            loss_basis=fields.loss_basis,
        )
        return self._till.sellers.add(new, by=by, pin=fields.pin)

    def _change(self, detail: "SellerDetail", fields: CardFields, cluster_id: int, by: int) -> None:
        seller_id = detail.card.seller_id
        card = SellerCard(
            seller_id=seller_id,
            workshop=fields.workshop,
            cluster_id=cluster_id,
            active=fields.active,
            maker=fields.maker,
            phone=fields.phone,
            bank=fields.bank,
            loss_bearer=fields.loss_bearer,
            loss_basis=fields.loss_basis,
        )
        self._till.sellers.change(card, by=by)
        if fields.pin:
            self._till.sellers.set_pin(seller_id, fields.pin, by=by)
