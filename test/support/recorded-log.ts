export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly facts: Readonly<Record<string, unknown>>;
  readonly text: string;
}

type Write = (facts: object, text: string) => void;

/** A logger that can be read. */
export interface RecordedLog {
  readonly lines: readonly LogLine[];
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

export function recordLog(): RecordedLog {
  const lines: LogLine[] = [];
  const write =
    (level: LogLine['level']): Write =>
    (facts, text) =>
      void lines.push({ level, facts: { ...facts }, text });
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
