import type { ApprovalStepKind, Reviewed } from '../../domain/approvals/approval.ts';
import type { Words } from '../words.ts';
import { ending } from './cancel.ts';
import { moment, money } from './common.ts';
import { approvalStates } from './refusals.ts';

const kinds: Record<Reviewed['kind'], string> = {
  order: 'Bestellung',
  cancellation: 'Stornierung',
  reveals: 'Schlüssel und Downloads',
};

const amountNotes: Record<Reviewed['kind'], string> = {
  order: 'netto, zu den Preisen unten',
  cancellation: 'kommt zurück',
  reveals: '',
};

const explained: Record<Reviewed['kind'], string> = {
  order:
    'Diese Bestellung wird nur aufgegeben, wenn ein zweiter Administrator-Agent sie genehmigt. Genehmigt wird genau das, und einmal: Eine andere Menge oder ein anderer Preis braucht eine neue Freigabe.',
  cancellation:
    'Diese Stornierung wird nur begonnen, wenn ein zweiter Administrator-Agent sie genehmigt. Genehmigt wird genau das, und einmal: Ein anderer Betrag oder Grund braucht eine neue Freigabe.',
  reveals:
    'Diese Person hat in der letzten Stunde so viele Schlüssel und Downloads gesehen, wie die Richtlinie erlaubt. Mit einer Freigabe kann sie noch einmal so viele sehen.',
};

const steps: Record<ApprovalStepKind, string> = {
  asked: 'angefragt',
  claimed: 'übernommen',
  commented: 'kommentiert',
  approved: 'genehmigt',
  rejected: 'abgelehnt',
  reminded: 'niemand hatte entschieden: alle wurden erinnert',
  expired: 'abgelaufen',
  withdrawn: 'zurückgezogen, weil es geändert oder verworfen wurde',
  used: 'verwendet',
};

const toldOf: Record<ApprovalStepKind, (by: string, title: string) => string> = {
  asked: (_by, title) => `Angefragt: ${title}`,
  claimed: (by, title) => `${by} sieht es sich an: ${title}`,
  commented: (by, title) => `${by} hat einen Kommentar. ${title}`,
  approved: (by, title) => `Genehmigt von ${by}. ${title}`,
  rejected: (by, title) => `Abgelehnt von ${by}. ${title}`,
  reminded: (_by, title) => `Noch hat niemand entschieden, deshalb wurde erinnert. ${title}`,
  expired: (_by, title) => `Nicht rechtzeitig entschieden. ${title}`,
  withdrawn: (_by, title) => `Zurückgezogen: ${title}`,
  used: (_by, title) => `Verwendet: ${title}`,
};

const nowUse: Record<Reviewed['kind'], (until: string) => string> = {
  order: (until) =>
    `Bestellt ist noch nichts: Öffnen Sie es, und drücken Sie vor ${until} „Bestätigen“. Der Preis wird noch einmal geprüft.`,
  cancellation: (until) => `Storniert ist noch nichts: Öffnen Sie es, und senden Sie es vor ${until} ab.`,
  reveals: (until) =>
    `Sie können vor ${until} weitermachen: Öffnen Sie es, und fordern Sie den Schlüssel noch einmal an.`,
};

export const approvals: Words['approvals'] = {
  list: 'Freigaben',
  none: 'Nichts wartet auf eine Freigabe.',
  title: (reference, of) => `Freigabe ${reference}: ${kinds[of]}`,
  again: (title) => `Wartet noch: ${title}`,
  amountNote: (of) => amountNotes[of],
  what: (of) => explained[of],
  ending,
  states: approvalStates,
  claimed: 'übernommen',
  claimedBy: (name) => `${name} sieht es sich an.`,
  unclaimed: 'Noch hat es niemand übernommen.',
  until: (at, zone) => `Es wartet bis ${moment(at, zone)}.`,
  facts: {
    requester: 'Angefragt von',
    customer: 'Kunde',
    preparer: 'Vorbereitet von',
    order: 'Bestellung',
    item: 'Artikel',
    reason: 'Grund',
    ending: 'Wie',
    most: 'Wie viele noch',
  },
  story: ({ step, at, by, text }, zone) =>
    `${moment(new Date(at), zone)}: ${steps[step]}${by ? ` (${by.name})` : ''}${text ? `: ${text}` : ''}`,
  told: ({ step, by }, title) => toldOf[step](by?.name ?? '', title),
  said: (text) => `„${text}“`,
  nowUse: (of, at, zone) => nowUse[of](moment(at, zone)),
  nothingDone: 'Es wurde nichts getan.',
  untold: (title) => `Niemand war zu erreichen: ${title}`,
  untoldText:
    'Ich erreiche keinen anderen Administrator-Agenten. Bitte sagen Sie einem von ihnen, dass es unter „freigaben“ wartet.',
  elsewhere: 'Es stammt aus einer privaten Unterhaltung und wird deshalb nur im persönlichen Chat mit mir gezeigt.',
  /** In the audit log. */
  tell: ({ reference, step, about }) =>
    `Freigabe ${reference} (${kinds[about.of]}, ${about.customer}${about.amount ? `, ${money(about.amount)}` : ''}, angefragt von ${about.requester}): ${steps[step]}`,
};
