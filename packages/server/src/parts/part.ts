import type { PartHealth } from '@daybook/ades';

/** A running part of Daybook. */
export interface Part {
  readonly name: 'database' | 'bus' | 'ades' | 'ingest' | 'worker';
  health(): PartHealth;
  /** Ends it; nothing that it has accepted is lost. */
  stop(): Promise<void>;
}
