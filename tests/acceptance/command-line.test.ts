import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandResult, startCommand } from '../support/command-line.ts';
import { sharedDaybook } from '../support/daybook.ts';
import { deployDocument, shellTool } from '../support/inline-process.ts';
import { eventually } from '../support/wait.ts';
import { call, type Json } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const unique = `cli-${process.pid}-${Date.now().toString(36)}`;
const folder = mkdtempSync(join(tmpdir(), 'daybook-command-line-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `daybook` to its end. */
const daybook = (...args: string[]): Promise<CommandResult> => startCommand(ades, args).ended;
const withInput = (input: string, ...args: string[]): Promise<CommandResult> =>
  startCommand(ades, args, { input }).ended;

/** What a command that is well prints, without the last line end. */
async function printed(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await daybook(...args);
  expect(code, stderr).toBe(0);
  return stdout.trimEnd();
}

/** A tool with an input of each kind that is written to its standard output. */
const tool = {
  ...shellTool(
    'echo working >&2; test "$0" != wrong || exit 3; mkdir -p made/deep; printf %s "$0$1" > made/deep/text; head -c 100000 /dev/zero > made/zeros',
  ),
  inputs: {
    text: { type: 'string', inputBinding: { position: 1 } },
    count: { type: 'int', default: 1, inputBinding: { position: 2 } },
    words: 'string[]?',
    file: 'File?',
  },
  outputs: {
    made: { type: 'Directory', outputBinding: { glob: 'made' } },
    text: { type: 'File', outputBinding: { glob: 'made/deep/text' } },
  },
};
const processId = `${unique}:1`;

beforeAll(async () => {
  const document = join(folder, 'tool.cwl');
  writeFileSync(document, JSON.stringify(tool));
  expect(await printed('deploy', document, '--id', unique, '--version', '1')).toBe(processId);
});

describe('deploy, processes and process', () => {
  it('deploy by a URL, and again is refused in one line', async () => {
    const url = new URL('../../examples/echo/echo.cwl', import.meta.url).href;
    expect(await printed('deploy', url, '--id', `${unique}-echo`)).toBe(`${unique}-echo`);
    const { code, stderr } = await daybook('deploy', url, '--id', `${unique}-echo`);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^daybook: There is a process .*\n$/)]);
  });

  it('deploy in the place of what there is, from a file that the ADES cannot read', async () => {
    const document = join(folder, 'replaced.cwl');
    const id = `${unique}-replaced`;
    for (const text of ['first', 'second']) {
      writeFileSync(document, JSON.stringify({ ...shellTool('true'), label: text }));
      expect(await printed('deploy', document, '--id', id, '--replace')).toBe(id);
      expect(await printed('process', id)).toMatch(new RegExp(`^title +${text}$`, 'm'));
    }
    expect((await daybook('deploy', document, '--replace')).code).toBe(64);
  });

  it('deploy with all that they run the documents of a folder that the ADES may read', async () => {
    expect(await printed('deploy', 'examples/l1b-cwl/workflow.cwl', '--id', `${unique}-l1b`)).toBe(`${unique}-l1b`);
  });

  it('say what there is, and what a process takes', async () => {
    expect(await printed('processes', '-o', 'ids')).toContain(processId);
    const described = await printed('process', processId);
    expect(described).toMatch(/^text +string +yes/m);
    expect(described).toMatch(/^count +integer +1$/m);
    expect(described).toMatch(/^words +string\[\]/m);
    expect((await daybook('process', 'no-such')).stderr).toBe('daybook: There is no process "no-such"\n');
  });
});

