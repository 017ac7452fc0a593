"""Ringing up: the checks on a cart, and the one command that turns it into a sale."""

import datetime as dt
from collections.abc import Callable

import msgspec
from sqlalchemy import bindparam, select

from pos.cart import Cart, CartItem, CartLine, Discount, Priced, PricedLine, price_cart
from pos.errors import ApprovalNeededError, UserError
from pos.events import DiscountGiven, PaymentChecked, SaleCompleted, SaleLine, SalePayment
from pos.i18n import _
from pos.ids import counter_of, till_of
from pos.models.prepared import Prepared
from pos.models.sales import payments
from pos.money import MAX_AMOUNT, percent_of
from pos.receipts.documents import DrawerKick
from pos.receipts.slip import percent_text
from pos.services.carts import drop_open
from pos.services.papers import paper_number
from pos.services.print_jobs import add_job
from pos.services.queries.agreements import ItemNow, items_now
from pos.services.queries.catalog import CatalogQueries, SoldError, no_agreement
from pos.services.receipt_papers import Letterhead, receipt_of
from pos.services.settings import Settings
from pos.services.staff import Session, Staff
from pos.services.texts import one_line
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.tender import Settlement, Tender, settle
from pos.terms import divide_discount

_unchecked = Prepared(select(payments.c.checked).where(payments.c.id == bindparam("payment_id")))


class CompletedSale(msgspec.Struct, frozen=True):
    """A sale that is in the book for good. Amounts in rupiah; `paid` is after cash rounding."""

    sale_id: int
    number: str
    total: int
    paid: int
    change: int
    rounding: int
    has_cash: bool
    entry_hash: str


class PaperSetup(msgspec.Struct, frozen=True):
    """What selling must know of the printer: whether a drawer hangs on it."""

    has_drawer: bool = False


