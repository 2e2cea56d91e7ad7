import { z } from 'zod';
import { showServiceRequest } from '../show/show-service-request.ts';
import { showState } from '../show/show-state.ts';
import { COLLEAGUE } from '../sign-in/partner.ts';
import type { Extent } from '../store.ts';
import { newTicketSchema } from '../support/new-ticket.ts';
import { REFUND_TOPIC } from '../support/support.ts';
import { fileTicket } from '../support/support-agent.ts';
import type { Answer } from './call.ts';
import { faultSchema } from './faults.ts';
import type { Counter } from './serve.ts';

/** The control API of the design, section 11: for tests, on the same port, under `/__simulator/`. */
export interface ControlRoute {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  handle(counter: Counter, text: string): Answer;
}

const MOST_CUSTOMERS = 50_000;
const MOST_SKUS = 100_000;

const clockSchema = z.union([
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceSeconds: z.number() }),
]);
/** Another world for the same partner: what is left out is as at the start. */
const extentSchema = z.strictObject({
  customers: z.number().int().min(1).max(MOST_CUSTOMERS).optional(),
  skus: z.number().int().min(0).max(MOST_SKUS).optional(),
  seed: z.number().int().optional(),
});

/** As the portal's form for refunds sends it; the rest can be given as in the API's own call. */
const portalTicketSchema = newTicketSchema.extend({
  severity: newTicketSchema.shape.severity.default('minimal'),
  supportTopicId: newTicketSchema.shape.supportTopicId.default(REFUND_TOPIC.id),
  /** A colleague's ticket is one of the organisation's, and not the service account's own. */
  filedBy: z.enum(['colleague', 'service-account']).default('colleague'),
});
/** One or a list. Not a union of the two, which would not tell what is wrong. */
const faultsSchema = z.preprocess((sent) => (Array.isArray(sent) ? sent : [sent]), z.array(faultSchema));

export const CONTROL_ROUTES: ControlRoute[] = [
  { method: 'GET', path: '/__simulator/state', handle: ({ keeper }) => answer(showState(keeper.world())) },
  { method: 'GET', path: '/__simulator/requests', handle: ({ log }) => answer(log.all()) },
  { method: 'GET', path: '/__simulator/faults', handle: ({ faults }) => answer(faults.list()) },
  {
    method: 'POST',
    path: '/__simulator/faults',
    handle: ({ faults }, text) =>
      checked(faultsSchema, text, (wanted) => {
        faults.add(wanted);
        return faults.list();
      }),
  },
  {
    method: 'DELETE',
    path: '/__simulator/faults',
    handle({ faults }) {
      faults.clear();
      return answer([]);
    },
  },
  {
    method: 'POST',
    path: '/__simulator/clock',
    handle: (counter, text) =>
      checked(clockSchema, text, (wanted) => {
        const { clock } = counter.keeper.world();
        if ('now' in wanted) clock.setTo(Date.parse(wanted.now));
        else clock.advance(wanted.advanceSeconds * 1000);
        counter.keeper.touch();
        counter.keeper.saveIfChanged();
        counter.afterwards();
        return { now: new Date(clock.now()).toISOString() };
      }),
  },
  {
    // Somebody files a ticket in the portal: in mode `today` the only way there is.
    method: 'POST',
    path: '/__simulator/tickets',
    handle: ({ keeper }, text) =>
      checked(portalTicketSchema, text, ({ filedBy, ...wanted }) => {
        const world = keeper.world();
        const userName = filedBy === 'colleague' ? COLLEAGUE : world.partner.userName;
        const filing = { now: world.clock.now(), caller: { userName } };
        const filed = fileTicket(world, filing, wanted);
        keeper.touch();
        keeper.saveIfChanged();
        return showServiceRequest(filed, world.partner, filing.now);
      }),
  },
  {
    method: 'POST',
    path: '/__simulator/reset',
    handle(counter, text) {
      const reset = (wanted: Partial<Extent>) => {
        resetAll(counter, wanted);
        return { now: new Date(counter.keeper.world().clock.now()).toISOString() };
      };
      return text.trim() === '' ? answer(reset({})) : checked(extentSchema, text, reset);
    },
  },
];

/** Back to the seed: the world, the clock, and what tests asked for. */
export function resetAll({ keeper, faults, log, throttle, afterwards }: Counter, wanted: Partial<Extent> = {}): void {
  keeper.reset(wanted);
  faults.clear();
  log.clear();
  throttle.reset();
  afterwards();
}

function answer(body: unknown): Answer {
  return { status: 200, body };
}

function checked<T>(schema: z.ZodType<T>, text: string, act: (wanted: T) => unknown): Answer {
  const parsed = schema.safeParse(parseOrUndefined(text));
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  return answer(act(parsed.data));
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
