import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertedLines, createMetrics } from '../src/server/metrics.ts';
import { skip } from './support/skip.ts';

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

const bookOf = (heading: string): string => {
  const [, chapter = ''] = readFileSync(join(root, 'docs/operations.md'), 'utf8').split(`## ${heading}\n`);
  return chapter.split('\n## ')[0] ?? '';
};
const rules = readFileSync(join(root, 'deploy/alerts/software-desk.yml'), 'utf8');
const dashboard = readFileSync(join(root, 'deploy/grafana/software-desk.json'), 'utf8');
const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\bdesk_\w+/g)].map(([name]) => name.replace(/_(bucket|count|sum)$/, ''))),
];

describe('the metrics', () => {
  const { registry } = createMetrics();

  it('are in the book, each with its labels, and no other', async () => {
    const ours = registry.getMetricsAsArray().flatMap((metric) => {
      const { name, labelNames = [] } = metric as typeof metric & { labelNames?: string[] };
      return name.startsWith('desk_') ? [`${name} ${labelNames.join(', ')}`.trim()] : [];
    });
    const told = [
      ...bookOf('What is measured').matchAll(
        /^\| `(desk_\w+)` \| ?(.*?) ?\| .+\. ?\|$|^\| `(desk_\w+)` \|(.*?)\|.+\|$/gm,
      ),
    ].map(([, name = '', labels = '', other = name, otherLabels = labels]) =>
      `${other} ${otherLabels.replaceAll('`', '').trim()}`.trim(),
    );

    assert.ok(ours.length > 25);
    assert.deepEqual(told.toSorted(), ours.toSorted());
  });

  it('are the only ones that rules and dashboard ask for', () => {
    const known = registry.getMetricsAsArray().map(({ name }) => name);
    const asked = namesIn(`${rules}${dashboard}`);

    assert.ok(asked.length > 15);
    assert.deepEqual(
      asked.filter((name) => !known.includes(name)),
      [],
    );
  });

  it('count from the start what one line of the log is an alert for', () => {
    const alerted = [...rules.matchAll(/msg=(~?)"(.+?)"/g)].flatMap(([, isPattern, msg = '']) =>
      alertedLines
        .map(([, text]) => text)
        .filter((text) => (isPattern ? new RegExp(`^(${msg})$`).test(text) : text === msg)),
    );
    const written = globSync('src/**/*.ts', { cwd: root })
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join();

    assert.deepEqual(alerted.toSorted(), alertedLines.map(([, text]) => text).toSorted());
    for (const [level, text] of alertedLines)
      assert.match(written, new RegExp(`log\\.${level}\\([^;]*?'${text}'`), text);
  });
});

describe('the alerts', () => {
  const names = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);

  it('have their steps in the book, and each step its alert', () => {
    const rows = [...bookOf('When an alert fires').matchAll(/^\| `(\w+)` \|(.+)\|$/gm)];

    assert.ok(names.length > 15);
    assert.deepEqual(rows.map(([, name]) => name).toSorted(), names.toSorted());
    for (const [, name, rest = ''] of rows)
      assert.ok(rest.split(' | ').length === 3 && rest.split(' | ').every((cell) => /\.\s*$/.test(cell)), name);
  });

  it('are tried, each where it has to fire and where it must not', () => {
    const tests = readFileSync(join(root, 'deploy/alerts/software-desk.test.yml'), 'utf8');
    for (const name of names) {
      assert.match(tests, new RegExp(`alertname: ${name}, exp_alerts: \\[\\]`), name);
      assert.match(tests, new RegExp(`alertname: ${name}\\n +exp_alerts:\\n +- exp_labels`), name);
    }
  });

  it('do what they should, as Prometheus reads them', function () {
    const { error } = spawnSync('promtool', ['--version']);
    if (error) skip(this, 'promtool is not installed (apt-get install prometheus)');
    for (const command of [
      ['check', 'rules', 'software-desk.yml'],
      ['test', 'rules', 'software-desk.test.yml'],
    ]) {
      const { status, stdout, stderr } = spawnSync('promtool', command, {
        cwd: join(root, 'deploy/alerts'),
        encoding: 'utf8',
      });
      assert.equal(status, 0, `${stdout}${stderr}`);
    }
  });
});

describe('the dashboard', () => {
  it('can be imported: each panel has its place, its source and a question', () => {
    const { title, panels, templating } = JSON.parse(dashboard);

    assert.equal(title, 'Software Desk');
    assert.equal(templating.list[0].type, 'datasource');
    assert.ok(panels.length > 12);
    assert.equal(new Set(panels.map(({ id }: { id: number }) => id)).size, panels.length);
    for (const panel of panels) {
      assert.ok(panel.title && panel.gridPos && panel.datasource.uid === '$' + '{source}', panel.title);
      assert.ok(
        panel.targets.every(({ expr }: { expr: string }) => namesIn(expr).length > 0),
        panel.title,
      );
    }
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
