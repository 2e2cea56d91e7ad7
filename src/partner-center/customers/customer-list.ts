import type { Customer } from '../../domain/customers/customer.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { type Page, readPages } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import type { ReportSkipped } from '../client/wire.ts';

/** The usual largest page (inferred). */
export const pageSize = 500;
/** 10,000 customers: a search must not use up the 500 calls a minute that all of them share. */
const pagesAtMost = 20;
const keepMs = 60_000;

/** The beginning of the customer list, as far as searches have read it within the last minute. */
interface CustomerList {
  /** From the first page on; each is read once for all who look. Ends before the list does where that is too long. */
  readPages(): AsyncGenerator<Page<Customer[]>>;
}

interface Snapshot {
  readonly at: number;
  readonly read: Promise<IteratorResult<Page<Customer[]>>>[];
  readonly rest: AsyncGenerator<Page<Customer[]>>;
}

export function createCustomerList(
  api: Api,
  { call, to, timer }: { call: Call; to: (body: unknown, reportSkipped: ReportSkipped) => Customer[]; timer: Timer },
): CustomerList {
  let latest: Snapshot | undefined;

  function snapshot(): Snapshot {
    if (!latest || timer.now() - latest.at >= keepMs) {
      const first = { ...call, query: { ...call.query, size: pageSize } };
      latest = { at: timer.now(), read: [], rest: readPages(api, first, to) };
    }
    return latest;
  }

  return {
    async *readPages() {
      const mine = snapshot();
      for (let at = 0; at < pagesAtMost; at += 1) {
        const reading = mine.read[at] ?? mine.rest.next();
        mine.read[at] = reading;
        try {
          const { done, value } = await reading;
          if (done) return;
          yield value;
        } catch (error) {
          // What failed ends the whole reading; whoever looks next begins anew.
          if (latest === mine) latest = undefined;
          throw error;
        }
      }
    },
  };
}
