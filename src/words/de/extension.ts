import type { Words } from '../words.ts';

export const extension: Words['extension'] = {
  order: (number) => `Bestellung ${number}`,
  nothing: (text) => `Zu „${text}“ wurde nichts gefunden.`,
  noOrders: 'Sie haben hier noch nichts bestellt. Geben Sie eine Bestellnummer oder den Namen eines Kunden ein.',
  noCases: 'Es gibt noch keine Stornierungsfälle.',
  noCustomers: 'Es gibt noch keine Kunden.',
  private: (reference) =>
    `${reference} wurde privat abgesendet, deshalb gibt es davon keine Karte für eine Unterhaltung. Schreiben Sie dem Bot „fälle ${reference}“.`,
  slow: 'Partner Center braucht lange für eine Antwort. Bitte suchen Sie gleich noch einmal.',
};
