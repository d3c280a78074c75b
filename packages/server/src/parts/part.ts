/** What the health report says of one part. */
export interface PartHealth {
  readonly name: string;
  /** `ready`: it does its work. `waiting`: it runs, and waits for what `detail` says. `failed`: it cannot go on. */
  readonly status: 'ready' | 'waiting' | 'failed';
  readonly detail: string;
}

/** A running part of Daybook. */
export interface Part {
  readonly name: 'database' | 'bus' | 'ades' | 'ingest' | 'worker';
  health(): PartHealth | Promise<PartHealth>;
  /** Ends it; nothing that it has accepted is lost. */
  stop(): Promise<void>;
}
