import type { HttpClient } from './http.ts';

/** Removes what a test may leave behind; what a server does not have, it need not clean. */
const removals = [
  '/_search/scroll/_all',
  '/*?expand_wildcards=all',
  '/_template/*',
  '/_index_template/*',
  '/_component_template/*',
];

/** What not every server knows. */
const unchecked = ['/_data_stream/*', '/_search/point_in_time/_all'];

/** Empties the server of a test's state. */
export async function cleanState(client: HttpClient): Promise<void> {
  for (const path of unchecked) await client.send({ method: 'DELETE', path });
  for (const path of removals) {
    const answer = await client.send({ method: 'DELETE', path });
    if (answer.status >= 400 && answer.status !== 404) {
      throw new Error(`Cleaning with DELETE ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  }
  await resetClusterSettings(client);
}

async function resetClusterSettings(client: HttpClient): Promise<void> {
  const { body } = await client.send({ method: 'GET', path: '/_cluster/settings?flat_settings=true' });
  const { persistent, transient } = body as Record<'persistent' | 'transient', Readonly<Record<string, unknown>>>;
  if (Object.keys({ ...persistent, ...transient }).length === 0) return;
  const cleared = (settings: Readonly<Record<string, unknown>>): Record<string, null> =>
    Object.fromEntries(Object.keys(settings).map((name) => [name, null]));
  const text = JSON.stringify({ persistent: cleared(persistent), transient: cleared(transient) });
  await client.send({ method: 'PUT', path: '/_cluster/settings', body: { text, type: 'application/json' } });
}