class Selling:
    """Commands of the selling screen."""

    def __init__(
        self,
        unit: UnitOfWork,
        catalog: CatalogQueries,
        settings: Settings,
        staff: Staff,
        *,
        stand_id: int,
        letterhead: Callable[[], Letterhead],
        paper_setup: Callable[[], PaperSetup],
        wake_printer: Callable[[], None],
    ) -> None:
        self._unit = unit
        self._catalog = catalog
        self._settings = settings
        self._staff = staff
        self._stand_id = stand_id
        self._letterhead = letterhead
        self._paper_setup = paper_setup
        self._wake_printer = wake_printer

    def check_discount(
        self, session: Session, cart: Cart, line_key: int | None, discount: Discount
    ) -> None:
        """Raises ApprovalNeededError when a kasir needs a manager for this discount.

        `line_key` None means the discount over the whole cart. What the kasir gave on lines and
        over everything stays within the limit together, too.
        """
        if session.is_manager or discount.approved_by:
            return
        lines, over = cart.lines, cart.discount
        if line_key is None:
            over = discount
            base = sum(line.gross - line.line_discount for line in lines)
        else:
            given = msgspec.structs.replace(cart.line(line_key), discount=discount)
            lines = tuple(given if line.key == line_key else line for line in lines)
            base = given.gross
        self._within_limit(discount.on(base), base)
        if over and not over.approved_by:
            self._within_limit(*_by_the_kasir(lines, over))

    def complete(
        self, cart: Cart, tenders: tuple[Tender, ...], *, session: Session
    ) -> CompletedSale:
        """Check, write and queue the receipt, in one transaction: when this returns it is durable.

        Raises UserError when something does not fit (a unique piece went meanwhile, money is
        missing), EnvironmentProblem when the disk refuses; the cart is then as before.
        """
        if not cart.lines:
            raise UserError(_("The cart is empty."))
        approver = self._check_approvals(cart, session)
        with self._unit.write() as tx:
            cart = self._as_of_now(tx, cart)
            priced = price_cart(cart)
            if priced.total > MAX_AMOUNT:
                raise UserError(_("This sale is too large. Divide it in two."))
            settled = settle(priced.total, tenders, self._settings.rounding_step())
            event = sale_event(
                priced,
                cart.discount,
                settled,
                stand_id=self._stand_id,
                number=tx.next_number("sale"),
                new_id=tx.new_id,
            )
            entry = tx.append(event, staff_id=session.staff_id, approver_id=approver)
            head = self._letterhead()
            codes = {line.item.seller_id: line.item.seller_code for line in cart.lines}
            paper = receipt_of(
                entry, event, head, staff=session.name, seller_code=codes.__getitem__
            )
            has_cash = any(p.method == "cash" for p in settled.payments)
            if has_cash and self._paper_setup().has_drawer:
                add_job(tx.cursor, "drawer", DrawerKick(), title=paper.number, at=tx.at)
            add_job(
                tx.cursor,
                "receipt",
                paper,
                title=paper.number,
                at=tx.at,
                document_id=event.sale_id,
            )
            drop_open(tx.cursor)
            tx.changed("sales", "stock", "items", "print_jobs", "payments")
        self._wake_printer()
        return CompletedSale(
            sale_id=event.sale_id,
            number=paper_number(head.prefix, event.number),
            total=priced.total,
            paid=paper.total,
            change=settled.change,
            rounding=settled.rounding,
            has_cash=has_cash,
            entry_hash=entry.hash.hex(),
        )

    def unlisted(
        self, name: str, price: int, seller_id: int, date: dt.date, *, approved_by: int
    ) -> CartItem:
        """Something that is not in the book yet, on a manager's word.

        Raises UserError for a missing name or price, or an unknown seller.
        """
        named = one_line(name)
        if not named or len(named) > 80:
            raise UserError(_("Type what it is, in at most 80 letters."), field="name")
        if not 0 < price <= MAX_AMOUNT:
            raise UserError(_("Type its price."), field="price")
        seller = next((s for s in self._catalog.sellers() if s.seller_id == seller_id), None)
        if seller is None:
            raise UserError(_("Choose whose it is."), field="seller")
        return CartItem(
            item_id=0,
            code="",
            name=named,
            kind="stock",
            price=price,
            seller_id=seller_id,
            seller_code=seller.code,
            terms=self._catalog.terms_for(seller_id, 0, date),
            unlisted=True,
            approved_by=approved_by,
        )

    def check_payment(self, payment_id: int, *, session: Session) -> None:
        """Staff saw the money of a QRIS payment or transfer arrive; saying it twice changes nothing."""
        with self._unit.write() as tx:
            row = _unchecked.one(tx.cursor, payment_id=payment_id)
            if row is None:
                raise KeyError(payment_id)
            if not row[0]:
                tx.append(PaymentChecked(payment_id=payment_id), staff_id=session.staff_id)
                tx.changed("payments")

    # -- checks ------------------------------------------------------------------

    def _within_limit(self, taken: int, *bases: int) -> None:
        """Raises where more was taken off than the limit allows on all of the bases together."""
        limit = self._settings.discount_limit_bp()
        allowed = sum(percent_of(base, limit) for base in bases)
        if taken > max(allowed, percent_of(sum(bases), limit)):
            raise ApprovalNeededError(
                _("A discount above {limit} needs a manager.").format(limit=percent_text(limit)),
                action="discount",
            )

    def _check_approvals(self, cart: Cart, session: Session) -> int:
        """Every manager named in the cart is one; the entry records the first of them, or 0."""
        given = [cart.discount.approved_by] if cart.discount else []
        for line in cart.lines:
            given += [line.price_approved_by, line.item.approved_by]
            if line.discount:
                given.append(line.discount.approved_by)
            if (line.price != line.item.price and not line.price_approved_by) or (
                line.item.unlisted and not line.item.approved_by
            ):
                raise ApprovalNeededError(_("A manager must allow this price."), action="price")
            if line.discount:
                self.check_discount(session, cart, line.key, line.discount)
        if cart.discount:
            self.check_discount(session, cart, None, cart.discount)
        named = {staff_id for staff_id in given if staff_id}
        managers = {tile.staff_id for tile in self._staff.managers()} if named else set()
        if not named <= managers:
            raise ApprovalNeededError(_("Only a manager can allow this."), action="price")
        return next(
            (staff_id for staff_id in given if staff_id and staff_id != session.staff_id), 0
        )

    def _as_of_now(self, tx: Transaction, cart: Cart) -> Cart:
        """The cart with today's terms, owners and counts: it may have been held for days.

        Of several lines with the same item, each finds on the shelf what those before it left.
        """
        taken: dict[int, int] = {}
        listed = {line.item.item_id for line in cart.lines if not line.item.unlisted}
        found = items_now(tx.cursor, self._stand_id, listed, tx.business_date)
        lines = []
        for line in cart.lines:
            item_id = line.item.item_id
            before = taken.get(item_id, 0)
            lines.append(self._line_as_of_now(line, found.get(item_id), before, tx.business_date))
            taken[item_id] = before + line.qty
        return msgspec.structs.replace(cart, lines=tuple(lines))

    def _line_as_of_now(
        self, line: CartLine, now: ItemNow | None, taken: int, today: str
    ) -> CartLine:
        item = line.item
        if item.unlisted:
            return line
        if now is None:
            raise UserError(_("{name} is no longer in the book.").format(name=item.name))
        on_hand = now.on_hand - taken
        if now.kind == "unique" and on_hand < line.qty:
            # Says when and on which receipt it went.
            self._catalog.item(item.item_id, dt.date.fromisoformat(today))
            raise SoldError(_("{name} is no longer on the shelf.").format(name=item.name))
        if now.terms is None:
            raise no_agreement()
        item = msgspec.structs.replace(
            item,
            kind=now.kind,
            on_hand=on_hand,
            seller_id=now.seller_id,
            seller_code=now.seller_code,
            terms=now.terms,
        )
        return msgspec.structs.replace(line, item=item)


