-- One-time tokens with which a web page asks for a key or a download: the hash, and what it was given for. A look that was
-- refused because its token was used before, or was somebody else's, stands among the looks that did not happen.
create table software_desk.reveal_tokens (
  hash text primary key,
  person_id text not null,
  tenant_id text not null,
  bound json not null,
  issued_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index reveal_tokens_by_end on software_desk.reveal_tokens (expires_at);

alter table software_desk.key_reveals add column refusal text check (refusal in ('used', 'other-person'));
