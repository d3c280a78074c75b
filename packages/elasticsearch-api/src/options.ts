import type { Engine } from '@daybook/search-engine';

/** One entry of the log. */
export interface LogEntry {
  readonly level: 'info' | 'error';
  readonly message: string;
  readonly error?: unknown;
}

/** How the server is set up; everything but the engine and the port has a default. */
export interface ElasticsearchApiOptions {
  readonly engine: Engine;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What `GET /` answers as `version.number`; clients choose their behaviour by it. */
  readonly version?: string;
  readonly clusterName?: string;
  /**
   * Whoever sends `Authorization: ApiKey <systemKey>` may change system indices; without a key, everyone may.
   */
  readonly systemKey?: string;
  /** Default `processes`, `job-updates`, `workers` and `operations`. */
  readonly systemIndices?: readonly string[];
  /** Bound of one request's body, also after decompression. Default 100 MB. */
  readonly maxBodyBytes?: number;
  /** Names besides loopback names and addresses by which clients may address the server. */
  readonly allowedHosts?: readonly string[];
  /** Origins of web pages, besides those on loopback, that may use the server; `*` allows all. */
  readonly corsOrigins?: readonly string[];
  readonly log?: (entry: LogEntry) => void;
}

/** The options with every default filled in. */
export interface ResolvedOptions {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly clusterName: string;
  readonly systemKey: string | undefined;
  readonly systemIndices: ReadonlySet<string>;
  readonly maxBodyBytes: number;
  readonly allowedHosts: readonly string[];
  readonly corsOrigins: readonly string[];
  readonly log: (entry: LogEntry) => void;
}

/** Fills in the defaults. */
export function resolveOptions(options: ElasticsearchApiOptions): ResolvedOptions {
  return {
    host: options.host ?? '127.0.0.1',
    port: options.port,
    version: options.version ?? '7.17.28',
    clusterName: options.clusterName ?? 'daybook',
    systemKey: options.systemKey,
    systemIndices: new Set(
      options.systemIndices ?? ['processes', 'job-updates', 'workers', 'operations', 'subscriptions'],
    ),
    maxBodyBytes: options.maxBodyBytes ?? 100 * 1024 * 1024,
    allowedHosts: options.allowedHosts ?? [],
    corsOrigins: options.corsOrigins ?? [],
    log: options.log ?? (() => undefined),
  };
}
