import { DaybookError, isDaybookError } from '@daybook/errors';
import {
  fold,
  type JobDocument,
  newJobId,
  stateOf,
  statusUpdate,
  submission,
  toDocument,
  verdict,
} from '@daybook/jobs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { JobsDatabase } from './jobs-database.ts';
import { type MemoryDatabase, memoryDatabase } from './memory-client.fixture.ts';
import { openJobsDatabase } from './open-jobs-database.ts';

let memory: MemoryDatabase;
let database: JobsDatabase;
let log: string[];

beforeEach(() => {
  memory = memoryDatabase();
  log = [];
  database = openJobsDatabase({ client: memory.client, log: (line) => log.push(line) });
});

const away = (): never => {
  throw new DaybookError('unavailable', 'the database is away');
};
const job = (id: string): JobDocument | undefined =>
  memory.documents.get(`jobs/${id}`)?.source as JobDocument | undefined;
const running = (id: string) => statusUpdate({ id, status: 'running' });
const submitted = (id: string = newJobId()) =>
  submission({ id, inputs: { a: 1 }, labels: [], userId: 'ada', processId: 'p' });

describe('applying updates', () => {
  it('writes each job of a batch once, and every update into the history', async () => {
    const updates = [
      running('j'),
      statusUpdate({ id: 'j', step: 's' }),
      running('k'),
      statusUpdate({ id: 'j', progress: 5 }),
    ];
    expect((await database.applyUpdates(updates)).map(({ result }) => result)).toEqual(Array(4).fill('applied'));
    expect(memory.operations).toBe(2 + 4);
    expect(job('j')).toMatchObject({ status: 'running', step: 's', progress: 5 });
    expect([...memory.documents.keys()].filter((key) => key.startsWith('job-updates/'))).toEqual(
      expect.arrayContaining(updates.map((update) => `job-updates/${update['event-id']}`)),
    );
  });

  it('keeps what is sealed in the document of its job alone, until the verdict', async () => {
    const job = { id: 'j', inputs: { word: '***' }, labels: [], userId: 'ada', processId: 'p' };
    await database.createJob(submission({ ...job, secrets: { word: 'v1.sealed' } }));
    const holding = () =>
      [...memory.documents].filter(([, { source }]) => JSON.stringify(source).includes('sealed')).map(([key]) => key);
    expect(holding()).toEqual(['jobs/j']);
    await database.applyUpdates([running('j')]);
    expect(holding()).toEqual(['jobs/j']);
    await database.applyUpdates([verdict({ id: 'j', attempt: 1, status: 'failed' })]);
    expect(holding()).toEqual([]);
  });

  it('writes nothing for what is known', async () => {
    const update = running('j');
    await database.applyUpdates([update]);
    const before = memory.documents.get('jobs/j')?.seqNo;
    expect(await database.applyUpdates([update, update])).toEqual([{ result: 'unchanged' }, { result: 'unchanged' }]);
    expect(memory.documents.get('jobs/j')?.seqNo).toBe(before);
  });

  it('does nothing for no updates', async () => {
    memory.before = away;
    expect(await database.applyUpdates([])).toEqual([]);
  });

  it('reads again and joins when another writer was first', async () => {
    await database.applyUpdates([running('j')]);
    const others = ['a', 'b', 'c'];
    memory.before = (call) => {
      const step = call === 'bulk' ? others.shift() : undefined;
      if (step === undefined) return;
      const stored = memory.documents.get('jobs/j')!;
      memory.documents.set('jobs/j', {
        ...stored,
        seqNo: stored.seqNo + 1000,
        source: { ...stored.source, [step]: true },
      });
    };
    expect(await database.applyUpdates([statusUpdate({ id: 'j', step: 's' })])).toEqual([{ result: 'applied' }]);
    expect(job('j')).toMatchObject({ status: 'running', step: 's', a: true, b: true, c: true });
  });

  it('gives in when it never is the first, and holds up no other job', async () => {
    memory.refuse = ({ id }) => (id === 'j' ? { status: 409, error: { type: 'c', reason: 'always' } } : undefined);
    const outcomes = await database.applyUpdates([running('j'), running('k')]);
    expect(outcomes).toEqual([{ result: 'unavailable', reason: 'always' }, { result: 'applied' }]);
  });

  it('tries again what is refused for now', async () => {
    let busy = 3;
    memory.refuse = () => (busy-- > 0 ? { status: 429, error: { type: 'rejected', reason: 'busy' } } : undefined);
    expect(await database.applyUpdates([running('j'), running('k')])).toEqual([
      { result: 'applied' },
      { result: 'applied' },
    ]);
    expect(memory.documents.size).toBe(4);
  });

  it('names the one update of a job that is refused for good', async () => {
    memory.refuse = ({ index, source }) =>
      index === 'jobs' && source?.step === 'bad' ? { status: 400, error: { type: 'mapper', reason: 'no' } } : undefined;
    const outcomes = await database.applyUpdates([
      running('j'),
      statusUpdate({ id: 'j', step: 'bad' }),
      statusUpdate({ id: 'j', message: 'm' }),
    ]);
    expect(outcomes.map(({ result }) => result)).toEqual(['applied', 'poison', 'applied']);
    expect(outcomes[1]).toEqual({ result: 'poison', reason: 'mapper: no' });
    expect(job('j')).toMatchObject({ status: 'running', message: 'm' });
    expect(job('j')).not.toHaveProperty('step');
  });

  it('never calls a full disk or a forbidden index poison', async () => {
    memory.refuse = () => ({ status: 403, error: { type: 'cluster_block_exception', reason: 'read-only' } });
    expect(await database.applyUpdates([running('j')])).toEqual([{ result: 'unavailable', reason: 'read-only' }]);
  });

  it('is done only when the history is written too', async () => {
    memory.refuse = ({ index }) =>
      index === 'job-updates' ? { status: 503, error: { type: 't', reason: 'no shard' } } : undefined;
    expect(await database.applyUpdates([running('j')])).toEqual([{ result: 'unavailable', reason: 'no shard' }]);
    expect(job('j')?.status).toBe('running');
  });

  it('answers unavailable, and throws nothing, when the database is away', async () => {
    memory.before = away;
    expect(await database.applyUpdates([running('j'), running('k')])).toEqual(
      Array(2).fill({ result: 'unavailable', reason: 'the database is away' }),
    );
  });

  it('outlives one answer that was lost', async () => {
    let lost = 1;
    memory.after = () => {
      if (lost-- > 0) away();
    };
    expect(await database.applyUpdates([running('j')])).toEqual([{ result: 'unchanged' }]);
    expect(job('j')?.status).toBe('running');
  });
});

