"""Which tools are replaced, and what is left of them."""

from __future__ import annotations

from typing import Any

import pytest

from daybook_cwltool.replacement import replace_tools
from daybook_cwltool.requests import Replacement

PROGRAM = "/usr/app/publish_job.py"
REPLACEMENTS = [Replacement(PROGRAM, ["update-job"])]


def tool(**fields: Any) -> dict[str, Any]:
    return {"cwlVersion": "v1.2", "class": "CommandLineTool", "id": "#main", "inputs": [], "outputs": [], **fields}


@pytest.mark.parametrize(
    ("command", "arguments", "base_command", "left"),
    [
        (PROGRAM, ["a"], ["update-job"], ["a"]),
        ([PROGRAM], [], ["update-job"], []),
        (["python", PROGRAM], ["a"], ["update-job"], ["a"]),
        (["/usr/bin/python3.11", "-u", "-O", PROGRAM, "b"], ["a"], ["update-job", "b"], ["a"]),
        ("python3", [PROGRAM, "a"], ["update-job"], ["a"]),
        ([], ["python3", PROGRAM, {"valueFrom": "$(1)"}], ["update-job"], [{"valueFrom": "$(1)"}]),
    ],
)
def test_the_script_and_its_interpreter_go_and_the_rest_stays(
    command: Any, arguments: list[Any], base_command: list[str], left: list[Any]
) -> None:
    document = tool(baseCommand=command, arguments=arguments)
    assert replace_tools(document, REPLACEMENTS) == ["main"]
    assert document["baseCommand"] == base_command and document["arguments"] == left


@pytest.mark.parametrize(
    ("command", "arguments"),
    [("echo", [PROGRAM]), (["sh", "-c", PROGRAM], []), ("python3", ["other.py", PROGRAM]), ("python3", [{"valueFrom": PROGRAM}]), ([], [])],
)
def test_a_tool_that_only_mentions_the_script_stays(command: Any, arguments: list[Any]) -> None:
    document = tool(baseCommand=command, arguments=arguments)
    before = repr(document)
    assert replace_tools(document, REPLACEMENTS) == [] and repr(document) == before


def test_a_tool_inside_a_step_is_replaced_with_the_containers_of_both() -> None:
    docker = [{"class": "DockerRequirement", "dockerPull": "x"}]
    inner = tool(baseCommand=[PROGRAM], hints=[*docker, {"class": "ResourceRequirement"}], id="#main/s/run")
    step = {"id": "#main/s", "run": inner, "in": [], "out": [], "requirements": list(docker)}
    workflow = {"class": "Workflow", "id": "#main", "inputs": [], "outputs": [], "steps": [step]}
    assert replace_tools({"cwlVersion": "v1.1", "$graph": [workflow]}, REPLACEMENTS) == ["main/s/run"]
    assert step["requirements"] == [] and inner["hints"] == [{"class": "ResourceRequirement"}]
    assert {entry["class"] for entry in inner["requirements"]} == {"WorkReuse", "NetworkAccess"}


def test_a_requirement_that_says_otherwise_is_overruled() -> None:
    document = tool(baseCommand=[PROGRAM], requirements=[{"class": "WorkReuse", "enableReuse": True}])
    replace_tools(document, REPLACEMENTS)
    assert [entry for entry in document["requirements"] if entry["class"] == "WorkReuse"] == [
        {"class": "WorkReuse", "enableReuse": False}
    ]
