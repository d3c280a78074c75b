import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { layoutGraph } from './layout-graph.ts';
import { renderGraph } from './render-graph.ts';
import { workflowGraph } from './workflow-graph.ts';

const tool: JsonObject = { class: 'CommandLineTool', id: '#tool.cwl', inputs: [], outputs: [] };

/** As packing writes them. */
const packed: JsonObject = {
  cwlVersion: 'v1.2',
  $graph: [
    tool,
    { class: 'Workflow', id: '#inner.cwl', inputs: [], outputs: [], steps: [] },
    {
      class: 'Workflow',
      id: '#main',
      inputs: [
        { id: '#main/scenes', type: { type: 'array', items: 'File' } },
        { id: '#main/job_id', type: 'string' },
      ],
      outputs: [{ id: '#main/product', type: 'File', outputSource: '#main/merge/product' }],
      steps: [
        {
          id: '#main/calibrate',
          run: '#tool.cwl',
          in: [
            { id: '#main/calibrate/scene', source: '#main/scenes' },
            { id: '#main/calibrate/id', source: '#main/job_id' },
          ],
          scatter: '#main/calibrate/scene',
          out: ['#main/calibrate/l1b'],
        },
        {
          id: '#main/merge',
          run: '#inner.cwl',
          when: '$(inputs.many)',
          in: [
            { id: '#main/merge/tables', source: ['#main/calibrate/l1b'] },
            { id: '#main/merge/more', source: '#main/calibrate/l1b' },
          ],
          out: [{ id: '#main/merge/product' }],
        },
      ],
    },
  ],
};

describe('the graph of a workflow', () => {
  it('has a box for each input, step and output, and one link for all that goes between two', () => {
    const { nodes, links } = workflowGraph(packed, new Set(['job_id']));
    expect(nodes.map(({ id, kind, scatter, isConditional }) => [id, kind, scatter, isConditional])).toEqual([
      ['in:scenes', 'input', [], false],
      ['out:product', 'output', [], false],
      ['step:calibrate', 'tool', ['scene'], false],
      ['step:merge', 'workflow', [], true],
    ]);
    expect(links).toEqual([
      { from: 'in:scenes', to: 'step:calibrate', ports: ['scenes → scene'] },
      { from: 'step:calibrate', to: 'step:merge', ports: ['l1b → tables', 'l1b → more'] },
      { from: 'step:merge', to: 'out:product', ports: ['product → product'] },
    ]);
  });

  it('is the same for a document in the short form', () => {
    const short: JsonObject = {
      cwlVersion: 'v1.2',
      class: 'Workflow',
      inputs: { scenes: 'File[]' },
      outputs: { product: { type: 'File', outputSource: 'merge/product' } },
      steps: {
        calibrate: { run: tool, in: { scene: 'scenes' }, scatter: 'scene', out: ['l1b'] },
        merge: {
          run: { class: 'Workflow' },
          when: '$(true)',
          in: { tables: { source: 'calibrate/l1b' }, more: 'calibrate/l1b' },
          out: ['product'],
        },
      },
    };
    expect(workflowGraph(short)).toEqual(workflowGraph(packed, new Set(['job_id'])));
  });

  it('of a tool is one box with its inputs and outputs', () => {
    const { nodes, links } = workflowGraph({
      ...tool,
      cwlVersion: 'v1.2',
      inputs: { a: 'File' },
      outputs: { b: 'stdout' },
    });
    expect(nodes.map(({ id }) => id)).toEqual(['in:a', 'out:b', 'step:tool.cwl']);
    expect(links.map(({ from, to }) => [from, to])).toEqual([
      ['in:a', 'step:tool.cwl'],
      ['step:tool.cwl', 'out:b'],
    ]);
  });

  it('is laid out from left to right, no box upon another', () => {
    const { width, height, nodes } = layoutGraph(workflowGraph(packed));
    const x = (id: string): number => nodes.find((node) => node.id === id)!.x;
    expect([x('in:scenes') < x('step:calibrate'), x('step:calibrate') < x('step:merge')]).toEqual([true, true]);
    expect(x('step:merge')).toBeLessThan(x('out:product'));
    for (const a of nodes) {
      expect(a.x + a.width / 2).toBeLessThanOrEqual(width);
      expect(a.y + a.height / 2).toBeLessThanOrEqual(height);
      for (const b of nodes.filter((node) => node.id < a.id)) {
        const apart =
          Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        expect(apart, `${a.id} ${b.id}`).toBe(true);
      }
    }
  });

  it('is bounded', () => {
    const steps = Array.from({ length: 501 }, (_, n) => ({ id: `#main/s${n}`, run: '#tool.cwl', in: [], out: [] }));
    const many = { cwlVersion: 'v1.2', $graph: [{ class: 'Workflow', id: '#main', inputs: [], outputs: [], steps }] };
    expect(() => renderGraph(many, { title: 'many' })).toThrow('501 boxes');
  });
});

describe('the picture of a workflow', () => {
  it('escapes what its document says, and shortens what has no room', () => {
    const name = '<script src="x">alert(1)\u0000'.repeat(3);
    const document: JsonObject = { ...tool, cwlVersion: 'v1.2', id: '#t', inputs: [{ id: name, type: 'string' }] };
    const svg = renderGraph(document, { title: 'a & b' });
    expect(svg).toContain('<title>a &amp; b</title>');
    expect(svg).not.toMatch(/<script|\0/);
    expect(svg).toMatch(/<text [^>]*>&lt;script src=&quot;x&quot;&gt;[^<]*…<\/text>/);
  });

  it('stacks the boxes of a step that is scattered', () => {
    const svg = renderGraph(packed, { title: 'x' });
    const calibrate = /<g class="tool scatter">.*?<\/g>/.exec(svg)?.[0] ?? '';
    expect(calibrate.match(/<rect/g)).toHaveLength(3);
    expect(calibrate).toContain('scattered over scene');
    expect(svg).toContain('<g class="workflow conditional">');
  });
});
