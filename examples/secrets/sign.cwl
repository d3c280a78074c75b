cwlVersion: v1.2
class: CommandLineTool
$namespaces: {cwltool: 'http://commonwl.org/cwltool#'}
hints:
  cwltool:Secrets: {secrets: [secret]}
requirements:
  InlineJavascriptRequirement: {}
  InitialWorkDirRequirement:
    listing:
      - entryname: sign.sh
        entry: |
          echo "signing for $1" >&2
          if [ "$REVEAL" = true ]; then
            echo "the token is $TOKEN, the key is $STATION_KEY" >&2
            exit 3
          fi
          printf '%s' "$TOKEN$STATION_KEY" | sha256sum | cut -d ' ' -f 1 > signature.txt
          printf '%s' "$TOLD" > told.json
          sleep 1
  EnvVarRequirement:
    envDef:
      TOKEN: $(inputs.secret)
      STATION_KEY: "$(inputs.key === null ? '' : inputs.key)"
      REVEAL: $(String(inputs.reveal))
      TOLD: $(inputs.told)
baseCommand: [sh, sign.sh]
inputs: {secret: string, key: string?, station: {type: string, inputBinding: {position: 1}}, reveal: boolean, told: string}
outputs:
  signature: {type: File, outputBinding: {glob: signature.txt}}
  inputs_as_told: {type: File, outputBinding: {glob: told.json}}
