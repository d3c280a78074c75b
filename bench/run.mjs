// Prints the tables of docs/performance.md: all, or those that are named. Each is taken with nothing else running on the machine.
//   npm run bench -- [worker] [update-job] [visibility] [ades] [bus] [database]
import { ades } from './ades/ades.mjs';
import { bus } from './bus.mjs';
import { database } from './database/database.mjs';
import { DATABASES } from './database/databases.mjs';
import { machine } from './support.mjs';
import { updateJob } from './update-job.mjs';
import { visibility } from './visibility.mjs';
import { worker } from './worker.mjs';

const TABLES = {
  worker,
  'update-job': updateJob,
  visibility,
  ades,
  bus,
  async database() {
    for (const docs of [200_000, 1_000_000]) await database({ docs, engines: Object.keys(DATABASES) });
  },
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(TABLES);
const unknown = names.find((name) => !Object.hasOwn(TABLES, name));
if (unknown !== undefined) {
  console.error(`There is no table ${unknown}; there are ${Object.keys(TABLES).join(', ')}.`);
  process.exit(64);
}
console.log(machine());
for (const name of names) await TABLES[name]();
