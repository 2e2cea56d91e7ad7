/**
 * How soon is a change noticed, and what does it cost? Fills a database on the server of DATABASE_URL (with a role that may
 * set `session_replication_role`) with open cases whose orders never change, adds some whose orders cannot be read at all,
 * and some that change one after the other, as colleagues and Microsoft change them: two of three orders are cancelled at
 * Partner Center, and the ticket of each third case asks something.
 *
 *   DATABASE_URL=… npm run bench:tracking -- --open-cases 100000 --changes-an-hour 200 --minutes 60 --poisoned 200 --processes 2
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createPartnerCenter, type PartnerCenter } from '../src/partner-center/index.ts';
import { defaultAccount } from '../src/simulator/index.ts';
import { recordLog } from '../test/support/recorded-log.ts';
import { callAsPortal, controlSimulator } from '../test/support/simulator-control.ts';
import { fillFiledCases, fillRecords, type RealOrder, referenceOf } from './fill.ts';
import { onDatabase, withOwnDatabase } from './own-database.ts';
import { startDesk, startSimulator } from './processes.ts';
import { startTeams } from './teams.ts';

const { values } = parseArgs({
  options: {
    'open-cases': { type: 'string', default: '10000' },
    'changes-an-hour': { type: 'string', default: '200' },
    minutes: { type: 'string', default: '60' },
    /** Cases whose order answers 403 whenever it is read. */
    poisoned: { type: 'string', default: '200' },
    processes: { type: 'string', default: '1' },
    'track-seconds': { type: 'string', default: '60' },
  },
});
const server = process.env.DATABASE_URL;
if (!server) throw new Error('DATABASE_URL must name a PostgreSQL server on which a database can be made');

const openCases = Number(values['open-cases']);
const minutes = Number(values.minutes);
const trackSeconds = Number(values['track-seconds']);
const pauseMs = 3_600_000 / Number(values['changes-an-hour']);
const changes = Math.max(1, Math.floor((minutes * 60_000) / pauseMs));

/** A product of the simulator that every customer may buy. */
const [productId, skuId] = ['DG7GMGF0PN51', '0001'];

async function buy({ catalog, ordering }: PartnerCenter, customerId: string): Promise<RealOrder | undefined> {
  const [{ catalogItemId } = { catalogItemId: '' }] = await catalog.availabilities(customerId, productId, skuId);
  const line = { catalogItemId, quantity: 1, billingCycle: 'one_time' };
  const cart = await ordering.createCart(customerId, [line], randomUUID());
  const { orders } = await ordering.checkout(customerId, cart.id, randomUUID());
  const [order] = orders;
  return order && { id: order.id, number: order.number ?? order.id, customerId };
}

/** So many orders, each of another customer where there are enough. */
async function buyMany(center: PartnerCenter, customerIds: readonly string[], count: number): Promise<RealOrder[]> {
  const bought: RealOrder[] = [];
  const refused = new Set<string>();
  for (let number = 0; bought.length < count; number += 1) {
    const customerId = customerIds[number % customerIds.length] ?? '';
    if (refused.size === customerIds.length) throw new Error('no customer may buy');
    if (refused.has(customerId)) continue;
    const order = await buy(center, customerId).catch(() => undefined);
    if (order) bought.push(order);
    else refused.add(customerId);
  }
  return bought;
}

interface Change {
  readonly reference: string;
  change(): Promise<unknown>;
}

