// Job documents as a campaign leaves them: about 570 bytes, the same for the same number, arriving in the order of their start.

const STATUSES = [
  'succeeded',
  'succeeded',
  'succeeded',
  'succeeded',
  'succeeded',
  'succeeded',
  'succeeded',
  'failed',
  'running',
  'submitted',
];
const WORDS =
  'calibration granule antenna orbit scan channel missing timeout quality limit exceeded memory input checksum geolocation'.split(
    ' ',
  );
const FIRST_START_MS = Date.UTC(2025, 0, 1);
/** So that the documents span a year whatever their number. */
const SPAN_MS = 365 * 86_400_000;

/** Campaigns that the labels name. */
export const CAMPAIGNS = 200;

/** What every engine of a comparison has: no `flattened`, which the open-source 7.10 lacks. */
export const JOBS_INDEX = {
  settings: { number_of_shards: 1, number_of_replicas: 0 },
  mappings: {
    properties: {
      ...Object.fromEntries(
        [
          'id',
          'status',
          'labels',
          'user-id',
          'process-id',
          'process-version',
          'error-class',
          'worker',
          'input-values',
        ].map((name) => [name, { type: 'keyword' }]),
      ),
      ...Object.fromEntries(['submit-time', 'start-time', 'stop-time'].map((name) => [name, { type: 'date' }])),
      duration: { type: 'double' },
      'exit-code': { type: 'long' },
      error: { type: 'text' },
      inputs: { type: 'object', enabled: false },
      outputs: { type: 'object', enabled: false },
    },
  },
};

/** A number from 0 to below 2^32 that looks random (the finaliser of MurmurHash3). */
function scramble(n) {
  let hash = n ^ 0x9e3779b9;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function pick(list, n) {
  return list[scramble(n) % list.length];
}

export function jobId(n) {
  const hex = n.toString(16).padStart(12, '0');
  const random = scramble(n).toString(16).padStart(8, '0');
  return `${random}-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-a${hex.slice(7, 10)}-${random}${hex.slice(8)}`;
}

/** The nth of `count` jobs. */
export function jobDocument(n, count) {
  const startMs = FIRST_START_MS + Math.floor((n / count) * SPAN_MS);
  const status = pick(STATUSES, n);
  const seconds = 20 + (scramble(n + 1) % 4000) / 10;
  const start = new Date(startMs).toISOString();
  const granule = `SNDR_SNPP_ATMS_L1A_${n}`;
  return {
    id: jobId(n),
    status,
    inputs: { input_collection_id: 'SNDR_SNPP_ATMS_L1A___1', granule, start_datetime: start },
    outputs: {},
    labels: [`campaign-${scramble(n + 2) % CAMPAIGNS}`, `release-${23 + (n % 3)}`, `day-${start.slice(0, 10)}`],
    'user-id': `user-${scramble(n + 3) % 50}`,
    'process-id': `l1b-${scramble(n + 4) % 12}`,
    'process-version': 'develop',
    'submit-time': new Date(startMs - 5000).toISOString(),
    'start-time': start,
    'input-values': [`granule=${granule}`],
    worker: `worker-${scramble(n + 5) % 16}`,
    ...(status === 'succeeded'
      ? { 'stop-time': new Date(startMs + seconds * 1000).toISOString(), duration: seconds }
      : {}),
    ...(status === 'failed'
      ? {
          'error-class': `step-${scramble(n + 6) % 5}: exit ${1 + (scramble(n + 7) % 3)}`,
          'exit-code': 1 + (scramble(n + 7) % 3),
          error: Array.from({ length: 6 }, (_, at) => pick(WORDS, n * 7 + at)).join(' '),
          duration: seconds,
        }
      : {}),
  };
}