def _by_the_kasir(lines: tuple[CartLine, ...], over: Discount) -> list[int]:
    """What was taken off without a manager's word, on lines and over the cart; then what it is on.

    Lines whose discount a manager allowed count with what that left.
    """
    bases, own = [], 0
    for line in lines:
        allowed = line.discount is not None and bool(line.discount.approved_by)
        bases.append(line.gross - (line.line_discount if allowed else 0))
        own += 0 if allowed else line.line_discount
    return [own + over.on(sum(bases) - own), *bases]


def sale_event(
    priced: Priced,
    over_cart: Discount | None,
    settled: Settlement,
    *,
    stand_id: int,
    number: int,
    new_id: Callable[[], int],
) -> SaleCompleted:
    """A priced and paid cart as it goes into the journal; `over_cart` is the cart's own discount."""
    return SaleCompleted(
        sale_id=new_id(),
        stand_id=stand_id,
        number=number,
        lines=tuple(_line(line, over_cart, new_id) for line in priced.lines),
        payments=tuple(
            SalePayment(new_id(), p.method, p.amount, p.tendered, p.checked, one_line(p.reference))
            for p in settled.payments
        ),
        rounding=settled.rounding,
        change=settled.change,
    )


def _line(priced: PricedLine, over_cart: Discount | None, new_id: Callable[[], int]) -> SaleLine:
    line, item = priced.line, priced.line.item
    counted = item.kind == "stock"
    item_id = item.item_id or new_id()
    return SaleLine(
        line_id=new_id(),
        item_id=item_id,
        seller_id=item.seller_id,
        code=item.code or unlisted_code(item_id),
        name=item.name,
        kind=item.kind,
        qty=line.qty,
        list_price=item.price,
        price=line.price,
        terms=item.terms,
        discounts=_discounts(priced, over_cart),
        share=priced.split.share,
        commission=priced.split.commission,
        price_approved_by=line.price_approved_by,
        price_reason=line.price_reason,
        unlisted=item.unlisted,
        over_stock=max(0, line.qty - max(0, item.on_hand)) if counted else 0,
    )


def _discounts(priced: PricedLine, over_cart: Discount | None) -> tuple[DiscountGiven, ...]:
    found = []
    own = priced.line.discount
    if own and priced.line_discount:
        found.append(_given("line", own, priced.line_discount))
    if over_cart and priced.cart_discount:
        found.append(_given("cart", over_cart, priced.cart_discount))
    return tuple(found)


def _given(scope: str, discount: Discount, amount: int) -> DiscountGiven:
    return DiscountGiven(
        scope="cart" if scope == "cart" else "line",
        percent_bp=discount.percent_bp,
        amount=amount,
        seller_part=divide_discount(amount, discount.bearer)[0],
        bearer=discount.bearer,
        reason=discount.reason,
        approved_by=discount.approved_by,
    )


def unlisted_code(item_id: int) -> str:
    """A code for what was sold before it had one; no other till gives the same."""
    return f"X{till_of(item_id):05X}-{counter_of(item_id)}"


__all__ = ["CompletedSale", "PaperSetup", "Priced", "Selling", "sale_event"]
