import type { Said } from '../domain/errors.ts';

/**
 * What Partner Center said, out of the text in which earlier versions kept it: the code in brackets or behind a dash, or
 * alone; of several sentences each with its own.
 */
export function readSaid(text: string): Said[] {
  const parts = text.split(/(?<=\(\d+\)|– \d+(?=;|$))(?:;\s*|\s+)/);
  return parts.map(partOf).filter(({ code, text: words }) => code !== undefined || words !== undefined);
}

function partOf(part: string): Said {
  const [, words = '', inBrackets, behindDash] = /^(.*?)\s*(?:\((\d+)\)|– (\d+))$/s.exec(part) ?? [];
  const code = inBrackets ?? behindDash ?? (/^\d+$/.test(part) ? part : undefined);
  const said = code === part ? '' : code === undefined ? part.trim() : words.replace(/\s*–$/, '').trim();
  return { ...(code !== undefined && { code }), ...(said !== '' && { text: said }) };
}
