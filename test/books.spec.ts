import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url).pathname;
const text = (file: string): string => readFileSync(`${root}${file}`, 'utf8');

const sources = globSync(['{src,test,bench,manifest,release}/**/*.{ts,sql,cjs}', '.env.example'], { cwd: root });
const books = globSync(['docs/*.md', 'README.md'], { cwd: root });

/** This file holds what it looks for. */
const isChecked = (file: string): boolean => file !== 'test/books.spec.ts';

/** A reference may be broken into two lines of a comment. */
const onOneLine = (source: string): string => source.replace(/\n\s*(?:\*(?!\/)|\/\/)?\s*/g, ' ');

interface Reference {
  readonly file: string;
  readonly book: string;
  readonly heading: string;
}

/** Every `docs/x.md, "Heading"`. */
function referencesIn(file: string, source: string): Reference[] {
  return [...onOneLine(source).matchAll(/docs\/([\w-]+\.md)`?, "([^"]+)"/g)].map(([, book = '', heading = '']) => ({
    file,
    book,
    heading,
  }));
}

function headingsOf(book: string): string[] {
  return [...text(`docs/${book}`).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.trim());
}

/** As they are made of headings where Markdown is shown. */
function anchorsOf(book: string): string[] {
  return [...text(book).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

const isDead = ({ book, heading }: Reference, headings: (book: string) => readonly string[]): boolean =>
  !headings(book).includes(heading);

/** Papers that are not in the repository. */
const outside =
  /\b(?:reference|design|teams-platform|partner-center|style-anchors|style)(?:\.md)?,? *§|\bstyle-anchors\b|\bteams-platform\b|\(§[\d.]+\)/i;

describe('the books', () => {
  it('have every heading that is named somewhere', () => {
    const exists = new Set(books);
    const named = [...sources, ...books].filter(isChecked).flatMap((file) => referencesIn(file, text(file)));

    assert.ok(named.length > 20, `${named.length} references`);
    assert.deepEqual(
      named.filter((one) => !exists.has(`docs/${one.book}`) || isDead(one, headingsOf)),
      [],
    );
  });

  it('exist wherever a file of docs/ is named', () => {
    const named = [...sources, ...books]
      .filter(isChecked)
      .flatMap((file) => [...text(file).matchAll(/\bdocs\/([\w-]+\.md)/g)].map(([, book]) => ({ file, book })));

    assert.deepEqual(
      named.filter(({ book }) => !books.includes(`docs/${book}`)),
      [],
    );
  });

  it('have every heading that a link leads to', () => {
    const anchor = /(?:\]\(|\b)((?:docs\/)?[\w-]+\.md)?#([a-z][\w-]+)\)?/g;
    const dead = [...sources, ...books].filter(isChecked).flatMap((file) =>
      [...text(file).matchAll(anchor)].flatMap(([link, book, name = '']) => {
        // Elsewhere `#` is a colour, a private field or a web address.
        if (book === undefined && !(link.startsWith('](') && file.endsWith('.md'))) return [];
        const target =
          book === undefined ? file : book.startsWith('docs/') || book === 'README.md' ? book : `docs/${book}`;
        return books.includes(target) && anchorsOf(target).includes(name) ? [] : [`${file}: ${link}`];
      }),
    );

    assert.deepEqual(dead, []);
  });

  it('name no file that is not there', () => {
    const dead = books.flatMap((book) =>
      [...text(book).matchAll(/`((?:src|test|bench|cards|manifest|deploy|infra|release)\/[\w./-]+\.[a-z]+)`/g)].flatMap(
        ([, file = '']) => (file.includes('/build/') || existsSync(`${root}${file}`) ? [] : [`${book}: ${file}`]),
      ),
    );

    assert.deepEqual(dead, []);
  });

  it('are enough: nothing cites what is not in the repository', () => {
    const cited = [...sources, ...books]
      .filter(isChecked)
      .flatMap((file) => (outside.test(text(file)) ? [`${file}: ${outside.exec(text(file))?.[0]}`] : []));

    assert.deepEqual(cited, []);
  });

  it('are watched: a dead reference and an outside one are noticed', () => {
    const comment = '/**\n * See docs/teams.md, "No such\n * heading".\n */';
    const [dead] = referencesIn('src/a.ts', comment);

    assert.deepEqual(dead, { file: 'src/a.ts', book: 'teams.md', heading: 'No such heading' });
    assert.ok(isDead({ file: '', book: 'teams.md', heading: 'No such heading' }, headingsOf));
    for (const page of ['reference', 'Design', 'teams-platform', 'partner-center'])
      assert.match(`${page} §1.4`, outside);
    assert.match('style-anchors.md', outside);
  });
});
