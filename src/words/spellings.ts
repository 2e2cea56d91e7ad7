/**
 * What people may type to begin a conversation, by language; the first spelling of each language is the one we show.
 * Accents and letter case do not matter, so neither is written twice.
 */
export const commandSpellings = {
  buy: {
    en: ['buy', 'order', 'purchase'],
    pl: ['kup', 'kupić', 'kupuję', 'kupujemy', 'zamów', 'zamówić', 'zamawiam', 'zamawiamy', 'zakup', 'zakupić'],
    de: ['kaufen', 'kaufe', 'kauf', 'bestellen', 'bestelle', 'bestell'],
    fr: ['acheter', 'achète', 'achetez', 'achat', 'commander', 'commande', 'commandez'],
    es: ['comprar', 'compra', 'compre', 'pedir', 'encargar'],
  },
  software: {
    en: ['software'],
    pl: ['oprogramowanie'],
    de: ['software'],
    fr: ['logiciels', 'logiciel'],
    es: ['software', 'programas'],
  },
  orders: {
    en: ['orders'],
    pl: ['zamówienia', 'zamówienie'],
    de: ['bestellungen', 'bestellung', 'aufträge', 'auftrag'],
    fr: ['commandes'],
    es: ['pedidos', 'pedido'],
  },
  mine: {
    en: ['my orders', 'my last orders', 'my latest orders', 'my last order', 'my order'],
    pl: ['moje zamówienia', 'moje ostatnie zamówienia', 'moje ostatnie zamówienie', 'moje zamówienie'],
    de: ['meine bestellungen', 'meine letzten bestellungen', 'meine letzte bestellung', 'meine bestellung'],
    fr: ['mes commandes', 'mes dernières commandes', 'ma dernière commande', 'ma commande'],
    es: ['mis pedidos', 'mis últimos pedidos', 'mi último pedido', 'mi pedido'],
  },
  keys: {
    en: ['keys', 'key', 'product keys', 'product key', 'license key', 'licence key', 'downloads', 'download'],
    pl: ['klucze', 'klucz', 'pobierz'],
    de: ['schlüssel', 'lizenzschlüssel', 'produktschlüssel', 'lizenzkey', 'herunterladen'],
    fr: ['clés', 'clé', 'clefs', 'clef', 'télécharger', 'téléchargement'],
    es: ['claves', 'clave', 'descargar', 'descarga'],
  },
  cancel: {
    en: ['cancel', 'refund', 'return'],
    pl: ['anuluj', 'anulować', 'anulowanie', 'zwrot', 'zwrócić', 'wycofaj'],
    de: ['stornieren', 'storniere', 'storno', 'stornierung', 'rückerstattung', 'zurückgeben'],
    fr: ['annuler', 'annule', 'annulez', 'annulation', 'rembourser', 'remboursement'],
    es: ['cancelar', 'cancela', 'cancele', 'anular', 'anula', 'reembolso', 'devolución', 'devolver'],
  },
  cases: {
    en: ['cases', 'case', 'tickets', 'ticket'],
    pl: ['sprawy', 'sprawa', 'zgłoszenia', 'zgłoszenie'],
    de: ['fälle', 'fall', 'vorgänge', 'vorgang'],
    fr: ['dossiers', 'dossier'],
    es: ['casos', 'caso'],
  },
  drafts: {
    en: ['drafts', 'draft'],
    pl: ['szkice', 'szkic'],
    de: ['entwürfe', 'entwurf'],
    fr: ['brouillons', 'brouillon'],
    es: ['borradores', 'borrador'],
  },
  remind: {
    en: ['remind', 'remind me', 'reminder', 'reminders'],
    pl: ['przypomnij', 'przypomnij mi', 'przypomnienie'],
    de: ['erinnern', 'erinnere', 'erinnere mich', 'erinner mich', 'erinnerung'],
    fr: ['rappeler', 'rappelle', 'rappelle-moi', 'rappelez-moi', 'rappel'],
    es: ['recordar', 'recuérdame', 'recuerda', 'recordatorio'],
  },
  approvals: {
    en: ['approvals', 'approval'],
    pl: ['zatwierdzenia', 'zatwierdzenie'],
    de: ['freigaben', 'freigabe'],
    fr: ['approbations', 'approbation'],
    es: ['aprobaciones', 'aprobación'],
  },
  leak: {
    en: ['leak', 'leaks', 'report a leak', 'report leak'],
    pl: ['wyciek', 'wycieki', 'zgłoś wyciek'],
    de: ['leck', 'lecks', 'leck melden'],
    fr: ['fuite', 'fuites', 'signaler une fuite'],
    es: ['filtración', 'filtraciones', 'fuga'],
  },
  daily: {
    en: ['daily', 'daily digest', 'daily message'],
    pl: ['codziennie', 'codzienna wiadomość'],
    de: ['täglich', 'tägliche nachricht'],
    fr: ['quotidien', 'message quotidien'],
    es: ['diario', 'mensaje diario'],
  },
  audit: {
    en: ['audit', 'audit log'],
    pl: ['dziennik', 'audyt'],
    de: ['protokoll', 'prüfprotokoll'],
    fr: ['journal', "journal d'audit"],
    es: ['auditoría', 'registro'],
  },
  doctor: {
    en: ['doctor', 'health check'],
    pl: ['diagnostyka', 'doktor'],
    de: ['diagnose', 'doktor'],
    fr: ['diagnostic', 'docteur'],
    es: ['diagnóstico', 'doctor'],
  },
  language: {
    en: ['language'],
    pl: ['język'],
    de: ['sprache'],
    fr: ['langue'],
    es: ['idioma', 'lengua'],
  },
  whoami: {
    en: ['whoami', 'who am i'],
    pl: ['kim jestem'],
    de: ['wer bin ich'],
    fr: ['qui suis-je', 'qui suis je'],
    es: ['quién soy'],
  },
  help: { en: ['help', 'menu', '?'], pl: ['pomoc'], de: ['hilfe'], fr: ['aide'], es: ['ayuda'] },
  hi: {
    en: ['hi', 'hello', 'hey', 'good morning', 'good afternoon'],
    pl: ['cześć', 'dzień dobry', 'witaj', 'witam', 'hej'],
    de: ['hallo', 'guten tag', 'guten morgen', 'moin', 'servus', 'grüezi'],
    fr: ['bonjour', 'bonsoir', 'salut', 'coucou'],
    es: ['hola', 'buenos días', 'buenas tardes', 'buenas'],
  },
  thanks: {
    en: ['thanks', 'thank you', 'many thanks', 'thanks a lot', 'thank you very much', 'thx', 'ty', 'cheers'],
    pl: ['dziękuję', 'dziękuję bardzo', 'bardzo dziękuję', 'dzięki', 'dzięki wielkie', 'wielkie dzięki'],
    de: ['danke', 'danke schön', 'dankeschön', 'vielen dank', 'besten dank', 'danke sehr'],
    fr: ['merci', 'merci beaucoup', 'merci bien'],
    es: ['gracias', 'muchas gracias', 'mil gracias'],
  },
} as const;

