import { DaybookError } from '@daybook/errors';
import type { NumberArray } from '../columns/number-array.ts';
import { type Stored, StoredArray } from '../columns/stored-array.ts';

/** Plain data with typed arrays in it: JSON values, and arrays of numbers. An array object stands for one content for good. */
export type FrozenValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | Stored<NumberArray>
  | readonly FrozenValue[]
  | { readonly [name: string]: FrozenValue };

/** Where an array's bytes are. */
export interface ArrayPlace {
  readonly kind: ArrayKind;
  /** Of the file. */
  readonly generation: number;
  readonly offset: number;
  readonly bytes: number;
  readonly checksum: number;
}

/** In the manifest, where an array stood. Without a generation it is in the manifest's own file. */
export interface ArrayReference {
  readonly $array: readonly [kind: ArrayKind, offset: number, bytes: number, checksum: number, generation?: number];
}

/** How a file begins and ends. */
export const MAGIC = 'DBCP';
/** The version that is written; those from 1 on are read. */
export const FORMAT_VERSION = 3;
/** Of the magic word and the version. */
export const HEADER_BYTES = 8;
/** Of the manifest's place, size and checksum, and the magic word. */
export const TRAILER_BYTES = 24;
/** Arrays begin at a multiple of this. */
export const ALIGNMENT = 8;

/** A kind of array that a file can hold. */
export type ArrayKind = 'u8' | 'u16' | 'u32' | 'f64';

type ArrayConstructor =
  | Uint8ArrayConstructor
  | Uint16ArrayConstructor
  | Uint32ArrayConstructor
  | Float64ArrayConstructor;

/** How an array of each kind is made. */
export const ARRAY_KINDS: Readonly<Record<ArrayKind, ArrayConstructor>> = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f64: Float64Array,
};

/** Whether a value is an array of numbers, in memory or in a file. */
export function isNumberArray(value: unknown): value is Stored<NumberArray> {
  return ArrayBuffer.isView(value) || value instanceof StoredArray;
}

/** Every array in a value. */
export function* arraysOf(value: FrozenValue): Generator<Stored<NumberArray>> {
  if (isNumberArray(value)) yield value;
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* arraysOf(item);
}

/** Throws `internal` for other arrays. */
export function kindOf(array: NumberArray): ArrayKind {
  for (const [kind, Kind] of Object.entries(ARRAY_KINDS)) if (array instanceof Kind) return kind as ArrayKind;
  throw new DaybookError('internal', `a checkpoint cannot hold a ${(array as object).constructor.name}`);
}

/** Whether a manifest's value stands for an array. */
export function isArrayReference(value: object): value is ArrayReference {
  return '$array' in value && Array.isArray(value.$array);
}

/** The generation of the file in which an array stands to which the manifest of generation `own` refers. */
export function fileOf({ $array }: ArrayReference, own: number): number {
  return $array[4] ?? own;
}

/** Every reference in a manifest. */
export function* referencesIn(manifest: unknown): Generator<ArrayReference> {
  if (typeof manifest !== 'object' || manifest === null) return;
  if (isArrayReference(manifest)) yield manifest;
  else for (const item of Object.values(manifest)) yield* referencesIn(item);
}
