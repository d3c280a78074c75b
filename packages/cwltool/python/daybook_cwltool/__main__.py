"""
`python -m daybook_cwltool [serve]`: the warm server.
`python -m daybook_cwltool run|pack`: one task in a fresh interpreter; its request is the first line of standard input.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import sys
import threading
import time

_START = time.monotonic()


def main() -> int:
    parser = argparse.ArgumentParser(prog="daybook_cwltool", description=__doc__)
    parser.add_argument("mode", nargs="?", choices=["serve", "run", "pack"], default="serve")
    parser.add_argument("--temporary-directory", metavar="DIRECTORY", help="where temporary files go")
    options = parser.parse_args()
    if options.temporary_directory is not None:
        os.environ["TMPDIR"] = options.temporary_directory
    events = _take_stdout()
    return _serve(events) if options.mode == "serve" else _work(options.mode, events)


def _take_stdout() -> int:
    """The descriptor for events. What anything else prints goes to standard error."""
    events = os.dup(1)
    os.dup2(2, 1)
    return events


def _serve(events: int) -> int:
    from .channel import encode, write_all
    from .javascript import install_engine
    from .kernel import why_cold

    ready = {
        "pid": os.getpid(),
        "cwltoolVersion": importlib.metadata.version("cwltool"),
        "pythonVersion": platform.python_version(),
        "javascript": install_engine(),
    }
    cold_reason = why_cold()
    if cold_reason is not None:
        unsandboxed = {"sandbox": False, "sandboxReason": cold_reason}
        write_all(events, encode({"event": "ready", "warm": False, "coldReason": cold_reason, "warmUpMs": 0, **unsandboxed, **ready}))
        return 0

    from .sandbox.probe import why_unsandboxed
    from .server import Server
    from .warm_up import warm_up

    warm_up()
    sandbox_reason = why_unsandboxed()
    if threading.active_count() != 1:
        raise RuntimeError("a thread was started while warming up; forking would not be safe")
    warm_up_ms = round((time.monotonic() - _START) * 1000)
    sandbox = {"sandbox": sandbox_reason is None, "sandboxReason": sandbox_reason}
    Server(0, events).serve({"warm": True, "warmUpMs": warm_up_ms, **sandbox, **ready})
    return 0


def _work(mode: str, events: int) -> int:
    """The caller watches the limits, and ends this process's group."""
    from . import pack, runner
    from .channel import EventChannel
    from .javascript import install_engine
    from .requests import parse_pack, parse_run
    from .warm_up import allow_extensions

    install_engine()
    allow_extensions()
    message = json.loads(sys.stdin.readline())
    channel = EventChannel(events, message["id"])
    channel.send("started", pid=os.getpid())
    return runner.run(parse_run(message), channel) if mode == "run" else pack.run(parse_pack(message), channel)


if __name__ == "__main__":
    sys.exit(main())
