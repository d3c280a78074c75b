import { expect, it } from 'vitest';
import { filterQuery, selectionQuery } from './selection.ts';

it('jobs are named by ids or by filters, not by both or neither', () => {
  const failed = { term: { state: 'failed' } };
  expect(selectionQuery(['j1'], {}, [failed])).toEqual({ bool: { filter: [{ ids: { values: ['j1'] } }, failed] } });
  expect(() => selectionQuery([], {})).toThrow('expected ids of jobs, or filters');
  expect(() => selectionQuery(['j1'], { query: '*' })).toThrow('not both');
});

it('filters are a query that means the same', () => {
  const filters = {
    label: ['a', 'b'],
    status: ['failed', 'succeeded,calibrating'],
    errorClass: ['x'],
    since: '2016-01-14',
  };
  expect(selectionQuery([], filters)).toEqual({
    bool: {
      filter: [
        { term: { labels: 'a' } },
        { term: { labels: 'b' } },
        {
          bool: {
            should: [{ terms: { state: ['failed', 'successful'] } }, { terms: { status: ['calibrating'] } }],
            minimum_should_match: 1,
          },
        },
        { terms: { 'error-class': ['x'] } },
        { range: { 'submit-time': { gte: '2016-01-14T00:00:00.000Z' } } },
      ],
    },
  });
  expect(filterQuery({})).toEqual({ bool: { filter: [] } });
});
