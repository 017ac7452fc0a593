"""Papers between stand and seller: the same figures on every width and on A4."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pos.i18n import set_language
from pos.money import rupiah
from pos.receipts.documents import decode, encode
from pos.receipts.documents_consignment import (
    STAMP_DUTY_ABOVE,
    AgedLine,
    ConsignmentPaper,
    NotedLine,
    PaidLine,
    PaperSeller,
    PayoutSlip,
    PickupSlip,
)
from pos.receipts.elements import Cut, Text
from pos.receipts.escpos import PAPER_58, compose
from pos.receipts.layout import COLUMNS, layout, render_text
from pos.receipts.pdf import paper_pdf, papers_pdf, payout_slips_pdf
from pos.receipts.pdf_pen import Pen
from pos.receipts.pdf_slip import draw_slip
from pos.receipts.slip import Signature, Slip, Sum, hide_account, percent_text, terms_text
from pos.receipts.slip_layout import slip_elements
from pos.receipts.slips import slips_of
from pos.terbilang import rupiah_in_words
from pos.terms import Terms
from tests.receipts import samples_consignment as samples
from tests.receipts.pdf_reading import fonts_of, page_texts, words_of

GOLDEN = Path(__file__).parent / "golden"
BIGGEST = 9_999_999_999
NASTY = "<b>Évil</b> \x1b@\x00\u202e\u0600 😀 (\\) ﬁ Привет " + "x" * 10_000
PAPERS = samples.papers()


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def strip(document: ConsignmentPaper, columns: int = 48) -> str:
    return render_text(layout(document, columns), columns)


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("name", PAPERS)
def test_golden_papers(name: str, columns: int) -> None:
    """To make them anew after a wanted change: delete the file, run, look at what was written."""
    shown = strip(PAPERS[name], columns)
    path = GOLDEN / f"seller-{name}-{columns}.txt"
    if not path.exists():
        path.write_text(shown, encoding="ascii")
        pytest.fail(f"{path.name} was written anew; look at it")
    assert shown == path.read_text(encoding="ascii")


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_kept_as_json_and_prints(name: str) -> None:
    assert decode(encode(PAPERS[name])) == PAPERS[name]
    assert compose(PAPERS[name], PAPER_58).startswith(b"\x1b@")


@pytest.mark.parametrize("name", PAPERS)
def test_a4_says_what_the_strip_says(name: str, tmp_path: Path) -> None:
    """Every sum and every line's amount of the slip is on both papers."""
    pages = " ".join(page_texts(paper_pdf(PAPERS[name]), tmp_path))
    pages = re.sub(r"\s+", " ", pages)
    narrow = re.sub(r"\s+", " ", strip(PAPERS[name]))
    for slip in slips_of(PAPERS[name]):
        wanted = [total.figure for total in slip.sums] + [row.right for row in slip.rows]
        assert wanted
        for figure in (*wanted, slip.head.number, slip.title):
            assert figure in narrow, figure
            if "days" not in figure and " of " not in figure:
                assert figure in pages, figure


def test_the_payouts_figures_by_hand() -> None:
    slip = samples.payout()
    assert slip.total == 56_000 + 148_000 - 80_000 == 124_000
    assert slip.owed == 124_000 - 24_000 == 100_000
    assert slip.rest == 100_000 - 90_000
    shown = strip(slip, 32)
    for words in ("S-000071", "-Rp 24.000", "Rp 124.000", "Rp 10.000", "(Ninety thousand rupiah)"):
        assert words in shown
    assert "1234567890" not in shown
    assert "BCA ****7890 a.n." in shown


def test_a_plain_cash_payout_has_no_line_of_zero() -> None:
    slip = replace(samples.payout(), carried=0, carried_from="", paid=124_000, method="cash")
    shown = strip(replace(slip, left_out=0, account="BCA 1234567890", reference=""))
    for word in ("Carried", "Owed", "advance", "left out", "TAKEN BACK", "stamp", "BCA", "account"):
        assert word not in shown


def test_an_advance_and_a_carry_without_number() -> None:
    slip = replace(samples.payout(), carried_from="", paid=150_000, advance=50_000)
    shown = strip(slip)
    assert re.search(r"Carried over +-Rp 24.000", shown)
    assert re.search(r"of this as an advance +Rp 50.000", shown)
    assert re.search(r"Carried over to the next payout +-Rp 50.000", shown)


def test_a_payout_taken_back_says_so_on_both_papers(tmp_path: Path) -> None:
    slip = replace(samples.payout(), undone_at_local="2026-11-22T16:20:00")
    assert "TAKEN BACK 22 Nov 2026 16:20" in strip(slip)
    assert "TAKEN BACK 22 Nov 2026 16:20" in page_texts(paper_pdf(slip), tmp_path)[0]


