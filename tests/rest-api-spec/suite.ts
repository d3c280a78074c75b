import { readFileSync } from 'node:fs';
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments } from 'yaml';
import { indentContinuations } from './indent-continuations.ts';
import { numberOf } from './number-literal.ts';

/** One step of a test: its kind (`do`, `match`, …) and what stands under it. */
export interface Step {
  readonly kind: string;
  readonly argument: unknown;
}

export interface Test {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** A file of the suite. */
export interface Suite {
  readonly setup: readonly Step[];
  readonly teardown: readonly Step[];
  readonly tests: readonly Test[];
}

/** Reads a file of YAML documents, each an object from a test's name (or `setup`, `teardown`) to its steps. */
export function readSuite(path: string): Suite {
  const sections = new Map<string, readonly Step[]>();
  for (const document of parseYaml(readFileSync(path, 'utf8'))) {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors[0]?.message}`);
    const content = toValue(document.contents as Node | null) ?? {};
    for (const [name, steps] of Object.entries(content as Record<string, unknown>)) {
      sections.set(name, ((steps ?? []) as readonly unknown[]).map(toStep));
    }
  }
  const { setup = [], teardown = [], ...tests } = Object.fromEntries(sections);
  return { setup, teardown, tests: Object.entries(tests).map(([name, steps]) => ({ name, steps })) };
}

function parseYaml(source: string): Document[] {
  const parse = (text: string): Document[] => [...parseAllDocuments(text, { intAsBigInt: true, uniqueKeys: false })];
  const documents = parse(source);
  return documents.some(({ errors }) => errors.length > 0) ? parse(indentContinuations(source)) : documents;
}

function toStep(step: unknown): Step {
  const [entry] = Object.entries(step as Record<string, unknown>);
  if (entry === undefined) throw new Error('A step is empty');
  return { kind: entry[0], argument: entry[1] };
}

function toValue(node: Node | null): unknown {
  if (node === null) return null;
  if (isMap(node)) {
    return Object.fromEntries(node.items.map((pair) => [keyOf(pair.key as Node), toValue(pair.value as Node | null)]));
  }
  if (isSeq(node)) return node.items.map((item) => toValue(item as Node));
  if (isAlias(node)) throw new Error(`The alias *${node.source} is not understood`);
  if (!isScalar(node)) return undefined;
  const { value } = node;
  return typeof value === 'bigint' || typeof value === 'number' ? numberOf(node.source ?? String(value), value) : value;
}

function keyOf(key: Node): string {
  return isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))) : String(key);
}
