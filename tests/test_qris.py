"""QRIS codes: reading, refusing, filling in an amount."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.errors import UserError
from pos.i18n import set_language
from pos.money import MAX_AMOUNT
from pos.qris import crc16, parse_qris, with_amount


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def sealed(body: str) -> str:
    body += "6304"
    return f"{body}{crc16(body.encode()):04X}"


FIELDS = {
    "00": "01",
    "01": "11",
    "26": field("00", "COM.BANK.WWW") + field("01", "936000000000012345"),
    "51": field("00", "ID.CO.QRIS.WWW") + field("02", "ID1020021181745") + field("03", "UMI"),
    "52": "5947",
    "53": "360",
    "58": "ID",
    "59": "GALERI DEKRANASDA",
    "60": "BEKASI",
    "61": "17141",
}


def code(**changes: str | None) -> str:
    """The stand's code; `t53="840"` changes field 53, None leaves it out."""
    fields = {**FIELDS, **{tag[1:]: value for tag, value in changes.items()}}
    kept = {tag: value for tag, value in fields.items() if value is not None}
    return sealed("".join(field(tag, kept[tag]) for tag in sorted(kept)))


def test_the_known_check_values() -> None:
    assert crc16(b"123456789") == 0x29B1
    sample = (
        "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN"
        "5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***"
        "0708A60086670902ME91320016A0112233449988770708123456786304"
    )
    assert crc16(sample.encode()) == 0xA13A


def test_a_static_code_tells_whose_it_is() -> None:
    found = parse_qris(f"  {code()}\n")
    assert (found.name, found.city, found.nmid) == (
        "GALERI DEKRANASDA",
        "BEKASI",
        "ID1020021181745",
    )
    assert found.text == code()
    assert not found.has_amount


def test_an_amount_is_told_by_its_field_not_by_tag_01() -> None:
    assert parse_qris(code(t54="10000")).has_amount
    assert not parse_qris(code(t01="12")).has_amount


def test_a_code_without_city_or_nmid_is_still_one() -> None:
    found = parse_qris(code(t60=None, t51=None))
    assert (found.city, found.nmid) == ("", "")


def test_a_lower_case_checksum_is_accepted() -> None:
    assert parse_qris(code()[:-4] + code()[-4:].lower()).name == "GALERI DEKRANASDA"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not a QRIS"),
        ("hello", "not a QRIS"),
        ("https://example.id/" + code(), "not a QRIS"),
        ("0002019", "not a QRIS"),
        (code()[:-8], "not a QRIS"),
        (code()[4:], "not a QRIS"),
        ("00" * 400, "not a QRIS"),
        (code() + "\ud800", "not a QRIS"),
        ("٠٠٠٢٠١", "not a QRIS"),
        (code()[:-1], "not a QRIS"),
        (code().replace("BEKASI", "BEKASE"), "check digits"),
        (sealed(code()[:-8] + field("59", "SOMEONE")), "twice"),
        (code(t53="840"), "not in rupiah"),
        (code(t53=None), "not in rupiah"),
        (code(t58="SG"), "not an Indonesian"),
        (code(t55="02"), "tip"),
        (code(t59="  "), "whose"),
        (code(t59=None), "whose"),
    ],
)
def test_each_refusal_has_its_sentence(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        parse_qris(text)


def test_an_amount_is_filled_in() -> None:
    filled = with_amount(code(), 125_000)
    assert field("01", "12") in filled
    assert field("54", "125000") in filled
    assert parse_qris(filled).has_amount
    assert filled.startswith("000201010212")


@pytest.mark.parametrize("amount", [0, -1, MAX_AMOUNT + 1])
def test_no_amount_that_nobody_can_pay(amount: int) -> None:
    with pytest.raises(UserError, match="amount"):
        with_amount(code(), amount)


def test_an_amount_is_not_filled_in_twice() -> None:
    with pytest.raises(UserError, match="already"):
        with_amount(with_amount(code(), 5000), 6000)


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=25
)


@given(NAMES, st.integers(1, MAX_AMOUNT))
def test_any_name_and_amount_come_back(name: str, amount: int) -> None:
    static = code(t59=name)
    assert parse_qris(static).name == name.strip()
    filled = with_amount(static, amount)
    assert parse_qris(filled).name == name.strip()
    assert field("54", str(amount)) in filled


@given(st.text(max_size=600))
def test_whatever_is_scanned_is_read_or_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_qris(text)


@given(st.integers(0, len(code()) - 1), st.characters(min_codepoint=33, max_codepoint=126))
def test_no_single_wrong_character_passes(at: int, char: str) -> None:
    text = code()
    damaged = text[:at] + char + text[at + 1 :]
    if damaged.upper() == text.upper():
        return
    with pytest.raises(UserError):
        parse_qris(damaged)
