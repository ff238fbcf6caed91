-- Shadow mode: another model reads the study of a draft, and what it says is shown beside it.
-- Written by the service's package model; nothing of it is ever part of a report.

create table model_comparison (
    id            uuid        primary key,
    -- The analysis whose findings and draft stand on the other side.
    analysis_id   uuid        not null references analysis,
    model_name    text        not null,
    model_digest  text        not null,
    state         text        not null check (state in ('DUE', 'DONE', 'FAILED')),
    -- What it would have drafted.
    text          text,
    failure       text,
    created_at    timestamptz not null,
    finished_at   timestamptz,
    unique (analysis_id, model_digest),
    check ((state = 'DUE') = (finished_at is null)),
    check ((state = 'DONE') = (text is not null)),
    check ((state = 'FAILED') = (failure is not null))
);

create table compared_finding (
    comparison_id uuid             not null references model_comparison,
    ordinal       integer          not null check (ordinal >= 0),
    finding_id    text             not null,
    name          text             not null,
    -- Null: the engine gives none.
    probability   double precision check (probability between 0 and 1),
    -- Null: undetermined.
    present       boolean,
    primary key (comparison_id, ordinal)
);

revoke delete, truncate on model_comparison, compared_finding from overread_service;
revoke update on compared_finding from overread_service;
