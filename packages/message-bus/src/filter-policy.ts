import { busError } from './bus-error.ts';
import type { MessageAttributes } from './message.ts';

type Scalar = string | number | boolean | null;
/** Whether one value of a key passes; undefined stands for a key that is not there. */
type Condition = (value: Scalar | undefined) => boolean;
/** Whether a message's values pass a policy. */
type Matcher = (values: unknown) => boolean;

/** A parsed filter policy of a subscription (SNS developer guide, "Subscription filter policies"). */
export interface FilterPolicy {
  matches(message: { readonly body: string; readonly attributes?: MessageAttributes }): boolean;
}

const MAX_POLICY_CHARS = 262_144;

/** Parses a policy over the message's attributes, or over its body when `scope` is `MessageBody`. */
export function parseFilterPolicy(source: string, scope = 'MessageAttributes'): FilterPolicy {
  if (scope !== 'MessageAttributes' && scope !== 'MessageBody') {
    throw invalid(`FilterPolicyScope is ${JSON.stringify(scope)}; expected MessageAttributes or MessageBody`);
  }
  const onBody = scope === 'MessageBody';
  const matcher = compileObject(parsePolicyJson(source), onBody);
  return {
    matches({ body, attributes = {} }) {
      const values = onBody ? parseJson(body) : attributeValues(attributes);
      return isObject(values) && matcher(values);
    },
  };
}

function parsePolicyJson(source: string): Record<string, unknown> {
  const policy = source.length <= MAX_POLICY_CHARS ? parseJson(source) : undefined;
  if (!isObject(policy)) throw invalid('the filter policy is no JSON object');
  return policy;
}

function compileObject(policy: Record<string, unknown>, nested: boolean): Matcher {
  const parts = Object.entries(policy).map(([key, rule]): Matcher => {
    if (key === '$or' && Array.isArray(rule) && rule.length > 1 && rule.every(isObject)) {
      const choices = rule.map((choice) => compileObject(choice, nested));
      return (values) => choices.some((choice) => choice(values));
    }
    if (Array.isArray(rule)) {
      if (rule.length === 0) throw invalid(`the values of ${JSON.stringify(key)} are an empty array`);
      const conditions = rule.map((item) => compileCondition(key, item));
      return (values) => candidates(values, key).some((value) => conditions.some((condition) => condition(value)));
    }
    if (nested && isObject(rule)) {
      const inner = compileObject(rule, nested);
      return (values) => objectsAt(values, key).some(inner);
    }
    throw invalid(`the values of ${JSON.stringify(key)} are ${JSON.stringify(rule)}; expected an array`);
  });
  return (values) => parts.every((part) => part(values));
}

function compileCondition(key: string, item: unknown): Condition {
  if (!isObject(item)) {
    if (Array.isArray(item)) throw invalid(`a value of ${JSON.stringify(key)} is an array`);
    return (value) => value === item;
  }
  const [first, ...rest] = Object.entries(item);
  if (first === undefined || rest.length > 0) {
    throw invalid(`a condition on ${JSON.stringify(key)} has ${rest.length + (first ? 1 : 0)} operators; expected one`);
  }
  return compileOperator(key, ...first);
}

function compileOperator(key: string, operator: string, operand: unknown): Condition {
  const text = (): string => {
    if (typeof operand !== 'string') throw invalid(`${operator} on ${JSON.stringify(key)} expects a string`);
    return operand;
  };
  switch (operator) {
    case 'exists': {
      if (typeof operand !== 'boolean') throw invalid(`exists on ${JSON.stringify(key)} expects true or false`);
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
    case 'numeric':
      return compileNumeric(key, operand);
    case 'anything-but': {
      const items = Array.isArray(operand) ? operand : [operand];
      const refused = items.map((item) => compileCondition(key, item));
      return (value) => value !== undefined && !refused.some((condition) => condition(value));
    }
    default:
      throw invalid(
        `${JSON.stringify(operator)} on ${JSON.stringify(key)} is no operator; expected exists, prefix, suffix, equals-ignore-case, numeric or anything-but`,
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
      throw invalid(`numeric on ${JSON.stringify(key)} expects pairs of =, <, <=, >, >= and a number`);
    }
    checks.push((value) => compare(value, bound));
  }
  if (checks.length === 0 || checks.length > 2) {
    throw invalid(`numeric on ${JSON.stringify(key)} expects one comparison or a range of two`);
  }
  return (value) => typeof value === 'number' && checks.every((check) => check(value));
}

/** The values of a key, an array's elements each for itself; one undefined when there is none. */
function candidates(values: unknown, key: string): readonly (Scalar | undefined)[] {
  const value = isObject(values) && Object.hasOwn(values, key) ? values[key] : undefined;
  if (Array.isArray(value)) return value.length === 0 ? [undefined] : (value.flat(8) as Scalar[]);
  return [value as Scalar | undefined];
}

function objectsAt(values: unknown, key: string): readonly Record<string, unknown>[] {
  const value = isObject(values) && Object.hasOwn(values, key) ? values[key] : undefined;
  if (Array.isArray(value)) return value.filter(isObject);
  return isObject(value) ? [value] : [{}];
}

function attributeValues(attributes: MessageAttributes): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  for (const [name, { dataType, stringValue }] of Object.entries(attributes)) {
    if (stringValue === undefined) continue;
    if (dataType === 'String.Array') values[name] = parseJson(stringValue) ?? stringValue;
    else values[name] = dataType.startsWith('Number') ? Number(stringValue) : stringValue;
  }
  return values;
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): Error {
  return busError('filter-policy', `Invalid parameter: FilterPolicy: ${message}.`);
}
