"""A receipt printer without its cable: buffer, paper, answers. Standard library alone, since the
system's own Python runs it too.
"""

import time
from dataclasses import dataclass, field

GS_R = b"\x1dr\x01"
STATUS, CAUSE, PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"


@dataclass
class Machine:
    """Takes bytes into a buffer of `size` and prints `rate` bytes a second.

    `answers` is whether it ever says anything. After `paper` bytes the paper is out: what was
    taken stays in the buffer until `refill`. `switch_off` loses the buffer. Commands are told
    from data by coming alone, as the program sends them.
    """

    size: int = 65536
    rate: float = 1e9
    answers: bool = True
    paper: float = 1e12
    taken: int = 0
    printed: bytearray = field(default_factory=bytearray)
    replies: bytearray = field(default_factory=bytearray)
    _buffer: bytearray = field(default_factory=bytearray)
    _questions: list[int] = field(default_factory=list)
    _moved: float = field(default_factory=time.monotonic)
    _credit: float = 0.0

    def free(self) -> int:
        self.tick()
        return max(0, self.size - len(self._buffer))

    def out_of_paper(self) -> bool:
        return len(self.printed) >= self.paper

    def offer(self, data: bytes) -> int:
        """Bytes taken of `data`."""
        self.tick()
        if not data:
            return 0
        if data in {STATUS, CAUSE, PAPER}:
            self._say_state(data)
            return len(data)
        if data == GS_R:
            self._questions.append(len(self.printed) + len(self._buffer))
            self.tick()
            return len(data)
        count = min(len(data), self.free())
        self._buffer += data[:count]
        self.taken += count
        self.tick()
        return count

    def _say_state(self, question: bytes) -> None:
        if not self.answers:
            return
        out = self.out_of_paper()
        said = {STATUS: 0x1A if out else 0x12, CAUSE: 0x32 if out else 0x12}
        self.replies.append(said.get(question, 0x7E if out else 0x12))

    def tick(self) -> None:
        """Print what time and paper allow."""
        now = time.monotonic()
        self._credit = min(self._credit + (now - self._moved) * self.rate, 1e9)
        self._moved = now
        count = int(min(self._credit, len(self._buffer), self.paper - len(self.printed)))
        if count > 0:
            self.printed += self._buffer[:count]
            del self._buffer[:count]
        # Idle time is not saved up.
        self._credit = min(self._credit - max(count, 0), max(1.0, self.rate * 0.01))
        while self._questions and self._questions[0] <= len(self.printed):
            self._questions.pop(0)
            if self.answers and not self.out_of_paper():
                self.replies.append(0x00)

    def refill(self) -> None:
        self.paper = 1e12
        self.tick()

    def switch_off(self) -> None:
        self.tick()
        self._buffer.clear()
        self._questions.clear()
        self.replies.clear()

    def take_replies(self, count: int) -> bytes:
        self.tick()
        got = bytes(self.replies[:count])
        del self.replies[:count]
        return got
