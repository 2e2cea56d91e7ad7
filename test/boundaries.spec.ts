import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * Who may import whom. A room is a folder of `src/`, or one of its files. `types`: only `import type`.
 * Packages stand in the one room that may use them; Node's own modules may be used anywhere but in the browser.
 */
interface Room {
  readonly rooms?: readonly string[];
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  readonly packageTypes?: readonly string[];
}

const log = { types: ['log'], packageTypes: ['pino'] };

const house: Readonly<Record<string, Room>> = {
  domain: {},
  words: { rooms: ['domain'] },
  cards: { rooms: ['domain', 'words'], packages: ['adaptivecards-templating'] },
  flows: { rooms: ['domain', 'words', 'cards'], packages: ['zod'] },
  microsoft: { rooms: ['domain'], packages: ['jose', 'lru-cache', 'p-timeout', 'undici', 'zod'] },
  'partner-center': { rooms: ['domain', 'microsoft', 'words'], packages: ['zod', 'csv-parse'] },
  directory: { rooms: ['domain', 'microsoft', 'words'], packages: ['zod'] },
  files: { rooms: ['domain', 'microsoft'], packages: ['file-type', 'zod'] },
  storage: {
    rooms: ['domain'],
    packages: ['zod', 'pg', 'pg-boss', 'keyv', '@keyv/postgres', '@electric-sql/pglite'],
    ...log,
  },
  simulator: { packages: ['restify', 'zod'] },
  teams: {
    rooms: ['domain', 'cards', 'microsoft'],
    types: ['flows', 'log'],
    packages: ['botbuilder', 'jose', 'zod'],
    packageTypes: ['pino'],
  },
  web: {
    rooms: ['domain', 'cards', 'words'],
    types: ['flows', 'log'],
    packages: ['@microsoft/teams-js', 'adaptivecards', 'esbuild', 'jose', 'zod'],
    packageTypes: ['pino'],
  },
  server: { rooms: ['teams', 'web'], packages: ['restify', 'prom-client', 'zod'], ...log },
  config: { rooms: ['domain'], packages: ['zod', 'fastest-levenshtein'] },
  tracing: {
    rooms: ['domain'],
    packages: [
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace',
    ],
  },
  // Whether it is set up as it should be: asks everything outside as the others do.
  doctor: {
    rooms: ['domain', 'microsoft', 'partner-center', 'directory', 'config', 'storage', 'teams', 'words'],
    packages: ['zod'],
  },
  // What an operator starts, and what a start tells them.
  cli: { rooms: ['domain', 'microsoft', 'partner-center', 'config', 'storage', 'doctor'] },
  'jobs.ts': { rooms: ['domain'] },
  'log.ts': { rooms: ['domain'], packages: ['pino', 'pino-pretty'] },
  'app.ts': { rooms: ['*'] },
  'wiring.ts': { rooms: ['*'] },
  'main.ts': { rooms: ['app.ts', 'cli', 'config', 'log.ts'] },
};

/** Only these are programs of their own: they read the environment, and no room imports them. */
const programs = ['main.ts', 'cli/consent.ts', 'cli/backup.ts', 'cli/audit-verify.ts', 'cli/doctor.ts'];

/** What a package in `src/` demands beside itself. */
const companions = ['adaptive-expressions'];

const maxLines = 300;

/**
 * Only `microsoft/http.ts` speaks HTTP, by a package that no other room has. These read public documents, which may be
 * redirected, and, in the browser, ask our own server.
 */
const mayFetch = ['teams/outbound/send.ts', 'web/pages/api.ts'];

/** What does not keep a rule yet, by name. These lists only get shorter. */
const notYet = {
  tooLong: [] as string[],
  fetching: ['simulator/webhook-dispatcher.ts'],
  /** What `app.ts` and `wiring.ts` take from inside a room instead of its index. */
  wired: [] as string[],
};

type Sources = Readonly<Record<string, string>>;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
}

