import type { Product } from '../catalogue.ts';
import { digest, numberFrom } from '../hash.ts';

/** A file to download: language and bitness of one version. The version is the product itself. */
export interface DownloadOption {
  optionKey: string;
  optionTitle: string;
  displayRank: number;
  cpUandFileType: string;
  languageCode: string;
  languageName: string;
  fileSize: number;
  fileName: string;
}

export function downloadOptions(product: Product): DownloadOption[] {
  const { media } = product;
  if (media === undefined) return [];
  const names = new Intl.DisplayNames(['en'], { type: 'language', languageDisplay: 'standard' });
  return media.languages.flatMap((languageCode) =>
    media.bits.map((bits): DownloadOption => {
      const languageName = names.of(languageCode) ?? languageCode;
      return {
        optionKey: optionKey(product.id, languageCode, bits),
        optionTitle: product.title,
        displayRank: 0,
        cpUandFileType: `${bits} Bit, ISO`,
        languageCode,
        languageName,
        fileSize: media.megabytes * 1_048_576 + numberFrom(40_000, product.id, languageCode, bits) * 1024,
        fileName: `${media.fileName}_${bits}Bit_${languageName.replaceAll(/[^A-Za-z]+/g, '_')}.ISO`,
      };
    }),
  );
}

/** Base64 with everything that needs care in an address: `=`, and now and then `/` or `+`. */
function optionKey(productId: string, languageCode: string, bits: number): string {
  const salt = digest('option', productId, languageCode, bits).subarray(0, 6);
  return Buffer.concat([salt, Buffer.from(`${bits} Bit, ISO`)]).toString('base64');
}
