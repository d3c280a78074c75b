"""Documents that pack, documents that do not, and why."""

from __future__ import annotations

import json
from typing import Any

import pytest
from documents import ECHO, TWO_LEVELS
from harness import Workspace, one

UPDATE_JOB = [{"program": "/usr/app/publish_job.py", "baseCommand": ["update-job"]}]

PUBLISHER = """\
cwlVersion: {version}
class: CommandLineTool
requirements: {{DockerRequirement: {{dockerPull: 'sps-job-publisher:latest'}}}}
baseCommand: [python3, -u, /usr/app/publish_job.py, --fixed]
arguments: [--more, $(inputs.status)]
inputs:
  status: string
outputs: {{results: stdout}}
"""

CALLER = """\
cwlVersion: {version}
class: Workflow
inputs: {{status: string}}
outputs: {{told: {{type: File, outputSource: tell/results}}}}
steps:
  tell:
    hints: {{DockerRequirement: {{dockerPull: other}}}}
    run: publisher.cwl
    in: {{status: status}}
    out: [results]
"""


def requirements_of(tool: dict[str, Any], field: str = "requirements") -> dict[str, Any]:
    return {entry["class"]: entry for entry in tool.get(field, [])}


def test_a_workflow_and_what_it_runs_become_one_document_that_runs(workspace: Workspace) -> None:
    workspace.write("tools/echo.cwl", ECHO.replace("id: '#main'\n", ""))
    path = workspace.write(
        "echo-twice.cwl",
        """\
cwlVersion: v1.2
class: Workflow
label: Twice
inputs: {message: string}
outputs: {said: {type: File, outputSource: second/said}}
steps:
  first: {run: tools/echo.cwl, in: {message: message}, out: [said]}
  second: {run: tools/echo.cwl, in: {message: message}, out: [said]}
""",
    )
    packed = workspace.pack(path)
    assert packed["cwlVersion"] == "v1.2"
    assert packed["urls"] == [path.as_uri(), (workspace.folder / "tools/echo.cwl").as_uri()]
    document = packed["document"]
    assert {entry["id"] for entry in document["$graph"]} == {"#echo.cwl", "#main"}
    assert str(workspace.folder) not in json.dumps(document)
    events, directory = workspace.run(json.dumps(document), {"message": "hi"})
    assert one(events, "ended")["exitCode"] == 0
    assert one(events, "plan")["steps"] == ["first", "second"]
    assert (directory / "out" / "said.txt").read_text() == "hi\n"


def test_a_text_is_packed_with_its_base_url_as_its_home(workspace: Workspace) -> None:
    workspace.write("echo.cwl", ECHO)
    text = "{cwlVersion: v1.2, class: Workflow, inputs: [], outputs: [], steps: {s: {run: echo.cwl, in: {message: {default: x}}, out: []}}}"
    packed = workspace.pack((workspace.folder / "not-there.cwl").as_uri(), text=text)
    assert packed["event"] == "packed" and len(packed["document"]["$graph"]) == 2


def test_a_graph_gives_its_main_or_the_named_process(workspace: Workspace) -> None:
    path = workspace.write("graph.cwl", TWO_LEVELS)
    assert len(workspace.pack(path)["document"]["$graph"]) == 3
    inner = workspace.pack(path, workflow="inner")["document"]
    assert {entry["id"] for entry in inner["$graph"]} == {"#main", "#echo"}
    single = workspace.pack(path, workflow="echo")["document"]
    assert single["class"] == "CommandLineTool" and single["id"] == "#main"
    missing = workspace.pack(path, workflow="outer")
    assert missing["code"] == "no-such-workflow" and "outer" in missing["message"] and "inner" in missing["message"]


def test_a_graph_without_a_main_gives_its_first_workflow(workspace: Workspace) -> None:
    path = workspace.write("graph.cwl", TWO_LEVELS.replace("id: main", "id: primary"))
    packed = workspace.pack(path)
    main = next(entry for entry in packed["document"]["$graph"] if entry["id"] == "#main")
    assert len(main["steps"]) == 3


