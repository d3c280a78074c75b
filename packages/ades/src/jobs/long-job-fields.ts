/** What a job's document may hold of any length; how the job is stands in none of it. */
export const LONG_JOB_FIELDS: readonly string[] = [
  'inputs',
  'outputs',
  'input-values',
  'output-values',
  'merge',
  'results',
  'resources',
];
