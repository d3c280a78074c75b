cwlVersion: v1.2
class: Workflow
label: Fails in its second step
doc: The first step writes a file; the second looks for a word that is not there, says so, and ends with exit code 3.
inputs:
  message: {type: string, default: all is well}
outputs:
  found: {type: File, outputSource: search/found}
steps:
  write:
    in: {message: message}
    out: [text]
    run:
      class: CommandLineTool
      baseCommand: echo
      inputs:
        message: {type: string, inputBinding: {position: 1}}
      stdout: text.txt
      outputs:
        text: {type: stdout}
  search:
    in: {text: write/text}
    out: [found]
    run:
      class: CommandLineTool
      baseCommand: [sh, -c, 'grep calamity "$0" || { echo "no calamity in $(basename "$0")" >&2; exit 3; }']
      inputs:
        text: {type: File, inputBinding: {position: 1}}
      stdout: found.txt
      outputs:
        found: {type: stdout}
