"""Sellers on a real till: cards, codes, terms with dates, and their own PIN."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from pos import i18n
from pos.cart import Cart
from pos.errors import ApprovalNeededError, UserError
from pos.models.journal import walk
from pos.services.goods import NewSeller
from pos.services.phone import masked_account, normal_phone
from pos.services.pins import LOCK_AFTER, WrongPinError
from pos.services.queries.sellers import SellerRow
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.support import FakeClock, kasir_of

PIN = "5829"


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


def seller(till: Till, code: str) -> SellerRow:
    return next(row for row in till.sellers.list_all() if row.code == code)


def new(till: Till, **given: Any) -> NewSeller:
    cluster = till.sellers.clusters()[0].cluster_id
    asked = NewSeller("", "Batik Bu Ratna", cluster, Terms(rate_bp=2_500))
    return msgspec.structs.replace(asked, **given)


def kinds(till: Till) -> list[str]:
    return [entry.kind for entry in walk(till.book.reader())]


def refused(field: str) -> Any:
    return pytest.raises(UserError, check=lambda error: error.field == field)


def test_a_new_seller_gets_a_code_and_a_card_that_the_journal_does_not_hold(
    till: Till, manager: Session
) -> None:
    asked = new(
        till, maker=" Ratna  Sari ", phone="0812-3456 7890", bank="BCA 1234567890 a.n. Ratna"
    )
    seller_id = till.sellers.add(asked, by=manager.staff_id, pin=PIN)
    found = till.sellers.card(seller_id)
    assert found.code == "BBR"
    assert (found.card.maker, found.card.phone) == ("Ratna Sari", "6281234567890")
    assert found.card.bank == "BCA 1234567890 a.n. Ratna"
    assert found.terms == Terms(rate_bp=2_500)
    assert found.has_pin
    assert (found.due, found.on_shelf, found.last_payout) == (0, 0, None)
    bodies = "".join(entry.body for entry in walk(till.book.reader()))
    for secret in ("Ratna Sari", "81234567890", "1234567890", PIN, "argon2"):
        assert secret not in bodies


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"workshop": "  "}, "workshop"),
        ({"code": "SRI"}, "code"),
        ({"code": "sri"}, "code"),
        ({"code": "A1"}, "code"),
        ({"code": "ABCDEF"}, "code"),
        ({"workshop": "123"}, "code"),
        ({"cluster_id": 1}, "cluster"),
        ({"phone": "12"}, "phone"),
        ({"maker": "x" * 81}, "maker"),
        ({"bank": "a\u202eb"}, "bank"),
        ({"terms": Terms(kind="net")}, "terms"),
        ({"terms": Terms(rate_bp=10_001)}, "terms"),
    ],
)
def test_what_does_not_fit_is_refused_beside_its_field(
    till: Till, manager: Session, given: dict[str, Any], field: str
) -> None:
    before = kinds(till)
    with refused(field):
        till.sellers.add(new(till, **given), by=manager.staff_id)
    assert kinds(till) == before


def test_a_bad_pin_adds_nobody(till: Till, manager: Session) -> None:
    with refused("pin"):
        till.sellers.add(new(till), by=manager.staff_id, pin="1111")
    assert not till.sellers.similar("Batik Bu Ratna")


def test_codes_are_suggested_until_one_is_free(till: Till, manager: Session) -> None:
    codes = []
    for _again in range(12):
        codes.append(till.sellers.suggest_code("Sari"))
        till.sellers.add(new(till, workshop="Sari"), by=manager.staff_id)
    assert len(set(codes)) == 12
    assert all(2 <= len(code) <= 5 and code.isalpha() and code[0] == "S" for code in codes)
    assert till.sellers.suggest_code("Café Ékola") == "CFK"
    assert till.sellers.suggest_code("123 !") == ""


@pytest.mark.parametrize(
    "typed", ["anyaman sri", "ANYAMAN  SRI ", "Anyaman-Sri", "AnyamanSri.", "Ányaman Sri"]
)
def test_names_that_differ_in_spaces_and_case_are_the_same_seller(till: Till, typed: str) -> None:
    assert [row.code for row in till.sellers.similar(typed)] == ["SRI"]
    assert till.sellers.similar("Anyaman Sari") == ()
    assert till.sellers.similar(" ") == ()


def test_changing_a_card(till: Till, manager: Session) -> None:
    sri = seller(till, "SRI").seller_id
    card = till.sellers.card(sri).card
    before = kinds(till)
    personal = msgspec.structs.replace(card, phone="+62 812 3456 789", maker="Sri")
    till.sellers.change(personal, by=manager.staff_id)
    assert till.sellers.card(sri).card.phone == "628123456789"
    assert kinds(till) == before  # only personal things: no entry
    changed = msgspec.structs.replace(
        personal, workshop="Anyaman Sri Rejeki", active=False, loss_bearer="shared"
    )
    till.sellers.change(changed, by=manager.staff_id)
    assert kinds(till) == [*before, "seller_changed"]
    assert till.sellers.card(sri).card == msgspec.structs.replace(changed, phone="628123456789")
    assert [tile.code for tile in till.catalog.search("rejeki")] == ["DKR-2041"]
    assert "SRI" not in {row.code for row in till.sellers.list_all(inactive=False)}
    with refused("cluster"):
        till.sellers.change(msgspec.structs.replace(card, cluster_id=9), by=manager.staff_id)


def test_clusters(till: Till, manager: Session) -> None:
    assert till.sellers.add_cluster("Kuliner", by=manager.staff_id) in {
        row.cluster_id for row in till.sellers.clusters()
    }
    with refused("cluster"):
        till.sellers.add_cluster("FASHION ", by=manager.staff_id)


def test_terms_hold_from_their_day_and_never_touch_what_was_sold(
    till: Till, manager: Session, clock: FakeClock
) -> None:
    sri, today = seller(till, "SRI").seller_id, till.business_date()
    bros = till.catalog.find("DKR-1187")
    lmb = bros.seller_id

    def shares() -> list[tuple[int, int]]:
        till.selling.complete(Cart().add(bros), (Tender("qris", 35_000),), session=manager)
        cursor = till.book.reader()
        cursor.execute("SELECT rate_bp, share FROM sale_lines ORDER BY id")
        return cursor.fetchall()

    assert shares() == [(2_000, 28_000)]
    till.sellers.agree(
        lmb, Terms(rate_bp=3_000), valid_from=today + dt.timedelta(days=1), by=manager.staff_id
    )
    assert shares()[-1] == (2_000, 28_000)
    clock.pass_seconds(86_400)
    assert shares()[-1] == (3_000, 24_500)
    till.sellers.agree(
        lmb,
        Terms(kind="net", net_price=30_000),
        valid_from=today + dt.timedelta(days=1),
        item_id=bros.item_id,
        by=manager.staff_id,
    )
    assert shares() == [(2_000, 28_000), (2_000, 28_000), (3_000, 24_500), (2_000, 30_000)]
    history = till.sellers.agreements(lmb)
    assert [(a.item_code, a.valid_from.day, a.holds) for a in history] == [
        ("DKR-1187", 23, True),
        ("", 23, True),
        ("", 22, False),
    ]
    with refused("valid_from"):
        till.sellers.agree(lmb, Terms(), valid_from=today, by=manager.staff_id)
    with refused("item"):
        till.sellers.agree(
            sri,
            Terms(),
            valid_from=till.business_date(),
            item_id=bros.item_id,
            by=manager.staff_id,
        )


def test_what_was_agreed_with_a_seller_changes_on_a_managers_word(
    till: Till, manager: Session
) -> None:
    sri, kasir = seller(till, "SRI").seller_id, kasir_of(till)
    day = till.business_date()
    before = till.sellers.agreements(sri)
    with pytest.raises(ApprovalNeededError):
        till.sellers.agree(sri, Terms(rate_bp=9_000), valid_from=day, by=kasir.staff_id)
    with pytest.raises(ApprovalNeededError):
        till.sellers.agree(
            sri,
            Terms(rate_bp=9_000),
            valid_from=day,
            by=kasir.staff_id,
            approver_id=kasir.staff_id,
        )
    assert till.sellers.agreements(sri) == before
    till.sellers.agree(
        sri,
        Terms(rate_bp=1_500),
        valid_from=day,
        by=kasir.staff_id,
        approver_id=manager.staff_id,
    )
    assert till.sellers.agreements(sri)[0].terms == Terms(rate_bp=1_500)
    cursor = till.book.reader()
    cursor.execute("SELECT kind, staff_id, approver_id FROM journal ORDER BY id DESC LIMIT 1")
    assert cursor.fetchone() == ("terms_agreed", kasir.staff_id, manager.staff_id)


def test_a_seller_sees_only_their_own_with_code_and_pin(till: Till, manager: Session) -> None:
    sri = seller(till, "SRI").seller_id
    till.sellers.set_pin(sri, PIN, by=manager.staff_id)
    session = till.sellers.check_pin(" sri ", PIN)
    assert (session.seller_id, session.code, session.workshop) == (sri, "SRI", "Anyaman Sri")
    with pytest.raises(WrongPinError):
        till.sellers.check_pin("LMB", PIN)


def answers(till: Till, code: str) -> list[tuple[str, int, bool]]:
    """What somebody hears who tries again and again, waiting whenever told to."""
    heard = []
    clock: Any = till.clock
    for _try in range(LOCK_AFTER + 2):
        with pytest.raises(WrongPinError) as error:
            till.sellers.check_pin(code, "0852")
        heard.append((error.value.sentence, error.value.wait_seconds, error.value.locked))
        if error.value.wait_seconds:
            with pytest.raises(WrongPinError) as early:
                till.sellers.check_pin(code, "0852")
            heard.append((early.value.sentence, early.value.wait_seconds, early.value.locked))
        clock.pass_seconds(error.value.wait_seconds)
    return heard


def test_an_unknown_code_answers_waits_and_locks_as_a_wrong_pin_does(
    till: Till, manager: Session
) -> None:
    sri = seller(till, "SRI").seller_id
    till.sellers.set_pin(sri, PIN, by=manager.staff_id)
    known = answers(till, "SRI")
    assert known == answers(till, "ZZZ")  # no such seller
    assert known == answers(till, "LMB")  # a seller without a PIN
    assert known[-1][2]
    assert till.sellers.card(sri).pin_locked
    till.sellers.set_pin(sri, PIN, by=manager.staff_id)
    assert till.sellers.check_pin("SRI", PIN).seller_id == sri


def test_every_answer_costs_one_hashing(
    till: Till, manager: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same work whether the code is known or not, so that the time says nothing."""
    sri = seller(till, "SRI").seller_id
    till.sellers.set_pin(sri, PIN, by=manager.staff_id)
    tried: list[str] = []
    matches = till.seller_pins._matches

    def watched(known: str, pin: str) -> bool:
        tried.append(known)
        return matches(known, pin)

    monkeypatch.setattr(till.seller_pins, "_matches", watched)
    for code in ("SRI", "LMB", "ZZZ", "", "x" * 5_000):
        with pytest.raises(WrongPinError):
            till.sellers.check_pin(code, "0852")
    assert len(tried) == 5
    assert {known.split("$")[3] for known in tried} == {tried[0].split("$")[3]}  # same cost


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812-3456-7890", "6281234567890"),
        ("+62 812 3456 7890", "6281234567890"),
        ("+62 0812 3456 7890", "6281234567890"),
        ("62 812 3456 7890", "6281234567890"),
        ("812 3456 7890", "6281234567890"),
        ("(0812) 3456.7890", "6281234567890"),
        ("+65 9123 4567", "6591234567"),
        ("  ", ""),
    ],
)
def test_numbers_as_whatsapp_wants_them(typed: str, kept: str) -> None:
    assert normal_phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["0812", "021 555 1234", "abc", "0812345678901234", "+0", "٠٨١٢٣٤٥٦٧٨٩"]
)
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    with refused("phone"):
        normal_phone(typed)


@pytest.mark.parametrize(
    ("bank", "shown"),
    [
        ("BCA 1234567890 a.n. Sri", "BCA ••••••7890 a.n. Sri"),
        ("GoPay 0812-3456-7890", "GoPay ••••••••7890"),
        ("BRI 1234.01.000123.53.4", "BRI •••••••••••3534"),
        ("tunai", "tunai"),
    ],
)
def test_no_paper_shows_an_account_in_full(bank: str, shown: str) -> None:
    assert masked_account(bank) == shown
