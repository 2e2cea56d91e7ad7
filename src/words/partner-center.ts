import type { OutsideError, OutsideKind, Said } from '../domain/errors.ts';

/** What a refusal of Partner Center comes to, for whoever reads it (docs/partner-center.md#error-codes). */
export type RefusalTopic =
  | 'window'
  | 'ticket'
  | 'busy'
  | 'subscription'
  | 'relationship'
  | 'account'
  | 'agreement'
  | 'qualification'
  | 'attestation'
  | 'stock'
  | 'missing'
  | 'right'
  | 'unknown';

const codes: Readonly<Record<Exclude<RefusalTopic, 'unknown'>, readonly string[]>> = {
  window: ['900117'],
  ticket: ['800061', '800062'],
  busy: ['2055', '800007', '800014', '800060', '800064', '800065', '900278'],
  subscription: ['800063', '800077'],
  relationship: ['20002'],
  account: ['800073', '800074', '800075', '900416'],
  agreement: ['13605'],
  qualification: ['800086', '400030'],
  attestation: ['900203', '900206', '10012'],
  stock: ['10002', '10003'],
  missing: ['20000', '20003', '60003', '400013', '400018', '600074', '800008'],
  right: ['2032', '90000', '900123', '900124', '900149', '900150', '900308', '900309', '900329'],
};

const topicsByCode = new Map(
  Object.entries(codes).flatMap(([topic, ofTopic]) => ofTopic.map((code) => [code, topic as RefusalTopic] as const)),
);

const topicsByKind: Partial<Record<OutsideKind, RefusalTopic>> = {
  forbidden: 'right',
  'not-found': 'missing',
  conflict: 'busy',
};

function topicsOf(said: readonly Said[], otherwise: RefusalTopic): RefusalTopic[] {
  const found = said.map(({ code = '' }) => topicsByCode.get(code)).filter((topic) => topic !== undefined);
  return found.length > 0 ? [...new Set(found)] : [otherwise];
}

/** Whoever asks Microsoft's support is asked for the code. */
function quotationOf({ code = '', text = '' }: Said): string {
  return text && code ? `${text} (${code})` : text || code;
}

/** The same in one language. */
interface RefusalWords {
  readonly meanings: Readonly<Record<RefusalTopic, string>>;
  readonly noReason: string;
  /** Partner Center's own words, as such. */
  quote(text: string): string;
}

/** Sentences of ours come first; what Partner Center said follows as a quotation. */
export function createExplanations({ meanings, noReason, quote }: RefusalWords) {
  const quoteSaid = (said: readonly Said[]): string =>
    said.length > 0 ? quote(said.map((one) => quotationOf(one).replace(/[.\s]+$/, '')).join('; ')) : '';
  const explainSaid = (said: readonly Said[], otherwise: RefusalTopic = 'unknown'): string => {
    if (said.length === 0) return otherwise === 'unknown' ? noReason : meanings[otherwise];
    return [...topicsOf(said, otherwise).map((topic) => meanings[topic]), quoteSaid(said)].join(' ');
  };
  return {
    explainSaid,
    quoteSaid,
    explainError: ({ said, kind }: OutsideError): string => explainSaid(said ? [said] : [], topicsByKind[kind]),
    /** A sentence of ours that already tells what it means, and the quotation. */
    withQuote: (sentence: string, said: readonly Said[]): string =>
      [sentence, quoteSaid(said)].filter(Boolean).join(' '),
    /** A sentence of ours, and what was said of it, where anything was. */
    withReason: (sentence: string, said: readonly Said[]): string =>
      said.length > 0 ? `${sentence} ${explainSaid(said)}` : sentence,
  };
}
