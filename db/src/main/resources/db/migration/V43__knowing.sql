-- What the model should not be believed of: marks on a draft's sentences, objections to findings,
-- and why an answer is not given. Written once, with what they are about; words stay as they were
-- written.

alter table question
    -- That the answer is right, calibrated; null where nothing tells it.
    add column probability     double precision check (probability between 0 and 1),
    -- Which guard objects to the answer, and why; then it reads "cannot be determined".
    add column withheld_by     text,
    add column withheld_reason text,
    add check ((withheld_by is null) = (withheld_reason is null));

alter table finding
    -- Which guard objects to the finding, and why; then it is undetermined.
    add column objection        text,
    add column objection_reason text,
    add check ((objection is null) = (objection_reason is null)),
    add check (objection is null or present is null);

-- A sentence of a draft that a guard objects to, once for each guard. It stays in the draft and is
-- kept out of the conclusion.
create table draft_mark (
    analysis_id uuid    not null references analysis,
    ordinal     integer not null check (ordinal >= 0),
    sentence    text    not null,
    guard       text    not null,
    reason      text    not null,
    primary key (analysis_id, ordinal)
);
create trigger draft_mark_kept before update or delete on draft_mark
    for each row execute function refuse_change();
revoke update, delete, truncate on draft_mark from overread_service;
