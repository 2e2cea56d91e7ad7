import type { ApprovalStepKind, Reviewed } from '../../domain/approvals/approval.ts';
import type { Words } from '../words.ts';
import { ending } from './cancel.ts';
import { moment, money } from './common.ts';
import { approvalStates } from './refusals.ts';

const kinds: Record<Reviewed['kind'], string> = {
  order: 'commande',
  cancellation: 'annulation',
  reveals: 'clés et téléchargements',
};

const amountNotes: Record<Reviewed['kind'], string> = {
  order: 'hors taxes, aux prix ci-dessous',
  cancellation: 'remboursé',
  reveals: '',
};

const explained: Record<Reviewed['kind'], string> = {
  order:
    'Cette commande n’est passée que si un second agent d’administration l’approuve. Exactement ceci est approuvé, une seule fois : une autre quantité ou un autre prix demande une nouvelle approbation.',
  cancellation:
    'Cette annulation ne commence que si un second agent d’administration l’approuve. Exactement ceci est approuvé, une seule fois : un autre montant ou un autre motif demande une nouvelle approbation.',
  reveals:
    'Cette personne a vu en une heure autant de clés et de téléchargements que la stratégie le permet. Avec une approbation, elle peut en voir encore autant.',
};

const steps: Record<ApprovalStepKind, string> = {
  asked: 'demandé',
  claimed: 'pris en charge',
  commented: 'commenté',
  approved: 'approuvé',
  rejected: 'refusé',
  reminded: 'personne n’avait décidé : un rappel est parti',
  expired: 'expiré',
  withdrawn: 'retiré, car modifié ou abandonné',
  used: 'utilisé',
};

const toldOf: Record<ApprovalStepKind, (by: string, title: string) => string> = {
  asked: (_by, title) => `Demandé : ${title}`,
  claimed: (by, title) => `${by} s’en occupe : ${title}`,
  commented: (by, title) => `${by} a un commentaire. ${title}`,
  approved: (by, title) => `Approuvé par ${by}. ${title}`,
  rejected: (by, title) => `Refusé par ${by}. ${title}`,
  reminded: (_by, title) => `Personne n’a encore décidé, un rappel est donc parti. ${title}`,
  expired: (_by, title) => `Pas de décision à temps. ${title}`,
  withdrawn: (_by, title) => `Retiré : ${title}`,
  used: (_by, title) => `Utilisé : ${title}`,
};

const nowUse: Record<Reviewed['kind'], (until: string) => string> = {
  order: (until) =>
    `Rien n’est encore commandé : ouvrez et appuyez sur « Confirmer » avant le ${until}. Le prix est vérifié une fois de plus.`,
  cancellation: (until) => `Rien n’est encore annulé : ouvrez et envoyez avant le ${until}.`,
  reveals: (until) => `Vous pouvez continuer avant le ${until} : ouvrez et demandez la clé de nouveau.`,
};

export const approvals: Words['approvals'] = {
  list: 'Approbations',
  none: 'Rien n’attend d’approbation.',
  title: (reference, of) => `Approbation ${reference} : ${kinds[of]}`,
  again: (title) => `Toujours en attente : ${title}`,
  amountNote: (of) => amountNotes[of],
  what: (of) => explained[of],
  ending,
  states: approvalStates,
  claimed: 'pris en charge',
  claimedBy: (name) => `${name} s’en occupe.`,
  unclaimed: 'Personne ne s’en occupe encore.',
  until: (at, zone) => `La demande attend jusqu’au ${moment(at, zone)}.`,
  facts: {
    requester: 'Demandé par',
    customer: 'Client',
    preparer: 'Préparé par',
    order: 'Commande',
    item: 'Article',
    reason: 'Motif',
    ending: 'Comment',
    most: 'Combien de plus',
  },
  story: ({ step, at, by, text }, zone) =>
    `${moment(new Date(at), zone)} : ${steps[step]}${by ? ` (${by.name})` : ''}${text ? ` : ${text}` : ''}`,
  told: ({ step, by }, title) => toldOf[step](by?.name ?? '', title),
  said: (text) => `« ${text} »`,
  nowUse: (of, at, zone) => nowUse[of](moment(at, zone)),
  nothingDone: 'Rien n’a été fait.',
  untold: (title) => `Personne n’a pu être prévenu : ${title}`,
  untoldText:
    'Je ne peux joindre aucun autre agent d’administration. Dites à l’un d’eux que la demande attend sous « approbations ».',
  elsewhere: 'Cela vient d’une conversation privée et n’est donc montré que dans la conversation personnelle avec moi.',
  /** In the audit log. */
  tell: ({ reference, step, about }) =>
    `Approbation ${reference} (${kinds[about.of]}, ${about.customer}${about.amount ? `, ${money(about.amount)}` : ''}, demandée par ${about.requester}) : ${steps[step]}`,
};
