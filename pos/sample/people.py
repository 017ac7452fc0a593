"""Who is at the sample stand: staff and workshops, all of them made up."""

from typing import Literal, NamedTuple

from pos.events import Role
from pos.terms import Terms

STAND_NAME = "Galeri Dekranasda"
STAND_CODE = "DKR"
TILL_CODE = "DKR1"
ADDRESS = ("Lobi Contoh lantai 1, Jl. Contoh 1", "Bekasi (alamat karangan)")
CLOSING_WORDS = "Terima kasih sudah membeli\nkarya perajin setempat."

FASHION, CRAFT = "Fashion", "Craft & Aksesoris"
Cluster = Literal["Fashion", "Craft & Aksesoris"]


class Person(NamedTuple):
    """A member of staff with the PIN that the sample's sign-in screen tells."""

    name: str
    role: Role
    pin: str


STAFF = (
    Person("Sari", "manajer", "2486"),
    Person("Rina", "kasir", "1357"),
    Person("Bagas", "kasir", "3690"),
    Person("Wulan", "kasir", "8024"),
)
"""The manager comes first: it is they who set the stand up."""

TWENTY = Terms(rate_bp=2_000)
FIFTEEN = Terms(rate_bp=1_500)
QUARTER = Terms(rate_bp=2_500)
LIST_PRICE = Terms(rate_bp=2_000, base="list")


class Workshop(NamedTuple):
    """A seller: code on labels, name, cluster, terms, and what they make (see crafts.CRAFTS)."""

    code: str
    name: str
    cluster: Cluster
    terms: Terms
    craft: str
    maker: str


WORKSHOPS = (
    Workshop("SRI", "Anyaman Sri", "Craft & Aksesoris", TWENTY, "anyaman", "Ibu Sri"),
    Workshop("LMB", "Lembayung Perca", "Craft & Aksesoris", TWENTY, "perca", "Ibu Lilis"),
    Workshop("BBU", "Bambu Rindang", "Craft & Aksesoris", QUARTER, "bambu", "Pak Bambang"),
    Workshop("MNK", "Manik Senja", "Craft & Aksesoris", TWENTY, "manik", "Ibu Maya"),
    Workshop("KLT", "Kulit Tangan Tiga", "Craft & Aksesoris", FIFTEEN, "kulit", "Pak Kelik"),
    Workshop("TNH", "Tanah Liat Kita", "Craft & Aksesoris", LIST_PRICE, "keramik", "Ibu Tania"),
    Workshop("WRN", "Warna Warni", "Craft & Aksesoris", TWENTY, "lukis", "Mas Wiran"),
    Workshop("KWT", "Kawat Jalan", "Craft & Aksesoris", QUARTER, "kawat", "Pak Kardi"),
    Workshop("RSN", "Resin Bening", "Craft & Aksesoris", TWENTY, "resin", "Mbak Resti"),
    Workshop("RTN", "Rotan Alas", "Craft & Aksesoris", TWENTY, "rotan", "Pak Ratno"),
    Workshop("KYU", "Kayu Tua Muda", "Craft & Aksesoris", TWENTY, "kayu", "Pak Yunus"),
    Workshop("PRK", "Perak Kemilau", "Craft & Aksesoris", FIFTEEN, "logam", "Mbak Prita"),
    Workshop("MKR", "Makrame Simpul", "Craft & Aksesoris", TWENTY, "makrame", "Mbak Mira"),
    Workshop("EGK", "Eceng Gondok Jaya", "Craft & Aksesoris", QUARTER, "eceng", "Ibu Engkar"),
    Workshop("LLN", "Lilin Wangi", "Craft & Aksesoris", TWENTY, "lilin", "Mbak Lulu"),
    Workshop("KRT", "Kartika Busana", "Fashion", FIFTEEN, "busana", "Ibu Kartika"),
    Workshop("BTK", "Batik Patriot", "Fashion", TWENTY, "batik", "Ibu Ratih"),
    Workshop("TNN", "Tenun Muara", "Fashion", TWENTY, "tenun", "Ibu Nani"),
    Workshop("ECO", "Jejak Daun", "Fashion", TWENTY, "ecoprint", "Mbak Daning"),
    Workshop("JMP", "Jumput Pelangi", "Fashion", QUARTER, "jumputan", "Ibu Jumi"),
    Workshop("BRD", "Bordir Melati", "Fashion", TWENTY, "bordir", "Ibu Berta"),
    Workshop("HJB", "Hijab Teduh", "Fashion", FIFTEEN, "hijab", "Mbak Hani"),
    Workshop("SPT", "Langkah Kain", "Fashion", LIST_PRICE, "sepatu", "Mas Septa"),
    Workshop("RJT", "Rajut Sore", "Fashion", TWENTY, "rajut", "Ibu Ajeng"),
    Workshop("ANK", "Anak Gembira", "Fashion", TWENTY, "anak", "Mbak Ana"),
)

SAMPLE_TILL_NO = 4_711
"""A fixed number instead of a drawn one: the sample is the same on every machine on the same day."""


def qris() -> str:
    """The field list of a static QRIS code of nobody; the check digits are for the caller to add."""
    account = _field("00", "ID.CO.CONTOH.WWW") + _field("01", "936000000000000000")
    account += _field("02", "000000000000000") + _field("03", "UMI")
    national = _field("00", "ID.CO.QRIS.WWW") + _field("02", "ID0000000000000")
    national += _field("03", "UMI")
    return "".join(
        (
            _field("00", "01"),
            _field("01", "11"),
            _field("26", account),
            _field("51", national),
            _field("52", "5947"),
            _field("53", "360"),
            _field("58", "ID"),
            _field("59", "CONTOH TITIP"),
            _field("60", "BEKASI"),
            _field("61", "17141"),
            "6304",
        )
    )


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"
