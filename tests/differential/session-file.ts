import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { comparable } from './comparable.ts';
import type { Answer, Exchange } from './exchange.ts';
import { ServerIndex } from './server.ts';

/** A request, and what the real product answered to it. */
export interface RecordedExchange extends Exchange {
  readonly answer: Answer;
}

const folder = new URL('./sessions/', import.meta.url);

/** The names of all sessions that are kept; those that once failed come first. */
export function sessionNames(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
}

/** An exchange for each line. */
export function readSession(name: string): readonly RecordedExchange[] {
  const lines = readFileSync(new URL(name, folder), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as RecordedExchange);
}

/** Sends the requests to the real product, and keeps them with its answers. */
export async function recordSession(name: string, exchanges: readonly Exchange[], real: string): Promise<void> {
  const index = new ServerIndex(real);
  const lines: string[] = [];
  try {
    for (const exchange of exchanges) {
      lines.push(JSON.stringify({ ...exchange, answer: comparable(await index.ask(exchange)) }));
    }
  } finally {
    await index.drop();
  }
  writeFileSync(new URL(name, folder), `${lines.join('\n')}\n`);
}
