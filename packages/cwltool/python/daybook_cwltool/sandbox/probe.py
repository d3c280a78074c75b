"""Whether this machine lets runs have a sandbox."""

from __future__ import annotations

import os
import signal
import sys
import tempfile

from ..requests import SandboxRequest
from . import namespaces
from .init import run_init
from .run_sandbox import RunSandbox


def why_unsandboxed() -> str | None:
    """Builds a sandbox in a child and lets it end; says what the kernel refused, None where all went well."""
    said, say = os.pipe()
    with tempfile.TemporaryDirectory() as directory:
        sandbox = RunSandbox(os.path.realpath(directory), SandboxRequest())
        pid = os.fork()
        if pid == 0:
            os.close(said)
            os.dup2(say, 2)
            _build(sandbox)
        os.close(say)
        with os.fdopen(said, encoding="utf-8", errors="replace") as reader:
            text = reader.read()
        _, status = os.waitpid(pid, 0)
    if status == 0:
        return None
    return text.strip().rpartition("\n")[2] or f"its probe ended with status {status}"


def _build(sandbox: RunSandbox) -> None:
    """In the probe's child: does what a supervisor and its init do."""
    code = 1
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, signal.SIGTERM})
        namespaces.enter(network=False)
        parent, held = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(held)
            code = run_init(sandbox.directory, sandbox.pieces(), parent, lambda: 0)
            os._exit(code)
        _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
    except OSError as error:
        print(f"the kernel gives no namespaces: {error}", file=sys.stderr, flush=True)
    finally:
        os._exit(code if code >= 0 else 1)
