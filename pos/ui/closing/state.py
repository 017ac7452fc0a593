"""What the drawer's screen shows, as a value."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pos.events import Counted
from pos.services.shifts import DENOMINATIONS

if TYPE_CHECKING:
    from pos.events.shifts import MoveKind
    from pos.services.queries.cash_moves import ByHand, HandKind
    from pos.services.queries.closings import ClosingRow
    from pos.services.queries.shifts import OpenPayment, OpenShift, ShiftFigures
    from pos.services.shifts import ClosedShift
    from pos.tender import Method

Step = Literal["open", "day", "move", "payments", "count", "difference", "deposit", "done"]
CLOSING_STEPS: Final[tuple[Step, ...]] = ("payments", "count", "difference", "deposit", "done")
MOVES: "Final[dict[HandKind, MoveKind]]" = {"in": "in", "out": "out", "deposit": "deposit"}
MOST_PIECES: Final = 99_999
Pieces = tuple[int | None, ...]
NOTHING: Final[Pieces] = (None,) * len(DENOMINATIONS)


@dataclass(frozen=True)
class SavedCount:
    """A count that stands: only a manager's PIN lets it be done again.

    `expected` is what the book said when it was saved (rupiah), `approver_id` the manager who
    allowed a second count, or 0.
    """

    shift_id: int
    pieces: Pieces
    expected: int
    approver_id: int = 0

    @property
    def counted(self) -> tuple[Counted, ...]:
        """As the book takes it."""
        return counted_of(self.pieces)


@dataclass(frozen=True)
class ClosingState:
    """`drawer` is what the book says is in the drawer (rupiah); `blind` says that it is not shown.

    `z_id` is the earlier Z that is to be printed again (0: the last one).
    `viewed` is the picture that is shown large ("" for none).
    `brought` and `kept` are None while nobody typed them: what is suggested holds. `field` names
    the input that `error` belongs to. `left_to` looks after what is not ticked (0: who closes).
    """

    step: Step = "day"
    shift: "OpenShift | None" = None
    figures: "ShiftFigures | None" = None
    last: "ClosingRow | None" = None
    closings: "tuple[ClosingRow, ...]" = ()
    z_id: int = 0
    drawer: int = 0
    blind: bool = True
    hidden: bool = True
    late: bool = False
    pieces: Pieces = NOTHING
    saved: SavedCount | None = None
    brought: int | None = None
    hand: "HandKind" = "in"
    amount: int | None = None
    picture: str = ""
    viewed: str = ""
    viewed_title: str = ""
    moves: "tuple[ByHand, ...]" = ()
    unchecked: "tuple[OpenPayment, ...]" = ()
    ticked: "tuple[OpenPayment, ...]" = ()
    left_to: int = 0
    told: "tuple[tuple[Method, int], ...]" = ()
    reason: str = ""
    kept: int | None = None
    closed: "ClosedShift | None" = None
    sure_empty: bool = False
    asking: str = ""
    busy: bool = False
    note: str = ""
    error: str = ""
    field: str = ""

    @property
    def total(self) -> int:
        """What the sheet comes to (rupiah)."""
        return worth(self.pieces)

    @property
    def brought_now(self) -> int:
        """What came from the office: as typed, else what is there beyond the book."""
        return max(0, self.total - self.drawer) if self.brought is None else self.brought

    @property
    def opening_difference(self) -> int:
        """Counted less the book and what was brought (rupiah)."""
        return self.total - self.drawer - self.brought_now

    @property
    def counted_cash(self) -> int:
        """The saved count (rupiah)."""
        return worth(self.saved.pieces) if self.saved else 0

    @property
    def difference(self) -> int:
        """Over (+) or short (-), of the cash (rupiah)."""
        return self.counted_cash - (self.figures.expected_cash if self.figures else 0)

    @property
    def differs(self) -> bool:
        """Whether the cash, or what was told of another method, is not what the book says."""
        told = dict(self.told)
        methods = self.figures.methods if self.figures else ()
        return bool(self.difference) or any(told.get(m.method, m.net) != m.net for m in methods)

    @property
    def moved_since(self) -> int:
        """Cash that came (or went, -) after the count was saved (rupiah)."""
        if self.saved is None or self.figures is None:
            return 0
        return self.figures.expected_cash - self.saved.expected

    @property
    def kept_now(self) -> int:
        """Tomorrow's float: as typed, else as much as this shift began with."""
        if self.kept is not None:
            return self.kept
        return min(self.shift.opening if self.shift else 0, self.counted_cash)

    @property
    def deposit(self) -> int:
        """What goes to the office (rupiah)."""
        return self.counted_cash - self.kept_now


def worth(pieces: Pieces) -> int:
    """What so many of each note and coin come to (rupiah)."""
    pairs = zip(DENOMINATIONS, pieces, strict=True)
    return sum(value * (count or 0) for (value, _coin), count in pairs)


def counted_of(pieces: Pieces) -> tuple[Counted, ...]:
    """The sheet as the book takes it: what there is none of is left out."""
    pairs = zip(DENOMINATIONS, pieces, strict=True)
    return tuple(Counted(value, coin, count) for (value, coin), count in pairs if count)