@pytest.mark.parametrize(
    ("paid", "said"), [(STAMP_DUTY_ABOVE, False), (STAMP_DUTY_ABOVE + 1, True)]
)
def test_stamp_duty_only_above_five_million(paid: int, said: bool) -> None:
    slip = replace(samples.payout(), paid=paid)
    assert slip.needs_stamp is said
    assert ("meterai" in strip(slip)) is said


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("BCA 1234567890 a.n. Sri", "BCA ****7890 a.n. Sri"),
        ("0812-3456-7890", "****7890"),
        ("123 456 789 01", "****8901"),
        ("BCA ****7890", "BCA ****7890"),
        ("BCA ••••••7890 a.n. Sri", "BCA ••••••7890 a.n. Sri"),
        ("GoPay 1234", "GoPay 1234"),
        ("", ""),
    ],
)
def test_account_numbers_are_hidden(text: str, hidden: str) -> None:
    assert hide_account(text) == hidden


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms("percent", 2_000, "paid"), "commission 20 % of the price paid"),
        (Terms("percent", 1_250, "list"), "commission 12,5 % of the list price"),
        (Terms("net", net_price=70_000), "net price Rp 70.000 a piece"),
    ],
)
def test_terms_in_words(terms: Terms, words: str) -> None:
    assert terms_text(terms) == words


def test_percentages() -> None:
    assert [percent_text(bp) for bp in (0, 5, 50, 1_000, 10_000)] == [
        "0 %",
        "0,05 %",
        "0,5 %",
        "10 %",
        "100 %",
    ]


def test_the_note_is_printed_twice_and_says_for_whom(tmp_path: Path) -> None:
    parts = layout(samples.note(), 48)
    assert sum(isinstance(part, Cut) for part in parts) == 2
    shown = strip(samples.note())
    assert shown.index("for the seller") < shown.index("for the stand")
    pages = page_texts(paper_pdf(samples.note()), tmp_path)
    assert len(pages) == 2
    assert "for the seller" in pages[0]
    assert "for the stand" in pages[1]
    assert all("Page 1 of 1" in page for page in pages)


def test_terms_stand_once_when_they_are_the_same() -> None:
    assert strip(replace(samples.note(), copies=("seller",))).count("commission 20 %") == 1
    mixed = strip(replace(samples.mixed_note(), copies=("seller",)))
    assert "Terms:" not in mixed
    assert "net price Rp 70.000 a piece" in mixed


def test_copies_samples_and_online_without_a_price() -> None:
    head = replace(
        samples.head(), copy=True, copy_at_local="2026-11-23T08:00:00", sample=True, number=""
    )
    shown = strip(replace(samples.withdrawal(), head=head, channel="other", note="titip kakak"))
    for words in ("COPY", "Printed again 23 Nov 2026 08:00", "SAMPLE", "another channel", "kakak"):
        assert words in shown
    untold = replace(
        samples.withdrawal(),
        head=replace(head, copy_at_local=""),
        lines=samples.withdrawal().lines[1:],
    )
    assert "Printed again" not in strip(untold)
    assert "Sold online for" not in strip(untold)
    unsold = replace(samples.withdrawal(), reason="unsold", channel="")
    assert "Sold" not in strip(unsold)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_without_lines_says_so(name: str, tmp_path: Path) -> None:
    empty: ConsignmentPaper = replace(PAPERS[name], lines=())
    (sentence, *_rest) = {slip.empty for slip in slips_of(empty)}
    assert sentence
    assert re.sub(r"\s+", " ", sentence) in re.sub(r"\s+", " ", strip(empty))
    assert sentence in page_texts(paper_pdf(empty), tmp_path)[0]


@pytest.mark.parametrize("lines", [0, 1, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 90, 500])
def test_the_pages_are_counted_right(lines: int, tmp_path: Path) -> None:
    document = samples.statement(lines)
    pages = page_texts(paper_pdf(document), tmp_path)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Galeri Dekranasda" in page
    text = "\n".join(pages)
    assert len(re.findall(r"DKR-000411", text)) == -(-lines // 4)
    assert "Closing balance" in pages[-1]


def test_amounts_stand_at_the_right_edge_of_their_column(tmp_path: Path) -> None:
    words = words_of(paper_pdf(samples.payout()), tmp_path)
    amounts = [word for word in words if word[4] in {"56.000", "148.000", "-80.000"}]
    assert len(amounts) == 3
    edges = [word[2] for word in amounts]
    assert max(edges) - min(edges) < 0.5
    width = max(word[2] for word in words)
    assert width <= 595.28 - 45 + 0.5


def test_the_font_travels_with_the_file(tmp_path: Path) -> None:
    fonts = fonts_of(paper_pdf(replace(samples.payout(), note="Ķēnvy – ạ")), tmp_path)
    used = [row for row in fonts if "PlusJakartaSans" in row[0]]
    assert used
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in used)


