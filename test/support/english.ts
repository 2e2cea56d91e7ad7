/** Words that English cannot do without, and that none of the other languages has. */
const words =
  /(?<![\p{L}’'-])(the|of|and|is|not|you|your|yours|this|that|these|with|for|are|have|please|press|typed|order|orders|customer|customers|its|from|which|what|who|how|nothing|open|cancel|keys|drafts)(?![\p{L}])/iu;

/** A ticket is in English, whoever files it. */
const ofTicket =
  /CSP purchase\/refund on behalf of customers|^(Refund for order|Customer tenant GUID|Order ID or subscription ID|Reason for the refund:|Requested amount:|Our reference:).*$/gm;

/** What Microsoft calls them in German. */
const germanToo = /Product Keys?/g;

/** The lines that are in English, of a ticket apart. */
export function englishIn(text: string): string[] {
  return text
    .replace(ofTicket, '')
    .replace(germanToo, '')
    .split('\n')
    .filter((line) => words.test(line));
}
