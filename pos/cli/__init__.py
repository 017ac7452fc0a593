"""The command line: `titip` opens the till; the rest does without a window what the screens do."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pos import __version__
from pos.cli.asking import add_export, add_import, add_report
from pos.cli.backup_words import add_erase, add_list, add_restore
from pos.cli.words import Parser
from pos.config import book_path, default_folder
from pos.errors import TitipError
from pos.i18n import _

_NOBODY_READS = 141
"""What a shell reports of a program that SIGPIPE ended."""
Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 when all is well.

    What goes wrong for the person is one sentence on stderr and status 1.
    """
    parser = _parser()
    asked = parser.parse_args(arguments)
    command: Command = asked.command
    try:
        status = command(asked)
        print(end="", flush=True)  # also where there is no output, as on Windows without a console
    except TitipError as error:
        print(f"titip: {error.sentence}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read along has read enough (`titip report ... | head`); at its end Python would
        # write what is left, and complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NOBODY_READS
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="titip", description=_("The till of a consignment stand; without a command, it opens.")
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"titip {__version__}",
        help=_("show the version and end"),
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help=_("the data folder"))
    parser.set_defaults(command=_open)
    commands = parser.add_subparsers(title=_("commands"), metavar="")

    def add(name: str, command: Command, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(command=command)
        return made

    sample = add("sample", _sample, _("make the sample stand in a new folder"))
    sample.add_argument("folder", type=Path)
    verify = add("verify", _verify, _("check the whole book against its journal"))
    verify.add_argument("--json", action="store_true", help=_("for programs"))
    printers = add("printers", _printers, _("list printers, or print a test page"))
    printers.add_argument("--test", metavar="ADDRESS", help=_("print a test page there"))
    printers.add_argument("--paper", choices=("58", "80-42", "80-48"), default="80-48")
    pin = add("pin", _pin, _("set a manager's forgotten PIN anew; the journal keeps a trace"))
    pin.add_argument("name", help=_("the name on the sign-in screen"))
    box = add("box", _box, _("exchange journals with other tills by one file"))
    box.add_argument("what", choices=("write", "check", "take"))
    box.add_argument("file", type=Path, metavar="FILE")
    box.add_argument(
        "--for",
        dest="meant_for",
        default="",
        metavar="TILL",
        help=_("write only what this till (its code) lacks"),
    )
    box.add_argument("--json", action="store_true", help=_("for programs"))
    add_erase(add("erase", _erase, _("empty a person's contact card; the journal keeps a trace")))
    add("backup", _backup, _("make a backup now, also while the till runs"))
    add_list(add("backups", _backups, _("list the backups and what they hold")))
    add_restore(add("restore", _restore, _("put a backup in the book's place, which is put aside")))
    add_import(add("import", _import, _("take a table of items or sellers over")))
    add_export(add("export", _export, _("write all items or sellers to a table")))
    add_report(add("report", _report, _("make a report: print, save or show it")))
    add("selftest", _selftest, _("make a book in an empty folder, sell one piece, verify"))
    return parser


def _folder(asked: argparse.Namespace) -> Path:
    return asked.data or default_folder()


def _open(asked: argparse.Namespace) -> int:
    import gc

    # What is loaded from here on stays; once there is a window, it collects (pos.ui.garbage).
    gc.disable()
    # Before the screens: once PySide6 is there, every import passes through a hook of its own.
    import pos.services.till  # noqa: F401
    from pos.app import run

    return run(_folder(asked))


def _sample(asked: argparse.Namespace) -> int:
    from pos.sample import make_sample

    make_sample(asked.folder, progress=_shown)
    _finish_line()
    print(_("The sample stand is in {folder}.").format(folder=asked.folder))
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from pos.cli.verify import run_verify

    return run_verify(book_path(_folder(asked)), as_json=asked.json, progress=_shown)


def _printers(asked: argparse.Namespace) -> int:
    from pos.cli.printers import list_printers, test_print

    if asked.test:
        return test_print(asked.test, asked.paper)
    return list_printers()


def _pin(asked: argparse.Namespace) -> int:
    from pos.cli.staff import reset_pin

    return reset_pin(_folder(asked), asked.name)


def _box(asked: argparse.Namespace) -> int:
    from pos.cli.box import run_box

    return run_box(
        _folder(asked),
        asked.what,
        asked.file,
        meant_for=asked.meant_for,
        as_json=asked.json,
        progress=_shown,
    )


def _erase(asked: argparse.Namespace) -> int:
    from pos.cli.erase import erase_person

    return erase_person(_folder(asked), asked.who, yes=asked.yes)


def _backup(asked: argparse.Namespace) -> int:
    from pos.cli.backups import make_backup

    return make_backup(_folder(asked), _shown)


def _backups(asked: argparse.Namespace) -> int:
    from pos.cli.backups import list_backups

    return list_backups(_folder(asked), asked.folder, as_json=asked.json)


def _restore(asked: argparse.Namespace) -> int:
    from pos.cli.backups import restore_backup

    return restore_backup(
        _folder(asked),
        asked.file,
        leave_newer=asked.leave_newer,
        yes=asked.yes,
        progress=_shown,
    )


def _import(asked: argparse.Namespace) -> int:
    from pos.cli.tables import run_import

    return run_import(_folder(asked), asked, _shown)


def _export(asked: argparse.Namespace) -> int:
    from pos.cli.tables import run_export

    return run_export(_folder(asked), asked.what, asked.file)


def _report(asked: argparse.Namespace) -> int:
    from pos.cli.report import run_report

    status = run_report(_folder(asked), asked, progress=_shown)
    _finish_line()
    return status


def _selftest(asked: argparse.Namespace) -> int:
    from pos.cli.selftest import run_selftest

    return run_selftest(_folder(asked))


def _shown(what: str, done: int, total: int) -> None:
    """Progress on stderr where a person watches."""
    if sys.stderr.isatty():
        share = 100 * done // max(1, total)
        print(f"\r{what:<20} {share:3d} %", end="", file=sys.stderr, flush=True)


def _finish_line() -> None:
    if sys.stderr.isatty():
        print("\r" + " " * 40 + "\r", end="", file=sys.stderr)
