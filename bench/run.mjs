// Prints the tables of docs/performance.md. Each is taken with nothing else running on the machine.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bus } from './bus.mjs';
import { database } from './database/database.mjs';
import { DATABASES } from './database/databases.mjs';
import { submissions } from './submissions.mjs';
import { examples, machine, post, startDaybook } from './support.mjs';
import { updateJob } from './update-job.mjs';
import { visibility } from './visibility.mjs';
import { worker } from './worker.mjs';

async function deploy(daybook, id, path) {
  const href = pathToFileURL(join(examples, path)).href;
  const offering = { code: 'http://www.opengis.net/eoc/applicationContext/cwl', content: { href } };
  await post(`${daybook.ades}/processes`, {
    processDescription: {
      process: { id, title: id, owsContext: { offering } },
      processVersion: '1',
      jobControlOptions: ['async-execute'],
    },
    immediateDeployment: true,
    executionUnit: [{ href: 'none' }],
  });
  return `${id}:1`;
}

async function on(flags, run) {
  const daybook = await startDaybook(...flags);
  try {
    await run(daybook);
  } finally {
    await daybook.stop();
  }
}

console.log(machine());
await worker();
await updateJob();
await on([], visibility);
await on(['--slots', '0'], async (daybook) => submissions(daybook, await deploy(daybook, 'sleep', 'sleep/sleep.cwl')));
await bus();
await database({ docs: 200_000, engines: Object.keys(DATABASES) });
await database({ docs: 1_000_000, engines: Object.keys(DATABASES) });
