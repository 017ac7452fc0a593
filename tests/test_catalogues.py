"""Every text that a person can meet has its translation, and the check of that can fail."""

import ast
import gettext
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import messages

ROOT = Path(__file__).resolve().parent.parent
LOOKUPS = {"_", "ngettext", "pgettext"}


def test_nothing_is_left_to_translate() -> None:
    assert messages.faults() == []


# --- the check of the catalogues, on a small package of its own -----------------------------------


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of one module with its catalogue, complete."""
    folder = tmp_path / "pos" / "locale" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    _code(tmp_path, '_("Sold on {day}."); ngettext("{n} line", "{n} lines", 2); _("Total\\n")')
    (folder / "titip.po").write_text(
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
        'msgid "Sold on {day}."\nmsgstr "Terjual pada {day}."\n\n'
        'msgid "{n} line"\nmsgid_plural "{n} lines"\nmsgstr[0] "{n} baris"\n\n'
        'msgid "Total\\n"\nmsgstr "Jumlah\\n"\n',
        encoding="utf-8",
    )
    messages.update(tmp_path)
    assert messages.faults(tmp_path) == []
    return tmp_path


def _code(root: Path, code: str) -> None:
    (root / "pos" / "module.py").write_text(code, encoding="utf-8")


def _edit(root: Path, old: str, new: str) -> None:
    """Change the catalogue by hand and compile it, so that only the edit is at fault."""
    (po,) = messages.catalogues(root)
    text = po.read_text(encoding="utf-8")
    assert text.count(old) == 1
    po.write_text(text.replace(old, new), encoding="utf-8")
    po.with_suffix(".mo").write_bytes(messages.mo_bytes(po.read_bytes(), "id"))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Terjual pada {day}.", "", "not translated: 'Sold on {day}.'"),
        ("Terjual pada {day}.", "Terjual pada {hari}.", "other fields in braces"),
        ("Terjual pada {day}.", "Terjual.", "other fields in braces"),
        ('msgstr[0] "{n} baris"', 'msgstr[0] ""', "not translated: '{n} lines'"),
        ('msgstr[0] "{n} baris"', 'msgstr[0] "baris"', "other fields in braces"),
        ("Jumlah\\n", "Jumlah", "line break lost"),
        (
            '#, python-brace-format\nmsgid "Sold',
            '#, fuzzy, python-brace-format\nmsgid "Sold',
            "marked fuzzy",
        ),
        ('msgid "Sold on {day}."', 'msgid "Sold at {day}."', "missing: 'Sold on {day}.'"),
        ('msgid "Sold on {day}."', 'msgid "Sold at {day}."', "no longer used: 'Sold at {day}.'"),
        ('msgid "Total\\n"', '#~ msgid "Old"\n#~ msgstr "Lama"\n\nmsgid "Total\\n"', "obsolete"),
    ],
)
def test_a_planted_fault_is_found(package: Path, old: str, new: str, fault: str) -> None:
    _edit(package, old, new)
    assert any(fault in found for found in messages.faults(package))


def test_a_new_text_in_the_code_is_found_and_collected(package: Path) -> None:
    _code(package, '_("Sold on {day}."); _("New")')
    assert "pos/locale/id/LC_MESSAGES/titip.po: missing: 'New'" in messages.faults(package)
    messages.update(package)
    assert messages.faults(package) == ["pos/locale/id/LC_MESSAGES/titip.po: not translated: 'New'"]


def test_a_stale_compiled_catalogue_is_found(package: Path) -> None:
    (po,) = messages.catalogues(package)
    po.write_text(po.read_text(encoding="utf-8").replace("Jumlah", "Total"), encoding="utf-8")
    assert [fault for fault in messages.faults(package) if "titip.mo is not what" in fault]
    po.with_suffix(".mo").unlink()
    assert [fault for fault in messages.faults(package) if "titip.mo is not what" in fault]


def test_no_catalogue_at_all_is_a_fault(package: Path) -> None:
    shutil.rmtree(package / "pos" / "locale")
    assert len(messages.faults(package)) == 1


def test_updating_twice_changes_nothing(package: Path) -> None:
    (po,) = messages.catalogues(package)
    before = po.read_bytes(), po.with_suffix(".mo").read_bytes()
    messages.update(package)
    assert (po.read_bytes(), po.with_suffix(".mo").read_bytes()) == before


def test_the_command_tells_by_its_exit_status(package: Path) -> None:
    assert messages.main(["check"], package) == 0
    _edit(package, "Terjual pada {day}.", "")
    assert messages.main(["check"], package) == 1
    assert messages.main(["update"], package) == 0
    assert messages.main(["nonsense"], package) == 2


def test_compiling_tells_no_time(package: Path) -> None:
    (po,) = messages.catalogues(package)
    compiled = po.with_suffix(".mo").read_bytes()
    assert b"Content-Type: text/plain; charset=utf-8" in compiled
    assert b"Date" not in compiled
    with po.with_suffix(".mo").open("rb") as file:
        texts = gettext.GNUTranslations(file)
    assert texts.ngettext("{n} line", "{n} lines", 1) == "{n} baris"
    assert texts.ngettext("{n} line", "{n} lines", 5) == "{n} baris"
    assert texts.gettext("Total\n") == "Jumlah\n"


# --- what extraction can't see --------------------------------------------------------------------


def _lookup_faults(source: str) -> Iterator[str]:
    """Look-ups whose text is not written out in place, or that happen while a module is imported."""
    tree = ast.parse(source)
    inside_functions = {
        id(inner)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for part in (function.body if isinstance(function.body, list) else [function.body])
        for inner in ast.walk(part)
    }
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name | ast.Attribute)):
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
        if name not in LOOKUPS:
            continue
        texts = call.args[: 1 if name == "_" else 2]
        if not all(isinstance(t, ast.Constant) and isinstance(t.value, str) for t in texts):
            yield f"{call.lineno}: the text is not written out in the call"
        if id(call) not in inside_functions:
            yield f"{call.lineno}: looked up while the module is imported"


@pytest.mark.parametrize(
    "source",
    [
        "def f(x): return _(x)",
        "def f(x): return _(f'sold {x}')",
        "def f(x): return _('sold ' + x)",
        "def f(x): return _('sold {x}'.format(x=x))",
        "def f(x): return i18n.ngettext('one', x, 2)",
        "TITLE = _('Sold')",
        "class Screen:\n    title = _('Sold')",
        "def f(title=_('Sold')): return title",
    ],
)
def test_a_lookup_that_extraction_misses_is_found(source: str) -> None:
    assert len(list(_lookup_faults(source))) == 1


def test_a_plain_lookup_is_fine() -> None:
    source = "def f(): return _('Sold ' 'out'), (lambda: _('x')), ngettext('a', 'b', n)"
    assert list(_lookup_faults(source)) == []


def test_every_text_is_written_out_and_looked_up_when_it_is_shown() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in sorted((ROOT / "pos").rglob("*.py"))
        if path != ROOT / "pos" / "i18n.py"
        for fault in _lookup_faults(path.read_text(encoding="utf-8"))
    ]
    assert found == []
