import { Refusal } from '../domain/errors.ts';
import type { What } from '../domain/keys/reveal-key.ts';
import type { BoundReveal } from '../domain/keys/reveal-tokens.ts';
import { issueToken, useToken } from '../domain/keys/use-token.ts';
import type { Answer, Turn } from './engine/flow.ts';
import type { PageSession } from './engine/messenger.ts';
import type { Choice } from './keys-choice.ts';
import { idOf, type KeysReply, type OfOrder } from './keys-data.ts';

/** What the one-time token of a page stands for. It counts for the purchase that the conversation is about, and no other. */
export async function boundBy(
  { world, who, data }: Turn<OfOrder>,
  { page: { tenantId, token } = { tenantId: '' } }: Answer,
): Promise<BoundReveal | undefined> {
  if (token === undefined) return undefined;
  const bound = await useToken(world, who, { value: token, tenantId });
  if (bound.orderId !== data.orderId || bound.lineNumber !== data.lineNumber)
    throw new Refusal('token-refused', { why: 'unknown' });
  return bound;
}

export async function giveToken(
  { world, who, data }: Turn<OfOrder>,
  { tenantId }: PageSession,
  { offered: { version, option } }: Choice,
  items: readonly What[],
): Promise<KeysReply> {
  const { customerId, customerName, orderId, orderNumber, lineNumber } = data;
  const choice = { version: idOf(version), language: option?.languageCode, architecture: option?.architecture };
  const about = { customerId, customerName, orderId, orderNumber, lineNumber, item: version.title, items, choice };
  return { kind: 'token', token: await issueToken(world, who, { personId: who.id, tenantId, ...about }) };
}
