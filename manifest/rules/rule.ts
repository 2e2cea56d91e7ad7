import type { AppPackage } from '../manifest.ts';

/** Something that Teams' upload refuses, or that cannot work in Teams, although the schema allows it. */
export interface UploadRule {
  readonly id: string;
  /** What must hold, in a sentence. */
  readonly what: string;
  readonly why: string;
  /** Where the fact stands. */
  readonly source: string;
  /**
   * How sure the fact is, in the words of docs/teams.md. `open`: what breaks it cannot work in Teams; whether the upload
   * itself refuses it is not known.
   */
  readonly sure: 'documented' | 'reported' | 'open';
  /** One sentence for each place that breaks it. */
  check(app: AppPackage): readonly string[];
}
