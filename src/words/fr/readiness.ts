import type { AddressFlaws, AddressGap, PostalAddress } from '../../domain/customers/billing-profile.ts';
import type { ReadinessProblem } from '../../domain/customers/readiness.ts';
import type { Words } from '../words.ts';
import { day, withoutFullStop } from './common.ts';

const onOneLine = ({ line1, line2, postalCode, city, state, country }: PostalAddress): string =>
  [line1, line2, [postalCode, city].filter(Boolean).join(' '), state, country].filter(Boolean).join(', ');

const qualifications: Record<string, string> = {
  education: 'réservés à l’éducation',
  government_community_cloud: 'réservés au secteur public',
  governmentcommunitycloud: 'réservés au secteur public',
  government: 'réservés au secteur public',
  nonprofit: 'réservés aux associations',
};
/** Behind “prix”. */
const pricesOf = (name: string): string => qualifications[name.toLowerCase()] ?? `« ${name} »`;

/** Somebody else's sentence may be long. */
const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 119).trimEnd()}…` : text);

function tellUnverified(customer: string, { isUnverified, suggestion, message }: AddressFlaws): string {
  if (!isUnverified) return '';
  const why = message ? ` (${clip(withoutFullStop(message))})` : '';
  const better = suggestion ? ` ; la proposition est : ${onOneLine(suggestion)}` : '';
  return `Microsoft ne peut pas vérifier l’adresse de facturation de ${customer}${why}${better}.`;
}

const gaps: Record<AddressGap, string> = {
  street: 'une rue',
  city: 'une ville',
  state: 'une région connue de Microsoft',
  'postal-code': 'un code postal tel que son pays l’écrit',
  phone: 'un numéro de téléphone',
  'registration-number': 'le numéro d’immatriculation de l’organisation',
};

function tellLacking(customer: string, { lacks }: AddressFlaws): string {
  if (lacks.length === 0) return '';
  const [last, ...others] = lacks.map((gap) => gaps[gap]).toReversed();
  return `Il manque au profil de ${customer} : ${[others.toReversed().join(', '), last].filter(Boolean).join(' et ')}.`;
}

type OfPoint<P extends ReadinessProblem['point']> = Extract<ReadinessProblem, { point: P }>;
type Sentence = { readonly what: string; readonly remedy: string };

const points: { [P in ReadinessProblem['point']]: (customer: string, missing: OfPoint<P>) => Sentence } = {
  relationship: (customer) => ({
    what: `${customer} n’a pas de relation de revendeur avec vous, rien ne peut donc être commandé.`,
    remedy:
      'Envoyez-lui une demande de relation dans l’Espace partenaires (Clients → Demander une relation de revendeur).',
  }),
  account: (customer, { status }) => ({
    what: `Microsoft n’autorise pas de commandes pour ${customer} en ce moment${status ? ` (état du compte : ${status})` : ''}.`,
    remedy: /review/i.test(status ?? '')
      ? 'Microsoft examine le compte ; cela se termine de soi-même, le plus souvent en quelques jours. Vérifiez de nouveau à ce moment-là.'
      : 'Consultez le compte du client dans l’Espace partenaires et demandez-y au support Microsoft ce dont il a besoin.',
  }),
  agreement: (customer) => ({
    what: `${customer} n’a pas accepté le Contrat client Microsoft.`,
    remedy:
      'Faites-le lire et accepter au client. Indiquez ensuite à Microsoft, ici ou dans l’Espace partenaires, qui l’a accepté et quand ; ou le client le signe dans le Centre d’administration Microsoft 365.',
  }),
  segment: (customer, { segment }) => ({
    what:
      segment === 'commercial'
        ? `Il manque à ${customer} une qualification que Microsoft exige pour cet article.`
        : `${customer} n’a pas droit aux prix ${pricesOf(segment)}.`,
    remedy:
      'Choisissez ensuite une autre édition ou un autre produit ; ou demandez la qualification dans l’Espace partenaires (Clients → le client → Compte).',
  }),
  qualification: (customer, { name, status, reason }) => ({
    what: {
      denied: `Microsoft a refusé à ${customer} les prix ${pricesOf(name)}${reason ? ` (${withoutFullStop(reason)})` : ''}.`,
      'in-review': `Microsoft examine encore si ${customer} a droit aux prix ${pricesOf(name)}.`,
      unknown: `Le droit de ${customer} aux prix ${pricesOf(name)} n’est pas encore établi.`,
    }[status],
    remedy:
      status === 'denied'
        ? 'On peut commander à d’autres prix. Si c’est une erreur, refaites la demande dans l’Espace partenaires (Clients → le client → Compte).'
        : 'On peut dès maintenant commander à d’autres prix ; ceux-ci apparaîtront ici quand Microsoft les aura approuvés.',
  }),
  address: (customer, flaws) => ({
    what: [tellLacking(customer, flaws), tellUnverified(customer, flaws)].filter(Boolean).join(' '),
    remedy:
      'La commande peut se poursuivre, mais risque d’être refusée. Corrigez l’adresse dans l’Espace partenaires (Clients → le client → Compte).',
  }),
};

export const readiness: Words['readiness'] = {
  title: (customer) => `Avant de pouvoir commander pour ${customer}`,
  sentence: (customer, missing) =>
    (points[missing.point] as (customer: string, missing: ReadinessProblem) => Sentence)(customer, missing),
  checkAgain: 'Suivant : vérifier de nouveau',
  otherCustomer: 'Modifier : un autre client',
  notAllowed:
    'Un agent d’administration peut confirmer le contrat ici : appuyez sur « Transmettre » pour le lui laisser.',
  agreement: {
    question: 'Qui a accepté le Contrat client Microsoft ?',
    text: (customer, filledIn) =>
      [
        `Indiquez qui chez ${customer} l’a accepté, et quand.`,
        filledIn === 'from-profile' ? 'Le contact du profil de facturation est prérempli : vérifiez-le.' : '',
        filledIn === 'nothing'
          ? 'Aucun contact du profil de facturation n’a pu être lu, rien n’est donc prérempli.'
          : '',
      ]
        .filter(Boolean)
        .join(' '),
    read: 'Ouvrir le contrat',
    review: 'Vérifiez ce qui sera indiqué à Microsoft',
    facts: {
      customer: 'Client',
      contact: 'Accepté par',
      email: 'Adresse e-mail',
      phone: 'Téléphone',
      on: 'Accepté le',
    },
    binding:
      'En appuyant sur « Confirmer », vous déclarez à Microsoft, au nom de votre entreprise, que cette personne a accepté le Contrat client Microsoft pour le client. Votre nom et l’heure sont conservés.',
    confirm: (name, on) => `Confirmer : ${name} l’a accepté le ${day(on)}`,
    thereAlready:
      'Microsoft avait déjà la confirmation d’une autre personne pour ce client, la vôtre n’a donc pas été envoyée. Il ne manque rien.',
    notShownYet:
      'Microsoft a reçu la confirmation, mais ne la montre pas encore. Appuyez dans une minute sur « Suivant : vérifier de nouveau ».',
    problems: {
      firstName: 'Indiquez le prénom de la personne qui a accepté, en 1 à 50 caractères.',
      lastName: 'Indiquez le nom de la personne qui a accepté, en 1 à 50 caractères.',
      email: 'Indiquez l’adresse e-mail de la personne qui a accepté, par exemple anna@contoso.com.',
      phone:
        'Ce n’est pas un numéro de téléphone. Chiffres, espaces et + - ( ) sont admis ; le champ peut rester vide.',
      agreedOn: 'Indiquez le jour de l’acceptation sous la forme année-mois-jour, par exemple 2026-01-31.',
      tooEarly: 'Avant 2019, il n’y avait pas de Contrat client Microsoft. Indiquez le jour où il a été accepté.',
      future: 'Le contrat ne peut pas être accepté à une date future. Indiquez le jour où il a été accepté.',
    },
  },
};
