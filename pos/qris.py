"""QRIS, Indonesia's QR payment code: an EMVCo merchant-presented code.

A code is a string of fields: two digits of tag, two digits of length (in characters), the value.
The last is tag 63, the CRC16-CCITT over everything before its value. The stand's own static code
is kept as the text that was scanned; filling the amount in is an option, since some banks' apps
refuse it.
"""

from dataclasses import dataclass
from typing import NoReturn

from pos.errors import UserError
from pos.i18n import _
from pos.money import MAX_AMOUNT

LONGEST = 512
"""Characters of a code at most, as EMVCo's specification says."""

_MERCHANT_ACCOUNTS = range(26, 52)
_POINT_OF_INITIATION, _AMOUNT, _TIP, _CRC = "01", "54", "55", "63"
_RUPIAH, _INDONESIA = "360", "ID"
_QRIS = "ID.CO.QRIS.WWW"

Field = tuple[str, str]


@dataclass(frozen=True)
class Qris:
    """A checked code: whose it is, to be confirmed by a person, and its text as scanned."""

    name: str
    city: str
    nmid: str
    text: str
    has_amount: bool


def crc16(data: bytes) -> int:
    """CRC16-CCITT as EMVCo uses it: polynomial 1021, start FFFF, nothing reflected."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _bit in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return crc


def parse_qris(text: str) -> Qris:
    """Check a scanned code and tell whose it is.

    Raises UserError with a sentence of its own for every reason why the code can't be used.
    """
    fields = _checked_fields(text.strip())
    found = dict(fields)
    return Qris(
        name=found["59"].strip(),
        city=found.get("60", "").strip(),
        nmid=_nmid(fields),
        text=text.strip(),
        has_amount=_AMOUNT in found,
    )


def with_amount(text: str, amount: int) -> str:
    """The static code with `amount` rupiah filled in, as one that can be paid once.

    Raises UserError as `parse_qris` does, and when the code already has an amount or the amount
    is not a sum that can be paid.
    """
    if not 0 < amount <= MAX_AMOUNT:
        _refuse(_("This amount can't be put into a QRIS code."))
    fields = _checked_fields(text.strip())
    if any(tag == _AMOUNT for tag, _value in fields):
        _refuse(_("This QRIS code already carries an amount; the stand's static code has none."))
    kept = [field for field in fields if field[0] not in {_POINT_OF_INITIATION, _CRC}]
    # Tag 00 stays first, the rest goes in the order of their tags.
    changed = sorted([*kept, (_POINT_OF_INITIATION, "12"), (_AMOUNT, str(amount))])
    body = "".join(f"{tag}{len(value):02}{value}" for tag, value in changed) + _CRC + "04"
    return f"{body}{crc16(body.encode()):04X}"


def _checked_fields(text: str) -> list[Field]:
    fields = _fields(text)
    found = dict(fields)
    if not fields or fields[0] != ("00", "01") or fields[-1][0] != _CRC:
        _refuse(_("This is not a QRIS code."))
    if len(found) != len(fields):
        _refuse(_("This QRIS code is damaged: a field stands in it twice."))
    if f"{crc16(text[:-4].encode()):04X}" != found[_CRC].upper():
        _refuse(_("This QRIS code is damaged: its check digits are wrong. Scan it again."))
    if found.get("53") != _RUPIAH:
        _refuse(_("This code is not in rupiah."))
    if found.get("58") != _INDONESIA:
        _refuse(_("This code is not an Indonesian one."))
    if _TIP in found:
        _refuse(_("This QRIS code asks for a tip or fee; the stand's own code must not."))
    if not found.get("59", "").strip():
        _refuse(_("This QRIS code does not say whose it is."))
    return fields


def _fields(text: str) -> list[Field]:
    """Split into tags and values; an empty list when the text is no such list."""
    if len(text) > LONGEST:
        return []
    try:
        text.encode()
    except UnicodeEncodeError:
        return []
    fields: list[Field] = []
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if len(head) < 4 or not (head.isascii() and head.isdigit()):
            return []
        end = at + 4 + int(head[2:])
        if end > len(text):
            return []
        fields.append((head[:2], text[at + 4 : end]))
        at = end
    return fields


def _nmid(fields: list[Field]) -> str:
    """The national merchant id: field 02 of the template that names QRIS; "" if there is none."""
    for tag, value in fields:
        if int(tag) in _MERCHANT_ACCOUNTS:
            inner = dict(_fields(value))
            if inner.get("00", "").upper() == _QRIS:
                return inner.get("02", "")
    return ""


def _refuse(sentence: str) -> NoReturn:
    raise UserError(sentence)