@pytest.mark.parametrize("version", ["v1.0", "v1.1", "v1.2"])
def test_the_update_job_script_becomes_our_program(workspace: Workspace, version: str) -> None:
    workspace.write("publisher.cwl", PUBLISHER.format(version=version))
    path = workspace.write("caller.cwl", CALLER.format(version=version))
    packed = workspace.pack(path, replacements=UPDATE_JOB)
    assert packed["cwlVersion"] == version and packed["replacedTools"] == ["publisher.cwl"]
    tool = next(entry for entry in packed["document"]["$graph"] if entry["id"] == "#publisher.cwl")
    step = next(entry for entry in packed["document"]["$graph"] if entry["id"] == "#main")["steps"][0]
    assert tool["baseCommand"] == ["update-job", "--fixed"]
    assert tool["arguments"] == ["--more", "$(inputs.status)"]
    assert tool["inputs"][0]["id"] == "#publisher.cwl/status"
    assert "DockerRequirement" not in json.dumps([tool, step])
    if version == "v1.0":
        assert requirements_of(tool, "hints")["http://commonwl.org/cwltool#WorkReuse"]["enableReuse"] is False
    else:
        assert requirements_of(tool)["WorkReuse"]["enableReuse"] is False
        assert requirements_of(tool)["NetworkAccess"]["networkAccess"] is True


@pytest.mark.parametrize("version", ["v1.0", "v1.2"])
def test_a_replaced_tool_runs_and_is_never_taken_from_a_cache(workspace: Workspace, version: str) -> None:
    program = workspace.write("bin/update-job", '#!/bin/sh\necho "$@"\n')
    program.chmod(0o755)
    workspace.write("publisher.cwl", PUBLISHER.format(version=version))
    path = workspace.write("caller.cwl", CALLER.format(version=version))
    document = json.dumps(workspace.pack(path, replacements=UPDATE_JOB)["document"])
    cache = str(workspace.folder / "cache")
    for _ in range(2):
        events, directory = workspace.run(
            document, {"status": "running"}, pathPrefix=[str(program.parent)], arguments=["--cachedir", cache]
        )
        assert one(events, "tool-ended")["exitCode"] == 0
        told = json.loads((directory / "outputs.json").read_text())["told"]["path"]
        assert open(told, encoding="utf-8").read() == "--fixed --more running\n"


def test_a_missing_document_is_unreachable_and_names_the_line(workspace: Workspace) -> None:
    path = workspace.write("caller.cwl", CALLER.format(version="v1.2"))
    failed = workspace.pack(path)
    assert failed["code"] == "unreachable"
    assert failed["url"] == (workspace.folder / "publisher.cwl").as_uri()
    assert "caller.cwl:8:" in failed["message"] and "publisher.cwl" in failed["message"]
    gone = workspace.pack(workspace.folder / "gone.cwl")
    assert gone["code"] == "unreachable" and "No such file" in gone["message"]


def test_a_file_outside_the_roots_is_forbidden(workspace: Workspace) -> None:
    outside = workspace.write("outside/secret.cwl", ECHO)
    (workspace.folder / "inside").mkdir()
    link = workspace.folder / "inside" / "link.cwl"
    link.symlink_to(outside)
    policy = {"fileRoots": [str(workspace.folder / "inside")]}
    for path in (outside, link):
        failed = workspace.pack(path, fetchPolicy=policy)
        assert failed["code"] == "forbidden" and failed["url"] == path.as_uri()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("class: Workflow", "cwlVersion"),
        ("[1, 2]", "expected a CWL document"),
        ("just words", "expected a CWL document"),
        ("", "expected a CWL document"),
        ("a: [unclosed", "bad.cwl"),
        ("cwlVersion: v0.9\nclass: Workflow", "v1.0"),
        ("cwlVersion: v1.2\nclass: Nonsense\ninputs: []\noutputs: []", "Nonsense"),
        ("cwlVersion: v1.2\nclass: CommandLineTool\ninputs: {a: strang}\noutputs: []", "bad.cwl:3:"),
        ("cwlVersion: v1.2\n$graph: 5", "bad.cwl"),
        ("cwlVersion: v1.2\n$graph: [5]", "bad.cwl"),
        ("cwlVersion: v1.2\n$graph: []", "bad.cwl"),
        ("cwlVersion: 5\nclass: Workflow", "cwlVersion"),
    ],
)
def test_an_invalid_document_gets_its_reason(workspace: Workspace, text: str, expected: str) -> None:
    failed = workspace.pack(workspace.write("bad.cwl", text))
    assert failed["event"] == "pack-failed", failed
    assert failed["code"] == "invalid" and expected in failed["message"], failed["message"]


