import type { Words } from '../words.ts';
import { count, moment, money, number } from './common.ts';
import { withQuote } from './partner-center.ts';

const terms: Record<string, string> = { P1M: '1 mois', P1Y: '1 an', P2Y: '2 ans', P3Y: '3 ans' };
const cycles: Record<string, string> = {
  one_time: 'paiement unique',
  annual: 'annuelle',
  monthly: 'mensuelle',
  triennial: 'tous les trois ans',
  biennial: 'tous les deux ans',
};
const segments: Record<string, string> = {
  commercial: 'Entreprises',
  education: 'Éducation',
  government: 'Secteur public',
  nonprofit: 'Associations',
};

export const term: Words['term'] = (duration) => (duration ? (terms[duration] ?? duration) : 'perpétuelle');
export const billing: Words['billing'] = (cycle) => cycles[cycle] ?? cycle;
export const segment: Words['segment'] = (name) => segments[name] ?? name.charAt(0).toUpperCase() + name.slice(1);

/** Why somebody is asked whether that is meant. */
export const doubt: Words['doubt'] = (about, zone) => {
  switch (about.kind) {
    case 'repeated': {
      const { by = 'Un collègue', quantity, item, at } = about;
      return `${by} a déjà commandé ${number(quantity)} × ${item} pour ce client, le ${moment(new Date(at), zone)}.`;
    }
    case 'unusual': {
      const { quantity, item, usual, isOfItem } = about;
      const usually = isOfItem
        ? `une commande de ce client en compte d’habitude ${number(usual)}`
        : `ce client n’a jamais eu plus de ${number(usual)} d’un même article dans une commande`;
      return `${number(quantity)} × ${item}, c’est inhabituellement beaucoup : ${usually}.`;
    }
    case 'many':
      return `${number(about.quantity)} × ${about.item}, c’est une très grande quantité.`;
    case 'expensive':
      return `${money(about.total)}, c’est un montant très élevé.`;
  }
};

