import { describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { call, deployExample, submit, verdictOf } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();

describe('a workflow that fails', () => {
  it('says which step failed, with what exit code, and what it wrote last', async () => {
    const process = await deployExample(ades, 'fails-in-step-two/workflow.cwl');
    const first = await verdictOf(database, await submit(ades, process, {}));
    expect(first).toMatchObject({
      status: 'failed',
      state: 'failed',
      'failed-step': 'search',
      'exit-code': 3,
      outputs: {},
    });
    expect(first.error).toContain('no calamity in text.txt');

    const second = await verdictOf(database, await submit(ades, process, { message: 'nothing 42 here' }));
    expect(second['error-class']).toBe(first['error-class']);

    const status = await call('GET', `${ades}/processes/${process}/jobs/${first.id}`);
    expect(status.body).toMatchObject({
      jobID: first.id,
      status: 'failed',
      message: expect.stringContaining('search'),
    });
    const results = await call('GET', `${ades}/jobs/${first.id}/results`);
    expect(results.status).toBeGreaterThanOrEqual(400);
  });

  it('whose input file is not there is a failed job with the file named', async () => {
    const process = await deployExample(ades, 'l1b-cwl/workflow.cwl');
    const document = await verdictOf(
      database,
      await submit(ades, process, {
        input_collection_id: 'a',
        start_datetime: 'b',
        stop_datetime: 'c',
        output_collection_id: 'd',
        archive: { class: 'File', path: '/nonexistent/archive.csv' },
      }),
    );
    expect(document.status).toBe('failed');
    expect(document.error).toContain('/nonexistent/archive.csv');
  });
});
