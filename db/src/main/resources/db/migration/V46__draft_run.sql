-- How each draft was made, beyond what its analysis keeps: enough to run it again and to say whether
-- the same comes of it, to the last token. Drafts from before have no row.
create table draft_run (
    analysis_id    uuid             primary key references analysis,
    -- The execution provider, or the host of a remote model.
    runs_on        text             not null,
    -- How many processors there were: a graph's threads follow from it.
    processors     integer          not null check (processors > 0),
    -- Version of the service, Java, operating system and architecture, for people.
    platform       text             not null,
    max_new_tokens integer          not null check (max_new_tokens > 0),
    temperature    double precision not null check (temperature >= 0),
    -- MODEL, or GUARD for a text that says why nothing was drafted.
    author         text             not null check (author in ('MODEL', 'GUARD')),
    -- JSON array of token ids, none of a guard's text; null of a model that gives none.
    tokens         text,
    finish_reason  text,
    -- JSON array of SHA-256, hex: the frames as rendered for the model, in the order of the
    -- frame_selection.
    pixel_digests  text             not null
);
create trigger draft_run_kept before update or delete on draft_run for each row execute function refuse_change();
revoke update, delete, truncate on draft_run from overread_service;