describe('submit, wait, jobs and job', () => {
  it('submit a job with inputs of every kind, and wait for it', async () => {
    const args = ['-i', 'text=a=b', '-i', 'count=7', '-i', 'words=x', '-i', 'words=y', '-l', unique];
    const { code, stdout, stderr } = await daybook('submit', processId, ...args, '--wait');
    const id = stdout.trim();
    expect([code, stderr]).toEqual([0, `${id} successful: The job succeeded\n`]);
    const { body } = await call('GET', `${database}/jobs/_doc/${id}`);
    expect(body._source).toMatchObject({ inputs: { text: 'a=b', count: 7, words: ['x', 'y'] }, labels: [unique] });
  });

  it('take inputs from a YAML file and from standard input', async () => {
    const { code, stdout } = await withInput('text: from yaml\ncount: 2\n', 'submit', processId, '--inputs', '-');
    expect(code).toBe(0);
    const { body } = await call('GET', `${database}/jobs/_doc/${stdout.trim()}`);
    expect(body._source.inputs).toEqual({ text: 'from yaml', count: 2 });
  });

  it('submit nothing twice with one key', async () => {
    const args = ['submit', processId, '-i', 'text=once', '--key', `${unique}-key`];
    expect(await printed(...args)).toBe(await printed(...args));
  });

  it('refuse what the process does not take, by its name', async () => {
    const wrong = await daybook('submit', processId, '-i', 'tekst=a');
    expect(wrong).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^daybook: input "tekst": .*\n$/),
    });
  });

  it('tell by the exit code how jobs ended: 0 all well, 1 one failed, 2 the time was over', async () => {
    const [good, bad] = await Promise.all([
      printed('submit', processId, '-i', 'text=good', '-l', `${unique}-wait`),
      printed('submit', processId, '-i', 'text=wrong', '-l', `${unique}-wait`),
    ]);
    const both = await withInput(`${good}\n${bad}\n`, 'wait', '-');
    expect(both.code).toBe(1);
    expect(both.stderr).toContain(`${bad} failed: Step main failed with exit code 3`);
    expect((await daybook('wait', good)).code).toBe(0);
    const slow = await printed('submit', 'echo', '-i', 'text=slow', '-i', 'pause=5');
    expect(await daybook('wait', slow, '--timeout', '0.2')).toMatchObject({
      code: 2,
      stderr: `daybook: job ${slow} has not ended within 0.2 s\n`,
    });
    await call('DELETE', `${ades}/jobs/${slow}`);
  });

  it('list as many jobs as there are, a page at a time', async () => {
    const many = `${unique}-listed`;
    const ids = Array.from({ length: 2_500 }, (_, n) => `${many}-${String(n).padStart(4, '0')}`);
    const lines = ids.flatMap((id) => [
      { index: { _index: 'jobs', _id: id } },
      { id, status: 'succeeded', state: 'successful', labels: [many], 'submit-time': '2001-01-01T00:00:00Z' },
    ]);
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    await call('POST', `${database}/_bulk?refresh=true`, body, { 'content-type': 'application/x-ndjson' });
    const list = ['jobs', '-l', many, '--sort', 'jobID'];
    expect(await printed(...list, '--all', '-o', 'ids')).toBe(ids.join('\n'));
    expect(JSON.parse(await printed(...list, '--all', '--json')).map((job: Json) => job.jobID)).toEqual(ids);
    const table = (await printed(...list, '--all')).trimEnd().split('\n');
    expect(table.map((line) => line.split(' ')[0])).toEqual(['JOB', ...ids]);
    expect(await daybook(...list, '--limit', '1500', '-o', 'ids')).toEqual({
      code: 0,
      stdout: `${ids.slice(0, 1_500).join('\n')}\n`,
      stderr: 'the first 1500; there are more: --limit N shows more of them, --all all\n',
    });
    expect(await daybook('jobs', '--all', '--watch')).toMatchObject({ code: 64, stdout: '' });
  });

  it('list jobs by filters, in every form', async () => {
    const label = `${unique}-wait`;
    await eventually('both in searches', async () => {
      const ids = (await printed('jobs', '-l', label, '-o', 'ids')).split('\n');
      return ids.length === 2 ? ids : undefined;
    });
    const table = (await printed('jobs', '-l', label, '--sort', 'created')).split('\n');
    expect(table[0]).toMatch(/^JOB +PROCESS +STATUS +AGE +DURATION +LABELS +MESSAGE$/);
    expect(table).toHaveLength(3);
    const failed = JSON.parse(await printed('jobs', '-l', label, '--status', 'failed', '--since', '1h', '--json'));
    expect(failed).toMatchObject([{ status: 'failed', processID: processId }]);
    const csv = await printed('jobs', '-l', label, '-q', 'exit-code:3', '-o', 'csv');
    expect(csv.split('\n')[1]).toMatch(new RegExp(`^${failed[0].jobID},${processId},failed,20`));
    expect(await printed('jobs', '-l', label, '--until', '1h', '-o', 'ids')).toBe('');
    expect(await daybook('jobs', '--since', 'noon')).toMatchObject({ code: 64, stdout: '' });

    const shown = await printed('job', failed[0].jobID);
    expect(shown).toMatch(/^status +failed$/m);
    expect(shown).toMatch(/^message +Step main failed/m);
  });
});

