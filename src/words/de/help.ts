import type { Words } from '../words.ts';

export const help: Words['help'] = {
  title: 'Software Desk',
  overview: 'Was ich für Sie tun kann',
  hi: (name) => `Guten Tag${name ? `, ${name}` : ''}.`,
  findHint: 'Name, Domäne oder Nummer',
  hello: (name) =>
    `Guten Tag${name ? `, ${name}` : ''}. Ich helfe Ihnen, lokale Software für Kunden zu kaufen, Schlüssel und Downloads zu bekommen und Käufe zu stornieren.`,
  tagline: 'Kauf, Schlüssel und Stornierungen für Ihre Kunden',
  waiting: (things) => (things === 1 ? 'Ein Vorgang wartet auf Sie.' : `${things} Vorgänge warten auf Sie.`),
  intro: 'Geben Sie einen dieser Befehle ein.',
  mention: 'In einem Kanal erwähnen Sie mich zuerst (@): Ich antworte im selben Thread.',
  more: (typed) => `Mehr über einen davon: Geben Sie „${typed}“ ein.`,
  orType: (examples, all) =>
    `Geben Sie ein, was Sie möchten, zum Beispiel ${examples.map((one) => `„${one}“`).join(', ')}. „${all}“ zeigt alles.`,
  aboutOne: (typed) => `Hilfe: ${typed}`,
  what: 'Wozu es dient',
  need: 'Was ich brauche',
  example: 'Zum Beispiel',
  draft: 'Entwurf',
  commands: {
    buy: 'Software für einen Kunden bestellen',
    software: 'was ein Kunde hat: „software contoso“',
    orders: 'die Bestellungen eines Kunden: „bestellungen contoso“',
    mine: 'was Sie hier bestellt haben: „meine bestellungen“',
    keys: 'Schlüssel und Downloads einer Bestellung, nur für Sie',
    leak: 'melden, dass ein Schlüssel oder Download bekannt geworden ist: „leck 1a2b3c4d5e6f“',
    cancel: 'eine Bestellung stornieren und die Erstattung bekommen',
    cases: 'Stornierungen und ihr Stand',
    drafts: 'was Sie begonnen haben, um es fortzusetzen',
    remind: 'Bescheid bekommen, bevor eine Bestellung nicht mehr storniert werden kann',
    approvals: 'was auf einen zweiten Administrator-Agenten wartet',
    audit: 'wer was getan hat, für Administratoren, im persönlichen Chat: „protokoll contoso“',
    doctor: 'ist alles richtig eingerichtet? Für Administratoren, im persönlichen Chat',
    daily: 'eine Nachricht am Tag: was endet und was wartet: „täglich 8:00“',
    language: 'in welcher Sprache ich schreibe: „sprache polski“',
    whoami: 'als wen ich Sie kenne und was Sie dürfen',
    help: 'diese Liste',
  },
  welcome: 'Gern geschehen',
  anythingElse: 'Geben Sie ein, was Sie als Nächstes möchten, oder „hilfe“.',
  labels: {
    buy: 'Kaufen',
    software: 'Software',
    orders: 'Bestellungen',
    mine: 'Meine Bestellungen',
    keys: 'Schlüssel',
    leak: 'Leck melden',
    cancel: 'Stornieren',
    cases: 'Fälle',
    drafts: 'Entwürfe',
    remind: 'Erinnern',
    approvals: 'Freigaben',
    audit: 'Protokoll',
    doctor: 'Diagnose',
    daily: 'Tägliche Nachricht',
    language: 'Sprache',
    whoami: 'Was darf ich?',
    help: 'Hilfe',
  },
  topics: {
    buy: {
      needs: 'Kunde, Produkt und Anzahl. Was fehlt, frage ich nach; bestellt wird erst, wenn Sie den Preis bestätigen.',
      examples: ['kaufen 10 windows server 2025 standard für contoso', 'kaufen contoso'],
    },
    software: { needs: 'Den Kunden: Name oder Domäne.', examples: ['software contoso', 'software für fabrikam'] },
    orders: {
      needs: 'Den Kunden oder eine Bestellnummer.',
      examples: ['bestellungen contoso', 'bestellungen 1a2b3c4d5e6f'],
    },
    mine: { needs: 'Nichts.', examples: ['meine bestellungen', 'meine letzten bestellungen'] },
    keys: {
      needs:
        'Die Bestellnummer oder Kunde und Produkt. Den Schlüssel sehen nur Sie, und jeder Zugriff wird aufgezeichnet.',
      examples: ['schlüssel 1a2b3c4d5e6f', 'schlüssel windows server für contoso'],
    },
    leak: {
      needs:
        'Die Bestellnummer. Ich frage, was bekannt geworden ist, bevor etwas gesperrt wird. Ohne Nummer zeige ich, was nicht aufgehoben ist.',
      examples: ['leck 1a2b3c4d5e6f', 'leck LK-7K2M9Q'],
    },
    cancel: {
      needs:
        'Die Bestellnummer oder Kunde und Produkt. Ich zeige, was zurückkommt und bis wann; storniert wird erst, wenn Sie es bestätigen. Für ein Ticket brauche ich auch Grund und Kontakt.',
      examples: ['stornieren 1a2b3c4d5e6f', 'stornieren office für contoso'],
    },
    cases: {
      needs: 'Nichts für die neuesten; sonst Kunde, Fallnummer oder die Anfragenummer eines Tickets.',
      examples: ['fälle', 'fälle contoso'],
    },
    drafts: { needs: 'Nichts. Entwürfe bleiben 30 Tage erhalten.', examples: ['entwürfe', 'meine entwürfe'] },
    remind: {
      needs: 'Die Bestellnummer. Ich melde mich hier, bevor die Frist abläuft.',
      examples: ['erinnern 1a2b3c4d5e6f', 'erinnere mich an 1a2b3c4d5e6f'],
    },
    approvals: {
      needs: 'Nichts für die wartenden; sonst die Nummer einer Freigabe.',
      examples: ['freigaben', 'freigaben AP-7K2M9Q'],
    },
    audit: {
      needs: 'Nichts für die neuesten Einträge; sonst Kunde, Bestellnummer oder Zeitraum.',
      examples: ['protokoll contoso', 'protokoll prüfung contoso'],
    },
    doctor: { needs: 'Nichts.', examples: ['diagnose', 'doktor'] },
    daily: {
      needs: 'Nichts oder die Uhrzeit; „täglich aus“ beendet sie. In einem Kanal ist sie für alle dort.',
      examples: ['täglich 8:00', 'täglich aus'],
    },
    language: {
      needs:
        'Die Sprache: English, polski, Deutsch, français oder español. In einem Team oder einer Gruppe gilt sie für alle dort.',
      examples: ['sprache polski', 'sprache'],
    },
    whoami: { needs: 'Nichts.', examples: ['wer bin ich', 'whoami'] },
    help: {
      needs: 'Nichts, oder den Befehl, über den Sie mehr wissen möchten.',
      examples: ['hilfe', 'hilfe stornieren'],
    },
  },
  notUnderstood: (text) => `„${text}“ habe ich nicht verstanden.`,
  didYouMean: (command) => `Meinten Sie „${command}“?`,
  whoami: {
    title: (name) => `Sie sind ${name}`,
    roles: 'Rollen',
    none: 'keine, die ich kenne',
    may: 'Sie dürfen',
    nothing:
      'Sie dürfen hier noch nichts tun. Bitten Sie einen Administrator Ihres Partner Center-Kontos, Ihnen eine Rolle zu geben.',
    id: 'Entra-Objekt-ID',
  },
};
