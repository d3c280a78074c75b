import type { ElasticsearchClient, StoredDocument } from '@daybook/elasticsearch-client';
import { together } from './together.ts';

const MOST_IDS = 200;
const READS_AT_ONCE = 2;

/** Reads documents of an index by id, those that are asked for at once by one request; who asks for the same one gets the same object. */
export function readTogether<T>(
  client: Pick<ElasticsearchClient, 'mget'>,
  index: string,
): (id: string) => Promise<StoredDocument<T> | undefined> {
  const read = async (ids: readonly string[]): Promise<readonly (StoredDocument<T> | undefined)[]> => {
    const wanted = [...new Set(ids)];
    const found = await client.mget<T>(index, wanted);
    const documents = new Map(wanted.map((id, at) => [id, found[at]]));
    return ids.map((id) => documents.get(id));
  };
  return together(read, { most: MOST_IDS, atOnce: READS_AT_ONCE });
}
