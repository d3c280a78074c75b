import { beforeAll, describe, expect, it } from 'vitest';
import { sharedDaybook } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import { call, deployExample, type Json, submit, verdictOf } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const hostile = '</pre><script>alert("1")</script> & \'quoted\'';
const label = `<b>${Date.now().toString(36)}`;
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
let process: string;
let job: string;

beforeAll(async () => {
  process = await deployExample(ades, 'no-update-steps/workflow.cwl');
  job = await submit(ades, process, { text: hostile }, [label]);
  await verdictOf(database, job);
  const listed = `${ades}/jobs?label=${encodeURIComponent(label)}`;
  await eventually('the job in the list', async () =>
    (await call('GET', listed)).body.jobs.length > 0 ? true : undefined,
  );
});

async function page(path: string, headers: Record<string, string> = browser): Promise<string> {
  const answer = await call('GET', `${ades}${path}`, undefined, headers);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get('content-type'), path).toBe('text/html; charset=utf-8');
  return answer.body;
}

const escaped = '&lt;/pre&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;quoted&#39;';

describe('a page for a person', () => {
  it('is there for every resource that has JSON, with the same links, without scripts or anything from elsewhere', async () => {
    const paths = [
      ...[
        '/',
        '/conformance',
        '/processes',
        '/jobs',
        '/health',
        `/processes/${process}`,
        `/processes/${process}/package`,
      ],
      ...[
        `/processes/${process}/jobs`,
        `/processes/${process}/jobs/${job}`,
        `/processes/${process}/jobs/${job}/result`,
      ],
      ...[`/jobs/${job}`, `/jobs/${job}/results`, `/jobs/${job}/logs`, `/jobs/${job}/outputs/count`],
    ];
    for (const path of paths) {
      const answer = await call('GET', `${ades}${path}`, undefined, browser);
      expect([answer.status, answer.headers.get('content-type')], path).toEqual([200, 'text/html; charset=utf-8']);
      expect(answer.headers.get('content-security-policy'), path).toMatch(/^default-src 'none'; style-src 'self'/);
      expect(answer.headers.get('vary'), path).toMatch(/accept/i);
      expect(answer.body, path).not.toMatch(/<script|\son\w+=|style=|javascript:/i);
      const loaded = [...answer.body.matchAll(/<(?:link|img)[^>]*(?:href|src)="([^"]+)"/g)].map(([, url]) => url!);
      for (const url of loaded) expect(url, path).toMatch(new RegExp(`^${ades}/`));
      const { body } = await call('GET', `${ades}${path}`);
      for (const { href, rel } of body.links ?? []) {
        if (!['self', 'alternate', 'monitor'].includes(rel) && !/execute$/.test(rel)) {
          expect(answer.body, path).toContain(`href="${href.replaceAll('&', '&amp;')}"`);
        }
      }
    }
    const style = await fetch(`${ades}/style.css`);
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  });

  it('is asked for by `f` whatever the client accepts, and JSON likewise', async () => {
    expect(await page('/processes?f=html', {})).toContain('<table>');
    const json = await call('GET', `${ades}/processes?f=json`, undefined, browser);
    expect(json.headers.get('content-type')).toMatch(/^application\/json/);
    expect((await call('GET', `${ades}/processes?f=xml`)).status).toBe(400);
    expect((await call('GET', `${ades}/processes`)).headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('of a job shows its labels, inputs, outputs and logs, all escaped', async () => {
    const text = await page(`/jobs/${job}`);
    expect(text).toContain(escaped);
    expect(text).toContain(`href="${ades}/jobs?label=${encodeURIComponent(label)}"`);
    expect(text).toContain(`href="${ades}/jobs/${job}/outputs/count"`);
    expect(text).toContain(`href="${ades}/jobs/${job}/logs"`);
    expect(text).toContain(`href="${ades}/processes/${process}"`);
    expect(text).not.toContain('http-equiv="refresh"');
    expect(await page(`/jobs/${job}/logs`)).toMatch(/href="[^"]*\/logs\/[^"]+\/stderr"/);
  });

  it('of a process shows the picture of its workflow', async () => {
    const { links } = (await call('GET', `${ades}/processes/${process}`)).body;
    const { href } = links.find((link: Json) => link.type === 'image/svg+xml');
    expect(href).toBe(`${ades}/processes/${process}/graph`);
    expect(await page(`/processes/${process}`)).toContain(`<img src="${href}"`);
    const picture = await fetch(href);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    expect(picture.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    const svg = await picture.text();
    for (const label of ['text', 'count', 'report']) expect(svg).toMatch(new RegExp(`<text [^>]*>${label}</text>`));
    expect(svg).toMatch(/<title>text → \w+<\/title><path d="M/);
    const again = await fetch(href, { headers: { 'if-none-match': picture.headers.get('etag') as string } });
    expect(again.status).toBe(304);
    expect((await call('GET', `${ades}/processes/echo/graph`)).status).toBe(404);
  });

  it('of a job that runs is loaded again from time to time', async () => {
    const answer = await call(
      'POST',
      `${ades}/processes/echo/execution`,
      { inputs: { text: 'a', pause: 30 } },
      { prefer: 'respond-async' },
    );
    expect(await page(`/jobs/${answer.body.jobID}`)).toContain('<meta http-equiv="refresh" content="5">');
    await call('DELETE', `${ades}/jobs/${answer.body.jobID}`);
  });

  it('of a list has the jobs that its form finds, and links to the next page', async () => {
    const found = await page(`/jobs?status=successful&label=${encodeURIComponent(label)}&processID=&q=`);
    expect(found).toContain(`href="${ades}/jobs/${job}"`);
    expect(found).toContain('<option selected>successful</option>');
    expect(found).toContain(`value="${label.replace('<', '&lt;').replace('>', '&gt;')}"`);
    const first = await page('/processes?limit=1');
    expect(first).toMatch(/<a rel="next" href="[^"]*limit=1&amp;offset=1"/);
  });

  it('says what went wrong where something did', async () => {
    const answer = await call('GET', `${ades}/processes/${encodeURIComponent('<i>')}`, undefined, browser);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(answer.body).toContain('There is no process');
    expect(answer.body).not.toContain('<i>');
  });

  it('of the definition of the API is its interactive documentation', async () => {
    const answer = await fetch(`${ades}/api`, { headers: browser, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${ades}/api/docs`]);
    const { paths } = (await call('GET', `${ades}/api`)).body;
    const query = paths['/jobs'].get.parameters.map((each: Json) => each.name);
    expect(query).toEqual(expect.arrayContaining(['limit', 'f']));
  });
});
