"""Which namespaces a run has of its own, and what its processes may do in them."""

from __future__ import annotations

import fcntl
import os
import socket
import struct

from ..kernel import prctl
from . import libc

_PR_SET_DUMPABLE = 4
_PR_CAPBSET_DROP = 24
_PR_SET_NO_NEW_PRIVS = 38

_SIOCSIFFLAGS = 0x8914
_IFF_UP_RUNNING = 0x41


def enter(network: bool) -> None:
    """
    Puts this process into user, ipc and, without `network`, net namespaces; its next child is the first process of a pid namespace.

    User and group keep their numbers. No privilege is needed where the kernel lets users have namespaces.
    """
    user, group = os.getuid(), os.getgid()
    own_network = 0 if network else libc.CLONE_NEWNET
    libc.unshare(libc.CLONE_NEWUSER | libc.CLONE_NEWPID | libc.CLONE_NEWIPC | own_network)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)
    if own_network:
        _raise_loopback()


def _raise_loopback() -> None:
    """Tools that talk to themselves, such as MPI, need it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP_RUNNING))


def renounce() -> None:
    """This process and all that it starts lose their capabilities for good; itself cannot be looked into by what it starts."""
    with open("/proc/sys/kernel/cap_last_cap", encoding="ascii") as file:
        last = int(file.read())
    for capability in range(last + 1):
        prctl(_PR_CAPBSET_DROP, capability)
    prctl(_PR_SET_NO_NEW_PRIVS, 1)
    libc.drop_capabilities()
    prctl(_PR_SET_DUMPABLE, 0)
