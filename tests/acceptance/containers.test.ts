import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { writeFakeContainerEngine } from '../support/fake-container-engine.ts';
import { call, deployBody, type Json, submit, verdictOf } from '../support/wps-t.ts';

const tool = (where: 'requirements' | 'hints'): string => `
cwlVersion: v1.2
class: CommandLineTool
${where}: {DockerRequirement: {dockerPull: 'science/calibrate:3'}}
baseCommand: [sh, -c, 'echo "in \${CONTAINER_IMAGE:-no container}"']
inputs: {}
stdout: said.txt
outputs:
  said: {type: stdout}
  engine: {type: 'File?', outputBinding: {glob: engine.txt}}
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-containers-'));
  for (const where of ['requirements', 'hints'] as const) writeFileSync(join(folder, `${where}.cwl`), tool(where));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function withDaybook(
  flags: readonly string[],
  path: string | undefined,
  run: (daybook: Daybook) => Promise<void>,
): Promise<void> {
  const all = ['--cwl-roots', folder, '--job-paths', folder, ...flags];
  const PATH = path === undefined ? '/usr/bin:/bin' : `${path}:/usr/bin:/bin`;
  const daybook = await startOnTarget({ flags: all, environment: { PATH } });
  try {
    await run(daybook);
  } finally {
    await daybook.stop();
  }
}

async function verdict({ ades, database }: Daybook, name: string): Promise<Json> {
  const body = deployBody(name, pathToFileURL(join(folder, `${name}.cwl`)).href);
  expect((await call('POST', `${ades}/processes`, body)).status).toBe(201);
  return verdictOf(database, await submit(ades, `${name}:develop`, {}));
}

describe('a tool with a DockerRequirement', () => {
  it.each(['docker', 'udocker'])('runs in its container by %s', async (engine) => {
    writeFakeContainerEngine(folder, engine);
    const flags = ['--container-engine', engine, '--cwltool-arguments', '--no-match-user'];
    await withDaybook(flags, folder, async (daybook) => {
      const document = await verdict(daybook, 'requirements');
      expect(document.error).toBeUndefined();
      expect((await call('GET', document.outputs.said)).body).toBe('in science/calibrate:3\n');
      const command = (await call('GET', document.outputs.engine)).body;
      expect(command).toMatch(new RegExp(`^${engine} `));
      expect(command).toContain('science/calibrate:3 sh -c');
      expect(command).not.toContain('--user=');
    });
  });

  it('fails with the reason and the setting where there is no engine', async () => {
    await withDaybook(['--container-engine', 'podman'], undefined, async (daybook) => {
      const document = await verdict(daybook, 'requirements');
      expect(document).toMatchObject({ status: 'failed', error: expect.stringContaining('container-engine: podman') });
      expect(document.error).toContain('podman executable is not available');
      expect(document['error-class']).toContain('container');
    });
  });

  it('as a hint runs without one where no engine is wanted, and as a requirement fails', async () => {
    await withDaybook(['--container-engine', 'none'], undefined, async (daybook) => {
      const free = await verdict(daybook, 'hints');
      expect((await call('GET', free.outputs.said)).body).toBe('in no container\n');
      expect((await verdict(daybook, 'requirements')).error).toContain('container-engine: none');
    });
  });
});
