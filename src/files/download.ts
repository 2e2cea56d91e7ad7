import { maxFileBytes, plainFileName } from '../domain/cancellations/ticket-file.ts';
import type { SentFile, SentFiles } from '../domain/cancellations/ticket-files.ts';
import { Refusal } from '../domain/errors.ts';
import { type HttpAnswer, NoAnswer, sendRequest } from '../microsoft/http.ts';
import { isFileHost } from './file-hosts.ts';

const timeoutMs = 60_000;
const mostRedirects = 3;

/**
 * Fetches what a person has sent to the bot from where Teams has put it, and puts what they want where Teams says: a signed
 * address that is good for minutes and for whoever has it, so it is asked without a token and stands in no log. Each redirect
 * of a download is held to the same hosts; an upload follows none.
 */
export function createSentFiles({ isLoopbackAllowed }: { readonly isLoopbackAllowed: boolean }): SentFiles {
  async function get(address: string, redirects = 0): Promise<HttpAnswer | undefined> {
    if (!isFileHost(address, isLoopbackAllowed)) return undefined;
    const request = { method: 'GET', url: address, headers: {}, timeoutMs, atMostBytes: maxFileBytes };
    const answer = await sendRequest(request);
    const next = answer.headers.get('location');
    const isRedirect = answer.status >= 300 && answer.status < 400 && next !== null && URL.canParse(next, address);
    if (isRedirect && redirects < mostRedirects) return get(new URL(next, address).href, redirects + 1);
    return answer.status === 200 ? answer : undefined;
  }

  return {
    async load({ name, address }: SentFile) {
      try {
        const answer = await get(address.reveal());
        if (answer) return answer.bytes;
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        if (error.reason === 'too-long')
          throw new Refusal('file-bad', { name: plainFileName(name), fault: 'too-large' });
      }
      throw new Refusal('file-not-fetched', { name: plainFileName(name) });
    },

    async put(address, bytes) {
      const url = address.reveal();
      if (!isFileHost(url, isLoopbackAllowed)) return false;
      const headers = {
        'Content-Type': 'application/octet-stream',
        'Content-Range': `bytes 0-${bytes.byteLength - 1}/${bytes.byteLength}`,
      };
      try {
        const { status } = await sendRequest({ method: 'PUT', url, headers, body: bytes, timeoutMs });
        return status === 200 || status === 201;
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        return false;
      }
    },
  };
}
