import hashlib
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from pos.errors import UserError
from pos.services.pictures import ITEM_SIZE, SLIP_SIZE, add_picture, picture_path


def test_a_picture_is_kept_small_under_the_hash_of_what_is_kept(tmp_path: Path) -> None:
    source = tmp_path / "photo.jpg"
    Image.new("RGB", (3000, 2000), "teal").save(source)
    name = add_picture(tmp_path, source)
    kept = picture_path(tmp_path, name)
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == name
    with Image.open(kept) as picture:
        assert picture.size == (960, 640)
        assert picture.width <= ITEM_SIZE[0]
    assert add_picture(tmp_path, source) == name
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_content_counts_not_the_ending(tmp_path: Path) -> None:
    lying = tmp_path / "really-a-png.txt"
    Image.new("L", (10, 10)).save(lying, "PNG")
    assert add_picture(tmp_path, lying)
    text = tmp_path / "not-a-picture.png"
    text.write_text("<svg/>")
    with pytest.raises(UserError) as refused:
        add_picture(tmp_path, text)
    assert refused.value.field == "picture"


def _bomb(path: Path, side: int) -> None:
    """A PNG of a few hundred bytes that claims to be side x side."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


@pytest.mark.parametrize("side", [9_000, 30_000])
def test_a_picture_of_enormous_size_is_refused_unread(tmp_path: Path, side: int) -> None:
    path = tmp_path / "bomb.png"
    _bomb(path, side)
    with pytest.raises(UserError, match="60"):
        add_picture(tmp_path, path)


def test_a_cut_off_picture_and_a_missing_file_get_a_sentence(tmp_path: Path) -> None:
    whole = tmp_path / "whole.png"
    Image.effect_noise((200, 200), 50).save(whole)
    cut = tmp_path / "cut.png"
    cut.write_bytes(whole.read_bytes()[:5_000])
    for path in (cut, tmp_path / "gone.png"):
        with pytest.raises(UserError):
            add_picture(tmp_path, path)


def test_a_photographed_slip_stays_large_in_few_colours(tmp_path: Path) -> None:
    """Its small print is to be read; a file of all the noise's colours would be three times that."""
    Image.effect_noise((1_500, 2_000), 40).convert("RGB").save(tmp_path / "nota.jpg")
    name = add_picture(tmp_path, tmp_path / "nota.jpg", SLIP_SIZE, colours=64)
    with Image.open(picture_path(tmp_path, name)) as kept:
        assert kept.size == (960, 1_280)
        colours = kept.convert("RGB").getcolors(1_000)
    assert colours is not None
    assert 16 < len(colours) <= 64
