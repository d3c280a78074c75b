"""What a run in the sandbox sees and may do, and that it ends like any other."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from documents import shell_tool
from harness import Event, ServerProcess, Workspace, is_alive, one
from test_ends import wait_until


@pytest.fixture(autouse=True)
def _needs_sandbox(shared_server: ServerProcess) -> None:
    if not shared_server.ready["sandbox"]:
        pytest.skip(shared_server.ready["sandboxReason"])


def said(workspace: Workspace, script: str, **sandbox: object) -> list[str]:
    """The lines that a tool prints inside."""
    events, directory = workspace.run(shell_tool(f"({script}) > ../said 2>&1"), sandbox=sandbox)
    assert one(events, "ended")["exitCode"] == 0, (directory / "stderr.log").read_text()
    return (directory / "tmp" / "said").read_text().splitlines()


def test_a_run_writes_only_into_its_own_directory(workspace: Workspace) -> None:
    script = 'for path in /usr /etc /opt /dev /work /; do touch "$path/mark" 2>/dev/null && echo "$path"; done; echo end'
    assert said(workspace, script) == ["end"]


def test_a_run_sees_no_other_files_than_those_it_was_given(workspace: Workspace) -> None:
    given = workspace.write("given/input.txt", "measured")
    other = workspace.write("other/secret.txt", "secret")
    script = f"cat {given}; echo; cat {other}; echo x >> {given}; ls {Path.home()}/.ssh /home /run /var; true"
    lines = said(workspace, script, readable=[str(given.parent)])
    assert lines[0] == "measured"
    assert "No such file" in lines[1] and "Read-only" in lines[2]
    assert all("No such file" in line for line in lines[3:])
    assert given.read_text() == "measured"


def test_the_longer_of_two_paths_rules(workspace: Workspace) -> None:
    given = workspace.write("data/given.txt", "given")
    hidden = workspace.write("data/private/secret.txt", "secret")
    shown = workspace.write("data/private/shown/input.txt", "shown")
    lines = said(
        workspace,
        f"cat {given}; echo; cat {shown}; echo; cat {hidden} 2>/dev/null || echo hidden",
        readable=[str(given.parent), str(shown.parent)],
        hidden=[str(hidden.parent)],
    )
    assert lines == ["given", "shown", "hidden"]


def test_a_run_sees_no_secrets_of_etc(workspace: Workspace) -> None:
    assert said(workspace, "cat /etc/shadow 2>/dev/null | wc -c") == ["0"]


def test_a_run_has_no_network_unless_it_may(workspace: Workspace) -> None:
    interfaces = "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '"
    assert said(workspace, interfaces) == ["lo"]
    machine = [line.split(":")[0].strip() for line in Path("/proc/net/dev").read_text().splitlines()[2:]]
    assert said(workspace, interfaces, network=True) == machine


def test_a_run_cannot_look_into_the_server_or_reach_other_processes(workspace: Workspace) -> None:
    script = f"cat /proc/1/environ /proc/2/environ /proc/1/mem; kill -0 {os.getpid()} 2>/dev/null || echo no such process"
    lines = said(workspace, script)
    assert len(lines) == 4
    assert all("Permission denied" in line for line in lines[:3])
    assert lines[3] == "no such process"


def test_a_run_has_no_capability_and_gets_none(workspace: Workspace) -> None:
    lines = said(workspace, "grep -E 'Cap(Prm|Eff|Bnd)|NoNewPrivs' /proc/self/status; mount -t tmpfs none /tmp 2>/dev/null || echo refused")
    assert [line.split()[1] for line in lines[:4]] == ["0" * 16] * 3 + ["1"]
    assert lines[4:] == ["refused"]


def test_an_expression_cannot_give_away_a_file(workspace: Workspace) -> None:
    secret = workspace.write("other/secret.txt", "secret")
    document = {
        "cwlVersion": "v1.2",
        "class": "ExpressionTool",
        "requirements": [{"class": "InlineJavascriptRequirement"}],
        "inputs": [],
        "outputs": [{"id": "leak", "type": "File"}],
        "expression": "${return {leak: {class: 'File', location: '%s'}};}" % secret.as_uri(),
    }
    events, directory = workspace.run(json.dumps(document), sandbox={})
    assert one(events, "ended")["exitCode"] != 0
    assert not any("secret" == path.read_text(errors="replace") for path in directory.rglob("*") if path.is_file())


# Ignores TERM, leaves a second process in a session of its own that does so too, and says when both run.
STUBBORN = "trap '' TERM; setsid sh -c 'trap \"\" TERM; touch ../other; while :; do sleep 0.2; done' & touch ../self; while :; do sleep 0.2; done"


def running(workspace: Workspace, **options: Any) -> tuple[str, Event, list[int]]:
    """A stubborn run: its id, its `started` event, and the processes that it has, in the machine's own numbers."""
    task_id, directory = workspace.start(shell_tool(STUBBORN), sandbox={}, **options)
    started = workspace.server.wait_for(task_id, "started")
    wait_until(lambda: all((directory / "tmp" / name).exists() for name in ("self", "other")))
    pids = below(started["supervisor"])
    assert len(pids) >= 4
    return task_id, started, pids


def below(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*children, *(each for child in children for each in below(child))]


def test_a_cancelled_run_ends_whole(workspace: Workspace) -> None:
    task_id, _, pids = running(workspace, graceMs=200)
    workspace.server.send("cancel", id=task_id)
    assert one(workspace.server.events(task_id), "ended")["reason"] == "cancelled"
    assert not any(is_alive(pid) for pid in pids)


@pytest.mark.parametrize("victim", ["init", "runner", "supervisor"])
def test_a_killed_process_of_a_run_takes_the_others_along(own_server: ServerProcess, tmp_path: Path, victim: str) -> None:
    task_id, started, pids = running(Workspace(tmp_path, own_server))
    os.kill({"init": pids[0], "runner": pids[1], "supervisor": started["supervisor"]}[victim], signal.SIGKILL)
    ended = own_server.wait_for(task_id, "ended")
    assert (ended["reason"], ended["signal"]) == ("runner-died", signal.SIGKILL)
    wait_until(lambda: not any(is_alive(pid) for pid in pids))


def test_a_killed_server_leaves_nothing_in_a_sandbox(own_server: ServerProcess, tmp_path: Path) -> None:
    _, _, pids = running(Workspace(tmp_path, own_server), graceMs=100)
    own_server.process.kill()
    wait_until(lambda: not any(is_alive(pid) for pid in pids))


def test_a_sandbox_that_cannot_be_built_ends_the_run(workspace: Workspace) -> None:
    workspace.server.send("run", id="gone", document="/x", jobOrder="/x", directory="/dev/null/x", sandbox={})
    assert one(workspace.server.events("gone"), "ended")["reason"] == "runner-died"


def test_the_root_itself_is_refused_as_a_readable_folder(workspace: Workspace) -> None:
    workspace.server.send("run", id="root", document="/x", jobOrder="/x", directory="/x", sandbox={"readable": ["/"]})
    assert "readable" in workspace.server.wait_for("root", "rejected")["message"]
