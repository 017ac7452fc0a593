"""A till beside its oracle: what must always hold between a stand and its sellers."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from pos.cart import Discount
from pos.config import book_path
from pos.errors import UserError
from pos.models.verify import verify
from pos.services.till import Till
from pos.terms import Terms
from tests.oracle import Agreement, Off, Ware
from tests.oracle_consignment import Account, Stand
from tests.report_check import reports_agree
from tests.support import FakeClock, make_till, manager_of

MEMORY = Path("/dev/shm")  # noqa: S108 (a private folder is made in it)
CODES = ("SRI", "LMB", "TNH", "BBU")
STEP = 100


def terms_of(agreement: Agreement) -> Terms:
    if agreement.net_price is not None:
        return Terms(kind="net", net_price=agreement.net_price)
    base = "list" if agreement.on_list_price else "paid"
    return Terms(rate_bp=int(agreement.rate * 10_000), base=base)  # type: ignore[arg-type]


class ConsignmentStand(RuleBasedStateMachine):
    """One till and what the design says it owes."""

    till: Till

    @initialize()
    def open_stand(self) -> None:
        place = MEMORY if MEMORY.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="titip-consignment-", dir=place))
        self.clock = FakeClock()
        self.till = make_till(self.folder, clock=self.clock)
        self.manager = manager_of(self.till)
        self.ids = {row.code: row.seller_id for row in self.till.sellers.list_all()}
        shelf = [row for row in self.till.stock.on_shelf() if row.seller_code in CODES]
        self.codes = {row.item_id: row.code for row in shelf}
        today = self.till.business_date().toordinal()
        first = {"BBU": Agreement(net_price=10_000), "TNH": Agreement(on_list_price=True)}
        self.stand = Stand(
            accounts={code: Account() for code in self.ids},
            wares=[Ware(r.item_id, r.kind, r.price, r.seller_code) for r in shelf],
            on_hand={row.item_id: row.on_hand for row in shelf},
            agreed=[(today, code, None, first.get(code, Agreement())) for code in CODES],
            loss_rules=dict.fromkeys(self.ids, ("stand", "share")),
            day=today,
        )

    # -- always -----------------------------------------------------------------------------------

    @invariant()
    def accounts_are_as_the_oracle_says(self) -> None:
        if not hasattr(self, "stand"):
            return
        for code, account in self.stand.accounts.items():
            seller_id = self.ids[code]
            page = self.till.statements.page(seller_id, limit=1_000)
            lines = [(line.kind, line.qty, line.amount, line.balance) for line in page[::-1]]
            assert lines == account.running(), code
            found = self.till.statements.open_account(seller_id)
            assert [line.amount for line in found.lines] == [m.amount for m in account.open]
            assert found.carried == account.carried
            assert found.due == account.due == self.till.statements.due(seller_id)
            # Whatever page size: the running balance goes on where the page before ended.
            older = self.till.statements.page(
                seller_id, limit=2, before=page[1].line_id if len(page) > 1 else 1
            )
            assert older == page[2:4]

    @invariant()
    def the_books_are_as_the_oracle_says(self) -> None:
        if not hasattr(self, "stand"):
            return
        names = {seller_id: code for code, seller_id in self.ids.items()}
        balances = self.rows("SELECT account, subject_id, amount FROM balances WHERE amount <> 0")
        named = {(account, names.get(subject, "")): amount for account, subject, amount in balances}
        assert named == self.stand.books.nonzero()
        assert not self.rows("SELECT 1 FROM postings GROUP BY entry_id HAVING sum(amount) <> 0")

    @invariant()
    def stock_is_the_sum_of_its_moves(self) -> None:
        if not hasattr(self, "stand"):
            return
        stock = dict(self.rows("SELECT item_id, on_hand FROM stock"))
        moves = dict(self.rows("SELECT item_id, sum(qty) FROM stock_moves GROUP BY item_id"))
        assert {item_id: stock[item_id] for item_id in self.stand.on_hand} == self.stand.on_hand
        assert {item_id: moves[item_id] for item_id in self.stand.on_hand} == self.stand.on_hand
        said = dict(self.rows("SELECT item_id, sum(over_stock) FROM sale_lines GROUP BY item_id"))
        for item_id, pieces in self.stand.on_hand.items():
            assert said.get(item_id, 0) == self.stand.over.get(item_id, 0)
            assert pieces + self.stand.over.get(item_id, 0) >= 0

    def teardown(self) -> None:
        if not hasattr(self, "stand"):
            return
        try:
            for item_id, pieces in self.stand.on_hand.items():
                moves = self.till.stock.moves(item_id, limit=1_000)
                assert moves[0].left == pieces
                assert moves[-1].left == moves[-1].qty
            reports_agree(self.till)
            report = verify(book_path(self.folder / "data"))
            assert report.ok, report.first_failure
        finally:
            self.till.close()
            shutil.rmtree(self.folder)

    # -- inside -------------------------------------------------------------------------------------

    def ware(self, place: int) -> Ware:
        return self.stand.wares[place % len(self.stand.wares)]

    def discount(self, off: Off | None) -> Discount | None:
        if off is None:
            return None
        by = self.manager.staff_id
        if off.part is None:
            return Discount(amount=off.amount, bearer=off.bearer, approved_by=by)
        return Discount(percent_bp=int(off.part * 10_000), bearer=off.bearer, approved_by=by)

    def rows(self, sql: str) -> list[Any]:
        cursor = self.till.book.reader()
        cursor.execute(sql)
        return cursor.fetchall()

    def refused_beyond_stock(self, do: Any, ware: Ware, qty: int) -> bool:
        if qty <= self.stand.on_hand[ware.item_id]:
            do()
            return False
        with pytest.raises(UserError):
            do()
        return True