describe('creating a job', () => {
  it('succeeds though the answer is lost', async () => {
    let lost = 1;
    memory.after = () => {
      if (lost-- > 0) away();
    };
    const event = submitted();
    expect(await database.createJob(event)).toMatchObject({ id: event.id, inputs: { a: 1 }, state: 'accepted' });
    expect(memory.documents.has(`job-updates/${event['event-id']}`)).toBe(true);
  });

  it('is unavailable when the database is', async () => {
    memory.before = away;
    await expect(database.createJob(submitted())).rejects.toSatisfy((error) => isDaybookError(error, 'unavailable'));
  });

  it('stands without its history entry, which is logged', async () => {
    memory.refuse = ({ index }) =>
      index === 'job-updates' ? { status: 400, error: { type: 't', reason: 'why' } } : undefined;
    const event = submitted();
    expect((await database.createJob(event)).id).toBe(event.id);
    expect(log).toEqual([`The submission of job ${event.id} is not in the history: t: why`]);
  });

  it('names what the database does not take', async () => {
    memory.refuse = () => ({ status: 400, error: { type: 't', reason: 'too deep' } });
    await expect(database.createJob(submitted())).rejects.toSatisfy(
      (error) => isDaybookError(error, 'invalid-argument') && error.message.includes('too deep'),
    );
  });
});

describe('claiming an attempt', () => {
  it('gives a number once, also when the answer to its write was lost', async () => {
    await database.createJob(submitted('j'));
    let lost = 1;
    memory.after = (call) => {
      if (call === 'index' && lost-- > 0) away();
    };
    expect(await database.claimAttempt('j', 'w1')).toMatchObject({ result: 'claimed', attempt: 2 });
    expect(await database.claimAttempt('j', 'w2')).toMatchObject({
      attempt: 3,
      document: { worker: 'w2', attempts: 3 },
    });
  });

  it('gives none to a job that is final or missing', async () => {
    await database.applyUpdates([verdict({ id: 'j', attempt: 1, status: 'failed', error: 'e' })]);
    expect(await database.claimAttempt('j', 'w')).toMatchObject({ result: 'final', document: { status: 'failed' } });
    expect(await database.claimAttempt('k', 'w')).toEqual({ result: 'missing' });
  });
});

