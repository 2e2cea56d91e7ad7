import type { PartnerCenterFaults } from './partner-center.ts';
import type { PeopleHabits } from './people.ts';
import type { Random } from './random.ts';

/** The kinds of histories that are aimed at one event; half of the seeds are, the others have weather of all kinds. */
export const aims = [
  'a cart was made',
  'a ticket is about to be filed',
  'a ticket was filed and nobody knows',
  'a case has ended',
  'a message was taken',
  'a place refuses',
  'words in between',
  'all want the same',
  'keys in chats',
  'one prepares, another confirms',
] as const;

export type Aim = (typeof aims)[number];

/** What happens to a process, often, when its work gets there. */
export interface Blow {
  /** As `reach` is told: what it asked of the database, or what Partner Center or Teams took from it. */
  readonly at: string;
  readonly does: 'crash' | 'freeze';
  readonly probability: number;
}

export interface Plan {
  readonly aim?: Aim;
  readonly blow?: Blow;
  /** One process or two; how far each clock is off. */
  readonly skews: readonly number[];
  /** How often these happen between two steps. */
  readonly crashes: number;
  readonly freezes: number;
  readonly outages: number;
  readonly leaps: number;
  readonly teams: {
    rate: number;
    /** From then on in simulated time this person's thread and chat take nothing, and Teams says why. */
    refuses?: { readonly person: string; readonly afterMs: number };
    /** Chats take no message for one person alone: a key is shown in the answer. */
    takesNoTargeted?: boolean;
  };
  readonly partnerCenter: PartnerCenterFaults;
  readonly habits: PeopleHabits;
}

/** Each seed has its own kind of weather. `wanted`: the aim, whatever the seed's own is. */
export function planOf(random: Random, wanted?: Aim): Plan {
  const often = (rates: readonly number[]): number => random.pick(rates) ?? 0;
  const isCalm = random.isTrue(0.25);
  const unlessCalm = (rates: readonly number[]): number => (isCalm ? 0 : often(rates));
  const forgetsAfterMs = random.pick([10_000, 300_000, Number.POSITIVE_INFINITY]) ?? 0;
  const weather: Plan = {
    skews: Array.from({ length: 1 + random.below(2) }, () =>
      random.isTrue(0.5) ? 0 : Math.round(random.between(-120_000, 120_000)),
    ),
    crashes: unlessCalm([0, 1 / 2_000, 1 / 300, 1 / 80]),
    freezes: unlessCalm([0, 1 / 1_000, 1 / 200]),
    outages: unlessCalm([0, 0, 1 / 3_000]),
    leaps: often([0, 0, 1 / 2_000]),
    teams: { rate: unlessCalm([0, 0.02, 0.1, 0.3]) },
    partnerCenter: {
      rate: often([0, 0.02, 0.1, 0.3]),
      ...{ forgetsAfterMs, losesAnswers: 0, closesInVain: 0.15, showsWithinMs: 600_000 },
      slowToShow: often([0, 0.3, 0.8]),
      wantsTicket: often([0, 0.2, 0.5]),
    },
    habits: {
      thinkMs: often([3_000, 10_000, 30_000]),
      sloppiness: often([0.05, 0.2, 0.4]),
      talks: 0,
      isOfOneMind: false,
      keys: 0,
      handsOver: 0,
    },
  };
  const chance = random.fork('aim');
  const aim = wanted ?? (chance.isTrue(0.5) ? chance.pick(aims) : undefined);
  return aim ? aimed(weather, aim) : weather;
}

/** Nothing else goes wrong, so that what is aimed at happens often. */
function aimed(weather: Plan, aim: Aim): Plan {
  const calm: Plan = {
    ...weather,
    ...{ aim, skews: [0, 0], crashes: 0, freezes: 0, outages: 0, leaps: 0, teams: { rate: 0 } },
    partnerCenter: { ...weather.partnerCenter, rate: 0.02, forgetsAfterMs: 10_000 },
    habits: { ...weather.habits, thinkMs: 5_000, sloppiness: 0.2 },
  };
  const { partnerCenter, habits } = calm;
  const atOnce = { ...partnerCenter, wantsTicket: 0, slowToShow: 0 };
  const half = { probability: 0.5 };
  const often = { ...partnerCenter, rate: 0.3 };
  const byTicket = { ...partnerCenter, wantsTicket: 1 };
  switch (aim) {
    case 'a cart was made':
      return { ...calm, blow: { ...half, at: 'took cart', does: 'freeze' } };
    case 'a ticket is about to be filed':
      return { ...calm, blow: { ...half, at: 'attempts.open create-ticket', does: 'freeze' }, partnerCenter: byTicket };
    case 'a ticket was filed and nobody knows':
      return { ...calm, partnerCenter: { ...byTicket, losesAnswers: 0.5, closesInVain: 0.8 } };
    case 'a case has ended':
      return { ...calm, blow: { at: 'cases.advance completed', does: 'crash', probability: 1 }, partnerCenter: atOnce };
    case 'a message was taken':
      return {
        ...calm,
        blow: { ...half, at: 'took message', does: 'crash' },
        partnerCenter: { ...partnerCenter, slowToShow: 1, wantsTicket: 0, showsWithinMs: 30_000 },
      };
    case 'a place refuses':
      return { ...calm, teams: { rate: 0, refuses: { person: '1', afterMs: 180_000 } } };
    case 'words in between':
      return { ...calm, habits: { ...habits, talks: 0.3, sloppiness: 0.6 } };
    case 'one prepares, another confirms':
      return { ...calm, habits: { ...habits, handsOver: 0.3, sloppiness: 0.5 } };
    case 'keys in chats':
      return {
        ...{ ...calm, teams: { rate: 0, takesNoTargeted: true } },
        habits: { ...habits, keys: 0.8, talks: 0.4, sloppiness: 0.6 },
      };
    case 'all want the same':
      return { ...calm, partnerCenter: often, habits: { ...habits, isOfOneMind: true, sloppiness: 0.4 } };
  }
}
