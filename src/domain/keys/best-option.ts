import type { DownloadOption } from './entitlement.ts';

/** What somebody chose: a language by its code, an architecture by its name. */
export interface ChosenDownload {
  readonly language?: string;
  readonly architecture?: string;
}

/** The downloads that are what was chosen. */
export function matchingOptions(
  options: readonly DownloadOption[],
  { language, architecture }: ChosenDownload,
): DownloadOption[] {
  return options.filter(
    (one) =>
      (language === undefined || one.languageCode === language) &&
      (architecture === undefined || one.architecture === architecture),
  );
}

/**
 * The likeliest download: what was chosen, as far as it exists; else the language of the customer's country, else
 * English, and 64 bit. Of equals, the first.
 */
export function bestOption(
  options: readonly DownloadOption[],
  { language, architecture }: ChosenDownload,
  country: string,
): DownloadOption | undefined {
  const own = languageOf(country);
  const likely = ({ languageCode, architecture: bits }: DownloadOption): number => {
    const [spoken] = languageCode.toLowerCase().split('-');
    return (
      (languageCode === language ? 32 : 0) +
      (spoken === own ? 16 : 0) +
      (languageCode.toLowerCase() === `${own}-${country.toLowerCase()}` ? 8 : 0) +
      (spoken === 'en' ? 4 : 0) +
      (bits === architecture ? 2 : 0) +
      (/64/.test(bits) ? 1 : 0)
    );
  };
  return options.reduce<DownloadOption | undefined>(
    (best, one) => (best === undefined || likely(one) > likely(best) ? one : best),
    undefined,
  );
}

/** `PL`: `pl`. What is no country speaks nothing. */
function languageOf(country: string): string | undefined {
  return /^[A-Z]{2}$/i.test(country) ? new Intl.Locale('und', { region: country }).maximize().language : undefined;
}
