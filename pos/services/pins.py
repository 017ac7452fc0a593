"""PINs: argon2id hashes, and the slowing down that survives restarts and changes of the clock.

The count of failures is a row on this machine; the waiting itself is counted on the monotonic
clock. After a restart a wait begins anew in full, so neither a restart nor a changed clock
shortens it.
"""

import base64
import secrets
import threading

from pos.clock import Clock
from pos.errors import UserError
from pos.i18n import _
from pos.models.engine import Book
from pos.models.prepared import Cursor, Plain

FREE_TRIES = 3
LOCK_AFTER = 10
FIRST_WAIT_SECONDS = 5
LONGEST_WAIT_SECONDS = 300
MIN_DIGITS, MAX_DIGITS = 4, 8

_read = Plain("SELECT hash, failures FROM pins WHERE kind = :kind AND subject_id = :subject_id")
_subjects = Plain("SELECT subject_id FROM pins WHERE kind = :kind")
_add = Plain(
    "INSERT INTO pins (kind, subject_id, hash, failures) VALUES (:kind, :subject_id, :hash, 0) "
    "ON CONFLICT DO NOTHING"
)
_set = Plain(
    "INSERT INTO pins (kind, subject_id, hash, failures) VALUES (:kind, :subject_id, :hash, 0) "
    "ON CONFLICT (kind, subject_id) DO UPDATE SET hash = excluded.hash, failures = 0"
)
_fail = Plain(
    "UPDATE pins SET failures = :failures WHERE kind = :kind AND subject_id = :subject_id"
)


class WrongPinError(UserError):
    """The PIN was wrong, or may not be tried now.

    `wait_seconds` says when the next try counts (0: at once); `locked` that a new PIN is needed.
    """

    def __init__(self, sentence: str, *, wait_seconds: int = 0, locked: bool = False) -> None:
        super().__init__(sentence, field="pin")
        self.wait_seconds = wait_seconds
        self.locked = locked


class Pins:
    """Keeps and checks PINs of one kind of people ("staff" or "seller")."""

    def __init__(self, book: Book, clock: Clock, kind: str, *, cheap: bool = False) -> None:
        self._book = book
        self._clock = clock
        self._kind = kind
        self._cheap = cheap
        self._not_before: dict[int, float] = {}
        self._checking = threading.Lock()

    def write(self, cursor: Cursor, subject_id: int, pin_hash: str) -> None:
        """Keep a hash and forget earlier failures."""
        _set.run(cursor, kind=self._kind, subject_id=subject_id, hash=pin_hash)
        self._not_before.pop(subject_id, None)

    def decoy(self, subject_id: int) -> None:
        """A PIN that nobody has, for a subject that is not there: trying it looks like any other.

        Once there it counts failures, waits and locks as a real one does.
        """
        memory, passes = self._costs()
        salt, digest = (
            base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32)
        )
        made_up = f"$argon2id$v=19$m={memory},t={passes},p=1${salt}${digest}"
        with self._book.transaction() as cursor:
            _add.run(cursor, kind=self._kind, subject_id=subject_id, hash=made_up)

    def hash(self, pin: str) -> str:
        """Hash a PIN (argon2id, 50 to 150 ms). Raises UserError unless it is 4 to 8 digits."""
        if not (pin.isascii() and pin.isdigit() and MIN_DIGITS <= len(pin) <= MAX_DIGITS):
            raise UserError(_("A PIN has 4 to 8 digits."), field="pin")
        if len(set(pin)) == 1 or pin in "0123456789" or pin in "9876543210":
            raise UserError(_("Choose a PIN that is harder to guess than this one."), field="pin")
        return self._hasher().hash(pin)  # type: ignore[attr-defined, no-any-return]  # argon2 is imported late

    def is_set(self, subject_id: int) -> bool:
        """Whether there is a PIN on this machine."""
        return self._row(subject_id) is not None

    def known(self) -> frozenset[int]:
        """Everybody who has a PIN on this machine."""
        return frozenset(row[0] for row in _subjects.all(self._book.reader(), kind=self._kind))

    def locked(self, subject_id: int) -> bool:
        """Whether only a new PIN helps."""
        row = self._row(subject_id)
        return row is not None and row[1] >= LOCK_AFTER

    def wait_seconds(self, subject_id: int) -> int:
        """Seconds until the next try counts, rounded up; 0 when it may be tried now."""
        row = self._row(subject_id)
        if row is None or row[1] < FREE_TRIES:
            return 0
        now = self._clock.monotonic()
        until = self._not_before.setdefault(subject_id, now + _wait_after(row[1]))
        return max(0, -int((now - until) // 1))

    def check(self, subject_id: int, pin: str) -> None:
        """Raises WrongPinError unless this is the PIN. Tries of one moment wait for each other."""
        with self._checking:
            row = self._row(subject_id)
            if row is None:
                raise WrongPinError(
                    _("No PIN has been set on this till. Ask a manager to set one."), locked=True
                )
            if row[1] >= LOCK_AFTER:
                raise self._locked_error()
            wait = self.wait_seconds(subject_id)
            if wait:
                raise WrongPinError(_("Too many wrong PINs. Wait a moment."), wait_seconds=wait)
            # The failure is on disk before the answer is known: pulling the plug wins no free try.
            self._count(subject_id, row[1] + 1)
            if not self._matches(row[0], pin):
                raise self._failed(subject_id, row[1] + 1)
            self._count(subject_id, 0)
            self._not_before.pop(subject_id, None)

    def _failed(self, subject_id: int, failures: int) -> WrongPinError:
        if failures >= LOCK_AFTER:
            return self._locked_error()
        wait = 0
        if failures >= FREE_TRIES:
            wait = _wait_after(failures)
            self._not_before[subject_id] = self._clock.monotonic() + wait
        return WrongPinError(_("That PIN is wrong."), wait_seconds=wait)

    @staticmethod
    def _locked_error() -> WrongPinError:
        return WrongPinError(
            _("Locked after too many wrong PINs. A manager must set a new one."), locked=True
        )

    def _row(self, subject_id: int) -> tuple[str, int] | None:
        row = _read.one(self._book.reader(), kind=self._kind, subject_id=subject_id)
        return (str(row[0]), int(row[1])) if row else None

    def _count(self, subject_id: int, failures: int) -> None:
        with self._book.transaction() as cursor:
            _fail.run(cursor, kind=self._kind, subject_id=subject_id, failures=failures)

    def _matches(self, pin_hash: str, pin: str) -> bool:
        from argon2.exceptions import VerifyMismatchError

        try:
            return bool(self._hasher().verify(pin_hash, pin))  # type: ignore[attr-defined]  # see hash
        except VerifyMismatchError:
            return False

    def _hasher(self) -> object:
        from argon2 import PasswordHasher

        memory, passes = self._costs()
        return PasswordHasher(time_cost=passes, memory_cost=memory, parallelism=1)

    def _costs(self) -> tuple[int, int]:
        """KiB of memory, and passes over it."""
        if self._cheap:  # for the test suite, which signs in a thousand times
            return 64, 1
        # 80 to 105 ms on a two-core machine of 2026: with all that follows, a customer who comes
        # to a locked till waits no longer than 150 ms.
        return 49_152, 2


def _wait_after(failures: int) -> int:
    """5, 10, 20, ... seconds from the third failure on, at most five minutes."""
    return min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS << (failures - FREE_TRIES))
