import { type Difference, differenceOf } from './difference.ts';
import type { Exchange } from './exchange.ts';
import { ServerIndex } from './server.ts';

/** The real product and ours. */
export interface Urls {
  readonly real: string;
  readonly ours: string;
}

/** An index of the real product beside one of ours, which are sent the same. */
export class Pair {
  readonly #real: ServerIndex;
  readonly #ours: ServerIndex;

  constructor({ real, ours }: Urls) {
    this.#real = new ServerIndex(real);
    this.#ours = new ServerIndex(ours);
  }

  /** The first difference of the two answers. */
  async ask(exchange: Exchange): Promise<Difference | undefined> {
    const [expected, actual] = await Promise.all([this.#real.ask(exchange), this.#ours.ask(exchange)]);
    return differenceOf(exchange, expected, actual);
  }

  async drop(): Promise<void> {
    await Promise.all([this.#real.drop(), this.#ours.drop()]);
  }
}
