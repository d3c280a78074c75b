"""What a run reports and leaves behind."""

from __future__ import annotations

import json
import sys

import pytest
from documents import ECHO, TWO_LEVELS, shell_tool
from harness import ServerProcess, Workspace, one


def test_a_tool_is_one_step_and_leaves_its_files(workspace: Workspace) -> None:
    events, directory = workspace.run(ECHO, {"message": "hi"})
    assert one(events, "plan")["steps"] == ["main"]
    assert one(events, "step-started")["step"] == "main"
    assert one(events, "step-ended")["status"] == "success"
    usage = one(events, "tool-ended")
    assert usage["step"] == "main" and usage["exitCode"] == 0 and usage["peakMemoryBytes"] > 0
    assert one(events, "ended")["exitCode"] == 0
    outputs = json.loads((directory / "outputs.json").read_text())
    assert outputs["said"]["path"] == str(directory / "out" / "said.txt")
    assert (directory / "out" / "said.txt").read_text() == "hi\n"
    assert "completed success" in (directory / "stderr.log").read_text()
    assert list((directory / "tmp").iterdir()) == []


@pytest.mark.parametrize("parallel", [False, True])
def test_steps_are_named_by_their_path_and_reported_once(workspace: Workspace, parallel: bool) -> None:
    events, _ = workspace.run(TWO_LEVELS, {"words": ["a", "b", "c"]}, parallel=parallel)
    assert one(events, "ended")["exitCode"] == 0
    assert one(events, "plan")["steps"] == ["each", "inner", "never"]
    started = [event["step"] for event in events if event["event"] == "step-started"]
    ended = {event["step"]: event["status"] for event in events if event["event"] == "step-ended"}
    assert sorted(started) == ["each", "inner", "inner/each"]
    assert ended == {"each": "success", "inner": "success", "inner/each": "success", "never": "skipped"}
    tools = sorted((event["step"], event["tool"]) for event in events if event["event"] == "tool-ended")
    assert tools == [("each", "each"), ("each", "each_2"), ("each", "each_3"), ("inner/each", "inner/each")]


def test_a_second_run_names_its_steps_like_the_first(workspace: Workspace) -> None:
    names = []
    for _ in range(2):
        events, _ = workspace.run(ECHO, {"message": "hi"})
        names.append(one(events, "tool-ended")["tool"])
    assert names == ["main", "main"]


def test_a_failed_tool_is_named_with_its_exit_code_and_its_last_words(workspace: Workspace) -> None:
    events, directory = workspace.run(shell_tool("echo no such band >&2; exit 3"))
    failure = one(events, "failure")
    assert failure["step"] == "main" and failure["exitCode"] == 3
    assert failure["message"] == "main exited with status 3"
    assert (directory / f"tool-{failure['toolLog']}.stderr.log").read_text() == "no such band\n"
    assert one(events, "step-ended")["status"] == "permanentFail"
    assert one(events, "ended")["exitCode"] == 1


def test_a_tool_that_a_signal_ended_shows_the_signal(workspace: Workspace) -> None:
    events, _ = workspace.run(shell_tool("kill -9 $$"))
    failure = one(events, "failure")
    assert failure["exitCode"] == -9 and failure["message"] == "main was ended by signal 9"


def test_a_missing_output_is_the_reason(workspace: Workspace) -> None:
    document = ECHO.replace("said: stdout", "said: {type: File, outputBinding: {glob: nothing.tif}}")
    events, _ = workspace.run(document, {"message": "hi"})
    failure = one(events, "failure")
    assert "nothing.tif" in failure["message"] and failure["step"] == "main" and "exitCode" not in failure


def test_a_program_that_does_not_exist_is_the_reason(workspace: Workspace) -> None:
    events, _ = workspace.run(ECHO.replace("baseCommand: echo", "baseCommand: no-such-program"), {"message": "hi"})
    assert "no-such-program" in one(events, "failure")["message"]
    assert one(events, "ended")["exitCode"] == 1


def test_a_document_that_is_no_cwl_is_a_failed_run(workspace: Workspace) -> None:
    events, _ = workspace.run("{}")
    assert "cwlVersion" in one(events, "failure")["message"]
    assert one(events, "ended")["exitCode"] == 1


def test_a_missing_document_is_a_failed_run(workspace: Workspace) -> None:
    task_id, directory = workspace.server.new_id(), workspace.folder
    workspace.server.send("run", id=task_id, document=f"{directory}/no.cwl", jobOrder=f"{directory}/no.json", directory=str(directory))
    events = workspace.server.events(task_id)
    assert "no.cwl" in one(events, "failure")["message"]


def test_a_wrong_input_is_a_failed_run(workspace: Workspace) -> None:
    events, _ = workspace.run(ECHO, {"message": 5})
    assert "message" in one(events, "failure")["message"]


def test_an_include_in_an_input_reads_no_file(workspace: Workspace) -> None:
    secret = workspace.write("secret.txt", "top secret")
    events, directory = workspace.run(ECHO, {"message": {"$include": secret.as_uri()}})
    assert one(events, "ended")["exitCode"] == 1
    assert "top secret" not in (directory / "stderr.log").read_text()
    assert not (directory / "out" / "said.txt").exists()