describe('submit --each', () => {
  const table = 'text,count,words\neach 1,1,\n"each, ""2""",,"[""x""]"\nshort\neach 4,many,\n';

  it('submits a job for each line of a CSV table, and tells of the lines that are none', async () => {
    const file = join(folder, 'granules.csv');
    writeFileSync(file, table);
    const submitted = await daybook(
      'submit',
      processId,
      '--each',
      file,
      '-l',
      `${unique}-each`,
      '-i',
      'count=5',
      '--wait',
    );
    const ids = submitted.stdout.trim().split('\n');
    expect([submitted.code, ids.length]).toEqual([1, 2]);
    expect(submitted.stderr).toMatch(/^line 4: expected 3 fields as in the header, found 1$/m);
    expect(submitted.stderr).toMatch(/^line 5: input "count": .*"many"/m);
    expect(submitted.stderr).toMatch(/^2 submitted, 2 failed$/m);
    const documents = await Promise.all(ids.map((id) => call('GET', `${database}/jobs/_doc/${id}`)));
    expect(documents.map(({ body }) => body._source)).toMatchObject([
      { inputs: { text: 'each 1', count: 1 }, labels: [`${unique}-each`], state: 'successful' },
      { inputs: { text: 'each, "2"', count: 5, words: ['x'] }, state: 'successful' },
    ]);

    const once = ['submit', processId, '--each', file, '-i', 'words=z', '-i', 'count=6', '--key', `${unique}-each`];
    expect((await daybook(...once)).stdout).toBe((await daybook(...once)).stdout);

    const again = await withInput(table, 'submit', processId, '--each', '-', '-i', 'count=5', '--dedupe', '--json');
    expect(
      again.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { line: 2, jobID: ids[0], deduplicated: true },
      { line: 3, jobID: ids[1], deduplicated: true },
      { line: 4, error: expect.stringContaining('3 fields') },
      { line: 5, error: expect.stringContaining('"many"') },
    ]);
    expect(again.stderr).toBe('0 submitted, 2 done already, 2 failed\n');
  });

  it('checks more lines than one request takes, and submits nothing in a dry run', async () => {
    const lines = Array.from({ length: 2_500 }, (_, n) => `{"text": "line ${n}"}`).join('\n');
    const args = ['submit', 'echo', '--each', '-', '-l', `${unique}-many`];
    const dry = await withInput(lines, ...args, '--dry-run');
    expect(dry).toEqual({ code: 0, stdout: '', stderr: '2,500 would be submitted\n' });
    expect(await printed('jobs', '-l', `${unique}-many`, '-o', 'ids')).toBe('');
  });

  it('refuses a table whose header names what the process does not take, before any job', async () => {
    const wrong = await withInput('text,cuont\na,1\n', 'submit', processId, '--each', '-');
    expect(wrong).toEqual({
      code: 1,
      stdout: '',
      stderr: 'daybook: header: "cuont" is no input; the process has count, file, text, words\n',
    });
    expect((await daybook('submit', processId, '--each', join(folder, 'none.csv'))).stderr).toMatch(
      /none.csv: cannot be read/,
    );
  });
});

