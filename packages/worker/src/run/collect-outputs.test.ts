import type { JsonObject, JsonValue } from '@daybook/cwl';
import { describe, expect, test } from 'vitest';
import { collectOutputs } from './collect-outputs.ts';

const BASE = 'http://ades.test/jobs/j/outputs';

/** Collects and remembers what was added where. */
async function collect(outputObject: JsonObject): Promise<{
  added: Record<string, string>;
  outputs: JsonObject;
  results: JsonObject;
}> {
  const added: Record<string, string> = {};
  const staged = {
    add: async (source: string, path: readonly string[]) => {
      added[path.join('/')] = source;
    },
  };
  return { added, ...(await collectOutputs(outputObject, staged, BASE)) };
}

const file = (name: string, more: Record<string, JsonValue> = {}): JsonObject => ({
  class: 'File',
  location: `file:///job/out/${name}`,
  path: `/job/out/${name}`,
  basename: name,
  size: 1,
  checksum: 'sha1$1',
  ...more,
});

describe('outputs', () => {
  test('of a File are its URL, and its results lose what held only inside the job', async () => {
    const { added, outputs, results } = await collect({
      output: file('a.txt', { dirname: '/job/out', nameroot: 'a', format: 'http://edamontology.org/format_2330' }),
    });
    expect(added).toEqual({ 'output/a.txt': '/job/out/a.txt' });
    expect(outputs).toEqual({ output: `${BASE}/output/a.txt` });
    expect(results).toEqual({
      output: {
        class: 'File',
        location: `${BASE}/output/a.txt`,
        basename: 'a.txt',
        size: 1,
        checksum: 'sha1$1',
        format: 'http://edamontology.org/format_2330',
      },
    });
  });

  test('with names that need it are encoded in URLs and not in paths', async () => {
    const { added, outputs } = await collect({
      'out put': { class: 'File', location: 'file:///job/out/a%20%23b.txt', basename: 'a #b.txt' },
    });
    expect(added).toEqual({ 'out put/a #b.txt': '/job/out/a #b.txt' });
    expect(outputs).toEqual({ 'out put': `${BASE}/out%20put/a%20%23b.txt` });
  });

  test('keep secondary files beside their primary, also below one another', async () => {
    const { added, outputs, results } = await collect({
      output: file('a.bam', {
        secondaryFiles: [file('a.bai', { secondaryFiles: [{ class: 'Directory', path: '/job/out/a.d' }] })],
      }),
    });
    expect(added).toEqual({
      'output/a.bam': '/job/out/a.bam',
      'output/a.bai': '/job/out/a.bai',
      'output/a.d': '/job/out/a.d',
    });
    expect(outputs).toEqual({ output: `${BASE}/output/a.bam` });
    expect(results).toMatchObject({
      output: {
        secondaryFiles: [
          {
            location: `${BASE}/output/a.bai`,
            secondaryFiles: [{ class: 'Directory', location: `${BASE}/output/a.d` }],
          },
        ],
      },
    });
  });

  test('of an array of Files are an array of URLs, nulls left out, each element in a folder of its own', async () => {
    const { added, outputs, results } = await collect({ output: [file('a'), null, file('a')] });
    expect(Object.keys(added)).toEqual(['output/0/a', 'output/2/a']);
    expect(outputs).toEqual({ output: [`${BASE}/output/0/a`, `${BASE}/output/2/a`] });
    expect(results.output).toMatchObject([{ basename: 'a' }, null, { basename: 'a' }]);
  });

  test('of nested arrays and records stand under their indices and fields, and have one URL', async () => {
    const { added, outputs, results } = await collect({
      nested: [[file('a')], [file('b')]],
      record: { report: file('r'), count: 3 },
    });
    expect(Object.keys(added)).toEqual(['nested/0/0/a', 'nested/1/0/b', 'record/report/r']);
    expect(outputs).toEqual({ nested: `${BASE}/nested`, record: `${BASE}/record` });
    expect(results.record).toMatchObject({ count: 3, report: { location: `${BASE}/record/report/r` } });
  });

  test('of a Directory are its URL, and its listing is located below it', async () => {
    const { added, outputs, results } = await collect({
      output: {
        class: 'Directory',
        location: 'file:///job/out/d',
        basename: 'd',
        listing: [
          file('x'),
          { class: 'Directory', basename: 'sub', location: 'file:///job/out/d/sub', listing: [file('y')] },
        ],
      },
    });
    expect(added).toEqual({ 'output/d': '/job/out/d' });
    expect(outputs).toEqual({ output: `${BASE}/output/d` });
    expect(results.output).toMatchObject({
      location: `${BASE}/output/d`,
      listing: [
        { location: `${BASE}/output/d/x`, checksum: 'sha1$1' },
        { location: `${BASE}/output/d/sub`, listing: [{ location: `${BASE}/output/d/sub/y` }] },
      ],
    });
  });

  test('of a very large Directory stand in the results without their listing', async () => {
    const listing = Array.from({ length: 1001 }, (_, at) => file(`f${at}`));
    const { results } = await collect({
      output: { class: 'Directory', location: 'file:///job/out/d', basename: 'd', listing },
    });
    expect(results.output).not.toHaveProperty('listing');
  });

  test.each([[0], [false], ['text'], [''], [[1, 2]], [[]], [{ a: 1 }]])(
    'that are the literal %j have a URL and their value',
    async (value) => {
      const { added, outputs, results } = await collect({ output: value as JsonValue });
      expect(added).toEqual({});
      expect(outputs).toEqual({ output: `${BASE}/output` });
      expect(results).toEqual({ output: value });
    },
  );

  test('that are null have no URL', async () => {
    expect(await collect({ output: null })).toEqual({ added: {}, outputs: {}, results: { output: null } });
  });

  test.each([['http://elsewhere.test/x'], ['file://host/share'], [undefined]])(
    'at the location %j are refused',
    async (location) => {
      const object = { class: 'File', basename: 'x', ...(location !== undefined && { location }) };
      await expect(collect({ output: object })).rejects.toMatchObject({ code: 'invalid-argument' });
    },
  );
});