def test_named_variables_and_the_path_prefix_reach_the_tool(workspace: Workspace) -> None:
    program = workspace.write("bin/my-program", '#!/bin/sh\necho "topic=$TOPIC other=$OTHER"\n')
    program.chmod(0o755)
    document = ECHO.replace("baseCommand: echo", "baseCommand: my-program")
    events, directory = workspace.run(
        document, {"message": "x"}, environment={"TOPIC": "arn:1"}, pathPrefix=[str(program.parent)]
    )
    assert one(events, "ended")["exitCode"] == 0
    assert (directory / "out" / "said.txt").read_text() == "topic=arn:1 other=\n"


def test_files_and_folders_on_this_machine_are_inputs(workspace: Workspace) -> None:
    data = workspace.write("data/a.txt", "alpha")
    workspace.write("data/a.idx", "index")
    folder = workspace.write("folder/b.txt", "beta").parent
    document = """\
cwlVersion: v1.2
class: CommandLineTool
id: '#main'
baseCommand: [sh, -c, 'cat "$0" "${0%.txt}.idx" "$1/b.txt"']
inputs:
  file: {type: File, secondaryFiles: ^.idx, inputBinding: {position: 1}}
  folder: {type: Directory, inputBinding: {position: 2}}
stdout: said.txt
outputs: {said: stdout}
"""
    file = {"class": "File", "location": data.as_uri(), "secondaryFiles": [{"class": "File", "path": str(data.with_suffix(".idx"))}]}
    events, directory = workspace.run(document, {"file": file, "folder": {"class": "Directory", "path": str(folder)}})
    assert one(events, "ended")["exitCode"] == 0
    assert (directory / "out" / "said.txt").read_text() == "alphaindexbeta"


def test_a_missing_input_file_is_a_failed_run(workspace: Workspace) -> None:
    document = ECHO.replace("type: string", "type: File")
    events, _ = workspace.run(document, {"message": {"class": "File", "path": "/no/such/file.tif"}})
    assert "/no/such/file.tif" in one(events, "failure")["message"]


def test_a_secret_stays_out_of_the_log(workspace: Workspace) -> None:
    document = """\
cwlVersion: v1.2
$namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
class: CommandLineTool
id: '#main'
hints: {'cwltool:Secrets': {secrets: [word]}}
baseCommand: echo
inputs: {word: {type: string, inputBinding: {}}}
stdout: said.txt
outputs: {said: stdout}
"""
    events, directory = workspace.run(document, {"word": "swordfish"})
    assert one(events, "ended")["exitCode"] == 0
    assert (directory / "out" / "said.txt").read_text() == "swordfish\n"
    assert "swordfish" not in (directory / "stderr.log").read_text()


def test_no_tool_sees_the_job_order_of_its_run(workspace: Workspace) -> None:
    document = ECHO.replace("baseCommand: echo", "baseCommand: ls").replace(
        "inputBinding: {}", "inputBinding: {valueFrom: $(runtime.outdir)/../..}"
    )
    assert document != ECHO
    events, directory = workspace.run(document, {"message": "swordfish"})
    assert one(events, "ended")["exitCode"] == 0
    assert not (directory / "inputs.json").exists()
    listed = next((directory / "out").iterdir()).read_text()
    assert "process.json" in listed and "inputs.json" not in listed


def test_a_bad_request_is_refused_by_name_and_the_server_goes_on(shared_server: ServerProcess) -> None:
    shared_server.send_line(b"{not json")
    assert shared_server.wait_for(None, "rejected")["message"]
    shared_server.send_line(b'{"op": "dance"}')
    assert "dance" in shared_server.wait_for(None, "rejected")["message"]
    shared_server.send("run", id="half")
    assert shared_server.wait_for("half", "rejected")["message"] == "run.document: missing; expected a string"
    shared_server.send("ping")
    assert shared_server.wait_for(None, "pong")["running"] >= 0


def test_many_runs_at_once_do_not_mix_their_events(workspace: Workspace) -> None:
    started = [workspace.start(ECHO, {"message": str(number)}) for number in range(8)]
    for number, (task_id, directory) in enumerate(started):
        events = workspace.server.events(task_id)
        assert one(events, "ended")["exitCode"] == 0
        assert (directory / "out" / "said.txt").read_text() == f"{number}\n"


def test_the_processes_of_a_run_are_held_to_their_limits(workspace: Workspace) -> None:
    limits = {"memoryBytes": 512 << 20, "openFiles": 77}
    events, directory = workspace.run(shell_tool("ulimit -d > ../data; ulimit -n > ../files"), processLimits=limits)
    assert one(events, "ended")["exitCode"] == 0
    assert (directory / "tmp" / "data").read_text().strip() == str((512 << 20) // 1024)
    assert (directory / "tmp" / "files").read_text().strip() == "77"


def test_a_tool_that_wants_more_memory_than_it_may_have_fails(workspace: Workspace) -> None:
    hungry = f"{sys.executable} -c 'bytearray(1 << 30)'"
    events, directory = workspace.run(shell_tool(hungry), processLimits={"memoryBytes": 512 << 20})
    assert one(events, "ended")["exitCode"] != 0
    assert "MemoryError" in (directory / f"tool-{one(events, 'failure')['toolLog']}.stderr.log").read_text()
