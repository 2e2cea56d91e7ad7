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
  microsoft: { rooms: ['domain'], packages: ['jose', 'lru-cache', 'p-timeout', 'zod'] },
  'partner-center': { rooms: ['domain', 'microsoft'], packages: ['zod', 'csv-parse'] },
  directory: { rooms: ['domain', 'microsoft'], packages: ['zod'] },
  storage: {
    rooms: ['domain'],
    packages: ['zod', 'pg', 'pg-boss', 'keyv', '@keyv/postgres', '@electric-sql/pglite', '@electric-sql/pglite-socket'],
    ...log,
  },
  simulator: { packages: ['restify', 'zod'] },
  teams: { rooms: ['domain'], types: ['flows', 'log'], packages: ['botbuilder', 'zod'], packageTypes: ['pino'] },
  web: {
    rooms: ['domain', 'cards', 'words'],
    types: ['flows', 'log'],
    packages: ['@microsoft/teams-js', 'adaptivecards', 'zod'],
    packageTypes: ['pino'],
  },
  'tracker.ts': { rooms: ['domain'] },
  'server.ts': { rooms: ['teams', 'web'], packages: ['restify', 'prom-client', 'zod'], ...log },
  'policy-file.ts': { rooms: ['domain'], packages: ['zod'] },
  'config.ts': { packages: ['zod'] },
  'log.ts': { packages: ['pino'] },
  'app.ts': { rooms: ['*'] },
  'main.ts': { rooms: ['app.ts', 'config.ts', 'log.ts'] },
  // `npm run consent`: a process of its own, which asks an operator.
  'consent.ts': { rooms: ['domain', 'microsoft', 'partner-center'] },
};

/** Only these know that there is a process around them. */
const processes = ['main.ts', 'consent.ts'];

type Sources = Readonly<Record<string, string>>;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
}

/** With `verbatimModuleSyntax` only `import type` and `export type` vanish at run time. */
const importLine = /^\s*(import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'/gm;

function importsOf(sources: Sources): Import[] {
  return Object.entries(sources).flatMap(([from, text]) =>
    [...text.matchAll(importLine)].map(([, , type, stated, called]) => {
      const to = stated ?? called ?? '';
      return { from, to: to.startsWith('.') ? join(dirname(from), to) : to, isType: type !== undefined };
    }),
  );
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
    if (rooms.includes('*')) return !processes.includes(there);
    return rooms.includes(there) || (isType && types.some((room) => [room, `${room}.ts`].includes(there)));
  }
  if (to.startsWith('node:')) return true;
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

function manners(file: string, text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$|'(?:[^'\\\n]|\\.)*'/gm, ' ');
  const forbidden: [string, RegExp | undefined][] = [
    ['has a default export', /\bexport\s+default\b|\bas\s+default\b/],
    ['has an enum', /\benum\s+\w+\s*\{/],
    ['uses any', /[:<,|&(]\s*any\b(?!\s*:)|\bas\s+any\b|@ts-(ignore|nocheck|expect-error)/],
    [
      'reads process.env',
      processes.includes(file) ? undefined : /\bprocess\s*(\.\s*env\b|\[)|\benv\b[^}]*\}\s*=\s*process\b/,
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

  it('are all read, with all their imports', () => {
    const imports = importsOf(ours);

    assert.ok(files.length > 150, `${files.length} files`);
    assert.ok(imports.some(({ from, to }) => from === 'cards/render.ts' && to === '../cards/list.json'));
    assert.ok(
      imports.some(
        ({ from, to, isType }) => from === 'teams/inbound/card-action.ts' && to === 'flows/flow.ts' && isType,
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
      'a circle of rooms, types only',
      { 'app.ts': "import type {} from './words/b.ts';", 'words/b.ts': "import type {} from '../app.ts';" },
      /rooms: /,
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
