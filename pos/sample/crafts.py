"""What each craft makes: the word lists from which the sample's goods are put together."""

from typing import NamedTuple

AKSESORIS, TAS, BATIK = "Aksesoris", "Tas & dompet", "Batik & kain"
RUMAH, FASHION, PESANAN = "Rumah", "Fashion", "Pesanan"
CATEGORIES = (AKSESORIS, TAS, BATIK, RUMAH, FASHION, PESANAN)


class Kind(NamedTuple):
    """A sort of thing that a workshop makes: its name's first words, category, price range (rupiah)."""

    name: str
    category: str
    least: int
    most: int


class Craft(NamedTuple):
    """What a workshop makes, and the words and patterns of it."""

    kinds: tuple[Kind, ...]
    words: tuple[str, ...]
    patterns: tuple[str, ...]


def _craft(kinds: str, words: str, patterns: str) -> Craft:
    """Kinds as "name|category letter|thousands from-to", separated by semicolons."""
    letters = {"A": AKSESORIS, "T": TAS, "B": BATIK, "R": RUMAH, "F": FASHION}
    found = []
    for part in kinds.split(";"):
        name, letter, span = part.strip().split("|")
        least, most = span.split("-")
        found.append(Kind(name, letters[letter], int(least) * 1000, int(most) * 1000))
    return Craft(tuple(found), tuple(w.strip() for w in words.split(",")), tuple(patterns.split()))


