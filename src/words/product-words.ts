import { fold, isNear } from './commands.ts';

/** What people write for the words that stand in titles of products. Only folded text is looked through. */
const shortForms: readonly (readonly [RegExp, string])[] = [
  [/\b(ws|w2k|win ?serv|win ?srv|winserver)[ -]?(?=(20)?\d\d\b|\b)/g, 'windows server '],
  [/\bwindows ?srv\b/g, 'windows server '],
  [/\bserwer\b/g, 'server'],
  [/\bserveur\b/g, 'server'],
  [/\bservidor\b/g, 'server'],
  [/\bsrv\b/g, 'server'],
  [/\bwin[ -]?(?=\d|\b)/g, 'windows '],
  [/\bsql ?srv\b/g, 'sql server '],
  [/\bsql[ -]?(?=20\d\d)/g, 'sql server '],
  [/\bmssql\b/g, 'sql server'],
  [/\bdata[ -]?cent(er|re|rum)\b/g, 'datacenter'],
  [/\bdc\b/g, 'datacenter'],
  [/\b(std|stnd|stand)\b\.?/g, 'standard'],
  [/\b(ent|enterp)\b\.?/g, 'enterprise'],
  [/\bprofessionell?\b/g, 'professional'],
  [/\bpro ?plus\b/g, 'professional plus'],
  [/\bprof\b\.?/g, 'professional'],
  [/\brds\b/g, 'remote desktop services'],
  [/\brhel\b/g, 'red hat enterprise linux'],
  [/\bsles\b/g, 'suse linux enterprise server'],
  [/\b(\d+)[ -]?(rdzeni\w*|kern\w*|coeurs?|nucleos?)\b/g, '$1 core'],
  [/\b(\d+)[ -]?cores?\b/g, '$1 core'],
  [/\b(\d+)[ -]?(lat|lata|rok|jahre?|ans?|anos?)\b/g, '$1 year'],
  [/\byears\b/g, 'year'],
  [/\bcals\b/g, 'cal'],
  [/\b(uzytkownika|uzytkownik|benutzer|utilisateur|usuario)\b/g, 'user'],
  [/\b(urzadzenia|urzadzenie|gerate?|appareil|dispositivo)\b/g, 'device'],
  [/\b(subskrypcja|subskrypcje|abonnement|abo|suscripcion)\b/g, 'subscription'],
  [/\blizenzpaket\b/g, 'license pack'],
];

/** The words of which titles of software are made: they tell a product from a customer before anybody is asked. */
const inTitles = new Set(
  `windows server sql office ltsc visio project access outlook exchange sharepoint biztalk visual studio system center
  standard datacenter enterprise professional pro plus cal core user device remote desktop services external connector
  suse red hat linux microsoft ms upgrade subscription license pack edition education nonprofit 365 year`.split(/\s+/),
);
/** Said of a product, and in no title: they neither name nor exclude one. */
const besideTitles = new Set(
  `licence licences license licenses licensing licencja licencje licencji licencje lizenz lizenzen licencia licencias copy copies pack packs edition
  kopia kopie kopii kopien pieces pcs stuck stk szt sztuk sztuki unites unidades uds microsoft ms software product
  the a an of for and with my new more additional another extra one some any our its their in on to version perpetual cost costs price
  z do na i oraz nowy nowe mojego
  und mit von der die das den dem ein eine einen neue neuen im zu zur
  de du des la le les un une et avec pour d l
  el los las una y con por para del`.split(/\s+/),
);

/** As titles have it: short forms written out, without accents, marks and letter case. */
export function productWords(text: string): string[] {
  let folded = fold(text)
    .replaceAll('ß', 'ss')
    .replace(/(20\d\d)(?=[a-z])/g, '$1 ');
  for (const [form, whole] of shortForms) folded = folded.replace(form, whole);
  return folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** Neither names a product nor excludes one. */
export function isBesideTitles(word: string): boolean {
  return besideTitles.has(word);
}

/** Does it look like a word of a title? A slip in a long word is allowed. */
export function isProductWord(word: string): boolean {
  const written = productWords(word);
  return (
    written.length > 0 &&
    written.every((one) => inTitles.has(one) || /^(20[012]\d|365|\d+core)$/.test(one) || isSlipOfAny(one))
  );
}

function isSlipOfAny(word: string): boolean {
  return (
    word.length >= 5 && !besideTitles.has(word) && [...inTitles].some((one) => one.length >= 5 && isSlip(one, word))
  );
}

/** One letter more, less or other, or two neighbours swapped, in words that are long enough for it to be a slip. */
export function isSlip(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 4 && a[0] === b[0] && !/\d/.test(a + b) && isNear(a, b);
}