interface Changed {
  readonly reference: string;
  readonly at: number;
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

async function run(databaseUrl: string): Promise<void> {
  const teams = await startTeams();
  const simulator = await startSimulator({ customers: 1000 });
  const control = controlSimulator(() => simulator.url);
  const center = createPartnerCenter({
    ...defaultAccount(),
    url: simulator.url,
    authority: simulator.url,
    clock: { now: () => new Date() },
    log: recordLog(),
  });
  const options = {
    connectorUrl: teams.url,
    databaseUrl,
    simulator,
    env: { TRACK_SECONDS: String(trackSeconds) },
  };
  // The bot itself makes the tables.
  await (await startDesk(options)).stop();
  await onDatabase(databaseUrl, (client) => client.query(`delete from software_desk_jobs.job where name = 'sweep'`));

  const customerIds = (await control.state('customers')).customers.map(({ id }) => String(id));
  const byTicket = Math.floor(changes / 3);
  const orders = await buyMany(center, customerIds, changes + Number(values.poisoned));
  const cancelled = orders.slice(0, changes - byTicket);
  const asked = orders.slice(cancelled.length, changes);
  const poisoned = orders.slice(changes);
  const portal = (method: string, path: string, body: object) => callAsPortal(simulator.url, method, path, body);
  const ticketIds: string[] = [];
  for (const order of asked) {
    const title = `Refund [${referenceOf(order)}]`;
    const id = await control.fileTicket({ title, description: `Our reference: ${referenceOf(order)}` });
    await portal('PATCH', `/v1/servicerequests/${id}`, { status: 'open' });
    ticketIds.push(id);
  }
  await onDatabase(databaseUrl, async (client) => {
    await fillRecords(client, { cases: openCases, openCases, drafts: 0 });
    await fillFiledCases(client, [...poisoned, ...cancelled]);
    await fillFiledCases(client, asked, ticketIds);
  });
  await control.fault(
    ...poisoned.map(({ customerId, id }) => ({
      method: 'GET',
      path: `/customers/${customerId}/orders/${id}`,
      status: 403,
      times: 1_000_000_000,
    })),
  );
  const work: Change[] = [
    ...cancelled.map((order) => ({
      reference: referenceOf(order),
      change: () => center.ordering.cancel(order.customerId, order.id, [], randomUUID()),
    })),
    ...asked.map((order, index) => ({
      reference: referenceOf(order),
      change: () => portal('PATCH', `/v1/servicerequests/${ticketIds[index]}`, { status: 'attention_needed' }),
    })),
  ];
  process.stderr.write(
    `filled: ${openCases} open cases, ${poisoned.length} poisoned, ${work.length} that will change\n`,
  );

  const desks = [];
  for (let number = 0; number < Number(values.processes); number += 1) desks.push(await startDesk(options));
  await pause(2 * trackSeconds * 1000);

  const told: Changed[] = [];
  const before = (await control.requests()).length;
  const began = Date.now();
  // The one kind and the other by turns, spread over the whole time.
  for (const [index, { reference, change }] of shuffle(work).entries()) {
    await pause(Math.max(0, began + index * pauseMs - Date.now()));
    const at = Date.now();
    await change();
    told.push({ reference, at });
  }
  await pause(3 * trackSeconds * 1000);
  const measuredMinutes = (Date.now() - began) / 60_000;
  const requests = (await control.requests()).slice(before);
  const ofPortal = told.length;
  const memory = await Promise.all(desks.map(async (desk) => (await desk.counts()).rssMb));
  const { noticed, sweeps } = await onDatabase(databaseUrl, async (client) => ({
    noticed: await client.query<{ reference: string; at: Date }>(
      `select reference, min(at) as at from software_desk.case_events where reference = any ($1) group by reference`,
      [told.map(({ reference }) => reference)],
    ),
    sweeps: await client.query<{ ms: number }>(
      `select (extract(epoch from completed_on - started_on) * 1000)::float8 as ms
       from software_desk_jobs.job where name = 'sweep' and completed_on is not null order by started_on`,
    ),
  }));
  for (const desk of desks) await desk.stop();
  await center.close();
  await simulator.stop();
  teams.close();

  const at = new Map(noticed.rows.map((row) => [row.reference, row.at.getTime()]));
  const seconds = told
    .flatMap(({ reference, at: changedAt }) => {
      const seenAt = at.get(reference);
      return seenAt === undefined ? [] : [(seenAt - changedAt) / 1000];
    })
    .toSorted((one, other) => one - other);
  const sweepMs = sweeps.rows.map(({ ms }) => ms).toSorted((one, other) => one - other);
  const calls = requests.filter(({ path }) => !path.includes('/oauth2/')).length - ofPortal;
  const refusedCalls = requests.filter(({ status }) => status === 403).length;
  const figures = {
    openCases: openCases + orders.length,
    processes: desks.length,
    minutes: measuredMinutes,
    changes: told.length,
    notNoticed: told.length - seconds.length,
    noticedAfterTwoSweeps: seconds.filter((one) => one > 2 * trackSeconds).length,
    secondsToNoticeP50: quantile(seconds, 0.5),
    secondsToNoticeP99: quantile(seconds, 0.99),
    callsAMinute: calls / measuredMinutes,
    callsOfPoisonedAMinute: refusedCalls / measuredMinutes,
    sweepMsP50: quantile(sweepMs, 0.5),
    sweepMsLongest: sweepMs.at(-1) ?? Number.NaN,
    memoryMb: Math.max(...memory),
  };
  for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(26)} ${Math.round(value * 10) / 10}`);
  if (figures.notNoticed > 0) process.exitCode = 1;
}

/** The same order each time. */
function shuffle<T>(items: readonly T[]): T[] {
  const order = items.map((item, index) => ({ item, at: (index * 7919) % items.length }));
  return order.toSorted((one, other) => one.at - other.at).map(({ item }) => item);
}

await withOwnDatabase(server, run);
