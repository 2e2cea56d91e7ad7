import type { Words } from '../words.ts';

export const languageChoice: Words['languageChoice'] = {
  title: 'Język',
  isOwn: 'Piszę do Ciebie po polsku.',
  isShared:
    'To, co czytają tu wszyscy, jest po polsku.\nTo, co widzisz tylko Ty, jest w języku Twojej aplikacji Teams albo w tym, który wybierzesz w czacie osobistym ze mną.',
  pick: 'Wybierz inny język lub wpisz go: „język deutsch”.',
  notSpoken: (text) => `Nie mówię w języku „${text}”. Oto języki, które znam.`,
  willBeOwn: 'Od teraz piszę do Ciebie po polsku.',
  willBeShared:
    'Od teraz to, co czytają tu wszyscy, jest po polsku.\nKarty, które już tu są, pozostają bez zmian do następnej aktualizacji.',
};
