import type { Pool } from 'pg';
import { type Language, type LanguageChoices, languageOf } from '../domain/people/languages.ts';

export function createLanguageChoices(pool: Pool): LanguageChoices {
  return {
    async of(keys) {
      const { rows } = await pool.query<{ key: string; language: string }>({
        name: 'languages',
        text: 'select key, language from software_desk.languages where key = any($1)',
        values: [keys],
      });
      return new Map(
        rows.flatMap(({ key, language }): [string, Language][] => {
          const known = languageOf(language);
          return known ? [[key, known]] : [];
        }),
      );
    },

    async put(key, language, chosenBy) {
      await pool.query(
        `insert into software_desk.languages (key, language, chosen_by, chosen_at) values ($1, $2, $3, now())
         on conflict (key) do update
           set language = excluded.language, chosen_by = excluded.chosen_by, chosen_at = excluded.chosen_at`,
        [key, language, chosenBy],
      );
    },
  };
}
