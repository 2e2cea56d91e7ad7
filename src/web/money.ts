import type { CaseOverview } from '../domain/cancellations/case-overview.ts';
import type { Words } from '../words/words.ts';

/** One currency; the newest month last. The numbers are for the bars, the texts for people. */
export interface MoneyChart {
  readonly currency: string;
  readonly months: readonly {
    readonly month: string;
    readonly asked: Amount;
    readonly credited: Amount;
  }[];
}

interface Amount {
  readonly minor: number;
  readonly text: string;
}

const shownMonths = 12;
/** Of a partner who bills in more, those with most months. */
const mostCurrencies = 4;

/** Every month of the last twelve, also those in which nothing was asked back. */
export async function moneyCharts(
  words: Words,
  overview: Pick<CaseOverview, 'moneySince'>,
  now: Date,
): Promise<MoneyChart[]> {
  const months = Array.from({ length: shownMonths }, (_, at) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (shownMonths - 1 - at), 1)).toISOString().slice(0, 7),
  );
  const rows = await overview.moneySince(months[0] ?? '');
  const names = new Intl.DateTimeFormat(words.language, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const byCurrency = [...Map.groupBy(rows, ({ currency }) => currency)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  return byCurrency.slice(0, mostCurrencies).map(([currency, known]) => {
    const amount = (minor = 0): Amount => ({ minor, text: words.money({ minor, currency }) });
    return {
      currency,
      months: months.map((month) => {
        const found = known.find((row) => row.month === month);
        const name = names.format(new Date(`${month}-01T00:00:00Z`));
        return { month: name, asked: amount(found?.asked), credited: amount(found?.credited) };
      }),
    };
  });
}
