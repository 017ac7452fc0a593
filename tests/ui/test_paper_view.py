"""A paper on the screen: each letter as it would be printed, a long one cut."""

from msgspec.structs import replace

from pos.i18n import set_language
from pos.receipts.elements import Text
from pos.receipts.escpos import PAPER_58
from pos.receipts.layout import layout
from pos.receipts.preview import LINE, render
from pos.ui.printing.paper import LONGEST, paper_image
from tests.receipts import samples_consignment as samples


def test_letters_are_set_in_cells_of_equal_width() -> None:
    wide = render((Text("MMMM"),), PAPER_58)
    cell = PAPER_58.dots // PAPER_58.columns
    letters = [
        wide.crop((24 + at * cell, 24, 24 + (at + 1) * cell, 24 + LINE)).tobytes()
        for at in range(5)
    ]
    assert letters[1] == letters[2], "a letter is the same wherever it stands"
    assert set(letters[4]) == {252}, "nothing is printed where nothing stands"
    assert min(letters[1]) < 60
    bold = render((Text("MMMM", bold=True),), PAPER_58)
    assert sum(bold.tobytes()) < sum(wide.tobytes()), "bold letters are darker"
    assert render((Text("M", size=2),), PAPER_58).height == 2 * LINE + 2 * 24


def test_a_slip_of_years_is_cut_and_says_so(qapp: object) -> None:
    set_language("en")
    slip = samples.payout()
    long = replace(slip, lines=slip.lines * 400)
    assert len(layout(long, PAPER_58.columns)) > 4 * LONGEST
    image = paper_image(long, PAPER_58)
    assert LONGEST * LINE < image.height() < (LONGEST + 10) * LINE
    assert paper_image(slip, PAPER_58).height() < LONGEST * LINE
