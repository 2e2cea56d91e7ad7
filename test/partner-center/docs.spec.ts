import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url).pathname;

/** As GitHub makes an anchor of a heading. */
function anchorOf(heading: string): string {
  const plain = heading.toLowerCase().replace(/[^\p{L}\p{N} -]/gu, '');
  return plain.trim().replaceAll(' ', '-');
}

describe('the book of Partner Center', () => {
  const book = readFileSync(`${root}docs/partner-center.md`, 'utf8');
  const anchors = new Set([...book.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)));

  it('has every heading that the code and the page itself name', () => {
    const files = globSync('{src,test}/{microsoft,partner-center,directory}/**/*.ts', { cwd: root });
    const named = files.flatMap((file) =>
      [...readFileSync(`${root}${file}`, 'utf8').matchAll(/partner-center\.md#([\w-]+)/g)].map(
        ([, anchor]) => anchor ?? '',
      ),
    );
    const inside = [...book.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor]) => anchor ?? '');

    assert.ok(named.length > 10 && inside.length > 0, `${named.length} names`);
    assert.deepEqual(
      [...named, ...inside].filter((anchor) => !anchors.has(anchor)),
      [],
    );
  });

  it('has every call that the client makes, by the name that stands in errors and logs', () => {
    const files = globSync('src/partner-center/**/*.ts', { cwd: root });
    const sources = files.map((file) => readFileSync(`${root}${file}`, 'utf8')).join('\n');
    const operations = [
      ...sources.matchAll(/operation: '(\w+)'|(?:operation|Operation) = '(\w+)'|\b(?:call|put)\('(\w+)', /g),
    ].map((found) => found.slice(1).find(Boolean) ?? '');
    const [, calls = ''] = book.split('\n## Calls\n');

    assert.ok(new Set(operations).size > 30, `${new Set(operations).size} operations`);
    assert.deepEqual(
      [...new Set(operations)].filter((operation) => !calls.includes(`\`${operation}\``)),
      [],
    );
  });
});
