/** What the database's thread is started with. */
export interface DatabaseThreadOptions {
  readonly directory: string;
  readonly durability: 'request' | 'async';
  readonly checkpointRecords: number;
  readonly segmentBytes: number;
  readonly logLevel: string;
  readonly api: {
    readonly host: string;
    readonly port: number;
    readonly version: string;
    readonly systemKey: string;
    readonly systemIndices: readonly string[];
    readonly corsOrigins: readonly string[];
    readonly allowedHosts: readonly string[];
  };
}

/** What the database's thread tells; any message to it asks it to stop. */
export type DatabaseThreadMessage =
  | { readonly type: 'listening'; readonly url: string }
  | { readonly type: 'failed'; readonly reason: string }
  /** Without a reason: there is room again. */
  | { readonly type: 'disk-full'; readonly reason: string | undefined }
  | { readonly type: 'stopped' };
