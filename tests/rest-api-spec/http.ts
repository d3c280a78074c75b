import { Agent, request } from 'undici';
import { parse } from 'yaml';

/** An answer; a HEAD's is whether it was a good one, and what is neither JSON nor YAML is a string. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly warnings: readonly string[];
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly text: string; readonly type: string } | undefined;
}

const limitMs = 60_000;

/** Sends the calls of a suite to one server. */
export class HttpClient {
  readonly #url: string;
  readonly #agent = new Agent({ headersTimeout: limitMs, bodyTimeout: limitMs });

  constructor(url: string) {
    this.#url = url.replace(/\/$/, '');
  }

  async send({ method, path, headers = {}, body }: Call): Promise<Answer> {
    const answer = await request(`${this.#url}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: { ...(body === undefined ? {} : { 'content-type': body.type }), ...lowerCased(headers) },
      ...(body === undefined ? {} : { body: body.text }),
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      body: method === 'HEAD' ? answer.statusCode < 300 : parseBody(String(answer.headers['content-type']), text),
      warnings: [answer.headers.warning ?? []].flat().flatMap(warningTexts),
    };
  }

  close(): Promise<void> {
    return this.#agent.close();
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function parseBody(type: string, text: string): unknown {
  if (type.includes('json')) return text === '' ? null : JSON.parse(text);
  return type.includes('yaml') ? parse(text) : text;
}

/** The texts of `299 Elasticsearch-7.10.2-… "text"`, of which a header may have several. */
function warningTexts(header: string): string[] {
  return [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}
