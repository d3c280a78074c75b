"""No process of a task outlives it, however it ends."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from documents import shell_tool
from harness import DEADLINE_S, ServerProcess, Workspace, is_alive, one

# Writes its pid to a file, ignores TERM, and leaves a second process in a session of its own that does so too.
STUBBORN = "trap '' TERM; setsid sh -c 'trap \"\" TERM; echo $$ > \"$TMPDIR/../other\"; while :; do sleep 0.2; done' & echo $$ > \"$TMPDIR/../self\"; while :; do sleep 0.2; done"


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline, "the condition was not met in time"
        time.sleep(0.01)


def stubborn_pids(directory: Path) -> list[int]:
    files = [directory / "tmp" / name for name in ("self", "other")]
    wait_until(lambda: all(file.exists() and file.read_text().strip() for file in files))
    pids = [int(file.read_text()) for file in files]
    assert all(is_alive(pid) for pid in pids)
    return pids


def test_the_id_of_a_task_can_be_used_again_as_soon_as_it_has_ended(workspace: Workspace) -> None:
    for _ in range(20):
        task_id, folder = "again", workspace.folder / "again"
        path = workspace.write("again/process.json", shell_tool("true"))
        order = workspace.write("again/inputs.json", "{}")
        workspace.server.send("run", id=task_id, document=str(path), jobOrder=str(order), directory=str(folder))
        assert one(workspace.server.events(task_id), "ended")["exitCode"] == 0


def test_cancel_ends_processes_that_ignore_term_or_left_the_session(workspace: Workspace) -> None:
    task_id, directory = workspace.start(shell_tool(STUBBORN), graceMs=200)
    pids = stubborn_pids(directory)
    workspace.server.send("cancel", id=task_id)
    ended = one(workspace.server.events(task_id), "ended")
    assert ended["reason"] == "cancelled"
    assert not any(is_alive(pid) for pid in pids)


def test_a_cancel_right_after_the_start_is_not_lost(workspace: Workspace) -> None:
    for _ in range(5):
        task_id, _ = workspace.start(shell_tool("sleep 60"), graceMs=100)
        workspace.server.send("cancel", id=task_id)
        assert one(workspace.server.events(task_id), "ended")["reason"] == "cancelled"


def test_the_wall_limit_ends_a_run(workspace: Workspace) -> None:
    task_id, directory = workspace.start(shell_tool(STUBBORN), wallLimitMs=1500, graceMs=100)
    pids = stubborn_pids(directory)
    ended = one(workspace.server.events(task_id), "ended")
    assert ended["reason"] == "wall-limit"
    assert not any(is_alive(pid) for pid in pids)


def test_what_a_tool_leaves_in_the_background_ends_with_the_run(workspace: Workspace) -> None:
    script = "setsid sh -c 'trap \"\" TERM; echo $$ > \"$TMPDIR/../other\"; while :; do sleep 0.2; done' </dev/null >/dev/null 2>&1 & while [ ! -s \"$TMPDIR/../other\" ]; do sleep 0.02; done"
    events, directory = workspace.run(shell_tool(script))
    assert one(events, "ended")["exitCode"] == 0
    assert not is_alive(int((directory / "tmp" / "other").read_text()))


def test_a_killed_supervisor_takes_its_run_along_and_the_server_goes_on(own_server: ServerProcess, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, own_server)
    task_id, directory = workspace.start(shell_tool(STUBBORN))
    pids = stubborn_pids(directory)
    runner = own_server.wait_for(task_id, "started")["pid"]
    supervisor = int(Path(f"/proc/{runner}/stat").read_bytes().rpartition(b")")[2].split()[1])
    os.kill(supervisor, signal.SIGKILL)
    ended = own_server.wait_for(task_id, "ended")
    assert ended["reason"] == "runner-died" and ended["signal"] == signal.SIGKILL
    wait_until(lambda: not any(is_alive(pid) for pid in [runner, *pids]))
    events, _ = workspace.run(shell_tool("true"))
    assert one(events, "ended")["exitCode"] == 0


def test_a_killed_runner_is_reported_and_takes_its_tools_along(own_server: ServerProcess, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, own_server)
    task_id, directory = workspace.start(shell_tool(STUBBORN))
    pids = stubborn_pids(directory)
    os.kill(own_server.wait_for(task_id, "started")["pid"], signal.SIGKILL)
    assert own_server.wait_for(task_id, "ended")["reason"] == "runner-died"
    assert not any(is_alive(pid) for pid in pids)


def test_a_killed_server_leaves_nothing(own_server: ServerProcess, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, own_server)
    task_id, directory = workspace.start(shell_tool(STUBBORN), graceMs=100)
    pids = stubborn_pids(directory)
    runner = own_server.wait_for(task_id, "started")["pid"]
    own_server.process.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in [runner, *pids]))


def test_the_end_of_the_requests_ends_every_run(own_server: ServerProcess, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, own_server)
    task_id, directory = workspace.start(shell_tool(STUBBORN), graceMs=100)
    pids = stubborn_pids(directory)
    own_server.close()
    assert own_server.process.returncode == 0
    assert own_server.wait_for(task_id, "ended")["reason"] == "cancelled"
    assert not any(is_alive(pid) for pid in pids)


def test_shutdown_and_term_end_the_server(own_server: ServerProcess) -> None:
    own_server.send("shutdown")
    assert own_server.process.wait(DEADLINE_S) == 0
    second = ServerProcess()
    second.process.terminate()
    assert second.process.wait(DEADLINE_S) == 0