def test_a_batch_is_one_file_with_progress_and_can_be_stopped(tmp_path: Path) -> None:
    done: list[int] = []
    slips = tuple(
        replace(samples.payout(), head=replace(samples.head(), number=f"S-{n:06d}"))
        for n in range(1, 13)
    )
    many = page_texts(payout_slips_pdf(slips, done.append), tmp_path)
    assert done == list(range(1, 13))
    assert len(many) == 13, "the list, then a slip each"
    total = sum(slip.paid for slip in slips)
    for words in ("S-000001 – S-000012", "S-000007", rupiah(total), rupiah_in_words(total)):
        assert words in " ".join(many[0].split())
    (one,) = page_texts(payout_slips_pdf(slips[:1]), tmp_path)
    assert "S-000001" in one

    class StopError(Exception):
        pass

    def stop(count: int) -> None:
        if count == 2:
            raise StopError

    with pytest.raises(StopError):
        payout_slips_pdf(slips, stop)
    assert "nothing to print" in page_texts(papers_pdf((), "Batch"), tmp_path)[0]


def hostile() -> tuple[ConsignmentPaper, ...]:
    seller = PaperSeller(NASTY, NASTY, NASTY)
    head = replace(
        samples.head(), stand_name=NASTY, stand_code=NASTY, address=(NASTY,) * 3, staff=NASTY
    )
    amount = PaidLine("2026-11-22", NASTY, NASTY, NASTY, 99_999, BIGGEST, BIGGEST, BIGGEST)
    return (
        PayoutSlip(
            head, seller, NASTY, NASTY, NASTY, (amount,) * 3, -BIGGEST, NASTY, BIGGEST, note=NASTY
        ),
        replace(
            samples.note(),
            head=head,
            seller=seller,
            lines=(NotedLine(NASTY, NASTY, NASTY, BIGGEST, 9_999, Terms()),),
        ),
        PickupSlip(head, seller, (AgedLine(NASTY, NASTY, 0, 0, 0), AgedLine("", "", 0, 0, 0))),
    )


@pytest.mark.parametrize("document", hostile(), ids=["payout", "note", "pickup"])
def test_hostile_texts_stay_on_their_papers(document: ConsignmentPaper, tmp_path: Path) -> None:
    for columns in COLUMNS:
        for part in layout(document, columns):
            if isinstance(part, Text):
                assert len(part.line) * part.size <= columns, part
                assert part.line.isascii()
                assert part.line.isprintable()
    pages = page_texts(paper_pdf(document), tmp_path)
    text = "".join(pages)
    assert "<b>Évil</b>" in text
    assert "\u202e" not in text
    for left, top, right, bottom, word in words_of(paper_pdf(document), tmp_path):
        assert left >= 44, word
        assert right <= 595.28 - 44, word
        assert top >= 0, word
        assert bottom <= 841.89, word


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60), st.integers(-BIGGEST, BIGGEST))
def test_whatever_people_type_becomes_a_paper(name: str, code: str, amount: int) -> None:
    line = PaidLine("2026-11-22", code, "sale", name, 1, amount, amount, amount)
    slip = replace(samples.payout(), lines=(line,), seller=PaperSeller(code, name, name))
    for columns in COLUMNS:
        for part in layout(slip, columns):
            if isinstance(part, Text):
                assert len(part.line) * part.size <= columns
    assert paper_pdf(slip).startswith(b"%PDF")


def test_words_follow_the_language() -> None:
    set_language("id")
    assert "Sembilan puluh ribu rupiah" in strip(samples.payout())


def test_papers_without_staff_or_hash() -> None:
    bare = replace(samples.head(), staff="", entry_hash="")
    for document in (replace(samples.note(), head=bare), replace(samples.count(), head=bare)):
        shown = strip(document)
        assert "Served by" not in shown
        assert "0123456789abcdef" not in shown
    assert "Owed" not in strip(replace(samples.count(), owed=0))


def test_a_slip_of_a_title_alone() -> None:
    elements = slip_elements(Slip(samples.head(), "Title"), 32)
    assert "Title" in render_text(tuple(elements), 32)


@pytest.mark.parametrize("sums", [0, 1, 30, 38, 39, 40, 41, 42, 43, 44, 45, 200])
def test_sums_without_a_table_go_on_over_pages(sums: int, tmp_path: Path) -> None:
    slip = Slip(
        samples.head(),
        "Title",
        sums=tuple(Sum(f"sum-{n}", str(n), strong=n % 7 == 0) for n in range(sums)),
        words="words",
        notes=("note",),
        signatures=(Signature("role", "name"),),
    )
    pen = Pen("x")
    draw_slip(pen, slip)
    pages = page_texts(pen.finish(), tmp_path)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
    assert re.findall(r"sum-\d+", "".join(pages)) == [f"sum-{n}" for n in range(sums)]
    assert all(word in pages[-1] for word in ("role", "name"))
    assert "Nothing" not in "".join(pages)
