import { Gauge, type Registry } from 'prom-client';

/** One value, as it is read when somebody asks. */
export interface Sample {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Where what changes without a turn is read. */
export interface Sources {
  /** Of the database; rejects where it does not tell. */
  count(): Promise<readonly Sample[]>;
  /** Until when Partner Center asked to be left alone, in milliseconds. */
  heldUntil(): Promise<number | undefined>;
  /** What the last call to Partner Center met. */
  trouble(): string | undefined;
}

const troubles = ['sign-in', 'partner-center'];

/** What is read of the database and of Microsoft when the metrics are asked for, with their labels. */
const gauges: Readonly<Record<string, readonly [help: string, ...labels: string[]]>> = {
  desk_database_up: ['1: the database has told what follows; 0: it did not, and what it would tell is missing'],
  desk_orders: ['Orders that are not placed yet (accepted), or wait for a person', 'state'],
  desk_orders_oldest_seconds: ['Age of the oldest of them', 'state'],
  desk_cases: ['Cancellations that have not ended, by where they stand', 'state'],
  desk_cases_oldest_seconds: ['Age of the oldest of them', 'state'],
  desk_windows_closing: ['Cancellation windows that close within so many days, by what waits for it', 'what', 'days'],
  desk_notices_due: ['Notices that are not told yet'],
  desk_notices_due_oldest_seconds: ['Age of the oldest of them'],
  desk_notices_of_the_day: ['Notices of the last 24 hours that did not simply arrive', 'state'],
  desk_jobs: ['Jobs by queue', 'queue', 'state'],
  desk_jobs_oldest_seconds: ['How long the oldest job waits that could run', 'queue'],
  desk_reveals_of_the_day: ['Keys, downloads and links shown within the last 24 hours', 'what'],
  desk_differences_open: ["Differences between our records and Partner Center's that are not settled"],
  desk_refresh_token_age_seconds: ['How long ago the refresh token was renewed; it ends after 90 days'],
  desk_schema_step: ['The newest step of the schema of the database'],
  desk_audit_rows: ['Rows of the chain of the audit log'],
  desk_partner_center_trouble: ['1: the last call met this', 'kind'],
  desk_partner_center_hold_seconds: ['How long Partner Center asked to be left alone from now'],
};

/** Reads them when they are asked for, and not more often than that makes sense. */
export function createBusinessMetrics(registry: Registry, keptMs = 5_000) {
  const made = new Map(
    Object.entries(gauges).map(([name, [help, ...labelNames]]) => [
      name,
      new Gauge({ name, help, labelNames, registers: [registry] }),
    ]),
  );
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const set = ({ metric, labels, value }: Sample) => made.get(metric)?.set(labels, value);

  async function readAll({ count, heldUntil, trouble }: Sources): Promise<void> {
    const [counted, until] = await Promise.all([count().catch(() => undefined), heldUntil().catch(() => undefined)]);
    // What is not known is missing, and not 0.
    for (const gauge of made.values()) {
      gauge.reset();
      // One without labels is put to 0 by that.
      gauge.remove({});
    }
    set({ metric: 'desk_database_up', labels: {}, value: counted ? 1 : 0 });
    for (const kind of troubles)
      set({ metric: 'desk_partner_center_trouble', labels: { kind }, value: trouble() === kind ? 1 : 0 });
    set({
      metric: 'desk_partner_center_hold_seconds',
      labels: {},
      value: Math.max(0, (until ?? 0) - Date.now()) / 1000,
    });
    for (const sample of counted ?? []) set(sample);
    readAt = performance.now();
  }

  return (sources: Sources): Promise<void> => {
    if (!reading && performance.now() - readAt < keptMs) return Promise.resolve();
    reading ??= readAll(sources).finally(() => {
      reading = undefined;
    });
    return reading;
  };
}
