"""What Linux offers to keep hold of a tree of processes, and a probe for it."""

from __future__ import annotations

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def prctl(option: int, value: int) -> None:
    """prctl(2); raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"prctl({option}): {os.strerror(error)}")


def become_subreaper() -> None:
    """Orphaned descendants become children of this process instead of init's."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent(signal_number: int, parent: int) -> None:
    """Sends this process `signal_number` when its parent dies; exits at once if `parent` is dead already."""
    end_with_parent(signal_number)
    if os.getppid() != parent:
        os._exit(1)


def end_with_parent(signal_number: int) -> None:
    """As `die_with_parent`, for a process that cannot see whether its parent is dead already."""
    prctl(_PR_SET_PDEATHSIG, signal_number)


def why_cold() -> str | None:
    """Why runs cannot be forked from a warm server on this machine; None where they can."""
    if not sys.platform.startswith("linux"):
        return f"{sys.platform} cannot adopt orphaned processes"
    if not os.path.exists(f"/proc/{os.getpid()}/stat"):
        return "/proc is not mounted"
    try:
        become_subreaper()
    except OSError as error:
        return f"the kernel has no child subreaper: {error}"
    return None
