"""What the papers of the drawer's day say: X and Z, money moved by hand, returns."""

from typing import Literal

import msgspec

from pos.receipts.documents_consignment import PaperHead


class CountedMoney(msgspec.Struct, frozen=True):
    """Notes or coins of one value (rupiah)."""

    value: int
    coin: bool
    pieces: int


class MethodTotal(msgspec.Struct, frozen=True):
    """A payment method: payments, what was taken and given back, and what was counted (rupiah)."""

    method: str
    count: int
    taken: int
    refunded: int
    counted: int | None = None

    @property
    def expected(self) -> int:
        """What the book says is there."""
        return self.taken - self.refunded


class UncheckedTotal(msgspec.Struct, frozen=True):
    """A payment left open at the close, and who looks after it."""

    number: str
    method: str
    amount: int
    staff: str = ""


class ShiftPaper(msgspec.Struct, frozen=True, tag="shift"):
    """The X report (`kind` "x", at any time) or the Z (`kind` "z", the close). Rupiah and counts.

    `expected_cash` is None while the count is blind: then the paper says nothing either from which
    it could be worked out. `early_*` is what came before the drawer was counted. The head's
    `entry_hash` is the journal's head: paper in the binder is the witness that nothing was rewritten.
    """

    head: PaperHead
    kind: Literal["x", "z"]
    opened_at_local: str
    opened_by: str
    day: str
    sales: int
    pieces: int
    subtotal: int
    seller_discounts: int
    stand_discounts: int
    rounding: int
    paid: int
    commission: int
    returns: int
    voids: int
    returned: int
    methods: tuple[MethodTotal, ...]
    opening: int
    payouts_cash: int
    cash_in: int
    cash_out: int
    deposits: int
    drawer_openings: int
    expected_cash: int | None
    counted: tuple[CountedMoney, ...] = ()
    counted_cash: int | None = None
    over_short: int = 0
    reason: str = ""
    deposit: int = 0
    kept: int = 0
    left_open: tuple[UncheckedTotal, ...] = ()
    prepaid_taken: int = 0
    prepaid_used: int = 0
    prepaid_back: int = 0
    early_sales: int = 0
    early_paid: int = 0
    early_cash: int = 0

    @property
    def blind(self) -> bool:
        """Whether the count is still to come, by someone who must not know what to find."""
        return self.expected_cash is None


class CashMoveSlip(msgspec.Struct, frozen=True, tag="cash_move"):
    """Money into or out of the drawer, or to the office (rupiah)."""

    head: PaperHead
    kind: Literal["in", "out", "deposit"]
    amount: int
    reason: str


class ReturnedPiece(msgspec.Struct, frozen=True):
    """Pieces of one line that came back, at what was paid for them (rupiah)."""

    name: str
    code: str
    seller_code: str
    qty: int
    paid: int
    to_shelf: bool


class ReturnSlip(msgspec.Struct, frozen=True, tag="return"):
    """A return, or a sale cancelled on its day (`void`); signed by who got the money back."""

    head: PaperHead
    void: bool
    sale_number: str
    lines: tuple[ReturnedPiece, ...]
    rounding: int
    refunds: tuple[tuple[str, int], ...]
    reason: str
    approved_by: str = ""

    @property
    def refunded(self) -> int:
        """Rupiah given back."""
        return sum(amount for _method, amount in self.refunds)


ShiftDocument = ShiftPaper | CashMoveSlip | ReturnSlip
