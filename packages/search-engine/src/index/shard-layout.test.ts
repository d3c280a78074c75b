import { expect, test } from 'vitest';
import { shardLayout, shardOf, shardsOfRouting } from './shard-layout.ts';

const VALUES = ['a', 'job-1', 'ünï', '😀', 'a longer routing value of a user'];

// What `_search_shards` of Elasticsearch 7.10.2 answered.
test.each([
  [{ number_of_shards: '1' }, [[0], [0], [0], [0], [0]]],
  [{ number_of_shards: '2' }, [[0], [0], [0], [1], [0]]],
  [{ number_of_shards: '5' }, [[1], [2], [3], [2], [1]]],
  [{ number_of_shards: 7 }, [[4], [0], [1], [6], [5]]],
  [{ number_of_shards: '40' }, [[9], [22], [30], [19], [11]]],
  [{ number_of_shards: '5', number_of_routing_shards: '20' }, [[3], [3], [2], [3], [1]]],
  [
    { number_of_shards: '5', number_of_routing_shards: '20', routing_partition_size: '3' },
    [[3, 4], [3], [2, 3], [3], [1]],
  ],
])('with %j, routing values lead to the shards %j', (index, shards) => {
  const layout = shardLayout({ index });
  expect(VALUES.map((value) => [...shardsOfRouting(layout, value)].sort())).toEqual(shards);
});

test('a partition of any size takes at most all shards', () => {
  const index = { number_of_shards: 3, number_of_routing_shards: 3 * 2 ** 28, routing_partition_size: 2 ** 31 - 1 };
  expect([...shardsOfRouting(shardLayout({ index }), 'a')].sort()).toEqual([0, 1, 2]);
});

test('a document is in a shard of its routing value, or else in that of its id', () => {
  const layout = shardLayout({
    index: { number_of_shards: 5, number_of_routing_shards: 20, routing_partition_size: 3 },
  });
  for (const id of VALUES) {
    expect(shardsOfRouting(layout, 'a')).toContain(shardOf(layout, id, 'a'));
    expect(shardsOfRouting(layout, id)).toContain(shardOf(layout, id, undefined));
  }
});
