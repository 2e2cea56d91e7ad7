import { eachDatabase, eachOwnDatabase, type TestDatabase } from '../../support/databases.ts';
import { createFakeRecords, type Records } from '../../support/fakes/records.ts';

export type Ports = Omit<Records, 'written' | 'breakDown' | 'kept' | 'counts'>;

/** The records of one kind, and what cannot be seen through their ports. */
export interface Kept {
  readonly records: Ports;
  /** As a second process sees them, where there can be one. */
  readonly other: Ports;
  /** How many jobs there are in the queue for this order, case or notice. */
  jobsFor(queue: 'finish-order' | 'work-case' | 'send-notice', id: string): Promise<number>;
}

type Suite = (kept: () => Kept) => void;

/**
 * Runs the promises of a port on the fake that other tests use, on the embedded database and, where there is one, on
 * PostgreSQL. Records of other suites may be there too: use ids of your own.
 */
export function eachRecord(title: string, suite: Suite): void {
  onFakes(title, suite);
  eachDatabase(title, (database) => suite(() => keptIn(database())));
}

/** As `eachRecord`, with records that no other suite uses. */
export function eachOwnRecord(title: string, suite: Suite): void {
  onFakes(title, suite);
  eachOwnDatabase(title, (database) => suite(() => keptIn(database())));
}

function onFakes(title: string, suite: Suite): void {
  describe(`${title} (the fake)`, () => {
    const { written, breakDown: _, ...records } = createFakeRecords();
    const jobsFor: Kept['jobsFor'] = async (queue, id) => written.jobs.filter((job) => job === `${queue} ${id}`).length;
    suite(() => ({ records, other: records, jobsFor }));
  });
}

function keptIn({ storage, other, query }: TestDatabase): Kept {
  return {
    records: storage,
    other,
    async jobsFor(queue, id) {
      const jobs = await query(
        `select id from software_desk_jobs.job
         where name = $1 and $2 in (data ->> 'submissionId', data ->> 'reference', data ->> 'noticeId')`,
        [queue, id],
      );
      return jobs.length;
    },
  };
}
