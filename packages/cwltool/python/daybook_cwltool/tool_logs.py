"""A file for each stream of each tool, in the run's directory: whoever waits for the run can read them while they grow."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

# A scatter over very many elements does not fill the directory: what more tools say goes to stderr.log.
_MAX_LOGGED_TOOLS = 5000
_STREAMS = ("stdout", "stderr")


class ToolLogs:
    """Gives out the numbers of the logs `tool-<n>.stdout.log` and `tool-<n>.stderr.log`. Safe to share between threads."""

    def __init__(self, directory: str) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._count = 0

    def next_number(self) -> int | None:
        """The number of the next tool's logs; None when there are too many."""
        with self._lock:
            if self._count >= _MAX_LOGGED_TOOLS:
                return None
            self._count += 1
            return self._count

    @contextmanager
    def redirect(self, number: int | None, options: dict[str, Any]) -> Iterator[None]:
        """
        Points what cwltool passes to Popen at the logs. A stream that the document redirects keeps its own file, and the log becomes
        another name of it: also what a failed tool has written there is kept.
        """
        opened: list[IO[bytes]] = []
        try:
            for stream in _STREAMS if number is not None else ():
                declared = options.get(f"{stream}_path")
                if declared is None:
                    log = open(self._path(number, stream), "wb")
                    opened.append(log)
                    options[f"default_{stream}"] = log
                else:
                    _link(declared, self._path(number, stream))
            yield
        finally:
            for file in opened:
                file.close()

    def _path(self, number: int | None, stream: str) -> str:
        return os.path.join(self._directory, f"tool-{number}.{stream}.log")


def _link(declared: str, log: str) -> None:
    try:
        # cwltool opens the same file and empties it; it does not make another.
        os.close(os.open(declared, os.O_WRONLY | os.O_CREAT, 0o644))
        os.link(declared, log)
    except OSError:
        # It is on another file system, or no file: the document's own output is what there is.
        pass
