import type { LogPosition } from '@daybook/durable-log';

const SLOT_BITS = 11;
/** With as many slots, 4 MiB at most. */
const MAX_KEPT_BYTES = 2048;
/** More than the bytes of a segment. */
const SEGMENT_PLACES = 2 ** 32;

/**
 * Short sources that were read more than once lately: dashboards ask for the same documents again and again. Each place of the log has one slot, which it
 * shares with others. What is read once, as a scan reads everything, is not kept.
 */
export class RecentSources {
  /** By slot, the place that was read last. Every place is above 0. */
  readonly #places = new Float64Array(1 << SLOT_BITS);
  readonly #kept: (Uint8Array | undefined)[] = Array.from({ length: 1 << SLOT_BITS });

  /** The source at a place of the log, which `read` gives unless it is kept. Nobody may change it. */
  at({ segment, offset }: LogPosition, read: () => Uint8Array): Uint8Array {
    const place = segment * SEGMENT_PLACES + offset;
    // Multiplied, so that sources of like lengths behind one another do not share few slots.
    const slot = (Math.imul(offset, 0x9e37_79b1) ^ Math.imul(segment, 0x85eb_ca6b)) >>> (32 - SLOT_BITS);
    if (this.#places[slot] !== place) {
      this.#places[slot] = place;
      this.#kept[slot] = undefined;
      return read();
    }
    const kept = this.#kept[slot];
    if (kept !== undefined) return kept;
    const source = read();
    // A copy, since what was read may be part of something larger.
    if (source.length <= MAX_KEPT_BYTES) this.#kept[slot] = Uint8Array.prototype.slice.call(source);
    return source;
  }
}