export const purchase: Words['purchase'] = {
  title: 'Acheter des logiciels',
  draftTitle: (item, customer) =>
    [`Achat : ${item ?? 'logiciels'}`, customer ? `pour ${customer}` : ''].filter(Boolean).join(' '),
  whichCustomer: 'Pour quel client ?',
  searchCustomer: 'Partie du nom ou du domaine',
  buyFor: (customer) => `Achat pour ${customer}`,
  whichProduct: 'Quel logiciel, et combien ?',
  whichEdition: (product) => `Quelle édition de ${product} ?`,
  oneCustomer: 'Une commande est pour un seul client : passez-en une pour chacun.',
  noneNamed: (text, isNear) =>
    `Rien de ce qui peut être commandé ici ne s’appelle « ${text} ».${isNear ? ' Voici les noms les plus proches.' : ''}`,
  whichTerms: (item) => `${item} : combien, et comment ?`,
  searchProduct: 'p. ex. « server 2025 », « sql »…',
  each: 'Prix unitaire',
  line: (quantity, item) => `${number(quantity)} × ${item}`,
  further: (items) => `Ensuite : ${items.join(', ')}.`,
  leaveOut: (product) =>
    `Rien n’est encore choisi pour « ${product} ». Appuyez encore une fois sur « Vérifier la commande » pour l’ignorer.`,
  sum: (quantity, unit, total) => `${number(quantity)} × ${money(unit)} = ${money(total)}`,
  net: (lines) => `${count(lines, { one: 'ligne', other: 'lignes' })}, hors taxes`,
  otherCustomer: 'Modifier : un autre client',
  quantityRange: (minimum, maximum) =>
    maximum >= 999_999_999 ? `Au moins ${number(minimum)}.` : `De ${number(minimum)} à ${number(maximum)}.`,
  attestation: 'Le client remplit les conditions fixées par Microsoft pour cette offre.',
  notAttested:
    'Le client remplit les conditions fixées par Microsoft pour cette offre : cochez cette case, ou revenez en arrière et choisissez une autre édition.',
  attests: {
    item: 'La personne qui confirme atteste que le client remplit les conditions fixées par Microsoft pour cette offre.',
    partner:
      'La personne qui confirme atteste pour votre entreprise ce que l’Espace partenaires demande au partenaire associé à cette commande.',
  },
  attestFirst: (said) =>
    withQuote(
      'L’Espace partenaires demande d’abord une attestation. Rien n’a été commandé. Ce qui est attesté est indiqué ici : appuyez sur « Confirmer » si c’est exact.',
      said,
    ),
  review: 'Vérifiez la commande',
  asItWas:
    'L’Espace partenaires ne répond pas pour le moment : voici la commande telle qu’elle a été enregistrée. Elle est de nouveau vérifiée quand vous appuyez sur « Confirmer ».',
  declinedFor: (said) =>
    withQuote(
      'L’Espace partenaires a refusé. Rien n’a été commandé. Ce qui manque et comment y remédier est indiqué ici ; ensuite, vous pouvez continuer.',
      said,
    ),
  facts: {
    customer: 'Client',
    item: 'Article',
    segment: 'Segment',
    term: 'Durée',
    billing: 'Facturation',
    quantity: 'Quantité',
    unitPrice: 'Prix unitaire',
    total: 'Total',
    currency: 'Devise',
    order: 'Numéro de commande',
    orders: 'Numéros de commande',
    by: 'Commandé par',
    preparer: 'Préparé par',
  },
  whatHappens:
    '« Confirmer » passe une commande ferme chez Microsoft. Le client est facturé par l’intermédiaire de votre prochaine facture.',
  cancellable: (until, refund, zone) =>
    `Peut être annulé jusqu’au ${moment(until, zone)}${refund ? ` (${refund === 'full' ? 'remboursement intégral' : 'remboursement au prorata'})` : ''}.`,
  notCancellable: 'Cet article ne peut plus être annulé une fois commandé.',
  confirm: (quantity, total) => `Confirmer : acheter ${number(quantity)} pour ${money(total)}`,
  askBack: (reasons) =>
    `Rien n’a encore été commandé. ${reasons.join(' ')} Si c’est bien voulu, appuyez encore une fois sur « Confirmer ».`,
  confirmAll: (quantity, total) => `Confirmer : acheter les ${number(quantity)} pour ${money(total)}`,
  confirmAgain: (quantity, total) => `Confirmer : acheter de nouveau ${number(quantity)} pour ${money(total)}`,
  adminAgentOnly: (limit) => `Au-dessus de ${money(limit)}, seul un agent d’administration peut confirmer.`,
  mayNotConfirm:
    'Vous pouvez préparer cette commande ; un agent d’administration la confirme. « Transmettre » la lui laisse : elle se trouve alors sous « brouillons ».',
  inProgress: {
    title: 'La commande est en cours de passation…',
    text: 'L’Espace partenaires n’a pas encore répondu. Je continue, même si cette application redémarre, et cette carte changera quand ce sera terminé. Rien ne sera commandé deux fois.',
  },
  ordered: (quantity, item) => `Commandé : ${number(quantity)} × ${item}`,
  orderedText: (orders) =>
    `${count(orders.length, { one: 'commande passée', other: 'commandes passées' })}. Clés et téléchargements suivent dès que l’Espace partenaires a traité la commande : saisissez « clés ${orders[0] ?? ''} ».`,
  declined: {
    title: 'L’Espace partenaires a refusé la commande',
    text: 'Rien n’a été commandé. Saisissez « acheter » pour essayer un autre produit ou une autre quantité.',
    again: 'Rien n’a été commandé. Saisissez « acheter » pour commander au prix actuel.',
    tooLate: {
      title: 'Non commandé : la commande a dû attendre plus d’une journée',
      text: 'Rien n’a été commandé. Saisissez « acheter » si c’est toujours souhaité.',
    },
    priceChanged: 'Non commandé : le prix a changé',
    missing: (what, remedy) => `Rien n’a été commandé. ${what} ${remedy} Saisissez ensuite de nouveau « acheter ».`,
  },
  needsPerson: {
    title: 'Vérifiez cette commande dans l’Espace partenaires',
    text: 'L’Espace partenaires n’a pas dit clairement si la commande a abouti. Consultez l’historique des commandes du client avant de commander de nouveau.',
  },
};
