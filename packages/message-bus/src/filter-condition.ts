import { BlockList, isIP } from 'node:net';
import { busError } from './bus-error.ts';

/** A value of a message that conditions look at. */
export type Scalar = string | number | boolean | null;
/** Whether one value of a key passes; undefined stands for a key that is not there. */
type Condition = (value: Scalar | undefined) => boolean;

/** Parses one of the values that a policy lists for a key. */
export function compileCondition(key: string, item: unknown): Condition {
  if (!isObject(item)) {
    if (Array.isArray(item)) throw invalidPolicy(`a value of ${JSON.stringify(key)} is an array`);
    return (value) => value === item;
  }
  const [first, ...rest] = Object.entries(item);
  if (first === undefined || rest.length > 0) {
    throw invalidPolicy(
      `a condition on ${JSON.stringify(key)} has ${rest.length + (first ? 1 : 0)} operators; expected one`,
    );
  }
  return compileOperator(key, ...first);
}

function compileOperator(key: string, operator: string, operand: unknown): Condition {
  const text = (): string => {
    if (typeof operand !== 'string') throw invalidPolicy(`${operator} on ${JSON.stringify(key)} expects a string`);
    return operand;
  };
  switch (operator) {
    case 'exists': {
      if (typeof operand !== 'boolean') throw invalidPolicy(`exists on ${JSON.stringify(key)} expects true or false`);
      return (value) => (value !== undefined) === operand;
    }
    case 'prefix': {
      const prefix = text();
      return (value) => typeof value === 'string' && value.startsWith(prefix);
    }
    case 'suffix': {
      const suffix = text();
      return (value) => typeof value === 'string' && value.endsWith(suffix);
    }
    case 'equals-ignore-case': {
      const folded = text().toLowerCase();
      return (value) => typeof value === 'string' && value.toLowerCase() === folded;
    }
    case 'cidr':
      return compileCidr(key, text());
    case 'numeric':
      return compileNumeric(key, operand);
    case 'anything-but': {
      const items = Array.isArray(operand) ? operand : [operand];
      const refused = items.map((item) => compileCondition(key, item));
      return (value) => value !== undefined && !refused.some((condition) => condition(value));
    }
    default:
      throw invalidPolicy(
        `${JSON.stringify(operator)} on ${JSON.stringify(key)} is no operator; expected exists, prefix, suffix, equals-ignore-case, numeric, cidr or anything-but`,
      );
  }
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function compileNumeric(key: string, operand: unknown): Condition {
  const items: readonly unknown[] = Array.isArray(operand) ? operand : [];
  const checks: ((value: number) => boolean)[] = [];
  for (let at = 0; at < items.length; at += 2) {
    const compare = COMPARISONS[String(items[at])];
    const bound = items[at + 1];
    if (compare === undefined || typeof bound !== 'number') {
      throw invalidPolicy(`numeric on ${JSON.stringify(key)} expects pairs of =, <, <=, >, >= and a number`);
    }
    checks.push((value) => compare(value, bound));
  }
  if (checks.length === 0 || checks.length > 2) {
    throw invalidPolicy(`numeric on ${JSON.stringify(key)} expects one comparison or a range of two`);
  }
  return (value) => typeof value === 'number' && checks.every((check) => check(value));
}

function compileCidr(key: string, operand: string): Condition {
  const [address = '', prefix = '', ...rest] = operand.split('/');
  const family = familyOf(address);
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity;
  if (family === undefined || rest.length > 0 || bits > (family === 'ipv4' ? 32 : 128)) {
    throw invalidPolicy(
      `cidr on ${JSON.stringify(key)} is ${JSON.stringify(operand)}; expected a range like 10.0.0.0/24`,
    );
  }
  const range = new BlockList();
  range.addSubnet(address, bits, family);
  return (value) => typeof value === 'string' && familyOf(value) === family && range.check(value, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? 'ipv4' : 'ipv6';
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Why a policy is none. */
export function invalidPolicy(message: string): Error {
  return busError('filter-policy', `Invalid parameter: FilterPolicy: ${message}.`);
}
