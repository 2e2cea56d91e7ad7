import type { Words } from '../words.ts';

export const extension: Words['extension'] = {
  order: (number) => `Zamówienie ${number}`,
  nothing: (text) => `Nic nie znaleziono dla „${text}”.`,
  noOrders: 'Nie ma tu jeszcze Twoich zamówień. Wpisz numer zamówienia lub nazwę klienta.',
  noCases: 'Nie ma jeszcze spraw anulowania.',
  noCustomers: 'Nie ma jeszcze klientów.',
  private: (reference) =>
    `Anulowanie ${reference} wysłano prywatnie, więc nie ma jego karty do wstawienia w rozmowie. Napisz do bota „sprawy ${reference}”.`,
  slow: 'Centrum partnerskie długo nie odpowiada. Wyszukaj ponownie za chwilę.',
};
