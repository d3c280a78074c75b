import type { JsonObject } from '@daybook/cwl';

/** The workflow of the reference's execute body, packed. */
export const l1bDocument: JsonObject = {
  cwlVersion: 'v1.2',
  class: 'Workflow',
  id: 'main',
  label: 'L1B',
  doc: 'Calibrates counts',
  inputs: [
    { id: 'input_collection_id', type: 'string', label: 'Collection to read' },
    { id: 'start_datetime', type: 'string' },
    { id: 'stop_datetime', type: 'string' },
    { id: 'output_collection_id', type: 'string' },
    { id: 'static_dir', type: ['null', 'Directory'] },
    { id: 'channels', type: ['null', { type: 'array', items: 'string' }] },
    { id: 'job_id', type: 'string' },
    { id: 'job_inputs', type: 'string' },
    { id: 'jobs_data_sns_topic_arn', type: 'string' },
  ],
  outputs: [{ id: 'output', type: 'File', outputSource: 'calibrate/output' }],
  steps: [
    {
      id: 'calibrate',
      in: [{ id: 'collection', source: 'input_collection_id' }],
      out: ['output'],
      run: {
        class: 'CommandLineTool',
        baseCommand: 'echo',
        inputs: [{ id: 'collection', type: 'string', inputBinding: {} }],
        outputs: [{ id: 'output', type: 'stdout' }],
      },
    },
  ],
};

/** A tool with a secret input. */
export const secretDocument: JsonObject = {
  cwlVersion: 'v1.2',
  class: 'CommandLineTool',
  id: 'main',
  baseCommand: 'true',
  $namespaces: { cwltool: 'http://commonwl.org/cwltool#' },
  hints: [{ class: 'http://commonwl.org/cwltool#Secrets', secrets: ['token'] }],
  inputs: [{ id: 'token', type: 'string' }],
  outputs: [],
};
