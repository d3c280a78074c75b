cwlVersion: v1.2
class: Workflow
label: Signs with a secret
doc: >
  The tool that takes the token declares it secret, and so it is for the workflow. Tools take secrets from their environment or from a file that
  InitialWorkDirRequirement makes; in its arguments, every user of the machine would see them.
inputs:
  token: {type: string, doc: Never shown; *** stands in its place}
  station: {type: string, default: Svalbard}
  station_key: {type: string?, doc: Secret where the server's settings say so}
  reveal: {type: boolean, default: false, doc: Whether the tool breaks its word and fails}
  job_inputs: string
outputs:
  signature: {type: File, outputSource: sign/signature}
  inputs_as_told: {type: File, outputSource: sign/inputs_as_told}
steps:
  sign:
    in:
      secret: token
      key: station_key
      station: station
      reveal: reveal
      told: job_inputs
    out: [signature, inputs_as_told]
    run: sign.cwl
