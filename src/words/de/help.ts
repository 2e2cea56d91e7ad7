import type { Words } from '../words.ts';

export const help: Words['help'] = {
  title: 'Software Desk',
  hello: (name) =>
    `Guten Tag${name ? `, ${name}` : ''}. Ich helfe Ihnen, lokale Software für Kunden zu kaufen, Schlüssel und Downloads zu bekommen und Käufe zu stornieren.`,
  intro:
    'Geben Sie einen dieser Befehle ein. In einem Kanal erwähnen Sie mich zuerst (@): Ich antworte im selben Thread.',
  commands: {
    buy: 'Software für einen Kunden bestellen',
    software: 'was ein Kunde hat: „software contoso“',
    orders: 'die Bestellungen eines Kunden: „bestellungen contoso“',
    mine: 'was Sie hier bestellt haben: „meine bestellungen“',
    keys: 'Schlüssel und Downloads einer Bestellung, nur für Ihre Augen',
    cancel: 'eine Bestellung stornieren und die Erstattung bekommen',
    cases: 'Stornierungen und ihr Stand',
    drafts: 'was Sie begonnen haben, um es fortzusetzen',
    remind: 'Bescheid bekommen, bevor eine Bestellung nicht mehr storniert werden kann',
    audit: 'wer was getan hat, für Administratoren, im persönlichen Chat: „protokoll contoso“',
    language: 'in welcher Sprache ich schreibe: „sprache polski“',
    whoami: 'als wen ich Sie kenne und was Sie dürfen',
    help: 'diese Liste',
  },
  welcome: 'Gern geschehen',
  anythingElse: 'Geben Sie ein, was Sie als Nächstes möchten, oder „hilfe“.',
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