CRAFTS: dict[str, Craft] = {
    "anyaman": _craft(
        "Tas anyam pandan|T|120-240;Dompet anyam|T|35-75;Topi pandan|F|45-90;"
        "Tikar lipat pandan|R|95-180;Kotak pandan|R|40-110;Tas bekal anyam|T|60-120",
        "polos, dua warna, tutup kulit, bunga, garis hijau, tali panjang, bulat, cokelat tua",
        "basket checks circles",
    ),
    "perca": _craft(
        "Bros bunga kain perca|A|25-45;Sarung bantal perca|R|65-120;Tas belanja perca|T|75-140;"
        "Celemek perca|R|55-90;Jepit rambut perca|A|12-25;Selimut perca|R|350-750",
        "merah, kotak kecil, bintang, biru laut, ceria, motif rumah, bunga besar",
        "diamonds flowers tumpal",
    ),
    "bambu": _craft(
        "Gantungan kunci bambu|A|10-20;Lampu meja bambu|R|150-320;Gelas bambu|R|30-55;"
        "Seruling bambu|R|35-80;Nampan bambu|R|70-130;Angklung kecil|R|60-150",
        "ukir, alami, bakar, nama, kecil, burung, anyam halus",
        "scales checks leaves",
    ),
    "manik": _craft(
        "Kalung manik kayu|A|65-140;Gelang manik|A|20-55;Anting manik|A|25-60;"
        "Tasbih kayu|A|30-70;Tali kacamata manik|A|30-55;Cincin manik|A|10-25",
        "hitam, panjang, warna tanah, laut, senja, pelangi, susun tiga, kaca",
        "circles flowers diamonds",
    ),
    "kulit": _craft(
        "Dompet kulit jahit tangan|T|160-320;Tas selempang kulit|T|450-900;Ikat pinggang kulit|F|140-260;"
        "Gantungan kunci kulit|A|20-40;Tempat kartu kulit|T|70-130;Sampul paspor kulit|T|110-190",
        "cokelat, hitam, lipat tiga, ukir wayang, panjang, tan, polos",
        "diamonds stripes zigzag",
    ),
    "keramik": _craft(
        "Vas keramik|R|140-420;Mangkuk keramik|R|55-120;Cangkir keramik|R|45-95;"
        "Piring hias keramik|R|120-280;Tempat dupa keramik|R|35-70;Pot kaktus keramik|R|30-80",
        "biru, putih susu, hijau lumut, retak seribu, bintik, terakota, tinggi, glasir pasir",
        "scales leaves circles",
    ),
    "lukis": _craft(
        "Kipas lukis|A|45-90;Tas kanvas lukis|T|85-160;Kaus lukis tangan|F|110-190;"
        "Lukisan kaca|R|250-650;Payung lukis|A|130-260;Pembatas buku lukis|A|10-20",
        "ondel-ondel, bunga melati, wayang, ikan, burung, kota tua, merak",
        "checks flowers leaves",
    ),
    "kawat": _craft(
        "Miniatur becak kawat|R|90-180;Miniatur sepeda kawat|R|70-140;Miniatur perahu kawat|R|110-220;"
        "Gantungan kunci kawat|A|15-25;Pohon kawat|R|120-350",
        "tembaga, hitam, kecil, dengan kotak kaca, perak, besar",
        "diamonds zigzag stripes",
    ),
    "resin": _craft(
        "Anting resin|A|35-65;Liontin resin|A|55-110;Gantungan kunci resin|A|15-35;"
        "Nampan resin|R|160-320;Tatakan gelas resin|R|40-75",
        "bunga, ombak, daun kering, emas, bening, malam, bunga rumput",
        "scales flowers circles",
    ),
    "rotan": _craft(
        "Tempat tisu rotan|R|95-160;Keranjang rotan|R|110-260;Tas rotan bulat|T|180-340;"
        "Kap lampu rotan|R|220-480;Tudung saji rotan|R|120-220;Alas piring rotan|R|25-50",
        "alami, putih, oval, dua pegangan, gelap, kembang, halus",
        "checks basket circles",
    ),
    "kayu": _craft(
        "Jam dinding kayu|R|190-420;Talenan kayu|R|75-160;Sendok kayu set|R|40-85;"
        "Mainan tarik kayu|R|60-120;Kotak perhiasan kayu|R|150-380;Papan nama kayu|R|80-200",
        "jati, mahoni, ukir, sonokeling, polos, burung hantu, sisa kapal",
        "zigzag circles stripes",
    ),
    "logam": _craft(
        "Cincin perak|A|150-350;Anting perak|A|120-280;Liontin kuningan|A|80-160;"
        "Bros filigri|A|140-320;Gelang tembaga|A|75-150",
        "daun, bunga kopi, bulan, simpul, kawung, ombak, mungil",
        "kawung flowers diamonds",
    ),
    "makrame": _craft(
        "Hiasan dinding makrame|R|120-420;Gantungan pot makrame|R|65-140;Tas makrame|T|140-260;"
        "Gelang simpul|A|15-30;Tirai makrame|R|380-850",
        "gading, abu, bulan, dua tingkat, pelangi, cokelat muda",
        "zigzag tumpal scales",
    ),
    "eceng": _craft(
        "Keranjang eceng gondok|R|85-190;Tas eceng gondok|T|110-220;Sandal eceng gondok|F|45-80;"
        "Alas meja eceng gondok|R|70-130;Kotak simpan eceng gondok|R|95-210",
        "besar, kecil, tutup, warna alami, hitam, lapis kain",
        "basket checks zigzag",
    ),
    "lilin": _craft(
        "Lilin wangi|R|45-95;Sabun alami|R|20-40;Pengharum lemari|R|15-30;Bingkisan wangi|R|120-220",
        "sereh, melati, kopi, pandan, kayu manis, jeruk purut",
        "flowers leaves circles",
    ),
    "busana": _craft(
        "Blus katun|F|160-290;Outer lurik|F|220-420;Tunik batik|F|240-420;Rok lilit|F|170-310;"
        "Kemeja lurik pria|F|210-360",
        "S, M, L, XL, hijau tua, marun, garis halus",
        "stripes parang kawung",
    ),
    "batik": _craft(
        "Kain batik tulis|B|450-1400;Kain batik cap|B|150-320;Selendang batik|B|120-280;"
        "Sarung bantal batik tulis|R|180-260;Taplak batik|R|160-320;Masker batik|A|10-20",
        "parang, kawung, mega, kembang, bambu bekasi, sawah, teratai, sogan",
        "kawung parang scales",
    ),
    "tenun": _craft(
        "Syal tenun|B|140-280;Syal tenun ulos mini|B|150-220;Kain tenun|B|350-950;Tas tenun|T|160-320;"
        "Dompet tenun|T|55-95",
        "merah hati, biru, kuning padi, hitam putih, pinggir emas, tiga warna",
        "zigzag tumpal circles",
    ),
    "ecoprint": _craft(
        "Kain ecoprint|B|220-520;Pasmina ecoprint|B|130-240;Tas ecoprint|T|120-260;"
        "Kaus ecoprint|F|120-190;Dompet ecoprint|T|45-85",
        "daun jati, daun lanang, jarak, kenikir, pakis, dua sisi",
        "leaves flowers scales",
    ),
    "jumputan": _craft(
        "Kain jumputan|B|180-420;Kerudung jumputan|F|75-140;Daster jumputan|F|95-160;"
        "Bandana jumputan|A|20-40",
        "pelangi, ungu, bulat besar, biru malam, hijau muda, jingga",
        "circles diamonds scales",
    ),
    "bordir": _craft(
        "Kebaya bordir|F|350-850;Mukena bordir|F|260-480;Tas bordir|T|90-180;Taplak bordir|R|140-290;"
        "Sapu tangan bordir|A|15-30",
        "melati, putih, gading, mawar, tepi bergelombang, merah muda",
        "flowers leaves kawung",
    ),
    "hijab": _craft(
        "Hijab segi empat|F|45-95;Pasmina katun|F|55-110;Ciput rajut|F|20-35;Bros hijab|A|10-30",
        "polos susu, mocca, motif bekasi, sage, hitam, bunga kecil, lembayung",
        "flowers stripes kawung",
    ),
    "sepatu": _craft(
        "Sepatu kain batik|F|180-290;Sandal lurik|F|75-140;Selop tenun|F|120-220;Sepatu anak lurik|F|110-170",
        "36, 37, 38, 39, 40, 41",
        "stripes parang zigzag",
    ),
    "rajut": _craft(
        "Tas rajut|T|110-240;Dompet rajut|T|35-70;Boneka rajut|R|65-150;Topi rajut|F|55-95;"
        "Tatakan rajut|R|15-30;Syal rajut|F|90-170",
        "kuning, beruang, kucing, salem, biru, bunga matahari, garis",
        "scales zigzag circles",
    ),
    "anak": _craft(
        "Baju anak lurik|F|95-170;Rok anak batik|F|80-140;Setelan bayi|F|110-190;Bando kain|A|12-25;"
        "Boneka kain|R|45-95",
        "1 tahun, 2 tahun, 3 tahun, 4 tahun, 5 tahun, gajah, kelinci",
        "stripes flowers diamonds",
    ),
}
