import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Payloads } from './jobs.ts';
import { type Log, reasonOf } from './log.ts';

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

/** Starts a worker on every queue. `tidy` is the storage's own work, once an hour. */
export async function startWorkers(
  boss: PgBoss,
  log: Log,
  handlers: Handlers,
  { sweepSeconds, tidy }: { sweepSeconds: number; tidy: () => Promise<void> },
): Promise<void> {
  async function each<Q extends keyof Payloads>(
    queue: Q,
    options: { pollingIntervalSeconds: number; batchSize: number; localConcurrency?: number },
    run: (data: Payloads[Q]) => Promise<void>,
  ): Promise<void> {
    await boss.work<Payloads[Q], { status: string }, typeof options & { perJobResults: true }>(
      queue,
      { ...options, perJobResults: true },
      (jobs) =>
        Promise.all(
          jobs.map(async ({ id, data, retryCount }) => {
            try {
              await run(data);
              return { id, status: 'completed' as const };
            } catch (error) {
              const reason = reasonOf(error);
              log.warn({ queue, ...data, attempt: retryCount + 1, reason }, 'a job failed');
              return { id, status: 'failed' as const, output: { reason } };
            }
          }),
        ),
    );
  }

  async function recur(queue: 'sweep' | 'tidy', seconds: number, run: () => Promise<void>): Promise<void> {
    // When one is waiting already, this adds nothing.
    await boss.send(queue, {});
    const pollingIntervalSeconds = Math.min(Math.max(seconds / 4, 0.5), 30);
    await boss.work(queue, { pollingIntervalSeconds }, async () => {
      // The next one is put in before the work: a process that dies in the middle does not break the chain.
      await boss.send(queue, {}, { startAfter: seconds });
      try {
        await run();
      } catch (error) {
        log.error({ queue, reason: reasonOf(error), error }, 'recurring work failed and goes on next time');
      }
    });
  }

  await each('finish-order', { pollingIntervalSeconds: 2, batchSize: 10 }, ({ submissionId }) =>
    handlers.finishOrder(submissionId),
  );
  await each('work-case', { pollingIntervalSeconds: 2, batchSize: 10 }, ({ reference }) =>
    handlers.workCase(reference),
  );
  await each('send-notice', { pollingIntervalSeconds: 1, batchSize: 10 }, async ({ noticeId }) => {
    const outcome = await handlers.sendNotice(noticeId);
    if (outcome === 'done') return;
    await boss.send(
      'send-notice',
      { noticeId },
      { singletonKey: noticeId, startAfter: Math.max(outcome.againInSeconds, 1) },
    );
  });
  // Two, so that one customer whose orders are slow to read does not keep the others waiting.
  const hurried = { pollingIntervalSeconds: 1, batchSize: 10, localConcurrency: 2 };
  await each('check-customer', hurried, ({ customerId }) => handlers.checkCustomer(customerId));
  // Two, so that one message Teams is slow about does not keep the others in sight; a second late at most.
  await each('hide', { pollingIntervalSeconds: 1, batchSize: 20, localConcurrency: 2 }, ({ visibleKeyId }) =>
    handlers.hideKey(visibleKeyId),
  );

  const options = { pollingIntervalSeconds: 5, includeMetadata: true } as const;
  await boss.work('gave-up', options, async ([job]: JobWithMetadata<object>[]) => {
    if (!job) return;
    const queue = job.sourceName ?? 'unknown';
    log.error({ queue, ...job.data, reason: job.sourceOutput }, 'a job was given up');
    await handlers.gaveUp?.(queue, job.data);
  });
  await recur('sweep', sweepSeconds, () => handlers.sweep());
  await recur('tidy', 3600, tidy);
}
