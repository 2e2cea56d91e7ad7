/** Reasons that are picked instead of typed, as they stand in the ticket: Microsoft reads English. */
export const standardReasons = {
  edition: 'The wrong edition or version was ordered.',
  twice: 'The same order was placed twice by mistake.',
  withdrew: 'The customer has withdrawn from the purchase.',
  quantity: 'The wrong quantity was ordered.',
} as const;

export type StandardReason = keyof typeof standardReasons;

/** What was picked and what was typed to it, as one text; empty where neither was given. */
export function reasonFrom(picked: string | undefined, typed: string | undefined): string {
  const more = (typed ?? '').trim();
  const standard = isStandard(picked) ? standardReasons[picked] : '';
  return more.startsWith(standard) ? more : [standard, more].filter(Boolean).join(' ');
}

function isStandard(name: string | undefined): name is StandardReason {
  return name !== undefined && Object.hasOwn(standardReasons, name);
}

/** Whether a sentence can be a reason: what asks something, an address, a telephone number or an amount alone is none. */
export function canBeReason(text: string): boolean {
  const isQuestion = /\?\s*$/.test(text);
  const words = text.split(/\s+/).filter((part) => !part.includes('@') && /\p{L}{2}/u.test(part));
  return !isQuestion && words.length > 0;
}
