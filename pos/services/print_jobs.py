"""The print queue's rows. A job is written in the transaction of what it is the paper of."""

from sqlalchemy import ColumnElement, bindparam, delete, func, or_, select, update

from pos.models.local import print_jobs
from pos.models.prepared import Cursor, Prepared, Row
from pos.receipts.documents import Document, encode

KEEP_DONE = 50
"""Finished jobs that are kept, for the last paper on the screen."""

_jobs = print_jobs


def _either(*statuses: str) -> ColumnElement[bool]:
    """An IN list would be expanded at each execution; these statements are compiled once."""
    return or_(*(_jobs.c.status == status for status in statuses))


_insert = Prepared(
    _jobs.insert().values(
        kind=bindparam("kind"),
        title=bindparam("title"),
        document_id=bindparam("document_id"),
        document=bindparam("document"),
        copy=bindparam("copy"),
        status="waiting",
        attempts=0,
        problem="",
        at=bindparam("at"),
    )
)
_columns = (
    _jobs.c.id,
    _jobs.c.kind,
    _jobs.c.document,
    _jobs.c.title,
    _jobs.c.status,
    _jobs.c.attempts,
    _jobs.c.copy,
)
_next = Prepared(
    select(*_columns)
    .where(_jobs.c.status == "waiting")
    .order_by((_jobs.c.kind == "drawer").desc(), _jobs.c.id)
    .limit(1)
)
_mark = Prepared(
    update(_jobs)
    .where(_jobs.c.id == bindparam("job_id"))
    .values(
        status=bindparam("new_status"),
        problem=bindparam("new_problem"),
        attempts=_jobs.c.attempts + bindparam("tries"),
    )
)
_drop_drawers = Prepared(
    update(_jobs)
    .where(_jobs.c.status == "sending", _jobs.c.kind == "drawer")
    .values(status="cancelled")
)
_recover = Prepared(update(_jobs).where(_jobs.c.status == "sending").values(status="unknown"))
_counts = Prepared(
    select(
        func.coalesce(func.sum(_either("waiting", "sending")), 0),
        func.coalesce(func.sum(_jobs.c.status == "unknown"), 0),
    ).where(_jobs.c.status != "done")
)
_status = Prepared(select(_jobs.c.status).where(_jobs.c.id == bindparam("job_id")))
_unfinished = Prepared(
    select(
        _jobs.c.id,
        _jobs.c.title,
        _jobs.c.kind,
        _jobs.c.status,
        _jobs.c.problem,
        _jobs.c.at,
        _jobs.c.copy,
    )
    .where(_either("waiting", "sending", "unknown"))
    .order_by(_jobs.c.id)
)
_last = Prepared(
    select(_jobs.c.document).where(_jobs.c.kind != "drawer").order_by(_jobs.c.id.desc()).limit(1)
)
_prune = Prepared(
    delete(_jobs).where(_either("done", "cancelled"), _jobs.c.id <= bindparam("newest") - KEEP_DONE)
)


def add_job(
    cursor: Cursor,
    kind: str,
    document: Document,
    *,
    title: str,
    at: int,
    document_id: int = 0,
    copy: bool = False,
) -> None:
    """Queue a paper; it is printed when the transaction is through."""
    _insert.run(
        cursor,
        kind=kind,
        title=title,
        document_id=document_id,
        document=encode(document),
        copy=int(copy),
        at=at,
    )


def next_waiting(cursor: Cursor) -> Row | None:
    """The oldest job that waits."""
    return _next.one(cursor)


def mark(cursor: Cursor, job_id: int, status: str, problem: str) -> None:
    """A job's new status; each start of sending counts as an attempt."""
    _mark.run(
        cursor,
        job_id=job_id,
        new_status=status,
        new_problem=problem,
        tries=int(status == "sending"),
    )
    if status == "done":
        _prune.run(cursor, newest=job_id)


def recover(cursor: Cursor) -> int:
    """After a crash: what was being sent may or may not be on paper; the count of such jobs."""
    _drop_drawers.run(cursor)
    return _recover.run(cursor)


def status_of(cursor: Cursor, job_id: int) -> str:
    """A job's status; "" when it was pruned."""
    row = _status.one(cursor, job_id=job_id)
    return str(row[0]) if row else ""


def counts(cursor: Cursor) -> tuple[int, int]:
    """How many jobs wait or are being sent, and how many need an answer."""
    row = _counts.one(cursor) or (0, 0)
    return int(row[0]), int(row[1])


def unfinished(cursor: Cursor) -> list[Row]:
    """Jobs that wait, are being sent, or need an answer."""
    return _unfinished.all(cursor)


def last_document(cursor: Cursor) -> bytes | None:
    """The newest paper, printed or not."""
    row = _last.one(cursor)
    return bytes(row[0]) if row else None
