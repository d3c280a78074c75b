import { DaybookError } from '@daybook/errors';
import { DAY_MS } from './civil.ts';

/** A rule from instants to local time. Local times are counted like instants: milliseconds since 1970-01-01T00:00 of the local clock. */
export interface TimeZone {
  readonly id: string;
  /** Set where the offset never changes. */
  readonly fixedOffsetMs?: number;
  /** What is added to the instant to get the local time. */
  offsetAt(instantMs: number): number;
  /** The instant of a local time: the earlier of two where clocks go back, the later by the gap's length where they go forward. */
  toInstant(localMs: number): number;
}

const HOUR_MS = 3_600_000;
const OFFSET = /^(UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/;

function fixedZone(id: string, offsetMs: number): TimeZone {
  return { id, fixedOffsetMs: offsetMs, offsetAt: () => offsetMs, toInstant: (localMs) => localMs - offsetMs };
}

export const UTC: TimeZone = fixedZone('Z', 0);

/** Parses `+01:00`, `+0100`, `+01`, `UTC+1`; undefined when it is no offset or out of the range of ±18 hours. */
function parseOffset(text: string): { readonly id: string; readonly offsetMs: number } | undefined {
  const match = OFFSET.exec(text);
  if (match === null) return undefined;
  const [, prefix = '', sign = '', hours = '', minutes = '00', seconds] = match;
  const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) * 1000;
  if (ms > 18 * HOUR_MS || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
  const id = `${prefix}${sign}${hours.padStart(2, '0')}:${minutes}${seconds === undefined ? '' : `:${seconds}`}`;
  return { id, offsetMs: sign === '-' ? -ms : ms };
}

/** A zone of the IANA database; its offsets are asked once for each year that is used. */
class RegionZone implements TimeZone {
  readonly id: string;
  readonly #format: Intl.DateTimeFormat;
  /** Year → instants at which an offset begins, and those offsets. */
  readonly #years = new Map<number, { starts: number[]; offsets: number[] }>();

  constructor(id: string) {
    this.id = id;
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: id, timeZoneName: 'longOffset' });
  }

  offsetAt(instantMs: number): number {
    const { starts, offsets } = this.#yearOf(instantMs);
    let index = starts.length - 1;
    while (index > 0 && starts[index]! > instantMs) index--;
    return offsets[index]!;
  }

  toInstant(localMs: number): number {
    // The offset before the local time is right except in the hours after a transition.
    const before = this.offsetAt(localMs - DAY_MS);
    const after = this.offsetAt(localMs + DAY_MS);
    if (before === after) return localMs - before;
    const early = localMs - before;
    if (this.offsetAt(early) === before) return early;
    const late = localMs - after;
    return this.offsetAt(late) === after ? late : early;
  }

  #yearOf(instantMs: number): { starts: number[]; offsets: number[] } {
    const year = Math.floor(instantMs / (366 * DAY_MS));
    let known = this.#years.get(year);
    if (known === undefined) {
      known = this.#transitions(year * 366 * DAY_MS, (year + 1) * 366 * DAY_MS);
      if (this.#years.size >= 1000) this.#years.clear();
      this.#years.set(year, known);
    }
    return known;
  }

  #transitions(fromMs: number, toMs: number): { starts: number[]; offsets: number[] } {
    const starts = [fromMs];
    const offsets = [this.#ask(fromMs)];
    // Two transitions are never closer than the weeks of Ramadan, so a week's step sees each.
    for (let ms = fromMs + 7 * DAY_MS; ms < toMs + 7 * DAY_MS; ms += 7 * DAY_MS) {
      const end = Math.min(ms, toMs);
      const offset = this.#ask(end);
      const last = offsets[offsets.length - 1]!;
      if (offset === last) continue;
      let low = end - 7 * DAY_MS;
      let high = end;
      while (high - low > 1000) {
        const middle = low + Math.floor((high - low) / 2000) * 1000;
        if (this.#ask(middle) === last) low = middle;
        else high = middle;
      }
      starts.push(high);
      offsets.push(offset);
    }
    return { starts, offsets };
  }

  #ask(instantMs: number): number {
    const name = this.#format.formatToParts(instantMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    return parseOffset(name)?.offsetMs ?? 0;
  }
}

const known = new Map<string, TimeZone>();

/** Undefined when the text names no zone. */
export function findTimeZone(id: string): TimeZone | undefined {
  const cached = known.get(id);
  if (cached !== undefined) return cached;
  const zone = makeZone(id);
  // Zone names are few, but offsets come from clients.
  if (known.size >= 1000) known.clear();
  if (zone !== undefined) known.set(id, zone);
  return zone;
}

function makeZone(id: string): TimeZone | undefined {
  if (id === 'Z' || id === 'UTC' || id === 'GMT' || id === 'Etc/UTC') return UTC;
  const offset = parseOffset(id);
  if (offset !== undefined) return offset.offsetMs === 0 ? UTC : fixedZone(offset.id, offset.offsetMs);
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(id)) return undefined;
  try {
    return new RegionZone(id);
  } catch {
    // Intl throws a RangeError for a name it does not have.
    return undefined;
  }
}

/** A fixed offset such as `+02:00`, or a name such as `Europe/Paris`. Throws `invalid-argument`. */
export function parseTimeZone(id: string): TimeZone {
  const zone = findTimeZone(id);
  if (zone === undefined) {
    // compat: what cannot be a name is told to be no offset.
    const isOffset = id.length < 2 || /^[+-]/.test(id);
    throw new DaybookError(
      'invalid-argument',
      isOffset ? `Invalid ID for ZoneOffset, invalid format: ${id}` : `Unknown time-zone ID: ${id}`,
      { detail: { reason: isOffset ? 'date_time_exception' : 'zone_rules_exception' } },
    );
  }
  return zone;
}
