import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { countContainers, importImage, type LocalImage } from '../support/container-image.ts';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { startDocument } from '../support/inline-process.ts';
import { eventually } from '../support/wait.ts';
import { call, type Json, jobDocument, verdictOf } from '../support/wps-t.ts';

/** A tool of the image, in a workflow of two steps of which each reads what the one before, or the user, has given it. */
function workflow(image: string): Json {
  const step = (source: string): Json => ({
    in: { file: source },
    out: ['said'],
    run: {
      class: 'CommandLineTool',
      requirements: { DockerRequirement: { dockerPull: image } },
      baseCommand: ['sh', '-c', 'cat "$0" /image.txt'],
      inputs: { file: { type: 'File', inputBinding: {} } },
      stdout: 'said.txt',
      outputs: { said: { type: 'stdout' } },
    },
  });
  return {
    cwlVersion: 'v1.2',
    class: 'Workflow',
    id: 'main',
    inputs: { file: 'File' },
    steps: { first: step('file'), second: step('first/said') },
    outputs: { said: { type: 'File', outputSource: 'second/said' } },
  };
}

describe.each(['podman', 'docker'])('containers of a real %s', (engine) => {
  let folder: string;
  let image: LocalImage | string;
  let daybook: Daybook | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'daybook-real-containers-'));
    writeFileSync(join(folder, 'scene.txt'), 'scene ');
    image = importImage(engine, folder, 'image ');
    if (typeof image === 'string') return;
    const flags = ['--container-engine', engine, '--input-roots', folder, '--sandbox', 'off'];
    daybook = await startOnTarget({ flags });
  });
  beforeEach(({ skip }: TestContext) => skip(typeof image === 'string', String(image)));
  afterAll(async () => {
    await daybook?.stop();
    if (typeof image === 'object') image.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const started = async (document: Json, inputs: Json = {}) => {
    const { ades, database } = daybook as Daybook;
    return { ades, database, id: await startDocument(ades, document, inputs) };
  };
  const imageName = (): string => (image as LocalImage).name;

  it('read the inputs of their steps and leave their outputs', async () => {
    const file = { class: 'File', location: join(folder, 'scene.txt') };
    const { database, id } = await started(workflow(imageName()), { file });
    const document = await verdictOf(database, id);
    expect(document.error).toBeUndefined();
    expect((await call('GET', document.outputs.said)).body).toBe('scene image image ');
  });

  it('fail with the exit code and the last words of the tool', async () => {
    const tool = {
      cwlVersion: 'v1.2',
      class: 'CommandLineTool',
      id: 'tool',
      requirements: { DockerRequirement: { dockerPull: imageName() } },
      baseCommand: ['sh', '-c', 'echo no such band >&2; exit 7'],
      inputs: {},
      outputs: {},
    };
    const { database, id } = await started(tool);
    const document = await verdictOf(database, id);
    expect(document).toMatchObject({ status: 'failed', 'exit-code': 7 });
    expect(document.error).toContain('no such band');
  });

  it('are gone when their job is dismissed', async () => {
    const tool = {
      cwlVersion: 'v1.2',
      class: 'CommandLineTool',
      id: 'tool',
      requirements: { DockerRequirement: { dockerPull: imageName() } },
      baseCommand: ['sleep', '600'],
      inputs: {},
      outputs: {},
    };
    const { ades, database, id } = await started(tool);
    await eventually('a container', async () => countContainers(engine, imageName()) > 0 || undefined);
    expect((await call('DELETE', `${ades}/jobs/${id}`)).status).toBe(200);
    expect((await jobDocument(database, id)).status).toBe('dismissed');
    await eventually('no container', async () => countContainers(engine, imageName()) === 0 || undefined);
  });
});