/** With `verbatimModuleSyntax` only `import type`, `export type` and what is added to another file's types vanish. */
const importLine =
  /^\s*(import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'|^declare (module) '([^']+)'/gm;

function importsOf(sources: Sources): Import[] {
  return Object.entries(sources).flatMap(([from, text]) =>
    [...text.matchAll(importLine)].map(([, , type, stated, called, adds, added]) => {
      const to = stated ?? called ?? added ?? '';
      return { from, to: to.startsWith('.') ? join(dirname(from), to) : to, isType: (type ?? adds) !== undefined };
    }),
  );
}

/** The rules that some files do not keep yet: which ones those are. */
function exceptionsIn(sources: Sources): typeof notYet {
  const inside = importsOf(sources).filter(({ to }) => to in sources);
  const files = Object.entries(sources);
  return {
    tooLong: files.filter(([, text]) => text.trimEnd().split('\n').length > maxLines).map(([file]) => file),
    fetching: files
      .filter(([file, text]) => !mayFetch.includes(file) && /\bfetch\(/.test(codeOf(text)))
      .map(([file]) => file),
    wired: inside
      .filter(
        ({ from, to }) => ['app.ts', 'wiring.ts'].includes(from) && to.includes('/') && !/^[^/]+\/index\.ts$/.test(to),
      )
      .map(({ to }) => to),
  };
}

const roomOf = (file: string): string => file.split('/')[0] ?? file;
const isTypescript = (file: string): boolean => /(?<!\.d)\.ts$/.test(file);
const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

function problemsIn(sources: Sources): string[] {
  const imports = importsOf(sources);
  const inside = imports.filter(({ to }) => to in sources);
  return [
    ...imports.filter((one) => !isAllowed(one, sources)).map(({ from, to }) => `${from} must not import ${to}`),
    ...cycles(inside.filter(({ isType }) => !isType)).map((path) => `run-time cycle: ${path}`),
    ...cycles(inside).map((path) => `cycle of types: ${path}`),
    ...cycles(inside.map(({ from, to }) => ({ from: roomOf(from), to: roomOf(to) }))).map((path) => `rooms: ${path}`),
    ...Object.entries(sources).flatMap(([file, text]) => manners(file, text)),
  ];
}

function isAllowed({ from, to, isType }: Import, sources: Sources): boolean {
  const here = roomOf(from);
  const { rooms = [], types = [], packages = [], packageTypes = [] } = house[here] ?? {};
  if (to in sources) {
    const there = roomOf(to);
    if (there === here) return true;
    if (rooms.includes('*')) return there !== 'main.ts' && there !== 'cli';
    return rooms.includes(there) || (isType && types.some((room) => [room, `${room}.ts`].includes(there)));
  }
  if (to.startsWith('node:')) return !from.startsWith('web/pages/');
  if (to.startsWith('..')) return here === 'cards' && /^\.\.\/cards\/[\w-]+\.json$/.test(to);
  return packages.includes(packageOf(to)) || (isType && packageTypes.includes(packageOf(to)));
}

/** The edges that lie on a circle, as `a → b`. */
function cycles(edges: readonly { readonly from: string; readonly to: string }[]): string[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of edges) if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  const reaches = (start: string, goal: string, seen = new Set<string>()): boolean =>
    [...(next.get(start) ?? [])].some((to) => to === goal || (!seen.has(to) && reaches(to, goal, seen.add(to))));
  return [...next].flatMap(([from, tos]) => [...tos].filter((to) => reaches(to, from)).map((to) => `${from} → ${to}`));
}

/** Without comments and texts. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$|'(?:[^'\\\n]|\\.)*'/gm, ' ');
}

function manners(file: string, text: string): string[] {
  const code = codeOf(text);
  const forbidden: [string, RegExp | undefined][] = [
    ['has a default export', /\bexport\s+default\b|\bas\s+default\b/],
    ['has an enum', /\benum\s+\w+\s*\{/],
    ['uses any', /[:<,|&(]\s*any\b(?!\s*:)|\bas\s+any\b|@ts-(ignore|nocheck|expect-error)/],
    [
      'reads process.env',
      programs.includes(file) ? undefined : /\bprocess\s*(\.\s*env\b|\[)|\benv\b[^}]*\}\s*=\s*process\b/,
    ],
  ];
  const drawer = /(^|\/)(utils?|helpers?|common|services|misc|shared)(\/|\.ts$)/.test(file.replace(/^words\/.*/, ''));
  return [
    ...forbidden.flatMap(([what, pattern]) => (pattern?.test(code) ? [`${file} ${what}`] : [])),
    ...(drawer ? [`${file} stands in a drawer instead of a room`] : []),
    ...(roomOf(file) in house ? [] : [`${file} is in no room that we know`]),
  ];
}

const src = new URL('../src/', import.meta.url).pathname;
const files = globSync('**/*.ts', { cwd: src }).filter(isTypescript);
const ours = Object.fromEntries(files.map((file) => [relative('.', file), readFileSync(join(src, file), 'utf8')]));

