import type { JobWithMetadata, PgBoss } from 'pg-boss';
import { type Tracer, trace } from '../domain/work/trace.ts';
import { type Payloads, type Traced, withTrace } from './jobs.ts';
import { type Log, reasonOf } from './log.ts';
import { everyQueue } from './wake-ups.ts';

/** What the jobs do. Each may run twice, and be cut off anywhere; one that throws is tried again after a pause. */
export interface Handlers {
  finishOrder(submissionId: string): Promise<void>;
  workCase(reference: string): Promise<void>;
  sendNotice(noticeId: string): Promise<'done' | { againInSeconds: number }>;
  /** Something was said to have changed at the customer's. */
  checkCustomer(customerId: string): Promise<void>;
  hideKey(visibleKeyId: string): Promise<void>;
  /** Never runs twice at once, in all processes together. */
  sweep(): Promise<void>;
  /** A job has failed for two days and is not tried any more: somebody must act. */
  gaveUp?(queue: string, data: object): Promise<void>;
}

/** The database tells of jobs (see `startWakeUps`); what it did not tell of is found this late. */
const pollingIntervalSeconds = 30;

/** Starts the workers of every queue. `tidy` is the storage's own work, once an hour. */
export async function startWorkers(
  boss: PgBoss,
  log: Log,
  handlers: Handlers,
  { sweepSeconds, tidy, tracer }: { sweepSeconds: number; tidy: () => Promise<void>; tracer?: Tracer | undefined },
): Promise<(queue: string) => void> {
  const workers = new Map<string, string[]>();
  const keep = (queue: string, worker: string) => workers.set(queue, [...(workers.get(queue) ?? []), worker]);
  const wake = (queue: string) => {
    const ids = queue === everyQueue ? [...workers.values()].flat() : (workers.get(queue) ?? []);
    for (const id of ids) boss.notifyWorker(id);
  };

  async function each<Q extends keyof Payloads>(
    queue: Q,
    { batchSize, atOnce = 1 }: { batchSize: number; atOnce?: number },
    run: (data: Payloads[Q]) => Promise<void>,
  ): Promise<void> {
    const options = { pollingIntervalSeconds, batchSize, perJobResults: true } as const;
    for (let count = 0; count < atOnce; count += 1) {
      const worker = await boss.work<Payloads[Q] & Traced, { status: string }, typeof options>(
        queue,
        options,
        async (jobs) => {
          const results = await Promise.all(
            jobs.map(async ({ id, data, retryCount }) => {
              try {
                await trace(tracer, spanOf(queue, data, retryCount + 1), () => run(data));
                return { id, status: 'completed' as const };
              } catch (error) {
                const reason = reasonOf(error);
                log.warn({ queue, ...data, attempt: retryCount + 1, reason }, 'a job failed');
                return { id, status: 'failed' as const, output: { reason } };
              }
            }),
          );
          // There may be more than one batch, or one of the same key that had to wait for these.
          wake(queue);
          return results;
        },
      );
      keep(queue, worker);
    }
  }

  async function recur(queue: 'sweep' | 'tidy', seconds: number, run: () => Promise<void>): Promise<void> {
    // When one is waiting already, this adds nothing.
    await boss.send(queue, {});
    const worker = await boss.work(queue, { pollingIntervalSeconds }, async () => {
      // The next one is put in before the work: a process that dies in the middle does not break the chain.
      await boss.send(queue, {}, { startAfter: seconds });
      try {
        await trace(tracer, spanOf(queue, {}), run);
      } catch (error) {
        log.error({ queue, reason: reasonOf(error), error }, 'recurring work failed and goes on next time');
      }
      // The next one may be due already: it had to wait for this one, whose process before had died.
      wake(queue);
    });
    keep(queue, worker);
  }

  await each('finish-order', { batchSize: 10 }, ({ submissionId }) => handlers.finishOrder(submissionId));
  await each('work-case', { batchSize: 10 }, ({ reference }) => handlers.workCase(reference));
  // Two, so that what Teams does not take, or takes slowly, does not keep the rest waiting.
  await each('send-notice', { batchSize: 10, atOnce: 2 }, async ({ noticeId }) => {
    const outcome = await handlers.sendNotice(noticeId);
    if (outcome === 'done') return;
    await boss.send('send-notice', withTrace({ noticeId }), {
      singletonKey: noticeId,
      startAfter: Math.max(outcome.againInSeconds, 1),
    });
  });
  // Two, so that one customer whose orders are slow to read does not keep the others waiting.
  await each('check-customer', { batchSize: 10, atOnce: 2 }, ({ customerId }) => handlers.checkCustomer(customerId));
  // Two, so that one message Teams is slow about does not keep the others in sight.
  await each('hide', { batchSize: 20, atOnce: 2 }, ({ visibleKeyId }) => handlers.hideKey(visibleKeyId));

  const options = { pollingIntervalSeconds, includeMetadata: true } as const;
  const worker = await boss.work('gave-up', options, async ([job]: JobWithMetadata<Traced>[]) => {
    if (!job) return;
    const queue = job.sourceName ?? 'unknown';
    log.error({ queue, ...job.data, reason: job.sourceOutput }, 'a job was given up');
    await trace(tracer, spanOf('gave-up', job.data), async () => handlers.gaveUp?.(queue, job.data));
    wake('gave-up');
  });
  keep('gave-up', worker);
  await recur('sweep', sweepSeconds, () => handlers.sweep());
  await recur('tidy', 3600, tidy);
  return wake;
}

/** A job goes on with the trace in which it was put in; what it is about are ids. */
function spanOf(queue: string, { traceparent: context, ...ids }: Traced, attempt = 1): Parameters<typeof trace>[1] {
  const facts = Object.fromEntries(Object.entries(ids).map(([name, id]) => [`desk.${name}`, String(id)]));
  return { name: `job ${queue}`, kind: 'consumer', facts: { ...facts, 'desk.attempt': attempt }, context };
}
