import { emptyState, fold, type JobDocument, type JsonObject, submission, toDocument, verdict } from '@daybook/jobs';
import { describe, expect, it } from 'vitest';
import { jobResults, resultsDocument } from './job-results.ts';
import { type ExecuteOutputs, parseResultsRequest, resultsFields, resultsRequestOf } from './results-request.ts';

const outputIds = ['product', 'count', 'a=b'];

function job(asked: ExecuteOutputs | undefined, results: JsonObject, outputs: JsonObject = {}): JobDocument {
  const submitted = submission({ id: 'j', inputs: {}, labels: [], userId: 'lena', processId: 'p' });
  const ended = verdict({ id: 'j', attempt: 1, status: 'succeeded', results, outputs });
  const fields = asked === undefined ? {} : resultsFields(parseResultsRequest(asked, { id: 'p', outputIds }));
  return toDocument(fields, [submitted, ended].reduce(fold, emptyState('j')));
}

function document(asked: ExecuteOutputs | undefined, results: JsonObject, outputs: JsonObject = {}): JsonObject {
  const made = job(asked, results, outputs);
  return resultsDocument(made, jobResults(made, resultsRequestOf(made), 'http://h'));
}

const product = { class: 'File', location: 'http://h/jobs/j/outputs/product/a.nc', basename: 'a.nc' };

describe('the request for results', () => {
  it('is kept in the document of the job through every merge', () => {
    const outputs = { 'a=b': { transmissionMode: 'reference' }, count: {} } as const;
    expect(resultsRequestOf(job({ response: 'raw', outputs }, {}))).toEqual({
      response: 'raw',
      outputs: new Map([
        ['a=b', 'reference'],
        ['count', 'value'],
      ]),
    });
    expect(resultsRequestOf(job({}, {}))).toEqual({ response: 'raw', outputs: undefined });
  });

  it('is for a document of all outputs where the job has none, or a user wrote something else', () => {
    const all = { response: 'document', outputs: undefined };
    expect(resultsRequestOf(job(undefined, {}))).toEqual(all);
    expect(resultsRequestOf({ ...job({}, {}), response: 5, 'requested-outputs': { a: 1 } })).toEqual(all);
  });

  it('names only outputs that the process has', () => {
    expect(() => parseResultsRequest({ outputs: { none: {} } }, { id: 'p', outputIds })).toThrow('outputs.none');
  });
});

describe('a results document', () => {
  it('has the outputs that were asked for, as values or as links', () => {
    const outputs = { product: {}, count: { transmissionMode: 'reference' } } as const;
    expect(document({ response: 'document', outputs }, { product, count: 5, 'a=b': 1 })).toEqual({
      product: { href: product.location, type: 'application/x-netcdf', title: 'a.nc' },
      count: { href: 'http://h/jobs/j/outputs/count', type: 'application/json' },
    });
  });

  it('has all outputs but those that are null where none is named', () => {
    expect(document({ response: 'document' }, { count: 5, product: null })).toEqual({ count: 5 });
  });

  it('links to what only steps published', () => {
    expect(document(undefined, {}, { count: 'http://h/x.csv' })).toEqual({
      count: { href: 'http://h/x.csv', type: 'text/csv' },
    });
  });
});
