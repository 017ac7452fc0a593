"""Printer addresses: what a person types, and what it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.errors import UserError
from pos.receipts.addresses import (
    Address,
    CupsAddress,
    FileAddress,
    PreviewAddress,
    SerialAddress,
    TcpAddress,
    UsbAddress,
    WindowsAddress,
    parse_address,
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("usb:04b8:0202", UsbAddress(0x04B8, 0x0202)),
        ("USB:4B8:202", UsbAddress(0x04B8, 0x0202)),
        ("usb:04b8:0202:SN42", UsbAddress(0x04B8, 0x0202, serial="SN42")),
        ("usb:04b8:0202@1-4.2", UsbAddress(0x04B8, 0x0202, place="1-4.2")),
        ("windows:POS-58 (Kasir)", WindowsAddress("POS-58 (Kasir)")),
        ("cups:kasir_1", CupsAddress("kasir_1")),
        ("file:/dev/usb/lp0", FileAddress("/dev/usb/lp0")),
        ("tcp:192.168.1.50", TcpAddress("192.168.1.50", 9100)),
        ("tcp:printer.local:9101", TcpAddress("printer.local", 9101)),
        ("tcp:[fe80::1%eth0]:9100", TcpAddress("fe80::1%eth0", 9100)),
        ("serial:COM3", SerialAddress("COM3", 9600)),
        ("serial:/dev/ttyUSB0:19200", SerialAddress("/dev/ttyUSB0", 19200)),
        ("  preview:  ", PreviewAddress()),
    ],
)
def test_each_kind_is_read_and_written(text: str, address: Address) -> None:
    assert parse_address(text) == address
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "printer",
        "ftp:host",
        "usb:",
        "usb:zzzz:0202",
        "usb:04b8",
        "usb:04b8:0202@4",
        "tcp:",
        "tcp:host:0",
        "tcp:host:70000",
        "tcp:a b",
        "serial:",
        "cups:",
        "cups:-o raw",
        "cups:a/b",
        "windows:",
        "file:",
        "file:/dev/\x00lp",
    ],
)
def test_anything_else_gets_a_sentence_with_examples(text: str) -> None:
    with pytest.raises(UserError, match="usb:04b8:0202") as caught:
        parse_address(text)
    assert caught.value.field == "printer"


@given(st.text(max_size=60) | st.from_regex(r"(usb|tcp|serial|cups|file|windows):.{0,30}"))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = parse_address(text)
    except UserError:
        return
    assert parse_address(str(address)) == address
