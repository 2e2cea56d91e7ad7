/** They turn the direction of what stands behind them, or do nothing that can be seen: `\p{Cc}` but for tab and line end. */
const misleading = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]|(?![\t\n\r])\p{Cc}/gu;

/** What strangers wrote, to be shown or sent: it cannot turn what stands beside it. */
export function asShown(text: string): string {
  return text.toWellFormed().replace(misleading, '');
}

/** The same with each text in it, however deep: what is made into JSON for people to read. Files and the like stay as they are. */
export function allShown<T>(value: T): T {
  return showEach(value) as T;
}

function showEach(value: unknown): unknown {
  if (typeof value === 'string') return asShown(value);
  if (Array.isArray(value)) return value.map(showEach);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, showEach(one)]));
}
