import { isIP } from 'node:net';
import { type DaybookError, isDaybookError } from '@daybook/errors';
import { illegalArgument, numberFormatError, parseError } from '../../errors/errors.ts';
import { parseBytes } from '../../http/byte-size.ts';
import { parseBooleanParameter, wholeNumber } from '../../http/parameters.ts';
import { parseTimeMs } from '../../http/time-value.ts';

/** Refuses the text of a value that is not of the type, as `invalid-argument`; `name` is the setting's. */
export type SettingType = (text: string, name: string) => void;

/** Anything. */
export const text: SettingType = () => undefined;

export const boolean: SettingType = parseBooleanParameter;

/** A whole number of 32 bits. */
export function integer(min: number): SettingType {
  return wholeSetting(32, min);
}

/** A whole number of 64 bits. */
export function long(min: number): SettingType {
  return wholeSetting(64, min);
}

function wholeSetting(bits: 32 | 64, min: number): SettingType {
  return (given, name) => {
    const value = wholeNumber(given, bits);
    if (value === undefined) throw unparsable(given, name);
    if (value < min) throw illegalArgument(`Failed to parse value [${given}] for setting [${name}] must be >= ${min}`);
  };
}

/** A number that is not negative. */
export const float: SettingType = (given, name) => {
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (Number.isNaN(value)) throw unparsable(given, name);
  if (value < 0) throw illegalArgument(`Failed to parse value [${given}] for setting [${name}] must be >= 0.0`);
};

/** A time value; `min` is one too, and without it -1 stands for none. */
export function time(min?: string): SettingType {
  return (given, name) => {
    const valueMs = parseTimeMs(given, name);
    if (min !== undefined && valueMs < parseTimeMs(min, name)) {
      throw illegalArgument(`failed to parse value [${given}] for setting [${name}], must be >= [${min}]`);
    }
  };
}

/** A number of bytes with its unit; 0 and -1 need none. */
export const byteSize: SettingType = (given, name) => {
  try {
    parseBytes(given, name);
  } catch (error) {
    throw isDaybookError(error) ? illegalArgument(error.message, error) : error;
  }
};

/** A number of bytes, or a percentage of the memory. */
export const memorySize: SettingType = (given, name) => {
  const percent = percentageOf(given);
  if (percent === undefined) return byteSize(given, name);
  if (percent >= 0 && percent <= 100) return;
  const message = `percentage should be in [0-100], got [${given.slice(0, -1)}]`;
  throw illegalArgument(message, parseError(message));
};

/** A number of bytes, or a part of the disk as a percentage or a ratio. */
export const watermark: SettingType = (given, name) => {
  const ratio = given.endsWith('%') ? (percentageOf(given) ?? Number.NaN) / 100 : ratioOf(given);
  if (!(ratio >= 0 && ratio <= 1)) byteSize(given, name);
};

function percentageOf(given: string): number | undefined {
  if (!given.endsWith('%')) return undefined;
  const value = Number(given.slice(0, -1));
  return Number.isNaN(value) || given.length === 1 ? undefined : value;
}

function ratioOf(given: string): number {
  return /^[\d.]+$/.test(given) ? Number(given) : Number.NaN;
}

/** One of some words, of which case does not count; `complaint` is what is said of another. */
export function oneOf(words: string, complaint: (given: string, name: string) => string): SettingType {
  const known = new Set(words.split(' '));
  return (given, name) => {
    if (!known.has(given.toLowerCase())) throw illegalArgument(complaint(given, name));
  };
}

/** How many compilations in which time, or `use-context`. */
export const rate: SettingType = (given, name) => {
  if (given === 'use-context') return;
  const [, times, interval] = /^([^/]+)\/([^/]+)$/.exec(given) ?? [];
  if (times === undefined || interval === undefined) {
    throw illegalArgument(`parameter must contain a positive integer and a timevalue, i.e. 10/1m, but was [${given}]`);
  }
  integer(0)(times, name);
  parseTimeMs(interval, name);
};

/** Patterns that allow or forbid, or a boolean. */
export const autoCreateIndex: SettingType = (given, name) => {
  for (const pattern of given.split(',')) {
    const sign = pattern.trim();
    if (sign === '+' || sign === '-') {
      throw illegalArgument(`Can't parse [${given}] for setting [${name}] must contain an index name after [${sign}]`);
    }
  }
};

/** Values of an attribute of nodes; those of addresses have to be some. */
export const nodeFilter: SettingType = (given, name) => {
  if (!/\._(?:ip|host_ip|publish_ip)$/.test(name)) return;
  for (const address of given.split(',').map((part) => part.trim())) {
    if (address !== '' && !address.includes('*') && isIP(address) === 0) {
      throw illegalArgument(`invalid IP address [${address}] for [${name}]`);
    }
  }
};

function unparsable(given: string, name: string): DaybookError {
  return illegalArgument(`Failed to parse value [${given}] for setting [${name}]`, numberFormatError(given));
}
