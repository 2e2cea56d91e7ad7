/** What a fault may ask for besides how often and for which calls. */
interface Parts {
  status?: unknown;
  body?: unknown;
  headers?: unknown;
  retryAfter?: unknown;
  dropBeforeWork?: boolean | undefined;
  afterWork?: boolean | undefined;
  dropAfterWork?: boolean | undefined;
  truncate?: boolean | undefined;
  notJson?: boolean | undefined;
  wrongType?: boolean | undefined;
}

type Part = keyof Parts;

const ANSWER: Part[] = ['status', 'body', 'retryAfter', 'notJson'];
const CHANGES: Part[] = ['truncate', 'wrongType'];

/** Does the fault tell an answer of its own? */
export function saysWhatToAnswer(fault: Parts): boolean {
  return present(fault, ANSWER).length > 0;
}

/** One sentence for each part that leaves no room for others of the fault; none for a fault that can be carried out. */
export function ignoredParts(fault: Parts): string[] {
  const clashes: [Part, Part[]][] = [
    ['dropBeforeWork', [...ANSWER, ...CHANGES, 'headers', 'afterWork', 'dropAfterWork']],
    ['dropAfterWork', [...ANSWER, ...CHANGES, 'headers', 'afterWork']],
    ['notJson', ['body', 'wrongType']],
  ];
  // The real answer is changed, unless the work is done and the fault's answer given after it.
  if (!fault.afterWork) clashes.push(['truncate', ANSWER], ['wrongType', ANSWER]);
  // A text has no values.
  else if (typeof fault.body === 'string') clashes.push(['wrongType', ['body']]);
  return clashes
    .filter(([part]) => fault[part] === true)
    .map(([part, others]) => [part, present(fault, others)] as const)
    .filter(([, ignored]) => ignored.length > 0)
    .map(([part, ignored]) => `${part} cannot be combined with ${ignored.join(', ')}, which would be ignored`);
}

/** A switch that is off is not there; `false` as a body is. */
function present(fault: Parts, parts: Part[]): Part[] {
  return parts.filter((part) => fault[part] !== undefined && (fault[part] !== false || part === 'body'));
}
