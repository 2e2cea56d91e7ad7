import type { LeakMoved, SeenOutside } from '../../domain/audit/audit.ts';
import type { KeyReveal } from '../../domain/keys/key-reveals.ts';
import type { Look } from '../../domain/keys/looks.ts';
import type { Leaked } from '../../domain/leaks/leak.ts';
import { moment, number } from './common.ts';

const leakedKinds: Record<Leaked, string> = {
  key: 'product key',
  link: 'download link',
  both: 'both, or it is not known which',
};

const seen: Record<KeyReveal['what'], string> = {
  key: 'Product key',
  download: 'Download',
  link: 'Download link',
};

export const leaks = {
  list: 'Leaks',
  notReported: 'Nothing was reported, and nothing was frozen.',
  none: 'No leak is open: nothing is frozen.',
  ask: (order: string) => `Report a leak: order ${order}`,
  consequence:
    'Once you report it, nobody is shown keys or downloads of this order any more, and the other admin agents are told. Only another admin agent can lift it.',
  kinds: leakedKinds,
  title: (reference: string, order: string) => `Leak ${reference}: order ${order}`,
  frozen: 'frozen',
  lifted: 'lifted',
  now: 'Keys and downloads of this order are not shown to anybody.',
  askThem: 'Ask those who looked where it may have gone.',
  whatToDo: 'Tell the customer. Ask Microsoft for a new key with a service request in Partner Center.',
  liftedBy: (name: string, at: Date, zone: string) => `Lifted by ${name}, ${moment(at, zone)}.`,
  said: (text: string) => `"${text}"`,
  facts: { leaked: 'What', reporter: 'Reported by', remark: 'Remark' },
  seenBy: (name: string) => `Seen by ${name}`,
  look: ({ what, item, isOutside }: Look) =>
    [`${seen[what]}${isOutside ? ' (at Partner Center)' : ''}`, item].filter(Boolean).join(': '),
  looked: ({ times, firstAt, lastAt }: Look, zone: string) =>
    times === 1
      ? `once, ${moment(lastAt, zone)}`
      : `${number(times)} times, ${moment(firstAt, zone)} to ${moment(lastAt, zone)}`,
  moreLooks: (left: number) => `${number(left)} more are in the audit log of the order.`,
  nobodyLooked: 'Nobody was shown a key or a download of this order here.',
  looksElsewhere: 'Who looked is shown in the personal chat with me only.',
  otherLifts: (name: string) => `To show them again, an admin agent other than ${name} writes why and presses Lift.`,
  /** In the audit log. */
  tell: ({ reference, leaked, step }: Pick<LeakMoved, 'reference' | 'leaked' | 'step'>) =>
    step === 'lifted' ? `Leak ${reference} lifted` : `Leak ${reference} reported: ${leakedKinds[leaked]}`,
  outside: ({ what, item }: Pick<SeenOutside, 'what' | 'item'>) =>
    `Looked at in Partner Center: ${[seen[what], item].filter(Boolean).join(' ')}`,
  refused: (reference: string, order: string) =>
    `Refused: keys and downloads of order ${order} are frozen (${reference})`,
};
