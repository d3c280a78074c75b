import { failure } from '../wire/failure.ts';

/** A parameter of the query protocol: its value, or what stands behind the dots of its name. */
type Node = string | Map<string, Node>;
type Shape = Readonly<Record<string, unknown>>;

const MAX_PARAMETERS = 2000;
const MAX_DEPTH = 8;

/** How SQS's query protocol names a list or a map, and what AWS JSON calls it. */
const SQS_LISTS: Readonly<Record<string, string>> = {
  ActionName: 'Actions',
  AWSAccountId: 'AWSAccountIds',
  AttributeName: 'AttributeNames',
  ChangeMessageVisibilityBatchRequestEntry: 'Entries',
  DeleteMessageBatchRequestEntry: 'Entries',
  MessageAttributeName: 'MessageAttributeNames',
  MessageSystemAttributeName: 'MessageSystemAttributeNames',
  SendMessageBatchRequestEntry: 'Entries',
  TagKey: 'TagKeys',
};
const SQS_MAPS: Readonly<Record<string, string>> = {
  Attribute: 'Attributes',
  MessageAttribute: 'MessageAttributes',
  MessageSystemAttribute: 'MessageSystemAttributes',
  Tag: 'Tags',
};

const LIST_NAMES = new Set([...Object.keys(SQS_LISTS), ...Object.values(SQS_LISTS)]);

/** The parameters of an SQS request in the query protocol, in the shape of AWS JSON. */
export function readSqsForm(form: URLSearchParams): Shape {
  const shape = sqsShape(readTree(form));
  // spec: SQS API, CreateQueue: the only action whose tags are called `tags`.
  return form.get('Action') === 'CreateQueue' ? { ...shape, tags: shape.Tags } : shape;
}

/** The parameters of an SNS request in the query protocol, in the shape of AWS JSON. */
export function readSnsForm(form: URLSearchParams): Shape {
  return snsShape(readTree(form)) as Shape;
}

function readTree(form: URLSearchParams): Map<string, Node> {
  if (form.size > MAX_PARAMETERS) throw failure('MalformedInput', `There are more than ${MAX_PARAMETERS} parameters.`);
  const root = new Map<string, Node>();
  for (const [name, value] of form) {
    const path = name.split('.');
    const last = path.pop()!;
    if (path.length >= MAX_DEPTH) throw contradiction(name);
    let at = root;
    for (const part of path) {
      const next = at.get(part) ?? new Map<string, Node>();
      if (typeof next === 'string') throw contradiction(name);
      at.set(part, next);
      at = next;
    }
    if (at.has(last)) throw contradiction(name);
    at.set(last, value);
  }
  return root;
}

function sqsShape(tree: Map<string, Node>): Shape {
  const shape: Record<string, unknown> = {};
  for (const [name, node] of tree) {
    // An empty list is sent as its name without a value.
    if (node === '' && LIST_NAMES.has(name)) continue;
    if (typeof node === 'string') shape[name] = node;
    else if (name in SQS_LISTS)
      shape[SQS_LISTS[name]!] = numbered(node).map((item) => (typeof item === 'string' ? item : sqsShape(item)));
    else if (name in SQS_MAPS) shape[SQS_MAPS[name]!] = toMap(numbered(node), sqsShape);
    else shape[name] = sqsShape(node);
  }
  return shape;
}

function snsShape(node: Node): unknown {
  if (typeof node === 'string') return node;
  const members = node.get('member');
  if (members instanceof Map) return numbered(members).map(snsShape);
  const entries = node.get('entry');
  if (entries instanceof Map) return toMap(numbered(entries), snsShape);
  return Object.fromEntries([...node].map(([name, child]) => [name, snsShape(child)]));
}

/** The children in the order of their numbers. */
function numbered(node: Map<string, Node>): readonly Node[] {
  const children = [...node].sort(([a], [b]) => Number(a) - Number(b));
  const wrong = children.find(([name]) => !/^\d{1,6}$/.test(name));
  if (wrong !== undefined) throw contradiction(wrong[0]);
  return children.map(([, child]) => child);
}

/** A map from entries that have a key and a value under one of AWS's names for them. */
function toMap(entries: readonly Node[], shapeOf: (value: Map<string, Node>) => unknown): Shape {
  return Object.fromEntries(
    entries.map((entry) => {
      const parts = typeof entry === 'string' ? new Map<string, Node>() : entry;
      const key = parts.get('Name') ?? parts.get('Key') ?? parts.get('key');
      const value = parts.get('Value') ?? parts.get('value') ?? '';
      if (typeof key !== 'string') throw failure('MalformedInput', 'An entry of a map has no name.');
      return [key, typeof value === 'string' ? value : shapeOf(value)];
    }),
  );
}

function contradiction(name: string): Error {
  return failure(
    'MalformedInput',
    `The parameter ${JSON.stringify(name.slice(0, 200))} contradicts another or is malformed.`,
  );
}
