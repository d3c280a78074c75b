"""Limits that the kernel holds for each process of a run."""

from __future__ import annotations

import resource

from .requests import ProcessLimits


def apply_process_limits(limits: ProcessLimits, in_sandbox: bool) -> None:
    """Sets them for this process and what it starts; none is ever raised."""
    # RLIMIT_DATA and not RLIMIT_AS: runtimes such as Node and Java reserve addresses that they never use.
    _lower(resource.RLIMIT_DATA, limits.memory_bytes)
    _lower(resource.RLIMIT_NOFILE, limits.open_files)
    if in_sandbox:
        _lower(resource.RLIMIT_NPROC, limits.processes)


def _lower(kind: int, value: int | None) -> None:
    if value is None:
        return
    _, hard = resource.getrlimit(kind)
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (most, most))
