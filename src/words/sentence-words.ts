import type { Command } from './spellings.ts';

/** In the middle of a sentence these are meant as the command, but do not begin one. */
export const verbsInside: Partial<Record<Command, readonly string[]>> = {
  buy: [
    ...['need', 'needs', 'want', 'wants', 'buying', 'ordering', 'purchasing'],
    ...[
      'potrzebuję',
      'potrzebujemy',
      'potrzebuje',
      'potrzebne',
      'potrzeba',
      'chce',
      'kupi',
      'kupno',
      'zamówi',
      'zamówimy',
    ],
    ...['brauche', 'brauchen', 'braucht', 'benötige', 'benötigen', 'benötigt', 'möchte', 'bestellt', 'kauft'],
    ...['besoin', 'faut', 'veut', 'veux', 'voudrais', 'achetons', 'commandons'],
    ...['necesito', 'necesitamos', 'necesita', 'quiero', 'queremos', 'quiere', 'compramos', 'pide'],
  ],
  cancel: [
    ...['cancelled', 'canceled', 'cancelling', 'cancellation', 'refunded', 'returned'],
    ...['anulowane', 'anulowana', 'anulujcie', 'zwróć', 'zrezygnować', 'rezygnuje', 'anulacja'],
    ...['storniert', 'rückgängig', 'erstatten', 'erstattet'],
    ...['annulé', 'annulée', 'annulons', "n'annule", "n'annulez", 'remboursé', 'remboursée'],
    ...['cancelado', 'cancelada', 'anulado', 'cancelación', 'reembolsar', 'cancelen'],
  ],
  keys: ['kluczy', 'kluczem', 'klucza', 'keyek', 'schlüsseln', 'lizenzschlüsseln'],
  remind: ['przypomnieć', 'recordarme', 'rappeler', 'erinnert'],
};

/** Said with any of these, it is not to be done. */
export const negations: readonly string[] = [
  ...["don't", 'dont', 'do not', 'not', 'never', "shouldn't", "won't"],
  ...['nie', 'nigdy'],
  ...['nicht', 'niemals', 'kein', 'keine', 'keinen'],
  ...['ne', "n'annule", "n'annulez", 'pas', 'jamais', "n'achète", "n'achetez"],
  ...['no', 'nunca', 'tampoco'],
];

/** Behind the name of something, it is said how that is: `order was placed twice`, `keys do not work`. */
export const sayingHowItIs: readonly string[] = [
  ...[
    'was',
    'were',
    'is',
    'are',
    'not',
    'has',
    'have',
    'had',
    'does',
    'did',
    'do',
    'because',
    'placed',
    'made',
    'entered',
  ],
  ...[
    'requested',
    'cancelled',
    'canceled',
    'wanted',
    'ordered twice',
    'placed twice',
    'by mistake',
    "doesn't",
    "don't",
  ],
  ...['jest', 'są', 'był', 'była', 'było', 'były', 'został', 'została', 'zostało', 'zostały', 'złożone', 'złożono'],
  ...['ponieważ', 'bo', 'nie działa', 'nie działają'],
  ...['ist', 'sind', 'wurde', 'wurden', 'hat', 'haben', 'weil', 'doppelt', 'versehentlich', 'funktioniert'],
  ...['est', 'sont', 'était', 'étaient', 'a été', 'ont été', 'passée', 'faite', 'en double', 'par erreur', 'parce que'],
  ...['fue', 'fueron', 'está', 'están', 'ha sido', 'han sido', 'hecho', 'duplicado', 'por error', 'porque'],
];

/** A sentence that begins so asks how something is done. */
export const askingHow: readonly string[] = [
  ...['how', 'how do i', 'how can i', 'how to', 'what does'],
  ...['jak', 'w jaki sposób'],
  ...['wie', 'was macht'],
  ...['comment', "comment est-ce qu'on"],
  ...['cómo', 'como'],
];

/** Said alone, it asks for help. */
export const askingWhat: readonly string[] = [
  ...['commands', 'what can you do', 'what can i do'],
  ...['polecenia', 'co potrafisz', 'co mogę zrobić'],
  ...['befehle', 'was kannst du', 'was kann ich tun'],
  ...['que sais-tu faire', 'que puis-je faire'],
  ...['comandos', 'qué sabes hacer', 'qué puedo hacer'],
];

/** A sentence that begins so, with a product, asks what that costs. */
export const askingPrice: readonly string[] = [
  ...['price', 'prices', 'price of', 'how much is', 'how much are', 'how much does'],
  ...['cena', 'ceny', 'ile kosztuje', 'ile kosztują'],
  ...['preis', 'preise', 'preis von', 'was kostet', 'was kosten', 'wie viel kostet', 'wie viel kosten'],
  ...['prix', 'prix de', 'combien coûte', 'combien coûtent'],
  ...['precio', 'precios', 'precio de', 'cuánto cuesta', 'cuánto cuestan'],
];

/** Adds nothing to such a question. */
export const besideAsking: readonly string[] = ['here', 'there', 'now', 'tu', 'tutaj', 'hier', 'ici', 'aquí'];
