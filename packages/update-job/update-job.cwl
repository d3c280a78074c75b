cwlVersion: v1.2
class: CommandLineTool
label: Tells the jobs database how far a job is
doc: |
  A step of a workflow that sets the status of its job to any text, and names outputs and labels as they become known. Later
  steps order themselves after it through its outputs. It never fails a workflow because an update cannot be sent.
baseCommand: update-job
requirements:
  # A cached step would send nothing.
  WorkReuse:
    enableReuse: false
  NetworkAccess:
    networkAccess: true
inputs:
  job_id:
    type: string
    doc: The server fills it in.
    inputBinding: {prefix: --job_id}
  update_status:
    type: string
    default: ""
    doc: Any text; empty leaves the status as it is.
    inputBinding: {prefix: --update_status}
  job_status:
    type: string?
    doc: The same under its older name; `update_status` rules where both say something.
    inputBinding: {prefix: --job_status}
  job_inputs:
    type: string
    default: "{}"
    doc: JSON object.
    inputBinding: {prefix: --job_inputs}
  job_outputs:
    type: string
    default: "{}"
    doc: JSON object of output names and URLs.
    inputBinding: {prefix: --job_outputs}
  tags:
    type: string
    default: "[]"
    doc: JSON array of labels.
    inputBinding: {prefix: --tags}
  progress:
    type: ["null", int]
    doc: Percent of the workflow that is done.
    inputBinding: {prefix: --progress}
  message:
    type: ["null", string]
    inputBinding: {prefix: --message}
  jobs_data_sns_topic_arn:
    type: string
    doc: The server fills it in.
    inputBinding: {prefix: --jobs_data_sns_topic_arn}
  after:
    type: Any?
    doc: Anything that must be there before the update is sent.
outputs:
  results: {type: stdout}
  errors: {type: stderr}
stdout: update-job.json
stderr: update-job.err
