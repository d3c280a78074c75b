cwlVersion: v1.2
class: CommandLineTool
doc: Turns counts into brightness temperatures.
requirements:
  InitialWorkDirRequirement:
    listing:
      - entryname: calibrate.py
        entry: {$include: calibrate.py}
baseCommand: [python3, calibrate.py]
inputs:
  l1a: {type: File, inputBinding: {position: 1}}
  after: {type: 'File?'}
outputs:
  l1b: {type: File, outputBinding: {glob: l1b.csv}}
