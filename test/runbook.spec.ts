import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What is between the brackets of a call that begins at this position. */
function argumentsAt(text: string, start: number): string {
  let depth = 1;
  let end = start;
  for (; depth > 0 && end < text.length; end += 1) {
    if (text[end] === '(') depth += 1;
    if (text[end] === ')') depth -= 1;
  }
  return text.slice(start, end - 1);
}

/** The texts of the warnings and errors in a source: the last argument, as it is written or as the constant it names. */
function warningsIn(source: string): string[] {
  const calls = [...source.matchAll(/(?:\blog\??\.(?:warn|error|fatal)|\bwarn)\(/g)];
  return calls.flatMap((call) => {
    const given = argumentsAt(source, call.index + call[0].length).replace(/,\s*$/, '');
    if (/^\w+: /.test(given)) return [];
    const [, text, pattern, name] = /(?:'((?:[^'\\]|\\.)*)'|`([^`]*)`|\b(\w+))$/.exec(given) ?? [];
    if (text !== undefined) return [text];
    if (pattern !== undefined) return [pattern.replace(/\$\{.*$/, '').trim()];
    const constant = new RegExp(`const ${name} = '(.*)';`).exec(source)?.[1];
    // A text that is passed on stands where it comes from.
    return constant === undefined ? [] : [constant];
  });
}

describe('the runbook', () => {
  const written = globSync('src/**/*.ts', { cwd: root })
    .filter((path) => !/^src[\\/](web[\\/]pages|simulator)[\\/]/.test(path))
    .flatMap((path) => warningsIn(readFileSync(join(root, path), 'utf8')));
  const [, chapter = ''] = readFileSync(join(root, 'docs/operations.md'), 'utf8').split('## What the log warns of\n');
  const rows = [...(chapter.split('\n## ')[0] ?? '').matchAll(/^\| `(.+?)` \|(.+)\|$/gm)];

  it('has a row for each warning and error that the log can print, and no other', () => {
    assert.ok(written.length > 50);
    assert.deepEqual([...new Set(rows.map(([, text]) => text))].sort(), [...new Set(written)].sort());
  });

  it('says of each what it means, what to do, and what happens if nothing is done', () => {
    for (const [, text, rest = ''] of rows) {
      const cells = rest.split(' | ').map((cell) => cell.trim());
      assert.equal(cells.length, 3, text);
      assert.ok(
        cells.every((cell) => /^["*`A-Z0-9].*\.$/.test(cell)),
        `${text}: ${cells.join(' | ')}`,
      );
    }
  });

  it('is watched: each way to warn is seen', () => {
    const source = `const logText = 'two';
      log.warn({ a: f(1) }, 'one');
      warn({ b }, logText);
      log?.error(
        { c },
        \`three \${name}\`,
      );
      log.info({}, 'four');
      warn(facts: object, text: string): void;`;
    assert.deepEqual(warningsIn(source), ['one', 'two', 'three']);
  });
});

/** `problem('the-code', …`, and the first of a list of texts that is told later. */
function codesIn(source: string): string[] {
  const told = /\b(?:problem|warning|note|tell|judge|ofCall|\.warning)\((?:error, )?\s*'([a-z]+(?:-[a-z]+)*)',/g;
  const listed = /\[\s*'((?:database|clock)-?[a-z-]*)',\s*['`]/g;
  return [...source.matchAll(told), ...source.matchAll(listed)].flatMap(([, code]) => code ?? []);
}

describe('what `npm run doctor` finds', () => {
  it('is in the book, each finding by its code, and no other', () => {
    const sources = globSync('src/doctor/*.ts', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));
    const [, chapter = ''] = readFileSync(join(root, 'docs/operations.md'), 'utf8').split('## Is it set up right?\n');
    const rows = [...(chapter.split('\n## ')[0] ?? '').matchAll(/^\| (`.+?`) \|.+\|$/gm)];
    const explained = rows.flatMap(([, codes = '']) => [...codes.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code));

    const found = new Set(sources.flatMap(codesIn));
    assert.ok(found.size > 50, `${found.size}`);
    assert.deepEqual(explained.toSorted(), [...found].sort());
  });
});
