import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { GroupCommit } from './group-commit.ts';

/** Something to sync, whose syncs take until the next turn of the event loop. */
class Target {
  appended = 0;
  readonly syncs: number[] = [];
  #syncedTo = 0;

  get synced(): boolean {
    return this.#syncedTo === this.appended;
  }

  async sync(): Promise<void> {
    const { appended } = this;
    this.syncs.push(appended);
    await nextTurn();
    this.#syncedTo = appended;
  }
}

test('requests that append behind a turn share the sync that follows in the same turn', async () => {
  const target = new Target();
  const commits = new GroupCommit(target, () => undefined);
  const request = async (): Promise<void> => {
    await commits.turn();
    target.appended++;
    await commits.commit();
  };
  const requests = [request(), request(), request()];
  await nextTurn();
  expect(target.syncs).toEqual([3]);
  await Promise.all(requests);
  expect(target.syncs).toEqual([3]);
});

test('a turn behind which nothing is appended syncs nothing, and the next commit is made', async () => {
  const target = new Target();
  const commits = new GroupCommit(target, () => undefined);
  await commits.turn();
  await nextTurn();
  expect(target.syncs).toEqual([]);
  target.appended++;
  await commits.commit();
  expect(target.syncs).toEqual([1]);
});

test('what is appended behind a turn while a sync runs is in the next one', async () => {
  const target = new Target();
  const commits = new GroupCommit(target, () => undefined);
  target.appended++;
  const first = commits.commit();
  await nextTurn();
  await commits.turn();
  target.appended++;
  await Promise.all([first, commits.commit()]);
  expect(target.syncs).toEqual([1, 2]);
  expect(target.synced).toBe(true);
});
