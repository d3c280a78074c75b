"""Newline-delimited JSON over file descriptors, bounded in both directions."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

Message = dict[str, Any]


def encode(message: Mapping[str, Any]) -> bytes:
    """One line, newline included."""
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n"


def write_all(fd: int, data: bytes) -> None:
    """Writes `data` whole to a blocking descriptor."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


class EventChannel:
    """
    Where one task writes its events. Threads may share it: a line is never torn by another.

    When the server has died nobody reads any more, and what is sent is lost; the supervisor ends the task.
    """

    def __init__(self, fd: int, task_id: str) -> None:
        self._fd = fd
        self._id = task_id
        self._lock = threading.Lock()

    def send(self, event: str, **fields: Any) -> None:
        """Writes one event. Fields that are None are left out; time (epoch ms) and the task's id are added."""
        present = {name: value for name, value in fields.items() if value is not None}
        self._write(encode({"event": event, "id": self._id, "time": round(time.time() * 1000), **present}))

    def begin_line(self) -> None:
        """Ends a line that a killed writer may have left open; readers skip the broken one."""
        self._write(b"\n")

    def _write(self, data: bytes) -> None:
        with self._lock:
            try:
                write_all(self._fd, data)
            except BrokenPipeError:
                pass

    def close(self) -> None:
        os.close(self._fd)


class LineReader:
    """Splits what arrives on a descriptor into lines. A line over `max_bytes` is dropped, and counted in `dropped`."""

    def __init__(self, fd: int, max_bytes: int) -> None:
        self.fd = fd
        self.dropped = 0
        self.ended = False
        self._max_bytes = max_bytes
        self._parts: list[bytes] = []
        self._length = 0
        self._skipping = False

    def read(self) -> Iterator[bytes]:
        """The lines completed by one read. Sets `ended` at the end of the stream; a descriptor that has nothing yields nothing."""
        try:
            data = os.read(self.fd, 1 << 16)
        except BlockingIOError:
            return
        if not data:
            self.ended = True
            return
        *complete, rest = data.split(b"\n")
        for part in complete:
            line = b"".join([*self._parts, part])
            too_long = self._skipping or len(line) > self._max_bytes
            self._reset()
            if too_long:
                self.dropped += 1
            elif line.strip():
                yield line
        self._keep(rest)

    def _keep(self, part: bytes) -> None:
        if self._skipping or not part:
            return
        self._parts.append(part)
        self._length += len(part)
        if self._length > self._max_bytes:
            self._parts = []
            self._skipping = True

    def _reset(self) -> None:
        self._parts = []
        self._length = 0
        self._skipping = False
