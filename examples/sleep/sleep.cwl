cwlVersion: v1.2
class: CommandLineTool
label: Sleep
doc: Takes as long as it is told.
baseCommand: sleep
inputs:
  seconds: {type: float, inputBinding: {position: 1}}
outputs: []
