import { z } from 'zod';
import type { DownloadOption, Keys } from '../../domain/keys/entitlement.ts';
import { Secret } from '../../domain/secret.ts';
import { createCache } from '../../microsoft/cache.ts';
import type { Timer } from '../../microsoft/timer.ts';
import { isKind, PartnerCenterError } from '../client/errors.ts';
import { pathOf } from '../client/links.ts';
import { readAll } from '../client/paging.ts';
import type { Api, Call } from '../client/request.ts';
import { amount, id, link, listOf, maybe, shape, text } from '../client/wire.ts';

/** The contract of June 2018, withdrawn a month later (docs/partner-center.md#entitlements-keys-and-downloads). */
/** A number or an object in its place is no key. */
const productKey = shape({ productKey: z.string().nullish() });
const downloadOption = shape({
  optionKey: id,
  optionTitle: maybe(text),
  displayRank: maybe(amount),
  cpUandFileType: maybe(text),
  languageCode: maybe(text),
  languageName: maybe(text),
  fileSize: maybe(amount),
});
export const downloadOptions = listOf(downloadOption);
const downloadLink = shape({ uri: link });

/** `undefined`: there is none in the answer. Its length is not checked: texts and samples differ. */
export function toProductKey(body: unknown): Secret<string> | undefined {
  const key = productKey.parse(body).productKey?.trim();
  return key ? new Secret(key) : undefined;
}

/** In the order in which Partner Center ranks them. */
export function toDownloadOptions(wires: readonly z.output<typeof downloadOption>[]): DownloadOption[] {
  return [...wires]
    .sort((a, b) => (a.displayRank ?? 0) - (b.displayRank ?? 0))
    .map((wire) => ({
      id: wire.optionKey,
      title: wire.optionTitle ?? '',
      languageCode: wire.languageCode ?? '',
      languageName: wire.languageName ?? wire.languageCode ?? '',
      architecture: wire.cpUandFileType?.split(',')[0]?.trim() ?? '',
      ...(wire.fileSize === undefined ? {} : { sizeBytes: wire.fileSize }),
    }));
}

export function toDownloadLink(body: unknown): Secret<string> {
  return new Secret(downloadLink.parse(body).uri);
}

/** Nobody knows how the withdrawn calls are refused today; a role that is missing says so by its code. */
function throwOffered(error: unknown): never {
  const isOurs = error instanceof PartnerCenterError && !error.remedy;
  const isWithdrawn = isOurs && (error.status === 501 || (error.status === 403 && error.code === undefined));
  if (!isWithdrawn) throw error;
  const { operation, status, code, description, correlationId } = error;
  throw new PartnerCenterError({
    operation,
    status,
    code,
    description,
    correlationId,
    kind: 'not-offered',
    cause: error,
  });
}

/** Which languages and bitnesses there are is catalogue; no key and no link is kept. */
const optionsMs = 10 * 60_000;
/** Of all lists together: about 20 MB. */
const optionsAtMost = 50_000;

export function createKeys(
  api: Api,
  { url, timer }: { readonly url: string; readonly timer: Timer },
): Omit<Keys, 'entitlements'> {
  const knownOptions = createCache<DownloadOption[]>({
    timer,
    size: optionsAtMost,
    sizeOf: (options) => options.length,
    keepMs: () => optionsMs,
  });

  const optionsPath = (productId: string, skuId: string) =>
    `/v1/products/${encodeURIComponent(productId)}/skus/${encodeURIComponent(skuId)}/downloadoptions`;

  return {
    async productKey({ keyRef }) {
      const operation = 'getProductKey';
      if (!keyRef) throw new PartnerCenterError({ operation, kind: 'not-offered' });
      const call: Call = { operation, method: 'GET', path: pathOf(keyRef, url, operation), token: 'user' };
      const key = await api.read(call, toProductKey).catch(throwOffered);
      if (key) return key;
      throw new PartnerCenterError({ operation, kind: 'not-found' });
    },

    async downloadOptions({ productId, skuId }, country) {
      const path = optionsPath(productId, skuId);
      const call: Call = { operation: 'listDownloadOptions', method: 'GET', path, query: { country }, token: 'user' };
      try {
        const read = async () => toDownloadOptions(await readAll(api, call, downloadOptions));
        return await knownOptions.get(`${country} ${productId} ${skuId}`, read);
      } catch (error) {
        return isKind(error, 'not-found', 'not-offered') ? undefined : throwOffered(error);
      }
    },

    downloadLink({ productId, skuId }, country, optionId) {
      const path = `${optionsPath(productId, skuId)}/${encodeURIComponent(optionId)}/downloadlink`;
      const call: Call = { operation: 'getDownloadLink', method: 'GET', path, query: { country }, token: 'user' };
      return api.read(call, toDownloadLink).catch(throwOffered);
    },
  };
}
