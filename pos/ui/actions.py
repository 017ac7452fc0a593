"""Every action of the screens in one table: its shortcut, its name, where it holds.

A scope is a part of the screen; while it is in use its actions and those of the scopes around it
hold (`PARENTS`). No key may stand twice along such a chain: tests/ui/test_actions.py checks it.
Keys that type something ("+") are handled by the screens' own key handlers, since a shortcut
would take them from the scanner; they stand in the table all the same (`typed=True`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos.i18n import _

PARENTS: Final[dict[str, str]] = {
    "window": "",
    "selling": "window",
    "cart": "selling",
    "payment": "selling",
    "done": "selling",
    "panel": "selling",
    "receipts": "window",
    "settings": "window",
    "goods": "window",
    "sellers": "window",
    "orders": "window",
    "to-complete": "window",
    "closing": "window",
    "reports": "window",
    "others": "window",
    "returning": "receipts",
    "sign-in": "",
    "check": "",
    "set-up": "",
}


@dataclass(frozen=True)
class Action:
    """One thing that can be done. `key` is a portable key sequence, "" where there is none."""

    id: str
    scope: str
    key: str
    text: Callable[[], str]
    typed: bool = False


ACTIONS: Final[tuple[Action, ...]] = (
    Action("go-selling", "window", "Ctrl+1", lambda: _("Sell")),
    Action("go-receipts", "window", "Ctrl+5", lambda: _("Receipts")),
    Action("go-to-complete", "window", "Ctrl+6", lambda: _("Complete")),
    Action("go-settings", "window", "Ctrl+0", lambda: _("Settings")),
    Action("lock", "window", "Ctrl+L", lambda: _("Lock")),
    Action("search", "selling", "F2", lambda: _("Search")),
    Action("line-discount", "cart", "F3", lambda: _("Discount on this line")),
    Action("cart-discount", "cart", "F4", lambda: _("Discount on everything")),
    Action("price", "cart", "F5", lambda: _("Another price")),
    Action("unlisted", "cart", "F6", lambda: _("Not in the book")),
    Action("hold", "cart", "F7", lambda: _("Hold")),
    Action("held", "cart", "F8", lambda: _("Held carts")),
    Action("quantity", "cart", "F9", lambda: _("Quantity")),
    Action("clear", "cart", "Ctrl+Del", lambda: _("Empty the cart")),
    Action("undo", "cart", "Ctrl+Z", lambda: _("Undo")),
    Action("pay", "cart", "F12", lambda: _("Pay")),
    Action("more", "cart", "+", lambda: _("One more"), typed=True),
    Action("less", "cart", "-", lambda: _("One less"), typed=True),
    Action("remove", "cart", "Del", lambda: _("Remove"), typed=True),
    Action("pay-cash", "payment", "Alt+1", lambda: _("Cash")),
    Action("pay-qris", "payment", "Alt+2", lambda: _("QRIS")),
    Action("pay-transfer", "payment", "Alt+3", lambda: _("Transfer")),
    Action("pay-card", "payment", "Alt+4", lambda: _("Card")),
    Action("pay-checked", "payment", "F10", lambda: _("The money has come in")),
    Action("finish", "payment", "Return", lambda: _("Finish and print"), typed=True),
    Action("back", "payment", "Esc", lambda: _("Back")),
    Action("reprint-last", "done", "Ctrl+P", lambda: _("Print again")),
    Action("next-sale", "done", "Esc", lambda: _("Next customer")),
    Action("close-panel", "panel", "Esc", lambda: _("Back")),
    Action("find-receipt", "receipts", "F2", lambda: _("Search")),
    Action("unchecked", "receipts", "F4", lambda: _("Not checked yet")),
    Action("print-queue", "receipts", "F6", lambda: _("Print queue")),
    Action("reprint", "receipts", "F9", lambda: _("Print a copy")),
    Action("check-payment", "receipts", "F10", lambda: _("The money has come in")),
    Action("go-goods", "window", "Ctrl+2", lambda: _("Consigned goods")),
    Action("goods-intake", "goods", "Alt+1", lambda: _("Take in")),
    Action("goods-shelf", "goods", "Alt+2", lambda: _("Shelf")),
    Action("goods-withdraw", "goods", "Alt+3", lambda: _("Withdrawal")),
    Action("goods-count", "goods", "Alt+4", lambda: _("Stock count")),
    Action("goods-ageing", "goods", "Alt+5", lambda: _("Ageing")),
    Action("goods-labels", "goods", "Alt+6", lambda: _("Labels")),
    Action("goods-table", "goods", "Alt+7", lambda: _("Import & export")),
    Action("goods-find", "goods", "F2", lambda: _("Search")),
    Action("goods-picture", "goods", "F8", lambda: _("Picture")),
    Action("goods-save", "goods", "F9", lambda: _("Save")),
    Action("go-sellers", "window", "Ctrl+3", lambda: _("Sellers")),
    Action("sellers-account", "sellers", "Alt+1", lambda: _("Account")),
    Action("sellers-payout", "sellers", "Alt+2", lambda: _("Pay")),
    Action("sellers-payouts", "sellers", "Alt+3", lambda: _("Payouts")),
    Action("sellers-card", "sellers", "Alt+4", lambda: _("Card")),
    Action("sellers-terms", "sellers", "Alt+5", lambda: _("Terms")),
    Action("sellers-find", "sellers", "F2", lambda: _("Search")),
    Action("sellers-add", "sellers", "F7", lambda: _("Add a seller")),
    Action("sellers-pay-all", "sellers", "F8", lambda: _("Pay all")),
    Action("sellers-save", "sellers", "F9", lambda: _("Save")),
    Action("sellers-pay", "sellers", "F12", lambda: _("Pay")),
    Action("go-orders", "window", "Ctrl+4", lambda: _("Orders")),
    Action("orders-find", "orders", "F2", lambda: _("Search")),
    Action("orders-print", "orders", "F3", lambda: _("Slip")),
    Action("orders-deposit", "orders", "F4", lambda: _("Deposit")),
    Action("orders-change", "orders", "F5", lambda: _("Agree anew")),
    Action("orders-message", "orders", "F6", lambda: _("WhatsApp")),
    Action("orders-new", "orders", "F7", lambda: _("Take an order")),
    Action("orders-step", "orders", "F8", lambda: _("Next step")),
    Action("orders-save", "orders", "F9", lambda: _("Save")),
    Action("orders-advance", "orders", "F11", lambda: _("Material money")),
    Action("orders-hand-over", "orders", "F12", lambda: _("Hand over and pay")),
    Action("orders-cancel", "orders", "Ctrl+Del", lambda: _("Cancel the order")),
    Action("check-titipan", "sign-in", "F3", lambda: _("Check my goods")),
    Action("backups", "sign-in", "F9", lambda: _("Backups")),
    Action("check-leave", "check", "Esc", lambda: _("Leave")),
    Action("check-whatsapp", "check", "F6", lambda: _("Send to WhatsApp")),
    Action("check-print", "check", "F9", lambda: _("Print")),
    Action("go-closing", "window", "Ctrl+7", lambda: _("Close")),
    Action("shift-in", "closing", "F3", lambda: _("Cash in")),
    Action("shift-out", "closing", "F4", lambda: _("Cash out")),
    Action("shift-deposit", "closing", "F5", lambda: _("Cash to the office")),
    Action("shift-drawer", "closing", "F6", lambda: _("Open the drawer")),
    Action("shift-recount", "closing", "F7", lambda: _("Count again")),
    Action("shift-picture", "closing", "F8", lambda: _("Picture")),
    Action("shift-print-x", "closing", "F9", lambda: _("Print an X report")),
    Action("shift-print", "closing", "F10", lambda: _("Print Z again")),
    Action("shift-next", "closing", "F12", lambda: _("Next")),
    Action("go-reports", "window", "Ctrl+8", lambda: _("Reports")),
    Action("report-pick", "reports", "F2", lambda: _("Choose a report")),
    Action("report-today", "reports", "F4", lambda: _("Today")),
    Action("report-earlier", "reports", "Alt+Left", lambda: _("Earlier")),
    Action("report-later", "reports", "Alt+Right", lambda: _("Later")),
    Action("report-pdf", "reports", "F6", lambda: _("Save PDF")),
    Action("report-xlsx", "reports", "F7", lambda: _("Save XLSX")),
    Action("report-slips", "reports", "F8", lambda: _("Print slips")),
    Action("report-print", "reports", "F9", lambda: _("Print")),
    Action("return", "receipts", "F8", lambda: _("Return / cancel")),
    Action("return-all", "returning", "F3", lambda: _("Everything comes back")),
    Action("return-damaged", "returning", "F5", lambda: _("Damaged / to the shelf")),
    Action("return-refund", "returning", "F7", lambda: _("Cash / as paid")),
    Action("return-more", "returning", "+", lambda: _("One more"), typed=True),
    Action("return-less", "returning", "-", lambda: _("One less"), typed=True),
    Action("return-do", "returning", "F12", lambda: _("Give the money back")),
    Action("void", "returning", "Ctrl+Del", lambda: _("Cancel the whole sale")),
    Action("go-others", "window", "Ctrl+9", lambda: _("Other stands")),
    Action("others-stands", "others", "Alt+1", lambda: _("Stands")),
    Action("others-box", "others", "Alt+2", lambda: _("Boxes")),
    Action("others-send", "others", "Alt+3", lambda: _("Send goods")),
    Action("others-home", "others", "Alt+4", lambda: _("Back home")),
    Action("others-save", "others", "F9", lambda: _("Save")),
    Action("save-card", "to-complete", "F9", lambda: _("Save")),
)


@cache
def _by_id() -> dict[str, Action]:
    return {action.id: action for action in ACTIONS}


def action(action_id: str) -> Action:
    """The entry of an action; KeyError for an unknown one."""
    return _by_id()[action_id]


def text(action_id: str) -> str:
    """The name of an action in the language in force."""
    return action(action_id).text()


def key_text(action_id: str) -> str:
    """The key as it stands on a keycap: "F12", "Enter", "Ctrl+Del"; "" where there is none."""
    key = action(action_id).key
    return "Enter" if key == "Return" else key


def bind(widget: QWidget, action_id: str, call: Callable[[], object]) -> QShortcut:
    """Make the action's key work while the focus is anywhere inside `widget`."""
    entry = action(action_id)
    if entry.typed or not entry.key:
        raise ValueError(f"{action_id} has no shortcut")
    shortcut = QShortcut(QKeySequence(entry.key), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(call)
    return shortcut


def tip(action_id: str) -> str:
    """Name and key, for a tooltip."""
    key = key_text(action_id)
    return f"{text(action_id)} ({key})" if key else text(action_id)
