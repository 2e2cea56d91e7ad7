import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
const { nodeProblem } = require('../../src/check-node.cjs') as {
  nodeProblem(version: string, readsTypeScript: string | false | undefined): string | undefined;
};
const { scripts } = require('../../package.json') as { scripts: Record<string, string> };

/** The first Node on this machine, outside of `node_modules`, that cannot run TypeScript. */
function findOldNode(): string | undefined {
  const folders = [...new Set((process.env.PATH ?? '').split(delimiter))].filter(
    (one) => !one.includes('node_modules'),
  );
  return folders
    .map((folder) => join(folder, 'node'))
    .find((node) => {
      try {
        const version = execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
        return Number(version.split('.')[0]) < 22;
      } catch {
        return false;
      }
    });
}

const oldNode = findOldNode();

describe('the check of Node', () => {
  it('accepts the versions that run TypeScript as it is', () => {
    for (const version of ['22.19.0', '23.6.0', '24.0.0', '24.21.0', '30.1.2'])
      assert.equal(nodeProblem(version, 'strip'), undefined);
  });

  it('says of another version, in one sentence, what is needed and how to get it', () => {
    for (const [version, typescript] of [
      ['18.20.4', undefined],
      ['20.20.2', undefined],
      ['22.18.0', 'strip'],
      ['23.5.0', false],
    ] as const) {
      const problem = nodeProblem(version, typescript) ?? '';
      assert.match(problem, /^[^\n]*needs Node\.js 24 \(or at least 22\.19\)[^\n]*https:\/\/nodejs\.org[^\n]*\.$/);
      assert.ok(problem.includes(`this is Node.js ${version}`), problem);
    }
  });

  for (const [name, command] of Object.entries(scripts).filter(([, one]) => /^node .*\.ts$/.test(one))) {
    const title = `shows an old Node that sentence and no stack: npm run ${name}`;
    if (!oldNode) {
      it(`${title} (skipped: there is no Node older than 22 on this machine)`);
      continue;
    }
    it(title, () => {
      const [, ...args] = command.split(' ');

      const { status, stdout, stderr } = spawnSync(oldNode, args, { cwd: root, encoding: 'utf8' });

      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, /^Software Desk needs Node\.js 24[^\n]*\.\n$/);
    });
  }
});
