"""The style sheet for what Qt paints itself. Lists that must be quick paint themselves instead.

Use the property `tone` on a QLabel ("muted", "accent", "good", "bad", "brand") and `surface` on a
QFrame ("card", "panel", "plain") rather than style sheets of single widgets.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.ui.theme import Colours

_SHEET = """
QToolTip {{ background: {text}; color: {surface}; border: 0; padding: 6px 8px; }}
QLabel {{ background: transparent; }}
QLabel[tone="muted"] {{ color: {muted}; }}
QLabel[tone="faint"] {{ color: {faint}; }}
QLabel[tone="accent"] {{ color: {accent}; }}
QLabel[tone="good"] {{ color: {good}; }}
QLabel[tone="bad"] {{ color: {bad}; }}
QLabel[tone="brand"] {{ color: {brand}; }}
QFrame[surface="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: 14px; }}
QFrame[surface="panel"] {{ background: {surface}; border: 0; border-left: 1px solid {line}; }}
QFrame[surface="plain"] {{ background: {surface}; border: 0; }}
QFrame[surface="ground"] {{ background: {ground}; border: 0; }}
QFrame[surface="header"] {{ background: {surface}; border: 0; border-bottom: 1px solid {line}; }}
QFrame[surface="footer"] {{ background: {surface}; border: 0; border-top: 1px solid {line}; }}
QFrame[surface="rail"] {{ background: {surface}; border: 0; border-right: 1px solid {line}; }}
QLineEdit, QPlainTextEdit, QDateEdit, QSpinBox {{
  background: {surface}; color: {text}; border: 1px solid {line}; border-radius: 10px;
  padding: 0 12px; min-height: 44px; selection-background-color: {brand};
  selection-color: {on_brand};
}}
QLineEdit:focus, QPlainTextEdit:focus, QDateEdit:focus, QSpinBox:focus {{
  border: 2px solid {brand}; padding: 0 11px; min-height: 42px;
}}
QLineEdit[wrong="true"] {{ border: 2px solid {bad}; padding: 0 11px; min-height: 42px; }}
QLineEdit[count="true"] {{
  background: {field}; border-radius: 9px; padding: 0 4px; min-height: 30px; max-height: 30px;
}}
QLineEdit[count="true"]:focus {{
  background: {surface}; padding: 0 3px; min-height: 28px; max-height: 28px;
}}
QLineEdit[bare="true"] {{ border: 0; background: transparent; padding: 0; min-height: 0; }}
QPlainTextEdit {{ padding: 8px 12px; }}
QComboBox {{
  background: {surface}; color: {text}; border: 1px solid {line}; border-radius: 10px;
  padding: 0 12px; min-height: 44px;
}}
QComboBox:focus {{ border: 2px solid {brand}; padding: 0 11px; min-height: 42px; }}
QComboBox::drop-down {{ border: 0; width: 28px; }}
QComboBox QAbstractItemView {{
  background: {surface}; color: {text}; border: 1px solid {line}; outline: 0;
  selection-background-color: {brand_soft}; selection-color: {text};
}}
QComboBox QAbstractItemView::item {{ min-height: 40px; padding: 0 8px; }}
QDateEdit::drop-down {{ border: 0; width: 34px; }}
QDateEdit::down-arrow {{ image: none; }}
QCheckBox {{ spacing: 10px; min-height: 44px; color: {text}; }}
QRadioButton {{ spacing: 10px; min-height: 44px; color: {text}; }}
QScrollArea {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {line}; border-radius: 5px; min-height: 44px; }}
QScrollBar::handle:vertical:hover {{ background: {faint}; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {line}; border-radius: 5px; min-width: 44px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QListView, QTableView, QTreeView {{ background: {surface}; border: 0; outline: 0; }}
QHeaderView::section {{
  background: {surface}; color: {muted}; border: 0; border-bottom: 1px solid {line}; padding: 8px;
}}
QProgressBar {{
  background: {field}; border: 0; border-radius: 4px; max-height: 8px; text-align: center;
}}
QProgressBar::chunk {{ background: {brand}; border-radius: 4px; }}
"""


def style_sheet(colours: "Colours") -> str:
    """The sheet for these colours."""
    return _SHEET.format_map(vars(colours))
