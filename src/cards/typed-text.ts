const maxLength = 4000;

/** Characters that databases refuse go, and nothing is longer than 4000; a pair is not cut in the middle. */
export function clean(text: string): string {
  const whole = text.length > maxLength ? text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '') : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is for
  return whole.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '');
}

/** Nothing is seen of these: format and direction marks, joiners, fillers, variation selectors. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** These look like a blank and are none. */
const blanks = /[\u2800\u3164\uFFA0]/g;

/** As it looks: without invisible characters, with plain blanks and hyphens. For what is filled in on a card. */
export function asItLooks(text: string): string {
  return clean(text.replace(blanks, ' ').replace(invisible, ''))
    .replace(/[^\S\n\r\t]/g, ' ')
    .replace(/[\u2010\u2011]/g, '-');
}

/** What was typed: without autocorrected quotes and dashes, invisible characters, no-break spaces; line breaks stay. */
export function asTyped(text: string): string {
  return text
    .normalize('NFC')
    .replace(blanks, ' ')
    .replace(invisible, '')
    .replace(/[\u2018\u2019\u201A\u201B\u2032\u00B4]/g, "'")
    .replace(/[\u201C-\u201F\u2033\u00AB\u00BB]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}
