import { type AwsClientOptions, awsCredentialChain, type Credentials } from '@daybook/aws-client';
import { createElasticsearchClient, type ElasticsearchClient } from '@daybook/elasticsearch-client';
import { type JobsDatabase, openJobsDatabase } from '@daybook/jobs-database';
import type { Settings } from './config/settings.ts';
import type { DataDir } from './data-dir.ts';
import { urlHost } from './host.ts';
import type { Logger } from './log.ts';
import { readBusKeys } from './parts/bus-keys.ts';
import { type BusResources, namesBusResources, openBusResources } from './parts/bus-resources.ts';

/** What our own parts sign with where the embedded bus takes any key. */
const EMBEDDED_KEYS = { accessKeyId: 'daybook', secretAccessKey: 'daybook' };

/** What a part needs of the others: the jobs database and the bus, over their wire protocols. */
export interface Connections {
  readonly elasticsearch: ElasticsearchClient;
  readonly database: JobsDatabase;
  readonly aws: AwsClientOptions;
  readonly bus: BusResources;
  close(): Promise<void>;
}

/** The URLs of embedded parts that this process has started itself. */
export interface EmbeddedUrls {
  readonly database?: string | undefined;
  readonly bus?: string | undefined;
}

/** Connects to the database and the bus, and brings the indices, the topic and the queues to this program's version. */
export async function connect(
  settings: Settings,
  dataDir: DataDir,
  embedded: EmbeddedUrls,
  log: Logger,
): Promise<Connections> {
  const elasticsearch = createElasticsearchClient(databaseOptions(settings, dataDir, embedded.database));
  const database = openJobsDatabase({
    client: elasticsearch,
    log: (message) => log.info({ part: 'database' }, message),
  });
  const aws = awsOptions(settings, embedded.bus);
  try {
    const [bus] = await Promise.all([openBusResources(aws, settings), database.setUp()]);
    return {
      elasticsearch,
      database,
      aws,
      bus,
      close: async () => {
        await Promise.all([elasticsearch.close(), bus.close()]);
      },
    };
  } catch (error) {
    await elasticsearch.close();
    throw error;
  }
}

function databaseOptions(settings: Settings, dataDir: DataDir, embedded: string | undefined) {
  const ours = embedded ?? `http://${urlHost(settings.host)}:${settings['database-port']}`;
  const url = settings['database-url'] ?? ours;
  const authorization =
    settings['database-authorization'] ??
    (settings['database-url'] === undefined ? `ApiKey ${dataDir.systemKey}` : undefined);
  return { url, ...(authorization === undefined ? {} : { authorization }) };
}

/** How to reach SNS and SQS; `embedded` is the URL of a bus that this process has started itself. */
export function awsOptions(settings: Settings, embedded: string | undefined): AwsClientOptions {
  const region = settings['aws-region'];
  const ours = embedded ?? `http://${urlHost(settings.host)}:${settings['bus-port']}`;
  const endpoint = settings['aws-endpoint'] ?? (namesBusResources(settings) ? undefined : ours);
  return {
    region,
    credentials: endpoint === ours ? ownKeys(settings) : awsCredentialChain(),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function ownKeys(settings: Settings): Credentials {
  return readBusKeys(settings)?.[0] ?? EMBEDDED_KEYS;
}
