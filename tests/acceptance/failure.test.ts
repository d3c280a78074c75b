import { describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { shellTool, startDocument } from '../support/inline-process.ts';
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

  it.each(['scattered', 'nested'])('names the %s step whose tool failed, and how', async (kind) => {
    const id = await startDocument(ades, kind === 'scattered' ? scattered : nested);
    const document = await verdictOf(database, id);
    const step = kind === 'scattered' ? 'each' : 'outer/each';
    expect(document).toMatchObject({ status: 'failed', 'failed-step': step, 'exit-code': 3 });
    expect(document['error-class']).toMatch(new RegExp(`^${step}: exit 3: `));
    expect(document.error).toContain('no band 2');
    expect(document.resources[step]).toMatchObject({ runs: 2, 'exit-code': 3, 'cpu-seconds': expect.any(Number) });
    const { 'start-time': start, 'stop-time': stop, 'peak-memory': memory } = document.resources[step];
    expect(document['start-time'] <= start && start <= stop && stop <= document['stop-time']).toBe(true);
    expect(document['peak-memory']).toBeGreaterThanOrEqual(memory);
  });

  it('names the step whose expression failed, which has no exit code', async () => {
    const document = await verdictOf(database, await startDocument(ades, expression));
    expect(document).toMatchObject({ status: 'failed', 'failed-step': 'compute' });
    expect(document).not.toHaveProperty('exit-code');
    expect(document.error).toContain('no such band');
  });

  it('shows the signal that ended its tool, as the kernel ends what takes too much memory', async () => {
    const document = await verdictOf(database, await startDocument(ades, shellTool('echo half >&2; kill -9 $$')));
    expect(document).toMatchObject({ status: 'failed', 'failed-step': 'main', 'exit-code': -9 });
    expect(document.error).toContain('signal 9');
    expect(document.error).toContain('half');
  });
});

/** A step that runs for the bands 1 and 2, and fails for the second. */
const each = {
  run: {
    class: 'CommandLineTool',
    baseCommand: ['sh', '-c', 'test $0 = 1 || { echo no band $0 >&2; exit 3; }'],
    inputs: { band: { type: 'int', inputBinding: {} } },
    outputs: {},
  },
  scatter: 'band',
  in: { band: { default: [1, 2] } },
  out: [],
};

const withSteps = (steps: object) => ({
  class: 'Workflow',
  requirements: {
    ScatterFeatureRequirement: {},
    SubworkflowFeatureRequirement: {},
    InlineJavascriptRequirement: {},
  },
  inputs: {},
  outputs: {},
  steps,
});
const scattered = { cwlVersion: 'v1.2', ...withSteps({ each }) };
const nested = { cwlVersion: 'v1.2', ...withSteps({ outer: { run: withSteps({ each }), in: {}, out: [] } }) };
const expression = {
  cwlVersion: 'v1.2',
  ...withSteps({
    compute: {
      run: {
        class: 'ExpressionTool',
        requirements: { InlineJavascriptRequirement: {} },
        inputs: {},
        outputs: { value: 'Any' },
        expression: `\${ throw 'no such band'; }`,
      },
      in: {},
      out: ['value'],
    },
  }),
};
