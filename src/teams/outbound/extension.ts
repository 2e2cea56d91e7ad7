import type { SearchAnswer, SearchResult } from '../../flows/extension.ts';

const cardType = 'application/vnd.microsoft.card.adaptive';
const previewType = 'application/vnd.microsoft.card.thumbnail';

/** The body of an answer to a search: rows whose cards may be inserted, or a sentence. */
export function searchBody(answer: SearchAnswer): unknown {
  if (answer.kind === 'text') return { composeExtension: { type: 'message', text: answer.text } };
  return resultsBody(answer.results);
}

/** Also what a link unfolds into; without a result it stays a link. */
export function resultsBody(results: readonly SearchResult[]): unknown {
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: results.map(toAttachment) } };
}

function toAttachment({ title, text, card }: SearchResult): unknown {
  return {
    contentType: cardType,
    content: card.content,
    preview: { contentType: previewType, content: { title: withoutTags(title), text: withoutTags(text) } },
  };
}

/** A thumbnail card takes what looks like HTML for it. */
function withoutTags(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}
