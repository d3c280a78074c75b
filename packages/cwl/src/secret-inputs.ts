import { entries, findRequirement, isObject, type ProcessSelection, selectProcess, shortId } from './cwl-document.ts';
import type { JsonObject, JsonValue } from './json.ts';

const SECRETS_CLASS = 'http://commonwl.org/cwltool#Secrets';

/**
 * Ids of the inputs whose values are never shown, in the document's order: those that `cwltool:Secrets` of the process names, those from which
 * its steps, at any depth, take an input that is declared secret there, and those that match one of `patterns`, in which `*` stands for any text.
 */
export function secretInputs(
  document: JsonObject,
  patterns: readonly string[] = [],
  selection: ProcessSelection = {},
): readonly string[] {
  const { process } = selectProcess(document, selection);
  const declared = createTracer(document)(process);
  return entries(process.inputs, 'id')
    .map((input) => shortId(String(input.id)))
    .filter((id) => declared.has(id) || matchesPattern(patterns, id));
}

/** Whether an id matches one of the patterns of {@link secretInputs}. */
export function matchesPattern(patterns: readonly string[], id: string): boolean {
  return patterns.some((pattern) => toExpression(pattern).test(id));
}

/** The document with exactly these inputs of its process declared secret, which keeps their values out of cwltool's log. */
export function declareSecrets(document: JsonObject, ids: readonly string[]): JsonObject {
  const { process } = selectProcess(document, {});
  if (ids.length === 0 && findRequirement(process, 'Secrets') === undefined) return document;
  const declaring = {
    ...process,
    requirements: withoutSecrets(process.requirements),
    hints: [...withoutSecrets(process.hints), ...(ids.length > 0 ? [{ class: SECRETS_CLASS, secrets: ids }] : [])],
  };
  if (process === document) return declaring;
  return {
    ...document,
    $graph: entries(document.$graph, 'id').map((entry) => (entry.id === process.id ? declaring : entry)),
  };
}

type Tracer = (process: JsonObject) => ReadonlySet<string>;

function createTracer(document: JsonObject): Tracer {
  const known = new Map<JsonObject, ReadonlySet<string>>();
  const graph = entries(document.$graph, 'id');
  const runOf = (run: JsonValue | undefined): JsonObject | undefined =>
    isObject(run) ? run : graph.find(({ id }) => id === run || (typeof run === 'string' && id === `#${run}`));

  const trace: Tracer = (process) => {
    const before = known.get(process);
    if (before !== undefined) return before;
    const secrets = new Set(declaredSecrets(process));
    // Known before its steps are: a workflow that runs itself, which nobody can run, ends here.
    known.set(process, secrets);
    for (const step of process.class === 'Workflow' ? entries(process.steps, 'id') : []) {
      const run = runOf(step.run);
      const ofStep = new Set([...declaredSecrets(step), ...(run === undefined ? [] : trace(run))]);
      const { direct, used } = sourcesOf(step, ofStep);
      const inputs = [...inputsOf(process, direct), ...inputsOf(process, used).filter(isText)];
      for (const { id } of inputs) secrets.add(shortId(String(id)));
    }
    return secrets;
  };
  return trace;
}

function declaredSecrets(process: JsonObject): readonly string[] {
  return texts(findRequirement(process, 'Secrets')?.secrets).map(shortId);
}

/** Where the secret inputs of a step come from, and where the inputs of the step that their expressions use. */
function sourcesOf(
  step: JsonObject,
  secrets: ReadonlySet<string>,
): { readonly direct: readonly string[]; readonly used: readonly string[] } {
  const inputs = entries(step.in, 'id', 'source');
  const idOf = (input: JsonObject): string => shortId(String(input.id));
  const secret = inputs.filter((input) => secrets.has(idOf(input)));
  const mentioned = new Set(secret.flatMap(({ valueFrom }) => texts(valueFrom).flatMap(mentionedInputs)));
  const sources = (some: readonly JsonObject[]): readonly string[] => some.flatMap(({ source }) => texts(source));
  return { direct: sources(secret), used: sources(inputs.filter((input) => mentioned.has(idOf(input)))) };
}

function mentionedInputs(expression: string): readonly string[] {
  const mentions = expression.matchAll(/\binputs(?:\.(\w+)|\[["']([^"']+)["']\])/g);
  return [...mentions].map(([, member, key]) => member ?? key ?? '');
}

/** The inputs of a workflow among what sources name; the others are outputs of steps. */
function inputsOf(process: JsonObject, sources: readonly string[]): readonly JsonObject[] {
  return entries(process.inputs, 'id', 'type').filter(({ id }) =>
    sources.some((source) => id === source || shortId(String(id)) === source.replace(/^#/, '')),
  );
}

/** A number that goes into a secret text, such as a port, could not be sealed. */
function isText({ type }: JsonObject): boolean {
  return texts(type).some((name) => name === 'string' || name === 'string?');
}

function withoutSecrets(requirements: JsonValue | undefined): readonly JsonObject[] {
  return entries(requirements, 'class').filter((entry) => findRequirement({ hints: [entry] }, 'Secrets') === undefined);
}

function texts(value: JsonValue | undefined): readonly string[] {
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [value ?? null];
  return items.filter((item) => typeof item === 'string');
}

function toExpression(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
