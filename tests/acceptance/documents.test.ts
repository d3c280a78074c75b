import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { root } from '../support/program.ts';
import { eventually } from '../support/wait.ts';
import { call, deployBody, submit, verdictOf } from '../support/wps-t.ts';

const documents: Readonly<Record<string, string>> = {
  '/workflow.cwl': `
cwlVersion: v1.0
class: Workflow
inputs:
  job_id: string
  jobs_data_sns_topic_arn: string
  message: string
outputs:
  text: {type: File, outputSource: say/text}
steps:
  say:
    run: tools/say.cwl
    in: {message: message}
    out: [text]
  update:
    run: https://cwl.example.org/tools/update-job.cwl
    in:
      job_id: job_id
      jobs_data_sns_topic_arn: jobs_data_sns_topic_arn
      update_status: {default: has spoken}
      after: say/text
    out: [results]
`,
  '/tools/say.cwl': `
cwlVersion: v1.0
class: CommandLineTool
baseCommand: echo
inputs: {message: {type: string, inputBinding: {position: 1}}}
stdout: text.txt
outputs: {text: {type: stdout}}
`,
  '/no-such-type.cwl': `cwlVersion: v1.2
class: CommandLineTool
baseCommand: echo
inputs:
  message: sring
outputs: []
`,
  '/missing-part.cwl': `cwlVersion: v1.2
class: Workflow
inputs: []
outputs: []
steps:
  one: {run: tools/none.cwl, in: [], out: []}
`,
};
let web: Server;
let site: string;
let daybook: Daybook;

beforeAll(async () => {
  web = createServer((request, response) => {
    const text = documents[request.url as string];
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
  const map = JSON.stringify({ 'https://cwl.example.org/tools/': join(root, 'examples/l1b-cwl/steps') });
  daybook = await startOnTarget({ flags: ['--cwl-url-map', map] });
});
afterAll(async () => {
  await daybook?.stop();
  web.close();
});

const deploy = (id: string, path: string): ReturnType<typeof call> =>
  call('POST', `${daybook.ades}/processes`, deployBody(id, `${site}${path}`));

describe('a CWL document', () => {
  it('is fetched with the documents that it runs, from the web and from folders that stand for parts of it', async () => {
    expect((await deploy('from-the-web', '/workflow.cwl')).status).toBe(201);
    const id = await submit(daybook.ades, 'from-the-web:develop', { message: 'hello' });
    const document = await verdictOf(daybook.database, id);
    expect(document).toMatchObject({ status: 'succeeded', inputs: { message: 'hello' } });
    await eventually('the update of its step in the history', async () => {
      const query = { bool: { filter: [{ term: { id } }, { term: { status: 'has spoken' } }] } };
      const history = await call('POST', `${daybook.database}/job-updates/_search`, { query });
      return history.body.hits.total.value === 1 || undefined;
    });
  });

  it.each([
    ['is not valid, with its line', '/no-such-type.cwl', /no-such-type\.cwl:5:\d+:/],
    ['runs a document that is not there', '/missing-part.cwl', /tools\/none\.cwl/],
    ['is not there', '/none.cwl', /none\.cwl/],
  ])('is refused where it %s', async (_what, path, reason) => {
    const answer = await deploy('refused', path);
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toMatch(reason);
    expect((await call('GET', `${daybook.ades}/processes/refused:develop`)).status).toBe(404);
  });

  it('is not fetched from private addresses where the server is told so', async () => {
    const strict = await startOnTarget({ flags: ['--allow-private-addresses', 'false'] });
    try {
      const answer = await call('POST', `${strict.ades}/processes`, deployBody('refused', `${site}/tools/say.cwl`));
      expect(answer.status).toBe(403);
      expect(answer.body.detail).toContain('127.0.0.1');
    } finally {
      await strict.stop();
    }
  });
});