describe('a campaign', () => {
  const label = `${unique}-campaign`;

  it('is looked at as a whole, by its errors, and by searches', async () => {
    const table = 'text\ngood\nwrong\nfine\nwrong\n';
    await withInput(table, 'submit', processId, '--each', '-', '-l', label);
    const waited = await daybook('wait', '-l', label);
    expect(waited).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('2 failed') });

    const campaign = await printed('campaign', label, '--watch');
    expect(campaign).toMatch(/ 100 % +4 of 4$/m);
    expect(campaign).toMatch(/^jobs +.*2 failed/m);
    expect(campaign).toMatch(/^ +2 +[\w-]{36} +.*main/m);
    expect(await printed('campaigns')).toMatch(new RegExp(`^${label} +4 +0 +0 +2 +2 +0`, 'm'));

    const errors = JSON.parse(await printed('errors', '-l', label, '--json'));
    expect(errors).toMatchObject([{ count: 2, example: { 'failed-step': 'main', 'exit-code': 3 } }]);
    expect(await printed('errors', '-l', label)).toMatch(/^2 × .*\n {4}.*\n/);
    expect(
      (await printed('jobs', '--error-class', errors[0]['error-class'], '-l', label, '-o', 'ids')).split('\n'),
    ).toHaveLength(2);

    const found = (await printed('query', `labels:${label} AND exit-code:3`))
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found).toMatchObject([{ status: 'failed' }, { status: 'failed' }]);
    const body = { size: 0, query: { term: { labels: label } }, aggs: { states: { terms: { field: 'state' } } } };
    const counted = JSON.parse(await printed('query', JSON.stringify(body)));
    expect(counted.states.buckets).toHaveLength(2);
    const job = await printed('job', found[0].id);
    expect(job).toMatch(/^inputs\n +text +wrong$/m);
    expect(job).toMatch(/^error\n/m);
  });

  it('asks nobody where there is nobody, and retries what failed with other inputs', async () => {
    const asked = await daybook('retry', '-l', label, '--set', 'text=right');
    expect(asked).toEqual({
      code: 64,
      stdout: '',
      stderr: 'daybook: retry 2 failed jobs? There is nobody to ask: --yes goes on without asking\n',
    });
    expect((await daybook('retry', '-l', label, '--dry-run')).stderr).toBe('would retry 2 failed jobs\n');
    const retried = await daybook('retry', '-l', label, '--set', 'text=right', '--yes');
    expect(retried).toEqual({ code: 0, stdout: '', stderr: '2 submitted again\n' });
    expect(await daybook('wait', '-l', label)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('4 successful'),
    });
    expect(await printed('errors', '-l', label)).toBe('');
    expect((await daybook('retry', '-l', label, '--yes')).stderr).toBe('no failed jobs to retry\n');
    expect((await daybook('retry', '-l', label, 'j1')).code).toBe(64);
    expect((await daybook('retry', '--yes')).code).toBe(64);
  });

  it('is retried with what a text stands for in each of its processes, or not where that differs', async () => {
    const mixed = `${unique}-mixed`;
    const takes = (type: string) => ({ ...shellTool('test "$0" -gt 5'), inputs: { n: { type, inputBinding: {} } } });
    const processes = await Promise.all(['int', 'double', 'string'].map((type) => deployDocument(ades, takes(type))));
    const [int, double, string] = processes;
    for (const id of processes)
      expect(await daybook('submit', id!, '-i', 'n=1', '-l', mixed)).toMatchObject({ code: 0 });
    expect((await daybook('wait', '-l', mixed)).stderr).toBe('3 failed\n');
    const differs = await daybook('retry', '-l', mixed, '--set', 'n=7', '--yes');
    expect(differs).toMatchObject({
      code: 64,
      stderr: expect.stringMatching(/^daybook: --set n: is .+ for .+, but .+ for/),
    });
    expect(differs.stderr).toContain(`"7" for ${string}`);
    const both = ['--process', int!, '--process', double!];
    expect((await daybook('retry', '-l', mixed, ...both, '--set', 'n=7', '--yes')).stderr).toBe('2 submitted again\n');
    expect((await daybook('retry', '-l', mixed, '--set', 'n=7', '--yes')).stderr).toBe('1 submitted again\n');
    expect(await daybook('wait', '-l', mixed)).toMatchObject({ code: 0, stderr: '3 successful\n' });
  });

  it('is dismissed, labelled and cleared as a whole', async () => {
    const lines = '{"text": "a", "pause": 5}\n{"text": "b", "pause": 5}\n';
    const { stdout: ids } = await withInput(lines, 'submit', 'echo', '--each', '-', '-l', `${label}-2`);
    const dismissed = await startCommand(ades, ['dismiss', '-', '--yes'], { input: ids }).ended;
    expect(dismissed).toMatchObject({ code: 0, stderr: '2 dismissed\n' });
    expect((await daybook('wait', '-l', `${label}-2`)).stderr).toContain('2 dismissed');
    expect((await daybook('label', 'add', `${label}-3`, '-l', `${label}-2`, '--yes')).stderr).toBe('2 changed\n');
    await eventually('both in searches', async () => {
      const found = (await printed('jobs', '-l', `${label}-3`, '-o', 'ids')).split('\n');
      return found.length === 2 ? true : undefined;
    });
    const deleted = await daybook('delete', '-l', label, '--status', 'successful', '--yes', '--json');
    expect(JSON.parse(deleted.stdout)).toMatchObject({ action: 'delete', matched: 4, done: 4, failed: 0 });
    const [id = ''] = (await printed('jobs', '-l', label, '--status', 'successful', '-o', 'ids')).split('\n');
    expect(await daybook('outputs', id)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^daybook: .*removed/),
    });
  });
});

