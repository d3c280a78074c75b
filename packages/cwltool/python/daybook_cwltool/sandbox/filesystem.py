"""The files that a run sees: a root of its own, made of pieces of the machine's."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from . import libc

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/sys")
_DEVICES = ("null", "zero", "full", "random", "urandom")
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

_MEMORY_LIMIT = "size=64m,mode=1777"


@dataclass(frozen=True)
class Piece:
    """One path of the machine, and how the run sees it; the path is the same inside and outside."""

    path: str
    kind: Literal["readable", "writable", "hidden"]


def python_paths() -> list[str]:
    """Where the interpreter, its packages and this one lie: much of cwltool is loaded when a run needs it."""
    return [sys.prefix, sys.base_prefix, _PACKAGE, *(path for path in sys.path if os.path.isdir(path))]


def build_root(directory: str, pieces: Iterable[Piece]) -> None:
    """
    Replaces this mount namespace's root. `directory` is the run's own; its `tmp` is where the new root is put together.

    The order of `pieces` does not matter: they are laid one over the other, the longer path over the shorter one.
    """
    libc.mount("none", "/", None, libc.MS_REC | libc.MS_PRIVATE)
    root = os.path.join(directory, "tmp")
    libc.mount("tmpfs", root, "tmpfs", libc.MS_NOSUID | libc.MS_NODEV, "mode=755")
    # A readable folder may hold the job's directory, and with it the root that is being made.
    libc.mount("none", root, None, libc.MS_UNBINDABLE)
    system = [Piece(path, "readable") for path in _SYSTEM]
    _make_devices(root)
    _make_folder_in_memory(root + "/tmp")
    laid = [piece for piece in sorted({*system, *pieces}, key=_laying_order) if _lay(root, piece)]
    os.mkdir(root + "/proc")
    libc.mount("proc", root + "/proc", "proc", libc.MS_NOSUID | libc.MS_NODEV | libc.MS_NOEXEC)
    libc.set_mount_attributes(root, add=libc.MOUNT_ATTR_RDONLY | libc.MOUNT_ATTR_NOSUID, recursive=True)
    writable = [piece.path for piece in laid if piece.kind == "writable"]
    for path in (*writable, "/tmp", "/dev/shm", "/proc"):
        libc.set_mount_attributes(root + path, add=libc.MOUNT_ATTR_NODEV, remove=libc.MOUNT_ATTR_RDONLY)
    libc.change_root(root)


def _laying_order(piece: Piece) -> tuple[int, bool]:
    return piece.path.rstrip("/").count("/"), piece.kind == "hidden"


def _lay(root: str, piece: Piece) -> bool:
    """False where there is nothing at the path to be seen or to be hidden."""
    target = root + piece.path
    if piece.kind == "hidden":
        return _hide(target)
    if not os.path.lexists(piece.path):
        return False
    if piece.path in _SYSTEM and os.path.islink(piece.path):
        os.symlink(os.readlink(piece.path), target)
        return False
    if os.path.isdir(piece.path):
        os.makedirs(target, exist_ok=True)
    elif not os.path.exists(target):
        _make_file(target)
    libc.mount(piece.path, target, None, libc.MS_BIND | libc.MS_REC if piece.kind == "readable" else libc.MS_BIND)
    return True


def _hide(target: str) -> bool:
    if not os.path.lexists(target):
        return False
    if os.path.isdir(target):
        libc.mount("tmpfs", target, "tmpfs", libc.MS_NOSUID | libc.MS_NODEV, "size=1m,mode=755")
    else:
        libc.mount("/dev/null", target, None, libc.MS_BIND)
    return True


def _make_devices(root: str) -> None:
    folder = root + "/dev"
    os.mkdir(folder)
    for name in _DEVICES:
        _make_file(f"{folder}/{name}")
        libc.mount(f"/dev/{name}", f"{folder}/{name}", None, libc.MS_BIND)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"{folder}/{name}")
    _make_folder_in_memory(folder + "/shm")


def _make_folder_in_memory(path: str) -> None:
    os.mkdir(path)
    libc.mount("tmpfs", path, "tmpfs", libc.MS_NOSUID | libc.MS_NODEV, _MEMORY_LIMIT)


def _make_file(path: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o644))
