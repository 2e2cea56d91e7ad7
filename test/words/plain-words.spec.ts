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
const isHistory = (file: string): boolean =>
  file.startsWith('src/storage/migrations/') || file === 'test/storage/upgrade.spec.ts';

const root = new URL('../../', import.meta.url).pathname;
const text = (file: string): string => readFileSync(`${root}${file}`, 'utf8');
const files = globSync(['{src,test,bench,release}/**/*.ts', 'manifest/*.ts'], { cwd: root }).filter(
  (file) => file !== 'test/words/plain-words.spec.ts',
);

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
    // The sentences of tests tell what people do.
    const isOfNames = inNamesOnly || !file.startsWith('src/');
    const found = new RegExp(`\\b(?:${word})\\b`).exec(isOfNames ? names : everything)?.[0];
    return found === undefined ? [] : [`${file}: "${found}" is gone, say: ${instead}`];
  });
}

/** Where a function is named: declared, or an arrow that a name is given to. */
const functionNames =
  /\bfunction\*?\s+(\w+)\s*[<(]|\bconst (\w+)(?:: [^=\n]+)? = (?:async )?(?:\([^)\n]*\)(?:: [^=\n]+)?|\w+) =>/g;
const irregular =
  'told|shown|given|taken|found|kept|held|sent|drawn|written|said|seen|chosen|broken|known|hidden|lost|made';
/** One participle, or one with a small word: what it does is not said. */
const participle = new RegExp(`^([a-z]+(ed|ing)|${irregular})(By|In|For|As|At|On|Before|After|Now|Here|Anew)?$`);
/** They end like one, and are nouns or verbs. */
const noParticiples = new Set(
  'need feed seed speed embed read bring ping ring string billing closing ending encoding meaning reading greeting heading drawing undefined'.split(
    ' ',
  ),
);

function participlesIn(file: string, source: string): string[] {
  return [...source.matchAll(functionNames)].flatMap(([, declared, arrow]) => {
    const name = declared ?? arrow ?? '';
    const [first = ''] = name.split(/(?=[A-Z])/);
    return participle.test(name) && !noParticiples.has(first) ? [`${file}: ${name}`] : [];
  });
}

/** A text of four words or more that begins like a sentence and ends like one, or goes on after a colon. */
const literal = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/gm;
const isSentence = (said: string): boolean =>
  /^[A-Z]\w*[ ’]/.test(said) && said.split(/\s+/).length >= 4 && /[a-z)`]\.( |$)|[a-z]: [a-z]/.test(said);
const sentencesIn = (source: string): string[] =>
  [...source.matchAll(literal)].map(([, quoted, template]) => quoted ?? template ?? '').filter(isSentence);

/** What only an operator reads, at a terminal or in the log; the simulator speaks as Microsoft does. */
const speakingRooms = ['words', 'doctor', 'cli', 'config', 'simulator'];
/** They still have sentences of their own. This list only gets shorter. */
const speakingYet = [
  'domain/cancellations/standard-reasons.ts',
  'microsoft/clouds.ts',
  'microsoft/http.ts',
  'microsoft/oauth/authorization-code.ts',
  'partner-center/catalog/price-sheet.ts',
  'partner-center/client/reply.ts',
  'server/free-port.ts',
  'storage/migrations.ts',
  'storage/postgres.ts',
];

describe('sentences', () => {
  it('are in words/, and in the few files named here', () => {
    const outside = files
      .filter((file) => file.startsWith('src/') && !speakingRooms.includes(file.split('/')[1] ?? ''))
      .filter((file) => sentencesIn(text(file)).length > 0)
      .map((file) => file.slice('src/'.length));

    assert.deepEqual(outside.sort(), speakingYet);
  });

  it('are told from log texts, names and comments', () => {
    const others = [
      "log.warn({}, 'the order waits.')",
      "const a = 'Get customer agreement metadata'",
      '/** It waits: so. */',
    ];
    for (const source of others) assert.deepEqual(sentencesIn(source), [], source);
    const said = ["'Check the address, or unset it.'", '`Stop ${name}, or wait: it is in the way`'];
    for (const source of said) assert.equal(sentencesIn(source).length, 1, source);
  });
});

describe('the words', () => {
  it('of functions are verbs, or nouns for what they give: none is a participle', () => {
    const found = files
      .filter((file) => /^(src|bench|release)\//.test(file))
      .flatMap((file) => participlesIn(file, text(file)));

    assert.deepEqual(found, []);
  });

  it('of functions that are participles are noticed', () => {
    for (const source of ['function narrowedBy(a) {}', 'const told = (a: string) => a;', 'async function drawn() {}'])
      assert.equal(participlesIn('src/a.ts', source).length, 1, source);
    for (const source of ['function closingIn(a) {}', 'const read = () => 1;', 'const found = await find();'])
      assert.deepEqual(participlesIn('src/a.ts', source), []);
  });

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
    const told = ['pen', 'face', 'stage', 'outlet', 'mailbox', 'whisper', 'hear', 'last words', 'hindrance', 'reveal'];

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
