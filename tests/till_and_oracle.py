"""A till and its oracle side by side: what the state machine does to both, and how it compares."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis.stateful import RuleBasedStateMachine, initialize

from pos.cart import Cart, CartItem, Discount
from pos.errors import ApprovalNeededError, UserError
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.oracle import Agreement, Basket, Ledger, Off, Paid, RefusedError, Ware, half_up, pay
from tests.support import FakeClock, kasir_of, make_till, manager_of

# The till syncs every sale to the disk, which is not what is tested here.
MEMORY = Path("/dev/shm")  # noqa: S108 (a private folder is made in it)


def terms_of(agreement: Agreement) -> Terms:
    if agreement.net_price is not None:
        return Terms(kind="net", net_price=agreement.net_price)
    rate_bp = int(agreement.rate * 10_000)
    return Terms(rate_bp=rate_bp, base="list" if agreement.on_list_price else "paid")


def agreement_of(terms: Terms) -> Agreement:
    if terms.kind == "net":
        return Agreement(net_price=terms.net_price)
    return Agreement(Fraction(terms.rate_bp, 10_000), on_list_price=terms.base == "list")


class TillAndOracle(RuleBasedStateMachine):
    """One till and its oracle, side by side."""

    till: Till

    @initialize()
    def open_stand(self) -> None:
        place = MEMORY if MEMORY.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="titip-machine-", dir=place))
        self.clock = FakeClock()
        self.till = make_till(self.folder, clock=self.clock)
        self.manager, self.kasir = manager_of(self.till), kasir_of(self.till)
        self.session = self.kasir
        self.cart, self.basket = Cart(), Basket()
        self.held: dict[int, tuple[str, Cart, Basket]] = {}
        self.ledger = Ledger()
        self.step = 100
        self.numbers: list[int] = []
        self.unchecked: dict[int, int] = {}
        self.incomplete = 0
        self.sellers = {s.code: s.seller_id for s in self.till.catalog.sellers()}
        self.tiles = {tile.item_id: tile for tile in self.till.catalog.browse()}
        self.wares = [
            Ware(t.item_id, t.kind, t.price, t.seller_code)
            for t in sorted(self.tiles.values(), key=lambda t: t.code)
        ]
        self.on_hand = {
            t.item_id: t.on_hand for t in self.tiles.values() if t.kind != "made_to_order"
        }
        self.agreements = {
            self.tiles[ware.item_id].seller_code: agreement_of(self._find(ware).terms)
            for ware in self.wares
        }

    def _find(self, ware: Ware) -> CartItem:
        return self.till.catalog.find(self.tiles[ware.item_id].code)

    def _rows(self, sql: str) -> list[Any]:
        cursor = self.till.book.reader()
        cursor.execute(sql)
        return cursor.fetchall()

    def _discount(self, off: Off | None) -> Discount | None:
        if off is None:
            return None
        by = self.manager.staff_id if off.approved else 0
        if off.part is None:
            return Discount(amount=off.amount, bearer=off.bearer, approved_by=by)
        return Discount(percent_bp=int(off.part * 10_000), bearer=off.bearer, approved_by=by)

    def _change(self, real: Callable[[Cart], Cart], expected: Callable[[Basket], Basket]) -> None:
        """Do the same to both; one refuses if and only if the other does."""
        try:
            basket = expected(self.basket)
        except RefusedError:
            with pytest.raises(UserError):
                real(self.cart)
            return
        self.cart, self.basket = real(self.cart), basket
        self.till.carts.save_open(self.cart, self.session.staff_id)

    def _total(self) -> int:
        try:
            return self._as_of_now().total
        except RefusedError:
            return self.basket.total

    def _as_of_now(self) -> Basket:
        return replace(
            self.basket,
            rows=tuple(
                replace(row, agreement=self.agreements[row.ware.seller])
                if row.ware.item_id
                else row
                for row in self.basket.rows
            ),
        )

    def _needs_approval(self) -> bool:
        basket = self.basket
        if any(row.needs_price_approval for row in basket.rows):
            return True
        if self.session.is_manager:
            return False
        given = [(row.off, row.gross) for row in basket.rows]
        given.append((basket.off, sum(row.gross - row.own_discount for row in basket.rows)))
        if any(
            off is not None and not off.approved and off.of(base) > half_up(base * Fraction(1, 10))
            for off, base in given
        ):
            return True
        if basket.off is None or basket.off.approved:
            return False
        allowed = [row.own_discount if row.off and row.off.approved else 0 for row in basket.rows]
        own = sum(row.own_discount for row in basket.rows) - sum(allowed)
        bases = [row.gross - by for row, by in zip(basket.rows, allowed, strict=True)]
        taken = own + basket.off.of(sum(bases) - own)
        tenth = Fraction(1, 10)
        return taken > max(sum(half_up(b * tenth) for b in bases), half_up(sum(bases) * tenth))

    def _expected(self, tenders: list[tuple[str, int, bool]]) -> tuple[Basket, Paid]:
        """What the sale must come to; RefusedError, or ApprovalNeededError as its own kind."""
        if not self.basket.rows:
            raise RefusedError
        if self._needs_approval():
            raise ApprovalNeededError("", action="")
        gone = any(
            row.ware.kind == "unique" and self.on_hand[row.ware.item_id] <= 0
            for row in self.basket.rows
        )
        if gone:
            raise RefusedError
        basket = self._as_of_now()
        basket.outcomes()
        return basket, pay(basket.total, [(m, amount) for m, amount, _seen in tenders], self.step)

    def _complete(self, tenders: list[tuple[str, int, bool]]) -> None:
        handed = tuple(Tender(m, amount, seen) for m, amount, seen in tenders)  # type: ignore[arg-type]
        try:
            basket, paid = self._expected(tenders)
        except (RefusedError, ApprovalNeededError) as expected:
            self._must_refuse(handed, approval=isinstance(expected, ApprovalNeededError))
            return
        sale = self.till.selling.complete(self.cart, handed, session=self.session)
        assert (sale.total, sale.rounding, sale.change) == (
            basket.total,
            paid.rounding,
            paid.change,
        )
        assert sale.paid == sum(paid.kept.values()) == basket.total + paid.rounding
        self._compare_rows(sale.sale_id, basket)
        self._account_for(sale.sale_id, basket, paid, tenders)
        assert self.till.carts.load_open() is None
        self.cart, self.basket = Cart(), Basket()

    def _must_refuse(self, handed: tuple[Tender, ...], *, approval: bool) -> None:
        with pytest.raises(UserError) as refused:
            self.till.selling.complete(self.cart, handed, session=self.session)
        assert isinstance(refused.value, ApprovalNeededError) == approval

    def _compare_rows(self, sale_id: int, basket: Basket) -> None:
        """The frozen lines of the book against the oracle's."""
        lines = self._rows(
            "SELECT qty, price, seller_discount, stand_discount, share, commission, unlisted "
            f"FROM sale_lines WHERE sale_id = {sale_id} ORDER BY no"
        )
        assert lines == [
            (
                row.qty,
                row.price,
                outcome.by_seller,
                outcome.by_stand,
                outcome.share,
                outcome.commission,
                int(not row.ware.item_id),
            )
            for row, outcome in zip(basket.rows, basket.outcomes(), strict=True)
        ]
        ((approver,),) = self._rows(f"SELECT approver_id FROM sales WHERE id = {sale_id}")
        allowed = any(
            row.price_marked or not row.ware.item_id or (row.off and row.off.approved)
            for row in basket.rows
        ) or bool(basket.off and basket.off.approved)
        by_manager = allowed and self.session is not self.manager
        assert approver == (self.manager.staff_id if by_manager else 0)

    def _account_for(
        self, sale_id: int, basket: Basket, paid: Paid, tenders: list[tuple[str, int, bool]]
    ) -> None:
        self.ledger.book(basket.rows, basket.outcomes(), paid)
        self.numbers.append(len(self.numbers) + 1)
        over = 0
        for row in basket.rows:
            if row.ware.kind == "made_to_order":
                continue
            before = self.on_hand.get(row.ware.item_id, 0)
            over += max(0, row.qty - max(0, before)) if row.ware.kind == "stock" else 0
            if row.ware.item_id:
                self.on_hand[row.ware.item_id] = before - row.qty
            else:
                self.incomplete += 1
        found = self._rows(f"SELECT sum(over_stock) FROM sale_lines WHERE sale_id = {sale_id}")
        assert found == [(over,)]
        payments = self._rows(
            f"SELECT id, method, amount, checked FROM payments WHERE sale_id = {sale_id} ORDER BY id"
        )
        expected = [
            (m, amount, int(seen or m == "card")) for m, amount, seen in tenders if m != "cash"
        ]
        if "cash" in paid.kept:
            expected.append(("cash", paid.kept["cash"], 1))
        assert [row[1:] for row in payments] == expected
        self.unchecked |= {row[0]: row[2] for row in payments if not row[3]}