def test_an_output_named_like_a_step_is_refused_with_its_line(workspace: Workspace) -> None:
    document = """\
cwlVersion: v1.2
class: Workflow
inputs: {message: string}
outputs:
  say: {type: File, outputSource: say/said}
steps:
  say: {run: echo.cwl, in: {message: message}, out: [said]}
"""
    workspace.write("echo.cwl", ECHO)
    failed = workspace.pack(workspace.write("clash.cwl", document))
    assert failed["code"] == "invalid"
    assert "clash.cwl:5:" in failed["message"] and "the output 'say' has the name of a step" in failed["message"]


def test_types_that_do_not_fit_are_refused(workspace: Workspace) -> None:
    workspace.write("echo.cwl", ECHO)
    document = "{cwlVersion: v1.2, class: Workflow, inputs: {n: int}, outputs: [], steps: {s: {run: echo.cwl, in: {message: n}, out: []}}}"
    failed = workspace.pack(workspace.write("types.cwl", document))
    assert failed["code"] == "invalid" and "incompatible" in failed["message"]


def test_what_cannot_be_run_is_unsupported(workspace: Workspace) -> None:
    operation = workspace.write("op.cwl", "{cwlVersion: v1.2, class: Operation, inputs: [], outputs: []}")
    assert workspace.pack(operation)["code"] == "unsupported"
    requirement = "{cwlVersion: v1.2, class: CommandLineTool, baseCommand: x, inputs: [], outputs: [], $namespaces: {x: 'http://x.example/'}, requirements: {'x:Odd': {}}}"
    failed = workspace.pack(workspace.write("odd.cwl", requirement))
    assert failed["code"] in ("unsupported", "invalid") and "Odd" in failed["message"]


def test_a_workflow_that_runs_itself_is_refused_within_the_limit(workspace: Workspace) -> None:
    document = "{cwlVersion: v1.2, class: Workflow, inputs: [], outputs: [], requirements: {SubworkflowFeatureRequirement: {}}, steps: {s: {run: self.cwl, in: [], out: []}}}"
    failed = workspace.pack(workspace.write("self.cwl", document), wallLimitMs=20_000)
    assert failed["code"] == "invalid" and "runs itself" in failed["message"]


def test_a_document_that_expands_without_end_ends_alone(workspace: Workspace) -> None:
    levels = ["cwlVersion: v1.2", "class: Workflow", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    outcome = workspace.pack(workspace.write("bomb.cwl", "\n".join(levels)), wallLimitMs=3_000)
    assert outcome.get("code") == "invalid" or outcome.get("reason") == "wall-limit"
    assert workspace.pack(workspace.write("echo.cwl", ECHO))["event"] == "packed"


def test_imports_includes_and_default_files_find_their_way(workspace: Workspace) -> None:
    workspace.write("types.yml", "- name: colour\n  type: enum\n  symbols: [red, green]\n")
    workspace.write("lib.js", "function twice(x) { return x + x; }")
    workspace.write("data.txt", "data")
    path = workspace.write(
        "importing.cwl",
        """\
cwlVersion: v1.2
class: CommandLineTool
requirements:
  SchemaDefRequirement: {types: [{$import: types.yml}]}
  InlineJavascriptRequirement: {expressionLib: [{$include: lib.js}]}
baseCommand: cat
arguments: [$(inputs.file.path)]
inputs:
  paint: types.yml#colour
  word: {type: string, default: ab}
  file: {type: File, default: {class: File, location: data.txt}}
stdout: $(twice(inputs.word)).txt
outputs: {out: stdout}
""",
    )
    packed = workspace.pack(path)
    assert packed["event"] == "packed", packed
    events, directory = workspace.run(json.dumps(packed["document"]), {"paint": "types.yml#colour/red"[-3:]})
    assert one(events, "ended")["exitCode"] == 0, (directory / "stderr.log").read_text()
    assert (directory / "out" / "abab.txt").read_text() == "data"


def test_format_ontologies_are_not_fetched(workspace: Workspace) -> None:
    text = ECHO + "$schemas: ['http://127.0.0.1:9/ontology.rdf']\n$namespaces: {edam: 'http://edamontology.org/'}\n"
    packed = workspace.pack(workspace.write("schemas.cwl", text))
    assert packed["event"] == "packed" and "$schemas" not in packed["document"]
