import { createExplanations } from '../partner-center.ts';

/** What a refusal of Partner Center means, what to do, and what it said itself. */
export const { explainSaid, explainError, quoteSaid, withQuote, withReason } = createExplanations({
  meanings: {
    window: 'Die Stornierungsfrist ist vorbei; ein Ticket bei Microsoft kann noch um die Erstattung bitten.',
    ticket:
      'Partner Center storniert diese Bestellung nicht selbst; ein Ticket bei Microsoft kann noch um die Erstattung bitten.',
    busy: 'Microsoft arbeitet noch an einer früheren Änderung. Warten Sie, höchstens einen Tag, und sehen Sie noch einmal nach.',
    subscription:
      'Dies lässt sich nur als Abonnement kündigen: Tun Sie das in Partner Center bei den Abonnements des Kunden.',
    relationship:
      'Mit diesem Kunden besteht keine Handelspartnerbeziehung: Senden Sie ihm in Partner Center eine Beziehungsanfrage.',
    account:
      'Microsoft hat das Konto des Kunden gesperrt oder prüft es: Sehen Sie sich den Kunden in Partner Center an, oder versuchen Sie es später.',
    agreement: 'Zuerst muss bestätigt werden, dass der Kunde die Microsoft-Kundenvereinbarung angenommen hat.',
    qualification:
      'Dem Kunden fehlt eine Qualifikation für diese Preise: Beantragen Sie sie in Partner Center, oder wählen Sie kommerzielle Preise.',
    attestation: 'Die Erklärung fehlt, die Microsoft verlangt: Bestellen Sie noch einmal, und bestätigen Sie sie.',
    stock: 'Microsoft hat davon im Moment nicht so viel: Bestellen Sie weniger, oder versuchen Sie es später.',
    missing:
      'Partner Center findet nicht, worum es geht. Neues wird erst nach einigen Minuten gezeigt; sonst sehen Sie in Partner Center nach.',
    right: 'Unserem Konto bei Partner Center fehlt ein Recht: Bitte sagen Sie Ihrem Administrator Bescheid.',
    unknown: 'Ist der Grund nicht klar, fragen Sie den Support von Microsoft in Partner Center.',
  },
  noReason:
    'Partner Center hat keinen Grund genannt. Der Support von Microsoft in Partner Center kann ihn herausfinden.',
  quote: (text) => `Antwort von Partner Center: „${text}“.`,
});
