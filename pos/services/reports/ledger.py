"""The cash book, any account's extract, and the trial balance."""

from pos.i18n import _
from pos.receipts.report import Cell, Report, ReportColumn, ReportRow, ReportTable
from pos.services.queries.reports_ledger import LedgerLine, account_book, trial_balance
from pos.services.reports.ask import Ask
from pos.services.reports.words import account_text, entry_text


def cash_book(ask: Ask) -> Report:
    """Every movement of cash, with the balance after it."""
    return _extract(ask, "cash", _("Cash book"), (_("In"), _("Out")))


def ledger_report(ask: Ask) -> Report:
    """The same of any account, as debits and credits."""
    return _extract(ask, ask.account, _("Ledger extract"), (_("Debit"), _("Credit")))


def _extract(ask: Ask, account: str, title: str, sides: tuple[str, str]) -> Report:
    book = account_book(ask.cursor, ask.stand_id, account, ask.period, ask.zone, ask.told)
    debit = sum(line.amount for line in book.lines if line.amount > 0)
    credit = -sum(line.amount for line in book.lines if line.amount < 0)
    before = ReportRow((None, "", _("Balance before"), None, None, book.opening), "group")
    after = ReportRow((None, "", _("Balance after"), debit, credit, book.closing), "total")
    table = ReportTable(
        title="",
        columns=(
            ReportColumn(_("Date"), "date"),
            ReportColumn(_("Paper")),
            ReportColumn(_("What"), share=1),
            ReportColumn(sides[0], "amount"),
            ReportColumn(sides[1], "amount"),
            ReportColumn(_("Balance"), "amount"),
        ),
        rows=(before, *(ReportRow(_cells(line)) for line in book.lines), after),
        notes=() if book.lines else (_("Nothing moved in this period."),),
    )
    return ask.report(title, account_text(account), table)


def _cells(line: LedgerLine) -> tuple[Cell, ...]:
    said = ", ".join(
        filter(None, (entry_text(line.kind, line.detail), line.who, line.reason, line.staff))
    )
    return (
        line.business_date.isoformat(),
        line.paper,
        said,
        line.amount if line.amount > 0 else None,
        -line.amount if line.amount < 0 else None,
        line.balance,
    )


def trial_report(ask: Ask) -> Report:
    """All accounts: before, debits, credits, after; the sums must be zero, and it says so."""
    accounts = trial_balance(ask.cursor, ask.stand_id, ask.period, ask.told)
    opening = sum(one.opening for one in accounts)
    debit = sum(one.debit for one in accounts)
    credit = sum(one.credit for one in accounts)
    closing = sum(one.closing for one in accounts)
    whole = opening == 0 and closing == 0 and debit == credit
    table = ReportTable(
        title="",
        columns=(
            ReportColumn(_("Ledger account"), share=1),
            ReportColumn(_("Whose"), share=1),
            ReportColumn(_("Before"), "amount", narrow=False),
            ReportColumn(_("Debit"), "amount"),
            ReportColumn(_("Credit"), "amount"),
            ReportColumn(_("After"), "amount"),
        ),
        rows=tuple(
            ReportRow(
                (
                    account_text(one.account),
                    one.name,
                    one.opening,
                    one.debit,
                    one.credit,
                    one.closing,
                )
            )
            for one in accounts
        ),
        totals=(_("Sum"), "", opening, debit, credit, closing),
        empty=_("Nothing has ever moved."),
        notes=(
            _("Debits equal credits, and the balances sum to zero, as they must.")
            if whole
            else _(
                "THE SUMS DIFFER. The book is damaged: check it with “titip verify” and restore "
                "a backup."
            ),
        ),
    )
    return ask.report(_("Trial balance"), "", table)
