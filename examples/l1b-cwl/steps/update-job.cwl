cwlVersion: v1.2
class: CommandLineTool
doc: Publishes the status of the job. The program is the one that existing workflows name.
hints:
  DockerRequirement:
    dockerPull: sps-job-publisher:latest
baseCommand: [python, /usr/app/publish_job.py]
arguments: [--aws_auth_method, iam]
inputs:
  job_id: {type: string, inputBinding: {prefix: --job_id}}
  update_status: {type: string, inputBinding: {prefix: --update_status}}
  job_inputs: {type: string, default: '{}', inputBinding: {prefix: --job_inputs}}
  job_outputs: {type: string, default: '{}', inputBinding: {prefix: --job_outputs}}
  tags: {type: string, default: '[]', inputBinding: {prefix: --tags}}
  jobs_data_sns_topic_arn: {type: string, inputBinding: {prefix: --jobs_data_sns_topic_arn}}
  after: {type: 'File?'}
stdout: results.txt
stderr: errors.txt
outputs:
  results: {type: stdout}
  errors: {type: stderr}
