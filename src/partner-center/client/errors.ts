import type { OutsideKind, OutsideMeaning } from '../../domain/errors.ts';
import { type FailureFacts, MicrosoftError } from '../../microsoft/errors.ts';

/** Partner Center failed or declined. `description` is its own sentence, with the remedy for the operator added. */
export class PartnerCenterError extends MicrosoftError {
  constructor(facts: FailureFacts) {
    super({ service: 'Partner Center', ...facts });
    this.name = 'PartnerCenterError';
  }
}

export function isKind(error: unknown, ...kinds: readonly OutsideKind[]): error is PartnerCenterError {
  return error instanceof PartnerCenterError && kinds.includes(error.kind);
}

export function hasCode(error: unknown, ...codes: readonly string[]): error is PartnerCenterError {
  return error instanceof PartnerCenterError && codes.includes(error.code ?? '');
}

/** For `catch`: `undefined` in place of a refusal of these kinds; whatever else went wrong stays an error. */
export function undefinedOn(...kinds: readonly OutsideKind[]): (error: unknown) => undefined {
  return (error) => {
    if (!isKind(error, ...kinds)) throw error;
  };
}

/** For `catch` of a list: an empty one in place of a refusal of these kinds. */
export function emptyOn(...kinds: readonly OutsideKind[]): (error: unknown) => never[] {
  const catchKinds = undefinedOn(...kinds);
  return (error) => catchKinds(error) ?? [];
}

/** No other call would be answered either, or an administrator has to do something first. */
function stopsAll(error: unknown): boolean {
  if (!(error instanceof PartnerCenterError) || error.remedy !== undefined) return true;
  return isKind(error, 'unauthorized', 'throttled', 'unreachable');
}

/** For `catch`, of one question among several: `undefined` where it alone was refused or failed. */
export function undefinedWhereItAlone(error: unknown): undefined {
  if (stopsAll(error)) throw error;
}

/** For `catch`, of what is only an advice: `undefined` where Partner Center or the sign-in failed in any way. */
export function undefinedWhereFailed(error: unknown): undefined {
  if (!(error instanceof MicrosoftError)) throw error;
}

/** Codes that say more than the status they come with: one code may come with several (docs/partner-center.md#error-codes). */
const conflict = new Set(['2055', '800014', '800060', '800064', '800065', '900278']);
const notFound = new Set(['20000', '20003', '60003', '400013', '400018', '600074', '800008']);
const forbidden = new Set(['2032', '90000', '900123', '900124', '900149', '900150', '900308', '900309', '900329']);

/** Codes of a service that has failed, whatever the status: the work may have been done. */
const failed = new Set(['800003', '800005', '900192']);

/**
 * What a failure means to the caller. 403 is a missing right or a business no; only the code tells which. A refusal
 * can come with a good status (`isRefusedAllTheSame`): then the code alone tells.
 */
export function kindOf(
  status: number,
  code: string | undefined,
  { isRefusedAllTheSame = false }: { readonly isRefusedAllTheSame?: boolean } = {},
): OutsideKind {
  if (status === 401) return 'unauthorized';
  if (status === 429) return 'throttled';
  const isFailure = status < 400 ? !isRefusedAllTheSame || failed.has(code ?? '') : status === 408 || status >= 500;
  if (isFailure) return 'unexpected';
  if (code !== undefined && conflict.has(code)) return 'conflict';
  if (code !== undefined && notFound.has(code)) return 'not-found';
  if (status === 403) return code === undefined || forbidden.has(code) ? 'forbidden' : 'declined';
  if (isRefusedAllTheSame && code !== undefined && forbidden.has(code)) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 405 || status === 410) return 'not-offered';
  return status === 409 ? 'conflict' : 'declined';
}

/** Refusals of a cancellation or an order that lead somewhere. */
const meanings: Readonly<Record<string, OutsideMeaning>> = {
  '800061': 'ticket-needed',
  '800062': 'ticket-needed',
  '900117': 'ticket-needed',
  '800014': 'adjustment-pending',
  '900278': 'adjustment-pending',
  '800063': 'use-subscription',
  '800077': 'use-subscription',
  '800060': 'not-ready',
  '800007': 'not-ready',
  '20002': 'no-relationship',
  '800073': 'account-blocked',
  '800074': 'account-blocked',
  '800075': 'account-blocked',
  '900416': 'account-blocked',
  '13605': 'agreement-missing',
  '800086': 'not-qualified',
  '400030': 'not-qualified',
  '900203': 'attestation-missing',
  '900206': 'partner-attestation-missing',
};

export function meaningOf(code: string | undefined): OutsideMeaning | undefined {
  return code === undefined ? undefined : meanings[code];
}
