"""What not everybody may read below /etc: a worker that is root could read it, and so could its jobs."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator, Sequence

# A walk takes milliseconds, of a start that takes twenty.
_FRESH_S = 60.0

_found: Sequence[str] = ()
_found_at: float | None = None


def secrets_of_etc() -> Sequence[str]:
    """Their paths, as they were within the last minute. To be called where it is remembered: in the server, not in what it forks."""
    global _found, _found_at
    now = time.monotonic()
    if _found_at is None or now - _found_at > _FRESH_S:
        _found, _found_at = tuple(_closed_to_others("/etc")), now
    return _found


def _closed_to_others(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if not entry.is_symlink()]
    except OSError:
        return  # it went away, or we may not read it either
    for entry in found:
        try:
            mode = entry.stat(follow_symlinks=False).st_mode
        except OSError:
            continue
        if not mode & stat.S_IROTH:
            yield entry.path
        elif stat.S_ISDIR(mode):
            yield from _closed_to_others(entry.path)
