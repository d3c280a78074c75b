"""What tools write is kept apart for each of them, and can be read while they run."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from documents import ECHO, TWO_LEVELS, shell_tool
from harness import Event, Workspace, one


def logs(events: list[Event], directory: Path, stream: str) -> dict[str, str]:
    """Tool name → what is in its log."""
    started = [event for event in events if event["event"] == "tool-started"]
    return {event["tool"]: (directory / f"tool-{event['log']}.{stream}.log").read_text() for event in started}


def test_both_streams_of_a_tool_are_kept_apart_and_out_of_cwltools_log(workspace: Workspace) -> None:
    events, directory = workspace.run(shell_tool("echo to one; echo to the other >&2"))
    assert logs(events, directory, "stdout") == {"main": "to one\n"}
    assert logs(events, directory, "stderr") == {"main": "to the other\n"}
    said = (directory / "stderr.log").read_text().splitlines()
    assert "to one" not in said and "to the other" not in said


@pytest.mark.parametrize("parallel", [False, True])
def test_each_element_of_a_scatter_and_each_step_of_a_subworkflow_has_its_own(workspace: Workspace, parallel: bool) -> None:
    events, directory = workspace.run(TWO_LEVELS, {"words": ["a", "b", "c"]}, parallel=parallel)
    assert logs(events, directory, "stdout") == {"each": "a\n", "each_2": "b\n", "each_3": "c\n", "inner/each": "deep\n"}


def test_a_stream_that_the_document_redirects_is_both_output_and_log(workspace: Workspace) -> None:
    events, directory = workspace.run(ECHO, {"message": "hi"})
    assert logs(events, directory, "stdout") == {"main": "hi\n"}
    assert (directory / "out" / "said.txt").read_text() == "hi\n"


def test_what_a_failed_tool_wrote_to_a_redirected_stream_explains_its_failure(workspace: Workspace) -> None:
    document = shell_tool("echo no such band >&2; exit 3") + "stderr: complaints.txt\n"
    events, directory = workspace.run(document)
    assert one(events, "failure")["toolLog"] == one(events, "tool-started")["log"]
    assert logs(events, directory, "stderr") == {"main": "no such band\n"}


def test_a_log_can_be_read_while_its_tool_runs(workspace: Workspace) -> None:
    gate = workspace.folder / "gate"
    task_id, directory = workspace.start(shell_tool(f"echo first; until test -e {gate}; do sleep 0.02; done; echo second"))
    started = workspace.server.wait_for(task_id, "tool-started")
    log = directory / f"tool-{started['log']}.stdout.log"
    deadline = time.monotonic() + 20
    while log.read_text() != "first\n":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    gate.touch()
    assert one(workspace.server.events(task_id), "ended")["exitCode"] == 0
    assert log.read_text() == "first\nsecond\n"
