"""The warm way (pack, fork, run) gives the verdicts and the outputs of cwltool's own program, for documents that are not ours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conformance import documents_folder, is_valid, make_order, pack, run_cold, run_warm
from harness import Workspace

# Their job orders are made from the types of their inputs; so some fail, and must fail both ways.
RUN = [
    # The first ones are those of a short run.
    "scatter-wf2_v1_0.cwl",
    "count-lines7-wf_v1_1.cwl",
    "cond-wf-003.1.cwl",
    "record-output-wf_v1_2.cwl",
    "scatter-wf1_v1_0.cwl",
    "cond-single-source-wf-005.1.cwl",
    "checker_wf/functional-wf.cwl",
    "count-lines7-single-source-wf_v1_0.cwl",
    "dir.cwl",
    "echo-tool-packed.cwl",
    "echo_v1_1.cwl",
    "env-tool1.cwl",
    "extensions/load-listing-requirement_v1_0.cwl",
    "foo-array.cwl",
    "map-ordering-v1_0.cwl",
    "scatter-wf3_v1_2.cwl",
    "seqtk_seq.cwl",
    "stdout-wf_v1_0.cwl",
    "step-valuefrom2-wf_v1_0.cwl",
    "step-valuefrom3-wf_v1_1.cwl",
    "step_valuefrom5_wf_v1_2.cwl",
    "wc3-tool_v1_1.cwl",
    "workflow_input_sf_expr_array.cwl",
    "workflows/import-in-type.cwl",
    "workflows/parseInt-tool.cwl",
    "workflows/scatter-wf4.cwl",
]
# Of these, the values made for their inputs are not what they want.
FAIL = {
    "scatter-wf1_v1_0.cwl",
    "count-lines7-single-source-wf_v1_0.cwl",
    "extensions/load-listing-requirement_v1_0.cwl",
    "foo-array.cwl",
    "seqtk_seq.cwl",
}
# What cannot be packed is not valid either.
REFUSED = [
    "checker_wf/broken-wf.cwl",
    "cond-single-source-wf-003.1.cwl",
]
SHORT_RUN = 4
SHORT_REFUSED = 1

is_long = os.environ.get("DAYBOOK_TEST_CONFORMANCE") == "all"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "inputs"
    (folder / "folder").mkdir(parents=True)
    (folder / "lines.txt").write_text("b\na\nc\n")
    (folder / "folder" / "inner.txt").write_text("inner\n")
    return folder


@pytest.mark.parametrize("name", RUN if is_long else RUN[:SHORT_RUN])
def test_a_document_ends_with_the_same_outputs_both_ways(workspace: Workspace, inputs: Path, name: str) -> None:
    document = documents_folder() / name
    packed = pack(workspace, document)
    assert packed is not None
    order = make_order(packed, inputs)
    warm = run_warm(workspace, packed, order)
    assert warm.succeeded == (name not in FAIL)
    assert warm == run_cold(inputs, document, order)


@pytest.mark.parametrize("name", REFUSED if is_long else REFUSED[:SHORT_REFUSED])
def test_a_document_that_cannot_be_packed_is_not_valid(workspace: Workspace, tmp_path: Path, name: str) -> None:
    document = documents_folder() / name
    assert pack(workspace, document) is None
    assert not is_valid(tmp_path, document)
