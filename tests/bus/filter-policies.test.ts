import { expect, it } from 'vitest';
import { bodies, expectRefusal, withEachClient } from './account.ts';
import type { Wire } from './clients/aws-client.ts';

type Values = Record<string, string | number | boolean | readonly unknown[]>;

/** A policy with messages that pass it and messages that do not. */
interface Case {
  readonly policy: Wire;
  readonly passes: readonly Values[];
  readonly fails: readonly Values[];
}

/** The conditions of the SNS developer guide, "Subscription filter policies". */
const CONDITIONS: Record<string, Case> = {
  'exact values': { policy: { k: ['a', 'b'] }, passes: [{ k: 'a' }, { k: 'b' }], fails: [{ k: 'A' }, { other: 'a' }] },
  'several keys': {
    policy: { k: ['a'], n: [{ numeric: ['>', 1] }] },
    passes: [{ k: 'a', n: 2 }],
    fails: [{ k: 'a' }, { n: 2 }, { k: 'a', n: 1 }],
  },
  'any value of an array': { policy: { k: ['a'] }, passes: [{ k: ['x', 'a'] }], fails: [{ k: ['x', 'y'] }] },
  prefix: { policy: { k: [{ prefix: 'ab' }] }, passes: [{ k: 'abc' }], fails: [{ k: 'cab' }] },
  suffix: { policy: { k: [{ suffix: 'ab' }] }, passes: [{ k: 'cab' }], fails: [{ k: 'abc' }] },
  'equals-ignore-case': {
    policy: { k: [{ 'equals-ignore-case': 'Tennis' }] },
    passes: [{ k: 'tENNIS' }],
    fails: [{ k: 'tennis ' }],
  },
  'anything-but a value': {
    policy: { k: [{ 'anything-but': 'a' }] },
    passes: [{ k: 'b' }, { k: ['a', 'b'] }],
    fails: [{ k: 'a' }, { other: 'b' }],
  },
  'anything-but values': {
    policy: { k: [{ 'anything-but': [1, 2] }] },
    passes: [{ k: 3 }],
    fails: [{ k: 1 }, { k: 2 }],
  },
  'anything-but a prefix': {
    policy: { k: [{ 'anything-but': { prefix: 'a' } }] },
    passes: [{ k: 'ba' }],
    fails: [{ k: 'ab' }],
  },
  numeric: {
    policy: { k: [{ numeric: ['=', 1.5] }, { numeric: ['>=', 10, '<', 20] }] },
    passes: [{ k: 1.5 }, { k: 10 }, { k: 19.99 }],
    fails: [{ k: 1 }, { k: 20 }, { k: '10' }],
  },
  exists: { policy: { k: [{ exists: true }] }, passes: [{ k: 'x' }, { k: 1 }], fails: [{ other: 'x' }] },
  'exists not': { policy: { k: [{ exists: false }] }, passes: [{ other: 'x' }], fails: [{ k: 'x' }] },
  cidr: {
    policy: { k: [{ cidr: '10.0.0.0/24' }, { cidr: '2001:db8::/33' }] },
    passes: [{ k: '10.0.0.0' }, { k: '10.0.0.255' }, { k: '2001:db8:7fff::1' }],
    fails: [{ k: '10.0.1.0' }, { k: '2001:db8:8000::1' }, { k: 'x' }, { k: 1 }],
  },
  $or: {
    policy: { a: ['1'], $or: [{ b: ['x'] }, { c: [{ exists: true }] }] },
    passes: [
      { a: '1', b: 'x' },
      { a: '1', c: 'y' },
    ],
    fails: [{ a: '1' }, { b: 'x' }, { a: '1', b: 'y' }],
  },
};

function messageAttributes(values: Values): Wire {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (Array.isArray(value)) return [name, { DataType: 'String.Array', StringValue: JSON.stringify(value) }];
      return [name, { DataType: typeof value === 'number' ? 'Number' : 'String', StringValue: String(value) }];
    }),
  );
}

withEachClient('filter policies', (account) => {
  it.each(Object.entries(CONDITIONS))('on %s let pass what they say', async (_name, { policy, passes, fails }) => {
    const topic = await account().topic('filtered');
    const [byAttributes, byBody] = [await account().queue('by-attributes'), await account().queue('by-body')];
    const attributes = { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify(policy) };
    await account().subscribe(topic, byAttributes, attributes);
    await account().subscribe(topic, byBody, { ...attributes, FilterPolicyScope: 'MessageBody' });
    const publish = (values: Values) =>
      account().sns('Publish', {
        TopicArn: topic,
        Message: JSON.stringify(values),
        MessageAttributes: messageAttributes(values),
      });
    for (const values of fails) await publish(values);
    for (const values of passes) await publish(values);
    const expected = passes.map((values) => JSON.stringify(values)).toSorted();
    for (const queue of [byAttributes, byBody]) {
      expect(bodies(await queue.drain(passes.length)).toSorted()).toEqual(expected);
      expect(await queue.isQuiet()).toBe(true);
    }
  });

  it('on a body reach into objects and arrays', async () => {
    const topic = await account().topic('nested');
    const queue = await account().queue('nested');
    const FilterPolicy = JSON.stringify({ product: { sensor: { name: ['ATMS'] }, level: [1] } });
    await account().subscribe(topic, queue, {
      RawMessageDelivery: 'true',
      FilterPolicy,
      FilterPolicyScope: 'MessageBody',
    });
    const publish = (Message: unknown) =>
      account().sns('Publish', { TopicArn: topic, Message: JSON.stringify(Message) });
    await account().sns('Publish', { TopicArn: topic, Message: 'no JSON' });
    await publish({ product: { sensor: { name: 'CrIS' }, level: 1 } });
    await publish({ product: { sensor: [{ name: 'CrIS' }, { name: 'ATMS' }], level: [0, 1] } });
    expect(await queue.drain(1)).toMatchObject([{ Body: expect.stringContaining('ATMS') }]);
    expect(await queue.isQuiet()).toBe(true);
  });

  it('that are none are refused', async () => {
    const topic = await account().topic('refused');
    const queue = await account().queue('refused');
    for (const policy of [
      'no JSON',
      '{"k": "a"}',
      '{"k": []}',
      '{"k": [{"near": 1}]}',
      '{"k": [{"numeric": ["<", "a"]}]}',
      '{"k": [{"cidr": "10.0.0.0/33"}]}',
      '{"k": {"nested": ["a"]}}',
      '{"a": ["1"], "b": ["1"], "c": ["1"], "d": ["1"], "e": ["1"], "f": ["1"]}',
    ])
      await expectRefusal(
        account().subscribe(topic, queue, { FilterPolicy: policy }),
        'InvalidParameter',
        /FilterPolicy/,
      );
    const scope = { FilterPolicy: '{"k": ["a"]}', FilterPolicyScope: 'Message' };
    await expectRefusal(account().subscribe(topic, queue, scope), 'InvalidParameter', /FilterPolicyScope/);
  });
});
