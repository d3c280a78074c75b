"""The tree of processes below one, read from /proc."""

from __future__ import annotations

import os

_ZOMBIE = b"Z"


def _children_by_parent(with_zombies: bool) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as stat:
                # The program's name may hold spaces and parentheses; state and parent follow the last one.
                state, parent = stat.read().rpartition(b")")[2].split()[:2]
        except (OSError, ValueError):
            continue  # it ended while we looked
        if with_zombies or state != _ZOMBIE:
            children.setdefault(int(parent), []).append(int(name))
    return children


def children(pid: int) -> list[int]:
    """
    Children of `pid`, those that have ended and were not waited for as well.

    /proc is no snapshot: what is seen as the child of a zombie may be a child of `pid` by now.
    """
    return _children_by_parent(with_zombies=True).get(pid, [])


def descendants(*roots: int) -> list[int]:
    """Live descendants of `roots`, parents before their children; the roots are not among them."""
    tree = _children_by_parent(with_zombies=False)
    found: list[int] = []
    pending = list(roots)
    while pending:
        below = tree.get(pending.pop(), [])
        found += below
        pending += below
    return found


def send_signal(pid: int, signal_number: int) -> None:
    """Signals `pid`; one that has ended is no error."""
    try:
        os.kill(pid, signal_number)
    except ProcessLookupError:
        pass
