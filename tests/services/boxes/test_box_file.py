"""The box as a file: whatever happened to it on its way, it is refused in a sentence."""

import contextlib
import hashlib
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.errors import TitipError, UserError
from pos.services.boxes.container import MARK, Box
from pos.services.boxes.manifest import BoxError, CancelledError
from pos.services.till import Till
from tests.boxes_support import make_till, rows_of, sell
from tests.support import manager_of


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("box")
    till = make_till(folder)
    sell(till, "DKR-1187")
    box = folder / "box.titipbox"
    till.boxes.write(box)
    till.close()
    return box.read_bytes()


@pytest.fixture(scope="module")
def taker(tmp_path_factory: pytest.TempPathFactory) -> Till:
    return make_till(tmp_path_factory.mktemp("taker"))


def refused(till: Till, raw: bytes) -> str:
    """The sentence with which a box is refused; nothing of it is in the book."""
    path = till.folder / "broken.titipbox"
    path.write_bytes(raw)
    before = rows_of(till.folder)
    with pytest.raises(TitipError) as error:
        till.boxes.take(path, by=manager_of(till).staff_id)
    assert rows_of(till.folder) == before
    assert error.value.sentence.endswith((".", ")"))
    return error.value.sentence


@settings(max_examples=150)
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_byte_changed_anywhere(raw: bytes, taker: Till, place: float, flip: int) -> None:
    at = int(place * len(raw))
    changed = raw[:at] + bytes([raw[at] ^ flip]) + raw[at + 1 :]
    assert "rusak" in refused_quickly(taker, changed)


@settings(max_examples=60)
@given(place=st.floats(0, 1, exclude_max=True))
def test_cut_short_anywhere(raw: bytes, taker: Till, place: float) -> None:
    said = refused_quickly(taker, raw[: int(place * len(raw))])
    assert "rusak" in said or "bukan kotak" in said


def refused_quickly(till: Till, raw: bytes) -> str:
    path = till.folder / "broken.titipbox"
    path.write_bytes(raw)
    with pytest.raises(BoxError) as error:
        till.boxes.check(path)
    return error.value.sentence


def test_every_byte_of_the_edges(raw: bytes, taker: Till) -> None:
    """Where a format keeps its own numbers: the first and the last bytes, one by one."""
    size = len(raw)
    for at in [*range(80), *range(size - 200, size)]:
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        assert "rusak" in refused_quickly(taker, changed), at


def sealed(members: dict[str, bytes]) -> bytes:
    """A box as somebody could craft one: its digest is right."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
        made.comment = MARK + b"0" * 64
    raw = out.getvalue()[: -len(MARK) - 64]
    return raw + MARK + hashlib.sha256(raw).hexdigest().encode()


def members(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as box:
        return {name: box.read(name) for name in box.namelist()}


def _manifest(**changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(found: dict[str, bytes]) -> None:
        plain = msgspec.json.decode(found["manifest.json"])
        plain.update(changes)
        found["manifest.json"] = msgspec.json.encode(plain)

    return change


def _lines(edit: Callable[[list[bytes]], list[bytes]]) -> Callable[[dict[str, bytes]], None]:
    def change(found: dict[str, bytes]) -> None:
        name = next(name for name in found if name.startswith("journal/"))
        found[name] = b"\n".join(edit(found[name].splitlines())) + b"\n"

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_manifest(format=2), "versi lebih baru"),
        (_manifest(schema=999), "versi lebih baru"),
        (_manifest(tails="?"), "rusak"),
        (_manifest(pictures=["../../etc/passwd"]), "rusak"),
        (_manifest(pictures=["a" * 64]), "rusak"),
        (lambda found: found.pop("manifest.json"), "rusak"),
        (_lines(lambda lines: lines[:-1]), "rusak"),
        (_lines(lambda lines: lines[1:]), "rusak"),
        (_lines(lambda lines: [lines[0], *lines]), "rusak"),
        (_lines(lambda lines: [lines[1], lines[0], *lines[2:]]), "rusak"),
        (_lines(lambda lines: [b"{}", *lines[1:]]), "rusak"),
        (_lines(lambda lines: [line.replace(b"35000", b"35001") for line in lines]), "rusak"),
        (_lines(lambda lines: [lines[0].replace(b"till_opened", b"shop_opened")]), "rusak"),
    ],
)
def test_a_crafted_box(
    raw: bytes, taker: Till, change: Callable[[dict[str, bytes]], None], said: str
) -> None:
    found = members(raw)
    change(found)
    assert said in refused(taker, sealed(found))


def test_an_untouched_box_sealed_again_is_taken(raw: bytes, taker: Till) -> None:
    """The crafted boxes above fail for what was changed in them, not for how they were made."""
    path = taker.folder / "whole.titipbox"
    path.write_bytes(sealed(members(raw)))
    assert taker.boxes.check(path).fresh > 0


@settings(max_examples=60)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_no_box(taker: Till, data: bytes) -> None:
    path = taker.folder / "any.titipbox"
    path.write_bytes(data)
    with pytest.raises(UserError):
        taker.boxes.check(path)


def test_random_bytes_within_a_sealed_box_never_break_the_program(raw: bytes, taker: Till) -> None:
    """Whoever computes the digest anew gets past it; everything behind it must hold as well."""
    found = members(raw)
    chance = random.Random(7)
    for _round in range(150):
        spoiled = dict(found)
        name = chance.choice(sorted(name for name, content in spoiled.items() if content))
        content = bytearray(spoiled[name])
        for _byte in range(chance.randint(1, 3)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        spoiled[name] = bytes(content)
        path = taker.folder / "spoiled.titipbox"
        path.write_bytes(sealed(spoiled))
        with contextlib.suppress(TitipError):
            taker.boxes.check(path)


def test_a_box_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    target = tmp_path / "stick" / "box.titipbox"
    try:
        with pytest.raises(TitipError, match="flashdisk"):
            till.boxes.write(target)
        target.parent.mkdir()

        def stop(_what: str, _done: int, _total: int) -> None:
            raise CancelledError

        for n in range(1_100):
            if n % 550 == 0:
                sell(till, "DKR-3001")
        (till.folder / "pictures").mkdir(exist_ok=True)
        name = hashlib.sha256(b"x").hexdigest()
        (till.folder / "pictures" / f"{name}.png").write_bytes(b"x")
        till.settings.set_setting("logo", name, by=manager_of(till).staff_id)
        with pytest.raises(CancelledError):
            till.boxes.write(target, tick=stop)
        assert list(target.parent.iterdir()) == []
        till.boxes.write(target)
        with Box(target, lambda _done, _total: None) as box:
            assert box.picture(name) == b"x"
    finally:
        till.close()
