import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';

/** A word that is gone, and what is said instead; see docs/words.md, "Words that are gone". */
interface Gone {
  readonly word: string;
  readonly instead: string;
  /** In what people read it may be the right word; a thing of ours must not be called so. */
  readonly inNamesOnly?: boolean;
}

const gone: readonly Gone[] = [
  { word: 'pens?', instead: 'card context' },
  { word: 'faces?', instead: 'card model' },
  { word: 'stages?', instead: 'session' },
  { word: 'outlets?', instead: 'turn reply' },
  { word: 'mailbox(es)?', instead: 'messenger' },
  { word: 'whisper(s|ed|ing)?', instead: 'targeted or private' },
  { word: 'hears?|heard', instead: 'handle, read' },
  { word: 'mouths?', instead: 'messenger' },
  { word: 'last words', instead: 'fallback texts' },
  { word: 'hindrances?', instead: 'blocker' },
  { word: 'exposures?', instead: 'key reveal' },
  { word: 'declarations?', instead: 'agreement confirmation' },
  { word: 'brak(e|es|ed|ing)', instead: 'rate limit, pause' },
  { word: 'underway', instead: 'attempt, in progress' },
  { word: 'distrust(s|ed)?', instead: 'certificate error' },
  { word: 'event doors?|the door', instead: 'webhook receiver' },
  { word: 'errands?', instead: 'request' },
  { word: 'postm[ae]n', instead: 'webhook dispatcher' },
  { word: 'as of now', instead: 'refresh, now', inNamesOnly: true },
  { word: 'holds', instead: 'rate limits', inNamesOnly: true },
  { word: 'surely', instead: 'confirm', inNamesOnly: true },
  { word: 'wish(es)?', instead: 'parsed activity, request', inNamesOnly: true },
];

/** Schema steps that ran already keep the names that tables had then. */
const isHistory = (file: string): boolean => file.startsWith('src/storage/migrations/');

const root = new URL('../../', import.meta.url).pathname;
const text = (file: string): string => readFileSync(`${root}${file}`, 'utf8');
const files = globSync(['src/**/*.ts', 'manifest/*.ts'], { cwd: root });

/** `createEventDoor`, `event-door` and `EVENT_DOOR` are words like any others. */
const wordsOf = (source: string): string =>
  source
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_\-/.\s]+/g, ' ')
    .toLowerCase();

const withoutProse = (source: string): string =>
  source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gm, ' ');

function goneIn(file: string, source: string): string[] {
  const everything = wordsOf(`${file} ${source}`);
  const names = wordsOf(`${file} ${withoutProse(source)}`);
  return gone.flatMap(({ word, instead, inNamesOnly }) => {
    const found = new RegExp(`\\b(?:${word})\\b`).exec(inNamesOnly ? names : everything)?.[0];
    return found === undefined ? [] : [`${file}: "${found}" is gone, say: ${instead}`];
  });
}

describe('the words', () => {
  it('that are gone are in no name, comment or text', () => {
    const checked = files.filter((file) => !isHistory(file));

    assert.ok(checked.length > 60, `${checked.length} files`);
    assert.deepEqual(
      checked.flatMap((file) => goneIn(file, text(file))),
      [],
    );
  });

  it('that are gone are in no heading of the books', () => {
    const headings = globSync('docs/*.md', { cwd: root }).flatMap((book) =>
      [...text(book).matchAll(/^#+ (.+)$/gm)].flatMap(([, heading = '']) => goneIn(book, heading)),
    );

    assert.deepEqual(headings, []);
  });

  it('that are gone are all in the book of words', () => {
    const book = wordsOf(text('docs/words.md').split('## Words that are gone')[1] ?? '');
    const told = [
      'pen',
      'face',
      'stage',
      'outlet',
      'mailbox',
      'whisper',
      'hear',
      'last words',
      'hindrance',
      'exposure',
    ];

    for (const word of told) assert.ok(book.includes(word), word);
  });

  const samples: [string, string][] = [
    ['a file', 'src/teams/whisper.ts'],
    ['a part of a name', 'const shownMailbox = 1;'],
    ['the first part of a name', 'export function brakeFor() {}'],
    ['two parts of a name', 'createEventDoor()'],
    ['a constant', 'const LAST_WORDS = 1;'],
    ['a comment', '/** Runs one errand. */'],
    ['a text', "log.info({}, 'the postman is late');"],
    ['a name only', 'const holds = 1;'],
  ];
  for (const [where, source] of samples) {
    it(`that are gone are noticed in ${where}`, () => {
      const [file, content] = source.startsWith('src/') ? [source, ''] : ['src/a.ts', source];

      assert.equal(goneIn(file, content).length, 1);
    });
  }

  it('that only contain one of them are left alone', () => {
    const fine =
      '/** Holds an interface open; what is braced on the surface; the card holds ids. */ const staged = open;';

    assert.deepEqual(goneIn('src/a.ts', fine), []);
  });
});
