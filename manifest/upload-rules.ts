import { addressesRules } from './rules/addresses.ts';
import { channelsRules } from './rules/channels.ts';
import { commandsRules } from './rules/commands.ts';
import { filesRules } from './rules/files.ts';
import { languagesRules } from './rules/languages.ts';
import { namesRules } from './rules/names.ts';
import type { UploadRule } from './rules/rule.ts';

/** What a package must keep besides the schema; see docs/teams.md, "The app package". */
export const uploadRules: readonly UploadRule[] = [
  ...namesRules,
  ...filesRules,
  ...channelsRules,
  ...addressesRules,
  ...commandsRules,
  ...languagesRules,
];
