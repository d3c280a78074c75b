import { call } from '../support/wps-t.ts';
import type { Event, Operation, Outcome } from './history.ts';
import type { Register } from './register.ts';

const INDEX = 'register';

/** Numbers from 0 to 1. */
type Random = () => number;

/** Clients that work on a few documents of one index, and the record of what they did. */
export class Clients {
  readonly events: Event[] = [];
  readonly #ids: readonly string[];
  readonly #random: Random;
  readonly #lastSeqNos = new Map<string, number>();
  #nextValue = 1;
  /** How many searches were held against what was acknowledged before them. */
  searches = 0;

  /** `states` says what the documents are before the first operation, where there are some. */
  constructor(ids: readonly string[], random: Random, states: ReadonlyMap<string, Register> = new Map()) {
    this.#ids = ids;
    this.#random = random;
    for (const [id, { value = 0, seqNo }] of states) {
      if (seqNo !== undefined) this.#lastSeqNos.set(id, seqNo);
      this.#nextValue = Math.max(this.#nextValue, value + 1);
    }
  }

  /** Lets so many clients work one operation after the other until `isOver` says so, or their server is gone. */
  async work(url: string, clients: number, isOver: () => boolean): Promise<void> {
    const client = async (): Promise<void> => {
      while (!isOver()) {
        const event = await this.#perform(url);
        if (event.outcome.type === 'unknown') return;
        if (event.outcome.type === 'written' && event.operation.type !== 'delete' && this.#random() < 0.2) {
          if (!(await this.#search(url, event))) return;
        }
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
  }

  /** Reads every document once: what a restart has left. */
  async readAll(url: string): Promise<void> {
    for (const id of this.#ids) await this.#record(url, id, { type: 'get' });
  }

  #perform(url: string): Promise<Event> {
    const id = this.#ids[Math.floor(this.#random() * this.#ids.length)]!;
    return this.#record(url, id, this.#draw(id));
  }

  #draw(id: string): Operation {
    const kind = this.#random();
    if (kind < 0.3) return { type: 'get' };
    if (kind < 0.4) return { type: 'delete' };
    const value = this.#nextValue++;
    if (kind < 0.55) return { type: 'create', value };
    if (kind < 0.7) return { type: 'update', value };
    const ifSeqNo = this.#lastSeqNos.get(id);
    return kind < 0.85 && ifSeqNo !== undefined
      ? { type: 'compare-and-set', value, ifSeqNo }
      : { type: 'index', value };
  }

  async #record(url: string, id: string, operation: Operation): Promise<Event> {
    const calledAt = performance.now();
    const outcome = await send(url, id, operation);
    const returnedAt = outcome.type === 'unknown' ? Number.POSITIVE_INFINITY : performance.now();
    if (outcome.type === 'written' || outcome.type === 'found') this.#lastSeqNos.set(id, outcome.seqNo);
    const event = { id, operation, outcome, calledAt, returnedAt };
    this.events.push(event);
    return event;
  }

  /** A search that starts after a write was acknowledged finds that document with that sequence number or a later one; false without an answer. */
  async #search(url: string, { id, outcome, returnedAt }: Event): Promise<boolean> {
    if (outcome.type !== 'written') return true;
    const body = { query: { ids: { values: [id] } }, seq_no_primary_term: true };
    let answer: Awaited<ReturnType<typeof call>>;
    try {
      answer = await call('POST', `${url}/${INDEX}/_search`, body);
    } catch {
      return false;
    }
    this.searches += 1;
    const hit = answer.body.hits.hits[0];
    if (hit !== undefined && hit._seq_no < outcome.seqNo)
      throw new Error(`a search shows ${id} as it was before ${outcome.seqNo}`);
    // A document that is not found has to have been deleted meanwhile: then the search is a read like any other.
    const seen: Outcome =
      hit === undefined ? { type: 'absent' } : { type: 'found', value: hit._source.value, seqNo: hit._seq_no };
    this.events.push({
      id,
      operation: { type: 'get' },
      outcome: seen,
      calledAt: returnedAt,
      returnedAt: performance.now(),
    });
    return true;
  }
}

/** Makes the index whose documents are worked on. */
export async function createIndex(url: string): Promise<void> {
  const mappings = { properties: { value: { type: 'long' } } };
  await call('PUT', `${url}/${INDEX}`, { mappings });
}

async function send(url: string, id: string, operation: Operation): Promise<Outcome> {
  try {
    const answer = await call(...requestOf(url, id, operation));
    const { status, body } = answer;
    if (status === 409) return { type: 'conflict' };
    if (status === 404) return { type: 'absent' };
    if (status !== 200 && status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
    if (operation.type === 'get') return { type: 'found', value: body._source.value, seqNo: body._seq_no };
    return { type: 'written', seqNo: body._seq_no, version: body._version };
  } catch (error) {
    // No answer, since the server was killed.
    if (error instanceof TypeError) return { type: 'unknown' };
    throw error;
  }
}

function requestOf(url: string, id: string, operation: Operation): Parameters<typeof call> {
  const document = `${url}/${INDEX}/_doc/${id}`;
  switch (operation.type) {
    case 'get':
      return ['GET', document];
    case 'delete':
      return ['DELETE', document];
    case 'index':
      return ['PUT', document, { value: operation.value }];
    case 'create':
      return ['PUT', `${url}/${INDEX}/_create/${id}`, { value: operation.value }];
    case 'update':
      return ['POST', `${url}/${INDEX}/_update/${id}`, { doc: { value: operation.value } }];
    case 'compare-and-set':
      return ['PUT', `${document}?if_seq_no=${operation.ifSeqNo}&if_primary_term=1`, { value: operation.value }];
  }
}
