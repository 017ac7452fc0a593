"""A print job store on an SQLite file, so that tests that kill the program find it as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pos.receipts.documents import Document, encode
from pos.receipts.jobs import JobStatus, PrintJob

_TABLE = """
    CREATE TABLE IF NOT EXISTS job (
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, document BLOB NOT NULL, title TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'waiting', attempts INTEGER NOT NULL DEFAULT 0,
        copy INTEGER NOT NULL DEFAULT 0, problem TEXT NOT NULL DEFAULT '',
        history TEXT NOT NULL DEFAULT ''
    )
"""


class SqliteJobStore:
    """Opens the file for each call, so that it may be used from any thread and process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._change(_TABLE)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    def _change(self, sql: str, *values: object) -> int:
        with closing(self._connect()) as connection:
            return connection.execute(sql, values).rowcount

    def _row(self, sql: str, *values: object) -> tuple[object, ...] | None:
        with closing(self._connect()) as connection:
            row: tuple[object, ...] | None = connection.execute(sql, values).fetchone()
            return row

    def add(self, document: Document, kind: str = "receipt", title: str = "DKR-000123") -> int:
        with closing(self._connect()) as connection:
            added = connection.execute(
                "INSERT INTO job (kind, document, title) VALUES (?, ?, ?)",
                (kind, encode(document), title),
            )
            assert added.lastrowid is not None
            return added.lastrowid

    def look(self, job_id: int) -> tuple[str, int, str]:
        """Status, attempts and problem."""
        row = self._row("SELECT status, attempts, problem FROM job WHERE id = ?", job_id)
        assert row is not None
        return str(row[0]), int(str(row[1])), str(row[2])

    def history(self, job_id: int) -> list[str]:
        """Every status that was written, in order."""
        row = self._row("SELECT history FROM job WHERE id = ?", job_id)
        assert row is not None
        return str(row[0]).split()

    # --- JobStore ----------------------------------------------------------------------------

    def next_waiting(self) -> PrintJob | None:
        with closing(self._connect()) as connection:
            row = connection.execute(
                "SELECT id, kind, document, title, status, attempts, copy FROM job"
                " WHERE status = 'waiting' ORDER BY kind != 'drawer', id LIMIT 1"
            ).fetchone()
        return (
            None
            if row is None
            else PrintJob(
                id=row[0],
                kind=row[1],
                document=row[2],
                title=row[3],
                status=row[4],
                attempts=row[5],
                copy=bool(row[6]),
            )
        )

    def mark(self, job_id: int, status: JobStatus, problem: str = "") -> None:
        self._change(
            "UPDATE job SET status = ?, problem = ?, history = history || ' ' || ?,"
            " attempts = attempts + ? WHERE id = ?",
            status,
            problem,
            status,
            status == "sending",
            job_id,
        )

    def recover(self) -> int:
        self._change(
            "UPDATE job SET status = 'cancelled' WHERE status = 'sending' AND kind = 'drawer'"
        )
        return self._change(
            "UPDATE job SET status = 'unknown', history = history || ' unknown'"
            " WHERE status = 'sending'"
        )

    def status(self, job_id: int) -> str:
        row = self._row("SELECT status FROM job WHERE id = ?", job_id)
        return str(row[0]) if row else ""

    def counts(self) -> tuple[int, int]:
        row = self._row(
            "SELECT sum(status IN ('waiting', 'sending')), sum(status = 'unknown') FROM job"
        )
        assert row is not None
        return int(str(row[0] or 0)), int(str(row[1] or 0))
