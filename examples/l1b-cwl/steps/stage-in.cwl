cwlVersion: v1.2
class: CommandLineTool
doc: Selects the scans of a collection between two times.
requirements:
  InitialWorkDirRequirement:
    listing:
      - entryname: stage_in.py
        entry: {$include: stage_in.py}
baseCommand: [python3, stage_in.py]
inputs:
  archive: {type: File, inputBinding: {position: 1}}
  collection: {type: string, inputBinding: {position: 2}}
  start: {type: string, inputBinding: {position: 3}}
  stop: {type: string, inputBinding: {position: 4}}
  after: {type: 'File?'}
outputs:
  l1a: {type: File, outputBinding: {glob: l1a.csv}}
