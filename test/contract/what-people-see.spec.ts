import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { SimulatorRequest } from '../support/simulator-control.ts';
import { found } from './assertions.ts';
import { createQueue, runScenarios, type ScenarioRun } from './run-scenarios.ts';
import { misbehaviour, rounds, type Trouble, troubles } from './scenarios.ts';
import { needsSimulator } from './server.ts';

/** Where it hangs, a call is cut off after so long and a list after nine times as long: nobody waits for minutes. */
const callSeconds = 4;
/** Answers come within 3 s, even where a call hangs for longer; the rest is for a busy machine. */
const patienceMs = 5_000;

const notForPeople = /\bat .+:\d+:\d+|\w+Error\b|undefined|\[object|\{"|<html|DOCTYPE|ECONN|fetch failed|NaN/;
const nothingLost =
  /working on it|carry on|keep trying|changes as soon as|changes when|entered is kept|Nothing (was (ordered|cancelled|begun)|is lost)|ready to be filed|still to be filed|finds them there/i;
const whatToDo =
  /working on it|carry on|keep trying|changes as soon as|changes when|try again|tell your administrator|press |type "|ask |finds them there|enter the request number/i;

/** What the simulator answers in the place of a text where types are wrong: no key and no address. */
const wrongSecret = /\b12345\b/;

describe('what people see while Partner Center is in trouble', function () {
  this.timeout(300_000);
  const apps: TestApp[] = [];
  const runs: ScenarioRun[] = [];

  before(async function () {
    // The simulator forgets each round and the bot does not: it would ask back whether the same is to be bought again.
    const policyFile = join(await mkdtemp(join(tmpdir(), 'policy-')), 'policy.json');
    await writeFile(policyFile, JSON.stringify({ askBackMinutes: 0 }));
    needsSimulator(this as unknown as Mocha.Context);
    for (const some of rounds) {
      const isHanging = some.some((round) => round.hangs !== undefined);
      const limit: Record<string, string> = isHanging ? { PARTNER_CENTER_TIMEOUT_SECONDS: String(callSeconds) } : {};
      const settings = { TRACK_SECONDS: '60', SIMULATOR_DELAY_SECONDS: '10', POLICY_FILE: policyFile };
      apps.push(await startTestApp({ ...settings, ...limit }));
    }
    const queue = createQueue();
    const rows = rounds.map(async (some, index) => {
      for (const round of some) runs.push(...(await runScenarios(found(apps[index], 'app'), round, queue)));
    });
    await Promise.all(rows);
  });
  after(async () => void (await Promise.all(apps.map((app) => app.stop()))));

  for (const trouble of Object.keys(troubles) as Trouble[]) {
    const names = rounds.flat().flatMap((round) => (round[trouble] ?? []).map(({ name }) => name));
    describe(`Partner Center ${trouble}`, () => {
      for (const name of names) {
        it(`${name}: an answer in time and in words, nothing lost, nothing twice`, () => {
          const run = found(
            runs.find((one) => one.trouble === trouble && one.name === name),
            'run',
          );
          const { scenario, tookMs, busyMs, first, beforeMending, last } = run;

          if (run.problem !== undefined) throw run.problem;
          const waitedMs = Math.round(tookMs - busyMs);
          assert.ok(waitedMs < patienceMs, `${waitedMs} ms until: ${first}`);
          for (const text of [first, beforeMending, last]) {
            assert.doesNotMatch(text, notForPeople);
            assert.notEqual(text.trim(), '');
          }
          assert.doesNotMatch(run.targetedText, wrongSecret);
          if (!run.isUnharmed) {
            assert.match(first, nothingLost, 'the first answer');
            assert.match(first, whatToDo, 'the first answer');
          }
          assert.equal(run.isClaimed, false, `shown as done before it was: ${beforeMending}`);
          checkCalls(run);
          assert.ok(run.isDone || run.isRefused, last);
          if (scenario.count) assert.equal(run.done, run.isRefused ? 0 : 1, 'done once');
        });
      }
    });
  }
});

/** What was tried again, under which MS-RequestId, and what was done before anything had been mended. */
function checkCalls({ trouble, scenario, failed, calls, doneBefore }: ScenarioRun): void {
  const { tries, doesTheWork, refuses } = misbehaviour(trouble);
  const told = calls.map(({ requestId, status }) => `${requestId} ${status}`).join('\n');
  const byId = Map.groupBy(failed, ({ requestId }: SimulatorRequest) => requestId);
  const most = Math.max(...[...byId.values()].map(({ length }) => length));
  // A job goes on under the same id; what hangs was mended before its second try.
  if (trouble !== 'hangs' && (!scenario.count || refuses)) assert.equal(most, tries, told);
  if (trouble !== 'hangs') assert.ok(most >= tries, told);
  if (scenario.count === undefined) return;
  if (!scenario.hasIdPerPress && !refuses) assert.equal(new Set(calls.map(({ requestId }) => requestId)).size, 1, told);
  // What was taken may show later than this.
  assert.ok(doneBefore <= (doesTheWork ? 1 : 0), `done ${doneBefore} times while nothing had been mended`);
}
