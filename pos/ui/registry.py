"""Which screens there are, in the order of the rail. A new screen is one entry here.

The makers import late: the sign-in screen must show before the others are loaded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pos.i18n import _
from pos.ui.desk import Desk

if TYPE_CHECKING:
    from pos.ui.screen import Screen


@dataclass(frozen=True)
class Entry:
    """A screen of the shop. `action` is its entry in the table of actions (its shortcut)."""

    id: str
    label: Callable[[], str]
    icon: str
    make: Callable[[Desk], "Screen"]
    action: str
    roles: frozenset[str] = frozenset({"kasir", "manajer"})


def _selling(desk: Desk) -> "Screen":
    from pos.ui.selling.screen import SellingScreen

    return SellingScreen(desk)


def _goods(desk: Desk) -> "Screen":
    from pos.ui.goods.screen import GoodsScreen

    return GoodsScreen(desk)


def _sellers(desk: Desk) -> "Screen":
    from pos.ui.sellers.screen import SellersScreen

    return SellersScreen(desk)


def _orders(desk: Desk) -> "Screen":
    from pos.ui.orders.screen import OrdersScreen

    return OrdersScreen(desk)


def _others(desk: Desk) -> "Screen":
    from pos.ui.others.screen import OthersScreen

    return OthersScreen(desk)


def _receipts(desk: Desk) -> "Screen":
    from pos.ui.receipts.screen import ReceiptsScreen

    return ReceiptsScreen(desk)


def _to_complete(desk: Desk) -> "Screen":
    from pos.ui.tocomplete.screen import ToCompleteScreen

    return ToCompleteScreen(desk)


def _closing(desk: Desk) -> "Screen":
    from pos.ui.closing.screen import ClosingScreen

    return ClosingScreen(desk)


def _reports(desk: Desk) -> "Screen":
    from pos.ui.reports.screen import ReportsScreen

    return ReportsScreen(desk)


def _settings(desk: Desk) -> "Screen":
    from pos.ui.settings.screen import SettingsScreen

    return SettingsScreen(desk)


ENTRIES: Final[tuple[Entry, ...]] = (
    Entry("selling", lambda: _("Sell"), "storefront", _selling, "go-selling"),
    Entry("goods", lambda: _("Consigned"), "package", _goods, "go-goods"),
    Entry("sellers", lambda: _("Sellers"), "users-three", _sellers, "go-sellers"),
    Entry("orders", lambda: _("Orders"), "scissors", _orders, "go-orders"),
    Entry("receipts", lambda: _("Receipts"), "receipt", _receipts, "go-receipts"),
    Entry("to-complete", lambda: _("Complete"), "clipboard-text", _to_complete, "go-to-complete"),
    Entry("closing", lambda: _("Close"), "wallet", _closing, "go-closing"),
    Entry("reports", lambda: _("Reports"), "chart-bar", _reports, "go-reports"),
    Entry("others", lambda: _("Others"), "truck", _others, "go-others"),
    Entry("settings", lambda: _("Settings"), "gear", _settings, "go-settings"),
)
FIRST: Final = "selling"
PRINT_QUEUE: Final = "receipts"
"""Where the printer's mark in the header leads."""


def make_sign_in(desk: Desk) -> "Screen":
    """The screen that stands before the shop: name tiles and PIN."""
    from pos.ui.sign_in.screen import SignInScreen

    return SignInScreen(desk)


def make_check(desk: Desk) -> "Screen":
    """What a seller may see of their own goods; beside the sign-in screen, before the shop."""
    from pos.ui.check.screen import CheckScreen

    return CheckScreen(desk)


def make_backups(desk: Desk) -> "Screen":
    """The way back to a backup, for a manager."""
    from pos.ui.backups.screen import BackupsScreen

    return BackupsScreen(desk)


GATES: Final[dict[str, Callable[[Desk], "Screen"]]] = {
    "sign-in": make_sign_in,
    "check": make_check,
    "backups": make_backups,
}
"""Where one may go without signing in."""


def make_set_up(desk: Desk) -> "Screen":
    """The screen of the first start."""
    from pos.ui.set_up.screen import SetUpScreen

    return SetUpScreen(desk)


def companions(desk: Desk) -> tuple[QObject, ...]:
    """What works beside the screens as long as the window lives, such as the printer's banner."""
    from pos.ui.backups.watch import BackupWatch
    from pos.ui.clock_watch import ClockWatch
    from pos.ui.closing.watch import ShiftWatch
    from pos.ui.printing.watch import PrintWatch

    return (
        PrintWatch(desk, PRINT_QUEUE),
        ClockWatch(desk),
        ShiftWatch(desk),
        BackupWatch(desk),
    )
