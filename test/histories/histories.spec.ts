import assert from 'node:assert/strict';
import { runHistories } from './run.ts';

describe('histories of several people over several threads', () => {
  const isOnServer = Boolean(process.env.DATABASE_URL);
  const wanted = isOnServer ? 120 : 60;

  it('have every order, cancellation and ticket done once, kept, told and shown, however often a click is delivered', async () => {
    const { submissions, deliveries, broken, stopped } = await runHistories({
      seed: 1,
      submissions: wanted,
      processes: isOnServer ? 2 : 1,
      answerMs: 15_000,
    });

    assert.deepEqual(broken, []);
    assert.ok(submissions >= wanted, `${submissions} submissions`);
    assert.ok(deliveries > 3 * submissions, `${deliveries} deliveries`);
    assert.ok(stopped.length < submissions / 5, stopped.map(({ why }) => why).join('\n\n'));
  }).timeout(180_000);
});
