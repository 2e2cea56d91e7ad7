-- The words of the field; the views keep the names that processes of the version before use until they are replaced.
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
