import { buildJobOrder, describeProcess } from '@daybook/cwl';
import { describe, expect, it } from 'vitest';
import { dockerTool } from './docker-unit.ts';

const unit = { type: 'docker', image: 'science/calibrate:3', config: { cpuMin: 2, memoryMin: 0.5, jobTimeout: 60 } };
const described = {
  inputs: {
    name: { title: 'A name', schema: { type: 'string', default: 'x' } },
    image: { schema: { type: 'string', contentMediaType: 'image/tiff', contentEncoding: 'binary' } },
    bbox: { schema: { allOf: [{ format: 'ogc-bbox' }] }, minOccurs: 0 },
    counts: { schema: { type: 'integer' }, minOccurs: 0, maxOccurs: 'unbounded' },
  },
  outputs: { count: { schema: { type: 'integer' } }, product: { schema: { type: 'string', format: 'uri' } } },
};

describe('a container image with a process description', () => {
  const tool = dockerTool(unit, described);

  it('is a tool that asks for what its unit asks for', () => {
    expect(tool.requirements).toEqual({
      DockerRequirement: { dockerPull: 'science/calibrate:3' },
      InlineJavascriptRequirement: {},
      ResourceRequirement: { coresMin: 2, ramMin: 512 },
      ToolTimeLimit: { timelimit: 60 },
    });
  });

  it('is described by the inputs and outputs of its package', () => {
    const { inputs, outputs } = describeProcess(tool);
    expect(inputs.name).toMatchObject({ title: 'A name', schema: { type: 'string', default: 'x' }, minOccurs: 0 });
    expect(Object.entries(inputs).map(([id, { minOccurs }]) => [id, minOccurs])).toEqual([
      ['name', 0],
      ['image', 1],
      ['bbox', 0],
      ['counts', 0],
    ]);
    expect(outputs.count?.schema).toMatchObject({ type: 'integer' });
    expect(Object.keys(outputs)).toEqual(['count', 'product']);
    const order = { image: { href: 'https://example.org/a.tif' }, counts: [1, 2], bbox: { bbox: [1, 2, 3, 4] } };
    expect(() => buildJobOrder(tool, order, {})).not.toThrow();
  });

  it.each([
    [{ type: 'docker' }, {}, 'executionUnit.image must name an image'],
    [unit, { inputs: [] }, 'processDescription.inputs must be an object'],
    [unit, { outputs: { a: {} } }, 'processDescription.outputs.a.schema must be an object, not absent'],
  ])('is refused where it is %j with %j', (bad, parameters, reason) => {
    expect(() => dockerTool(bad, parameters)).toThrow(reason);
  });
});