describe('marking jobs as queued', () => {
  it('skips the jobs that are gone and names those that could not be written', async () => {
    for (const id of ['j', 'k']) await database.createJob(submitted(id));
    memory.refuse = ({ id }) => (id === 'k' ? { status: 503, error: { type: 't', reason: 'r' } } : undefined);
    expect(await database.markQueued(['j', 'k', 'gone', 'j'])).toEqual(['k']);
    expect(job('j')).toHaveProperty('queue-time');
    expect(job('gone')).toBeUndefined();
  });
});

describe('creating jobs in bulk', () => {
  it('gives each its own outcome', async () => {
    const [known, taken, refused, busy, fresh] = ['known', 'taken', 'refused', 'busy', 'fresh'].map((id) =>
      submitted(id),
    );
    await database.createJob(known!);
    await database.createJob(submitted('taken'));
    let isBusy = true;
    memory.refuse = ({ id }) => {
      if (id === 'refused') return { status: 400, error: { type: 'mapper_parsing_exception', reason: 'no' } };
      if (id === 'busy' && isBusy) return { status: 429, error: { type: 'rejected', reason: 'full' } };
      return undefined;
    };
    memory.after = () => {
      isBusy = false;
    };
    const jobs = [known, taken, refused, busy, fresh].map((submission) => ({
      submission: submission!,
      fields: { mine: 1 },
    }));
    const outcomes = await database.createJobs(jobs);
    expect(outcomes.map(({ result }) => result)).toEqual(['created', 'exists', 'refused', 'created', 'created']);
    expect([job('fresh')?.mine, job('known')?.mine, job('busy')?.mine]).toEqual([1, undefined, 1]);
  });

  it('is told from what another submission made when an answer is lost', async () => {
    let lost = false;
    memory.after = () => {
      if (lost) return;
      lost = true;
      away();
    };
    const jobs = ['a', 'b'].map((id) => ({ submission: submitted(id), fields: {} }));
    expect((await database.createJobs(jobs)).map(({ result }) => result)).toEqual(['created', 'created']);
    memory.before = away;
    expect(await database.createJobs([{ submission: submitted('c'), fields: {} }])).toEqual([
      { result: 'unavailable', reason: 'the database is away' },
    ]);
  });
});

describe('a job that is superseded', () => {
  const successor = (by: string) => ({ id: 'j', by, eventId: `${by} is next` });

  it('has its first successor, and keeps what is written meanwhile', async () => {
    await database.createJob(submitted('j'));
    const standing: (string | undefined)[] = [];
    memory.before = (call) => {
      if (call !== 'bulk') return;
      memory.before = () => undefined;
      const stored = memory.documents.get('jobs/j')!;
      const source = toDocument(stored.source, fold(stateOf('j', stored.source), running('j')));
      memory.documents.set('jobs/j', { ...stored, source, seqNo: 1_000 });
    };
    standing.push((await database.supersede([successor('one')])).get('j'));
    standing.push((await database.supersede([successor('other')])).get('j'));
    standing.push((await database.supersede([successor('one')])).get('j'));
    expect(standing).toEqual(['one', 'one', 'one']);
    expect(job('j')).toMatchObject({ status: 'running', 'superseded-by': 'one' });
    expect(memory.documents.has('job-updates/one is next')).toBe(true);
    expect(memory.documents.has('job-updates/other is next')).toBe(false);
    expect(await database.supersede([{ ...successor('one'), id: 'none' }])).toEqual(new Map());
  });

  it('has one of several that come at once', async () => {
    await database.createJob(submitted('j'));
    const names = Array.from({ length: 8 }, (_, n) => `retry ${n}`);
    const answers = await Promise.all(names.map((by) => database.supersede([successor(by)])));
    expect(new Set(answers.map((each) => each.get('j')))).toEqual(new Set([job('j')?.['superseded-by']]));
  });
});

describe('an operation', () => {
  it('is changed on what stands, by one of several that claim it', async () => {
    const operation = { id: 'o', status: 'running', created: '2016-01-14T08:00:00.000Z' };
    await database.operations.create(operation);
    await expect(database.operations.create(operation)).rejects.toThrow('conflict');
    const claim = (owner: string) =>
      database.operations.change('o', (stored) => (stored.owner === undefined ? { ...stored, owner } : undefined));
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map(claim));
    expect(claims.filter((each) => each !== undefined)).toHaveLength(1);
    expect(await database.operations.get('o')).toEqual(claims.find((each) => each !== undefined));
    expect(await database.operations.change('none', (stored) => stored)).toBeUndefined();
  });
});
