"""Small CWL documents."""

import json

ECHO = """\
cwlVersion: v1.2
class: CommandLineTool
id: '#main'
baseCommand: echo
inputs: {message: {type: string, inputBinding: {}}}
stdout: said.txt
outputs: {said: stdout}
"""


def shell_tool(script: str, version: str = "v1.2") -> str:
    """A tool that runs one line of shell."""
    return f"""\
cwlVersion: {version}
class: CommandLineTool
id: '#main'
baseCommand: [sh, -c]
arguments: [{json.dumps(script)}]
inputs: []
outputs: []
"""


TWO_LEVELS = """\
cwlVersion: v1.2
$graph:
- class: Workflow
  id: main
  requirements: {SubworkflowFeatureRequirement: {}, ScatterFeatureRequirement: {}, InlineJavascriptRequirement: {}}
  inputs: {words: 'string[]', skip: {type: boolean, default: false}}
  outputs: {said: {type: 'File[]', outputSource: each/said}}
  steps:
    each:
      run: '#echo'
      scatter: message
      in: {message: words}
      out: [said]
    inner:
      run: '#inner'
      in: {}
      out: []
    never:
      run: '#echo'
      when: $(inputs.wanted)
      in: {message: {default: x}, wanted: skip}
      out: [said]
- class: Workflow
  id: inner
  inputs: []
  outputs: []
  steps:
    each:
      run: '#echo'
      in: {message: {default: deep}}
      out: [said]
- class: CommandLineTool
  id: echo
  baseCommand: echo
  inputs: {message: {type: string, inputBinding: {}}}
  stdout: said.txt
  outputs: {said: stdout}
"""
