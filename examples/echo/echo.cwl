cwlVersion: v1.2
class: CommandLineTool
label: Echo
doc: Writes its message to a file.
baseCommand: echo
inputs:
  message: {type: string, inputBinding: {position: 1}}
stdout: echo.txt
outputs:
  output: {type: stdout}
