"""A real till in a temporary folder, made fast: the migrated book is made once and copied."""

import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path

from pos.clock import to_ms
from pos.config import book_path
from pos.events import GoodsLine
from pos.models.migrate import migrate
from pos.services.goods import NewItem, NewSeller, add_category, add_cluster, add_item, add_seller
from pos.services.setup import SetUp
from pos.services.staff import Session
from pos.services.till import Till
from pos.terms import Terms

MANAGER_PIN = "2486"
KASIR_PIN = "1357"
JAKARTA = dt.timezone(dt.timedelta(hours=7))


class FakeClock:
    """Time that moves only when told: 22 November 2026, 09.00 in Jakarta at first."""

    def __init__(self) -> None:
        self.ms = to_ms(dt.datetime(2026, 11, 22, 9, 0, tzinfo=JAKARTA))
        self.seconds = 1_000.0

    def now_ms(self) -> int:
        return self.ms

    def monotonic(self) -> float:
        return self.seconds

    def pass_seconds(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)
        self.seconds += seconds


@cache
def _template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="titip-template-")) / "titip.db"
    migrate(path)
    return path


def empty_folder(folder: Path) -> Path:
    """A data folder with a migrated, empty book."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_template(), book_path(folder))
    return folder


def make_till(tmp_path: Path, *, clock: FakeClock | None = None, goods: bool = True) -> Till:
    """A stand "Galeri Dekranasda" (DKR) with manager Sari, kasir Rina and a small catalogue.

    Items: DKR-2041 Tas anyam pandan (unique, 185.000, SRI 20 % of the price paid);
    DKR-1187 Bros bunga kain perca (stock 12, 35.000, LMB 20 %); DKR-2210 Vas keramik biru
    (unique, 310.000, TNH 20 % of the list price); DKR-3001 Gantungan kunci bambu (stock 40,
    15.000, BBU net 10.000); DKR-4001 Kebaya pesanan (made to order, 450.000, KRT 15 %).
    """
    folder = empty_folder(tmp_path / "data")
    till = Till.open(folder, clock=clock or FakeClock(), cheap_pins=True)
    till.set_up(
        SetUp(
            stand_name="Galeri Dekranasda",
            stand_code="DKR",
            till_code="DKR1",
            manager_name="Sari",
            pin=MANAGER_PIN,
            address=("Jl. Contoh 1", "Bekasi"),
        )
    )
    manager = till.staff.tiles()[0].staff_id
    till.staff.add("Rina", "kasir", KASIR_PIN, by=manager)
    if goods:
        add_goods(till, manager)
    return till


def manager_of(till: Till) -> Session:
    """Sari, signed in."""
    tile = next(tile for tile in till.staff.tiles() if tile.role == "manajer")
    return Session(tile.staff_id, tile.name, tile.role)


def kasir_of(till: Till) -> Session:
    """Rina, signed in."""
    tile = next(tile for tile in till.staff.tiles() if tile.role == "kasir")
    return Session(tile.staff_id, tile.name, tile.role)


def add_goods(till: Till, by: int) -> None:
    """The small catalogue of make_till."""
    with till.unit.write() as tx:
        fashion = add_cluster(tx, "Fashion", by=by)
        craft = add_cluster(tx, "Craft & Aksesoris", by=by)
        bags = add_category(tx, "Tas & dompet", by=by)
        jewels = add_category(tx, "Aksesoris", by=by)
        house = add_category(tx, "Rumah", by=by)
        sellers = {
            code: add_seller(tx, NewSeller(code, workshop, cluster, terms), by=by)
            for code, workshop, cluster, terms in (
                ("SRI", "Anyaman Sri", craft, Terms()),
                ("LMB", "Lembayung", craft, Terms()),
                ("TNH", "Tanah Liat", craft, Terms(base="list")),
                ("BBU", "Bambu Bekasi", craft, Terms(kind="net", net_price=10_000)),
                ("KRT", "Kartini Busana", fashion, Terms(rate_bp=1_500)),
            )
        }
        for code, name, kind, price, seller, category, pieces in (
            ("DKR-2041", "Tas anyam pandan", "unique", 185_000, "SRI", bags, 1),
            ("DKR-1187", "Bros bunga kain perca", "stock", 35_000, "LMB", jewels, 12),
            ("DKR-2210", "Vas keramik biru", "unique", 310_000, "TNH", house, 1),
            ("DKR-3001", "Gantungan kunci bambu", "stock", 15_000, "BBU", jewels, 40),
            ("DKR-4001", "Kebaya pesanan", "made_to_order", 450_000, "KRT", None, 0),
        ):
            new = NewItem(code, name, kind, price, sellers[seller], category)  # type: ignore[arg-type]
            item_id = add_item(tx, new, by=by)
            if pieces:
                lines = (GoodsLine(item_id, pieces),)
                till.goods.receive_in(tx, sellers[seller], lines, by=by)
