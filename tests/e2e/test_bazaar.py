"""Two programs with two data folders, worked by keys and mouse: an order with a deposit at the
gallery, goods and a box to the bazaar, a laptop that starts from it, two sales there, the box home,
the reconciliation, a seller who looks, and the payout.
"""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.clock import to_ms
from pos.config import book_path
from pos.models.verify import verify
from pos.services.till import Till
from tests.boxes_support import rows_of
from tests.e2e.programs import Program
from tests.order_support import order
from tests.support import JAKARTA, MANAGER_PIN, FakeClock, make_till
from tests.ui.consigned import SRI_PIN, give_pins, seller

LAPTOP_PIN = "8642"
MORNING = to_ms(dt.datetime(2026, 11, 22, 10, 0, tzinfo=JAKARTA))
SENT = {"DKR-2041": 1, "DKR-1187": 5, "DKR-3001": 10}
"""A bag, brooches, key rings."""


class Programs:
    """Programs whose clocks agree: each begins as late as it is started."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._all: list[Program] = []

    def start(self, folder: Path) -> Program:
        later = round((time.monotonic() - self._began) * 1000)
        self._all.append(Program(folder, MORNING + later))
        self._all[-1].do("resize", width=1366, height=768)
        return self._all[-1]

    def kill(self) -> None:
        for program in self._all:
            program.kill()


@pytest.fixture
def programs() -> Iterator[Programs]:
    made = Programs()
    yield made
    made.kill()


def take_order(home: Program) -> None:
    """Ibu Wati orders a kebaya for 500.000 and pays 200.000 of it ahead."""
    home.do("click", text="Pesanan")
    home.press("F7")
    for field, text in (
        ("Pemesan", "Ibu Wati"),
        ("WhatsApp", "081234567890"),
        ("Dibuat oleh", "krt"),
        ("Yang dibuat", "Kebaya ungu"),
        ("Harga satuan", "500000"),
        ("Ukuran", "M"),
        ("Warna", "ungu"),
        ("Uang muka (DP)", "200000"),
    ):
        home.type(text, into=field)
        home.press("Return")
    home.see("Tunai")
    home.press("Return")
    home.see("PS-DKR-000001")
    home.press("Escape")
    assert "Rp 200.000" in home.see("uang muka tersimpan")


def plan_and_send(home: Program) -> None:
    """A bazaar of three days; a bag, five brooches and ten key rings on a slip."""
    home.do("click", text="Stan lain")
    home.fill("Nama", "Bazar Alun-alun")
    home.fill("Kode di struk", "aln")
    home.press("F9")
    home.see("Bazar Alun-alun (ALN)")
    home.do("click", text="Kirim barang")
    for code, count in SENT.items():
        for _piece in range(count):
            home.do("scan", code=code)
    home.see("16")
    home.press("F9")
    home.see("P-000001")


def write_box(program: Program, target: Path) -> None:
    program.do("click", text="Stan lain")
    program.do("click", text="Kotak")
    program.do("click", text="Tulis kotak")
    program.do("file", path=str(target))
    program.see(f"{target.name} ")
    assert target.is_file()


def take_box(program: Program, box: Path) -> None:
    program.do("click", text="Stan lain")
    program.do("click", text="Kotak")
    program.do("click", text="Buka kotak")
    program.do("file", path=str(box))
    program.see("Kotak dari")
    program.press("F9")


def start_from(laptop: Program, box: Path) -> None:
    """From an empty machine to the manager signed in, who has a PIN of this machine."""
    laptop.do("click", text="Mulai dari kotak")
    laptop.do("file", path=str(box))
    laptop.see("Bazar Alun-alun (ALN)")
    laptop.do("click", text="Lanjut")
    laptop.fill("PIN", LAPTOP_PIN)
    laptop.fill("PIN sekali lagi", LAPTOP_PIN)
    laptop.press("Return")
    laptop.do("click", text="Mulai berjualan")
    laptop.see("Kunci")


def sell(program: Program, code: str, amount: str) -> None:
    program.do("click", text="Kasir")
    program.do("scan", code=code)
    program.press("F12")
    program.see("Tunai")
    program.type(amount)
    program.press("Return")
    program.see("Kembalikan")
    program.press("Escape")


def at_the_bazaar(laptop: Program) -> None:
    """All pieces are there; two are sold; the gallery's order is known."""
    laptop.do("click", text="Stan lain")
    laptop.do("click", text="Kirim barang")
    laptop.do("row", text="P-000001")
    laptop.do("click", text="Semua sudah sampai")
    laptop.press("F9")
    laptop.see("semua sudah sampai")
    sell(laptop, "DKR-2041", "200000")
    sell(laptop, "DKR-1187", "50000")
    laptop.do("click", text="Pesanan")
    laptop.do("scan", code="TITIP|PS-DKR-000001|1")
    laptop.see("Ibu Wati")
    laptop.see("Galeri Dekranasda s.d. 22 Nov 2026")


