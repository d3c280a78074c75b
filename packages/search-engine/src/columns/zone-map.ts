import { readStored, type Stored } from './stored-array.ts';

const FIRST_ZONES = 16;

/** Documents of one zone; a divisor of a chunk's. */
export const ZONE_DOCS = 4096;
/** `doc >>> ZONE_SHIFT` is a document's zone. */
export const ZONE_SHIFT = 12;

/** Bounds at one moment, by zone. */
export interface FrozenZoneMap {
  readonly lowest: Stored<Float64Array>;
  readonly highest: Stored<Float64Array>;
}

/**
 * Bounds of the values of each run of {@link ZONE_DOCS} documents. They only widen: a value that was replaced still counts, so a zone
 * may be visited for nothing but never missed.
 */
export class ZoneMap {
  #lowest: Float64Array = new Float64Array(FIRST_ZONES).fill(Number.POSITIVE_INFINITY);
  #highest: Float64Array = new Float64Array(FIRST_ZONES).fill(Number.NEGATIVE_INFINITY);
  #zones = 0;

  static thaw(frozen?: FrozenZoneMap): ZoneMap {
    const map = new ZoneMap();
    if (frozen === undefined || frozen.lowest.length === 0) return map;
    map.#zones = frozen.lowest.length;
    map.#grow(map.#zones);
    map.#lowest.set(readStored(frozen.lowest));
    map.#highest.set(readStored(frozen.highest));
    return map;
  }

  /** A copy: sixteen bytes for every {@link ZONE_DOCS} documents. */
  freeze(): FrozenZoneMap {
    return { lowest: this.#lowest.slice(0, this.#zones), highest: this.#highest.slice(0, this.#zones) };
  }

  /** One more than the highest zone that has a value. */
  get zones(): number {
    return this.#zones;
  }

  /** Infinity for a zone without values. */
  lowest(zone: number): number {
    return this.#lowest[zone] ?? Number.POSITIVE_INFINITY;
  }

  /** Minus infinity for a zone without values. */
  highest(zone: number): number {
    return this.#highest[zone] ?? Number.NEGATIVE_INFINITY;
  }

  /** Whether anything from the lowest to the highest bound of all zones lies in an interval. */
  mayTouch(interval: { readonly lowest: number; readonly highest: number }): boolean {
    let [isAbove, isBelow] = [false, false];
    for (let zone = 0; zone < this.#zones && !(isAbove && isBelow); zone++) {
      isAbove ||= this.#highest[zone]! >= interval.lowest;
      isBelow ||= this.#lowest[zone]! <= interval.highest;
    }
    return isAbove && isBelow;
  }

  /** Widens the zone of `doc`. */
  include(doc: number, lowest: number, highest: number): void {
    const zone = doc >>> ZONE_SHIFT;
    if (zone >= this.#lowest.length) this.#grow(zone);
    if (zone >= this.#zones) this.#zones = zone + 1;
    if (lowest < this.#lowest[zone]!) this.#lowest[zone] = lowest;
    if (highest > this.#highest[zone]!) this.#highest[zone] = highest;
  }

  #grow(zone: number): void {
    let length = this.#lowest.length;
    while (length <= zone) length *= 2;
    const lowest = new Float64Array(length).fill(Number.POSITIVE_INFINITY);
    const highest = new Float64Array(length).fill(Number.NEGATIVE_INFINITY);
    lowest.set(this.#lowest);
    highest.set(this.#highest);
    this.#lowest = lowest;
    this.#highest = highest;
  }
}
