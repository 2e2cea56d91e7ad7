-- Was the review of this quarter told? Asked with every sweep.
create index notices_of_review on software_desk.notices (occasion) where kind = 'review-due';
create index key_reveals_by_time on software_desk.key_reveals (at desc);
