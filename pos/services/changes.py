"""Who wants to know what changed: topics are announced after each commit."""

import logging
import threading
from collections.abc import Callable

Listener = Callable[[frozenset[str]], None]
TOPICS = frozenset(
    {
        "sales",
        "items",
        "stock",
        "sellers",
        "staff",
        "settings",
        "carts",
        "print_jobs",
        "payments",
        "counts",
        "shifts",
        "orders",
        "clock",
        "stands",
    }
)

log = logging.getLogger(__name__)


class Changes:
    """Announces topics to its listeners, on the thread that committed."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told from now on; call what is returned to stop."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def publish(self, topics: frozenset[str]) -> None:
        """Tell everybody; topics outside TOPICS are a bug.

        What was committed stays done whatever a listener makes of it: its failure goes to the log,
        never to the command, which would look as if it had failed and be repeated.
        """
        if not topics <= TOPICS:
            raise ValueError(f"unknown topics: {sorted(topics - TOPICS)}")
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            try:
                listener(topics)
            except Exception:  # the command is committed: one listener must not hide it from others
                log.exception("a listener failed on %s", sorted(topics))
