import { compileCondition, invalidPolicy, isObject, type Scalar } from './filter-condition.ts';
import type { MessageAttributes } from './message.ts';

/** Whether a message's values pass a policy. */
type Matcher = (values: unknown) => boolean;

/** A parsed filter policy of a subscription (SNS developer guide, "Subscription filter policies"). */
export interface FilterPolicy {
  /** How many keys have values, those of nested objects and of choices counted in. */
  readonly keys: number;
  matches(message: { readonly body: string; readonly attributes?: MessageAttributes }): boolean;
}

const MAX_POLICY_CHARS = 262_144;

/** Parses a policy over the message's attributes, or over its body when `scope` is `MessageBody`. */
export function parseFilterPolicy(source: string, scope = 'MessageAttributes'): FilterPolicy {
  if (scope !== 'MessageAttributes' && scope !== 'MessageBody') {
    throw invalidPolicy(`FilterPolicyScope is ${JSON.stringify(scope)}; expected MessageAttributes or MessageBody`);
  }
  const onBody = scope === 'MessageBody';
  const policy = parsePolicyJson(source);
  const matcher = compileObject(policy, onBody);
  return {
    keys: countKeys(policy),
    matches({ body, attributes = {} }) {
      const values = onBody ? parseJson(body) : attributeValues(attributes);
      return isObject(values) && matcher(values);
    },
  };
}

function parsePolicyJson(source: string): Record<string, unknown> {
  const policy = source.length <= MAX_POLICY_CHARS ? parseJson(source) : undefined;
  if (!isObject(policy)) throw invalidPolicy('the filter policy is no JSON object');
  return policy;
}

function countKeys(policy: Record<string, unknown>): number {
  let keys = 0;
  for (const [key, rule] of Object.entries(policy)) {
    const inner = isObject(rule) ? [rule] : choicesOf(key, rule);
    keys += inner?.reduce((sum, each) => sum + countKeys(each), 0) ?? 1;
  }
  return keys;
}

function choicesOf(key: string, rule: unknown): readonly Record<string, unknown>[] | undefined {
  return key === '$or' && Array.isArray(rule) && rule.length > 1 && rule.every(isObject) ? rule : undefined;
}

function compileObject(policy: Record<string, unknown>, nested: boolean): Matcher {
  const parts = Object.entries(policy).map(([key, rule]): Matcher => {
    const choices = choicesOf(key, rule)?.map((choice) => compileObject(choice, nested));
    if (choices !== undefined) {
      return (values) => choices.some((choice) => choice(values));
    }
    if (Array.isArray(rule)) {
      if (rule.length === 0) throw invalidPolicy(`the values of ${JSON.stringify(key)} are an empty array`);
      const conditions = rule.map((item) => compileCondition(key, item));
      return (values) => candidates(values, key).some((value) => conditions.some((condition) => condition(value)));
    }
    if (nested && isObject(rule)) {
      const inner = compileObject(rule, nested);
      return (values) => objectsAt(values, key).some(inner);
    }
    throw invalidPolicy(`the values of ${JSON.stringify(key)} are ${JSON.stringify(rule)}; expected an array`);
  });
  return (values) => parts.every((part) => part(values));
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