def come_home(home: Program) -> None:
    """Three brooches and the key rings are back; one brooch is not, and is written off."""
    home.do("click", text="Pulang")
    home.see("Penjualan di sana diketahui s.d. 22 Nov 2026")
    home.see("DKR-1187 · Bros bunga kain perca · LMB · 5 · 1 · 0 · 4")
    for code, count in (("DKR-1187", 3), ("DKR-3001", 10)):
        for _piece in range(count):
            home.do("scan", code=code)
    home.see("13 potong dipindai · 1 kurang")
    home.press("F9")
    home.see("13 potong kembali di rak")
    home.fill("Mengapa kurang", "hilang di bazar")
    home.do("click", text="Hapus yang kurang: 1")
    home.see("1 potong dihapus dari buku")
    home.see("DKR-2041 · Tas anyam pandan · SRI · 1 · 1 · 0 · –")


def seller_looks(home: Program) -> None:
    """SRI sees by code and PIN what the bazaar sold, and up to when that is known; then signs out."""
    home.do("click", text="Kunci")
    home.see("Ketik PIN Anda")
    home.press("F3")
    home.see("Cek titipan")
    home.type(f"SRI{SRI_PIN}")
    home.press("Return")
    home.see("Bazar Alun-alun")
    home.press("Escape")
    home.see("Ketik PIN Anda")


def sign_in(home: Program, letter: str = "") -> None:
    home.see("Siapa yang bertugas?" if letter else "Ketik PIN Anda")
    home.type(letter + MANAGER_PIN)
    home.press("Return")
    home.see("Kunci")


def pay_for_the_bazaar(home: Program) -> None:
    """The gallery pays for all: SRI the bag, LMB two brooches, one of them lost and borne by the stand."""
    home.do("click", text="Stan lain")
    home.do("click", text="Stan")
    home.see("Bazar Alun-alun (ALN) · 220.000 · 204.000 · 22 Nov 2026")
    home.do("choose", field="Siapa yang membayar penitip", text="DKR1")
    home.see("Hanya DKR1 di Galeri Dekranasda")
    home.do("row", text="Bazar Alun-alun (ALN)")
    home.do("click", text="Bayar penitipnya: Rp 204.000")
    home.see("2 penitip sudah dibayar")
    home.see("Bazar Alun-alun (ALN) · 220.000 · 0 · 22 Nov 2026")
    home.do("click", text="Penitip")
    home.do("row", text="SRI")
    assert "1 brg laku" in home.see("Bazar Alun-alun: ")


def test_to_the_bazaar_and_home(tmp_path: Path, programs: Programs) -> None:
    seed = make_till(tmp_path)
    give_pins(seed)
    sri = seller(seed, "SRI")
    seed.close()
    out, back, last = (tmp_path / f"{name}.titipbox" for name in ("keluar", "pulang", "lagi"))
    home = programs.start(tmp_path / "data")
    sign_in(home, "s")
    take_order(home)
    plan_and_send(home)
    write_box(home, out)
    laptop = programs.start(tmp_path / "laptop")
    start_from(laptop, out)
    at_the_bazaar(laptop)
    write_box(laptop, back)

    take_box(home, back)
    home.see("catatan mesin lain sudah masuk buku")
    take_box(home, back)
    home.see("sudah ada di sini")
    come_home(home)
    seller_looks(home)
    sign_in(home)
    pay_for_the_bazaar(home)
    write_box(home, last)
    take_box(laptop, last)
    laptop.see("catatan mesin lain sudah masuk buku")
    for program in (home, laptop):
        program.close()
    assert_books(tmp_path, sri)


def assert_books(tmp_path: Path, sri: int) -> None:
    """Both are whole and say the same; SRI is paid, the order's deposit held."""
    home, laptop = tmp_path / "data", tmp_path / "laptop"
    assert rows_of(home) == rows_of(laptop)
    for folder in (home, laptop):
        report = verify(book_path(folder))
        assert report.ok, report.first_failure
        assert "Traceback" not in "".join(
            path.read_text(encoding="utf-8") for path in (folder / "logs").iterdir()
        )
    till = Till.open(home, clock=FakeClock(), cheap_pins=True)
    try:
        assert order(till, till.office.order_reads.find("PS-DKR-000001")).deposit == 200_000
        (there,) = till.office.bazaars.seller_by_stand(sri)
        assert (there.stand_name, there.paid, there.paid_out, there.due) == (
            "Bazar Alun-alun",
            185_000,
            148_000,
            0,
        )
    finally:
        till.close()