export type Command = keyof typeof commandSpellings;

/** What people may type in the middle of a conversation instead of pressing the button. */
export const controlSpellingsIn = {
  back: {
    en: ['back', 'go back'],
    pl: ['wstecz', 'wróć', 'cofnij'],
    de: ['zurück'],
    fr: ['retour', 'revenir'],
    es: ['atrás', 'volver'],
  },
  discard: {
    en: ['discard', 'stop', 'never mind', 'nevermind', 'forget it'],
    pl: ['odrzuć', 'porzuć', 'nieważne'],
    de: ['verwerfen', 'abbrechen', 'vergiss es'],
    fr: ['abandonner', 'laisse tomber'],
    es: ['descartar', 'olvídalo'],
  },
  later: {
    en: ['save for later', 'save', 'later'],
    pl: ['zapisz na później', 'zapisz', 'później'],
    de: ['für später speichern', 'speichern', 'später'],
    fr: ['enregistrer pour plus tard', 'enregistrer', 'plus tard'],
    es: ['guardar para más tarde', 'guardar', 'más tarde'],
  },
  edit: {
    en: ['edit'],
    pl: ['edytuj', 'popraw', 'zmień'],
    de: ['bearbeiten', 'ändern'],
    fr: ['modifier'],
    es: ['editar', 'modificar'],
  },
  oneForm: {
    en: ['one form', 'as one form'],
    pl: ['jeden formularz', 'w jednym formularzu'],
    de: ['ein formular', 'in einem formular'],
    fr: ['un formulaire', 'un seul formulaire'],
    es: ['un formulario', 'un solo formulario'],
  },
  stepByStep: {
    en: ['step by step'],
    pl: ['krok po kroku'],
    de: ['schritt für schritt'],
    fr: ['étape par étape', 'pas à pas'],
    es: ['paso a paso'],
  },
  yes: {
    en: ['yes', 'yep', 'yeah', 'yes do it', 'ok', 'okay', 'confirm', 'confirmed', 'submit', 'go ahead'],
    pl: ['tak', 'tak jest', 'potwierdzam', 'potwierdź', 'zgoda', 'zatwierdź', 'wyślij'],
    de: ['ja', 'jawohl', 'ja bitte', 'bestätigen', 'bestätigt', 'absenden', 'einverstanden'],
    fr: ['oui', 'oui merci', 'confirmer', 'je confirme', "d'accord", 'envoyer'],
    es: ['sí', 'confirmar', 'confirmo', 'de acuerdo', 'vale', 'enviar'],
  },
  no: {
    en: ['no', 'nope', 'no thanks', 'no thank you', "don't", 'do not'],
    pl: ['nie', 'nie dziękuję', 'nie rób tego'],
    de: ['nein', 'nein danke', 'nicht'],
    fr: ['non', 'non merci'],
    es: ['no gracias'],
  },
} as const;

export type Control = keyof typeof controlSpellingsIn;

type ByLanguage = Readonly<Record<'en' | 'pl' | 'de' | 'fr' | 'es', readonly string[]>>;

/** All languages together, as people mix them. */
const everyWord = (byLanguage: ByLanguage): readonly string[] => [...new Set(Object.values(byLanguage).flat())];

const inAllLanguages = <Name extends string>(
  spelled: Readonly<Record<Name, ByLanguage>>,
): Readonly<Record<Name, readonly string[]>> => {
  const names = Object.keys(spelled) as Name[];
  return Object.fromEntries(names.map((name) => [name, everyWord(spelled[name])])) as Record<Name, readonly string[]>;
};

export const spellings = inAllLanguages<Command>(commandSpellings);
export const controlSpellings = inAllLanguages<Control>(controlSpellingsIn);

/** The word to type, as somebody who reads that language is shown it. */
export function commandWord(command: Command, language: keyof ByLanguage = 'en'): string {
  return commandSpellings[command][language][0];
}
