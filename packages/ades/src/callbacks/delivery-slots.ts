const MAX_DELIVERIES = 32;
/** A receiver that does not answer must leave room for others. */
const MAX_PER_HOST = 8;
/** More are left to the next look. */
const MAX_WAITING_PER_HOST = 500;
const MAX_HOSTS = 100;

/** Deliveries that wait or are under way. */
export interface DeliverySlots {
  /** Has `deliver`, which never rejects, called when there is room, unless the job has one already or too many wait for the host. */
  add(jobId: string, host: string, deliver: () => Promise<void>): void;
  /** Forgets those that wait; resolves when none is under way. */
  close(): Promise<void>;
}

interface Host {
  running: number;
  readonly waiting: (readonly [jobId: string, deliver: () => Promise<void>])[];
}

/** Room for 32 deliveries, 8 to one host; hosts take turns. */
export function createDeliverySlots(): DeliverySlots {
  const known = new Set<string>();
  const running = new Set<Promise<void>>();
  const hosts = new Map<string, Host>();

  function startNext(): boolean {
    for (const [name, host] of hosts) {
      if (running.size >= MAX_DELIVERIES) return false;
      if (host.running >= MAX_PER_HOST) continue;
      const next = host.waiting.shift();
      if (next === undefined) continue;
      start(name, host, next);
      return true;
    }
    return false;
  }

  function start(name: string, host: Host, [jobId, deliver]: Host['waiting'][number]): void {
    // To the end: it is the other hosts' turn.
    hosts.delete(name);
    hosts.set(name, host);
    host.running += 1;
    const done = deliver().finally(() => {
      known.delete(jobId);
      running.delete(done);
      host.running -= 1;
      if (host.running === 0 && host.waiting.length === 0) hosts.delete(name);
      pump();
    });
    running.add(done);
  }

  function pump(): void {
    while (startNext());
  }

  return {
    add(jobId, name, deliver) {
      const host = hosts.get(name) ?? { running: 0, waiting: [] };
      const isFull = host.waiting.length >= MAX_WAITING_PER_HOST || (!hosts.has(name) && hosts.size >= MAX_HOSTS);
      if (known.has(jobId) || isFull) return;
      known.add(jobId);
      host.waiting.push([jobId, deliver]);
      hosts.set(name, host);
      pump();
    },
    async close() {
      for (const host of hosts.values()) host.waiting.length = 0;
      await Promise.all(running);
    },
  };
}
