import type { KeyReveal } from '../../domain/keys/key-reveals.ts';
import type { Leaked } from '../../domain/leaks/leak.ts';
import type { Words } from '../words.ts';
import { moment, number } from './common.ts';

const leakedKinds: Record<Leaked, string> = {
  key: 'Product Key',
  link: 'Download-Link',
  both: 'beides, oder es ist nicht bekannt, was',
};

const seen: Record<KeyReveal['what'], string> = {
  key: 'Product Key',
  download: 'Download',
  link: 'Download-Link',
};

export const leaks: Words['leaks'] = {
  list: 'Lecks',
  notReported: 'Es wurde nichts gemeldet und nichts gesperrt.',
  none: 'Kein Leck ist offen: Nichts ist gesperrt.',
  ask: (order) => `Leck melden: Bestellung ${order}`,
  consequence:
    'Sobald Sie es melden, werden niemandem mehr Schlüssel oder Downloads dieser Bestellung gezeigt, und die anderen Administrator-Agenten werden benachrichtigt. Nur ein anderer Administrator-Agent kann es aufheben.',
  kinds: leakedKinds,
  title: (reference, order) => `Leck ${reference}: Bestellung ${order}`,
  frozen: 'gesperrt',
  lifted: 'aufgehoben',
  now: 'Schlüssel und Downloads dieser Bestellung werden niemandem gezeigt.',
  askThem: 'Fragen Sie, wer sie angesehen hat, wohin sie gelangt sein können.',
  whatToDo:
    'Informieren Sie den Kunden. Bitten Sie Microsoft mit einer Serviceanfrage in Partner Center um einen neuen Schlüssel.',
  liftedBy: (name, at, zone) => `Aufgehoben von ${name}, ${moment(at, zone)}.`,
  said: (text) => `„${text}“`,
  facts: { leaked: 'Was', reporter: 'Gemeldet von', remark: 'Anmerkung' },
  seenBy: (name) => `Gesehen von ${name}`,
  look: ({ what, item, isOutside }) =>
    [`${seen[what]}${isOutside ? ' (in Partner Center)' : ''}`, item].filter(Boolean).join(': '),
  looked: ({ times, firstAt, lastAt }, zone) =>
    times === 1
      ? `einmal, ${moment(lastAt, zone)}`
      : `${number(times)}-mal, ${moment(firstAt, zone)} bis ${moment(lastAt, zone)}`,
  moreLooks: (left) => `Weitere ${number(left)} stehen im Überwachungsprotokoll der Bestellung.`,
  nobodyLooked: 'Hier wurde niemandem ein Schlüssel oder Download dieser Bestellung gezeigt.',
  looksElsewhere: 'Wer sie angesehen hat, zeige ich nur im persönlichen Chat mit mir.',
  otherLifts: (name) =>
    `Um sie wieder zu zeigen, schreibt ein anderer Administrator-Agent als ${name} den Grund und drückt „Aufheben“.`,
  tell: ({ reference, leaked, step }) =>
    step === 'lifted' ? `Leck ${reference} aufgehoben` : `Leck ${reference} gemeldet: ${leakedKinds[leaked]}`,
  outside: ({ what, item }) => `In Partner Center angesehen: ${[seen[what], item].filter(Boolean).join(' ')}`,
  refused: (reference, order) =>
    `Abgelehnt: Schlüssel und Downloads der Bestellung ${order} sind gesperrt (${reference})`,
};
