cwlVersion: v1.2
class: Workflow
label: ATMS L1B
doc: |
  Brightness temperatures (L1B) from the counts of a microwave sounder (L1A): stage in, calibrate, stage out,
  with Update Job steps before, between and after.
inputs:
  input_collection_id: {type: string, doc: Collection to read}
  start_datetime: {type: string, doc: First time of the granules}
  stop_datetime: {type: string, doc: Last time of the granules}
  output_collection_id: {type: string, doc: Collection to write}
  archive:
    type: File
    doc: The scans of the input collection
    default: {class: File, location: data/SNDR_SNPP_ATMS_L1A___1.csv}
  job_id: string
  job_inputs: string
  jobs_data_sns_topic_arn: string
outputs:
  output: {type: Directory, outputSource: stage_out/product}
  summary: {type: File, outputSource: stage_out/summary}
steps:
  job_started:
    run: steps/update-job.cwl
    in:
      job_id: job_id
      job_inputs: job_inputs
      jobs_data_sns_topic_arn: jobs_data_sns_topic_arn
      update_status: {default: running}
    out: [results]
  stage_in:
    run: steps/stage-in.cwl
    in:
      archive: archive
      collection: input_collection_id
      start: start_datetime
      stop: stop_datetime
      after: job_started/results
    out: [l1a]
  job_calibrating:
    run: steps/update-job.cwl
    in:
      job_id: job_id
      jobs_data_sns_topic_arn: jobs_data_sns_topic_arn
      update_status: {default: calibrating}
      after: stage_in/l1a
    out: [results]
  calibrate:
    run: steps/calibrate.cwl
    in:
      l1a: stage_in/l1a
      after: job_calibrating/results
    out: [l1b]
  stage_out:
    run: steps/stage-out.cwl
    in:
      l1b: calibrate/l1b
      collection: output_collection_id
      start: start_datetime
      stop: stop_datetime
    out: [product, summary]
  job_succeeded:
    run: steps/update-job.cwl
    in:
      job_id: job_id
      jobs_data_sns_topic_arn: jobs_data_sns_topic_arn
      update_status: {default: succeeded}
      after: stage_out/summary
    out: [results]
