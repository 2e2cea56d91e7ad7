import { createExplanations } from '../partner-center.ts';

/** What a refusal of Partner Center means, what to do, and what it said itself. */
export const { explainSaid, explainError, quoteSaid, withQuote, withReason } = createExplanations({
  meanings: {
    window: 'Le délai d’annulation est écoulé ; un ticket à Microsoft peut encore demander le remboursement.',
    ticket:
      'L’Espace partenaires n’annule pas lui-même cette commande ; un ticket à Microsoft peut encore demander le remboursement.',
    busy: 'Microsoft travaille encore à une modification précédente. Attendez, un jour au plus, puis vérifiez de nouveau.',
    subscription:
      'Ceci ne s’annule que comme abonnement : faites-le dans l’Espace partenaires, parmi les abonnements du client.',
    relationship:
      'Vous n’avez pas de relation de revendeur avec ce client : envoyez-lui une demande de relation dans l’Espace partenaires.',
    account:
      'Microsoft a bloqué le compte du client ou l’examine : consultez le client dans l’Espace partenaires, ou réessayez plus tard.',
    agreement: 'Il faut d’abord confirmer que le client a accepté le Contrat client Microsoft.',
    qualification:
      'Il manque au client une qualification pour ces prix : demandez-la dans l’Espace partenaires, ou choisissez les prix commerciaux.',
    attestation: 'Il manque l’attestation que Microsoft demande : commandez de nouveau et confirmez-la.',
    stock: 'Microsoft n’en a pas autant pour le moment : commandez moins, ou réessayez plus tard.',
    missing:
      'L’Espace partenaires ne trouve pas ce dont il s’agit. Ce qui est nouveau met quelques minutes à apparaître ; sinon, consultez l’Espace partenaires.',
    right: 'Il manque un droit à notre compte Espace partenaires : prévenez votre administrateur.',
    unknown: 'Si la raison n’est pas claire, adressez-vous au support Microsoft dans l’Espace partenaires.',
  },
  noReason:
    'L’Espace partenaires n’a pas donné de raison. Le support Microsoft dans l’Espace partenaires peut la trouver.',
  quote: (text) => `Réponse de l’Espace partenaires : « ${text} ».`,
});
