import type { Part } from './part.ts';

/** What a process has started so far: ended last first. */
export interface PartStack {
  readonly parts: readonly Part[];
  /** Counts a started part in, and gives it back. */
  add<P extends Part>(part: P): P;
  /** Counts in something else that must be ended. */
  atEnd(end: () => Promise<void>): void;
  /** Ends everything; nothing is ended twice. */
  stop(): Promise<void>;
}

export function createPartStack(): PartStack {
  const parts: Part[] = [];
  const ends: (() => Promise<void>)[] = [];
  return {
    parts,
    add(part) {
      parts.push(part);
      ends.push(() => part.stop());
      return part;
    },
    atEnd: (end) => void ends.push(end),
    async stop() {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}
