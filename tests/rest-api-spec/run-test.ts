import { type ApiSpecification, targetOf } from './api-specification.ts';
import { assertStep, isAssertion } from './assertions.ts';
import { assertExpectedError } from './expected-error.ts';
import type { Answer, Call, HttpClient } from './http.ts';
import { MissingParameter } from './missing-parameter.ts';
import { encodeBody } from './number-literal.ts';
import { type Stash, unstash } from './stash.ts';
import type { Step } from './suite.ts';
import { valueAt } from './value-at.ts';

/** What runs the steps of one test, its setup and its teardown; they share the last answer and the stash. */
export interface TestRun {
  readonly client: HttpClient;
  readonly specification: ApiSpecification;
  readonly stash: Stash;
  answer: unknown;
}

export async function runSteps(run: TestRun, steps: readonly Step[]): Promise<void> {
  for (const { kind, argument } of steps) {
    if (kind === 'skip') continue;
    if (kind === 'do') await performDo(run, argument as Record<string, unknown>);
    else if (kind === 'set') set(run, argument as Record<string, string>);
    else if (isAssertion(kind)) assertStep(kind, argument, run.answer, run.stash);
    else throw new Error(`The step [${kind}] is not understood`);
  }
}

function set(run: TestRun, argument: Readonly<Record<string, string>>): void {
  for (const [path, name] of Object.entries(argument)) run.stash.set(name, valueAt(run.answer, path, run.stash));
}

async function performDo(run: TestRun, step: Readonly<Record<string, unknown>>): Promise<void> {
  const { catch: expected, headers = {}, warnings = [], allowed_warnings: allowed = [], ...calls } = step;
  const [name, parameters] = Object.entries(calls)[0] ?? [];
  if (name === undefined) throw new Error('A step calls no API');
  const { ignore, ...given } = (parameters ?? {}) as Record<string, unknown>;
  let answer: Answer;
  try {
    const call = callOf(run, name, given);
    answer = await run.client.send({ ...call, headers: headers as Record<string, string> });
  } catch (error) {
    if (error instanceof MissingParameter && expected === 'param') return;
    throw error;
  }
  run.answer = answer.body;
  const ignored = [ignore ?? []].flat().map(Number);
  if (expected !== undefined) assertExpectedError(String(expected), answer.status, answer.body);
  else if (answer.status < 300) assertWarnings(answer.warnings, warnings as string[], allowed as string[]);
  else if (typeof answer.body !== 'boolean' && !ignored.includes(answer.status)) {
    throw new Error(`${name}: answered ${answer.status} ${JSON.stringify(answer.body).slice(0, 2000)}`);
  }
}

function callOf(run: TestRun, name: string, given: Readonly<Record<string, unknown>>): Call {
  const { body, ...parameters } = unstash(given, run.stash) as Record<string, unknown>;
  const texts = Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, parameterText(value)]));
  const target = targetOf(run.specification, name, texts, body !== undefined && body !== null);
  return { ...target, body: body === undefined || body === null ? undefined : bodyOf(name, body) };
}

function parameterText(value: unknown): string {
  return Array.isArray(value) ? value.map(parameterText).join(',') : String(value ?? '');
}

function bodyOf(name: string, body: unknown): { text: string; type: string } {
  const line = (value: unknown): string => (typeof value === 'string' ? value : encodeBody(value));
  if (Array.isArray(body)) return { text: `${body.map(line).join('\n')}\n`, type: 'application/x-ndjson' };
  const type = name === 'bulk' || name === 'msearch' ? 'application/x-ndjson' : 'application/json';
  return { text: line(body), type };
}

/** Warnings about mapping types may come with every answer; the suite was written for a runner that passes over them. */
function assertWarnings(found: readonly string[], expected: readonly string[], allowed: readonly string[]): void {
  const missing = expected.filter((text) => !found.includes(text));
  const mayCome = (text: string): boolean => allowed.includes(text) || text.startsWith('[types removal]');
  const surplus = found.filter((text) => !expected.includes(text) && !mayCome(text));
  if (missing.length + surplus.length === 0) return;
  throw new Error(`warnings: missing ${JSON.stringify(missing)}, not expected ${JSON.stringify(surplus)}`);
}
