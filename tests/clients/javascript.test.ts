import { Client as Elasticsearch8 } from '@elastic/elasticsearch';
import { Client as OpenSearch } from '@opensearch-project/opensearch';
// @ts-expect-error: the package declares its types for CommonJS only
import { Client as Elasticsearch7 } from 'elasticsearch-7.10';
import { Client as Elasticsearch717 } from 'elasticsearch-7.17';
import { Client as Elasticsearch9 } from 'elasticsearch-9';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import { journey, type Subject } from './javascript/journey.ts';

const clients = [
  { name: 'Elasticsearch 7.10', Client: Elasticsearch7, index: 'js710' },
  { name: 'Elasticsearch 7.17', Client: Elasticsearch717, index: 'js717' },
  { name: 'Elasticsearch 8', Client: Elasticsearch8, index: 'js8' },
  { name: 'Elasticsearch 9', Client: Elasticsearch9, index: 'js9' },
  { name: 'OpenSearch', Client: OpenSearch, index: 'js-opensearch' },
];

let database: Database;

beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());

describe.each(clients)('the JavaScript client for $name', ({ Client, index }) => {
  // Answers are small, but compressed both ways in half of the clients.
  const compression = index === 'js717' || index === 'js8';
  let subject: Subject;

  beforeAll(() => {
    const client = new Client({
      node: database.url,
      ...(compression ? { compression: index === 'js8' || 'gzip' } : {}),
    });
    subject = { client, index, openSearch: Client === OpenSearch };
  });
  afterAll(() => subject.client.close());

  test.each(journey)('%s', async (_behaviour, run) => run(subject));
});
