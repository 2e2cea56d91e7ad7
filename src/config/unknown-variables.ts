import { closest, distance } from 'fastest-levenshtein';
import { secretFileNames, type Variables, variableNames } from './schema.ts';

/** A variable that is set and never read, although its name looks like one of ours. */
export interface UnknownVariable {
  readonly name: string;
  /** The known name that is most like it. */
  readonly nearest: string;
}

/** No other program is known to use names that begin like these. */
const ourPrefixes = ['PARTNER_CENTER_', 'SIMULATOR_', 'KEY_REVEAL', 'MicrosoftApp', 'ToChannelFromBot', 'ToBotFrom'];

/** `MICROSOFT_APP_ID` and `microsoftappid` are meant to be `MicrosoftAppId`. */
const lettersOf = (name: string): string => name.replaceAll('_', '').toLowerCase();

const names: readonly string[] = [...variableNames, ...secretFileNames];
const known = new Map(names.map((name) => [lettersOf(name), name]));
const prefixes = ourPrefixes.map(lettersOf);

/** Variables whose names are probably misspelt. */
export function findUnknownVariables(variables: Variables): UnknownVariable[] {
  return Object.keys(variables)
    .filter((name) => variables[name]?.trim() && !names.includes(name))
    .flatMap((name) => {
      const nearest = nearestName(lettersOf(name));
      // The same value is there under the right name too. On Windows it always is when only the case differs.
      return nearest === undefined || variables[nearest] === variables[name] ? [] : [{ name, nearest }];
    });
}

function nearestName(written: string): string | undefined {
  const nearest = closest(written, [...known.keys()]);
  if (distance(written, nearest) <= mostMistakes(nearest)) return known.get(nearest);
  if (!prefixes.some((prefix) => written.startsWith(prefix))) return undefined;
  // SIMULATOR_DELAY is short for SIMULATOR_DELAY_SECONDS, and not a misspelt SIMULATOR_PORT.
  const longer = [...known.keys()].filter((name) => isAbbreviation(written, name));
  return known.get(longer.length > 0 ? closest(written, longer) : nearest);
}

/** PORT and HOST resemble too many names of other programs: there only upper and lower case may differ. */
function mostMistakes(name: string): number {
  if (name.length < 6) return 0;
  return name.length < 10 ? 1 : 2;
}

/** Whether the name becomes the longer one by adding letters alone. */
function isAbbreviation(name: string, longer: string): boolean {
  return distance(name, longer) === longer.length - name.length;
}
