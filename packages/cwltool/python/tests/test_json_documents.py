"""Documents and job orders in JSON mean what cwltool's parser of YAML would have made of them."""

from __future__ import annotations

import json

import pytest
from harness import Workspace, one

VALUE = {"type": ["string", "double"], "inputBinding": {}}
PRINT = {
    "cwlVersion": "v1.2",
    "class": "CommandLineTool",
    "id": "main",
    "baseCommand": ["printf", "%s"],
    "inputs": {"value": VALUE},
    "stdout": "said.txt",
    "outputs": {"said": {"type": "stdout"}},
}


def said(workspace: Workspace, document: str, inputs: dict[str, object]) -> str:
    events, directory = workspace.run(document, inputs)
    assert one(events, "ended")["exitCode"] == 0, (directory / "stderr.log").read_text()
    return (directory / "out" / "said.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", ["0.00001", "12.50"])
def test_a_number_of_a_document_reaches_its_tool_as_it_is_written(workspace: Workspace, number: str) -> None:
    document = json.dumps({**PRINT, "inputs": {"value": {**VALUE, "default": "NUMBER"}}})
    assert said(workspace, document.replace('"NUMBER"', number), {}) == number


@pytest.mark.parametrize("text", ['yes: no # {"a"} \\ "', "\u00fc\u2028", "\U0001f600"])
def test_a_text_reaches_its_tool_whole(workspace: Workspace, text: str) -> None:
    assert said(workspace, json.dumps(PRINT), {"value": text}) == text
