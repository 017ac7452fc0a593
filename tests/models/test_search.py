"""The index behind search-as-you-type."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos.cart import Cart
from pos.services.goods import NewItem, NewSeller, add_item, add_seller
from pos.services.queries.catalog import SoldError, UnknownCodeError
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.support import FakeClock, manager_of


@pytest.fixture
def shelf(till: Till) -> Till:
    with till.unit.write() as tx:
        seller = add_seller(
            tx, NewSeller("KFE", "Kafé Söndag", tx_cluster(till), Terms(), "Ibu Ratna"), by=1
        )
        add_item(
            tx,
            NewItem("KFE-0001", "Çangkir kopi tubruk (200 ml)", "stock", 45_000, seller),
            by=1,
        )
        add_item(
            tx,
            NewItem("kfe-0002", 'Baki 12" * rotan', "stock", 85_000, seller, barcode="899100ab"),
            by=1,
        )
    return till


def tx_cluster(till: Till) -> int:
    cursor = till.book.reader()
    cursor.execute("SELECT id FROM clusters ORDER BY id")
    return int(cursor.fetchone()[0])


def found(till: Till, text: str) -> set[str]:
    return {tile.code for tile in till.catalog.search(text)}


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        # The beginning of any word of the name, in any order and case.
        ("tas", {"DKR-2041"}),
        ("pan", {"DKR-2041"}),
        ("PANDAN anyam", {"DKR-2041"}),
        ("kun bam", {"DKR-3001"}),
        ("andan", set()),
        # Code and barcode, whole or begun.
        ("DKR-1187", {"DKR-1187"}),
        ("1187", {"DKR-1187"}),
        ("dkr-22", {"DKR-2210"}),
        ("899100AB", {"KFE-0002"}),
        ("KFE-0002", {"KFE-0002"}),
        # Seller's code and workshop.
        ("sri", {"DKR-2041"}),
        ("lembayung", {"DKR-1187"}),
        ("KFE", {"KFE-0001", "KFE-0002"}),
        # Category.
        ("aksesoris", {"DKR-1187", "DKR-3001"}),
        ("rumah", {"DKR-2210"}),
        # A word of each.
        ("bros lemb akse 1187", {"DKR-1187"}),
        ("bros sri", set()),
        # With and without marks on the letters.
        ("kafe", {"KFE-0001", "KFE-0002"}),
        ("KAFÉ", {"KFE-0001", "KFE-0002"}),
        ("sondag cangkir", {"KFE-0001"}),
        ("çang", {"KFE-0001"}),
        # The maker's name stands on the contact card alone.
        ("ratna", set()),
    ],
)
def test_every_typed_word_begins_a_word(shelf: Till, typed: str, codes: set[str]) -> None:
    assert found(shelf, typed) == codes


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ('12"', {"KFE-0002"}),
        ('"rotan', {"KFE-0002"}),
        ("rotan*", {"KFE-0002"}),
        ("baki *", {"KFE-0002"}),
        ("tubruk (200", {"KFE-0001"}),
        ("(", None),
        ("-", None),
        ("*", None),
        ('"', None),
        ("''", None),
        ("name:tas", set()),
        ("tas AND pandan", set()),
        ("NOT tas", set()),
        ("tas OR vas", set()),
        ("NEAR(tas pandan)", set()),
        ("^tas", {"DKR-2041"}),
        ("tas+pandan", {"DKR-2041"}),
        ("{tas}", {"DKR-2041"}),
        ("tas;DROP TABLE items", set()),
        ("_", set()),
        ("tas\x00pandan", {"DKR-2041"}),
    ],
)
def test_signs_that_people_type_are_no_commands(
    shelf: Till, typed: str, codes: set[str] | None
) -> None:
    """Without any word in it the text asks for nothing, and everything is shown."""
    everything = {tile.code for tile in shelf.catalog.browse()}
    assert found(shelf, typed) == (everything if codes is None else codes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=30))
def test_no_text_breaks_the_search(shelf: Till, typed: str) -> None:
    assert isinstance(shelf.catalog.search(typed), tuple)


def test_filters_narrow_the_search(shelf: Till) -> None:
    sellers = {s.code: s.seller_id for s in shelf.catalog.sellers()}
    categories = {c.name: c.category_id for c in shelf.catalog.categories()}
    jewels = categories["Aksesoris"]
    assert {t.code for t in shelf.catalog.search("dkr", seller_id=sellers["LMB"])} == {"DKR-1187"}
    assert {t.code for t in shelf.catalog.search("b", category_id=jewels)} == {
        "DKR-1187",
        "DKR-3001",
    }
    assert {
        t.code for t in shelf.catalog.search("b", category_id=jewels, seller_id=sellers["BBU"])
    } == {"DKR-3001"}
    assert {t.code for t in shelf.catalog.browse(category_id=jewels)} == {"DKR-1187", "DKR-3001"}
    assert {t.code for t in shelf.catalog.browse(seller_id=sellers["KRT"])} == {"DKR-4001"}
    assert len(shelf.catalog.search("dkr", limit=2)) == 2
    first = shelf.catalog.browse(limit=2)
    assert shelf.catalog.browse(offset=1, limit=1) == first[1:]


def test_what_is_on_the_shelf_comes_before_what_is_sold(shelf: Till) -> None:
    shelf.selling.complete(
        Cart().add(shelf.catalog.find("DKR-2210")),
        (Tender("card", 310_000),),
        session=manager_of(shelf),
    )
    codes = [tile.code for tile in shelf.catalog.search("dkr")]
    assert codes[-1] == "DKR-2210"
    assert "DKR-2210" not in {tile.code for tile in shelf.catalog.browse()}


@pytest.mark.parametrize("typed", ["DKR-1187", " dkr-1187 ", "Dkr-1187"])
def test_a_code_is_found_as_people_and_scanners_type_it(shelf: Till, typed: str) -> None:
    assert shelf.catalog.find(typed).name == "Bros bunga kain perca"


def test_a_barcode_finds_its_item_and_an_empty_one_none(shelf: Till) -> None:
    assert shelf.catalog.find("899100aB").code == "KFE-0002"
    with pytest.raises(UnknownCodeError):
        shelf.catalog.find("")


def test_an_unknown_code_is_named(till: Till) -> None:
    with pytest.raises(UnknownCodeError) as unknown:
        till.catalog.find("dkr-9999")
    assert "DKR-9999" in unknown.value.sentence
    assert unknown.value.field == "code"
    with pytest.raises(UnknownCodeError):
        till.catalog.item(1)


def test_a_sold_piece_says_when_and_on_which_receipt(till: Till, clock: FakeClock) -> None:
    piece = till.catalog.find("DKR-2041")
    clock.pass_seconds(3_900)  # 10.05
    till.selling.complete(Cart().add(piece), (Tender("cash", 200_000),), session=manager_of(till))
    clock.pass_seconds(86_400)
    with pytest.raises(SoldError) as scanned:
        till.catalog.find("DKR-2041")
    with pytest.raises(SoldError) as tapped:
        till.catalog.item(piece.item_id)
    assert scanned.value.sentence == tapped.value.sentence
    for part in ("Tas anyam pandan", "22 November 2026", "10.05", "DKR-000001"):
        assert part in scanned.value.sentence


def test_a_unique_piece_that_never_came_says_so(till: Till) -> None:
    seller = till.catalog.sellers()[0].seller_id
    with till.unit.write() as tx:
        add_item(tx, NewItem("DKR-5000", "Lukisan", "unique", 900_000, seller), by=1)
    with pytest.raises(SoldError) as absent:
        till.catalog.find("DKR-5000")
    assert "Lukisan" in absent.value.sentence
    assert "DKR-00" not in absent.value.sentence
