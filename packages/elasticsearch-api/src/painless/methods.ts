import { isNumber, sameValue, textOf, type Value } from './values.ts';

type Values = readonly Value[];
/** A method of a value of type T; undefined where the arguments do not fit. */
type Methods<T> = ReadonlyMap<string, (self: T, values: Values) => Value | undefined>;

const MAX_LIST_LENGTH = 100_000;

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '\uffff');
const whole = (value: Value | undefined): number => (typeof value === 'bigint' ? Number(value) : -1);

const ofTexts: Methods<string> = new Map<string, (self: string, values: Values) => Value | undefined>([
  ['contains', (self, [part]) => self.includes(text(part))],
  ['startsWith', (self, [part]) => self.startsWith(text(part))],
  ['endsWith', (self, [part]) => self.endsWith(text(part))],
  ['indexOf', (self, [part]) => BigInt(self.indexOf(text(part)))],
  ['isEmpty', (self) => self === ''],
  ['length', (self) => BigInt(self.length)],
  ['replace', (self, [from, to]) => self.replaceAll(text(from), () => text(to))],
  [
    'substring',
    (self, [from, to]) => {
      const [start, end] = [whole(from), to === undefined ? self.length : whole(to)];
      return start < 0 || end < start || end > self.length ? undefined : self.slice(start, end);
    },
  ],
  ['toLowerCase', (self) => self.toLowerCase()],
  ['toUpperCase', (self) => self.toUpperCase()],
  ['trim', (self) => self.trim()],
]);

const ofLists: Methods<Value[]> = new Map<string, (self: Value[], values: Values) => Value | undefined>([
  [
    'add',
    (self, [first, second]) => {
      if (second === undefined) self.push(first ?? null);
      else if (whole(first) < 0 || whole(first) > self.length) return undefined;
      else self.splice(whole(first), 0, second);
      return true;
    },
  ],
  [
    'addAll',
    (self, [list]) => {
      if (!Array.isArray(list)) return undefined;
      if (self.length + list.length > MAX_LIST_LENGTH) {
        throw new RangeError(`a list is longer than [${MAX_LIST_LENGTH}] elements`);
      }
      self.push(...list);
      return list.length > 0;
    },
  ],
  [
    'clear',
    (self) => {
      self.length = 0;
      return null;
    },
  ],
  ['contains', (self, [value]) => self.some((element) => sameValue(element, value ?? null))],
  ['get', (self, [at]) => self[whole(at)]],
  ['indexOf', (self, [value]) => BigInt(self.findIndex((element) => sameValue(element, value ?? null)))],
  ['isEmpty', (self) => self.length === 0],
  ['remove', (self, [at]) => (whole(at) >= 0 && whole(at) < self.length ? self.splice(whole(at), 1)[0] : undefined)],
  ['size', (self) => BigInt(self.length)],
]);

const ofMaps: Methods<Map<string, Value>> = new Map<
  string,
  (self: Map<string, Value>, values: Values) => Value | undefined
>([
  [
    'clear',
    (self) => {
      self.clear();
      return null;
    },
  ],
  ['containsKey', (self, [name]) => self.has(text(name))],
  ['get', (self, [name]) => self.get(text(name)) ?? null],
  ['getOrDefault', (self, [name, other]) => self.get(text(name)) ?? other ?? null],
  ['isEmpty', (self) => self.size === 0],
  [
    'put',
    (self, [name, value]) => {
      const before = self.get(text(name)) ?? null;
      self.set(text(name), value ?? null);
      return before;
    },
  ],
  [
    'putIfAbsent',
    (self, [name, value]) => {
      const before = self.get(text(name)) ?? null;
      if (before === null) self.set(text(name), value ?? null);
      return before;
    },
  ],
  [
    'remove',
    (self, [name]) => {
      const before = self.get(text(name)) ?? null;
      self.delete(text(name));
      return before;
    },
  ],
  ['size', (self) => BigInt(self.size)],
]);

/** Calls a method of a value; undefined when it has no such method, or not with such arguments. */
export function callMethod(self: Value, method: string, values: Values): Value | undefined {
  if (method === 'equals' && self !== null) return sameValue(self, values[0] ?? null);
  if (method === 'toString' && self !== null) return textOf(self);
  if (typeof self === 'string') return ofTexts.get(method)?.(self, values);
  if (Array.isArray(self)) return ofLists.get(method)?.(self, values);
  return self instanceof Map ? ofMaps.get(method)?.(self, values) : undefined;
}

const mathFunctions: ReadonlyMap<string, (...values: readonly number[]) => number> = new Map([
  ['abs', Math.abs],
  ['ceil', Math.ceil],
  ['floor', Math.floor],
  ['max', Math.max],
  ['min', Math.min],
  ['pow', Math.pow],
  ['round', Math.round],
  ['sqrt', Math.sqrt],
]);

/** Calls a function of `Math`; undefined when it has none of that name, or not of such arguments. All but `round` give doubles. */
export function callMath(method: string, values: Values): Value | undefined {
  const run = mathFunctions.get(method);
  if (run === undefined || values.length === 0 || !values.every(isNumber)) return undefined;
  const result = run(...values.map(Number));
  return method === 'round' && Number.isFinite(result) ? BigInt(result) : result;
}
