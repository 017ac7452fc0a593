"""A report on the receipt printer: 32, 42 or 48 columns.

A table of one text and one figure is a list of pairs; a wider one gives each row its name and then
its figures below, each with its column's title.
"""

from pos.i18n import _
from pos.receipts.elements import Cut, Element, Feed, Rule, Text
from pos.receipts.lines import centred, pair, wrap
from pos.receipts.report import Report, ReportRow, ReportTable, row_texts
from pos.receipts.slip import moment_text


def report_elements(report: Report, columns: int) -> list[Element]:
    """The report from its head to its cut."""
    out: list[Element] = [
        *centred(report.stand_name, columns, bold=True, size=2),
        *centred(report.title, columns, bold=True),
        *centred(report.subtitle, columns),
        *centred(report.period, columns),
    ]
    if report.sample:
        out += centred(_("SAMPLE – NOT A RECEIPT"), columns, bold=True)
    made = _("Printed {when}").format(when=moment_text(report.made_local))
    out += [Rule(), *[Text(line) for line in wrap(made, columns)]]
    if report.staff:
        served = _("Served by: {name}").format(name=report.staff)
        out += [Text(line) for line in wrap(served, columns)]
    for table in report.tables:
        out += _table(table, columns)
    if report.footer_hash:
        out += [Feed(), *centred(report.footer_hash[:16], columns)]
    return [*out, Cut()]


def _table(table: ReportTable, columns: int) -> list[Element]:
    out: list[Element] = [Rule()]
    out += [Text(line, bold=True) for line in wrap(table.title, columns)]
    if not table.rows:
        return [*out, *[Text(line) for line in wrap(table.empty, columns)]]
    for row in table.all_rows:
        if row.style in {"subtotal", "total"}:
            out.append(Rule())
        bold = row.style != "plain"
        out += [Text(line, bold=bold) for line in _row(row, table, columns)]
    return [*out, *[Text(line) for note in table.notes for line in wrap(note, columns)]]


def _row(row: ReportRow, table: ReportTable, columns: int) -> list[str]:
    shown = [
        (column, text)
        for column, text in zip(table.columns, row_texts(row, table.columns), strict=True)
        if column.narrow and text
    ]
    name = "  ".join(text for column, text in shown if not column.is_figure)
    figures = [(column.title, text) for column, text in shown if column.is_figure]
    if len(figures) == 1:
        return list(pair(name, figures[0][1], columns, "  "))
    out = [*wrap(name, columns, "  ")]
    for title, figure in figures:
        out += [f"  {line}" for line in pair(title, figure, columns - 2)]
    return out
