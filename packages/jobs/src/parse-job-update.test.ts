import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobUpdate } from './job-update.ts';
import { parseJobUpdate } from './parse-job-update.ts';

const SENT = { SentTimestamp: String(Date.parse('2016-01-14T08:00:10Z')) };

function raw(message: unknown): ReturnType<typeof parseJobUpdate> {
  return parseJobUpdate({ messageId: 'queue-1', body: JSON.stringify(message), attributes: SENT });
}

function enveloped(message: unknown, envelope: object = {}): ReturnType<typeof parseJobUpdate> {
  const body = JSON.stringify({
    Type: 'Notification',
    MessageId: 'topic-1',
    TopicArn: 'arn:aws:sns:us-west-2:123456789012:jobs.fifo',
    Message: typeof message === 'string' ? message : JSON.stringify(message),
    Timestamp: '2016-01-14T08:00:05.000Z',
    ...envelope,
  });
  return parseJobUpdate({ messageId: 'queue-1', body, attributes: SENT });
}

function updateOf(parsed: ReturnType<typeof parseJobUpdate>): JobUpdate {
  if ('poison' in parsed) throw new Error(`poison: ${parsed.poison}`);
  return parsed.update;
}

describe('a record of the queue', () => {
  it('gives the topic’s id and time to a message that brings none', () => {
    expect(updateOf(enveloped({ id: 'j', status: 'running' }))).toEqual({
      id: 'j',
      'event-id': 'topic-1',
      time: '2016-01-14T08:00:05.000Z',
      kind: 'update',
      status: 'running',
    });
  });

  it('gives the queue’s id and time where delivery is raw', () => {
    expect(updateOf(raw({ id: 'j' }))).toEqual({
      id: 'j',
      'event-id': 'queue-1',
      time: '2016-01-14T08:00:10.000Z',
      kind: 'update',
    });
  });

  it('takes the publisher’s id, and the earlier of its time and the topic’s', () => {
    const early = updateOf(enveloped({ id: 'j', 'event-id': 'mine', time: '2016-01-14T07:00:00Z' }));
    expect(early).toMatchObject({ 'event-id': 'mine', time: '2016-01-14T07:00:00.000Z' });
    const late = updateOf(enveloped({ id: 'j', time: '2016-01-14T09:00:00Z' }));
    expect(late.time).toBe('2016-01-14T08:00:05.000Z');
  });

  it('reads the oldest form, in which inputs, outputs and tags are JSON texts', () => {
    const message = { id: 'j', status: 'running', inputs: '{"a":1}', outputs: '{"o":"http://o"}', tags: '["x","y"]' };
    expect(updateOf(enveloped(message))).toMatchObject({
      inputs: { a: 1 },
      outputs: { o: 'http://o' },
      labels: ['x', 'y'],
    });
  });

  it.each([
    ['inputs that are no JSON', { inputs: 'none of this', status: 'running' }],
    ['inputs that are none', { inputs: 'none', status: 'running' }],
    [
      'inputs whose text nests without end',
      { inputs: `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, status: 'running' },
    ],
    ['labels whose text is an object', { labels: '{"a":1}', status: 'running' }],
    ['outputs whose text is a number', { outputs: '5', status: 'running' }],
    [
      'empty values of all kinds',
      { inputs: {}, outputs: '{}', labels: [], message: '', step: null, status: 'running' },
    ],
    ['a start time that is none', { 'start-time': 'yesterday', status: 'running' }],
    ['a progress that is none', { progress: 'half', status: 'running' }],
    ['members that nobody knows', { colour: 'red', status: 'running' }],
  ])('leaves out %s, and counts the rest', (_, message) => {
    const { time, ...update } = updateOf(raw({ id: 'j', ...message }));
    expect(update).toEqual({ id: 'j', 'event-id': 'queue-1', kind: 'update', status: 'running' });
  });

  it('brings progress into 0 to 100', () => {
    expect(updateOf(raw({ id: 'j', progress: 120 })).progress).toBe(100);
    expect(updateOf(raw({ id: 'j', progress: '-3' })).progress).toBe(0);
  });

  it('gives a dismissal and a presumed failure their status', () => {
    expect(updateOf(raw({ id: 'j', kind: 'dismissal' })).status).toBe('dismissed');
    expect(updateOf(raw({ id: 'j', kind: 'presumed-failure' })).status).toBe('failed');
  });

  it.each([
    ['text that is no JSON', 'not json', 'not JSON'],
    ['a number', '5', 'not a JSON object'],
    ['an array', '[]', 'not a JSON object'],
    ['nesting without end', `{"id":"j","resources":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'deeper than 100'],
    ['no id', '{"status":"running"}', '"id"'],
    ['an id with a slash', '{"id":"../a"}', '"../a"'],
    ['an id that is a number', '{"id":5}', '"id"'],
    ['an id that is too long', JSON.stringify({ id: 'a'.repeat(129) }), '"id"'],
    ['a status that is a number', '{"id":"j","status":5}', '"status"'],
    ['inputs that are an array', '{"id":"j","inputs":[1]}', '"inputs"'],
    ['labels that are an object', '{"id":"j","labels":{"a":1}}', '"labels"'],
    ['a kind that nobody knows', '{"id":"j","kind":"rumour"}', '"rumour"'],
    ['an attempt that is text', '{"id":"j","attempt":"1"}', '"attempt"'],
    ['a verdict without attempt', '{"id":"j","kind":"verdict","status":"failed"}', '"attempt"'],
    ['a verdict of attempt 0', '{"id":"j","kind":"verdict","status":"failed","attempt":0}', '"attempt"'],
    ['a verdict that is running', '{"id":"j","kind":"verdict","status":"running","attempt":1}', '"running"'],
    ['a dismissal that failed', '{"id":"j","kind":"dismissal","status":"failed"}', 'dismissed'],
  ])('is poison for %s', (_, message, reason) => {
    for (const parsed of [enveloped(message), parseJobUpdate({ messageId: 'm', body: message, attributes: SENT })]) {
      expect(parsed).toHaveProperty('poison');
      expect('poison' in parsed && parsed.poison).toContain(reason);
    }
  });

  it('is poison when nobody says when it was published', () => {
    expect(parseJobUpdate({ messageId: 'm', body: '{"id":"j"}' })).toHaveProperty('poison');
  });

  it('never throws, and what it accepts it accepts again unchanged', () => {
    const value = fc.oneof(fc.json(), fc.jsonValue(), fc.constantFrom('none', '', '[]', '{}', 1e308, -0));
    const message = fc.record(
      {
        id: fc.oneof(fc.constant('j'), value),
        kind: fc.oneof(fc.constantFrom('update', 'verdict', 'submission'), value),
        status: value,
        attempt: fc.oneof(fc.nat(3), value),
        inputs: value,
        outputs: value,
        labels: value,
        tags: value,
        progress: value,
        'start-time': fc.oneof(value, fc.date().map(String), fc.double()),
        'exit-code': value,
        resources: value,
        'event-id': value,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(message, value), (said) => {
        const parsed = raw(said);
        if ('poison' in parsed) return;
        expect(updateOf(raw(JSON.parse(JSON.stringify(parsed.update))))).toEqual(parsed.update);
      }),
      { numRuns: 2000 },
    );
  });

  it('is described in UPDATE-EVENT.md with every member that is read', () => {
    const described = readFileSync(new URL('./UPDATE-EVENT.md', import.meta.url), 'utf8');
    const read = readFileSync(new URL('./parse-message.ts', import.meta.url), 'utf8');
    const members = [...read.matchAll(/^ {2}'?([a-z-]+)'?: read\./gm)].map((match) => match[1]!);
    expect(members.length).toBeGreaterThan(20);
    for (const member of members) expect(described).toContain(`\`${member}\``);
  });
});
