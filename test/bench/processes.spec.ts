import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitUntil } from '../support/wait-until.ts';

describe('a measurement', () => {
  it('that is killed leaves no process behind', async () => {
    const processes = new URL('../../bench/processes.ts', import.meta.url);
    const script = `import { startEcho } from '${processes}'; console.log((await startEcho()).url);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [told] = await once(parent.stdout, 'data');
    const url = `${String(told).trim()}/readyz`;
    const isThere = () =>
      fetch(url, { headers: { connection: 'close' } }).then(
        async (response) => (await response.text()) !== undefined,
        () => false,
      );
    assert.equal(await isThere(), true);

    parent.kill('SIGKILL');

    await waitUntil(async () => !(await isThere()), 'the end of the process that was measured');
  });
});
