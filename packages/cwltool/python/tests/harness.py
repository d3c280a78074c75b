"""A running server, spoken to as the program that owns it does."""

from __future__ import annotations

import itertools
import json
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

PACKAGE_ROOT = Path(__file__).parent.parent
DEADLINE_S = 20.0

Event = dict[str, Any]


class ServerProcess:
    """`python -m daybook_cwltool` with its standard input and output."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "daybook_cwltool"],
            cwd=PACKAGE_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._ids = itertools.count(1)
        self._queues: dict[str | None, queue.Queue[Event]] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()
        self.ready = self.wait_for(None, "ready")

    def _queue(self, task_id: str | None) -> queue.Queue[Event]:
        with self._lock:
            return self._queues.setdefault(task_id, queue.Queue())

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event = json.loads(line)
            self._queue(event.get("id")).put(event)

    def send(self, op: str, **fields: Any) -> None:
        self.send_line(json.dumps({"op": op, **fields}).encode())

    def send_line(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def new_id(self) -> str:
        return f"task-{next(self._ids)}"

    def wait_for(self, task_id: str | None, event: str) -> Event:
        """The next event of that name; the ones before it are dropped."""
        while True:
            found = self._queue(task_id).get(timeout=DEADLINE_S)
            if found["event"] == event:
                return found

    def events(self, task_id: str) -> list[Event]:
        """Every event of a task up to its end."""
        found: list[Event] = []
        while not found or found[-1]["event"] != "ended":
            found.append(self._queue(task_id).get(timeout=DEADLINE_S))
        return found

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(DEADLINE_S)


class Workspace:
    """Documents and job directories of one test."""

    def __init__(self, folder: Path, server: ServerProcess) -> None:
        self.folder = folder
        self.server = server

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def start(self, document: str, inputs: dict[str, Any] | None = None, **options: Any) -> tuple[str, Path]:
        """Starts a run; returns its id and its directory."""
        task_id = self.server.new_id()
        directory = self.folder / task_id
        directory.mkdir()
        path = self.write(f"{task_id}/process.json", document)
        order = self.write(f"{task_id}/inputs.json", json.dumps(inputs or {}))
        self.server.send("run", id=task_id, document=str(path), jobOrder=str(order), directory=str(directory), **options)
        return task_id, directory

    def run(self, document: str, inputs: dict[str, Any] | None = None, **options: Any) -> tuple[list[Event], Path]:
        """Runs to the end; returns the events and the directory."""
        task_id, directory = self.start(document, inputs, **options)
        return self.server.events(task_id), directory

    def pack(self, url: str | Path, **fields: Any) -> Event:
        """Packs; returns the event `packed` or `pack-failed`, else `ended`."""
        task_id = self.server.new_id()
        target = url.as_uri() if isinstance(url, Path) else url
        fields.setdefault("fetchPolicy", {"fileRoots": [str(self.folder)]})
        self.server.send("pack", id=task_id, url=target, **fields)
        events = self.server.events(task_id)
        return next((event for event in events if event["event"].startswith("pack")), events[-1])


def is_alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except OSError:
        return False


def one(events: list[Event], name: str) -> Event:
    """The only event of that name."""
    found = [event for event in events if event["event"] == name]
    assert len(found) == 1, f"{name}: {events}"
    return found[0]
