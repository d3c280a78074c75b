"""`python -m daybook_cwltool`: the warm server. `python -m daybook_cwltool run`: one run in a fresh interpreter."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
import threading
import time

_START = time.monotonic()


def _take_stdout() -> int:
    """The descriptor for events. What anything else prints goes to standard error."""
    events = os.dup(1)
    os.dup2(2, 1)
    return events


def _serve(events: int) -> None:
    from .javascript import install_engine
    from .kernel import why_cold
    from .server import Server
    from .warm_up import warm_up

    cold_reason = why_cold()
    javascript = install_engine()
    warm_up()
    if threading.active_count() != 1:
        raise RuntimeError("a thread was started while warming up; forking would not be safe")
    ready = {
        "warm": cold_reason is None,
        "coldReason": cold_reason,
        "pid": os.getpid(),
        "cwltoolVersion": importlib.metadata.version("cwltool"),
        "pythonVersion": platform.python_version(),
        "javascript": javascript,
        "warmUpMs": round((time.monotonic() - _START) * 1000),
    }
    Server(0, events).serve({name: value for name, value in ready.items() if value is not None})


def _run_cold(events: int) -> None:
    """Reads one run request from standard input. The caller watches the limits and ends this process's group."""
    import json

    from .channel import EventChannel
    from .javascript import install_engine
    from .requests import parse_run
    from .runner import run

    install_engine()
    request = parse_run(json.loads(sys.stdin.readline()))
    channel = EventChannel(events, request.id)
    channel.send("started", pid=os.getpid())
    sys.exit(run(request, channel))


if __name__ == "__main__":
    if sys.argv[1:] == ["run"]:
        _run_cold(_take_stdout())
    else:
        _serve(_take_stdout())
