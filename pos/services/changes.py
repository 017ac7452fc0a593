"""Who wants to know what changed: topics are announced after each commit."""

import threading
from collections.abc import Callable

Listener = Callable[[frozenset[str]], None]
TOPICS = frozenset(
    {"sales", "items", "stock", "sellers", "staff", "settings", "carts", "print_jobs", "payments"}
)


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
        """Tell everybody; topics outside TOPICS are a bug."""
        if not topics <= TOPICS:
            raise ValueError(f"unknown topics: {sorted(topics - TOPICS)}")
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(topics)