describe('logs', () => {
  it('are printed for every step that wrote something, one step, or followed to the end', async () => {
    const id = await printed('submit', processId, '-i', 'text=log');
    expect(await printed('logs', id, 'main', '-f')).toBe('working');
    expect(await printed('logs', id)).toBe('working');
    expect(await printed('logs', id, 'cwltool', '--tail', '1')).toContain('Final process status is success');
    expect(await printed('logs', id, '--list')).toMatch(/^main +stderr +8 B$/m);
    expect((await daybook('logs', id, 'other')).stderr).toMatch(/^daybook: Job .* has no log at .*\n$/);
  });
});

describe('outputs', () => {
  it('are downloaded with directories, gone on with where they were left, and left where they are whole', async () => {
    const id = await printed('submit', processId, '-i', 'text=output');
    await daybook('wait', id);
    expect(await printed('outputs', id)).toMatch(/^made +http.*\ntext +http/m);
    const place = join(folder, 'outputs');
    const zeros = join(place, 'made/made/zeros');
    const paths = (await printed('outputs', id, '--download', place)).split('\n').sort();
    expect(paths).toEqual([join(place, 'made/made/deep/text'), zeros, join(place, 'text/text')]);
    expect(readFileSync(join(place, 'text/text'), 'utf8')).toBe('output1');
    truncateSync(zeros, 7);
    expect(await printed('outputs', id, '--download', place)).toBe(zeros);
    expect(readFileSync(zeros)).toEqual(Buffer.alloc(100_000));
  });

  it('of a job that failed are refused with its reason', async () => {
    const id = await printed('submit', processId, '-i', 'text=wrong');
    await daybook('wait', id);
    expect(await daybook('outputs', id)).toMatchObject({ code: 1, stderr: expect.stringContaining('exit code 3') });
  });
});

describe('the program', () => {
  it('shows the commands for campaigns before those of servers, and starts nothing for it', async () => {
    const help = await printed('--help');
    expect(help.indexOf('submit')).toBeLessThan(help.indexOf('serve '));
    expect(await printed('help', 'submit')).toContain('--input <NAME=VALUE>');
  });

  it('says in one line what is wrong with a command line, with an exit code of its own', async () => {
    expect(await daybook('jbos')).toMatchObject({ code: 64, stderr: expect.stringContaining('Did you mean jobs?') });
    expect(await daybook('jobs', '--limit', '0')).toEqual({
      code: 64,
      stdout: '',
      stderr: 'daybook: --limit: expected a whole number from 1 to 100000000, found "0"\n',
    });
  });

  it('says where it looked for an ADES that is not there', async () => {
    const { code, stderr } = await daybook('jobs', '--url', 'http://127.0.0.1:9');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/^daybook: .*http:\/\/127\.0\.0\.1:9.*\n$/)]);
  });

  it('ends at Ctrl-C without a word', async () => {
    const watch = startCommand(ades, ['jobs', '--watch', '-o', 'ids']);
    await eventually('the first list', async () => (watch.stdout() === '' ? undefined : true));
    watch.interrupt();
    expect(await watch.ended).toMatchObject({ code: 130, stderr: '' });
  });

  it('ends quietly when nobody reads its output any more', async () => {
    const watch = startCommand(ades, ['jobs', '--watch', '-o', 'json']);
    await eventually('the first list', async () => (watch.stdout() === '' ? undefined : true));
    watch.closeOutput();
    expect(await watch.ended).toMatchObject({ code: 141, stderr: '' });
  });

  it('shows what waits between the parts', async () => {
    expect(await printed('queues')).toMatch(/^requests +\d+ +\d+/m);
  });

  it('finds everything well, or says what is not', async () => {
    const { code, stdout } = await daybook('doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok +ADES +answers at http/m);
    expect(stdout).toMatch(/^ok +database/m);
    const away = await daybook('doctor', '--url', database);
    expect(away).toMatchObject({ code: 1, stdout: expect.stringMatching(/^fail +ADES .*\/health/m) });
  });
});
