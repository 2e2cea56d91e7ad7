import assert from 'node:assert/strict';
import { DeliveryError } from '../../../src/domain/errors.ts';
import { type SendSlots, takeSlot } from '../../../src/domain/work/send-slots.ts';
import { createRoom, type Room } from '../../../src/teams/outbound/room.ts';

const tenantId = 'tenant-1';
const processes = 4;
const hourMs = 3_600_000;

/** As documented, and counted by Teams when a request arrives. */
const documented = {
  conversation: [
    [7, 1000],
    [8, 2000],
    [60, 30_000],
    [1800, hourMs],
  ],
  tenant: [[50, 1000]],
} as const;

/** The same numbers each time. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** How many of these, in the order of time, Teams answers 429. */
function refusedIn(arrivals: readonly number[], windows: readonly (readonly [number, number])[]): number {
  const inOrder = [...arrivals].sort((one, other) => one - other);
  return inOrder.filter((at, index) =>
    windows.some(([most, ms]) => {
      const before = inOrder[index - most];
      return before !== undefined && at - before < ms;
    }),
  ).length;
}

/** As the database does it, in memory. */
function keepSlots(now: () => number): SendSlots {
  let taken: ReadonlyMap<string, readonly number[]> = new Map();
  return {
    async take(wanted, longestMs) {
      const answer = takeSlot(taken, wanted, now(), longestMs);
      taken = new Map([...taken, ...answer.taken]);
      return answer;
    },
  };
}

interface Played {
  readonly arrivals: readonly { readonly at: number; readonly conversation: string }[];
  readonly tookMs: number;
}

/** So many notices, as many at once as the processes have workers, on a clock of their own; each travels 0 to 25 ms. */
async function play(count: number, conversationOf: (n: number) => string, workers = processes): Promise<Played> {
  const random = createRandom(7);
  const begunAt = 1_700_000_000_000;
  let now = begunAt;
  const slots = keepSlots(() => now);
  let slept = 0;
  const wait = async (ms: number) => {
    slept = ms;
  };
  const rooms = Array.from({ length: processes }, () => createRoom({ slots, wait, now: () => now }));
  const free = Array.from({ length: workers }, (_, n) => ({ at: begunAt, room: rooms[n % processes] as Room }));
  const arrivals: { at: number; conversation: string }[] = [];
  let last = begunAt;
  while (arrivals.length < count) {
    const worker = free.reduce((first, one) => (one.at < first.at ? one : first));
    now = worker.at;
    slept = 0;
    const conversation = conversationOf(arrivals.length);
    try {
      await worker.room.wait({ queueKey: conversation, tenantId });
      worker.at = now + slept;
      last = Math.max(last, worker.at);
      arrivals.push({ at: worker.at + random() * 25, conversation });
    } catch (error) {
      assert.ok(error instanceof DeliveryError && error.isWithoutRoom);
      worker.at = now + (error.retryAfterMs ?? 0);
    }
  }
  return { arrivals, tookMs: last - begunAt };
}

describe('room for what nobody waits for', () => {
  it('is used to 95 % and never overdrawn in one conversation, by several processes', async () => {
    const { arrivals, tookMs } = await play(10_000, () => '19:thread');

    const allowed = (tookMs / hourMs) * 1800;
    assert.ok(arrivals.length / allowed >= 0.95, String(arrivals.length / allowed));
    assert.equal(
      refusedIn(
        arrivals.map(({ at }) => at),
        documented.conversation,
      ),
      0,
    );
  }).timeout(20_000);

  it('is used to 95 % and never overdrawn in a tenant, over many conversations', async () => {
    const { arrivals, tookMs } = await play(10_000, (n) => `19:thread-${n % 200}`, 12);

    const allowed = (tookMs / 1000) * 50;
    assert.ok(arrivals.length / allowed >= 0.95, String(arrivals.length / allowed));
    assert.equal(
      refusedIn(
        arrivals.map(({ at }) => at),
        documented.tenant,
      ),
      0,
    );
  }).timeout(20_000);

  it('is taken by answers too, which do not wait', async () => {
    let now = 1_700_000_000_000;
    const waits: number[] = [];
    const slots = keepSlots(() => now);
    const room = createRoom({ slots, wait: async (ms) => void waits.push(ms), now: () => now });
    const sending = { queueKey: '19:thread', tenantId };
    for (let n = 0; n < 7; n += 1) room.note(sending);
    now += 100;

    await room.wait(sending);
    await room.wait({ ...sending, queueKey: '19:other' });

    assert.deepEqual(waits, [930]);
  });
});