describe('the rooms', () => {
  it('import only whom they may, without circles and drawers', () => {
    assert.deepEqual(problemsIn(ours), []);
  });

  const found = exceptionsIn(ours);
  const rules: readonly [keyof typeof notYet, string][] = [
    ['tooLong', `have no file above ${maxLines} lines`],
    ['fetching', 'fetch public documents only'],
    ['wired', 'are wired by their index files'],
  ];
  for (const [rule, sentence] of rules) {
    it(`${sentence}, but for those named`, () => {
      assert.deepEqual(
        found[rule].filter((name) => !notYet[rule].includes(name)),
        [],
      );
    });
  }

  it('are watched for what is not kept yet', () => {
    const sources = {
      'app.ts': "import './cards/b.ts';\nimport './flows/index.ts';",
      'flows/index.ts': '',
      'cards/a.ts': 'export const a = fetch(url);',
      'cards/b.ts': '\n// long'.repeat(301),
      'teams/outbound/send.ts': 'await fetch(url);',
    };

    assert.deepEqual(exceptionsIn(sources), {
      tooLong: ['cards/b.ts'],
      fetching: ['cards/a.ts'],
      wired: ['cards/b.ts'],
    });
  });

  it('use every dependency, and have none that is for development only', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const used = importsOf(ours)
      .filter(({ to, isType }) => !isType && !/^(node:|\.)/.test(to) && !(to in ours))
      .map(({ to }) => packageOf(to));

    const expected = new Set([...used, ...companions]);
    assert.deepEqual(Object.keys(dependencies).sort(), [...expected].sort());
  });

  it('are all read, with all their imports', () => {
    const imports = importsOf(ours);

    assert.ok(files.length > 150, `${files.length} files`);
    assert.ok(imports.some(({ from, to }) => from === 'cards/render.ts' && to === '../cards/card.json'));
    assert.ok(
      imports.some(
        ({ from, to, isType }) =>
          from === 'teams/inbound/parse-activity.ts' && to === 'flows/engine/messenger.ts' && isType,
      ),
    );
    const dangling = imports.filter(({ to }) => /^(?!\.\.)[^@]*\//.test(to) && isTypescript(to) && !(to in ours));
    assert.deepEqual(dangling, []);
  });

  const samples: [string, Sources, RegExp][] = [
    [
      'a lower room that calls up',
      { 'domain/a.ts': "import { b } from '../words/b.ts';", 'words/b.ts': '' },
      /domain\/a/,
    ],
    [
      'a type taken from above',
      { 'domain/a.ts': "import type { B } from '../flows/b.ts';", 'flows/b.ts': '' },
      /domain\/a/,
    ],
    [
      'a run-time import where types are allowed',
      { 'teams/a.ts': "import { b } from '../flows/b.ts';", 'flows/b.ts': '' },
      /teams\/a/,
    ],
    [
      'an inline type, which is still loaded',
      { 'teams/a.ts': "import { type B } from '../flows/b.ts';", 'flows/b.ts': '' },
      /teams\/a/,
    ],
    [
      'a package outside its room',
      { 'flows/a.ts': "import {\n  Turn,\n} from 'botbuilder';" },
      /must not import botbuilder/,
    ],
    ['a sub-path of a package', { 'words/a.ts': "import 'pg/lib/client.js';" }, /must not import pg/],
    ['an import that hides in a function', { 'cards/a.ts': "const load = () => import('restify');" }, /restify/],
    ['the logger itself where its type is allowed', { 'teams/a.ts': "import { pino } from 'pino';" }, /pino/],
    [
      'the simulator used by others than the wiring',
      { 'flows/a.ts': "import '../simulator/b.ts';", 'simulator/b.ts': '' },
      /simulator/,
    ],
    ['a re-export', { 'domain/a.ts': "export * from '../cards/b.ts';", 'cards/b.ts': '' }, /domain\/a/],
    ['a circle of files', { 'domain/a.ts': "import './b.ts';", 'domain/b.ts': "import './a.ts';" }, /run-time cycle/],
    [
      'a circle of types',
      { 'simulator/a.ts': "import type {} from './b.ts';", 'simulator/b.ts': "import type {} from './a.ts';" },
      /cycle of types/,
    ],
    [
      'a circle by what is added to the types of another file',
      { 'simulator/a.ts': "import type {} from './b.ts';", 'simulator/b.ts': "\ndeclare module './a.ts' {}" },
      /cycle of types/,
    ],
    [
      'what is added to the types of another room',
      { 'domain/a.ts': "declare module '../words/b.ts' {}", 'words/b.ts': '' },
      /domain\/a.ts must not import/,
    ],
    [
      'a circle of rooms, types only',
      { 'app.ts': "import type {} from './words/b.ts';", 'words/b.ts': "import type {} from '../app.ts';" },
      /rooms: /,
    ],
    [
      'a module of Node’s in the browser',
      { 'web/pages/a.ts': "import { join } from 'node:path';" },
      /must not import node:path/,
    ],
    ['a default export', { 'flows/a.ts': 'export default 1;' }, /default/],
    ['an enum', { 'flows/a.ts': 'export const enum Colour { Red }' }, /enum/],
    ['an any', { 'flows/a.ts': 'export const f = (x: any) => x;' }, /any/],
    ['a cast to any', { 'flows/a.ts': 'export const f = JSON.parse(x) as any;' }, /any/],
    ['the environment read in a room', { 'teams/a.ts': 'const x = process.env.HOME;' }, /process\.env/],
    ['a drawer', { 'domain/utils/a.ts': '' }, /drawer/],
    ['a room that nobody knows', { 'stuff/a.ts': '' }, /no room/],
  ];
  for (const [what, sources, problem] of samples) {
    it(`are watched: ${what} is noticed`, () => {
      assert.match(problemsIn(sources).join('\n'), problem);
    });
  }
});
