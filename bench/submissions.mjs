import { measure, percentile, post, printTable } from './support.mjs';

/** Execute requests in the WPS-T form; each is answered when the job's document is on disk and its request is in the queue. */
export async function submissions(daybook, processId) {
  const url = `${daybook.ades}/processes/${processId}/jobs`;
  const request = (n) => ({
    mode: 'async',
    response: 'document',
    inputs: [{ id: 'seconds', data: 0 }],
    labels: ['bench', `granule-${n}`],
  });
  await measure(200, 8, (n) => post(url, request(n)));
  const rows = [];
  for (const [clients, count] of [
    [1, 500],
    [8, 2000],
    [64, 4000],
  ]) {
    const { each, wallMs } = await measure(count, clients, (n) => post(url, request(n)));
    rows.push([
      clients,
      Math.round((count / wallMs) * 1000),
      percentile(each, 50).toFixed(2),
      percentile(each, 99).toFixed(2),
    ]);
  }
  printTable(
    'Submissions (one POST each, durable, no worker running; client and server share the machine)',
    ['clients', 'jobs/s', 'p50 ms', 'p99 ms'],
    rows,
  );
}
