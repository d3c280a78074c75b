cwlVersion: v1.2
class: CommandLineTool
doc: Lays out the product of a collection with its metadata.
requirements:
  InitialWorkDirRequirement:
    listing:
      - entryname: stage_out.py
        entry: {$include: stage_out.py}
baseCommand: [python3, stage_out.py]
inputs:
  l1b: {type: File, inputBinding: {position: 1}}
  collection: {type: string, inputBinding: {position: 2}}
  start: {type: string, inputBinding: {position: 3}}
  stop: {type: string, inputBinding: {position: 4}}
outputs:
  product: {type: Directory, outputBinding: {glob: $(inputs.collection)}}
  summary: {type: File, outputBinding: {glob: summary.json}}
