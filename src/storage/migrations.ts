import type { Pool } from 'pg';
import { transaction } from './postgres.ts';

/**
 * The schema, step by step. A step that was released is never changed; what changes comes as a new one at the end,
 * and must leave processes of the version before running (several share one database while they are replaced).
 */
const steps: readonly string[] = [
  // What people type is kept as json, not jsonb, which takes neither \\u0000 nor half an emoji.
  `
  create table software_desk.intents (
    submission_id text primary key,
    fingerprint text not null,
    state text not null check (state in ('accepted', 'ordered', 'declined', 'needs_person')),
    content json not null,
    person_id text not null,
    person_name text not null,
    place_id text not null,
    card json,
    cart_request_id text not null,
    checkout_request_id text not null,
    cart_id text,
    order_ids text[] not null,
    note text,
    created_at timestamptz not null
  );

  create table software_desk.cases (
    reference text primary key,
    submission_id text not null unique,
    fingerprint text not null,
    order_id text not null,
    state text not null
      check (state in ('submitted', 'filing', 'filed', 'cancelling', 'completed', 'refused', 'needs_person')),
    ending text not null check (ending in ('cancel-now', 'ticket')),
    content json not null,
    requester_id text not null,
    requester_name text not null,
    place_id text not null,
    card json,
    ticket_id text,
    note text,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    checked_at timestamptz
  );
  create unique index cases_one_open_per_order on software_desk.cases (order_id)
    where state not in ('completed', 'refused');
  create index cases_by_order on software_desk.cases (order_id);
  create index cases_by_age on software_desk.cases (created_at);

  create table software_desk.case_events (
    id bigint generated always as identity primary key,
    reference text not null references software_desk.cases,
    from_state text,
    to_state text not null,
    who text not null,
    why text not null,
    at timestamptz not null
  );
  create index case_events_by_case on software_desk.case_events (reference);

  create table software_desk.notices (
    id uuid primary key,
    kind text not null,
    subject text not null,
    target_to text not null check (target_to in ('place', 'person')),
    target_id text not null,
    state text not null default 'due' check (state in ('due', 'sent', 'unsure', 'escalated')),
    attempts integer not null default 0,
    created_at timestamptz not null,
    unique (kind, subject, target_to, target_id)
  );
  create index notices_due on software_desk.notices (created_at) where state = 'due';

  create table software_desk.exposures (
    id bigint generated always as identity primary key,
    person_id text not null,
    person_name text not null,
    customer_id text not null,
    order_id text not null,
    what text not null check (what in ('key', 'download', 'link')),
    item text not null,
    at timestamptz not null,
    is_withdrawn boolean not null default false
  );
  create index exposures_by_order on software_desk.exposures (order_id);

  create table software_desk.reminders (
    person_id text not null,
    order_id text not null,
    order_number text not null,
    customer_id text not null,
    customer_name text not null,
    place_id text not null,
    closes_at timestamptz not null,
    asked_at timestamptz not null,
    primary key (person_id, order_id)
  );
  create index reminders_by_order on software_desk.reminders (order_id);
  create index reminders_by_close on software_desk.reminders (closes_at);

  create table software_desk.known_orders (
    order_id text primary key,
    customer_id text not null,
    number text not null,
    names text[] not null,
    placed_at timestamptz
  );
  create index known_orders_by_name on software_desk.known_orders using gin (names);
  create index known_orders_placed on software_desk.known_orders (customer_id, placed_at) where placed_at is not null;

  create table software_desk.leases (
    key text primary key,
    holder uuid not null,
    until timestamptz not null
  );

  create table software_desk.secrets (
    name text primary key,
    sealed bytea not null,
    changed_at timestamptz not null default now()
  );

  -- Keyv's table; the collation makes a namespace a range of the key, the column makes what expired easy to find.
  -- Keyv writes the expiry last. It is not read as JSON, because not everything people type is JSON to PostgreSQL.
  create table software_desk.kept (
    key text collate "C" primary key,
    value text,
    expires_at bigint generated always as (substring(value from '"expires": ?([0-9]+)}$')::bigint) stored
  );
  create index kept_by_expiry on software_desk.kept (expires_at) where expires_at is not null;
  `,
  `
  create table software_desk.declarations (
    submission_id uuid primary key,
    customer_id text not null,
    customer_name text not null,
    contact jsonb not null,
    agreed_at timestamptz not null,
    person_id text not null,
    person_name text not null,
    at timestamptz not null,
    taken_at timestamptz
  );
  `,
  // The audit log reads the newest of each, of which there are many after some years.
  `
  create index intents_by_age on software_desk.intents (created_at);
  create index exposures_by_age on software_desk.exposures (at);
  create index case_events_by_age on software_desk.case_events (at);
  create index declarations_by_age on software_desk.declarations (at);
  `,
  `
  create table software_desk.partner_events (
    mark text primary key,
    at timestamptz not null default now()
  );
  `,
  // How many conflicts were answered: each makes the next try another request to Partner Center. What an order waits for.
  `
  alter table software_desk.intents
    add column conflicts integer not null default 0,
    add column hindrance json;
  `,
  // The words of the field; the views keep the names that processes of the version before use until they are replaced.
  `
  alter table software_desk.intents rename to order_submissions;
  alter table software_desk.order_submissions rename column hindrance to blocker;
  create view software_desk.intents as
    select submission_id, fingerprint, state, content, person_id, person_name, place_id, card, cart_request_id,
      checkout_request_id, cart_id, order_ids, note, created_at, conflicts, blocker as hindrance
    from software_desk.order_submissions;
  alter table software_desk.exposures rename to key_reveals;
  create view software_desk.exposures as select * from software_desk.key_reveals;
  alter table software_desk.declarations rename to agreement_confirmations;
  create view software_desk.declarations as select * from software_desk.agreement_confirmations;
  `,
  // Conversations as rows: a revision settles races between processes, columns serve lists and sweeps. What is kept by
  // Keyv moves over; a value that PostgreSQL cannot read as JSON is dropped.
  `
  create table software_desk.drafts (
    id text primary key,
    revision integer not null,
    schema_version integer not null,
    flow text not null,
    step text not null,
    owner_id text not null,
    owner_name text not null,
    place_id text not null,
    place_kind text not null check (place_kind in ('channel', 'group', 'personal')),
    is_private boolean not null,
    is_handed_over boolean not null,
    is_over boolean not null,
    title text,
    key text,
    submission_id text,
    closing_order_number text,
    closes_at timestamptz,
    reminded_at timestamptz,
    state json not null,
    changed_at timestamptz not null
  );
  create index drafts_by_owner on software_desk.drafts (owner_id, changed_at) where title is not null and not is_over;
  create index drafts_handed_over on software_desk.drafts (changed_at)
    where is_handed_over and title is not null and not is_over;
  create index drafts_by_key on software_desk.drafts (owner_id, flow, key) where key is not null and not is_over;
  create index drafts_by_close on software_desk.drafts (closes_at) where closes_at is not null and not is_over;
  create index drafts_by_age on software_desk.drafts (changed_at);

  create table software_desk.waiting_drafts (
    person_id text not null,
    place_id text not null,
    draft_id text not null references software_desk.drafts on delete cascade,
    primary key (person_id, place_id)
  );
  create index waiting_drafts_by_draft on software_desk.waiting_drafts (draft_id);

  create table software_desk.seen_activities (
    key text primary key,
    at timestamptz not null
  );
  create index seen_activities_by_age on software_desk.seen_activities (at);

  create table software_desk.contacts (
    person_id text primary key,
    contact json not null,
    changed_at timestamptz not null
  );

  do $body$
  declare
    kept record;
    old json;
    reminder json;
  begin
    for kept in select key, value from software_desk.kept where key like 'drafts:%' loop
      begin
        old := kept.value::json -> 'value';
        select value::json -> 'value' into reminder from software_desk.kept
          where key = 'draft-reminders:' || (old ->> 'id');
        insert into software_desk.drafts (id, revision, schema_version, flow, step, owner_id, owner_name, place_id,
          place_kind, is_private, is_handed_over, is_over, title, key, submission_id, closing_order_number, closes_at,
          reminded_at, state, changed_at)
        values (old ->> 'id', 1, (old ->> 'version')::integer, old ->> 'flow', old ->> 'step', old ->> 'ownerId',
          old ->> 'ownerName', old -> 'place' ->> 'id', old -> 'place' ->> 'kind', (old ->> 'isPrivate')::boolean,
          (old ->> 'isHandedOver')::boolean, old -> 'settled' is not null, old ->> 'title',
          case when old ->> 'flow' = 'cancel' then old -> 'data' ->> 'orderId' end, old ->> 'submissionId',
          reminder ->> 'orderNumber', (reminder ->> 'closesAt')::timestamptz, (reminder ->> 'askedAt')::timestamptz,
          old, (old ->> 'changedAt')::timestamptz);
      exception when others then
        raise notice 'a draft could not be moved: %', sqlerrm;
      end;
    end loop;
    for kept in select key, value from software_desk.kept where key like 'contacts:%' loop
      begin
        insert into software_desk.contacts (person_id, contact, changed_at)
        values (substring(kept.key from 10), kept.value::json -> 'value', now());
      exception when others then
        raise notice 'a contact could not be moved: %', sqlerrm;
      end;
    end loop;
  end $body$;
  delete from software_desk.kept where key ~ '^(drafts|waiting|draft-reminders|seen|contacts):';
  `,
  // Messages that show a key, until they are seen to be gone.
  `
  create table software_desk.visible_keys (
    id bigint generated always as identity primary key,
    place_id text not null,
    message_id text not null,
    only_for text,
    draft_id text,
    person_id text not null,
    hide_at timestamptz not null,
    refusals integer not null default 0,
    refused_since timestamptz
  );
  create index visible_keys_by_person on software_desk.visible_keys (place_id, person_id);
  create index visible_keys_by_time on software_desk.visible_keys (hide_at);
  `,
  // Private is a property of what was asked, not of the card that shows it.
  `
  alter table software_desk.cases add column is_private boolean not null default false;
  update software_desk.cases set is_private = true where card ->> 'onlyFor' is not null;
  alter table software_desk.order_submissions add column is_private boolean not null default false;
  update software_desk.order_submissions set is_private = true where card ->> 'onlyFor' is not null;
  alter table software_desk.reminders add column is_private boolean not null default false;
  `,
];

/** Brings the schema up to date, all or nothing. Of several processes starting at once, one works and the others wait. */
export async function migrate(pool: Pool): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query(`select pg_advisory_xact_lock(hashtext('software_desk.migrations'))`);
    await client.query(`
      create schema if not exists software_desk;
      create table if not exists software_desk.migrations (
        step integer primary key,
        applied_at timestamptz not null default now()
      );
    `);
    const { rows } = await client.query<{ step: number }>('select step from software_desk.migrations');
    const applied = new Set(rows.map((row) => row.step));
    for (const [index, sql] of steps.entries()) {
      if (applied.has(index + 1)) continue;
      await client.query(sql);
      await client.query('insert into software_desk.migrations (step) values ($1)', [index + 1]);
    }
  });
}
