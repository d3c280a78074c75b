import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Action } from '../action.ts';
import { SNS_ACTIONS } from '../sns/actions.ts';
import { SQS_ACTIONS } from '../sqs/actions.ts';
import { failure } from '../wire/failure.ts';
import { Input } from '../wire/input.ts';
import { readSnsForm, readSqsForm } from './form.ts';
import type { ServiceName } from './xml.ts';

/** How a request speaks, and so how its answer must: SQS in both protocols, SNS in the query protocol. */
export interface Dialect {
  readonly service: ServiceName;
  readonly protocol: 'json' | 'query';
}

/** A request whose protocol is known. */
export interface ApiRequest {
  readonly dialect: Dialect;
  readonly actionName: string;
  readonly action: Action;
  readonly input: Input;
}

/** A request as it came. */
export class RawRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  #form: URLSearchParams | undefined;

  constructor({ method = '', url = '/', headers }: IncomingMessage, body: Buffer) {
    this.method = method;
    this.target = url;
    this.headers = headers;
    this.body = body;
  }

  get path(): string {
    return this.target.replace(/\?.*/s, '');
  }

  /** The parameters of the query protocol, of the body and of the address, where presigned requests have them; read once. */
  get form(): URLSearchParams {
    const query = this.target.slice(this.path.length + 1);
    this.#form ??= new URLSearchParams([query, this.body.toString()].filter((part) => part !== '').join('&'));
    return this.#form;
  }
}

const TARGET = /^AmazonSQS\.(\w+)$/;
const SNS_VERSION = '2010-03-31';
const SQS_VERSION = '2012-11-05';

/** How to answer a request, as far as its headers tell, before anything of it is trusted. */
export function dialectOf(raw: RawRequest): Dialect {
  const { headers } = raw;
  if (headers['x-amz-target'] !== undefined || /json/.test(headers['content-type'] ?? ''))
    return { service: 'sqs', protocol: 'json' };
  const { form } = raw;
  const [action, version] = [form.get('Action') ?? '', form.get('Version')];
  // Both services have AddPermission and RemovePermission.
  const isSns = version === SNS_VERSION || (version !== SQS_VERSION && SNS_ACTIONS.has(action));
  return { service: isSns ? 'sns' : 'sqs', protocol: 'query' };
}

/** Reads a request; what is wrong with it is thrown. */
export function readRequest(raw: RawRequest, dialect: Dialect): ApiRequest {
  return dialect.protocol === 'json' ? readJson(raw, dialect) : readQuery(raw, dialect);
}

function readJson({ headers, body }: RawRequest, dialect: Dialect): ApiRequest {
  const target = String(headers['x-amz-target'] ?? '');
  const actionName = TARGET.exec(target)?.[1] ?? target;
  const action = requireAction(SQS_ACTIONS, actionName);
  return { dialect, actionName, action, input: new Input(parseObject(body)) };
}

function readQuery({ path, form }: RawRequest, dialect: Dialect): ApiRequest {
  const actionName = form.get('Action') ?? '';
  if (actionName === '') throw failure('MissingParameter', 'The request must contain the parameter Action.');
  if (dialect.service === 'sns') {
    return { dialect, actionName, action: requireAction(SNS_ACTIONS, actionName), input: new Input(readSnsForm(form)) };
  }
  const shape = readSqsForm(form);
  // spec: SQS developer guide, "Making Query API requests": a request goes to the URL of its queue.
  const input = new Input(path.length > 1 ? { QueueUrl: path, ...shape } : shape);
  return { dialect, actionName, action: requireAction(SQS_ACTIONS, actionName), input };
}

function requireAction(actions: ReadonlyMap<string, Action>, name: string): Action {
  const action = actions.get(name);
  if (action === undefined) {
    throw failure('InvalidAction', `The action ${JSON.stringify(name.slice(0, 200))} is not valid for this endpoint.`);
  }
  return action;
}

function parseObject(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    throw failure('MalformedInput', 'The body of the request is no JSON.');
  }
  throw failure('MalformedInput', 'The body of the request is no JSON object.');
}
