import { eventually } from '../support/wait.ts';
import { type Answer, type Exchange, send } from './exchange.ts';
import { INDEX } from './session.ts';

const prefix = process.env.DAYBOOK_TEST_INDEX_PREFIX ?? 'proof-';
let made = 0;

/** The indices of one session on one server, under names that nobody else uses. */
export class ServerIndex {
  readonly #url: string;
  readonly #name: string;

  constructor(url: string) {
    this.#url = url;
    made += 1;
    this.#name = `${prefix}${process.pid}-${made}`;
  }

  /** The answer to a request in which {@link INDEX} stands for what the names begin with. */
  async ask(exchange: Exchange): Promise<Answer> {
    const asked = JSON.stringify(exchange).replaceAll(INDEX, this.#name);
    const answer = await eventually(`an answer to ${exchange.method} ${exchange.path}`, async () => {
      const given = await send(this.#url, JSON.parse(asked) as Exchange);
      // A server that is short of memory says so.
      return given.status === 429 ? undefined : given;
    });
    return JSON.parse(JSON.stringify(answer).replaceAll(this.#name, INDEX)) as Answer;
  }

  async drop(): Promise<void> {
    await send(this.#url, { method: 'DELETE', path: `/${this.#name},${this.#name}-other?ignore_unavailable=true` });
  }
}
