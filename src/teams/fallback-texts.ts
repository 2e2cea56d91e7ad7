import type { OtherReaders } from '../domain/people/place.ts';
import type { Stranger } from './inbound/who.ts';

/** The few sentences that are said when no flow could say anything; in the language of the device, where it tells one. */
export interface FallbackTexts {
  stillWorking(locale: string | undefined): string;
  /** Something broke; the reference number is in the log. */
  fault(locale: string | undefined, turnId: string): string;
  notStaff(locale: string | undefined, why: Stranger): string;
  notUnderstood(locale: string | undefined): string;
  /** What may be typed after a fault. */
  suggestions(locale: string | undefined): readonly string[];
  notShownHere(locale: string | undefined, readers: OtherReaders): string;
}
