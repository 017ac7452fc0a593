"""The message catalogues: collected from the code, compiled, and checked.

`update` writes, `check` only looks and exits with 1 if a text could reach a person untranslated.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
FIELD = re.compile(r"\{[^{}]*\}")


def extract(root: Path = ROOT) -> Catalog:
    """Every text that the code looks up, with the places it stands at."""
    template = Catalog(project="Titip")
    # A place is a file: with line numbers, each edit above a text would change the catalogue.
    for filename, _line, message, comments, context in extract_from_dir(
        root / "pos", [("**.py", "python")], keywords=KEYWORDS, comment_tags=["i18n:"]
    ):
        place = (f"pos/{Path(filename).as_posix()}", 0)
        template.add(message, None, [place], auto_comments=comments, context=context)
    return template


def catalogues(root: Path = ROOT) -> list[Path]:
    """The .po files, one a language."""
    return sorted((root / "pos" / "locale").glob("*/LC_MESSAGES/titip.po"))


def load(po: Path) -> Catalog:
    """A catalogue as it stands on disk."""
    with po.open("rb") as file:
        return read_po(file, locale=po.parent.parent.name, domain="titip")


def updated(po: Path, template: Catalog) -> Catalog:
    """The catalogue brought up to the code: new texts empty, texts no longer used dropped."""
    catalogue = load(po)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as text; the same for the same messages, whoever writes it and when."""
    out = io.BytesIO()
    write_po(out, catalogue, width=100, sort_output=True, omit_header=True, include_lineno=False)
    name = catalogue.locale_identifier
    header = (
        f'msgid ""\nmsgstr ""\n"Project-Id-Version: Titip\\n"\n"Language: {name}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    return header.encode() + out.getvalue().strip() + b"\n"


class _Undated(Catalog):
    """A catalogue whose header tells no time and no tool, so that it always compiles to the same."""

    plural_rule = ""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What gettext needs to know, and no more."""
        return [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Plural-Forms", self.plural_rule),
        ]


def mo_bytes(po: bytes, language: str) -> bytes:
    """What the program reads, compiled from a catalogue's text."""
    source = read_po(io.BytesIO(po), locale=language, domain="titip")
    compiled = _Undated(locale=language)
    compiled.plural_rule = source.plural_forms
    for message in source:
        if message.id:
            compiled[message.id] = message
    out = io.BytesIO()
    write_mo(out, compiled)
    return out.getvalue()


def _texts(message: Message) -> Iterator[tuple[str, str]]:
    """Each translated form beside the text whose fields it must have."""
    if isinstance(message.id, tuple):
        # A language without plural has one form; it stands for the plural of the original.
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for form in forms:
            yield message.id[-1], str(form or "")
    else:
        yield str(message.id), str(message.string or "")


def faults_of(message: Message) -> Iterator[str]:
    """What is wrong with one entry, in words."""
    for original, translated in _texts(message):
        if not translated.strip():
            yield f"not translated: {original!r}"
            continue
        if sorted(FIELD.findall(original)) != sorted(FIELD.findall(translated)):
            yield f"other fields in braces: {original!r} became {translated!r}"
        for edge in (0, -1):
            if (original[edge] == "\n") != (translated[edge] == "\n"):
                yield f"line break lost or added at an end: {original!r}"
    if message.fuzzy:
        yield f"marked fuzzy: {message.id!r}"


def faults(root: Path = ROOT) -> list[str]:
    """Every reason why a text could reach a person untranslated or broken; empty when all is well."""
    template = extract(root)
    found = [f"no catalogue in {root / 'pos' / 'locale'}"] if not catalogues(root) else []
    for po in catalogues(root):
        name, on_disk = po.relative_to(root).as_posix(), load(po)
        used = {(message.id, message.context) for message in template if message.id}
        there = {(message.id, message.context) for message in on_disk if message.id}
        missing = sorted(used - there, key=str)
        unused = sorted(there - used, key=str)
        found += [f"{name}: missing: {text!r}" for text, _context in missing]
        found += [f"{name}: no longer used: {text!r}" for text, _context in unused]
        found += [f"{name}: obsolete: {message.id!r}" for message in on_disk.obsolete.values()]
        found += [
            f"{name}: {fault}" for message in on_disk if message.id for fault in faults_of(message)
        ]
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.read_bytes() != mo_bytes(po.read_bytes(), po.parent.parent.name):
            found.append(f"{mo.relative_to(root).as_posix()} is not what {po.name} compiles to")
    return found


def update(root: Path = ROOT) -> None:
    """Write every .po and .mo anew from the code."""
    template = extract(root)
    for po in catalogues(root):
        text = po_bytes(updated(po, template))
        po.write_bytes(text)
        po.with_suffix(".mo").write_bytes(mo_bytes(text, po.parent.parent.name))


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Exit status 0 when nothing is left to translate."""
    if arguments not in (["update"], ["check"]):
        print("usage: python -m tools.messages update|check", file=sys.stderr)
        return 2
    if arguments == ["update"]:
        update(root)
    left = faults(root)
    for fault in left:
        print(fault)
    if left:
        print(f"{len(left)} to mend: `make messages` collects the texts, the .po file takes them.")
    else:
        print("Every text has its translation.")
    # An update has done its work even while texts wait for their translation.
    return 1 if left and arguments == ["check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
