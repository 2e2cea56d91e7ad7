import type { StoreKeeper } from '../store-keeper.ts';
import type { Answer, Call, Errand, Route } from './call.ts';
import { admit, withMfaReport } from './door.ts';
import { asGraphAnswers } from './graph-errors.ts';
import { outcomeId, rememberedOutcome, rememberOutcome } from './outcomes.ts';
import { queryOf } from './read-body.ts';
import { refusalOf } from './refusal-of.ts';
import type { Throttle } from './throttle.ts';
import type { Turns } from './turns.ts';

interface Tools {
  keeper: StoreKeeper;
  throttle: Throttle;
  turns: Turns;
}

/** The answer to a call, in the manner of the service that was called. */
export async function work(tools: Tools, errand: Errand): Promise<Answer> {
  const answer = await answerOf(tools, errand);
  const { access } = errand.route ?? errand.others[0] ?? {};
  if (access !== 'graph') return answer;
  return asGraphAnswers(answer, errand.sent, tools.keeper.world().clock.now());
}

/** A refusal at the door, an outcome that is remembered, or what the handler gives. */
async function answerOf({ keeper, throttle, turns }: Tools, errand: Errand): Promise<Answer> {
  const { sent, delay } = errand;
  const admission = admit(keeper.world(), throttle, errand);
  if ('refusal' in admission) {
    await delay();
    return admission.refusal;
  }
  const { caller, route } = admission;
  const perform = async () => {
    await delay();
    const world = keeper.world();
    const query = queryOf(new URL(sent.path, 'http://localhost').searchParams);
    const call: Call = { ...sent, world, now: world.clock.now(), query, caller };
    return rememberedOutcome(call) ?? (await handled(route, call));
  };
  const turn = route.turn?.(sent.params);
  if (turn === undefined) return perform();
  return turns
    .take(turn, outcomeId(sent), perform)
    .catch((error: unknown) => withMfaReport(sent.headers, caller, refusalOf(error)));
}

/** Handlers do their work in one go, so that two calls under one MS-RequestId cannot get between each other. */
async function handled(route: Route, call: Call): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await route.handle(call);
  } catch (error) {
    answer = refusalOf(error);
  }
  answer = withMfaReport(call.headers, call.caller, answer);
  if (route.access !== 'open' && route.access !== 'graph') rememberOutcome(call, answer);
  return answer;
}
