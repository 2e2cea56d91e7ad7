import { DeliveryError } from '../../domain/errors.ts';
import { createRecentValues } from '../../domain/work/recent-values.ts';
import type { SendSlots, SendWindow, SlotWanted } from '../../domain/work/send-slots.ts';

/** As documented (docs/teams.md, "Limits of sending"); a little longer, as messages do not all travel equally fast. */
const slower = 1.03;
const window = (most: number, ms: number): SendWindow => ({ most, ms: ms * slower });
const ofConversation: readonly SendWindow[] = [
  window(7, 1000),
  window(8, 2000),
  window(60, 30_000),
  window(1800, 3_600_000),
];
const ofTenant: readonly SendWindow[] = [window(50, 1000)];

/** Longer, and it is asked for again later. */
const longestWaitMs = 5_000;

/** What this process remembers of what it sent without asking. */
const mostPlaces = 1000;
const keptMs = 3_600_000;
const mostOfOne = 1800;

interface Sending {
  readonly queueKey: string;
  readonly tenantId?: string | undefined;
}

/** Room for messages that nobody waits for. */
export interface Room {
  /** Throws `later`, with the time to wait, where there is none soon. */
  wait(sending: Sending): Promise<void>;
  /** Something was sent that does not wait: it takes its room all the same. */
  note(sending: Sending): void;
}

interface RoomParts {
  readonly slots: SendSlots;
  readonly wait: (ms: number) => Promise<void>;
  readonly now: () => number;
}

/** Notices wait for room, in all processes together; answers to people never do, and are counted. */
export function createRoom({ slots, wait, now }: RoomParts): Room {
  const sent = createRecentValues<number[]>({ most: mostPlaces, keptMs, now });

  function slotsFor(sending: Sending): SlotWanted[] {
    const at = now();
    const { queueKey, tenantId } = sending;
    const limits = [
      { key: `conversation ${queueKey}`, windows: ofConversation },
      ...(tenantId === undefined ? [] : [{ key: `tenant ${tenantId}`, windows: ofTenant }]),
    ];
    return limits.map(({ key, windows }) => ({
      key,
      windows,
      sentAgo: (sent.get(key)?.value ?? []).map((then) => at - then),
    }));
  }

  return {
    async wait(sending) {
      const wanted = slotsFor(sending);
      // They are counted in the database from now on.
      for (const { key } of wanted) sent.put(key, []);
      const { waitMs, isTaken } = await slots.take(wanted, longestWaitMs);
      if (!isTaken) throw DeliveryError.noRoom(waitMs);
      if (waitMs > 0) await wait(waitMs);
    },
    note({ queueKey, tenantId }) {
      const keys = [`conversation ${queueKey}`, ...(tenantId === undefined ? [] : [`tenant ${tenantId}`])];
      for (const key of keys) sent.put(key, [...(sent.get(key)?.value ?? []), now()].slice(-mostOfOne));
    },
  };
}
